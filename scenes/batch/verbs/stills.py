"""`lectures stills`: draw the first, middle and last frame of every beat."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from scenes.batch.asking.asked import requests
from scenes.batch.verbs.options import look_options, run_options

_OURS = re.compile(r"\d+-.+-(first|middle|last)\.png")
"""Names of pictures, apart from the contact sheet's."""


@click.command("stills")
@click.argument("lectures", nargs=-1, required=True, metavar="(LECTURE | LESSON.toml)...")
@click.option(
    "--quality",
    type=click.Choice(["l", "m", "h", "p", "k"]),
    default="h",
    show_default=True,
    help="854x480, 1280x720, 1920x1080, 2560x1440 or 3840x2160.",
)
@click.option("--out", default="media/stills", show_default=True, metavar="DIR", help="Where pictures go.")
@look_options
@run_options
def command(lectures: tuple[str, ...], quality: str, out: str, **options: Any) -> None:
    """Draw the first, middle and last frame of every beat of lectures, and a contact sheet of them all.

    `lectures list` names the lectures; `lectures new` writes a lesson file.

    \b
    lectures stills linear
    lectures stills linear --data houses.csv --theme light --out handout
    lectures stills my-course/*.toml
    """
    asked = requests(lectures, **options)
    lessons = [request.lesson() for request in asked]
    from PIL import Image

    from fitting.whole_file import replace
    from scenes.batch.making.contact_sheet import contact_sheet
    from scenes.batch.making.settings import settings
    from scenes.batch.making.tasks import faults_of
    from scenes.batch.making.workspace import naming, workspace
    from scenes.kit.story.rehearsal import rehearse, stills

    for request, its_lesson in zip(asked, lessons, strict=True):
        directory = Path(out).expanduser() / request.name
        with workspace(directory) as bench, settings(quality, media_dir=str(bench)):
            lecture = request.entry.load()
            rehearsal = rehearse(lecture, its_lesson)
            shots = [
                (number, beat.name, which, time)
                for number, beat in enumerate(rehearsal.beats, start=1)
                for which, time in beat.moments(rehearsal.frame_time)
            ]
            frames = [Image.fromarray(frame) for frame in stills(lecture, its_lesson, [shot[3] for shot in shots])]
            made = []
            for (number, name, which, _), frame in zip(shots, frames, strict=True):
                slug = re.sub(r"\W+", "-", name.lower())
                made.append(bench / f"{number}-{slug}-{which}.png")
                with naming(made[-1]):
                    frame.save(made[-1])
            labels = [f"{number}  {name}, {which}, {time:.1f} s" for number, name, which, time in shots]
            made.append(bench / "contact-sheet.png")
            with naming(made[-1]):
                contact_sheet(frames, labels, its_lesson.look.theme).save(made[-1])
            for path in made:
                replace(path, directory / path.name)
            # Of other data, or an earlier version, whose beats had other names.
            names = {path.name for path in made}
            for old in list(directory.glob("*.png")):
                if _OURS.fullmatch(old.name) and old.name not in names:
                    old.unlink()
        for fault in faults_of(request, its_lesson) if request.brings_words else ():
            click.echo(f"Warning: {fault}", err=True)
        click.echo(directory / "contact-sheet.png")
