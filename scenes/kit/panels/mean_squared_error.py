"""The mean squared error of a line, differentiated by each of its parameters, line by line."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array
from scenes.kit.text.derivation import Derivation, Line, Point
from scenes.kit.words.letters import X_I, B, J, W

MEAN = r"\frac{1}{N} \sum_{i=1}^{N}"

_STEP = 1e-5
"""Of the central differences that stand for a derivative that is not worked out yet."""


def _residual(at: Point) -> Array:
    return at.params[0] * at.x + at.params[1] - at.y


def _difference(function: Callable[[Point], npt.ArrayLike], at: Point, parameter: int) -> Array:
    step = np.zeros(2)
    step[parameter] = _STEP
    low, high = (function(Point(at.params + sign * step, at.x, at.y)) for sign in (-1, 1))
    return (np.asarray(high) - np.asarray(low)) / (2 * _STEP)


def _chain(name: str, symbol: str, parameter: int, inner: str) -> Derivation:
    by = rf"\partial {symbol}"
    return Derivation(
        rf"\frac{{\partial {J}}}{{{by}}}",
        (
            Line(
                rf"\frac{{\partial}}{{{by}}} \, {MEAN} \textcolor{{residual}}{{r_i^2}}",
                lambda at: float(_difference(lambda p: np.mean(_residual(p) ** 2), at, parameter)),
            ),
            Line(
                rf"{MEAN} \textcolor{{residual}}{{\frac{{\partial r_i^2}}{{\partial r_i}}}} \cdot "
                rf"\textcolor{{{name}}}{{\frac{{\partial r_i}}{{\partial {name}}}}}",
                lambda at: float(np.mean(2 * _residual(at) * _difference(_residual, at, parameter))),
            ),
            Line(
                rf"{MEAN} \textcolor{{residual}}{{2 \, r_i}} \cdot {inner}",
                lambda at: float(np.mean(2 * _residual(at) * (at.x if parameter == 0 else 1.0))),
            ),
        ),
    )


SLOPE_B = _chain("b", B, 1, r"\textcolor{b}{1}")
SLOPE_W = _chain("W", W, 0, X_I)
