"""A table with a row for each model that grows by columns from beat to beat."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.curves import KeyLine, Look
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Rule

_LEADING = 0.8


class GrowingTable:
    """Sets columns beside the keys of the curves.

    Args:
        looks: How each curve is drawn.
        names: What each is called.
        left: Left edge.
        top: Baseline of the headings.
        width: Right edge of its last column from the left one.
        pen: Writes it.

    Attributes:
        keys: Before the rows: how each curve is drawn, and what it is called; and the line below the headings.
    """

    def __init__(
        self, looks: Sequence[Look], names: Sequence[Formula], left: float, top: float, width: float, pen: Pen
    ) -> None:
        self._left, self._top, self._pen = left, top, pen
        self._baselines = [top - 0.14 - (k + 1) * _LEADING for k in range(len(looks))]
        self.keys = Group(
            Rule(left, left + width, top - 0.16, pen.palette.muted),
            *(
                Group(KeyLine(look, left, left + 0.7, y + 0.1), name.at(left + 0.9, y))
                for look, name, y in zip(looks, names, self._baselines, strict=True)
            ),
        )

    def column(self, heading: str, cells: Sequence[str], color: str, right: float) -> Group:
        """A column: its heading, a cell for each model, its right edge from the left one."""
        pen, end = self._pen, self._left + right
        return Group(
            pen.text(heading, Size.BODY).at(end, self._top, "right"),
            *(
                pen.number(cell, Size.BODY, color).at(end, y, "right")
                for cell, y in zip(cells, self._baselines, strict=True)
            ),
        )
