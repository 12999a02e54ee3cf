"""A secant that becomes a tangent: its state, its picture in the plane, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, Ticks
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.numbers import fixed, latex_number, significant
from scenes.parts.derivative.slope_chart import AIR, InnerTitles

Function = Callable[[Array, Array], Array]

_NAMED_FROM, _NAMED_WHOLE = 0.3, 0.55
"""A leg of the slope triangle shorter than the first has no room for its name; from the second on it has it whole."""

_PARTED = 0.25
"""Part of the way to the next distance after which the row that counts along is seen whole."""


class Secant(Mobject):  # type: ignore[misc]
    """A curve on a surface along which one input moves, and a secant through two of its points. Tween `approach`.

    Args:
        function: The surface, f(x, y).
        slope: Its partial derivative by the input that moves.
        point: Where both of the secant's points end.
        axis: Which input moves.
        steps: Distances of the second point: steps[k] where `approach` is k.
        concept: Name of the colour of the input that moves.

    Attributes:
        approach: How far it has come. Between two whole numbers the distance shrinks by equal shares in equal times.
        concept: Name of the colour of the input that moves.
    """

    def __init__(
        self,
        function: Function,
        slope: Function,
        point: tuple[float, float],
        axis: int,
        steps: Sequence[float],
        concept: str,
    ) -> None:
        super().__init__()
        self._function, self._slope, self._axis = function, slope, axis
        self.point = np.array(point, dtype=np.float64)
        self.steps = tuple(steps)
        self.concept = concept
        self.approach = 0.0

    @property
    def axis(self) -> int:
        """Which input moves."""
        return self._axis

    @property
    def at(self) -> float:
        """The input that moves, at the point."""
        return float(self.point[self._axis])

    @property
    def h(self) -> float:
        """Distance of the two points."""
        return float(np.exp(np.interp(self.approach, np.arange(len(self.steps)), np.log(self.steps))))

    def inputs(self, values: Array) -> Array:
        """Both inputs (..., 2) where the one that moves has the given values (...)."""
        inputs = np.broadcast_to(self.point, (*np.shape(values), 2)).copy()
        inputs[..., self._axis] = values
        return inputs

    def heights(self, values: Array) -> Array:
        """The function along the curve."""
        inputs = self.inputs(values)
        return self._function(inputs[..., 0], inputs[..., 1])

    def height(self, value: float) -> float:
        """The function at one point of the curve."""
        return float(self.heights(np.array(value)))

    def difference(self, h: float) -> float:
        """How much the function grows over a distance h."""
        return self.height(self.at + h) - self.height(self.at)

    def quotient(self, h: float) -> float:
        """Slope of the secant over a distance h."""
        return self.difference(h) / h

    @property
    def slope(self) -> float:
        """Slope of the tangent: the exact partial derivative at the point."""
        return float(self._slope(self.point[0], self.point[1]))


class SecantChart(Group):
    """The curve in a plane of its own.

    Args:
        rect: Left, bottom, right and top.
        secant: What is shown.
        span: Values of the input between which the curve is drawn.
        x_range: Values of the input at the plane's ends.
        y_range: Heights at the plane's ends.
        titles: LaTeX of the input and of the function.
        names: LaTeX of the two legs of the slope triangle; the upright one's has two lines.
        pen: Writes.

    Attributes:
        trace: Curve, secant and tangent; tween `trace.drawn`, `trace.secant` and `trace.tangent`.
    """

    def __init__(
        self,
        rect: tuple[float, float, float, float],
        secant: Secant,
        span: tuple[float, float],
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        titles: tuple[str, str],
        names: tuple[str, tuple[str, str]],
        pen: Pen,
    ) -> None:
        super().__init__()
        self.chart = Chart(rect, x_range, y_range, AIR)
        self.axes = InnerTitles(self.chart, pen.math(titles[0]), pen.math(titles[1]), pen, Ticks.round(x_range, 3))
        self.trace = SecantTrace(self.chart, secant, span, names, pen)
        self.add(self.axes, self.trace)


class SecantTrace(Painting):
    """Curve, secant with its slope triangle, and tangent.

    Attributes:
        drawn: Share of the curve that is drawn.
        secant: Opacity of secant and slope triangle.
        tangent: Opacity of the tangent.
    """

    def __init__(
        self, chart: Chart, secant: Secant, span: tuple[float, float], names: tuple[str, tuple[str, str]], pen: Pen
    ) -> None:
        super().__init__(secant, chart)
        self._chart, self._secant, self._span, self._palette = chart, secant, span, pen.palette
        self._run_name = Stamp(pen.math(names[0], Size.LABEL))
        self._rise_name = [Stamp(pen.math(line, Size.LABEL)) for line in names[1]]
        self.drawn = 0.0
        self.secant = self.tangent = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw them, and the points that the secant goes through."""
        palette, secant = self._palette, self._secant
        low, high = self._span
        values = np.linspace(low, low + self.drawn * (high - low), 120)
        curve = self._chart.to_screen(values, secant.heights(values))
        canvas.line(curve, palette["model"], Stroke.CURVE)
        at, height = secant.at, secant.height(secant.at)
        if self.tangent > 0:
            self._line(canvas, secant.slope, palette[secant.concept], Stroke.CURVE, self.tangent)
        if self.secant > 0:
            self._draw_secant(canvas)
        if self.drawn * (high - low) >= at - low:
            ((x, y),) = self._chart.to_screen([at], [height]).tolist()
            canvas.disc(x, y, DOT_RADIUS * 1.15, palette["model"], palette.outline)

    def _draw_secant(self, canvas: Canvas) -> None:
        palette, secant, to_screen = self._palette, self._secant, self._chart.to_screen
        at, h = secant.at, secant.h
        low, high = secant.height(at), secant.height(at + h)
        corners = to_screen([at, at + h, at + h], [low, low, high])
        canvas.line(corners[:2], palette[secant.concept], Stroke.NORMAL, self.secant)
        canvas.line(corners[1:], palette["model"], Stroke.NORMAL, self.secant)
        self._line(canvas, secant.quotient(h), palette["gradient"], Stroke.NORMAL, self.secant)
        named = self.secant * float(np.clip((h - _NAMED_FROM) / (_NAMED_WHOLE - _NAMED_FROM), 0.0, 1.0))
        (x0, y0), (x1, _), (_, y1) = corners.tolist()
        self._run_name.draw(canvas, (x0 + x1) / 2, y0 - 0.36, "center", named)
        for k, line in enumerate(self._rise_name):
            line.draw(canvas, x1 + 0.16, (y0 + y1) / 2 - 0.02 - 0.36 * k, "left", named)
        canvas.disc(x1, y1, DOT_RADIUS, palette["gradient"], palette.outline, self.secant)

    def _line(self, canvas: Canvas, slope: float, color: str, width: float, opacity: float) -> None:
        """A straight line through the point, as far as the plane goes."""
        ends = np.array(self._chart.x_range)
        heights = self._secant.height(self._secant.at) + slope * (ends - self._secant.at)
        with self._chart.clipped(canvas):
            canvas.line(self._chart.to_screen(ends, heights), color, width, opacity)


