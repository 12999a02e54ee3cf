"""Round numbers for axes, and numbers as text."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from fitting.arrays import Array

LARGE, SMALL = 1e6, 1e-4
"""Sizes from which, and below which, a number is written with its power of ten."""

_LONG_TICK = 7
"""Characters of a tick, beyond which it goes without its power of ten if that makes it shorter."""

_LONGEST_WHOLE = 1e12
"""Size from which a whole number is too long for a column."""

MINUS = "−"
THIN_SPACE = "\N{THIN SPACE}"
"""Between thousands, wherever a number is written: in captions, labels, tables, axes, subtitles, on the page."""


def ticks(low: float, high: float, most: int = 6) -> Array:
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
            return np.asarray(np.arange(first, last + 1) * (step * factor), dtype=np.float64)
    raise AssertionError("20 times the power of ten always fits")


def widen(low: float, high: float, share: float = 0.1) -> tuple[float, float]:
    """A range with some air on both sides; one of no length becomes 1 wide, or as wide as its size."""
    if high <= low:
        half = max(abs(low), 1.0) / 2
        return low - half, high + half
    air = (high - low) * share
    return low - air, high + air


class TickTexts(NamedTuple):
    """Ticks as text: each stands for offset + text * 10**power.

    Attributes:
        texts: All with the same number of decimals.
        power: 0 unless the numbers are very large, small or long.
        offset: 0 unless all of them begin with the same four digits.
    """

    texts: list[str]
    power: int = 0
    offset: float = 0.0

    @property
    def rest(self) -> str:
        """What the texts do not say, as it stands beside the axis' title: `×10^−3 + 1012`; "" if there is nothing."""
        factor = f"×10^{self.power}".replace("-", MINUS) if self.power else ""
        if not self.offset:
            return factor
        sign = MINUS if self.offset < 0 else "+"
        return f"{factor} {sign} {exact(abs(self.offset))}".strip()


def tick_texts(values: Array) -> TickTexts:
    """Ticks as text.

    Args:
        values: Round numbers, ascending.
    """
    offset = _offset(values)
    left = values - offset
    if offset:
        # What the large numbers' last digits left of the steps between them is rounded away.
        step = float(f"{np.min(np.diff(values)):.2e}")
        left = np.round(left / step, 3) * step
    largest = float(np.abs(left).max(initial=0.0))
    if largest == 0:
        return TickTexts(_with_decimals(left), 0, offset)
    power = math.floor(math.log10(largest))
    plain, short = _with_decimals(left), _with_decimals(left / 10.0**power)
    longest, shortest = (max(map(len, texts)) for texts in (plain, short))
    if 1e-3 <= largest < LARGE and (longest <= _LONG_TICK or longest <= shortest):
        return TickTexts(plain, 0, offset)
    return TickTexts(short, power, offset)


def _offset(values: Array) -> float:
    """What all of the numbers begin with, rounded down to a power of ten; 0 unless that saves four digits each.

    The rule is Matplotlib's, of its `ScalarFormatter`.
    """
    if len(values) < 2 or values[0] <= 0 <= values[-1] or max(map(len, _with_decimals(values))) <= _LONG_TICK:
        return 0.0
    small, large = sorted((abs(float(values[0])), abs(float(values[-1]))))
    power = math.ceil(math.log10(large))
    while small // 10.0**power == large // 10.0**power:
        power -= 1
    power += 1
    if (large - small) / 10.0**power <= 1e-2:
        # They straddle a multiple of a large power of ten.
        power = math.ceil(math.log10(large))
        while large // 10.0**power - small // 10.0**power <= 1:
            power -= 1
        power += 1
    begin = large // 10.0**power
    return math.copysign(begin * 10.0**power, float(values[0])) if begin >= 1000 else 0.0


def _with_decimals(values: Array) -> list[str]:
    step = float(np.min(np.diff(values))) if len(values) > 1 else float(values[0]) if len(values) else 1.0
    decimals = next((d for d in range(12) if abs(round(step, d) - step) <= 1e-9 * abs(step)), 12)
    return [fixed(float(value), decimals) for value in values]


def fixed(value: float, decimals: int) -> str:
    """A number with so many decimals, a minus sign that is one, and thin spaces between thousands."""
    text = _grouped(f"{abs(value):,.{decimals}f}")
    negative = value < 0 and any(digit not in "0.," + THIN_SPACE for digit in text)
    return (MINUS if negative else "") + text


