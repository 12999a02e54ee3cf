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

FEW = 60
"""Up to so many points each gets its residual; more would be a smear of lines."""

_LARGEST = 2.2
"""Of a dot on which many rows lie, in radii of a dot."""

_BESIDE = 0.07
"""Distance of a number from its dot."""


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
        color = pen.palette["data"]
        repeated = np.flatnonzero(self._rows > 1).tolist() if self.few else []
        self._counts = {k: Stamp(pen.math(rf"\times {self._rows[k]}", Size.LABEL, color)) for k in repeated}

    def paint(self, canvas: Canvas) -> None:
        """Draw a dot a point; small and translucent where there are many."""
        count = len(self.data.x)
        color = self._palette["data"]
        if self.few:
            points = self._chart.to_screen(self.data.x[self._first], self.data.y[self._first])
            # One after the other, each growing while the next begins.
            grown = np.clip(self.arrived * (count + 1) - np.arange(count), 0.0, 1.0)
            rows: Array = np.bincount(self._place, weights=grown).astype(np.float64)
            radii = DOT_RADIUS * np.where(rows > 1, np.minimum(np.maximum(rows, 1.0) ** 0.25, _LARGEST), rows)
            # A chart that zooms leaves some of them outside.
            with self._chart.clipped(canvas, air=2 * DOT_RADIUS):
                for (x, y), radius in zip(points.tolist(), radii.tolist(), strict=True):
                    if radius > 0:
                        canvas.disc(x, y, radius, color, self._palette.outline)
            self._draw_counts(canvas, points, radii, rows)
            return
        shown = self._chart.to_screen(self.data.x, self.data.y)[: max(1, round(self.arrived * count))]
        radius = DOT_RADIUS * float(np.clip((FEW / count) ** 0.25, 0.22, 1.0))
        _splat(canvas, shown, radius, color, float(np.clip(40 * FEW / count, 0.25, 0.9)))

    def _draw_counts(self, canvas: Canvas, points: Array, radii: Array, rows: Array) -> None:
        """How many rows lie on a dot, beside it and away from the middle, where squares are; all of them or none."""
        left, _, right, _ = self._chart.plane.tolist()
        boxes = []
        for k, stamp in self._counts.items():
            (x, y), inwards = points[k].tolist(), points[k, 0] < (left + right) / 2
            aside = float(radii[k]) + _BESIDE
            boxes.append((x - aside - stamp.width if inwards else x + aside, y - 0.09, stamp.width))
        if _apart(boxes):
            for (k, stamp), (x, y, _) in zip(self._counts.items(), boxes, strict=True):
                there = float(np.clip(rows[k] - self._rows[k] + 1, 0.0, 1.0))
                stamp.draw(canvas, x, y, "left", there, self._palette.background)


def _apart(boxes: list[tuple[float, float, float]]) -> bool:
    """Whether no two texts, each given by left edge, baseline and width, lie on each other."""
    left, low, width = np.array(boxes).reshape(-1, 3).T
    beside = (left[:, None] < (left + width)[None]) & (left[None] < (left + width)[:, None])
    on = beside & (np.abs(low[:, None] - low[None]) < Size.LABEL)
    return np.count_nonzero(on) == len(boxes)


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
