"""`lectures gallery`: the page to watch the lectures on."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("gallery")
@click.option("--out", default="media", show_default=True, metavar="DIR", help="Where rendered lectures are.")
def command(out: str) -> None:
    """Make the page of all lectures in DIR/lectures: DIR/index.html, to be opened in a browser.

    Rendering makes it too; this makes it again, after lectures were added or taken away by hand. It needs no server
    and no network.
    """
    from scenes.page.gallery import write_gallery

    click.echo(write_gallery(Path(out).expanduser()))
