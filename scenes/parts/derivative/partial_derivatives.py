"""Partial derivatives from their definition, line by line: of a function of two inputs, and of the line W x + b."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from fitting.derivation import Derivation, Line, Point
from scenes.kit.words.letters import PREDICTION, B, W, X

FIRST, SECOND = "data", "b"
"""Concepts whose colours the two inputs have: x that of an input everywhere, y that of a landscape's second direction.

Green, a landscape's first direction, could not be told from the surface.
"""

F = r"\textcolor{model}{f}"
Y = rf"\textcolor{{{SECOND}}}{{y}}"
"""The second input: the one film in which y is no target."""

X_HERE, Y_HERE = rf"\textcolor{{{FIRST}}}{{1}}", rf"\textcolor{{{SECOND}}}{{1}}"
"""Both inputs' numbers at the point (1, 1)."""

F_HERE = rf"{F}({X_HERE}, {Y_HERE})"
HEIGHT = rf"{F_HERE} = {X_HERE}^2 + {X_HERE} \cdot {Y_HERE}^2 = \textcolor{{model}}{{2}}"

H_X, H_Y = rf"\textcolor{{{FIRST}}}{{h}}", rf"\textcolor{{{SECOND}}}{{h}}"
FUNCTION = rf"{F}({X}, {Y}) = {X}^2 + {X} \, {Y}^2"

_H = 1e-4
"""The h that stands for one on its way to 0: an average over h and -h is off by h^2."""


def f(x: Array, y: Array) -> Array:
    """The function x^2 + x y^2: few terms, and y^2 is a constant factor as long as only x moves."""
    return x**2 + x * y**2


def f_x(x: Array, y: Array) -> Array:
    """Its partial derivative by x, 2 x + y^2."""
    return 2 * x + y**2


def f_y(x: Array, y: Array) -> Array:
    """Its partial derivative by y, 2 x y."""
    return 2 * x * y


def line(w: float, x: float, b: float) -> float:
    """The line w x + b."""
    return w * x + b


def limit(h: str, inside: str, value: Callable[..., float], before: str = "") -> Line:
    """A line that is a limit for h to 0.

    Args:
        h: LaTeX of the step.
        inside: LaTeX of what it is the limit of.
        value: That, as a function of the point's parameters and of h.
        before: LaTeX of what stands before it.
    """
    return Line(
        rf"{before}\lim_{{{h} \to 0}} {inside}",
        lambda at: float(np.mean([value(*at.params, step) for step in (_H, -_H)])),
    )


BY_X = Derivation(
    rf"{F}_{{{X}}}",
    (
        limit(
            H_X,
            rf"\frac{{{F}({X} + {H_X}, {Y}) - {F}({X}, {Y})}}{{{H_X}}}",
            lambda x, y, h: (f(x + h, y) - f(x, y)) / h,
            before=rf"\frac{{\partial {F}}}{{\partial {X}}} = ",
        ),
        limit(
            H_X,
            rf"\frac{{({X} + {H_X})^2 + ({X} + {H_X}) \, {Y}^2 - {X}^2 - {X} \, {Y}^2}}{{{H_X}}}",
            lambda x, y, h: ((x + h) ** 2 + (x + h) * y**2 - x**2 - x * y**2) / h,
        ),
        limit(
            H_X,
            rf"\frac{{2 \, {X} \, {H_X} + {H_X}^2 + {H_X} \, {Y}^2}}{{{H_X}}}",
            lambda x, y, h: (2 * x * h + h**2 + h * y**2) / h,
        ),
        limit(H_X, rf"\left( 2 \, {X} + {H_X} + {Y}^2 \right)", lambda x, y, h: 2 * x + h + y**2),
        Line(rf"2 \, {X} + {Y}^2", lambda at: f_x(*at.params)),
    ),
)
"""At a point whose parameters are x and y."""

BY_Y = Derivation(
    rf"{F}_{{{Y}}}",
    (
        limit(
            H_Y,
            rf"\frac{{{F}({X}, {Y} + {H_Y}) - {F}({X}, {Y})}}{{{H_Y}}}",
            lambda x, y, h: (f(x, y + h) - f(x, y)) / h,
            before=rf"\frac{{\partial {F}}}{{\partial {Y}}} = ",
        ),
        limit(
            H_Y,
            rf"\frac{{{X}^2 + {X} \, ({Y} + {H_Y})^2 - {X}^2 - {X} \, {Y}^2}}{{{H_Y}}}",
            lambda x, y, h: (x**2 + x * (y + h) ** 2 - x**2 - x * y**2) / h,
        ),
        limit(
            H_Y,
            rf"\frac{{2 \, {X} \, {Y} \, {H_Y} + {X} \, {H_Y}^2}}{{{H_Y}}}",
            lambda x, y, h: (2 * x * y * h + x * h**2) / h,
        ),
        limit(H_Y, rf"\left( 2 \, {X} \, {Y} + {X} \, {H_Y} \right)", lambda x, y, h: 2 * x * y + x * h),
        Line(rf"2 \, {X} \, {Y}", lambda at: f_y(*at.params)),
    ),
)
"""Likewise; its h stands in the second place."""


