"""`lectures gallery`: make the page to watch them on."""

from __future__ import annotations

from pathlib import Path

import click

from fitting.errors import InputError
from scenes.batch.making.bundle import FOLDER


@click.command("gallery")
@click.option("--out", default="media", show_default=True, metavar="DIR", help="Where rendered lectures are.")
def command(out: str) -> None:
    """Make the page of all lectures in DIR/lectures: DIR/index.html, to be opened in a browser.

    Rendering makes it too; this makes it again, after lectures were added or taken away by hand. It needs no server
    and no network.
    """
    from scenes.batch.asking.catalogue import catalogue
    from scenes.page.gallery import write_gallery

    directory = Path(out).expanduser()
    if not (directory / FOLDER).is_dir() and not (directory / "index.html").exists():
        raise InputError(
            f"{directory}: no films are there, in a folder {FOLDER!r}; name the directory that has them: --out DIR"
        )
    click.echo(write_gallery(directory, [entry.name for entry in catalogue()]))
