r"""Derivations and formulas as data: a quantity, and line by line what it is, each line's LaTeX with its function.

What stands on a screen is what was checked: tests evaluate every line, and compare it with the central difference of
what is derived.

LaTeX here names concepts, not colours: `\textcolor{W}{W_1}` marks what belongs to `W`, and who writes it knows the
colour of that name. So a line is ready to be set as it is, and generated lines can give every parameter a mark, its
own name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array
from fitting.differences import central_difference


def _nothing() -> Array:
    return np.empty(0)


@dataclass(frozen=True)
class Point:
    """Where a derivation is evaluated.

    Attributes:
        params: Parameters, (p,), or whatever numbers the lines are about.
        x: Inputs, (n,).
        y: Targets, (n,).
    """

    params: Array = field(default_factory=_nothing)
    x: Array = field(default_factory=_nothing)
    y: Array = field(default_factory=_nothing)

    def difference(self, function: Callable[[Point], npt.ArrayLike], parameter: int) -> Array:
        """How fast a function of points changes here with one parameter: its central difference."""
        along = np.eye(len(self.params))[parameter]
        return central_difference(lambda params: function(replace(self, params=params)), self.params, along)


@dataclass(frozen=True)
class Line:
    """A line of a derivation.

    Attributes:
        latex: What stands right of the sign that joins it to what is above.
        value: What it is at a point: a number, or one for each sample.
        sign: That sign, in LaTeX.
    """

    latex: str
    value: Callable[[Point], npt.ArrayLike]
    sign: str = "="


@dataclass(frozen=True)
class Derivation:
    """A quantity and what it is equal to; one line makes a formula.

    Attributes:
        left: LaTeX of the quantity.
        lines: Expressions, each equal to the one before.
    """

    left: str
    lines: tuple[Line, ...]

    @property
    def row(self) -> str:
        """LaTeX of all of it, one line behind the other."""
        return " ".join([self.left, *(f"{line.sign} {line.latex}" for line in self.lines)])

    def only(self, *lines: int) -> Derivation:
        """The same with some of its lines."""
        return replace(self, lines=tuple(self.lines[line] for line in lines))

    def value(self, at: Point) -> Array:
        """What it comes to at a point: its last line."""
        return np.asarray(self.lines[-1].value(at), dtype=np.float64)

    def wrong(self, at: Point, exact: npt.ArrayLike, tolerance: float = 1e-7) -> dict[str, npt.ArrayLike]:
        """Lines that are not what they should be, with their values: none, if the derivation holds at a point.

        Args:
            at: The point.
            exact: What every line should be, found in another way, as by a central difference of what is derived.
            tolerance: By how much it may be off: by this, and by this share of `exact`. A line with a derivative left
                in it is a central difference, good to about ten digits of what is differentiated.
        """
        return {
            line.latex: value
            for line in self.lines
            if not np.allclose(value := line.value(at), exact, rtol=tolerance, atol=tolerance)
        }