@dataclass(frozen=True)
class Direction:
    """One of the two inputs, on its way along a slice through the point (1, 1).

    Attributes:
        axis: Which input it is.
        name: LaTeX of the input.
        concept: Name of its colour.
        step: LaTeX of its step.
        here: LaTeX of the function along the slice.
        ahead: LaTeX of the function a step ahead of the point.
        curve: LaTeX of what the function is along the slice.
        in_numbers: LaTeX of the partial derivative at the point.
        slope: The partial derivative.
        derivation: How it comes about.
    """

    axis: int
    name: str
    concept: str
    step: str
    here: str
    ahead: str
    curve: str
    in_numbers: str
    slope: Callable[[Array, Array], Array]
    derivation: Derivation

    @property
    def quotient(self) -> str:
        """LaTeX of the partial derivative at the point, as Leibniz writes it."""
        return rf"\frac{{\partial {F}}}{{\partial {self.name}}}({X_HERE}, {Y_HERE})"


ALONG_X = Direction(
    axis=0,
    name=X,
    concept=FIRST,
    step=H_X,
    here=rf"{F}({X}, {Y_HERE})",
    ahead=rf"{F}({X_HERE} + {H_X}, {Y_HERE})",
    curve=rf"{X}^2 + {X}",
    in_numbers=rf"{BY_X.left}({X_HERE}, {Y_HERE}) = 2 \cdot {X_HERE} + {Y_HERE}^2 = \textcolor{{{FIRST}}}{{3}}",
    slope=f_x,
    derivation=BY_X,
)
ALONG_Y = Direction(
    axis=1,
    name=Y,
    concept=SECOND,
    step=H_Y,
    here=rf"{F}({X_HERE}, {Y})",
    ahead=rf"{F}({X_HERE}, {Y_HERE} + {H_Y})",
    curve=rf"{X_HERE} + {Y}^2",
    in_numbers=rf"{BY_Y.left}({X_HERE}, {Y_HERE}) = 2 \cdot {X_HERE} \cdot {Y_HERE} = \textcolor{{{SECOND}}}{{2}}",
    slope=f_y,
    derivation=BY_Y,
)

H_W, H_B = r"\textcolor{W}{h}", H_Y

RULE_W = Derivation(
    rf"\frac{{\partial {PREDICTION}}}{{\partial {W}}}",
    (
        limit(
            H_W,
            rf"\frac{{({W} + {H_W}) \, {X} - {W} \, {X}}}{{{H_W}}}",
            lambda w, x, b, h: ((w + h) * x - w * x) / h,
        ),
        Line(X, lambda at: at.params[1]),
    ),
)
"""At a point whose parameters are W, x and b."""

RULE_X = Derivation(
    rf"\frac{{\partial {PREDICTION}}}{{\partial {X}}}",
    (
        limit(
            H_X,
            rf"\frac{{{W} \, ({X} + {H_X}) - {W} \, {X}}}{{{H_X}}}",
            lambda w, x, b, h: (w * (x + h) - w * x) / h,
        ),
        Line(W, lambda at: at.params[0]),
    ),
)

RULE_B = Derivation(
    rf"\frac{{\partial {PREDICTION}}}{{\partial {B}}}",
    (
        limit(H_B, rf"\frac{{({B} + {H_B}) - {B}}}{{{H_B}}}", lambda w, x, b, h: ((b + h) - b) / h),
        Line("1", lambda at: 1.0),
    ),
)


@dataclass(frozen=True)
class Rule:
    """The slope of the line by one of the three numbers that it is made of.

    Attributes:
        name: LaTeX of the number.
        concept: Name of its colour.
        place: Which of w, x, b it is.
        derivation: The slope.
        factor: Name of the colour of the number that the slope is; none where it is 1.
    """

    name: str
    concept: str
    place: int
    derivation: Derivation
    factor: str

    def along(self, numbers: tuple[float, float, float]) -> Callable[[float], float]:
        """The line as a function of this number, the others of w, x, b as they are."""

        def value(number: float) -> float:
            w, x, b = (number if k == self.place else other for k, other in enumerate(numbers))
            return line(w, x, b)

        return value

    def in_numbers(self, numbers: tuple[float, float, float]) -> str:
        """LaTeX that goes behind the derivation: the slope for given w, x, b, or for all."""
        if not self.factor:
            return r"\; \text{always}"
        return rf"= \textcolor{{{self.factor}}}{{{self.derivation.value(Point(np.array(numbers))):g}}}"


RULES = (Rule(W, "W", 0, RULE_W, "data"), Rule(X, "data", 1, RULE_X, "W"), Rule(B, "b", 2, RULE_B, ""))


def line_with_numbers(w: float, x: float, b: float) -> str:
    """LaTeX of the line with numbers in it, b to four decimals; what it comes to is that of the numbers shown."""
    shown = round(b, 4)
    equals = "=" if shown == b else r"\approx"
    return (
        rf"{PREDICTION} = {W} \cdot {X} + {B} {equals} \textcolor{{W}}{{{w:g}}} \cdot \textcolor{{data}}{{{x:g}}} + "
        rf"\textcolor{{b}}{{{shown:.4f}}} = \textcolor{{model}}{{{line(w, x, shown):.4f}}}"
    )
