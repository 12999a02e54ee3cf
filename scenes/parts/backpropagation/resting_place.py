"""Why a descent on the absolute error rests: the signs of the residuals cancel, alone and weighted with the inputs."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.graph.notation import as_shown, short
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Table
from scenes.kit.words.letters import RESIDUAL, J, X
from scenes.kit.words.message import Math, message
from scenes.kit.words.numbers import as_given, fixed


def signs_at_the_end(trajectory: Trajectory) -> tuple[Array, Array]:
    """Residuals (n,) at the end of a run, and their signs."""
    residual = trajectory.model.predict(trajectory.final_params, trajectory.data.x) - trajectory.data.y
    return residual, np.sign(residual)


def resting_table(trajectory: Trajectory, left: float, top: float, pen: Pen) -> tuple[Group, Formula]:
    """Inputs, residuals, their signs, and the signs times the inputs; below them the sums. And the gradient.

    With the unit on for all samples these two sums make all four slopes: those by b2 and b1 are the first times 1 / N
    and W2 / N, those by W2 and W1 add the second.
    """
    x, palette = trajectory.data.x, pen.palette
    residual, signs = signs_at_the_end(trajectory)
    sign = rf"\operatorname{{sign}}({RESIDUAL})"
    columns = [
        Column(pen.math(heading, Size.BODY), cells, color, right, total)
        for heading, cells, color, right, total in zip(
            (X, RESIDUAL, sign, rf"{X} \cdot {sign}"),
            (
                [as_given(x)(value) for value in x.tolist()],
                [fixed(value, 3) for value in residual.tolist()],
                [short(value) for value in signs.tolist()],
                [short(value) for value in (x * signs).tolist()],
            ),
            (palette["data"], palette["residual"], palette["gradient"], palette["gradient"]),
            (0.7, 2.4, 4.0, 5.9),
            ("", "", short(float(signs.sum())), short(float((x * signs).sum()))),
            strict=True,
        )
    ]
    table = Table(columns, left, top, pen, 0.56)
    below = table.baseline(len(x))
    said = pen.text("All slopes are made of these sums.", Size.BODY, palette.muted).at(left, below - 0.95)
    # What rounding leaves of a zero is a zero.
    zeros = [as_shown(slope) for slope in np.round(trajectory.gradient[-1], 12).tolist()]
    slopes = dict(zip(trajectory.model.parameters, zeros, strict=True))
    gradient = message("gradient of ${J}$: $({W1}, {b1}, {W2}, {b2})$", J=Math(J), **slopes)
    at_rest = pen.text(gradient, Size.BODY).at(left, below - 1.55)
    return Group(table, table.totals(message("sum")), said), at_rest
