"""Small tables of a run's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.text.formula import Formula, Pen

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
    """

    heading: Formula
    cells: Sequence[str]
    color: str
    right: float


def table(columns: Sequence[Column], left: float, top: float, pen: Pen, leading: float = 0.5) -> Group:
    """Set a table with right-aligned columns.

    Args:
        columns: From left to right.
        left: Left edge.
        top: Baseline of the headings.
        pen: Writes the cells.
        leading: Distance of baselines.
    """
    members: list[Formula | Painting] = []
    for column in columns:
        members.append(column.heading.at(left + column.right, top, "right"))
        for k, cell in enumerate(column.cells):
            y = top - 0.14 - (k + 1) * leading
            if cell == "⋮":
                members.append(pen.math(r"\vdots", Size.BODY, column.color).at(left + column.right - 0.2, y, "right"))
            elif cell:
                members.append(pen.number(cell, Size.BODY, column.color).at(left + column.right, y, "right"))
    width = max(column.right for column in columns)
    members.append(Rule(left, left + width, top - 0.16, pen.palette.muted))
    return Group(*members)


def total_row(label: str, cells: Sequence[tuple[str, str, float]], left: float, baseline: float, pen: Pen) -> Group:
    """What stands below a table's last row: a rule, a label, and numbers under some of its columns.

    Args:
        label: What the numbers are.
        cells: Text, colour and right edge of each, from the table's left edge.
        left: Left edge.
        baseline: Where a next row would stand.
        pen: Writes it.
    """
    y = baseline - 0.06
    width = max(right for _, _, right in cells)
    numbers = [pen.number(text, Size.BODY, color).at(left + right, y, "right") for text, color, right in cells]
    room = min(float(number.get_left()[0]) for number in numbers) - left - _APART
    return Group(
        Rule(left, left + width, y + 0.38, pen.palette.muted),
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
