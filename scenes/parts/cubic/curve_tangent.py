"""The tangent of a model's curve, at an input that moves along it."""

from __future__ import annotations

from collections.abc import Callable

from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.text.formula import Pen

_HALF = 1.15


class CurveTangent(Painting):
    """A point on a curve, and the tangent there.

    Attributes:
        x: Where it touches; tween it.
    """

    def __init__(
        self,
        chart: Chart,
        height: Callable[[float], float],
        slope: Callable[[float], float],
        x: float,
        pen: Pen,
        *sources: Mobject,
    ) -> None:
        super().__init__(chart, *sources)
        self._chart, self._height, self._slope, self._palette = chart, height, slope, pen.palette
        self.x = x

    def slope_at(self, x: float) -> float:
        """Slope of the curve at an input."""
        return self._slope(x)

    def paint(self, canvas: Canvas) -> None:
        """Draw tangent and point."""
        height = self._height(self.x)
        x, y = self._chart.to_screen(self.x, height).tolist()
        canvas.context.save()
        self._chart.clip(canvas, air=0.02)
        canvas.line(
            self._chart.tangent(self.x, height, self.slope_at(self.x), _HALF), self._palette["gradient"], Stroke.NORMAL
        )
        canvas.context.restore()
        canvas.disc(x, y, DOT_RADIUS * 1.1, self._palette["model"], self._palette.outline)


def cubic_tangent(chart: Chart, params: Array, x: float, pen: Pen) -> CurveTangent:
    """The tangent of the curve W x^3 + b, whose slope is 3 W x^2."""
    w, b = params.tolist()
    return CurveTangent(chart, lambda at: w * at**3 + b, lambda at: 3 * w * at**2, x, pen)
