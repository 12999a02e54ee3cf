"""Formulas with the run's own numbers in them."""

from __future__ import annotations

import math

import numpy as np

from fitting import Trajectory
from scenes.kit.panels.summary import residuals
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import PREDICTION, J, X
from scenes.kit.words.numbers import MINUS, agrees, column, latex_number, number, shown, significant

NOTHING = 1e-9
"""A part of a prediction below this share of the largest target is what rounding left of 0."""


def slope_with_numbers(trajectory: Trajectory, parameter: int, pen: Pen, room: float) -> Formula:
    """A partial derivative at the start as twice the mean of a column of the residual table."""
    name = trajectory.model.parameters[parameter]
    residual, products = residuals(trajectory)
    write = column(np.concatenate([products, residual]))
    summands = products if parameter == 0 else residual
    total, slope = write(float(summands.sum())), write(float(trajectory.gradient[0, parameter]))
    exact = math.isclose(2 / len(summands) * shown(total), shown(slope), rel_tol=1e-9)
    equals = "=" if exact else r"\approx"
    return pen.math(
        rf"\frac{{\partial {J}}}{{\partial \textcolor{{{name}}}{{{name}}}}} = "
        rf"\frac{{2}}{{{len(summands)}}} \cdot ({latex_number(total)}) "
        rf"{equals} \textcolor{{{name}}}{{{latex_number(slope)}}}",
        room=room,
    )


def file_line(lesson: Lesson, pen: Pen, room: float) -> Formula:
    """The fitted line with the parameters that it has in the file's units."""
    return pen.math(_line(_written(lesson), X), room=room)


def forecast_formula(lesson: Lesson, pen: Pen, room: float) -> Formula:
    """The line's prediction at a round input beyond the data, in the file's units."""
    ahead, _ = lesson.forecast
    written = _written(lesson)
    at, result = significant(ahead), lesson.forecast_text
    equals = "=" if agrees(shown(written[0]) * shown(at) + shown(written[1]), result) else r"\approx"
    line = _line(written, rf"\textcolor{{data}}{{{_factor(at)}}}")
    return pen.math(rf"{line} {equals} \textcolor{{model}}{{{latex_number(result)}}}", room=room)


def _written(lesson: Lesson) -> tuple[str, str]:
    """Slope and intercept in the file's units, as they are shown."""
    parts = lesson.file_params * np.array([float(np.abs(lesson.file_data.x).max()), 1.0])
    seen = np.abs(parts) >= NOTHING * float(np.abs(lesson.file_data.y).max())
    slope, intercept = np.where(seen, lesson.file_params, 0.0).tolist()
    return number(slope), number(intercept)


def _line(written: tuple[str, str], x: str) -> str:
    w, b = written
    sign = "-" if b.startswith(MINUS) else "+"
    return (
        rf"{PREDICTION} = \textcolor{{W}}{{{latex_number(w)}}} \cdot {x} "
        rf"{sign} \textcolor{{b}}{{{latex_number(b.removeprefix(MINUS))}}}"
    )


def _factor(text: str) -> str:
    """A number that something is multiplied by: a negative one in brackets."""
    return f"({latex_number(text)})" if text.startswith(MINUS) else latex_number(text)
