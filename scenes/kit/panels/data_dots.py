"""The data in a chart: a dot a point, larger and with a number where rows lie on each other."""

from __future__ import annotations

import cairo
import numpy as np

from fitting import Dataset
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size
from scenes.kit.panels.chart import Chart
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import count

FEW = 60
"""Up to so many points each gets its residual; more would be a smear of lines."""

_LARGEST = 2.2
"""Of a dot on which many rows lie, in radii of a dot."""

_HALF = 0.34 * Size.TICK
"""Half the height of a number in a dot."""

_RIM = 0.03
"""Least distance of a number from the rim of its dot."""


class DataDots(Painting):
    """The data.

    Attributes:
        data: The points.
        few: Whether there are so few different ones that each is drawn as a disc.
        arrived: How many points have appeared, as a share of all: tween from 0 to 1.
    """

    def __init__(self, chart: Chart, data: Dataset, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self.data, self._palette = chart, data, pen.palette
        self._first, self._place = data.places()
        self._rows = np.bincount(self._place)
        self.few = len(self._first) <= FEW
        self.arrived = 1.0
        self._repeated = np.flatnonzero(self._rows > 1) if self.few else self._rows[:0]
        self._counts = [
            Stamp(pen.number(count(rows), Size.TICK, pen.palette.background))
            for rows in self._rows[self._repeated].tolist()
        ]
        # How far a number reaches from the middle of its dot.
        self._reach = np.array([np.hypot(stamp.width / 2, _HALF) for stamp in self._counts])
        self._radii = DOT_RADIUS * np.minimum(np.sqrt(self._rows), _LARGEST)
        self._radii[self._repeated] = np.maximum(self._radii[self._repeated], self._reach + _RIM)

    def paint(self, canvas: Canvas) -> None:
        """Draw a dot a point; small and translucent where there are many."""
        rows = len(self.data.x)
        color = self._palette["data"]
        if self.few:
            points = self._chart.to_screen(self.data.x[self._first], self.data.y[self._first])
            # A chart that zooms leaves some of them outside.
            with self._chart.clipped(canvas, air=2 * DOT_RADIUS):
                for (x, y), radius in zip(points.tolist(), self._grown().tolist(), strict=True):
                    if radius > 0:
                        canvas.disc(x, y, radius, color, self._palette.outline)
                self._draw_counts(canvas, points)
            return
        shown = self._chart.to_screen(self.data.x, self.data.y)[: max(1, round(self.arrived * rows))]
        radius = DOT_RADIUS * float(np.clip((FEW / rows) ** 0.25, 0.22, 1.0))
        _splat(canvas, shown, radius, color, float(np.clip(40 * FEW / rows, 0.25, 0.9)))

    def _arrived(self) -> Array:
        """How many rows lie on each dot by now, (m,): one after the other, each growing while the next begins."""
        rows = len(self._place)
        there = np.clip(self.arrived * (rows + 1) - np.arange(rows), 0.0, 1.0)
        return np.bincount(self._place, weights=there).astype(np.float64)

    def _grown(self) -> Array:
        """Radii of the dots, (m,): with the first row a dot appears, with more its area grows."""
        rows = self._arrived()
        more = (np.sqrt(np.maximum(rows, 1.0)) - 1) / np.maximum(np.sqrt(self._rows) - 1, 1e-9)
        return np.asarray(DOT_RADIUS * np.minimum(rows, 1.0) + more * (self._radii - DOT_RADIUS))

    def _draw_counts(self, canvas: Canvas, points: Array) -> None:
        """How many rows lie on a dot, in it; where another dot would hide one of these numbers, there are none."""
        apart = np.linalg.norm(points[self._repeated, None] - points[None], axis=-1)
        apart[np.arange(len(self._repeated)), self._repeated] = np.inf
        if (apart < self._reach[:, None] + self._radii).any():
            return
        there = np.clip(self._arrived() - self._rows + 1, 0.0, 1.0)[self._repeated]
        for (x, y), stamp, opacity in zip(points[self._repeated].tolist(), self._counts, there.tolist(), strict=True):
            stamp.draw(canvas, x, y - _HALF, "center", opacity)


def _splat(canvas: Canvas, points: Array, radius: float, color: str, opacity: float) -> None:
    """Many dots as one path of round-capped strokes of no length: Cairo fills them in one call."""
    context = canvas.context
    context.new_path()
    # Points that share a pixel look the same as one of them.
    pixels = np.unique(np.round(points * canvas.scale).astype(np.int64), axis=0) / canvas.scale
    for x, y in pixels.tolist():
        context.move_to(x, y)
        context.line_to(x, y)
    context.set_line_cap(cairo.LineCap.ROUND)
    context.set_line_width(2 * radius)
    canvas.set_color(color, opacity)
    context.stroke()
