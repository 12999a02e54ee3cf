"""Derivations: each line on the screen is paired with the function it stands for.

Tests evaluate every line at the run's own numbers: all lines of a derivation are equal, and equal to a finite
difference. What stands on the screen is what was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fitting.arrays import Array
from scenes.kit.drawing.painting import Group
from scenes.kit.text.formula import Formula, Pen


@dataclass(frozen=True)
class Point:
    """Where a derivation is evaluated: parameters of the run and the data it descends on."""

    params: Array
    x: Array
    y: Array


@dataclass(frozen=True)
class Line:
    """A line of a derivation.

    Attributes:
        latex: What stands right of the equals sign.
        value: What it is, at a point.
    """

    latex: str
    value: Callable[[Point], float]


@dataclass(frozen=True)
class Derivation:
    """A chain of equal expressions for one quantity.

    Attributes:
        left: LaTeX of the quantity.
        lines: Expressions, each equal to the one before.
    """

    left: str
    lines: Sequence[Line]

    def write(self, pen: Pen, x: float, top: float, size: float = 0.38, leading: float = 1.25) -> Written:
        """Set the lines below each other with their equals signs in one column.

        Args:
            pen: Writes them.
            x: Left edge of the quantity.
            top: Baseline of the first line.
            size: Font size.
            leading: Distance of baselines.
        """
        left = pen.math(self.left, size).at(x, top)
        indent = float(left.width) + 0.16
        lines = [
            pen.math(f"= {line.latex}", size).at(x + indent, top - k * leading) for k, line in enumerate(self.lines)
        ]
        return Written(left, lines)


class Written(Group):
    """A derivation on the screen.

    Attributes:
        left: The quantity.
        lines: What it is equal to, each beginning with the equals sign.
    """

    def __init__(self, left: Formula, lines: list[Formula]) -> None:
        super().__init__(left, *lines)
        self.left, self.lines = left, lines
