"""The ReLU network and the absolute error: what is shown of their derivatives, each line with its function."""

from __future__ import annotations

import numpy as np

from fitting import Graph, Trajectory, chain_rule
from fitting.arrays import Array
from fitting.derivation import Derivation, Line, Point
from fitting.differences import central_difference
from scenes.kit.panels.graph.layout import Edge
from scenes.kit.panels.graph.notation import bracketed, colored, tex
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import RATE, RESIDUAL, RESIDUAL_I, W1, W2, J, L, X

RULE = rf"{W1} := {W1} - {RATE} \, \frac{{\partial {J}}}{{\partial {W1}}}"
A1_I = "a_{1,i}"
COST = rf"{J} = \frac{{1}}{{N}} \sum_{{i=1}}^{{N}} \left|{RESIDUAL_I}\right|"

DEAD = {"W1": -1.0, "b1": -0.5, "W2": 0.7, "b2": 0.2}
"""A start from which the unit is off for every house."""


def graph_at(trajectory: Trajectory, params: Array, sample: int) -> Graph:
    """The graph of one sample of a run's data."""
    data = trajectory.data
    return chain_rule(trajectory.model, trajectory.loss_function, params, float(data.x[sample]), float(data.y[sample]))


def kink(params: Array) -> float:
    """Where W1 x + b1 is 0."""
    return float(-params[1] / params[0])


def turn_at_the_third(trajectory: Trajectory) -> Array:
    """A better fit of the notes' houses: flat through the first, straight through the third and fourth."""
    x, y = trajectory.data.x, trajectory.data.y
    slope = (y[3] - y[2]) / (x[3] - x[2])
    return np.array([1.0, -(x[2] - (y[2] - y[0]) / slope), slope, y[0]])


def inner(at: Point) -> float:
    """a1 = W1 x + b1."""
    return float(at.params[0] * at.x[0] + at.params[1])


def gate(at: Point) -> float:
    """ReLU'(a1): 1 for a1 >= 0, else 0."""
    return 1.0 if inner(at) >= 0 else 0.0


def residual(at: Point) -> float:
    """r: prediction minus target."""
    return float(at.params[2] * max(inner(at), 0.0) + at.params[3] - at.y[0])


FACTORS: dict[Edge, Line] = {
    ("W1", "a1"): Line(X, lambda at: at.x[0]),
    ("b1", "a1"): Line("1", lambda at: 1.0),
    ("a1", "z"): Line(r"\operatorname{ReLU}'(a_1)", gate),
    ("z", "prediction"): Line(W2, lambda at: at.params[2]),
    ("W2", "prediction"): Line("z", lambda at: max(inner(at), 0.0)),
    ("b2", "prediction"): Line("1", lambda at: 1.0),
    ("prediction", "r"): Line("1", lambda at: 1.0),
    ("r", "loss"): Line(rf"\operatorname{{sign}}({RESIDUAL})", lambda at: np.sign(residual(at))),
}
"""The local derivatives on all edges that lead to a parameter."""

SLOPE_OF_ABS = Derivation(
    rf"\frac{{\partial \left|{RESIDUAL}\right|}}{{\partial {RESIDUAL}}}",
    (
        Line(
            rf"\frac{{\partial}}{{\partial {RESIDUAL}}} \sqrt{{{RESIDUAL}^2}}",
            lambda at: central_difference(lambda r: (r**2) ** 0.5, residual(at)),
        ),
        Line(
            rf"\frac{{1}}{{2 \sqrt{{{RESIDUAL}^2}}}} \cdot 2 {RESIDUAL}",
            lambda at: 1 / (2 * (residual(at) ** 2) ** 0.5) * 2 * residual(at),
        ),
        Line(rf"\frac{{{RESIDUAL}}}{{\left|{RESIDUAL}\right|}}", lambda at: residual(at) / abs(residual(at))),
        Line(rf"\operatorname{{sign}}({RESIDUAL})", lambda at: np.sign(residual(at))),
    ),
)
"""The slope of |r|, by way of the root of its square."""


def change_ratio(panel: GraphPanel, name: str, pen: Pen) -> Formula:
    """How much the loss changes for a change of one node, beside the product of the slopes on the way."""
    change, push = panel.change("loss"), panel.change(name)
    factors = r" \cdot ".join(bracketed(panel.local(edge)) for edge in panel.path(name))
    return pen.math(
        rf"\frac{{\Delta {L}}}{{\Delta {colored(name, pen.palette)}}} = \frac{{{tex(change)}}}{{{tex(push)}}} "
        rf"= {tex(change / push)} = {factors}"
    )


def sign_here(at: Point, pen: Pen) -> Formula:
    """The last line of `SLOPE_OF_ABS` with the number of one sample."""
    value = float(SLOPE_OF_ABS.value(at))
    return pen.math(rf"= {tex(value)} \quad \text{{for }} {RESIDUAL} = {tex(residual(at))}")


def inner_values(params: Array, x: Array, pen: Pen) -> Formula:
    """a1 of every sample, in a row."""
    values = r", \quad ".join(tex(value) for value in (params[0] * x + params[1]).tolist())
    return pen.math(f"{A1_I} = {values}")
