"""The end of a run at a constant rate around a kink: the loss along its last step, and the point that hops across."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array
from fitting.descent import descend
from fitting.schedules import Constant
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.message import message

_BEYOND = 0.3
"""How far beyond the step's ends the loss is drawn, in lengths of the step."""


def last_params(trajectory: Trajectory) -> tuple[Array, Array]:
    """Parameters before and after the last step of a run at a constant rate.

    A long run keeps only some of its steps; the last ones are taken again from the last but one that was kept.
    """
    again = descend(
        trajectory.model,
        trajectory.loss_function,
        trajectory.data,
        trajectory.params[-2],
        Constant(trajectory.final_learning_rate),
        int(trajectory.steps[-1] - trajectory.steps[-2]),
    )
    return again.params[-2], again.params[-1]


class LastStep(Group):
    """The mean loss along the line through the parameters before and after the last step.

    Attributes:
        chart: The plane: 0 is before the step, 1 after it.
        trace: Curve and point; tween `trace.hop`: even numbers are before, odd ones after the step.
    """

    def __init__(self, rect: tuple[float, float, float, float], trajectory: Trajectory, pen: Pen) -> None:
        super().__init__()
        self.trace = LastStepTrace(trajectory, pen)
        top = 1.1 * float(self.trace.losses(np.array([-_BEYOND, 1 + _BEYOND])).max())
        self.chart = Chart(rect, (-_BEYOND, 1 + _BEYOND), (0.0, top))
        self.trace.chart = self.chart
        nothing = Ticks([], [])
        self.axes = ChartAxes(
            self.chart,
            pen.text("along the last step", Size.LABEL, pen.palette.muted),
            pen.math("J", Size.FORMULA, pen.palette["loss"]),
            pen,
            x_ticks=nothing,
            most=5,
        )
        self.add(self.axes, self.trace)


class LastStepTrace(Painting):
    """The loss along the step, and the point.

    Attributes:
        hop: Where the point is: at 0, 2, ... before the step, at 1, 3, ... after it.
        bottom: Opacity of the mark at the least loss between.
    """

    chart: Chart

    def __init__(self, trajectory: Trajectory, pen: Pen) -> None:
        super().__init__()
        self._trajectory, self._palette = trajectory, pen.palette
        self.before, self.after = last_params(trajectory)
        self.hop = self.bottom = 0.0
        self._least = Stamp(pen.number(f"{self.lowest:.4f}", Size.BODY, pen.palette["loss"]))
        names = message("before"), message("after")
        self._names = [Stamp(pen.text(name, Size.LABEL, pen.palette.muted)) for name in names]

    def losses(self, shares: Array) -> Array:
        """Mean losses at shares (k,) of the step."""
        return self._trajectory.loss_at(self.before + shares[:, None] * (self.after - self.before))

    @cached_property
    def deepest(self) -> tuple[float, float]:
        """Share of the step where the loss is least, and that loss."""
        shares = np.linspace(0.0, 1.0, 4001)
        losses = self.losses(shares)
        return float(shares[losses.argmin()]), float(losses.min())

    @property
    def lowest(self) -> float:
        """The least loss between before and after."""
        return self.deepest[1]

    def paint(self, canvas: Canvas) -> None:
        """Draw the loss, the two places, and the point on its way between them."""
        palette, chart = self._palette, self.chart
        shares = np.linspace(-_BEYOND, 1 + _BEYOND, 321)
        canvas.line(chart.to_screen(shares, self.losses(shares)), palette["loss"], Stroke.CURVE)
        ends = chart.to_screen([0.0, 1.0], self.losses(np.array([0.0, 1.0])))
        bottom = float(chart.plane[1])
        for (x, y), name in zip(ends.tolist(), self._names, strict=True):
            canvas.line([(x, bottom), (x, y)], palette.muted, Stroke.GRID, dash=(0.06, 0.06))
            name.draw(canvas, x, bottom - 0.32, "center")
        if self.bottom > 0:
            x, y = chart.to_screen(*self.deepest).tolist()
            canvas.disc(x, y, DOT_RADIUS, palette.background, palette["loss"], self.bottom)
            self._least.draw(canvas, x, y - 0.48, "center", self.bottom)
        share = abs((self.hop + 1) % 2 - 1)
        here = ends[0] + share * (ends[1] - ends[0])
        canvas.line(ends, palette.muted, Stroke.THIN, dash=(0.12, 0.09))
        canvas.disc(float(here[0]), float(here[1]), DOT_RADIUS * 1.25, palette["loss"], palette.outline)
