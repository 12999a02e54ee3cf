"""The gradient as a table: what each sample sends back to each parameter, and the mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.panels.graph.notation import colored, concept, short, tex
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Table
from scenes.kit.words.letters import J
from scenes.kit.words.message import Math, message
from scenes.kit.words.numbers import as_given, column, latex_number, significant


def sample_derivatives(trajectory: Trajectory, params: Array) -> Array:
    """Derivative of each sample's loss by each parameter, (n, p)."""
    data, loss = trajectory.data, trajectory.loss_function
    predictions = trajectory.model.predict(params, data.x)
    slopes = np.asarray(loss.slopes(predictions, data.y, tuple(loss.constants.values())))
    return np.asarray(slopes[:, None] * trajectory.model.jacobian(params, data.x))


@dataclass(frozen=True)
class GradientTable:
    """One row a sample at the start of a run: input, target, residual, derivatives; below them their mean.

    Attributes:
        rows: The samples; one of them stands out.
        mean: The last row.
    """

    rows: Group
    mean: Group


class Band(Painting):
    """A stripe behind a row."""

    def __init__(self, left: float, right: float, baseline: float, color: str) -> None:
        super().__init__()
        bottom, top = baseline - 0.14, baseline + 0.34
        self._corners, self._color = [(left, bottom), (right, bottom), (right, top), (left, top)], color

    def paint(self, canvas: Canvas) -> None:
        """Fill it."""
        canvas.polygon(self._corners, self._color, 0.8)


def gradient_table(
    trajectory: Trajectory, left: float, right: float, top: float, pen: Pen, followed: int
) -> GradientTable:
    """Set the table.

    Args:
        trajectory: The run.
        left: Left edge.
        right: Right edge.
        top: Baseline of the headings.
        pen: Writes it.
        followed: Index of the sample that stands out.
    """
    data, params, palette = trajectory.data, trajectory.params[0], pen.palette
    by_parameter = sample_derivatives(trajectory, params)
    residual = trajectory.model.predict(params, data.x) - data.y
    write = column(residual, 3)
    given = ((data.x, "x", as_given(data.x)), (data.y, "y", as_given(data.y)), (residual, "r", write))
    width = (right - left) / (len(given) + len(params))
    columns = [
        Column(
            pen.math(colored(name, palette), Size.BODY),
            [written(value) for value in values.tolist()],
            palette[concept(name, palette)],
            (k + 1) * width - 0.35,
        )
        for k, (values, name, written) in enumerate(given)
    ]
    loss = colored("loss", palette)
    for k, name in enumerate(trajectory.model.parameters):
        columns.append(
            Column(
                pen.math(rf"\partial {loss} / \partial {colored(name, palette)}", Size.BODY),
                [short(value) for value in by_parameter[:, k].tolist()],
                palette["gradient"],
                (len(given) + k + 1) * width - 0.35,
                short(float(by_parameter[:, k].mean())),
            )
        )
    table = Table(columns, left, top, pen)
    band = Band(left, left + columns[-1].right + 0.1, table.baseline(followed), palette.grid)
    return GradientTable(Group(band, table), table.totals(message("mean: the gradient of ${J}$", J=Math(J))))


def mean_line(trajectory: Trajectory, parameter: int, pen: Pen) -> Formula:
    """One component of the first gradient as the mean of its column, with numbers."""
    column_of = sample_derivatives(trajectory, trajectory.params[0])[:, parameter]
    name = colored(trajectory.model.parameters[parameter], pen.palette)
    summands = tex(float(column_of[0]))
    for value in column_of[1:].tolist():
        summands += f" {'-' if value < 0 else '+'} {tex(abs(value))}"
    return pen.math(
        rf"\frac{{\partial {J}}}{{\partial {name}}} = \frac{{{summands}}}{{{len(column_of)}}} "
        rf"= {tex(float(column_of.mean()))}"
    )


def gradient_line(trajectory: Trajectory, pen: Pen) -> Formula:
    """All components of the first gradient."""
    gradient = zip(trajectory.model.parameters, trajectory.gradient[0].tolist(), strict=True)
    return pen.math(
        r", \quad ".join(
            rf"\frac{{\partial {J}}}{{\partial {colored(name, pen.palette)}}} = {tex(slope)}"
            for name, slope in gradient
        ),
        Size.BODY,
    )


def step_lines(trajectory: Trajectory, left: float, top: float, pen: Pen, leading: float = 0.56) -> Group:
    """The first step of every parameter with the run's own numbers: name := old - alpha (slope) = new."""
    lines = []
    for k, name in enumerate(trajectory.model.parameters):
        old, new = (_exact(value) for value in trajectory.params[:2, k].tolist())
        rate, slope = _exact(float(trajectory.learning_rate[0])), _exact(float(trajectory.gradient[0, k]))
        latex = (
            rf"{colored(name, pen.palette)} := {old} - \textcolor{{rate}}{{{rate}}} \cdot ({slope}) = "
            rf"\textcolor{{{concept(name, pen.palette)}}}{{{new}}}"
        )
        lines.append(pen.math(latex, Size.BODY).at(left, top - k * leading))
    return Group(*lines)


def _exact(value: float) -> str:
    return latex_number(significant(round(value, 10)))
