"""Tables of the cubic: what W lifts, its slopes, what the first gradient is made of, and what came out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.summary import residuals
from scenes.kit.panels.three_models import keys
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Table
from scenes.kit.words.letters import PREDICTION, PREDICTION_I, RESIDUAL_I, X_I, Y_I, J, W, X
from scenes.kit.words.mean_squared_error import CUBIC
from scenes.kit.words.message import message
from scenes.kit.words.numbers import as_given, column, fixed, latex_number, number
from scenes.parts.cubic.formulas import CUBE, CUBE_I

LEADING = 0.52
"""Distance of a table's rows."""


def lift_table(x: Array, more: float, left: float, top: float, pen: Pen) -> Group:
    """Inputs, their cubes, and by how much `more` in W lifts the curve there."""
    cubes, palette = x**3, pen.palette
    columns = [
        Column(pen.math(heading, Size.BODY, color), [as_given(values)(float(v)) for v in values], color, right)
        for values, heading, color, right in (
            (x, X, palette["data"], 0.9),
            (cubes, CUBE, palette["data"], 2.4),
            (more * cubes, rf"{more:g} \cdot {CUBE}", palette["W"], 4.7),
        )
    ]
    slope = pen.math(CUBIC.effect(0).row).at(left, top)
    return Group(slope, Table(columns, left, top - 0.95, pen, 0.46))


def weighted_table(trajectory: Trajectory, left: float, top: float, pen: Pen) -> Group:
    """Inputs, their cubes, predictions, targets, residuals and products at the run's start.

    Residuals have so many decimals that each is the difference shown; products so few that each is the product shown.
    """
    palette, x, y = pen.palette, trajectory.data.x, trajectory.data.y
    residual, weighted = residuals(trajectory)
    columns = [
        Column(pen.math(heading, Size.BODY, color), [write(float(v)) for v in values], color, right, total)
        for values, write, heading, color, right, total in (
            (x, as_given(x), X_I, palette["data"], 0.35, ""),
            (x**3, as_given(x**3), CUBE_I, palette["data"], 1.1, ""),
            (residual + y, column(residual, 4), PREDICTION_I, palette["model"], 2.4, ""),
            (y, as_given(y), Y_I, palette["data"], 3.15, ""),
            (residual, column(residual, 4), RESIDUAL_I, palette["residual"], 4.35, _sum(trajectory, 1)),
            (weighted, column(weighted, 4), rf"{RESIDUAL_I} \cdot {CUBE_I}", palette["W"], 5.95, _sum(trajectory, 0)),
        )
    ]
    table = Table(columns, left, top, pen, LEADING)
    return Group(table, table.totals(message("sum before rounding")))


def _sum(trajectory: Trajectory, parameter: int) -> str:
    """What the slope by a parameter is made of: the sum of its column, as it is shown."""
    residual, weighted = residuals(trajectory)
    return number(float((weighted, residual)[parameter].sum()), 4)


def weighted_slope(trajectory: Trajectory, parameter: int, pen: Pen) -> Formula:
    """A partial derivative at the run's start as twice the mean of a column of that table."""
    name = trajectory.model.parameters[parameter]
    total = latex_number(_sum(trajectory, parameter))
    slope = latex_number(number(float(trajectory.gradient[0, parameter]), 4))
    return pen.math(
        rf"\frac{{\partial {J}}}{{\partial \textcolor{{{name}}}{{{name}}}}} = "
        rf"\frac{{2}}{{{len(trajectory.data)}}} \cdot {total} = \textcolor{{{name}}}{{{slope}}}"
    )


def slope_table(x: Array, w: float, left: float, top: float, pen: Pen) -> Group:
    """Inputs, and the curve's slope there."""
    palette = pen.palette
    columns = [
        Column(pen.math(heading, Size.BODY), [write(float(v)) for v in values], color, right)
        for values, write, heading, color, right in (
            (x, as_given(x), X, palette["data"], 0.9),
            (3 * w * x**2, column(3 * w * x**2, 2), rf"3 {W} \textcolor{{data}}{{x^2}}", palette.text, 3.2),
        )
    ]
    return Table(columns, left, top, pen, 0.44)


def comparison_table(runs: Sequence[Trajectory], x: float, left: float, top: float, pen: Pen) -> Group:
    """A row for each of the three models: how its curve is drawn, its loss, and its prediction at an input."""
    palette = pen.palette
    losses = [run.final_loss for run in runs]
    ahead = [float(run.model.predict(run.final_params, np.array([x]))[0]) for run in runs]
    columns = [
        Column(pen.math("J", Size.BODY, palette["loss"]), [number(v, 4) for v in losses], palette["loss"], 4.1),
        Column(
            pen.math(rf"{PREDICTION}(\textcolor{{data}}{{{x:g}}})", Size.BODY),
            [fixed(v, 2) for v in ahead],
            palette.text,
            5.7,
        ),
    ]
    table = Table(columns, left, top, pen, LEADING)
    return Group(table, keys(pen, left, map(table.baseline, range(len(runs)))))
