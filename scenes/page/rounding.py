"""Arrays as lists of short numbers, for JSON."""

from __future__ import annotations

import math
from typing import Any

from fitting.arrays import Array

DIGITS = 7
"""Of numbers that can be read off: more than a plot can show, and a third of the size of them all."""


def rounded(values: Array, digits: int = DIGITS) -> Any:
    """An array of any shape as nested lists of numbers with so many digits; None where one is not finite."""
    return _rounded(values.tolist(), digits)


def _rounded(value: Any, digits: int) -> Any:
    if isinstance(value, list):
        return [_rounded(item, digits) for item in value]
    if not math.isfinite(value):
        return None
    short = float(f"{value:.{digits}g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short
