"""`lectures check`: say what in a film cannot be read, and which key of a lesson file causes it."""

from __future__ import annotations

from typing import Any

import click

from scenes.batch.asking.asked import requests
from scenes.batch.verbs.options import look_options, run_options


@click.command("check")
@click.argument("lectures", nargs=-1, required=True, metavar="(LECTURE | LESSON.toml)...")
@look_options
@run_options
def command(lectures: tuple[str, ...], **options: Any) -> int:
    """Look for what cannot be read: texts on each other, outside of the frame, too small, too short in their place.

    Nothing is filmed: it takes seconds. One line for each fault, with the key of the lesson file that its words come
    from; the exit code is 1 if there is one.

    \b
    lectures check my-course/*.toml
    lectures check linear --data houses.csv
    """
    asked = requests(lectures, **options)
    lessons = [request.lesson() for request in asked]
    from scenes.batch.making.tasks import faults_of

    found = 0
    for request, lesson in zip(asked, lessons, strict=True):
        faults = faults_of(request, lesson)
        for fault in faults:
            click.echo(fault)
        if not faults:
            click.echo(f"{request.source or request.name}: all of it can be read")
        found += len(faults)
    return 1 if found else 0
