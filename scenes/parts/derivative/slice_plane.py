"""A slice in a plane of its own: its curve with the secant, a lens over the secant's two points, and its numbers."""

from __future__ import annotations

from scenes.kit.drawing.frame import RIGHT
from scenes.kit.drawing.painting import Group, Tween
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.parts.derivative.partial_derivatives import F_HERE, Direction
from scenes.parts.derivative.secant import QuotientTable, Secant, SecantChart
from scenes.parts.derivative.secant_lens import SecantLens

BOTTOM, TOP, TABLE = 0.0, 3.3, -0.4
"""Of the plane, and baseline of the table's heads."""

LENS = (RIGHT - 2.4, 0.56, RIGHT - 0.2, 1.62)
"""Below the tangents of both slices, where their planes are empty."""

PLANE = (0.0, 2.9), (0.0, 7.4)
"""Ranges of the plane; beyond the curve is room for the name of what it grows by."""


class SlicePlane(Group):
    """What stands beside the surface while a slice is looked at.

    Args:
        secant: Along which input.
        way: Its names.
        window: Where the curve is drawn.
        left: Left edge of the table.
        pen: Writes.

    Attributes:
        chart: The curve, the secant and the tangent.
        trace: What moves in it.
        lens: The two points, enlarged; hidden at first.
        table: Steps and quotients.
    """

    def __init__(self, secant: Secant, way: Direction, window: Window, left: float, pen: Pen) -> None:
        grown, span = f"{way.ahead} - {F_HERE}", (window.first, window.second)[way.axis]
        rect = (left - 0.25, BOTTOM, RIGHT, TOP)
        self.chart = SecantChart(
            rect, secant, span, *PLANE, (way.name, way.here), (way.step, (way.ahead, rf"- \, {F_HERE}")), pen
        )
        self.trace = self.chart.trace
        self.lens = SecantLens(self.chart.chart, self.trace, secant, LENS, pen)
        self.table = QuotientTable(secant, (way.step, grown), left, TABLE, pen)
        super().__init__(self.chart, self.lens, self.table)

    def settle(self) -> list[Tween]:
        """The tangent takes the secant's place."""
        return [Tween(self.trace, 1.5, tangent=1.0, secant=0.0), Tween(self.table, 1.0, limit=1.0)]
