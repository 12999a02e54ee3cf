"""`lectures render`: films."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import click

from scenes.batch.catalogue import choose
from scenes.batch.options import lesson, look_options, run_options


@click.command("render")
@click.argument("lectures", nargs=-1, required=True, metavar="LECTURE...")
@click.option(
    "--quality",
    type=click.Choice(["l", "m", "h", "p", "k"]),
    default="h",
    show_default=True,
    help="480p15, 720p30, 1080p60, 1440p60 or 2160p60.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["mp4", "gif", "webm", "png"]),
    default="mp4",
    show_default=True,
    help="png is the last frame alone.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one a core",
    metavar="N",
    help="Chapters drawn at the same time.",
)
@click.option("--out", default="media/lectures", show_default=True, metavar="DIR", help="Where films go.")
@look_options
@run_options
def command(lectures: tuple[str, ...], quality: str, file_format: str, jobs: int, out: str, **options: Any) -> None:
    """Film LECTURE..., with captions beside the film. `lectures list` names them.

    \b
    lectures render linear
    lectures render linear --data houses.csv --x area --y price --theme light
    lectures render linear --learning-rate 0.125 --quality m      a run that diverges
    """
    chosen = choose(lectures)
    lessons = [lesson(entry, **options) for entry in chosen]
    # Also a polite `kill` leaves no half film and no workshop behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from scenes.batch.film import film, last_frame, rehearsed

    directory = Path(out).expanduser()
    # The rehearsals take seconds, and find whether there is a place for the films.
    works = [
        rehearsed(entry, its_lesson, directory, quality) for entry, its_lesson in zip(chosen, lessons, strict=True)
    ]
    if file_format == "png":
        for work in works:
            click.echo(last_frame(work))
        return
    if jobs == 1:
        for work in works:
            for path in film(work, file_format):
                click.echo(path)
        return
    from scenes.batch.pool import films

    for path in films(works, file_format, jobs):
        click.echo(path)
