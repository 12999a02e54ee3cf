"""The update of gradient descent as formulas: in symbols, and with the numbers of a step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitting.derivation import Derivation, Line
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import RATE, J
from scenes.kit.words.numbers import MINUS, fixed, latex_number, number, significant

DECIMALS, SLOPE_DIGITS = 4, 5
"""Decimals of parameters, and digits of slopes."""

WHOLE = 1e-6
"""A curvature this near to a whole number is one: its differences are rounded."""


def partial(name: str) -> str:
    """LaTeX of dJ/d(name)."""
    return rf"\frac{{\partial {J}}}{{\partial \textcolor{{{name}}}{{{name}}}}}"


def rule(name: str) -> Derivation:
    """The update: name := name - alpha dJ/d(name), at a point that consists of these three numbers."""
    colored = rf"\textcolor{{{name}}}{{{name}}}"
    line = Line(rf"{colored} - {RATE} \, {partial(name)}", lambda at: updated(*at.params), ":=")
    return Derivation(colored, (line,))


def updated(old: float, rate: float, slope: float) -> float:
    """The parameter after the step."""
    return old - rate * slope


def update_with_numbers(
    name: str, old: float, rate: float, slope: float, pen: Pen, room: float | None = None
) -> Formula:
    """The same with numbers: name := old - rate (slope) = new; about new, if the rounded terms give another number."""
    written = [fixed(value, DECIMALS) for value in (old, updated(old, rate, slope))]
    before, after = map(latex_number, written)
    factor = latex_number(number(slope, SLOPE_DIGITS))
    equal = "=" if _gives(written, rate, slope) else r"\approx"
    factor = f"({factor})" if slope < 0 else factor
    return pen.math(
        rf"\textcolor{{{name}}}{{{name}}} := \textcolor{{{name}}}{{{before}}} - "
        rf"\textcolor{{rate}}{{{significant(rate)}}} \cdot {factor} {equal} \textcolor{{{name}}}{{{after}}}",
        room=room,
    )


def slope_value(name: str, slope: float, pen: Pen, size: float = Size.FORMULA) -> Formula:
    """A partial derivative with its value."""
    return pen.math(rf"{partial(name)} = {latex_number(number(slope, SLOPE_DIGITS))}", size)


def slope_by_distance(name: str, curvature: float) -> Derivation:
    """Of a parabola: slope = curvature * distance to the minimum, at a point (place, minimum)."""
    latex = rf"{curvature_text(curvature)} \cdot {_distance(name)}"
    return Derivation(partial(name), (Line(latex, lambda at: curvature * (at.params[0] - at.params[1])),))


def curvature_by_data(curvature: float) -> Derivation:
    """Where the curvature over W comes from: the second derivative of the mean of (W x_i + b - y_i)^2 by W."""
    return Derivation(
        r"\text{curvature}",
        (
            Line(r"\frac{2}{N} \sum_i \textcolor{data}{x_i^2}", lambda at: 2 * np.mean(at.x**2)),
            Line(curvature_text(curvature), lambda at: curvature),
        ),
    )


def distance_by_step(name: str, curvature: float) -> Derivation:
    """What a step does to that distance: it multiplies it by 1 - curvature * alpha; at (place, minimum, alpha)."""
    return Derivation(
        rf"\textcolor{{{name}}}{{{name}_{{\text{{new}}}}}} - \textcolor{{{name}}}{{{name}_{{\min}}}}",
        (
            Line(
                rf"(1 - {curvature_text(curvature)} \, {RATE}) \cdot {_distance(name)}",
                lambda at: (1 - curvature * at.params[2]) * (at.params[0] - at.params[1]),
            ),
        ),
    )


def curvature_text(curvature: float) -> str:
    """A curvature with two decimals, or none if it is whole."""
    return fixed(curvature, 0 if abs(curvature - round(curvature)) < WHOLE else 2)


def factor_with_numbers(curvature: float, rate: float) -> Derivation:
    """That factor: 1 - curvature * rate = value."""
    factor = float(f"{1 - curvature * rate:.4g}")
    return Derivation(
        rf"1 - {curvature_text(curvature)} \cdot \textcolor{{rate}}{{{significant(rate)}}}",
        (Line(latex_number(significant(factor)), lambda at: factor),),
    )


def rate_bound(curvature: float, largest: bool = False) -> Derivation:
    """alpha < 2 / curvature, with numbers."""
    name = r"\text{largest curvature}" if largest else r"\text{curvature}"
    return Derivation(
        RATE,
        (
            Line(rf"\frac{{2}}{{{name}}}", lambda at: 2 / curvature, "<"),
            Line(rf"\frac{{2}}{{{curvature_text(curvature)}}}", lambda at: 2 / float(curvature_text(curvature))),
            Line(fixed(2 / curvature, 4), lambda at: float(fixed(2 / curvature, 4))),
        ),
    )


def _gives(written: Sequence[str], rate: float, slope: float) -> bool:
    """Whether the numbers as they are written lead to the result as it is written, but for its last rounding."""
    before, after, factor = (float(text.replace(MINUS, "-")) for text in (*written, number(slope, SLOPE_DIGITS)))
    return abs(updated(before, rate, factor) - after) <= 0.5 * 10**-DECIMALS + 1e-9


def _distance(name: str) -> str:
    return rf"(\textcolor{{{name}}}{{{name}}} - \textcolor{{{name}}}{{{name}_{{\min}}}})"
