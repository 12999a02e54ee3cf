"""A table with a row for each model that grows by columns from beat to beat."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.kit.curves import KeyLine, Look
from scenes.kit.formula import Formula, Pen
from scenes.kit.painting import Group
from scenes.kit.style import Size
from scenes.kit.table import Column, table

_LEADING = 0.8


class GrowingTable:
    """Sets columns beside the keys of the curves.

    Args:
        looks: How each curve is drawn.
        names: What each is called.
        left: Left edge.
        top: Baseline of the headings.
        pen: Writes it.

    Attributes:
        keys: Before the rows: how each curve is drawn, and what it is called.
    """

    def __init__(self, looks: Sequence[Look], names: Sequence[Formula], left: float, top: float, pen: Pen) -> None:
        self._left, self._top, self._pen = left, top, pen
        heights = [top - 0.14 - (k + 1) * _LEADING for k in range(len(looks))]
        self.keys = Group(
            *(
                Group(KeyLine(look, left, left + 0.7, y + 0.1), name.at(left + 0.9, y))
                for look, name, y in zip(looks, names, heights, strict=True)
            )
        )

    def column(self, heading: str, cells: Sequence[str], color: str, right: float) -> Group:
        """A column: LaTeX of its heading, a cell for each model, its right edge from the left one."""
        column = Column(self._pen.math(heading, Size.BODY), cells, color, right)
        return table([column], self._left, self._top, self._pen, _LEADING)
