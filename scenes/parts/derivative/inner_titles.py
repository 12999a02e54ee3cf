"""Axes with their titles inside: for low charts, whose planes need the height."""

from __future__ import annotations

from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.chart import ChartAxes

AIR = (0.6, 0.42, 0.15, 0.05)
"""Room around the plane: for ticks, and none for titles."""


class InnerTitles(ChartAxes):
    """Axes whose titles take no height: above the curve's low end, and in the row of ticks."""

    def _draw_titles(self, canvas: Canvas) -> None:
        left, bottom, right, top = self._chart.plane.tolist()
        self._x_title.draw(canvas, right, bottom - 0.36, "right")
        self._y_title.draw(canvas, left + 0.12, top - 0.36)
