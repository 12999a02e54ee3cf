"""The stage of the tanh network's descent: the landscape that moves, the loss so far, the numbers."""

from __future__ import annotations

from manim import Mobject, linear, smooth

from scenes.kit.formula import Pen
from scenes.kit.painting import Tween
from scenes.kit.places import LOWER, RIGHT_HALF
from scenes.kit.projection import Window
from scenes.kit.replay import Replay
from scenes.kit.small_readout import small_readout
from scenes.parts.tanh_network.long_loss_curve import LongLossCurve
from scenes.parts.tanh_network.moving_landscape import MovingLandscape

WINDOW = Window((-0.5, 7.5), (-0.5, 8.0), 4.2)
"""Of the landscape over W2 and b2: it holds the whole run."""

VIEWS = ((-38.0, 34.0), (-30.0, 34.0), (-24.0, 40.0), (-50.0, 38.0))
"""Azimuth and elevation at the start, after the first look around, in the middle and at the end of the descent."""


class DescentStage:
    """What stands around the fit while it descends.

    Attributes:
        landscape: J over W2 and b2.
        members: All of it.
    """

    def __init__(self, replay: Replay, pen: Pen) -> None:
        self._replay = replay
        self.landscape = MovingLandscape(replay, WINDOW, RIGHT_HALF, VIEWS, pen)
        curve, numbers = LongLossCurve(LOWER, replay, pen), small_readout(replay, pen, loss_decimals=4)
        self.members: tuple[Mobject, ...] = (self.landscape, curve, numbers)

    def descend(self, to: int, run_time: float) -> list[Tween]:
        """Go on to a step."""
        return [Tween(self._replay, run_time, linear, progress=self._replay.progress_at(to))]

    def look(self, which: int, run_time: float) -> list[Tween]:
        """Turn the landscape to one of its views."""
        azimuth, elevation = VIEWS[which]
        return [Tween(self.landscape.view, run_time, smooth, azimuth=azimuth, elevation=elevation)]
