"""The sigmoid and its slope over what it is given."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import Spot
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import fixed
from scenes.parts.sigmoid.slopes import sigmoid, sigmoid_slope

REACH = 8.0
"""The sigmoid is drawn from -8 to 8: beyond, nothing is left to be seen of its slope."""

_TANGENT = 1.0


class SigmoidPanel(Group):
    """sigma(a) with a point and its tangent, and sigma'(a) below it on the same axis.

    Args:
        rect: Left, bottom, right and top of everything, ticks included.
        place: Its value is a, where the point stands.
        pen: Writes the ticks.

    Attributes:
        chart: The plane.
        curves: What is drawn in it.
    """

    def __init__(self, rect: tuple[float, float, float, float], place: Spot, pen: Pen) -> None:
        super().__init__()
        self.chart = Chart(rect, (-REACH, REACH), (0.0, 1.05))
        self.axes = ChartAxes(
            self.chart, pen.math("a"), pen.math(r"\sigma(a)", Size.FORMULA, pen.palette["model"]), pen
        )
        self.curves = SigmoidCurves(self.chart, place, pen)
        self.add(self.axes, self.curves)


class SigmoidCurves(Painting):
    """Both curves, the point on each, and the tangent.

    Attributes:
        slope: Opacity of sigma' and of the tangent whose slope it is.
    """

    def __init__(self, chart: Chart, place: Spot, pen: Pen) -> None:
        super().__init__(chart, place)
        self._chart, self._place, self._palette = chart, place, pen.palette
        self._label = Stamp(pen.math(r"\sigma'(a)", Size.FORMULA, pen.palette["gradient"]))
        self._a = np.linspace(-REACH, REACH, 161)
        self.slope = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw the curves, then tangent and points."""
        palette, chart, at = self._palette, self._chart, self._place.value
        canvas.line(chart.to_screen(self._a, sigmoid(self._a)), palette["model"], Stroke.CURVE)
        (x, y), (_, low) = chart.to_screen([at, at], [float(sigmoid(at)), float(sigmoid_slope(at))]).tolist()
        if self.slope > 0:
            white = palette["gradient"]
            canvas.line(chart.to_screen(self._a, sigmoid_slope(self._a)), white, Stroke.NORMAL, self.slope)
            place = chart.to_screen(1.9, 0.19)
            self._label.draw(canvas, float(place[0]), float(place[1]), opacity=self.slope)
            ends = chart.tangent(at, float(sigmoid(at)), float(sigmoid_slope(at)), _TANGENT)
            with chart.clipped(canvas, air=0.1):
                canvas.line(ends, white, Stroke.NORMAL, self.slope)
            canvas.line([(x, y), (x, low)], palette.muted, Stroke.GRID, self.slope, dash=(0.08, 0.08))
            canvas.disc(x, low, DOT_RADIUS, white, palette.outline, self.slope)
        canvas.disc(x, y, DOT_RADIUS * 1.1, palette["model"], palette.outline)


def slope_numbers(place: Spot, left: float, baseline: float, pen: Pen) -> list[LiveNumber]:
    """a, sigma(a) and sigma'(a) where the point stands, in a row."""
    return [
        LiveNumber(latex, concept, value, write, (left + along, baseline), pen, place, size=Size.BODY)
        for latex, concept, value, write, along in (
            ("a", "text", lambda: place.value, lambda a: fixed(a, 2), 0.0),
            (r"\sigma(a)", "model", lambda: float(sigmoid(place.value)), lambda y: fixed(y, 4), 1.75),
            (r"\sigma'(a)", "gradient", lambda: float(sigmoid_slope(place.value)), lambda y: fixed(y, 4), 4.05),
        )
    ]
