"""Measure what films cost: `python benchmarks/run.py [PART]...`, all parts by default.

Machines are noisy, so every part compares inside one run: the contestants take turns, the fastest of the repeats
counts, and what to look at are the ratios.

* film: the whole command against encoding its frames alone (target: at most 1.35 times as long); of the linear
  lecture, or of those that `--lecture` names, or `--lecture all`.
* descent: a frame of the descent against the same picture in the stock Manim idiom (target: 12 times as fast).
* growth: what a frame of the descent costs as landscape, data and run grow.
* loops: the step loop against a plain NumPy one (target: 2,000,000 steps in 3 s).
* encoder: x264's settings by time, size and fidelity.
* batch: films by chapters on all cores, against one process a film; of the lectures that `--lecture` names.
"""

from __future__ import annotations

import importlib
import logging
import os
from pathlib import Path

import click

PARTS = ("film", "descent", "growth", "loops", "encoder", "batch")
ROOT = Path(__file__).resolve().parent.parent


@click.command(help=__doc__)
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option("--repeats", default=3, show_default=True, type=click.IntRange(1), help="Turns of each contestant.")
@click.option("--lecture", "lectures", multiple=True, default=["linear"], show_default=True, help="What to film.")
@click.option("--quality", default="h", show_default=True, type=click.Choice("lmhpk"), help="Of the film, as Manim's.")
def main(parts: tuple[str, ...], repeats: int, lectures: tuple[str, ...], quality: str) -> None:
    """Run the parts one after the other."""
    # Manim reads manim.cfg from where it is imported: the parts come after this.
    os.chdir(ROOT)
    importlib.import_module("manim")
    logging.getLogger("manim").setLevel(logging.ERROR)
    for part in parts or PARTS:
        module = importlib.import_module(part)
        if part in ("film", "batch"):
            module.report(repeats, quality, lectures)
        else:
            module.report(repeats)


if __name__ == "__main__":
    main()
