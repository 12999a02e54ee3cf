"""The central difference: what a derivative is compared with, and what stands for one that is not worked out yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array

_STEP = float(np.cbrt(np.finfo(np.float64).eps))


def central_difference(
    function: Callable[[Any], npt.ArrayLike], at: npt.ArrayLike, along: npt.ArrayLike = 1.0
) -> Array:
    """(f(x + h d) - f(x - h d)) / (2 h): how fast a function changes at x along d, but for about h^2 f'''(x) / 6.

    The step h is the cube root of the machine's precision, 6e-6, times the size of what moves if that is above 1:
    there truncation and rounding balance, and some ten digits are left (Press et al., Numerical Recipes, section 5.7).

    Args:
        function: Of one number or of an array; its values have any shape.
        at: Where: a number, or shape (p,).
        along: The direction, as `at`; 1 moves every element: the slope of a number's function, or an elementwise one's.

    Returns:
        As the function's values.
    """
    place, direction = np.asarray(at, dtype=np.float64), np.asarray(along, dtype=np.float64)
    step = _STEP * max(1.0, float(np.abs(place * direction).max()))
    ahead, behind = (np.asarray(function(place + sign * step * direction)) for sign in (1, -1))
    return np.asarray((ahead - behind) / (2 * step))
