"""|r| as a curve: why its slope is the sign of r."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.letters import RESIDUAL, L


def absolute_value(
    rect: tuple[float, float, float, float], residual: float, pen: Pen
) -> tuple[ChartAxes, AbsoluteValue]:
    """|r| over r with its axes, and the point of one residual."""
    half = float(np.ceil(1.3 * abs(residual)))
    chart = Chart(rect, (-half, half), (0.0, 1.1 * half))
    title = pen.math(rf"{L} = \left|{RESIDUAL}\right|")
    return ChartAxes(chart, pen.math(RESIDUAL), title, pen), AbsoluteValue(chart, residual, pen)


class AbsoluteValue(Painting):
    """|r| as a curve, with the point of one residual and the tangent there.

    Attributes:
        drawn: How much of the curve is drawn.
        tangent: Opacity of the point and of its slope as a triangle.
    """

    def __init__(self, chart: Chart, residual: float, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._residual, self._palette = chart, residual, pen.palette
        sides = [
            (rf"\text{{slope}} = {sign}1", place) for sign, place in (("-", chart.x_range[0]), ("+", chart.x_range[1]))
        ]
        self._slopes = [(Stamp(pen.math(latex, Size.BODY, pen.palette["gradient"])), 0.68 * x) for latex, x in sides]
        self.drawn = self.tangent = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw curve, point, and the slope on either side."""
        with self._chart.clipped(canvas, air=DOT_RADIUS):
            r = np.union1d(np.linspace(*self._chart.x_range, 80), [0.0])
            r = r[: max(2, round(len(r) * self.drawn))]
            if self.drawn > 0:
                canvas.line(self._chart.to_screen(r, np.abs(r)), self._palette["loss"], Stroke.CURVE)
        if self.tangent > 0:
            size = abs(self._residual)
            step = 1.4 if self._residual < 0 else -1.4
            corner = [(self._residual, size), (self._residual + step, size), (self._residual + step, size - 1.4)]
            points = [self._chart.to_screen(*place).tolist() for place in corner]
            canvas.arrow(points[0], points[1], self._palette["gradient"], 0.05, self.tangent)
            canvas.arrow(points[1], points[2], self._palette["gradient"], 0.05, self.tangent)
            x, y = points[0]
            canvas.disc(x, y, DOT_RADIUS * 1.2, self._palette["residual"], self._palette.outline, self.tangent)
            for stamp, place in self._slopes:
                x, y = self._chart.to_screen(place, 0.07 * self._chart.y_range[1]).tolist()
                stamp.draw(canvas, x, y, "center", self.tangent)
