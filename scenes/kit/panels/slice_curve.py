"""The loss over one parameter while the others stand still: a slice through the landscape."""

from __future__ import annotations

import numpy as np

from fitting.slices import Slice
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen

_TANGENT = 1.1
"""Half its length, in Manim units."""


class SliceCurve(Group):
    """Loss against one parameter, and the point where a probe stands.

    Attributes:
        chart: The plane.
        trace: The curve; tween `trace.reach` to draw it.
        point: The point; tween `point.tangent` to show the slope there: the partial derivative.
    """

    def __init__(
        self, rect: tuple[float, float, float, float], cut: Slice, probe: Probe, span: tuple[float, float], pen: Pen
    ) -> None:
        values, palette = np.linspace(*span, 200), pen.palette
        self.chart = Chart(rect, span, (0.0, float(cut.loss(values).max()) * 1.08))
        x_title = pen.math(cut.name, Size.FORMULA, palette[cut.name])
        y_title = pen.math("J", Size.FORMULA, palette["loss"])
        self.axes = ChartAxes(self.chart, x_title, y_title, pen, most=5)
        self.trace = SliceTrace(self.chart, cut, float(probe.params[cut.parameter]), pen)
        self.point = CurvePoint(
            self.chart,
            cut.loss,
            cut.slope,
            lambda: float(probe.params[cut.parameter]),
            "loss",
            pen,
            probe,
            half=_TANGENT,
        )
        super().__init__(self.axes, self.trace, self.point)


class SliceTrace(Painting):
    """The curve between `start` and `reach`.

    Attributes:
        start: Value of the parameter from which on the curve is drawn.
        reach: Value of the parameter up to which it is drawn.
    """

    def __init__(self, chart: Chart, cut: Slice, start: float, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._cut, self._color = chart, cut, pen.palette["loss"]
        self._values = np.linspace(*chart.x_range, 200)
        self.start = self.reach = start

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""
        low, high = sorted((self.start, self.reach))
        if low < high:
            inner = self._values[(self._values > low) & (self._values < high)]
            values = np.concatenate([[low], inner, [high]])
            canvas.line(self._chart.to_screen(values, self._cut.loss(values)), self._color, Stroke.CURVE)
