"""The numbers of a descent: parameters and loss of its point, the learning rate, and the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.frame import LEFT, READOUT, RIGHT
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber, in_row
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.rounding import nothing
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import symbol
from scenes.kit.words.numbers import column, count, decimals_for, fixed, significant

_GAP = 0.16

_CLOSEST = 0.25
"""Between two numbers of the row, at least; longer ones are set smaller, and then with fewer digits."""


@dataclass(frozen=True)
class DescentNumbers:
    """The numbers of a descent's point, one by one, and set alike. A row puts them in their places.

    Attributes:
        replay: What they follow.
        pen: Writes them.
        size: Font size.
        gap: Between a name and its value; that of a formula if None.
    """

    replay: Replay
    pen: Pen
    size: float = Size.BODY
    gap: float | None = None

    def parameter(self, k: int, write: Callable[[float], str]) -> LiveNumber:
        """One of the parameters."""
        trajectory = self.replay.trajectory
        name = trajectory.model.parameters[k]
        return self._of(symbol(name), name, lambda: float(self.replay.params[k]), write, trajectory.params[:, k])

    def loss(self, write: Callable[[float], str], letter: str = "J") -> LiveNumber:
        """The loss, under the letter that it has."""
        return self._of(letter, "loss", lambda: self.replay.moment.loss, write, self.replay.trajectory.loss)

    def rate(self) -> LiveNumber:
        """The learning rate of the step that comes next."""
        rates = self.replay.trajectory.learning_rate
        return self._of(r"\alpha", "rate", lambda: float(rates[self.replay.moment.record]), rate_format(rates), rates)

    def step(self, equals: bool = True) -> LiveNumber:
        """Steps taken, with an equals sign or without one."""
        steps = self.replay.trajectory.steps.astype(np.float64)
        name = r"\text{step}" if equals else self.pen.text("step", self.size, self.pen.palette.muted)
        return self._of(
            name, "muted", lambda: float(steps[self.replay.moment.record]), lambda step: count(round(step)), steps
        )

    def _of(
        self,
        name: str | Formula,
        concept: str,
        value: Callable[[], float],
        write: Callable[[float], str],
        values: Array,
    ) -> LiveNumber:
        return LiveNumber(
            name, concept, value, write, (0.0, 0.0), self.pen, self.replay, size=self.size, gap=self.gap, values=values
        )


class Readout(Group):
    """One row: W = ..., b = ..., J = ..., alpha = ..., and the step at the right end.

    Attributes:
        numbers: All but the step.
        way: The step.
    """

    def __init__(self, replay: Replay, left: float, right: float, baseline: float, pen: Pen) -> None:
        trajectory, zero = replay.trajectory, nothing(replay.trajectory)
        self.way = StepWay(replay, right, baseline, pen)
        room = right - left - self.way.room - 2 * _GAP
        for size, digits in ((Size.FORMULA, 5), (Size.BODY, 5), (Size.LABEL, 5), (Size.LABEL, 4), (Size.LABEL, 3)):
            found = DescentNumbers(replay, pen, size, _GAP)
            write = partial(column, digits=digits, ranging=trajectory.grows)
            columns = zip(trajectory.params.T, zero.params.tolist(), strict=True)
            parameters = [found.parameter(k, write(values, nothing=least)) for k, (values, least) in enumerate(columns)]
            self.numbers = [*parameters, found.loss(write(trajectory.loss, nothing=zero.loss)), found.rate()]
            widths = sum(number.room for number in self.numbers)
            if widths + _CLOSEST * len(self.numbers) <= room:
                break
        row = in_row(self.numbers, left, baseline, min(0.7, (room - widths) / len(self.numbers)))
        super().__init__(*row.submobjects, self.way)


class StepWay(Painting):
    """The step that a descent is at; while its point glides to the next one, both are named."""

    def __init__(self, replay: Replay, right: float, baseline: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay, self._right, self._baseline = replay, right, baseline
        muted, size = pen.palette.muted, Size.FORMULA
        self._step = Numerals(pen.engine, size, muted)
        self._name, self._to = Stamp(pen.text("step", size, muted)), Stamp(pen.math(r"\to", size, muted))
        self._steps_room = max(self._step.width(count(replay.last_step)), self._way_width("88", "88"))
        self.room = self._steps_room + self._name.width

    def steps(self) -> tuple[str, ...]:
        """The step that the point is at; on its way that which it comes from, and that which it goes to."""
        moment, steps = self._replay.moment, self._replay.trajectory.steps
        here = count(int(steps[moment.record]))
        if moment.step == steps[moment.record]:
            return (here,)
        there = count(int(steps[moment.record + 1]))
        return (here, there) if self._way_width(here, there) <= self._steps_room + 1e-9 else (here,)

    def _way_width(self, here: str, there: str) -> float:
        return self._step.width(here) + self._to.width + self._step.width(there) + _GAP

    def paint(self, canvas: Canvas) -> None:
        """Set the name, and one step or two."""
        x, y = self._right, self._baseline
        here, *there = self.steps()
        for step in there:
            self._step.draw(canvas, step, x, y, "right")
            x -= self._step.width(step) + _GAP / 2
            self._to.draw(canvas, x, y, "right")
            x -= self._to.width + _GAP / 2
        self._step.draw(canvas, here, x, y, "right")
        self._name.draw(canvas, self._right - self._steps_room - _GAP, y, "right")


def small_readout(replay: Replay, pen: Pen, decimals: int = 3, loss_decimals: int = 3) -> Group:
    """The numbers of a descent with many parameters, over the frame's width: set smaller, the rate only if it changes.

    Args:
        replay: What it follows.
        pen: Writes it.
        decimals: Of the parameters.
        loss_decimals: Of the loss.
    """
    trajectory, found = replay.trajectory, DescentNumbers(replay, pen)
    numbers = [
        found.parameter(k, lambda value: fixed(value, decimals)) for k in range(len(trajectory.model.parameters))
    ]
    numbers.append(found.loss(lambda value: fixed(value, loss_decimals)))
    if np.ptp(trajectory.learning_rate) > 0:
        numbers.append(found.rate())
    numbers.append(found.step())
    widths = sum(number.room for number in numbers)
    return in_row(numbers, LEFT, READOUT, (RIGHT - LEFT - widths) / (len(numbers) - 1))


def rate_format(rates: Array) -> Callable[[float], str]:
    """How to write learning rates: a constant one as it was given, a staircase's with three digits of its last."""
    if np.all(rates == rates[0]):
        return significant
    if rates.min() < 1e-6:
        return column(rates, 3)
    decimals = max(decimals_for(rates, 4), decimals_for(rates[-1:], 3))
    return lambda rate: fixed(rate, decimals)
