"""Formulas of the sigmoid lecture that are not derived: the model, what stands for what, two updates."""

from __future__ import annotations

from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.mean_squared_error import MEAN
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import J_CE, L_I, PREDICTION, PREDICTION_I, RESIDUAL_I, X_I, Y_I, B, W, X
from scenes.parts.sigmoid.slopes import SHARE, SIGMA, SLOPE, WANTED

_SUM = rf"\frac{{2}}{{N}} \sum_{{i=1}}^{{N}} {RESIDUAL_I} \cdot"
LARGER = 0.46
"""Font size of formulas that have the frame to themselves."""


def sigmoid_formula(pen: Pen) -> Formula:
    """The sigmoid."""
    return pen.math(rf"{SIGMA}(a) = \frac{{1}}{{1 + e^{{-a}}}}", Size.LARGE)


def model_formula(pen: Pen) -> Formula:
    """The sigmoid as a model of prices."""
    return pen.math(rf"{PREDICTION} = 20 \cdot {SIGMA}({W} \cdot {X} + {B})", Size.LARGE)


def links(left: float, top: float, pen: Pen) -> Group:
    """The three links from W to the residual, in two rows."""
    upper = rf"{RESIDUAL_I} = {PREDICTION_I} - {Y_I} \qquad {PREDICTION_I} = 20 \, {SIGMA}(a_i)"
    return Group(pen.math(upper).at(left, top), pen.math(rf"a_i = {W} {X_I} + {B}").at(left, top - 0.65))


def updates(pen: Pen) -> Formula:
    """The update of the notes' figure, and the gradient that they derive."""
    return pen.math(
        rf"{_SUM} {X_I} \qquad \text{{instead of}} \qquad {_SUM} {SLOPE} \cdot {X_I}",
        LARGER,
    )


def shares(pen: Pen, room: float) -> Formula:
    """Predicted and true share of the ceiling, and the cost that compares them."""
    return pen.math(
        rf"{SHARE} = \frac{{{PREDICTION_I}}}{{20}} = {SIGMA}(a_i) \quad {WANTED} = \frac{{{Y_I}}}{{20}} \quad "
        rf"{J_CE} = {MEAN} {L_I}",
        room=room,
    )


def cross_entropy(pen: Pen, room: float) -> Formula:
    """The cross-entropy of one house."""
    return pen.math(
        rf"{L_I} = 2 \cdot 20 \, \left(-{WANTED} \, \log {SHARE} - "
        rf"(1 - {WANTED}) \, \log \, (1 - {SHARE})\right)",
        room=room,
    )
