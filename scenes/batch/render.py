"""`lectures render`: films."""

from __future__ import annotations

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
@click.option("--out", default="media/lectures", show_default=True, metavar="DIR", help="Where films go.")
@look_options
@run_options
def command(lectures: tuple[str, ...], quality: str, file_format: str, out: str, **options: Any) -> None:
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
    from PIL import Image

    from scenes.batch.film import render_film, replace, settings, workshop
    from scenes.batch.progress import progress
    from scenes.kit.rehearsal import rehearse, stills

    directory = Path(out).expanduser()
    for entry, its_lesson in zip(chosen, lessons, strict=True):
        # The rehearsal takes seconds: first see whether there is a place for the film.
        with workshop(directory, entry.name) as bench, settings(quality, media_dir=str(bench)):
            lecture = entry.load()
            rehearsal = rehearse(lecture, its_lesson)
            frames = rehearsal.frames
            if file_format == "png":
                (last,) = stills(lecture, its_lesson, [rehearsal.duration])
                Image.fromarray(last).save(bench / "last.png")
                click.echo(replace(bench / "last.png", directory / f"{entry.name}.png"))
                continue
        with progress(entry.name, frames) as advance:
            made = render_film(lecture, its_lesson, entry.name, directory, quality, file_format, advance)
        for path in made:
            click.echo(path)
