"""A valley cut twice through its lowest point: across, where it is steepest, and along its floor, on one scale."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory, hessian
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.panels.curves import CurveLine, Look
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp


class ValleySections(Group):
    """The loss over the distance from the best parameters, in the directions of largest and smallest curvature.

    Args:
        rect: Left, bottom, right and top of everything.
        trajectory: Gives model, loss and data.
        optimum: The best parameters, (2,).
        reach: Distance shown to either side.
        pen: Writes the ticks.

    Attributes:
        curvatures: Smallest and largest.
        askew: Angle in degrees between the valley's floor and the axis of the second parameter.
        across: The section across the valley.
        along: The section along its floor.
        names: What stands beside each.
    """

    def __init__(
        self, rect: tuple[float, float, float, float], trajectory: Trajectory, optimum: Array, reach: float, pen: Pen
    ) -> None:
        super().__init__()
        curvatures, axes = np.linalg.eigh(hessian(trajectory.model, trajectory.loss_function, optimum, trajectory.data))
        self.curvatures = (float(curvatures[0]), float(curvatures[1]))
        self.askew = float(np.degrees(np.arctan(abs(axes[0, 0] / axes[1, 0]))))
        self._trajectory, self._optimum, self._axes = trajectory, optimum, axes
        top = float(self.section(np.array([reach]), 1)[0]) * 1.08
        self.chart = Chart(rect, (-1.08 * reach, 1.08 * reach), (0.0, top))
        palette = pen.palette
        self.axes = ChartAxes(
            self.chart,
            pen.text("distance from the optimum", Size.LABEL, palette.muted),
            pen.math("J", Size.FORMULA, palette["loss"]),
            pen,
            most=5,
        )
        span = (-reach, reach)
        self.across = CurveLine(self.chart, lambda d: self.section(d, 1), Look(palette["loss"]), span=span)
        self.along = CurveLine(self.chart, lambda d: self.section(d, 0), Look(palette["loss"], (0.14, 0.1)), span=span)
        self.names = [
            SectionName(self.chart, pen.text("across the valley", Size.BODY), (0.0, 0.8 * top), "center"),
            SectionName(self.chart, pen.text("along it", Size.BODY), (reach, 0.045 * top), "right"),
        ]
        bottom = CurvePoint(
            self.chart,
            lambda distance: self.section(np.array([distance]), 0)[0],
            lambda _: 0.0,
            lambda: 0.0,
            "loss",
            pen,
            radius=1.0,
        )
        self.add(self.axes, self.across, self.along, bottom, *self.names)

    def section(self, distances: Array, which: int) -> Array:
        """The loss at distances (k,) from the optimum: along the floor for 0, across the valley for 1."""
        return self._trajectory.loss_at(self._optimum + distances[:, None] * self._axes[:, which])


class SectionName(Painting):
    """A name beside a curve."""

    def __init__(self, chart: Chart, formula: Formula, place: tuple[float, float], anchor: str) -> None:
        super().__init__(chart)
        self._chart, self._stamp, self._place, self._anchor = chart, Stamp(formula), place, anchor

    def paint(self, canvas: Canvas) -> None:
        """Set it."""
        x, y = self._chart.to_screen(*self._place).tolist()
        self._stamp.draw(canvas, x, y, self._anchor)
