"""The tanh network's formula, its parameters as numbers that move, and rows of such numbers."""

from __future__ import annotations

from functools import partial

import numpy as np

from fitting import Trajectory
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber
from scenes.kit.panels.readout import DescentNumbers
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import B1, B2, PREDICTION, W1, W2, X
from scenes.kit.words.numbers import fixed, significant
from scenes.parts.tanh_network.activation import ActivationTrace

MODEL = rf"{PREDICTION} = \operatorname{{LeakyReLU}}({W2} \cdot \tanh({W1} \cdot {X} + {B1}) + {B2})"


def start_numbers(replay: Replay, left: float, y: float, pen: Pen) -> Group:
    """Step and loss, the loss with as many digits as its first steps change."""
    found = DescentNumbers(replay, pen, Size.FORMULA)
    numbers = found.step(), found.loss(partial(fixed, decimals=5))
    for number, along in zip(numbers, (0.0, 2.5), strict=True):
        number.place = left + along, y
    return Group(*numbers)


def trace_numbers(trace: ActivationTrace, left: float, y: float, pen: Pen) -> Group:
    """Value and slope of an activation function where its tangent touches."""
    write = partial(fixed, decimals=3)
    value, slope = trace.names
    return Group(
        LiveNumber(value, "model", lambda: trace.value, write, (left, y), pen, trace, size=Size.BODY),
        LiveNumber(slope, "gradient", lambda: trace.steepness, write, (left + 3.2, y), pen, trace, size=Size.BODY),
    )


def least_input(trajectory: Trajectory) -> float:
    """The least input of the LeakyReLU, of all houses and all steps on record: a_2 = W_2 tanh(W_1 x + b_1) + b_2."""
    w1, b1, w2, b2 = (column[:, None] for column in trajectory.params.T)
    return float((w2 * np.tanh(w1 * trajectory.data.x + b1) + b2).min())


def narrow(value: float) -> str:
    """A number of a graph with seven columns: no more digits than there is room for."""
    return significant(float(f"{value:.3g}" if abs(value) >= 1 else f"{value:.4f}") + 0.0)
