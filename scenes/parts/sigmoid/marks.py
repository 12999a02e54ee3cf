"""What marks a scaled sigmoid among its data: ceiling, the point half way up, W and b in numbers, far predictions."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import HasParams, Probe
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.letters import PREDICTION, B, W, X
from scenes.kit.words.message import Count
from scenes.kit.words.numbers import fixed
from scenes.parts.sigmoid.slopes import SCALE

_DECIMALS = 2
"""Of W and b that are moved by hand."""

_REACH = 7.5
"""How far the tangent goes up and down, in the data's unit."""


def parameter_text(value: float) -> str:
    """W or b as it is written while it is moved by hand."""
    return fixed(value, _DECIMALS)


def center_numbers(probe: Probe, place: tuple[float, float], pen: Pen) -> list[LiveNumber]:
    """Where the curve is half way up, and how steep it is there, below each other: worked out from W and b as they are
    shown, so that the numbers multiply out while they move."""

    def shown(k: int) -> float:
        return round(float(probe.params[k]), _DECIMALS)

    (x, y), upper, lower = (
        place,
        rf"\text{{half way up at }} {X} = -{B} / {W}",
        rf"\text{{slope there: }} 20 \cdot {W} / 4",
    )
    return [
        LiveNumber(upper, "text", lambda: -shown(1) / shown(0), lambda v: fixed(v, 2), (x, y), pen, probe),
        LiveNumber(lower, "text", lambda: SCALE * shown(0) / 4, lambda v: fixed(v, 2), (x, y - 1.15), pen, probe),
    ]


def forecast(x: float, equals: str = "") -> str:
    """LaTeX of the prediction for an input, and of what it equals."""
    return rf"{PREDICTION}(\textcolor{{data}}{{{x:.0f}}}) {equals}"


class SigmoidMarks(Painting):
    """The ceiling of a scaled sigmoid, and the point where it is half way up: x = -b / W.

    Args:
        chart: The plane of the fit.
        params: Gives W and b.
        scale: Height of the ceiling.
        pen: Gives the colours.

    Attributes:
        ceiling: Opacity of the ceiling's line.
        half: Opacity of the point half way up, and of the lines to it.
        tangent: Opacity of the tangent there; its slope is scale W / 4.
    """

    def __init__(self, chart: Chart, params: Mobject, scale: float, pen: Pen) -> None:
        super().__init__(chart, params)
        self._chart, self._scale, self._palette = chart, scale, pen.palette
        self._params: HasParams = params
        self.ceiling = self.half = self.tangent = 0.0

    @property
    def center(self) -> float:
        """Where the curve is half way up."""
        w, b = self._params.params[:2].tolist()
        return float(-b / w)

    @property
    def steepness(self) -> float:
        """Slope of the curve there: its steepest."""
        return self._scale / 4 * float(self._params.params[0])

    def paint(self, canvas: Canvas) -> None:
        """Draw the ceiling, the tangent, and the point."""
        palette, chart = self._palette, self._chart
        if self.ceiling > 0:
            ends = chart.to_screen(list(chart.x_range), self._scale)
            canvas.line(ends, palette["model"], Stroke.THIN, self.ceiling, dash=(0.12, 0.09))
        if self.tangent > 0:
            reach = np.array([-_REACH, _REACH])
            ends = chart.to_screen(self.center + reach / self.steepness, self._scale / 2 + reach)
            canvas.line(ends, palette["gradient"], Stroke.THIN, self.tangent)
        if self.half > 0:
            left, bottom, _, _ = chart.plane.tolist()
            x, y = chart.to_screen(self.center, self._scale / 2).tolist()
            canvas.line([(left, y), (x, y), (x, bottom)], palette.muted, Stroke.THIN, self.half, dash=(0.08, 0.08))
            canvas.disc(x, y, DOT_RADIUS, palette["model"], palette.outline, self.half)


class ForecastMarks(Painting):
    """Predictions far beyond the data, each with its number and its price.

    Args:
        chart: The plane.
        floors: Inputs, (k,).
        predictions: In 100,000 EUR, (k,).
        pen: Writes them.

    Attributes:
        texts: What stands beside each: the model's number and the price.
        rise: What the last costs more than the first, in EUR.
        shown: How many of them are seen; tween it to let one after the other appear.
    """

    def __init__(self, chart: Chart, floors: Array, predictions: Array, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._palette = chart, pen.palette
        self._places = list(zip(floors.tolist(), predictions.tolist(), strict=True))
        self.texts = [
            (
                Stamp(pen.math(forecast(x, rf"= \textcolor{{model}}{{{y:.3f}}}"), Size.LARGE)),
                Stamp(pen.text("{price} EUR", Size.FORMULA, price=Count(round(y * 1e5)))),
            )
            for x, y in self._places
        ]
        self.rise = round(float(predictions[-1]) * 1e5) - round(float(predictions[0]) * 1e5)
        self.shown = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw a line down to the axis, the point, and its texts."""
        _, bottom, _, _ = self._chart.plane.tolist()
        color = self._palette["model"]
        for k, (place, (number, price)) in enumerate(zip(self._places, self.texts, strict=True)):
            opacity = float(np.clip(self.shown - k, 0.0, 1.0))
            if opacity == 0.0:
                continue
            x, y = self._chart.to_screen(*place).tolist()
            canvas.line([(x, bottom), (x, y)], color, Stroke.THIN, opacity, dash=(0.1, 0.08))
            canvas.disc(x, y, DOT_RADIUS * 1.1, color, self._palette.outline, opacity)
            side, anchor = (-0.25, "right") if place[0] > sum(self._chart.x_range) / 2 else (0.25, "left")
            number.draw(canvas, x + side, y - 0.72, anchor, opacity)
            price.draw(canvas, x + side, y - 1.6, anchor, opacity)
