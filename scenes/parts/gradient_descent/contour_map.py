"""The loss over two parameters seen from above: contour lines, and descents upon them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fitting import Trajectory, hessian, least_squares
from fitting.arrays import Array
from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Canvas, Group, Painting, ramp
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp
from scenes.parts.gradient_descent.parabola_panel import Clock, phases

_OLDER = 0.6
_RIM = 0.04
_TURN = np.linspace(0.0, 2 * np.pi, 241)


class ContourMap(Group):
    """A quadratic loss from above, both parameters on one scale: a step along -gradient is at right angles to a line.

    Args:
        rect: Left, bottom, right and top of everything, ticks included.
        trajectory: Gives model, loss and data; the model is linear in its two parameters.
        center: Parameters in the middle of the plane.
        reach: How far the first parameter goes to either side.
        levels: Losses of the contour lines, ascending.
        pen: Writes the ticks.

    Attributes:
        chart: The plane.
        field: Contour lines and what is between them.
        optimum: The best parameters.
    """

    def __init__(
        self,
        rect: Rect,
        trajectory: Trajectory,
        center: Sequence[float],
        reach: float,
        levels: npt.ArrayLike,
        pen: Pen,
    ) -> None:
        super().__init__()
        empty = Chart(rect, (0.0, 1.0), (0.0, 1.0))
        left, bottom, right, top = empty.plane.tolist()
        high = reach * (top - bottom) / (right - left)
        first, second = center
        self.chart = Chart(rect, (first - reach, first + reach), (second - high, second + high))
        self.optimum = least_squares(trajectory.model, trajectory.data)
        self.field = ContourField(self.chart, trajectory, self.optimum, np.asarray(levels, dtype=np.float64), pen)
        names = trajectory.model.parameters[:2]
        titles = [pen.math(name, Size.FORMULA, pen.palette[name]) for name in names]
        self.axes = ChartAxes(self.chart, titles[0], titles[1], pen, most=6)
        # The field hides the grid lines of the axes.
        self.add(self.axes, self.field)

    @property
    def unit(self) -> float:
        """How long 1 of either parameter is, in Manim units."""
        ends = self.chart.to_screen([0.0, 1.0], [0.0, 0.0])
        return float(ends[1, 0] - ends[0, 0])


class ContourField(Painting):
    """Contour lines of a quadratic loss, and the optimum as a cross."""

    def __init__(self, chart: Chart, trajectory: Trajectory, optimum: Array, levels: Array, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._palette, self._optimum = chart, pen.palette, optimum
        self._least = float(trajectory.loss_at(optimum))
        curvatures, axes = np.linalg.eigh(hessian(trajectory.model, trajectory.loss_function, optimum, trajectory.data))
        # J = least + 1/2 sum_k curvature_k distance_k^2: the line of a loss 1/2 above the least, (2, 2) by its axes.
        self._axes = axes / np.sqrt(curvatures)
        self._lines = [self.line(level) for level in levels[levels > self._least]]
        shades = ramp(pen.palette.surface, len(self._lines) + 1).tolist()
        self._colors = ["#" + "".join(f"{round(part):02X}" for part in shade) for shade in shades]

    def line(self, level: float) -> Array:
        """Parameters along the contour line of a loss, (k, 2)."""
        circle = np.stack([np.cos(_TURN), np.sin(_TURN)])
        return np.asarray(self._optimum + np.sqrt(2 * (level - self._least)) * (self._axes @ circle).T)

    def paint(self, canvas: Canvas) -> None:
        """Draw the map; while it fades it does so as one picture, as its fills lie on top of each other."""
        with self._chart.clipped(canvas):
            alpha, canvas.alpha = canvas.alpha, 1.0
            if alpha < 1:
                canvas.context.push_group()
            self._draw(canvas)
            if alpha < 1:
                canvas.context.pop_group_to_source()
                canvas.context.paint_with_alpha(alpha)
            canvas.alpha = alpha

    def _draw(self, canvas: Canvas) -> None:
        """Fill from the outermost line inwards, then draw the lines."""
        left, bottom, right, top = self._chart.plane.tolist()
        canvas.polygon([(left, bottom), (right, bottom), (right, top), (left, top)], self._colors[-1])
        shown = [self._chart.to_screen(line[:, 0], line[:, 1]) for line in self._lines]
        for points, color in reversed(list(zip(shown, self._colors, strict=False))):
            canvas.polygon(points, color)
            canvas.line(points, self._palette.contour, Stroke.GRID)
        x, y = self._chart.to_screen(*self._optimum).tolist()
        for sign in (1, -1):
            canvas.line([(x - 0.09, y - 0.09 * sign), (x + 0.09, y + 0.09 * sign)], self._palette.text, Stroke.NORMAL)


class ContourLine(Painting):
    """One contour line in the loss' colour, to be shown and hidden."""

    def __init__(self, chart: ContourMap, level: float, pen: Pen) -> None:
        super().__init__(chart.chart)
        self._chart, self._line, self._color = chart.chart, chart.field.line(level), pen.palette["loss"]

    def paint(self, canvas: Canvas) -> None:
        """Draw what of it lies on the map."""
        with self._chart.clipped(canvas):
            canvas.line(self._chart.to_screen(self._line[:, 0], self._line[:, 1]), self._color, Stroke.NORMAL)


