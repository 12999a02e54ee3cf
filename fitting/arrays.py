"""The array type of this package, and arrays that stay as they were recorded."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
"""Real numbers in double precision, any shape."""

Integers: TypeAlias = npt.NDArray[np.int64]
"""Counts and step numbers, any shape."""

Number: TypeAlias = Any
"""A float where numba has compiled it, an array where NumPy runs it: formulas are written once for both."""

Numbers: TypeAlias = tuple[Any, ...]
"""One such for each parameter or constant."""


def read_only(values: npt.ArrayLike) -> Array:
    """A float64 copy that cannot be written to.

    Args:
        values: Anything NumPy can turn into numbers, any shape.

    Returns:
        The copy, in C order, same shape.
    """
    return frozen(np.array(values, dtype=np.float64, order="C"))


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same array, no longer writeable: for arrays that nobody else holds.

    Args:
        array: Any shape and type.

    Returns:
        The array itself.
    """
    array.setflags(write=False)
    return array
