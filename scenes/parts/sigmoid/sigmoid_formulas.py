"""Formulas of the sigmoid lecture that are not derived: the model, what stands for what, two updates, a difference."""

from __future__ import annotations

from fitting import Trajectory
from scenes.kit.formula import Formula, Pen
from scenes.kit.letters import B, W
from scenes.kit.mean_squared_error import MEAN
from scenes.kit.painting import Group
from scenes.kit.style import Size
from scenes.kit.ticks import fixed, latex_number
from scenes.parts.sigmoid.sigmoid_slopes import PREDICTION, SHARE, SIGMA, SLOPE, TARGET, WANTED

_SUM = r"\frac{2}{N} \sum_{i=1}^{N} \textcolor{residual}{r_i} \cdot"
LARGER = 0.46
"""Font size of formulas that have the frame to themselves."""


def sigmoid_formula(pen: Pen) -> Formula:
    """The sigmoid."""
    return pen.math(rf"{SIGMA}(a) = \frac{{1}}{{1 + e^{{-a}}}}", Size.LARGE)


def model_formula(pen: Pen) -> Formula:
    """The sigmoid as a model of prices."""
    return pen.math(rf"\textcolor{{model}}{{\hat{{y}}}} = 20 \cdot {SIGMA}({W} \cdot x + {B})", Size.LARGE)


def links(left: float, top: float, pen: Pen) -> Group:
    """The three links from W to the residual, in two rows."""
    upper = rf"\textcolor{{residual}}{{r_i}} = {PREDICTION} - {TARGET} \qquad {PREDICTION} = 20 \, {SIGMA}(a_i)"
    return Group(pen.math(upper).at(left, top), pen.math(rf"a_i = {W} x_i + {B}").at(left, top - 0.65))


def updates(pen: Pen) -> Formula:
    """The update of the notes' figure, and the gradient that they derive."""
    return pen.math(
        rf"{_SUM} \textcolor{{W}}{{x_i}} \qquad \text{{instead of}} \qquad "
        rf"{_SUM} {SLOPE} \cdot \textcolor{{W}}{{x_i}}",
        LARGER,
    )


def shares(pen: Pen, room: float) -> Formula:
    """Predicted and true share of the ceiling, and the cost that compares them."""
    return pen.math(
        rf"{SHARE} = \frac{{{PREDICTION}}}{{20}} = {SIGMA}(a_i) \quad {WANTED} = \frac{{{TARGET}}}{{20}} \quad "
        rf"\textcolor{{loss}}{{L}} = {MEAN} \textcolor{{loss}}{{L_i}}",
        room=room,
    )


def cross_entropy(pen: Pen, room: float) -> Formula:
    """The cross-entropy of one house."""
    return pen.math(
        rf"\textcolor{{loss}}{{L_i}} = 2 \cdot 20 \, \left(-{WANTED} \, \log {SHARE} - "
        rf"(1 - {WANTED}) \, \log \, (1 - {SHARE})\right)",
        room=room,
    )


def digits(run: Trajectory, pen: Pen) -> Formula:
    """The parameters at the end of a run, with ten decimals."""
    w, b = (latex_number(fixed(float(value), 10)) for value in run.final_params)
    return pen.math(rf"\textcolor{{W}}{{W = {w}}} \qquad \textcolor{{b}}{{b = {b}}}", Size.BODY)
