"""A straight line in a plane, and its slope: one more to the right is so much more upwards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import latex_number, significant

AIR = (0.6, 0.42, 0.15, 0.05)
"""Room around a low chart's plane: for ticks, and none for titles."""

_LOW = 0.4
"""A leg lower than this has its number above it: beside it the line would run through."""


class SlopeChart(Group):
    """How a value depends on one of the numbers in it.

    Args:
        rect: Left, bottom, right and top.
        function: The value, linear in that number.
        at: The number as it is.
        x_range: Numbers at the plane's ends.
        y_range: Values at the plane's ends.
        titles: LaTeX of the number and of the value.
        concept: Name of the number's colour.
        pen: Writes.

    Attributes:
        trace: The line; tween `trace.drawn` to draw it and `trace.run` to walk along it.
    """

    def __init__(
        self,
        rect: tuple[float, float, float, float],
        function: Callable[[float], float],
        at: float,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        titles: tuple[str, str],
        concept: str,
        pen: Pen,
    ) -> None:
        super().__init__()
        self.chart = Chart(rect, x_range, y_range, AIR)
        self.axes = InnerTitles(
            self.chart, pen.math(titles[0]), pen.math(titles[1]), pen, Ticks.round(x_range, 3), Ticks.round(y_range, 4)
        )
        self.trace = SlopeTrace(self.chart, function, at, concept, pen)
        self.add(self.axes, self.trace)


class InnerTitles(ChartAxes):
    """Axes of a low chart, whose plane needs the height: titles above the curve's low end, and in the row of ticks."""

    def _draw_titles(self, canvas: Canvas) -> None:
        left, bottom, right, top = self._chart.plane.tolist()
        self._x_title.draw(canvas, right, bottom - 0.36, "right")
        self._y_title.draw(canvas, left + 0.12, top - 0.36)


class SlopeTrace(Painting):
    """The line, the point on it, and the slope triangle that the point leaves.

    Attributes:
        drawn: Share of the line that is drawn.
        run: How far the point has gone to the right.
        label: Opacity of the triangle's numbers, which are those of a run of 1.
    """

    def __init__(self, chart: Chart, function: Callable[[float], float], at: float, concept: str, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._function, self._at = chart, function, at
        self._palette, self._concept = pen.palette, concept
        self._run_label = Stamp(pen.math("+1", Size.BODY, pen.palette[concept]))
        rise = latex_number(significant(round(self.rise(1.0), 9)))
        self._rise_label = Stamp(pen.math(f"+{rise}", Size.BODY, pen.palette["model"]))
        self.drawn = self.run = self.label = 0.0

    def rise(self, run: float) -> float:
        """How much the value grows when the number grows by `run`."""
        return self._function(self._at + run) - self._function(self._at)

    def paint(self, canvas: Canvas) -> None:
        """Draw line, triangle and point."""
        palette = self._palette
        low, high = self._chart.x_range
        ends = np.array([low, low + self.drawn * (high - low)])
        values = [self._function(float(end)) for end in ends]
        with self._chart.clipped(canvas):
            if self.drawn > 0:
                canvas.line(self._chart.to_screen(ends, values), palette["model"], Stroke.CURVE)
        start, end = self._function(self._at), self._function(self._at + self.run)
        corners = self._chart.to_screen([self._at, self._at + self.run, self._at + self.run], [start, start, end])
        (x0, y0), (x1, _), (_, y1) = corners.tolist()
        if self.run > 0:
            canvas.line(corners[:2], palette[self._concept], Stroke.NORMAL)
            canvas.line(corners[1:], palette["model"], Stroke.NORMAL)
            self._run_label.draw(canvas, (x0 + x1) / 2, y0 - 0.36, "center", self.label)
            if y1 - y0 > _LOW:
                self._rise_label.draw(canvas, x1 + 0.16, (y0 + y1) / 2 - 0.11, "left", self.label)
            else:
                self._rise_label.draw(canvas, x1, y1 + 0.26, "center", self.label)
            canvas.disc(x0, y0, DOT_RADIUS, palette.muted, palette.outline)
        canvas.disc(x1, y1, DOT_RADIUS * 1.15, palette["model"], palette.outline)
