"""`lectures render`: film lectures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fitting.errors import InputError
from scenes.batch.asking.asked import requests
from scenes.batch.making.films import render
from scenes.batch.making.settings import FORMATS, QUALITIES
from scenes.batch.verbs.options import look_options, run_options

if TYPE_CHECKING:
    from scenes.batch.making.engine import Film


@click.command("render")
@click.argument("lectures", nargs=-1, metavar="[LECTURE | LESSON.toml]...")
@click.option("--all", "every", is_flag=True, help="All lectures.")
@click.option(
    "--quality",
    type=click.Choice(list(QUALITIES)),
    default="h",
    show_default=True,
    help="480p15, 720p30, 1080p60, 1440p60 or 2160p60.",
)
@click.option(
    "--format",
    "more_formats",
    type=click.Choice(list(FORMATS)),
    multiple=True,
    help="A format besides mp4; can be given several times. transparent is a webm with nothing behind what is drawn, "
    "mov the same for editors (ProRes 4444, some gigabytes at quality h); a gif has at most 480 lines and 20 frames "
    "a second.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one a core",
    metavar="N",
    help="Chapters drawn at the same time.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Draw on a Dask cluster: tcp://HOST:8786 or tls://HOST:8786. See docs/cluster.md.",
)
@click.option("--out", default="media", show_default=True, metavar="DIR", help="Where films and their page go.")
@click.option("--again", is_flag=True, help="Draw also what is there and has not changed.")
@click.option("--strict", is_flag=True, help="No film where something cannot be read; `lectures check` says what.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an event.")
@look_options
@run_options
def command(
    lectures: tuple[str, ...],
    every: bool,
    quality: str,
    more_formats: tuple[str, ...],
    jobs: int,
    scheduler: str | None,
    out: str,
    again: bool,
    strict: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Film lectures and lesson files. What is there and has not changed is kept; what was cut short goes on.

    Each film is a folder in DIR/lectures with captions, poster, transcript and the recorded run; DIR/index.html is
    a page to watch them on. `lectures list` names the lectures, `lectures new` writes a lesson file.

    \b
    lectures render --all
    lectures render linear --data houses.csv --x area --y price --theme light
    lectures render my-course/*.toml --quality m --format webm
    """
    if not every and not lectures:
        raise click.UsageError("name a LECTURE or a lesson file, or use --all.")
    if every and lectures:
        raise click.UsageError(f"--all, or {lectures[0]!r}: use one of the two.")
    from scenes.batch.asking.catalogue import catalogue

    asked = requests([entry.name for entry in catalogue()] if every else lectures, **options)
    formats = tuple(dict.fromkeys(("mp4", *more_formats)))
    films = render(asked, Path(out).expanduser(), quality, formats, jobs, scheduler, again, as_json, strict)
    failed = [film for film in films if film.failure]
    if len(films) == 1 and failed:
        error = failed[0].error
        raise error if isinstance(error, (InputError, OSError)) else click.ClickException(failed[0].failure)
    if not as_json:
        _tell(films, Path(out).expanduser() / "index.html")
    return 1 if failed else 0


def _tell(films: Sequence[Film], page: Path) -> None:
    width = max(len(film.name) for film in films)
    for film in films:
        status = "failed" if film.failure else "kept" if film.kept else "made"
        where = film.failure or film.bundle / f"{film.name}.mp4"
        click.echo(f"{status:<7} {film.name:<{width}}  {where}")
    if page.exists():
        click.echo(f"The page: {page}")
