"""Whether a change leaves every picture as it was: hashes of stills, before and after.

The first, middle and last frame of every beat of all lectures, and of three kinds of own data, in both themes:

    python benchmarks/pictures.py keep before.json      # before the change
    python benchmarks/pictures.py compare before.json   # after it: what differs, exit code 1 if anything does
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

OWN_DATA = {
    "ages": "age,price\n1,20\n2,17\n3,15\n4,12\n5,10\n6,8\n",
    "years": "year,assets\n2011,255\n2012,349\n2013,449\n2014,554\n2015,658\n",
    "areas": "area,price\n" + "".join(f"{20 + 7 * k},{700_000 + 16_100 * k + k % 5 * 9_000}\n" for k in range(40)),
}
"""Own data by name: falling, far from 0, many rows."""

THEMES = ("dark", "light")


@click.group(help=__doc__)
def main() -> None:
    """Keep hashes, or compare with those that were kept."""


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def keep(file: Path) -> None:
    """Write the hashes of all stills to FILE."""
    file.write_text(json.dumps(dict(_all()), indent=0))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def compare(file: Path) -> int:
    """Say which stills differ from those whose hashes are in FILE."""
    before, after = json.loads(file.read_text()), dict(_all())
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    for name in changed:
        click.echo(f"{'new' if name not in before else 'gone' if name not in after else 'differs':<8}{name}")
    click.echo(f"{len(after)} stills, {len(after) - len(changed)} the same, {len(changed)} not")
    sys.exit(bool(changed))


def _all() -> Iterator[tuple[str, str]]:
    from scenes.batch.asking.catalogue import catalogue

    entries = catalogue()
    with tempfile.TemporaryDirectory() as folder:
        for theme in THEMES:
            for entry in entries:
                yield from _stills(entry.name, f"{entry.name}, {theme}", theme)
            for name, rows in OWN_DATA.items():
                path = Path(folder, f"{name}.csv")
                path.write_text(rows)
                for entry in entries:
                    if not entry.own_data_refused:
                        yield from _stills(entry.name, f"{entry.name} of {name}, {theme}", theme, data=str(path))


def _stills(lecture: str, title: str, theme: str, **options: str) -> Iterator[tuple[str, str]]:
    from scenes.batch.asking.asked import requests
    from scenes.batch.making.settings import settings
    from scenes.kit.story.rehearsal import rehearse, stills

    click.echo(title, err=True)
    (request,) = requests([lecture], theme=theme, **options)
    lesson, scene = request.lesson(), request.entry.load()
    with tempfile.TemporaryDirectory() as bench, settings("l", media_dir=bench):
        rehearsal = rehearse(scene, lesson)
        moments = [
            (f"{beat.name}, {which}", time)
            for beat in rehearsal.beats
            for which, time in beat.moments(rehearsal.frame_time)
        ]
        frames: Sequence[object] = stills(scene, lesson, [time for _, time in moments])
        for (where, time), frame in zip(moments, frames, strict=True):
            digest = hashlib.sha256(memoryview(frame).cast("B")).hexdigest()  # type: ignore[arg-type]
            yield f"{title}: {where}", f"{time:.3f} s {digest}"


if __name__ == "__main__":
    main()