class MapTrail(Painting):
    """A descent on the map: an arrow a step while they are few, else a line, and the point at its last record.

    Between records it has no place. Where steps have arrows, it fades from one to the next.

    Attributes:
        path: Parameters, (k, 2).
    """

    def __init__(
        self,
        chart: Chart,
        path: Array,
        clock: Clock | Replay,
        color: str,
        pen: Pen,
        *,
        arrows: bool = True,
        point: str | None = None,
        dash: Sequence[float] = (),
        width: float = Stroke.NORMAL,
    ) -> None:
        super().__init__(chart, clock)
        self._chart, self._clock, self._color, self._palette = chart, clock, color, pen.palette
        self._arrows, self._dash, self._width = arrows, dash, width
        self._point = point or pen.palette["loss"]
        self.path = path

    def paint(self, canvas: Canvas) -> None:
        """Draw the way so far and the point."""
        points = self._chart.to_screen(self.path[:, 0], self.path[:, 1])
        with self._chart.clipped(canvas, air=0.02):
            (self._draw_arrows if self._arrows else self._draw_line)(canvas, points)
            for place, opacity in self.ends():
                x, y = self._chart.to_screen(*place).tolist()
                canvas.disc(x, y, DOT_RADIUS * 1.1, self._point, self._palette.outline, opacity)

    @property
    def record(self) -> int:
        """Index of the record that the point is at, or leaves."""
        return phases(self._clock.step, len(self.path) - 1)[0]

    def ends(self) -> list[tuple[Array, float]]:
        """Where the point is, (2,), and how much of it: two places while it fades from one to the other."""
        done, _, way = phases(self._clock.step, len(self.path) - 1)
        if not self._arrows or way == 0:
            return [(self.path[done], 1.0)]
        return [(self.path[done], 1.0 - way), (self.path[done + 1], way)]

    def end(self) -> Array:
        """Parameters where the line has come to, (2,)."""
        last = len(self.path) - 1
        done, share = int(min(self._clock.step, last)), min(self._clock.step, last) % 1.0
        return np.asarray(self.path[done] if share == 0 else _between(self.path, done, share))

    def _draw_arrows(self, canvas: Canvas, points: Array) -> None:
        done, share, _ = phases(self._clock.step, len(points) - 1)
        for step in range(done):
            newest = step == done - 1 and share == 0
            self._arrow(canvas, points[step], points[step + 1], 1.0 if newest else _OLDER)
        if share > 0:
            self._arrow(canvas, points[done], _between(points, done, share), 1.0)

    def _draw_line(self, canvas: Canvas, points: Array) -> None:
        done = int(min(self._clock.step, len(points) - 1))
        way = np.vstack([points[: done + 1], self._chart.to_screen(*self.end())])
        canvas.line(way, self._palette.outline, self._width + _RIM, dash=self._dash)
        canvas.line(way, self._color, self._width, dash=self._dash)

    def _arrow(self, canvas: Canvas, start: Array, end: Array, opacity: float) -> None:
        canvas.arrow(start.tolist(), end.tolist(), self._color, self._width, opacity, self._palette.outline)


class MapArrow(Painting):
    """An arrow between two points of the map.

    Attributes:
        grown: Share of the arrow that is drawn.
    """

    def __init__(
        self, chart: Chart, start: Array, end: Array, color: str, pen: Pen, width: float = Stroke.NORMAL
    ) -> None:
        super().__init__(chart)
        self._ends = chart.to_screen([start[0], end[0]], [start[1], end[1]])
        self._color, self._rim, self._width = color, pen.palette.outline, width
        self.grown = 0.0

    @property
    def direction(self) -> Array:
        """From start to end on the screen, (2,)."""
        return np.asarray(self._ends[1] - self._ends[0])

    def paint(self, canvas: Canvas) -> None:
        """Draw as much of it as has grown."""
        start, end = self._ends[0], self._ends[0] + self.grown * self.direction
        canvas.arrow(start.tolist(), end.tolist(), self._color, self._width, rim=self._rim)


class MapLabel(Painting):
    """A text on the map, with a rim that keeps it readable on any colour."""

    def __init__(self, formula: Formula, x: float, y: float, anchor: str, pen: Pen) -> None:
        super().__init__()
        self._stamp, self._place, self._halo = Stamp(formula), (x, y, anchor), pen.palette.outline

    def paint(self, canvas: Canvas) -> None:
        """Set it."""
        self._stamp.draw(canvas, *self._place, halo=self._halo)


def _between(points: Array, first: int, share: float) -> Array:
    """The point at a share of the way to the next one."""
    return np.asarray(points[first] + share * (points[first + 1] - points[first]))
