"""Both losses of one house over what its sigmoid is given: one levels off where the sigmoid does."""

from __future__ import annotations

import numpy as np

from fitting import Dataset
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import fixed
from scenes.parts.sigmoid.panel import REACH
from scenes.parts.sigmoid.slopes import SCALE, sigmoid, sigmoid_slope

_TANGENT = 0.9
_SPAN = (-REACH, 10.0)
_NAMED = ((-1.6, 250.0), (6.3, 180.0))
"""Where the names of r^2 and L stand beside their curves, in the chart's coordinates."""

_CONCEPTS = {"r_1^2": "residual", "L_1": "loss"}
"""Whose colours both have."""


class CostCurves(Group):
    """r^2 = (20 sigma(a) - y)^2 dashed, and the cross-entropy L = 2 · 20 H(y / 20, sigma(a)), of the first house.

    Args:
        rect: Left, bottom, right and top of everything, ticks and names included.
        data: Its first row is the house.
        probe: Its only parameter is a, where the points stand.
        pen: Writes.

    Attributes:
        curves: What is drawn in the plane.
    """

    def __init__(self, rect: tuple[float, float, float, float], data: Dataset, probe: Probe, pen: Pen) -> None:
        super().__init__()
        chart = Chart(rect, _SPAN, (0.0, 400.0))
        title = pen.text("loss of the first house", Size.LABEL, pen.palette["loss"])
        self.axes = ChartAxes(chart, pen.math("a_1"), title, pen, most=5)
        self.curves = CostTraces(chart, float(data.y[0]), probe, pen)
        self.add(self.axes, self.curves)


class CostTraces(Painting):
    """Both curves, a point on each, and its tangent."""

    def __init__(self, chart: Chart, target: float, probe: Probe, pen: Pen) -> None:
        super().__init__(chart, probe)
        self._chart, self._target, self._probe, self._palette = chart, target, probe, pen.palette
        self._colors = [pen.palette[concept] for concept in _CONCEPTS.values()]
        self._names = [
            Stamp(pen.math(name, Size.FORMULA, color)) for name, color in zip(_CONCEPTS, self._colors, strict=True)
        ]
        self._a = np.linspace(*_SPAN, 181)

    def costs(self, a: Array) -> tuple[Array, Array]:
        """r^2 and L at a (k,)."""
        # log(1 - sigma(a)) = log(sigma(a)) - a.
        share, log = self._target / SCALE, np.log(sigmoid(a))
        return (SCALE * sigmoid(a) - self._target) ** 2, -2 * SCALE * (log - (1 - share) * a)

    def slopes(self) -> tuple[float, float]:
        """dr^2/da and dL/da at the points."""
        a = self._probe.params[0]
        doubled = 2 * (SCALE * float(sigmoid(a)) - self._target)
        return doubled * SCALE * float(sigmoid_slope(a)), doubled

    def paint(self, canvas: Canvas) -> None:
        """Draw the curves and their names, then tangents and points."""
        palette, chart = self._palette, self._chart
        dashes: tuple[tuple[float, ...], ...] = ((0.16, 0.1), ())
        looks = zip(self._colors, dashes, self._names, _NAMED, strict=True)
        for cost, (color, dash, name, place) in zip(self.costs(self._a), looks, strict=True):
            canvas.line(chart.to_screen(self._a, cost), color, Stroke.CURVE, dash=dash)
            x, y = chart.to_screen(*place).tolist()
            name.draw(canvas, x, y)
        a = float(self._probe.params[0])
        for (cost_here,), slope, color in zip(self.costs(np.array([a])), self.slopes(), self._colors, strict=True):
            x, y = chart.to_screen(a, cost_here).tolist()
            with chart.clipped(canvas, air=0.02):
                canvas.line(chart.tangent(a, float(cost_here), slope, _TANGENT), palette["gradient"], Stroke.NORMAL)
            canvas.disc(x, y, DOT_RADIUS * 1.1, color, palette.outline)


def slopes_of_costs(traces: CostTraces, probe: Probe, left: float, baseline: float, pen: Pen) -> list[LiveNumber]:
    """The slope of either curve at its point, in a row."""
    return [
        LiveNumber(
            rf"\partial {name} / \partial a_1",
            "gradient",
            lambda k=k: traces.slopes()[k],  # type: ignore[misc]
            lambda value: fixed(value, 2),
            (left + 3.3 * k, baseline),
            pen,
            probe,
            size=Size.BODY,
        )
        for k, name in enumerate(_CONCEPTS)
    ]
