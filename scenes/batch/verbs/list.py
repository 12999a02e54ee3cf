"""`lectures list`: the lectures that there are."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from scenes.batch.asking.catalogue import catalogue


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def command(as_json: bool) -> None:
    """The lectures that there are, and the question that each answers."""
    entries = catalogue()
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False))
        return
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        click.echo(f"{entry.name:<{width}}  {entry.question}")
