"""Both losses of one house over what its sigmoid is given: one levels off where the sigmoid does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from fitting import Dataset
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import Spot
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import fixed
from scenes.parts.sigmoid.panel import REACH
from scenes.parts.sigmoid.slopes import SCALE, sigmoid, sigmoid_slope

Function = Callable[[npt.ArrayLike], Array]

_SPAN = (-REACH, 10.0)
_CURVES: tuple[tuple[str, str, tuple[float, ...], tuple[float, float]], ...] = (
    ("r_1^2", "residual", (0.16, 0.1), (-1.6, 250.0)),
    ("L_1", "loss", (), (6.3, 180.0)),
)
"""Of r^2 and L: LaTeX, whose colour the curve has, its dash, and where its name stands in the chart's coordinates."""


class CostCurves(Group):
    """r^2 = (20 sigma(a) - y)^2 dashed, and the cross-entropy L = 2 · 20 H(y / 20, sigma(a)), of the first house.

    Args:
        rect: Left, bottom, right and top of everything, ticks and names included.
        data: Its first row is the house.
        place: Its value is a, where the points stand.
        pen: Writes.

    Attributes:
        dots: The point on either curve, with its tangent.
    """

    def __init__(self, rect: tuple[float, float, float, float], data: Dataset, place: Spot, pen: Pen) -> None:
        target = float(data.y[0])
        costs: tuple[tuple[Function, Function], ...] = (
            (
                lambda a: (SCALE * sigmoid(a) - target) ** 2,
                lambda a: 2 * (SCALE * sigmoid(a) - target) * SCALE * sigmoid_slope(a),
            ),
            (
                # log(1 - sigma(a)) = log(sigma(a)) - a.
                lambda a: -2 * SCALE * (np.log(sigmoid(a)) - (1 - target / SCALE) * np.asarray(a)),
                lambda a: 2 * (SCALE * sigmoid(a) - target),
            ),
        )
        chart = Chart(rect, _SPAN, (0.0, 400.0))
        title = pen.text("loss of the first house", Size.LABEL, pen.palette["loss"])
        axes = ChartAxes(chart, pen.math("a_1"), title, pen, most=5)
        self.dots = [
            CurvePoint(
                chart, *cost, lambda: place.value, concept, pen, place, radius=1.1, half=0.9, air=0.02, tangent=1.0
            )
            for cost, (_, concept, _, _) in zip(costs, _CURVES, strict=True)
        ]
        super().__init__(axes, CostTraces(chart, [value for value, _ in costs], pen), *self.dots)


class CostTraces(Painting):
    """Both curves and their names."""

    def __init__(self, chart: Chart, costs: Sequence[Function], pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._a = chart, np.linspace(*_SPAN, 181)
        self._curves = [
            (cost, pen.palette[concept], dash, Stamp(pen.math(name, Size.FORMULA, pen.palette[concept])), place)
            for cost, (name, concept, dash, place) in zip(costs, _CURVES, strict=True)
        ]

    def paint(self, canvas: Canvas) -> None:
        """Draw them."""
        for cost, color, dash, name, place in self._curves:
            canvas.line(self._chart.to_screen(self._a, cost(self._a)), color, Stroke.CURVE, dash=dash)
            name.draw(canvas, *self._chart.to_screen(*place).tolist())


def slopes_of_costs(
    points: Sequence[CurvePoint], place: Spot, left: float, baseline: float, pen: Pen
) -> list[LiveNumber]:
    """The slope of either curve at its point, in a row."""
    return [
        LiveNumber(
            rf"\partial {name} / \partial a_1",
            "gradient",
            lambda point=point: point.slope,  # type: ignore[misc]
            lambda value: fixed(value, 2),
            (left + 3.3 * k, baseline),
            pen,
            place,
            size=Size.BODY,
        )
        for k, (point, (name, *_)) in enumerate(zip(points, _CURVES, strict=True))
    ]
