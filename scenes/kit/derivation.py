"""Derivations: each line on the screen is paired with the function it stands for.

Tests evaluate every line at the run's own numbers: all lines of a derivation are equal, and equal to a finite difference.
What stands on the screen is what was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.kit.formula import Formula, Pen
from scenes.kit.style import Size

type_array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    """Where a derivation is evaluated: parameters of the run and the data it descends on."""

    params: type_array
    x: type_array
    y: type_array


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

    def write(self, pen: Pen, x: float, top: float, size: float = Size.FORMULA, leading: float = 0.98) -> list[Formula]:
        """Set the lines below each other with their equals signs in one column.

        Args:
            pen: Writes them.
            x: Left edge of the first line.
            top: Baseline of the first line.
            size: Font size.
            leading: Distance of baselines.

        Returns:
            One formula a line; the first one holds the left side too.
        """
        left = pen.math(self.left, size)
        indent = float(left.width) + 0.18
        formulas = []
        for k, line in enumerate(self.lines):
            if k == 0:
                formula = pen.math(f"{self.left} = {line.latex}", size).at(x, top)
            else:
                formula = pen.math(f"= {line.latex}", size).at(x + indent, top - k * leading)
            formulas.append(formula)
        return formulas
