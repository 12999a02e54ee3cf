"""The tanh network's formula, its parameters as numbers that move, and rows of such numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from manim import Mobject

from fitting.arrays import Array
from scenes.kit.formula import Pen
from scenes.kit.live import LiveNumber, StepArithmetic
from scenes.kit.painting import Group
from scenes.kit.replay import Replay
from scenes.kit.stamp import Stamp
from scenes.kit.style import Size
from scenes.kit.ticks import count, fixed, significant
from scenes.parts.tanh_network.activation import ActivationTrace

PARAMETERS = (("W_1", "W1"), ("b_1", "b1"), ("W_2", "W2"), ("b_2", "b2"))
"""LaTeX and colour of each."""

_WIDTHS = (2.12, 2.28, 2.12, 2.05)
"""Room for each: b1 is negative for most of the run."""

MODEL = (
    r"\textcolor{model}{\hat{y}} = \operatorname{LeakyReLU}(\textcolor{W2}{W_2} \cdot "
    r"\tanh(\textcolor{W1}{W_1} \cdot \textcolor{data}{x} + \textcolor{b1}{b_1}) + \textcolor{b2}{b_2})"
)


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


class NetworkArithmetic(StepArithmetic):
    """The update of all four parameters, under their names."""

    def __init__(self, replay: Replay, left: float, top: float, pen: Pen) -> None:
        super().__init__(replay, left, top, pen)
        self._names = [Stamp(pen.math(latex, Size.FORMULA, pen.palette[concept])) for latex, concept in PARAMETERS]


def narrow(value: float) -> str:
    """A number of a graph with seven columns: no more digits than there is room for."""
    return significant(float(f"{value:.3g}" if abs(value) >= 1 else f"{value:.4f}") + 0.0)
