"""A lens over a secant: it enlarges as much as the secant shrinks, so that its two points stay apart."""

from __future__ import annotations

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.parts.derivative.secant import Secant, SecantTrace

_BEFORE, _BEYOND = 0.35, 0.25
"""What is seen left of the point and right of the second one, in steps of the secant."""

_SAMPLES = 60


class SecantLens(Painting):
    """The curve from just before the point to just after the secant's second one, with the chart's proportions.

    The nearer the points, the straighter the curve is in the lens: its slope becomes the secant's.

    Args:
        chart: What is enlarged.
        trace: Curve, secant and tangent in it; what it hides, the lens hides.
        secant: Whose points they are.
        rect: Left, bottom, right and top.
        pen: Writes.
    """

    def __init__(
        self, chart: Chart, trace: SecantTrace, secant: Secant, rect: tuple[float, float, float, float], pen: Pen
    ) -> None:
        super().__init__(chart, trace, secant)
        self._from, self._trace, self._secant, self._palette = chart, trace, secant, pen.palette
        self._rect = rect
        self._name = Stamp(pen.text("enlarged", Size.LABEL, pen.palette.muted))
        self.opacity = 0.0

    @property
    def chart(self) -> Chart:
        """The plane in the lens."""
        secant, (left, bottom, right, top) = self._secant, self._rect
        h, at = secant.h, secant.at
        x_range = (at - _BEFORE * h, at + (1 + _BEYOND) * h)
        # As high as it must be for slopes to look as they do in the chart.
        across, up = (self._from.to_screen(1.0, 1.0) - self._from.to_screen(0.0, 0.0)).tolist()
        height = (x_range[1] - x_range[0]) * across / up * (top - bottom) / (right - left)
        middle = (secant.height(at) + secant.height(at + h)) / 2
        return Chart(self._rect, x_range, (middle - height / 2, middle + height / 2), air=(0.0, 0.0, 0.0, 0.0))

    def sag(self) -> float:
        """How far the curve runs from the chord between the two points, at most, on the screen."""
        x = np.linspace(self._secant.at, self._secant.at + self._secant.h, _SAMPLES)
        curve = self._points(x)[:, 1]
        chord = np.linspace(curve[0], curve[-1], _SAMPLES)
        return float(np.abs(curve - chord).max())

    def _points(self, x: Array) -> Array:
        return self.chart.to_screen(x, self._secant.heights(x))

    def paint(self, canvas: Canvas) -> None:
        """Draw the lens, and in it the curve, the secant or the tangent, and the points."""
        palette, secant, chart, trace = self._palette, self._secant, self.chart, self._trace
        left, bottom, right, top = self._rect
        frame = [(left, bottom), (right, bottom), (right, top), (left, top)]
        canvas.polygon(frame, palette.background)
        canvas.line([*frame, frame[0]], palette.muted, Stroke.THIN)
        # Above the curve, which rises to the right.
        self._name.draw(canvas, left + 0.12, top - 0.3)
        at, h = secant.at, secant.h
        ends = np.array(chart.x_range)
        low, high = secant.height(at), secant.height(at + h)
        with chart.clipped(canvas, air=-0.02):
            canvas.line(self._points(np.linspace(ends[0], ends[1], _SAMPLES)), palette["model"], Stroke.CURVE)
            corners = chart.to_screen([at, at + h, at + h], [low, low, high])
            canvas.line(corners[:2], palette[secant.concept], Stroke.NORMAL, trace.secant)
            canvas.line(corners[1:], palette["model"], Stroke.NORMAL, trace.secant)
            for slope, color, width, opacity in (
                (secant.quotient(h), palette["gradient"], Stroke.NORMAL, trace.secant),
                (secant.slope, palette[secant.concept], Stroke.CURVE, trace.tangent),
            ):
                canvas.line(chart.to_screen(ends, low + slope * (ends - at)), color, width, opacity)
            (x0, y0), _, (x1, y1) = corners.tolist()
            canvas.disc(x1, y1, DOT_RADIUS, palette["gradient"], palette.outline, trace.secant)
            canvas.disc(x0, y0, DOT_RADIUS * 1.15, palette["model"], palette.outline)
