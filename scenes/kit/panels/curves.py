"""Several curves in one chart, told apart by dash, colour and a label at their ends; and a chart that zooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.text.formula import Formula
from scenes.kit.text.stamp import Stamp

_SAMPLES = 120
_LEADING = 0.46
_WILD = 1e3


@dataclass(frozen=True)
class Look:
    """How a curve is drawn, wherever it appears.

    Attributes:
        color: Its colour.
        dash: Lengths of strokes and gaps in Manim units; none for a solid line.
        width: Its width in Manim units.
    """

    color: str
    dash: tuple[float, ...] = ()
    width: float = Stroke.CURVE


class CurveLine(Painting):
    """A function's curve in a chart.

    Args:
        chart: What it is drawn upon.
        function: Heights at inputs (k,), in the chart's coordinates.
        look: How it is drawn.
        *sources: What the function reads.
        span: Inputs it is drawn over; the chart's whole range if None.

    Attributes:
        drawn: How much of it is drawn, from its left end.
        left: Input where it begins.
        right: Input where it ends; tween it to draw farther.
    """

    def __init__(
        self,
        chart: Chart,
        function: Callable[[Array], Array],
        look: Look,
        *sources: Mobject,
        span: tuple[float, float] | None = None,
    ) -> None:
        super().__init__(chart, *sources)
        self._chart, self.function, self._look = chart, function, look
        self.left, self.right = span or chart.x_range
        self.drawn = 1.0

    @property
    def end(self) -> tuple[float, float]:
        """Where it ends on the screen: at its last input, or where it leaves the plane before that."""
        x = np.linspace(self.left, min(self.right, self._chart.x_range[1]), _SAMPLES)
        points = self._chart.to_screen(x, self.function(x))
        _, bottom, _, top = self._chart.plane.tolist()
        inside = np.flatnonzero((bottom <= points[:, 1]) & (points[:, 1] <= top))
        last = int(inside[-1]) if len(inside) else len(x) - 1
        place, height = points[last].tolist()
        if not len(inside):
            return place, min(max(height, bottom), top)
        if last + 1 < len(x):
            beyond, farther = points[last + 1].tolist()
            edge = top if farther > top else bottom
            return place + (beyond - place) * (edge - height) / (farther - height), edge
        return place, height

    def paint(self, canvas: Canvas) -> None:
        """Draw it, clipped to the plane."""
        x = np.linspace(self.left, self.left + (self.right - self.left) * max(self.drawn, 1e-6), _SAMPLES)
        # Cairo's coordinates are 24.8 fixed point: a wild curve stays within what they hold.
        points = np.clip(self._chart.to_screen(x, self.function(x)), -_WILD, _WILD)
        with self._chart.clipped(canvas, air=0.02):
            canvas.line(points, self._look.color, self._look.width, dash=self._look.dash)


class EndLabels(Painting):
    """A label right of the end of each curve; where ends are close, labels move apart.

    Args:
        curves: The curves.
        labels: What stands at their ends.
    """

    GAP = 0.22

    def __init__(self, curves: Sequence[CurveLine], labels: Sequence[Formula]) -> None:
        super().__init__(*curves, *(source for curve in curves for source in curve.sources))
        self._curves = list(curves)
        self._stamps = [Stamp(label) for label in labels]

    def places(self) -> list[tuple[float, float]]:
        """Left end and middle height of each label."""
        ends = [curve.end for curve in self._curves]
        order = sorted(range(len(ends)), key=lambda k: ends[k][1])
        heights = [ends[k][1] for k in order]
        # Two that are too close share what is missing; some rounds settle three.
        for _ in range(8):
            for k in range(len(heights) - 1):
                missing = _LEADING - (heights[k + 1] - heights[k])
                if missing > 0:
                    heights[k] -= missing / 2
                    heights[k + 1] += missing / 2
        placed = dict(zip(order, heights, strict=True))
        return [(end[0] + self.GAP, placed[k]) for k, end in enumerate(ends)]

    def paint(self, canvas: Canvas) -> None:
        """Set the labels."""
        for stamp, (x, y) in zip(self._stamps, self.places(), strict=True):
            stamp.draw(canvas, x, y - Size.BODY * 0.3)


class CurveDots(Painting):
    """Points on curves at one input, such as forecasts, over a dashed line.

    Args:
        chart: The plane.
        x: The input.
        heights: The points.
        looks: Those of their curves.
        rim: Colour around each point.
        rule: Colour of the dashed line.
    """

    def __init__(
        self, chart: Chart, x: float, heights: Sequence[float], looks: Sequence[Look], rim: str, rule: str
    ) -> None:
        super().__init__(chart)
        self._chart, self._x, self._heights, self._looks = chart, x, list(heights), list(looks)
        self._rim, self._rule = rim, rule

    def paint(self, canvas: Canvas) -> None:
        """Draw line and points."""
        points = self._chart.to_screen(self._x, self._heights)
        bottom = float(self._chart.plane[1])
        top = float(points[:, 1].max())
        canvas.line(
            [(float(points[0, 0]), bottom), (float(points[0, 0]), top)], self._rule, Stroke.THIN, dash=(0.1, 0.08)
        )
        for (x, y), look in zip(points.tolist(), self._looks, strict=True):
            canvas.disc(x, y, DOT_RADIUS, look.color, self._rim)


class KeyLine(Painting):
    """A short piece of a curve, before its name in a table."""

    def __init__(self, look: Look, left: float, right: float, y: float) -> None:
        super().__init__()
        self._look, self._ends = look, [(left, y), (right, y)]

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""
        canvas.line(self._ends, self._look.color, self._look.width, dash=self._look.dash)


class ZoomChart(Chart):
    """A chart that goes from one pair of ranges to the next. Tween `zoom`: 0 is the first, 1 the second, and so on.

    In equal shares of `zoom` its scale changes by equal factors, and one point of the plane stays where it is.

    Args:
        rect: Left, bottom, right and top of everything.
        ranges: Each the ends of the x axis and those of the y axis.
        air: Room for ticks, titles and labels on each side.

    Attributes:
        ranges: As given.
    """

    def __init__(
        self,
        rect: Sequence[float],
        ranges: Sequence[tuple[tuple[float, float], tuple[float, float]]],
        air: Sequence[float],
    ) -> None:
        super().__init__(rect, *ranges[0], air=air)
        self.ranges = list(ranges)
        self._zoom = 0.0

    @property
    def zoom(self) -> float:
        """Which ranges it shows; between two whole numbers it is on the way."""
        return self._zoom

    @zoom.setter
    def zoom(self, value: float) -> None:
        self._zoom = value
        which = min(int(value), len(self.ranges) - 2)
        near, far = self.ranges[which], self.ranges[which + 1]
        self.x_range, self.y_range = (_between(low, high, value - which) for low, high in zip(near, far, strict=True))


def _between(near: tuple[float, float], far: tuple[float, float], share: float) -> tuple[float, float]:
    """A range on the way from one to another; its length changes by equal factors in equal shares."""
    short, long = near[1] - near[0], far[1] - far[0]
    if share in (0.0, 1.0):
        return far if share else near
    done = share if short == long else (short * (long / short) ** share - short) / (long - short)
    low, high = (a + done * (b - a) for a, b in zip(near, far, strict=True))
    return low, high
