"""The loss over one parameter as a curve, and a descent along it: its point, and its steps as arrows."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from fitting.slices import Slice, SliceDescent
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen

_POINTS = 121
_DASH = (0.06, 0.06)
_OLDER = 0.55


class Clock(Mobject):  # type: ignore[misc]
    """The step that several descents are at. Tween `step`."""

    def __init__(self) -> None:
        super().__init__()
        self.step = 0.0


def phases(step: float, last: int) -> tuple[int, float, float]:
    """What is seen of a step: first an arrow grows to where it leads, then the point goes there.

    Args:
        step: Position in steps; between two of them it is not whole.
        last: Number of steps; later ones show the end.

    Returns:
        Steps done, and of the next one the shares of arrow and way, in 0..1.
    """
    if step >= last:
        return last, 0.0, 0.0
    done = int(np.floor(step + 1e-9))
    share = max(step - done, 0.0)
    return done, min(2 * share, 1.0), max(2 * share - 1.0, 0.0)


class Walk(Mobject):  # type: ignore[misc]
    """Where a descent along one parameter is at a clock's step.

    A step that leads across the bottom leaps: on its way along the curve the point would have losses that the descent
    does not have.

    Args:
        descent: The record.
        clock: At which step it is.
        leaps: Whether the point fades from one record to the next; otherwise it goes there along the curve.
    """

    def __init__(self, descent: SliceDescent, clock: Clock | Replay, leaps: bool = False) -> None:
        super().__init__()
        self.descent = descent
        self.clock = clock
        self.leaps = leaps

    @property
    def phases(self) -> tuple[int, float, float]:
        """Steps done, and of the next one the shares of arrow and way."""
        return phases(self.clock.step, self.descent.steps)

    @property
    def record(self) -> int:
        """Steps done: numbers on the screen are this record's."""
        return self.phases[0]

    @property
    def value(self) -> float:
        """The parameter now; of a leap, where it starts."""
        done, _, way = self.phases
        values = self.descent.values
        start = float(values[done])
        return start + way * (float(values[done + 1]) - start) if way > 0 and not self.leaps else start

    @property
    def landing(self) -> tuple[float, float]:
        """Where a leap leads, and how much of the point is there already, in 0..1."""
        done, _, way = self.phases
        return (float(self.descent.values[done + 1]), way) if way > 0 and self.leaps else (self.value, 0.0)

    def point(self, chart: Chart, pen: Pen, radius: float = 1.15) -> CurvePoint:
        """The point in a chart of the slice."""
        cut = self.descent.slice
        return CurvePoint(
            chart,
            cut.loss,
            cut.slope,
            lambda: self.value,
            "loss",
            pen,
            self.clock,
            self,
            radius=radius,
            leap=lambda: self.landing,
        )


class ParabolaPanel(Group):
    """Axes and curve.

    Attributes:
        chart: The plane.
        curve: The loss; tween `curve.drawn` from 0 to 1 to draw it.
    """

    def __init__(
        self,
        rect: tuple[float, float, float, float],
        cut: Slice,
        span: tuple[float, float],
        pen: Pen,
        most: int = 5,
    ) -> None:
        super().__init__()
        top = float(cut.loss(np.array(span)).max())
        self.cut = cut
        self.chart = Chart(rect, span, (0.0, top))
        x_title = pen.math(cut.name, Size.FORMULA, pen.palette[cut.name])
        y_title = pen.math("J", Size.FORMULA, pen.palette["loss"])
        self.axes = ChartAxes(self.chart, x_title, y_title, pen, most=most)
        self.curve = SliceLine(self.chart, cut, pen)
        self.add(self.axes, self.curve)


class SliceLine(Painting):
    """The loss over the parameter.

    Attributes:
        drawn: Share of the curve that is drawn, from the left.
        floor: Opacity of a mark at the minimum.
    """

    def __init__(self, chart: Chart, cut: Slice, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._palette = chart, pen.palette
        self._values = np.linspace(*chart.x_range, _POINTS)
        self._losses = cut.loss(self._values)
        self._minimum = cut.minimum
        self._least = float(cut.loss(self._minimum))
        self.drawn = 1.0
        self.floor = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw curve and mark."""
        count = round(self.drawn * _POINTS)
        points = self._chart.to_screen(self._values[:count], self._losses[:count])
        canvas.line(points, self._palette["loss"], Stroke.CURVE)
        if self.floor > 0:
            ends = self._chart.to_screen([self._minimum] * 2, [self._chart.y_range[0], self._least])
            canvas.line(ends, self._palette.muted, Stroke.THIN, self.floor, _DASH)


class StepTrail(Painting):
    """The steps so far: an arrow as long as the step, at the height of its start, and the way back to the curve."""

    def __init__(self, chart: Chart, walk: Walk, pen: Pen, width: float = Stroke.NORMAL) -> None:
        super().__init__(chart, walk.clock)
        self._chart, self.walk, self._palette, self._width = chart, walk, pen.palette, width
        descent = walk.descent
        self._color = pen.palette[descent.slice.name]

    @property
    def _points(self) -> Array:
        descent = self.walk.descent
        return self._chart.to_screen(descent.values, descent.losses)

    def arrow(self, step: int, share: float = 1.0) -> tuple[Array, Array]:
        """Start and end of a step's arrow on the screen, when a share of it is drawn."""
        start, end = self._points[step : step + 2]
        return start, np.array([start[0] + share * (end[0] - start[0]), start[1]])

    def paint(self, canvas: Canvas) -> None:
        """Draw the arrows, the last one brightest, and the points that were left."""
        done, share, _ = self.walk.phases
        with self._chart.clipped(canvas, air=0.1):
            for step in range(done):
                self._draw(canvas, step, 1.0, 1.0 if step == done - 1 and share == 0 else _OLDER)
            if share > 0:
                self._draw(canvas, done, share, 1.0)
            for x, y in self._points[:done].tolist():
                canvas.disc(x, y, DOT_RADIUS * 0.6, self._palette["loss"], self._palette.outline)

    def _draw(self, canvas: Canvas, step: int, share: float, opacity: float) -> None:
        start, end = self.arrow(step, share)
        if share >= 1:
            canvas.line(np.stack([end, self._points[step + 1]]), self._color, Stroke.GRID, opacity, _DASH)
        canvas.arrow(start.tolist(), end.tolist(), self._color, self._width, opacity)