class QuotientTable(Painting):
    """A row for each of a secant's distances: distance, difference, quotient; and the limit below them.

    While the secant moves on, the row that comes next counts along with it.

    Args:
        secant: Whose distances they are.
        names: LaTeX of distance and difference.
        left: Left edge.
        top: Baseline of the heads.
        pen: Writes.

    Attributes:
        limit: Opacity of the last row.
    """

    LEADING = 0.43
    COLUMNS = (1.15, 4.15, 6.1)
    """Right edges of the numbers, from the left edge of the table."""

    def __init__(self, secant: Secant, names: tuple[str, str], left: float, top: float, pen: Pen) -> None:
        super().__init__(secant)
        self._secant, self._left, self._top, self._palette = secant, left, top, pen.palette
        self._heads = [
            *(Stamp(pen.math(name, Size.LABEL)) for name in names),
            Stamp(pen.text("slope", Size.LABEL, pen.palette.muted)),
        ]
        colors = (pen.palette[secant.concept], pen.palette["model"], pen.palette["gradient"])
        self._numerals = [Numerals(pen.engine, Size.BODY, color) for color in colors]
        self._last = [
            Stamp(pen.math(latex, Size.BODY, pen.palette[secant.concept]))
            for latex in (r"h \to 0", rf"\text{{tangent:}} \quad {latex_number(significant(secant.slope))}")
        ]
        self.limit = 0.0

    def rows(self) -> list[tuple[str, str, str]]:
        """The rows that are shown, as text.

        Distances are whole hundredths, so that of this function every number shown is exact.
        """
        coming = int(np.ceil(self._secant.approach - 1e-9))
        distances = [*self._secant.steps[:coming], max(round(self._secant.h, 2), 0.01)]
        return [
            (fixed(h, 2), fixed(self._secant.difference(h), 4), fixed(self._secant.quotient(h), 2)) for h in distances
        ]

    @property
    def arrived(self) -> float:
        """Opacity of the last row: where it has just left the one above, both would say the same."""
        left = self._secant.approach % 1.0
        return 1.0 if left < 1e-9 else min(1.0, left / _PARTED)

    def paint(self, canvas: Canvas) -> None:
        """Set head, rows and limit."""
        edges = [self._left + column for column in self.COLUMNS]
        for head, edge in zip(self._heads, edges, strict=True):
            head.draw(canvas, edge, self._top, "right")
        canvas.line([(self._left, self._top - 0.13), (edges[-1], self._top - 0.13)], self._palette.grid, Stroke.GRID)
        rows = self.rows()
        for k, row in enumerate(rows):
            opacity = 1.0 if k < len(rows) - 1 else self.arrived
            for numerals, text, edge in zip(self._numerals, row, edges, strict=True):
                numerals.draw(canvas, text, edge, self._top - 0.1 - (k + 1) * self.LEADING, "right", opacity)
        y = self._top - 0.1 - (len(self._secant.steps) + 1) * self.LEADING
        for stamp, edge in zip(self._last, (edges[0], edges[2]), strict=True):
            stamp.draw(canvas, edge, y, "right", self.limit)
