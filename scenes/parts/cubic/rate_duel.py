"""Two learning rates from the same start, side by side on the landscape: one below the bound, one above."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import linear

from fitting import Trajectory, fit
from fitting.arrays import Array
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Canvas, Group, Painting, Tween
from scenes.kit.drawing.style import Size
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.several_runs import RunNumbers
from scenes.kit.subject.replay import Replay, Runs
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import RATE
from scenes.kit.words.numbers import fixed, latex_number, number, significant

RATES = (0.0008, 0.00083)
"""Learning rates just below and just above the bound."""

TROUGH = Window((0.0145, 0.2545), (0.838, 0.858), 18.0)
"""A short piece of the valley, stretched along its floor until the way down it can be seen."""

LAST_SEEN = 20
"""The last step of the higher rate that lands inside it."""

_FRAME, _VIEW = (LEFT, -2.75, RIGHT, 3.3), (-8.0, 46.0)

_GAP = 0.3

_HOPS = 3.0
"""Of the last so many steps the path is drawn; of all others only where they landed."""

_LANDING = 0.045
"""Radius of the mark where a step landed."""


def two_rates(steep: float, pen: Pen) -> RateDuel:
    """The cubic's descents at `RATES`, for the whole frame."""
    runs = [fit("cubic", learning_rate=rate, steps=10_000) for rate in RATES]
    return RateDuel(runs, steep, TROUGH, _FRAME, _VIEW, pen)


class RateDuel(Group):
    """A landscape for each run, rate and factor above it, numbers below.

    Args:
        trajectories: Runs of one model at constant rates.
        steep: The largest curvature.
        window: What part of the landscape is shown.
        rect: Left, bottom, right and top of everything.
        view: Azimuth and elevation in degrees.
        pen: Writes it.

    Attributes:
        runs: The clock of both.
        sides: What stands on the left, and on the right.
        panels: The landscapes.
        landings: Where the steps of each landed.
        numbers: Step, first parameter and loss of each.
    """

    def __init__(
        self,
        trajectories: Sequence[Trajectory],
        steep: float,
        window: Window,
        rect: tuple[float, float, float, float],
        view: tuple[float, float],
        pen: Pen,
    ) -> None:
        self.runs = Runs(trajectories)
        self.panels: list[LandscapePanel] = []
        self.landings: list[Landings] = []
        self.numbers: list[RunNumbers] = []
        left, bottom, right, top = rect
        width = (right - left + _GAP) / len(trajectories)
        self.sides: list[Group] = []
        for k, replay in enumerate(self.runs.replays):
            start, end = left + k * width, left + (k + 1) * width - _GAP
            rate = float(replay.trajectory.learning_rate[0])
            head = pen.math(
                rf"\textcolor{{rate}}{{\alpha = {latex_number(significant(rate))}}}: \quad "
                rf"1 - {RATE} \cdot {latex_number(number(steep, 4))} = "
                rf"{latex_number(fixed(1 - rate * steep, 3))}",
                Size.BODY,
            )
            panel = LandscapePanel(replay, window, (start, bottom + 0.5, end, top - 0.45), (view,), pen)
            panel.trail.recent = _HOPS
            landings = Landings(replay, panel, pen)
            # Below the trail, so that the point is seen where it stands on a mark.
            panel.submobjects.insert(panel.submobjects.index(panel.trail), landings)
            numbers = RunNumbers(replay, 0, _parameter, (start + 0.3, bottom), (0.0, 1.9, 4.15), pen)
            self.sides.append(Group(head.at((start + end) / 2, top - 0.25, "center"), panel, numbers))
            self.panels.append(panel)
            self.landings.append(landings)
            self.numbers.append(numbers)
        super().__init__(*self.sides)

    def steps_to(self, step: int, run_time: float) -> list[Tween]:
        """Play both runs up to a step, all steps equally fast."""
        return [Tween(self.runs, run_time, linear, step=float(step))]


class Landings(Painting):
    """A mark on the surface wherever a step has landed so far, as far as the window holds it."""

    def __init__(self, replay: Replay, panel: LandscapePanel, pen: Pen) -> None:
        super().__init__(replay, panel.view)
        self._replay, self._panel, self._palette = replay, panel, pen.palette
        trajectory, window = replay.trajectory, panel.box.window
        inside = window.contains(trajectory.params) & (trajectory.loss <= window.ceiling)
        self._steps = trajectory.steps[inside]
        self._points = panel.box.place(trajectory.params[inside], trajectory.loss[inside])

    def reached(self) -> Array:
        """Points of the box where the steps up to now landed, (k, 3)."""
        return self._points[: int(np.searchsorted(self._steps, self._replay.step, side="right"))]

    def paint(self, canvas: Canvas) -> None:
        """Draw those that the surface does not hide."""
        points = self.reached()
        screen, _ = self._panel.box.project(points[~self._panel.surface.hides(points)], self._panel.view)
        for x, y in screen.tolist():
            canvas.disc(x, y, _LANDING, self._palette["loss"], self._palette.outline)


def _parameter(value: float) -> str:
    """With so many decimals that its jumps can be followed, while it is small enough."""
    return fixed(value, 4) if abs(value) < 10 else number(value, 4)