def decimals_for(values: Array, digits: int = 5) -> int:
    """How many decimals show the largest of the values with `digits` digits."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if len(finite) else 1.0
    if largest == 0.0:
        return digits - 1
    return int(np.clip(digits - 1 - math.floor(math.log10(largest)), 0, 12))


def number(value: float, digits: int = 5) -> str:
    """A number with so many digits; very large and very small ones as `1.25·10^7`, where `^` raises what follows."""
    if not math.isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞" if value < 0 else "?"
    size = abs(value)
    if size == 0:
        return "0"
    if size >= LARGE or size < SMALL:
        return _power(value, f"{size:.{max(digits - 3, 1)}e}")
    places = int(np.clip(digits - 1 - math.floor(math.log10(size)), 0, digits + 3))
    return fixed(value, places)


def column(values: Array, digits: int = 5, ranging: bool = False, nothing: float = 0.0) -> Callable[[float], str]:
    """How to write the numbers of one column or one readout, so that they look alike.

    Args:
        values: All that may be written.
        digits: Of the largest.
        ranging: Whether each has so many digits of its own, as when a run diverges.
        nothing: Numbers up to this size are what rounding left of a zero, and zeros.

    Returns:
        Numbers with the same decimals; where the largest has more digits than can be read, each with its power of ten.
    """
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if len(finite) else 1.0
    if largest <= nothing:
        largest = 0.0
    if ranging or (largest != 0 and (largest >= LARGE or largest < SMALL)):
        return lambda value: number(0.0 if abs(value) <= nothing else value, digits)
    decimals = decimals_for(values if largest else np.zeros(1), digits)
    return lambda value: fixed(value, decimals)


def shown(text: str) -> float:
    """The number that a text shows, with or without a power of ten."""
    mantissa, _, power = text.replace(MINUS, "-").replace(THIN_SPACE, "").partition("·10^")
    return float(f"{mantissa}e{power or 0}")


def agrees(value: float, text: str) -> bool:
    """Whether a value is what a text shows, but for the rounding of the text's last digit."""
    mantissa, _, power = text.partition("·10^")
    unit = 10.0 ** (int(power.replace(MINUS, "-") or 0) - len(mantissa.partition(".")[2]))
    return abs(value - shown(text)) <= 0.5 * unit * (1 + 1e-6)


def latex_number(text: str) -> str:
    """A number of the screen as LaTeX."""
    text = text.replace(MINUS, "-").replace(THIN_SPACE, r"\,").replace("·", r"\cdot ")
    mantissa, raised, exponent = text.partition("^")
    return f"{mantissa}^{{{exponent}}}" if raised else mantissa


def _power(value: float, text: str) -> str:
    """A size printed by Python, `1.5e+05` or shorter, with a power of ten that is one."""
    mantissa, _, exponent = (text if "e" in text else f"{float(text):e}").partition("e")
    if float(mantissa) == 0:
        return "0"
    mantissa = mantissa if "e" in text else f"{float(mantissa):g}"
    power = int(exponent)
    return f"{MINUS if value < 0 else ''}{mantissa}·10^{MINUS if power < 0 else ''}{abs(power)}"


def significant(value: float) -> str:
    """A round number as people write it: no zeros behind the last digit."""
    if value != 0 and not SMALL <= abs(value) < LARGE:
        return _power(value, f"{abs(value):.10g}")
    return _grouped(f"{value:,.10g}").replace("-", MINUS)


def exact(value: float) -> str:
    """A number with all digits that it has, where these are digits of a person's: at most twelve behind zeros."""
    if value == int(value) and abs(value) < 1e15:
        return _grouped(f"{value:,.0f}").replace("-", MINUS)
    return significant(value) if abs(value) < SMALL else _grouped(f"{value:,.12g}").replace("-", MINUS)


def count(steps: int) -> str:
    """A whole number of things."""
    return _grouped(f"{steps:,}")


def _grouped(text: str) -> str:
    """Thin spaces between thousands, but not in numbers of four digits: years and prices are read as they are."""
    return text.replace(",", "" if len(text.partition(".")[0].lstrip("-")) <= 5 else THIN_SPACE)


def as_given(values: Array) -> Callable[[float], str]:
    """How to write the numbers of a file: with the decimals they have there, and so that they can be told apart."""
    largest, spread = float(np.abs(values).max()), float(np.ptp(values))
    if largest != 0 and not SMALL <= largest < LARGE * 10:
        if spread >= 1 and 1e-6 * largest < spread < 0.1 * largest < _LONGEST_WHOLE / 10:
            # Of large numbers that are close to each other a power of ten would show the same digits.
            return lambda value: fixed(value, 0)
        return lambda value: number(value, 6)
    decimals = decimals_in(values)
    return lambda value: fixed(value, decimals)


def decimals_in(values: Array, most: int = 4) -> int:
    """How many decimals the values are given with, as a reader of the file sees them."""
    for decimals in range(most):
        if np.allclose(values, np.round(values, decimals), rtol=0.0, atol=1e-9 * max(1.0, float(np.abs(values).max()))):
            return decimals
    # Small numbers need more, or they would be zeros.
    return max(most, min(decimals_for(values, most), 8))
