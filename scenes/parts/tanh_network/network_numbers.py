"""The tanh network's formula, its parameters as numbers that move, and rows of such numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from manim import Mobject

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber, StepArithmetic
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.letters import B1, B2, PREDICTION, W1, W2, X
from scenes.kit.words.numbers import count, fixed, significant
from scenes.parts.tanh_network.activation import ActivationTrace

PARAMETERS = (("W_1", "W1"), ("b_1", "b1"), ("W_2", "W2"), ("b_2", "b2"))
"""LaTeX and colour of each."""

_WIDTHS = (2.12, 2.28, 2.12, 2.05)
"""Room for each: b1 is negative for most of the run."""

MODEL = rf"{PREDICTION} = \operatorname{{LeakyReLU}}({W2} \cdot \tanh({W1} \cdot {X} + {B1}) + {B2})"


@dataclass(frozen=True)
class Shown:
    """A number of a row.

    Attributes:
        latex: Its name.
        concept: Its colour.
        value: Read for every frame.
        decimals: Of the number; None for a count.
        width: Room it takes, in Manim units.
    """

    latex: str
    concept: str
    value: Callable[[], float]
    decimals: int | None
    width: float

    def at(self, x: float, y: float, pen: Pen, *sources: Mobject, size: float = Size.FORMULA) -> LiveNumber:
        """Set it on a baseline."""
        decimals = self.decimals
        write = (lambda value: count(round(value))) if decimals is None else (lambda value: fixed(value, decimals))
        return LiveNumber(self.latex, self.concept, self.value, write, (x, y), pen, *sources, size=size)


def row(numbers: Sequence[Shown], x: float, y: float, pen: Pen, *sources: Mobject, size: float = Size.FORMULA) -> Group:
    """Numbers beside each other, each in the room it takes."""
    members = []
    for number in numbers:
        members.append(number.at(x, y, pen, *sources, size=size))
        x += number.width
    return Group(*members)


def parameter(k: int, params: Callable[[], Array], decimals: int = 3) -> Shown:
    """One of the four parameters."""
    latex, concept = PARAMETERS[k]
    return Shown(latex, concept, lambda: float(params()[k]), decimals, _WIDTHS[k])


def loss(replay: Replay, decimals: int = 4) -> Shown:
    """The loss of the point."""
    return Shown("J", "loss", lambda: replay.moment.loss, decimals, 2.08)


def step(replay: Replay) -> Shown:
    """Steps taken."""
    return Shown(
        r"\text{step}", "muted", lambda: float(replay.trajectory.steps[replay.moment.record]), None, 2.5
    )  # fmt: skip


def trace_numbers(trace: ActivationTrace, left: float, y: float, pen: Pen) -> Group:
    """Value and slope of an activation function where its tangent touches."""
    value, slope = trace.names
    numbers = (
        Shown(value, "model", lambda: trace.value, 3, 3.2),
        Shown(slope, "gradient", lambda: trace.steepness, 3, 2.1),
    )
    return row(numbers, left, y, pen, trace, size=Size.BODY)


def least_input(trajectory: Trajectory) -> float:
    """The least input of the LeakyReLU, of all houses and all steps on record: a_2 = W_2 tanh(W_1 x + b_1) + b_2."""
    w1, b1, w2, b2 = (column[:, None] for column in trajectory.params.T)
    return float((w2 * np.tanh(w1 * trajectory.data.x + b1) + b2).min())


class NetworkArithmetic(StepArithmetic):
    """The update of all four parameters, under their names, in digits that a step of this run changes."""

    DECIMALS = 5

    def __init__(self, replay: Replay, left: float, top: float, pen: Pen) -> None:
        super().__init__(replay, left, top, pen)
        self._names = [Stamp(pen.math(latex, Size.FORMULA, pen.palette[concept])) for latex, concept in PARAMETERS]

    def cells(self) -> list[tuple[str, str, str, str]]:
        """New, old, rate, slope as text: the parameters with one decimal more than there is room for in a readout."""
        return [
            (fixed(new, self.DECIMALS), fixed(old, self.DECIMALS), rate, slope)
            for (new, old, _, _), (_, _, rate, slope) in zip(self.values(), super().cells(), strict=True)
        ]


def narrow(value: float) -> str:
    """A number of a graph with seven columns: no more digits than there is room for."""
    return significant(float(f"{value:.3g}" if abs(value) >= 1 else f"{value:.4f}") + 0.0)
