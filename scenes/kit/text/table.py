"""Small tables of a run's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.message import Message

_APART = 0.15
"""Between a label and a number."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, its cells as numbers in text, its colour.

    Attributes:
        heading: What stands above.
        cells: Numbers as text; "⋮" for rows left out.
        color: Colour of the cells.
        right: Distance of the column's right edge from the table's left edge.
        total: What stands below the last row, if anything.
    """

    heading: Formula
    cells: Sequence[str]
    color: str
    right: float
    total: str = ""

    def cell(self, k: int, left: float, y: float, pen: Pen) -> Formula:
        """One of its cells, on a baseline of a table with that left edge."""
        right = left + self.right
        if self.cells[k] == "⋮":
            return pen.math(r"\vdots", Size.BODY, self.color).at(right - 0.2, y, "right")
        return pen.number(self.cells[k], Size.BODY, self.color).at(right, y, "right")


class Table(Group):
    """A table with right-aligned columns, all of them equally long.

    Args:
        columns: From left to right.
        left: Left edge.
        top: Baseline of the headings.
        pen: Writes the cells.
        leading: Distance of baselines.
        ruled: Whether there is a line below the headings.

    Attributes:
        columns: From left to right.
        head: Headings and the line below them.
        rows: The cells of each row.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        left: float,
        top: float,
        pen: Pen,
        leading: float = 0.5,
        ruled: bool = True,
    ) -> None:
        self.columns = columns
        self._left, self._top, self._pen, self._leading = left, top, pen, leading
        self._width = max(column.right for column in columns)
        rule = [Rule(left, left + self._width, top - 0.16, pen.palette.muted)] if ruled else []
        self.head = Group(*(column.heading.at(left + column.right, top, "right") for column in columns), *rule)
        self.rows = [
            Group(*(column.cell(k, left, self.baseline(k), pen) for column in columns))
            for k in range(len(columns[0].cells))
        ]
        super().__init__(self.head, *self.rows)

    def baseline(self, row: int) -> float:
        """Where a row stands, or would stand."""
        return self._top - 0.14 - (row + 1) * self._leading

    def totals(self, label: str | Message, lower: float = 0.06, rule: float = 0.38) -> Group:
        """The columns' totals below the last row.

        Args:
            label: What they are.
            lower: How much lower they stand than a next row would.
            rule: How far above them a line is drawn.
        """
        left, y, pen = self._left, self.baseline(len(self.rows)) - lower, self._pen
        numbers = [
            pen.number(column.total, Size.BODY, column.color).at(left + column.right, y, "right")
            for column in self.columns
            if column.total
        ]
        room = min(float(number.get_left()[0]) for number in numbers) - left - _APART
        return Group(
            Rule(left, left + self._width, y + rule, pen.palette.muted),
            pen.text(label, Size.BODY, pen.palette.muted, room=room).at(left, y),
            *numbers,
        )


class Rule(Painting):
    """A horizontal line."""

    def __init__(self, left: float, right: float, y: float, color: str) -> None:
        super().__init__()
        self._ends = [(left, y), (right, y)]
        self._color = color

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""
        canvas.line(self._ends, self._color, Stroke.GRID)
