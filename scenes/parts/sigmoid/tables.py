"""Tables of the sigmoid lecture: a plateau house by house, two gradients at one place, two fits beside each other."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from fitting import LOSSES, Trajectory, gradient, mean_loss
from fitting.arrays import Array
from fitting.differences import central_difference
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Pen
from scenes.kit.text.table import Column, Table
from scenes.kit.words.letters import J_CE, J_MSE, PREDICTION_I, RATE, RESIDUAL_I, X_I
from scenes.kit.words.message import Exact, Math, message
from scenes.kit.words.numbers import fixed, latex_number, number, significant
from scenes.parts.sigmoid.marks import forecast
from scenes.parts.sigmoid.slopes import sigmoid_slope

_ROW, _COLUMNS = 0.75, (3.75, 6.3)
"""Distance of baselines in the table of the fits, and the right edges of its columns."""


def plateau_table(trajectory: Trajectory, left: float, top: float, pen: Pen) -> Group:
    """What the sigmoid is given for every house at the start, what it answers, the residual, and its slope there."""
    data, palette = trajectory.data, pen.palette
    w, b = trajectory.params[0].tolist()
    inner = w * data.x + b
    predictions = trajectory.model.predict(trajectory.params[0], data.x)
    columns = [
        Column(pen.math(heading, Size.BODY, color), cells, color, right)
        for heading, cells, color, right in (
            (X_I, [fixed(value, 0) for value in data.x.tolist()], palette["data"], 0.4),
            ("a_i", [fixed(value, 0) for value in inner.tolist()], palette.text, 1.3),
            (PREDICTION_I, [fixed(value, 2) for value in predictions.tolist()], palette["model"], 2.6),
            (RESIDUAL_I, [fixed(value, 2) for value in (predictions - data.y).tolist()], palette["residual"], 3.9),
            (
                r"\sigma'(a_i)",
                [number(value, 4) for value in sigmoid_slope(inner).tolist()],
                palette["gradient"],
                6.0,
            ),
        )
    ]
    return Table(columns, left, top, pen, 0.52)


def slopes_there(params: Array, trajectory: Trajectory) -> tuple[Array, Array, Array]:
    """The gradient of the mean squared error at params, the update that leaves sigma' out, and the gradient of the
    cross-entropy as a central difference; (2,) each."""
    model, data = trajectory.model, trajectory.data
    residual = model.predict(params, data.x) - data.y
    update = 2 * np.array([np.mean(residual * data.x), np.mean(residual)])
    loss = LOSSES["cross-entropy"]
    entropy = [central_difference(lambda at: mean_loss(model, loss, at, data), params, axis) for axis in np.eye(2)]
    return gradient(model, LOSSES["mse"], params, data), update, np.array(entropy)


def slopes_table(params: Array, trajectory: Trajectory, left: float, top: float, pen: Pen) -> tuple[Group, Group]:
    """Those three: the first two, and the third row by itself."""
    names = (
        message("slope of the mean squared error ${cost}$", cost=Math(J_MSE)),
        message(r"update without $20 \, \sigma'(a_i)$"),
        message("slope of the cross-entropy ${cost}$", cost=Math(J_CE)),
    )
    palette = pen.palette
    rows: list[Group] = []
    for k, (name, slopes) in enumerate(zip(names, slopes_there(params, trajectory), strict=True)):
        y = top - 0.7 * (k + 1)
        rows.append(
            Group(
                pen.text(name, Size.BODY).at(left, y),
                *(
                    pen.number(fixed(float(slope), 3), Size.FORMULA, palette["gradient"]).at(left + right, y, "right")
                    for slope, right in zip(slopes, (7.4, 9.6), strict=True)
                ),
            )
        )
    heads = [
        pen.text("in ${parameter}$", Size.BODY, palette[parameter], parameter=Math(parameter)).at(
            left + right, top, "right"
        )
        for parameter, right in zip("Wb", (7.4, 9.6), strict=True)
    ]
    w, b = (Exact(value) for value in params.tolist())
    place = message(r"at $\textcolor{W}{W = {w}}$, $\textcolor{b}{b = {b}}$", w=w, b=b)
    heads.append(pen.text(place, Size.BODY, palette.muted).at(left, top))
    return Group(*heads, rows[0], rows[1]), rows[2]


def fits_table(runs: tuple[Trajectory, Trajectory], left: float, top: float, pen: Pen) -> Group:
    """Parameters of two fits, both costs of each, what each predicts for five floors, the rates of the descents."""
    palette = pen.palette
    squared = message("squared error ${cost}$", cost=Math(J_MSE))
    entropy = message("cross-entropy ${cost}$", cost=Math(J_CE))
    members: list[Mobject] = [
        pen.text("fit by", Size.LABEL, palette.muted).at(left, top),
        pen.text(squared, Size.LABEL, palette.muted).at(left + _COLUMNS[0], top, "right"),
        pen.text(entropy, Size.LABEL, palette.muted).at(left + _COLUMNS[1], top, "right"),
    ]
    rows = [("W", "W", [float(run.final_params[0]) for run in runs], 5)]
    rows.append(("b", "b", [float(run.final_params[1]) for run in runs], 5))
    for name, loss, decimals in ((J_MSE, "mse", 6), (J_CE, "cross-entropy", 4)):
        costs = [float(mean_loss(run.model, LOSSES[loss], run.final_params, run.data)) for run in runs]
        rows.append((name, "loss", costs, decimals))
    fives = [float(run.model.predict(run.final_params, np.array([5.0]))[0]) for run in runs]
    rows.append((forecast(5), "model", fives, 3))
    for k, (name, concept, values, decimals) in enumerate(rows):
        y, color = top - _ROW * (k + 1), palette[concept]
        members.append(pen.math(name, Size.BODY, color).at(left, y))
        for value, right in zip(values, _COLUMNS, strict=True):
            members.append(pen.number(fixed(value, decimals), Size.FORMULA, color).at(left + right, y, "right"))
    y, color = top - _ROW * (len(rows) + 1), palette["rate"]
    members.append(pen.math(RATE, Size.BODY).at(left, y))
    for run, right in zip(runs, _COLUMNS, strict=True):
        members.append(pen.math(rates(run), Size.LABEL, color).at(left + right, y, "right"))
    return Group(*members)


def rates(run: Trajectory) -> str:
    """LaTeX of a run's learning rate: of the first and the last one if it changes."""
    first, last = (latex_number(significant(float(rate))) for rate in run.learning_rate[[0, -1]])
    return first if first == last else rf"{first} \to {last}"
