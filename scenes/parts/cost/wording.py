"""What the lecture on the cost says in numbers, by the data it talks about."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.style import SMALLEST_TEXT, Size
from scenes.kit.panels.data_dots import FEW
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import J
from scenes.kit.words.message import Exact, InWords, Message, Shown, message
from scenes.kit.words.numbers import (
    LARGE,
    column,
    count,
    decimals_for,
    fixed,
    latex_number,
    shown,
)
from scenes.parts.cost.lines import CostLines, table_rows

_SQUARE = r"\textcolor{residual}{r_i^2}"


def first_words(lines: CostLines) -> Message:
    """The first line's introduction."""
    slope, intercept = (Exact(float(value)) for value in lines.first)
    return message(
        "A line with $W = {slope}$ and $b = {intercept}$. How wrong is it?", slope=slope, intercept=intercept
    )


def sign_words(lines: CostLines) -> Message:
    """What a residual's sign says; only signs that an arrow has are spoken of."""
    residuals = lines.residuals(lines.first)[:FEW]
    if not (residuals < 0).any():
        return message("Plus: the line runs above the point, here at every arrow.")
    if not (residuals > 0).any():
        return message("Minus: the line runs below the point, here at every arrow.")
    return message("Plus: the line runs above the point. Minus: it runs below.")


def sum_words(lines: CostLines) -> Message:
    """Why the flat line's residuals add up to 0."""
    if lines.cost(lines.flat) == 0:
        return message("Flat, at the mean of all $y$: every residual is 0, and so is the sum.")
    return message("Flat, at the mean of all $y$: plus and minus cancel, and the sum is 0.")


def flat_words(lines: CostLines) -> Message:
    """What a sum of 0 hides, and the mean of the squares does not."""
    flat = lines.cost(lines.flat)
    if flat == 0:
        return message("It runs through every point: its squares are 0, too, and so is $J$.")
    return message("Its squares do not cancel: their mean is $J = {cost}$.", cost=Shown(cost_writer(lines)(flat)))


def cost_writer(lines: CostLines) -> Callable[[float], str]:
    """How costs are written: as the flat line's is, with more decimals where the least one asks for them."""
    # In standard units the flat line's is 1, and rounding would leave 0.99999 of it.
    flat, least = float(f"{lines.cost(lines.flat):.9g}"), lines.least
    if not 0.1 <= flat < LARGE:
        return column(np.array([flat]), 4)
    decimals = decimals_for(np.array([flat]), 4)
    wanted = 1 - int(np.floor(np.log10(least))) if least > 0 else 0
    return lambda value: fixed(value, min(max(decimals, wanted), 5))


def least_words(lesson: Lesson, lines: CostLines) -> Message:
    """What the best line's cost is, and why."""
    if lines.least == 0:
        return message("Its cost is 0: this line runs through every point.")
    # As the readout has it, whose decimals end.
    least = cost_writer(lines)(lines.least)
    if not least.strip("0."):
        return message("Its cost is nearly 0: this line runs very close to every point.")
    return message(
        "Its cost is ${least}$, not 0: no line runs through all {points} points.",
        least=Shown(least),
        points=InWords(len(lesson.data.x)),
    )


def twice_with_numbers(
    lines: CostLines, write: Callable[[float], str], write_square: Callable[[float], str], pen: Pen, room: float
) -> Formula:
    """The square of the doubled residual beside the square of the single one."""
    single = float(lines.residuals(lines.first)[lines.row])
    once, twice = single**2, (2 * single) ** 2
    equal = "=" if _value(write_square(twice)) == 4 * _value(write_square(once)) else r"\approx"
    squared = "=" if _is(_value(write(2 * single)) ** 2, write_square(twice)) else r"\approx"
    first, second = latex_number(write_square(once)), latex_number(write_square(twice))
    doubled = latex_number(write(2 * single))
    doubled = f"({doubled})" if single < 0 else doubled
    return pen.math(
        rf"\textcolor{{residual}}{{{doubled}^2}} {squared} \textcolor{{residual}}{{{second}}} {equal} "
        rf"4 \cdot \textcolor{{residual}}{{{first}}}",
        Size.LARGE,
        room=room,
    )


def mean_with_numbers(
    lines: CostLines, params: Array, write: Callable[[float], str], pen: Pen, room: float
) -> tuple[Formula, Formula]:
    """The mean of the squares of a line's residuals: its formula, and the numbers in it."""
    squares = lines.residuals(params) ** 2
    rows = len(squares)
    total = write(float(squares.sum()))
    mean = cost_writer(lines)(lines.cost(params))
    divided = "=" if _is(_value(total) / rows, mean) else r"\approx"
    rows_text = latex_number(count(rows))
    fraction = rf"\frac{{{latex_number(total)}}}{{{rows_text}}} {divided} \textcolor{{loss}}{{{latex_number(mean)}}}"
    formula = pen.math(rf"{J} = \frac{{1}}{{N}} \sum_{{i=1}}^{{N}} {_SQUARE}", room=room)
    # Of long numbers, fewer.
    for most in range(table_rows(rows), 0, -1):
        terms, equal = _terms([write(float(square)) for square in squares[:most]], total, whole=most == rows)
        numbers = pen.math(rf"= \frac{{{terms}}}{{{rows_text}}} {equal} {fraction}", room=room)
        if numbers.size >= SMALLEST_TEXT:
            break
    return formula, numbers


def _terms(written: Sequence[str], total: str, whole: bool) -> tuple[str, str]:
    """Squares as a sum, and how it stands to the total: what is rounded term by term may miss the rounded sum."""
    terms = " + ".join(map(latex_number, written))
    if not whole:
        return terms + r" + \cdots", "="
    return terms, "=" if _value(total) == round(sum(map(_value, written)), 9) else r"\approx"


def _is(value: float, text: str) -> bool:
    """Whether a number is just what is written, not rounded to it."""
    return math.isclose(value, _value(text), rel_tol=1e-12, abs_tol=1e-15)


def _value(text: str) -> float:
    try:
        return round(shown(text), 9)
    except ValueError:
        return float("nan")
