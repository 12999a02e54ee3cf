"""Bad input: one line that says what, where, what was expected and what to do."""

from __future__ import annotations

import difflib
import math
import operator
from collections.abc import Iterable


class InputError(ValueError):
    """What the user gave cannot be used. The message is one line, made to be shown as it is."""

    def __init__(self, message: str) -> None:
        # Names of columns and files may hold line breaks; the message is still one line.
        super().__init__(" ".join(message.split()))


class InputErrors(InputError):
    """Several pieces of bad input at once.

    Attributes:
        problems: A line for each.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(" ".join(problem.split()) for problem in problems)
        # What pickle makes it from again.
        self.args = self.problems


def suggestion(given: str, known: Iterable[str]) -> str:
    """What to try instead of a name that does not exist: the closest one, and all of them.

    Args:
        given: The name that was given.
        known: All names that exist.

    Returns:
        Such as "did you mean 'linear'? expected one of: 'linear', 'cubic'".
    """
    names = list(known)
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(str(given).casefold(), folded, n=1, cutoff=0.5)
    hint = f"did you mean '{folded[close[0]]}'? " if close else ""
    return f"{hint}expected one of: {', '.join(repr(name) for name in names)}"


def positive(name: str, value: float) -> float:
    """The value as a float, if it is a positive finite number.

    Args:
        name: What the value is, for the message.
        value: What was given.

    Returns:
        The value as a Python float.

    Raises:
        InputError: It is not a number, not finite, zero or negative.
    """
    number = finite(name, value)
    if number <= 0:
        raise InputError(f"{name} must be positive; got {number:g}")
    return number


def finite(name: str, value: float) -> float:
    """The value as a float, if it is a finite number.

    Args:
        name: What the value is, for the message.
        value: What was given.

    Returns:
        The value as a Python float.

    Raises:
        InputError: It is not a number or not finite.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise InputError(f"{name} must be a number; got {value!r}") from None
    if not math.isfinite(number):
        raise InputError(f"{name} must be finite; got {number}")
    return number


def count(name: str, value: int, least: int = 1) -> int:
    """The value as an int, if it is a whole number and large enough.

    Args:
        name: What is counted, for the message.
        value: What was given.
        least: The smallest number allowed.

    Returns:
        The value as a Python int.

    Raises:
        InputError: It is not a whole number, or smaller than `least`.
    """
    try:
        number = operator.index(value)
    except TypeError:
        raise InputError(f"{name} must be a whole number; got {value!r}") from None
    if isinstance(value, bool) or number < least:
        raise InputError(f"{name} must be at least {least}; got {value}")
    return number
