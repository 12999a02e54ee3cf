"""The mean squared error of a cubic: its slopes line by line, and its curvatures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from fitting import Dataset
from fitting.arrays import Array
from scenes.kit.panels.mean_squared_error import MEAN
from scenes.kit.text.derivation import Derivation, Line, Point
from scenes.kit.words.letters import RESIDUAL_I, B, J, W
from scenes.kit.words.numbers import latex_number, significant

CUBE, CUBE_I = r"\textcolor{data}{x^3}", r"\textcolor{data}{x_i^3}"

_STEP = 1e-5
"""Of the central differences that stand for a derivative that is not worked out yet."""


def _residual(at: Point) -> Array:
    return at.params[0] * at.x**3 + at.params[1] - at.y


def _cost(at: Point) -> float:
    return float(np.mean(_residual(at) ** 2))


def _difference(function: Callable[[Point], npt.ArrayLike], at: Point, parameter: int) -> Array:
    step = np.zeros(2)
    step[parameter] = _STEP
    low, high = (function(Point(at.params + sign * step, at.x, at.y)) for sign in (-1, 1))
    return (np.asarray(high) - np.asarray(low)) / (2 * _STEP)


def _chain(name: str, symbol: str, parameter: int, inner: str) -> Derivation:
    by = rf"\partial {symbol}"

    def factor(at: Point) -> Array:
        return at.x**3 if parameter == 0 else np.ones_like(at.x)

    return Derivation(
        rf"\frac{{\partial {J}}}{{{by}}}",
        (
            Line(
                rf"{MEAN} \textcolor{{residual}}{{\frac{{\partial r_i^2}}{{\partial r_i}}}} \cdot "
                rf"\textcolor{{{name}}}{{\frac{{\partial r_i}}{{\partial {name}}}}}",
                lambda at: float(np.mean(2 * _residual(at) * _difference(_residual, at, parameter))),
            ),
            Line(
                rf"\frac{{2}}{{N}} \sum_{{i=1}}^{{N}} {RESIDUAL_I}" + (rf" \, {inner}" * (parameter == 0)),
                lambda at: float(2 / len(at.x) * np.sum(_residual(at) * factor(at))),
            ),
        ),
    )


SLOPE_B = _chain("b", B, 1, "1")
SLOPE_W = _chain("W", W, 0, CUBE_I)


def curvature_lines(data: Dataset) -> tuple[Derivation, Derivation, Derivation]:
    """Second derivatives of J by W, by b and by both, with the numbers of the data in them."""
    summands, total = _twice_the_mean(data.x**6)
    mixed_summands, mixed_total = _twice_the_mean(data.x**3)

    def second(first: int, then: int) -> Callable[[Point], float]:
        return lambda at: float(_difference(lambda p: _difference(_cost, p, first), at, then))

    by_w = Derivation(
        rf"\frac{{\partial^2 {J}}}{{\partial {W}^2}}",
        (
            Line(rf"\frac{{2}}{{N}} \sum_{{i=1}}^{{N}} ({CUBE_I})^2", second(0, 0)),
            Line(
                rf"{summands} = \textcolor{{W}}{{{total}}}",
                lambda at: float(2 / len(at.x) * np.sum(at.x**6)),
            ),
        ),
    )
    by_b = Derivation(
        rf"\frac{{\partial^2 {J}}}{{\partial {B}^2}}",
        (Line(r"\frac{2}{N} \sum_{i=1}^{N} 1 = \textcolor{b}{2}", second(1, 1)),),
    )
    mixed = Derivation(
        rf"\frac{{\partial^2 {J}}}{{\partial {W} \, \partial {B}}}",
        (Line(rf"\frac{{2}}{{N}} \sum_{{i=1}}^{{N}} {CUBE_I} = {mixed_summands} = {mixed_total}", second(0, 1)),),
    )
    return by_w, by_b, mixed


def _twice_the_mean(values: Array) -> tuple[str, str]:
    """LaTeX of 2/N times a sum with its numbers, and of what comes out."""
    summands = " + ".join(latex_number(significant(float(value))) for value in values)
    total = latex_number(significant(float(2 * values.mean())))
    return rf"\frac{{2}}{{{len(values)}}} \, ({summands})", total
