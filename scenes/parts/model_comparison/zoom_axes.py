"""Axes that stay while their chart zooms: ticks move with the data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.kit.drawing.painting import Canvas
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.chart import ChartAxes, Ticks
from scenes.kit.panels.curves import ZoomChart
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp

_FADING = 0.5
"""Share of a zoom, in its middle, in which one range's ticks give way to the next one's."""


class ZoomAxes(ChartAxes):
    """Grid, ticks and titles of a chart that zooms.

    Each pair of ranges has round ticks of its own. Those of the range that is left fade while those of the next one
    come; a tick of both stays.

    Args:
        chart: What is drawn upon.
        x_title: Stands under the right end.
        y_title: Stands above the left end.
        pen: Writes the ticks.
    """

    def __init__(self, chart: ZoomChart, x_title: Formula, y_title: Formula, pen: Pen) -> None:
        super().__init__(chart, x_title, y_title, pen)
        self._zooming = chart
        across, up = zip(*chart.ranges, strict=True)
        self._across, self._up = _Marks(across, 6, pen), _Marks(up, 5, pen)
        self._widest = max(label.width for _, label, _ in self._up.marks)

    def shown(self) -> tuple[dict[str, float], dict[str, float]]:
        """Opacity of each tick inside the plane, by its text: of the x axis and of the y axis."""
        zoom, chart = self._zooming.zoom, self._zooming
        return (
            {label.text: opacity for _, label, opacity in self._across.inside(chart.x_range, zoom)},
            {label.text: opacity for _, label, opacity in self._up.inside(chart.y_range, zoom)},
        )

    def paint(self, canvas: Canvas) -> None:
        """Draw grid lines, the axis, ticks and titles."""
        chart = self._zooming
        left, bottom, right, _ = chart.plane.tolist()
        for value, label, opacity in self._up.inside(chart.y_range, chart.zoom):
            self._draw_level(canvas, label, float(chart.to_screen(0.0, value)[1]), opacity)
        canvas.line([(left, bottom), (right, bottom)], self._palette.muted, Stroke.THIN)
        for value, label, opacity in self._across.inside(chart.x_range, chart.zoom):
            self._draw_mark(canvas, label, float(chart.to_screen(value, 0.0)[0]), opacity)
        self._draw_titles(canvas)


class _Marks:
    """The ticks of one axis at all its ranges: where each stands, its text, and the ranges it belongs to."""

    def __init__(self, ranges: Sequence[tuple[float, float]], most: int, pen: Pen) -> None:
        found: dict[float, tuple[Stamp, set[int]]] = {}
        for which, span in enumerate(ranges):
            ticks = Ticks.round(span, most)
            for place, stamp in zip(ticks.places, ticks.stamps(pen), strict=True):
                found.setdefault(place, (stamp, set()))[1].add(which)
        self.marks = [(place, stamp, owners) for place, (stamp, owners) in found.items()]

    def inside(self, span: tuple[float, float], zoom: float) -> list[tuple[float, Stamp, float]]:
        """Place, text and opacity of each tick that is seen."""
        near = int(zoom)
        new = float(np.clip((zoom - near - 0.5) / _FADING + 0.5, 0.0, 1.0))
        weights = {near: 1.0 - new, near + 1: new}
        seen = [
            (place, stamp, sum(weights.get(owner, 0.0) for owner in owners))
            for place, stamp, owners in self.marks
            if span[0] <= place <= span[1]
        ]
        return [mark for mark in seen if mark[2] > 0]
