"""What a frame of the descent costs, drawing alone, as the landscape's resolution, the data and the run grow.

The landscape turns in every frame. What stands still is drawn once a play; its time has a column of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
from contest import fastest
from manim import tempconfig
from picture import DescentPicture
from table import print_table

from fitting import Dataset, Trajectory, fit

RESOLUTIONS = (16, 32, 64, 128)
POINTS = (4, 100, 1_000, 10_000, 100_000)
STEPS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
FRAMES = 60


def points(count: int) -> Trajectory:
    """A run of at most a thousand steps on synthetic points around a line."""
    rng = np.random.default_rng(count)
    x = rng.uniform(0.0, 10.0, count)
    return fit(data=Dataset(x, 3.0 * x + 5.0 + rng.normal(0.0, 4.0, count)), steps=1_000)


def report(repeats: int) -> None:
    """Print one table for each of the three."""
    with tempconfig({"pixel_width": 1920, "pixel_height": 1080, "frame_rate": 60}):
        notes = fit()
        _table("landscape, vertices a side", {n: DescentPicture(notes, n) for n in RESOLUTIONS}, repeats)
        _table("points", {n: DescentPicture(points(n)) for n in POINTS}, repeats)
        _table("steps", {n: DescentPicture(fit(steps=n)) for n in STEPS}, repeats)


def _table(what: str, pictures: Mapping[int, DescentPicture], repeats: int) -> None:
    contestants = {n: (lambda picture=picture: picture.draw(FRAMES)) for n, picture in pictures.items()}
    stills = {n: picture.draw_still for n, picture in pictures.items()}
    # The first frames of all fill caches of glyphs and compile what fills the surface.
    fastest(contestants, 1)
    frame: dict[Hashable, float] = dict(fastest(contestants, repeats))
    still: dict[Hashable, float] = dict(fastest(stills, repeats))
    first = next(iter(pictures))
    rows = [(f"{n:,}", f"{frame[n]:.1f}", f"{frame[n] / frame[first]:.2f}", f"{still[n]:.1f}") for n in pictures]
    print_table(f"A frame of the descent by {what}", (what, "ms a frame", "ratio", "once a play, ms"), rows)
