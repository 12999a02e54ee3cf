"""Round numbers for axes, and numbers as text."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

type_array = npt.NDArray[np.float64]

MINUS = "−"
THIN_SPACE = " "


def ticks(low: float, high: float, most: int = 6) -> type_array:
    """Round numbers in [low, high]: multiples of 1, 2, 2.5 or 5 times a power of ten, at most `most` of them.

    Raises:
        ValueError: The range is empty or not finite.
    """
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        raise ValueError(f"ticks need a range that is finite and not empty; got {low} .. {high}")
    step = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0):
        first, last = math.ceil(low / (step * factor) - 1e-9), math.floor(high / (step * factor) + 1e-9)
        if last - first + 1 <= most:
            return np.arange(first, last + 1) * (step * factor)
    raise AssertionError("20 times the power of ten always fits")


def widen(low: float, high: float, share: float = 0.1) -> tuple[float, float]:
    """A range with some air on both sides; one of no length becomes 1 wide, or as wide as its size."""
    if high <= low:
        half = max(abs(low), 1.0) / 2
        return low - half, high + half
    air = (high - low) * share
    return low - air, high + air


def tick_texts(values: type_array) -> list[str]:
    """Ticks as text, all with the same number of decimals, large ones with a common unit left out."""
    if len(values) < 2:
        return [number(float(value), 3) for value in values]
    step = float(np.min(np.diff(values)))
    decimals = next((d for d in range(12) if abs(round(step, d) - step) <= 1e-9 * abs(step)), 12)
    return [fixed(float(value), decimals) for value in values]


def fixed(value: float, decimals: int) -> str:
    """A number with so many decimals, a minus sign that is one, and thin spaces between thousands."""
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN_SPACE)
    negative = value < 0 and any(digit not in "0.," + THIN_SPACE for digit in text)
    return (MINUS if negative else "") + text


def decimals_for(values: type_array, digits: int = 5) -> int:
    """How many decimals show the largest of the values with `digits` digits."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if len(finite) else 1.0
    if largest == 0.0:
        return digits - 1
    return int(np.clip(digits - 1 - math.floor(math.log10(largest)), 0, 12))


def number(value: float, digits: int = 5) -> str:
    """A number with so many digits; very large and very small ones as `m·10^e`, written `1.2e+5` as code would."""
    if not math.isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞" if value < 0 else "?"
    size = abs(value)
    if size != 0 and (size >= 1e7 or size < 1e-4):
        mantissa, exponent = f"{size:.{max(digits - 3, 1)}e}".split("e")
        sign = MINUS if int(exponent) < 0 else ""
        return f"{MINUS if value < 0 else ''}{mantissa}e{sign}{abs(int(exponent))}"
    places = digits - 1 if size == 0 else int(np.clip(digits - 1 - math.floor(math.log10(size)), 0, digits + 3))
    return fixed(value, places)


def significant(value: float) -> str:
    """A round number as people write it: no zeros behind the last digit."""
    return f"{value:,.10g}".replace(",", THIN_SPACE).replace("-", MINUS)


def decimals_in(values: type_array, most: int = 4) -> int:
    """How many decimals the values are given with, as a reader of the file sees them."""
    for decimals in range(most):
        if np.allclose(values, np.round(values, decimals), rtol=0.0, atol=1e-9 * max(1.0, float(np.abs(values).max()))):
            return decimals
    return most
