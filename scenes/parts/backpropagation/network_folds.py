"""The values of a network with one hidden unit as curves, each folded out of the one before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.frame import LEFT
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.graph.notation import tex
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import B1, B2, PREDICTION, W1, W2, X
from scenes.parts.backpropagation.relu_network import kink


class Fold(Group):
    """One fold: its curve in a chart with its formula above and its numbers below."""

    def __init__(self, axes: ChartAxes, numbers: Formula, curve: FoldCurve) -> None:
        super().__init__(axes, numbers, curve)
        self.curve = curve


def folds(params: Array, pen: Pen) -> tuple[Fold, ...]:
    """a1, z and the prediction of the ReLU network over x, side by side."""
    w1, b1, w2, b2 = params.tolist()

    def line(x: Array) -> Array:
        return w1 * x + b1

    def bent(x: Array) -> Array:
        return np.maximum(line(x), 0.0)

    def scaled(x: Array) -> Array:
        return w2 * bent(x) + b2

    written = (
        (rf"a_1 = {W1} \cdot {X} + {B1}", rf"{W1} = {tex(w1)}, \quad {B1} = {tex(b1)}", line, line),
        (r"z = \operatorname{ReLU}(a_1)", rf"\text{{kink at }} -{B1} / {W1} = {kink(params):.2f}", line, bent),
        (rf"{PREDICTION} = {W2} \cdot z + {B2}", rf"{W2} = {tex(w2)}, \quad {B2} = {tex(b2)}", bent, scaled),
    )
    found = []
    for k, (title, numbers, before, after) in enumerate(written):
        left = LEFT + k * 4.6
        chart = Chart((left, -1.7, left + 4.3, 2.9), (-4.0, 4.5), (-1.0, 2.2))
        color = pen.palette["model"] if after is scaled else pen.palette.text
        x_title = pen.math("x", Size.BODY, pen.palette.muted)
        found.append(
            Fold(
                ChartAxes(chart, x_title, pen.math(title, Size.FORMULA), pen, most=5),
                pen.math(numbers, Size.BODY).at(left + 2.45, -2.4, "center"),
                FoldCurve(chart, before, after, kink(params), color, pen),
            )
        )
    return tuple(found)


class FoldCurve(Painting):
    """A function of x that begins as the fold before and becomes its own.

    Attributes:
        drawn: How much of it is drawn, from its left end.
        turned: 0 shows the fold before, 1 this one; the fold before stays behind it as a dashed line.
        marked: Opacity of the point at the kink.
    """

    def __init__(
        self,
        chart: Chart,
        before: Callable[[Array], Array],
        after: Callable[[Array], Array],
        kink: float,
        color: str,
        pen: Pen,
    ) -> None:
        super().__init__(chart)
        self._chart, self._palette, self._color, self._kink = chart, pen.palette, color, kink
        self._x = np.union1d(np.linspace(*chart.x_range, 60), [kink])
        self._before, self._after = before, after
        self.drawn = self.turned = self.marked = 0.0

    def value(self, x: Array) -> Array:
        """The function as it is drawn now."""
        return (1 - self.turned) * self._before(x) + self.turned * self._after(x)

    def paint(self, canvas: Canvas) -> None:
        """Draw the fold before, the curve, and the kink."""
        with self._chart.clipped(canvas, air=DOT_RADIUS):
            x = self._x[: max(2, round(len(self._x) * self.drawn))]
            if self.drawn > 0:
                if self.turned > 0:
                    before = self._chart.to_screen(x, self._before(x))
                    canvas.line(before, self._palette.muted, Stroke.THIN, self.turned, dash=(0.12, 0.09))
                canvas.line(self._chart.to_screen(x, self.value(x)), self._color, Stroke.CURVE)
            if self.marked > 0:
                px, py = self._chart.to_screen(self._kink, self.value(np.array([self._kink]))[0]).tolist()
                canvas.disc(px, py, DOT_RADIUS, self._color, self._palette.outline, self.marked)
