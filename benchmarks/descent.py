"""A frame of the descent: the film's own beat against the same picture in the stock Manim idiom.

Timed is all that a frame needs: animations, updaters, drawing; and once more with encoding, both with the project's
settings of the encoder. Start-up, what stands before the beat, and pauses in which nothing moves do not count. The
stock version replays the same run from the same step to the end, in fewer frames because each takes so long: its
plays with the standing and with the turning camera are weighted as the film's beat has them, and of the pictures that a
play draws once they bear no larger a share than plays of full length would.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contest import fastest
from manim import tempconfig
from play_clock import BeatClock, PlayClock, Timed
from stock_idiom import SHORTENED, StockDescent
from table import print_table

from scenes.linear import LinearFit

BEAT = "The descent"
TARGET = 12.0


@dataclass(frozen=True)
class Side:
    """One of the two, timed: milliseconds a frame while the camera stands, and while it turns."""

    standing: float
    turning: float
    frames: tuple[int, int]


def film_plays() -> list[Timed]:
    """The plays of the film's beat; those before are skipped."""
    renderer = BeatClock((BEAT,), lambda scene: (scene.landscape.view.azimuth, scene.landscape.view.elevation))
    LinearFit(renderer=renderer).render()
    return renderer.plays


def stock_plays() -> list[Timed]:
    """The plays of the stock version."""
    renderer = PlayClock(lambda scene: scene.renderer.camera.get_theta(), camera_class=StockDescent.camera_class)
    StockDescent(renderer=renderer).render()
    return renderer.plays


def report(repeats: int) -> None:
    """Print milliseconds a frame of both, and the ratio."""
    rows = [row for encoded in (False, True) for row in _rows(encoded, repeats)]
    title = f"A frame of the descent, 1920 x 1080: film against stock Manim idiom (target: {TARGET:g} times as fast)"
    print_table(title, ("", "film, ms", "stock, ms", "ratio"), rows)


def _rows(encoded: bool, repeats: int) -> list[tuple[str, ...]]:
    sides: dict[str, list[Side]] = {"film": [], "stock": []}

    def turn(name: str, perform: Callable[[], list[Timed]], share: float) -> Callable[[], float]:
        def take() -> float:
            sides[name].append(_side(_filmed(perform, encoded), share))
            return 0.0

        return take

    fastest({"film": turn("film", film_plays, 1.0), "stock": turn("stock", stock_plays, 1 / SHORTENED)}, repeats)
    weights = sides["film"][0].frames
    rows = []
    for label, milliseconds in (
        ("camera stands", lambda side: side.standing),
        ("camera turns", lambda side: side.turning),
        ("whole beat", lambda side: _weighted(side, weights)),
    ):
        film, stock = (min(milliseconds(side) for side in sides[name]) for name in ("film", "stock"))
        what = "drawn and encoded" if encoded else "drawn"
        rows.append((f"{what}, {label}", f"{film:.1f}", f"{stock:.0f}", f"{stock / film:.1f}"))
    return rows


def _filmed(perform: Callable[[], list[Timed]], encoded: bool) -> list[Timed]:
    with tempfile.TemporaryDirectory() as folder:
        settings: dict[str, Any] = {
            "pixel_width": 1920,
            "pixel_height": 1080,
            "frame_rate": 60,
            "media_dir": folder,
            "format": "mp4" if encoded else "none",
            "progress_bar": "none",
            "disable_caching": True,
        }
        with tempconfig(settings):
            return perform()


def _side(plays: Sequence[Timed], share: float) -> Side:
    parts = [[play for play in plays if play.turned is turned] for turned in (False, True)]
    frames = [sum(play.frames for play in part) for part in parts]
    taken = [sum(play.seconds - (1 - share) * play.still for play in part) for part in parts]
    standing, turning = (1000 * seconds / count for seconds, count in zip(taken, frames, strict=True))
    return Side(standing, turning, (frames[0], frames[1]))


def _weighted(side: Side, frames: tuple[int, int]) -> float:
    return (side.standing * frames[0] + side.turning * frames[1]) / sum(frames)
