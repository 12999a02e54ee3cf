"""Tables that several lectures show: the data, the gradient from its residuals, the result beside the optimum."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import Mobject

from fitting import Trajectory, mean_loss
from scenes.kit.formula import Formula, Pen
from scenes.kit.lesson import Lesson
from scenes.kit.painting import Group
from scenes.kit.style import Size
from scenes.kit.table import Column, table
from scenes.kit.ticks import decimals_for, decimals_in, fixed, number, significant

type_array = npt.NDArray[np.float64]

_RESIDUAL = r"\textcolor{residual}{r_i}"


def data_table(lesson: Lesson, left: float, top: float, pen: Pen) -> Group:
    """The first rows of the data as its file has them; all of them if they are few."""
    data, palette = lesson.file_data, pen.palette
    rows = _rows(len(data.x), 6)
    columns = []
    for values, name, symbol, color, right in (
        (data.x, lesson.x_name, "$x$", palette.text, 2.7),
        (data.y, lesson.y_name, "$y$", palette["data"], 5.7),
    ):
        heading = pen.text(f"{symbol}: {{name}}", Size.BODY, color, name=name)
        columns.append(Column(heading, _cells(values, rows, decimals_in(values)), color, right))
    return table(columns, left, top, pen, 0.6)


def residual_table(trajectory: Trajectory, left: float, top: float, pen: Pen) -> Group:
    """Inputs, residuals, and their products, at the start of a run: what its first gradient is made of."""
    data, palette = trajectory.data, pen.palette
    residual, products = residuals(trajectory)
    digits = decimals_for(np.concatenate([products, residual]), 5)
    rows = _rows(len(data.x), 4)
    columns = [
        Column(pen.text(heading, Size.BODY, color), _cells(values, rows, decimals), color, right)
        for values, decimals, heading, color, right in (
            (data.x, decimals_in(data.x), "$x_i$", palette.text, 0.9),
            (residual, digits, f"${_RESIDUAL}$", palette["residual"], 2.9),
            (products, digits, rf"${_RESIDUAL} \cdot x_i$", palette["W"], 5.2),
        )
    ]
    return table(columns, left, top, pen, 0.52)


def slope_with_numbers(trajectory: Trajectory, parameter: int, pen: Pen) -> Formula:
    """A partial derivative as twice the mean of a column of the residual table."""
    name = trajectory.model.parameters[parameter]
    residual, products = residuals(trajectory)
    digits = decimals_for(np.concatenate([products, residual]), 5)
    column = products if parameter == 0 else residual
    total = latex_number(fixed(float(column.sum()), digits))
    slope = latex_number(fixed(float(trajectory.gradient[0, parameter]), digits))
    return pen.math(
        rf"\frac{{\partial \textcolor{{loss}}{{J}}}}{{\partial \textcolor{{{name}}}{{{name}}}}} = "
        rf"\frac{{2}}{{{len(column)}}} \cdot ({total}) = \textcolor{{{name}}}{{{slope}}}"
    )


def result_table(trajectory: Trajectory, optimum: type_array, left: float, top: float, pen: Pen) -> Group:
    """Parameters and loss at the end of a run beside those of the exact optimum."""
    palette = pen.palette
    least = float(mean_loss(trajectory.model, trajectory.loss_function, optimum, trajectory.data))
    names = trajectory.model.parameters
    rows = [(name, name, trajectory.params[-1, k], optimum[k]) for k, name in enumerate(names)]
    rows.append(("J", "loss", trajectory.loss[-1], least))
    members: list[Mobject] = [
        pen.text("descent", Size.BODY, palette.muted).at(left + 2.9, top, "right"),
        pen.text("exact optimum", Size.BODY, palette.muted).at(left + 5.7, top, "right"),
    ]
    for k, (latex, concept, found, best) in enumerate(rows):
        y = top - 0.75 * (k + 1)
        decimals = decimals_for(np.array([found, best]))
        color = palette[concept]
        members.append(pen.math(latex, Size.LARGE, color).at(left, y))
        members.append(pen.number(fixed(float(found), decimals), Size.LARGE, color).at(left + 2.9, y, "right"))
        members.append(pen.number(fixed(float(best), decimals), Size.LARGE).at(left + 5.7, y, "right"))
    return Group(*members)


def forecast_formula(lesson: Lesson, pen: Pen) -> Formula:
    """The line's prediction at a round input beyond the data, with the numbers of the file's units."""
    w, b = lesson.file_params.tolist()
    ahead, answer = lesson.forecast
    decimals = decimals_for(np.array([w, b]), 5)
    sign = "-" if b < 0 else "+"
    return pen.math(
        rf"\textcolor{{model}}{{y'}} = \textcolor{{W}}{{{latex_number(fixed(w, decimals))}}} \cdot "
        rf"{latex_number(significant(ahead))} {sign} \textcolor{{b}}{{{latex_number(fixed(abs(b), decimals))}}} = "
        rf"\textcolor{{model}}{{{latex_number(number(answer, 4))}}}"
    )


def residuals(trajectory: Trajectory) -> tuple[type_array, type_array]:
    """Residuals (n,) of the run's first line, and their products with the inputs."""
    data = trajectory.data
    residual = trajectory.model.predict(trajectory.params[0], data.x) - data.y
    return residual, residual * data.x


def latex_number(text: str) -> str:
    """A number of the screen as LaTeX."""
    return text.replace("−", "-").replace(" ", r"\,")


def _rows(count: int, most: int) -> list[int]:
    return list(range(count)) if count <= most else list(range(most - 1))


def _cells(values: type_array, rows: list[int], decimals: int) -> list[str]:
    cells = [fixed(float(values[k]), decimals) for k in rows]
    return cells if len(rows) == len(values) else [*cells, "⋮"]
