"""The numbers of a descent: parameters and loss of its point, the learning rate, and the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import symbol
from scenes.kit.words.numbers import column, count, decimals_for, fixed, significant

_GAP = 0.16


@dataclass(frozen=True)
class _Field:
    label: Stamp
    numerals: Numerals
    values: Array
    write: Callable[[float], str]

    @property
    def width(self) -> float:
        stride = max(1, len(self.values) // 500)
        shown = [*self.values[::stride].tolist(), float(self.values[-1])]
        return self.label.width + _GAP + max(self.numerals.width(self.write(value)) for value in shown)


class Readout(Painting):
    """One row: W = ..., b = ..., J = ..., alpha = ..., and the step at the right end.

    While the point glides from one step to the next, the numbers are those of the point, and both steps are named.
    """

    def __init__(self, replay: Replay, left: float, right: float, baseline: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay = replay
        self._left, self._right, self._baseline = left, right, baseline
        trajectory = replay.trajectory
        palette, size = pen.palette, Size.FORMULA
        ranging = trajectory.grows
        columns = [
            (symbol(name), name, trajectory.params[:, k], column(trajectory.params[:, k], ranging=ranging))
            for k, name in enumerate(trajectory.model.parameters)
        ]
        columns.append(("J", "loss", trajectory.loss, column(trajectory.loss, ranging=ranging)))
        rates = trajectory.learning_rate
        columns.append((r"\alpha", "rate", rates, rate_format(rates)))
        self._fields = [
            _Field(
                Stamp(pen.math(f"{latex} =", size, palette[concept])),
                Numerals(pen.engine, size, palette[concept]),
                values,
                write,
            )
            for latex, concept, values, write in columns
        ]
        self._step = Numerals(pen.engine, size, palette.muted)
        self._step_label = Stamp(pen.text("step", size, palette.muted))
        self._to = Stamp(pen.math(r"\to", size, palette.muted))
        self._step_width = max(self._step.width(count(replay.last_step)), self._way_width("88", "88"))
        self._widths = [field.width for field in self._fields]
        room = (right - left) - (self._step_width + self._step_label.width + 2 * _GAP)
        self._gap = min(0.7, (room - sum(self._widths)) / len(self._widths))

    def texts(self) -> list[str]:
        """The numbers that are shown now, without names."""
        moment = self._replay.moment
        values = *moment.params.tolist(), moment.loss, float(self._replay.trajectory.learning_rate[moment.record])
        return [field.write(value) for field, value in zip(self._fields, values, strict=True)]

    def steps(self) -> tuple[str, ...]:
        """The step that the point is at; on its way that which it comes from, and that which it goes to."""
        moment, steps = self._replay.moment, self._replay.trajectory.steps
        here = count(int(steps[moment.record]))
        if moment.step == steps[moment.record]:
            return (here,)
        there = count(int(steps[moment.record + 1]))
        return (here, there) if self._way_width(here, there) <= self._step_width + 1e-9 else (here,)

    def _way_width(self, here: str, there: str) -> float:
        return self._step.width(here) + self._to.width + self._step.width(there) + _GAP

    def paint(self, canvas: Canvas) -> None:
        """Set the row."""
        x, y = self._left, self._baseline
        for field, text, width in zip(self._fields, self.texts(), self._widths, strict=True):
            field.label.draw(canvas, x, y)
            field.numerals.draw(canvas, text, x + field.label.width + _GAP, y)
            x += width + self._gap
        here, *there = self.steps()
        x = self._right
        for step in there:
            self._step.draw(canvas, step, x, y, "right")
            x -= self._step.width(step) + _GAP / 2
            self._to.draw(canvas, x, y, "right")
            x -= self._to.width + _GAP / 2
        self._step.draw(canvas, here, x, y, "right")
        self._step_label.draw(canvas, self._right - self._step_width - _GAP, y, "right")


def rate_format(rates: Array) -> Callable[[float], str]:
    """How to write learning rates: a constant one as it was given, a staircase's with three digits of its last."""
    if np.all(rates == rates[0]):
        return significant
    if rates.min() < 1e-6:
        return column(rates, 3)
    decimals = max(decimals_for(rates, 4), decimals_for(rates[-1:], 3))
    return lambda rate: fixed(rate, decimals)
