"""Derivations on the screen: their lines below each other, the signs that join them in one column."""

from __future__ import annotations

from fitting.derivation import Derivation
from scenes.kit.drawing.painting import Group
from scenes.kit.text.formula import Formula, Pen


class Written(Group):
    """A derivation on the screen.

    Attributes:
        left: The quantity.
        lines: What it is equal to, each beginning with the sign that joins it.
    """

    def __init__(self, left: Formula, lines: list[Formula]) -> None:
        super().__init__(left, *lines)
        self.left, self.lines = left, lines


def write(derivation: Derivation, pen: Pen, x: float, top: float, size: float = 0.38, leading: float = 1.25) -> Written:
    """Set a derivation.

    Args:
        derivation: What it says.
        pen: Writes it.
        x: Left edge of the quantity.
        top: Baseline of the first line.
        size: Font size.
        leading: Distance of baselines.
    """
    left = pen.math(derivation.left, size).at(x, top)
    indent = float(left.width) + 0.16
    lines = [
        pen.math(f"{line.sign} {line.latex}", size).at(x + indent, top - k * leading)
        for k, line in enumerate(derivation.lines)
    ]
    return Written(left, lines)
