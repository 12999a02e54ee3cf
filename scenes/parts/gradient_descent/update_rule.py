"""The update of gradient descent as formulas: in symbols, and with the numbers of a step."""

from __future__ import annotations

from collections.abc import Sequence

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


def rule(name: str) -> str:
    """LaTeX of the update: name := name - alpha dJ/d(name)."""
    colored = rf"\textcolor{{{name}}}{{{name}}}"
    return rf"{colored} := {colored} - {RATE} \, {partial(name)}"


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


def slope_by_distance(name: str, curvature: float, pen: Pen) -> Formula:
    """Of a parabola: slope = curvature * distance to the minimum."""
    return pen.math(rf"{partial(name)} = {curvature_text(curvature)} \cdot {_distance(name)}")


def curvature_by_data(curvature: float, pen: Pen) -> Formula:
    """Where the curvature over W comes from: the second derivative of the mean of (W x_i + b - y_i)^2 by W."""
    return pen.math(
        rf"\text{{curvature}} = \frac{{2}}{{N}} \sum_i \textcolor{{data}}{{x_i^2}} = {curvature_text(curvature)}"
    )


def distance_by_step(name: str, curvature: float, pen: Pen) -> Formula:
    """What a step does to that distance: it multiplies it by 1 - curvature * alpha."""
    return pen.math(
        rf"\textcolor{{{name}}}{{{name}_{{\text{{new}}}}}} - \textcolor{{{name}}}{{{name}_{{\min}}}} = "
        rf"(1 - {curvature_text(curvature)} \, {RATE}) \cdot {_distance(name)}"
    )


def curvature_text(curvature: float) -> str:
    """A curvature with two decimals, or none if it is whole."""
    return fixed(curvature, 0 if abs(curvature - round(curvature)) < WHOLE else 2)


def factor_with_numbers(curvature: float, rate: float, pen: Pen, size: float = Size.BODY) -> Formula:
    """That factor: 1 - curvature * rate = value."""
    factor = float(f"{1 - curvature * rate:.4g}")
    return pen.math(
        rf"1 - {curvature_text(curvature)} \cdot \textcolor{{rate}}{{{significant(rate)}}} = "
        rf"{latex_number(significant(factor))}",
        size,
    )


def rate_bound(curvature: float, pen: Pen, largest: bool = False, room: float | None = None) -> Formula:
    """alpha < 2 / curvature, with numbers."""
    name = r"\text{largest curvature}" if largest else r"\text{curvature}"
    return pen.math(
        rf"{RATE} < \frac{{2}}{{{name}}} = "
        rf"\frac{{2}}{{{curvature_text(curvature)}}} = {fixed(2 / curvature, 4)}",
        room=room,
    )


def _gives(written: Sequence[str], rate: float, slope: float) -> bool:
    """Whether the numbers as they are written lead to the result as it is written, but for its last rounding."""
    before, after, factor = (float(text.replace(MINUS, "-")) for text in (*written, number(slope, SLOPE_DIGITS)))
    return abs(updated(before, rate, factor) - after) <= 0.5 * 10**-DECIMALS + 1e-9


def _distance(name: str) -> str:
    return rf"(\textcolor{{{name}}}{{{name}}} - \textcolor{{{name}}}{{{name}_{{\min}}}})"
