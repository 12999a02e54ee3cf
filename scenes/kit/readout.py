"""The numbers of a descent: parameters, loss, learning rate and step, all of one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fitting import StopReason
from fitting.arrays import Array
from scenes.kit.formula import Pen
from scenes.kit.letters import symbol
from scenes.kit.painting import Canvas, Painting
from scenes.kit.replay import Replay
from scenes.kit.stamp import Numerals, Stamp
from scenes.kit.style import Size
from scenes.kit.ticks import column, count, decimals_for, fixed, significant

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
    """One row: W = ..., b = ..., J = ..., alpha = ..., and the step at the right end."""

    def __init__(self, replay: Replay, left: float, right: float, baseline: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay = replay
        self._left, self._right, self._baseline = left, right, baseline
        trajectory = replay.trajectory
        palette, size = pen.palette, Size.FORMULA
        ranging = trajectory.stop_reason == StopReason.DIVERGED
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
        self._step_width = self._step.width(count(replay.last_step))
        self._widths = [field.width for field in self._fields]
        room = (right - left) - (self._step_width + self._step_label.width + 2 * _GAP)
        self._gap = min(0.7, (room - sum(self._widths)) / len(self._widths))

    def texts(self) -> list[str]:
        """The numbers that are shown now, without names."""
        record = self._replay.moment.record
        return [field.write(float(field.values[record])) for field in self._fields]

    def paint(self, canvas: Canvas) -> None:
        """Set the row."""
        x, y = self._left, self._baseline
        for field, text, width in zip(self._fields, self.texts(), self._widths, strict=True):
            field.label.draw(canvas, x, y)
            field.numerals.draw(canvas, text, x + field.label.width + _GAP, y)
            x += width + self._gap
        step = int(self._replay.trajectory.steps[self._replay.moment.record])
        self._step.draw(canvas, count(step), self._right, y, "right")
        self._step_label.draw(canvas, self._right - self._step_width - _GAP, y, "right")


def rate_format(rates: Array) -> Callable[[float], str]:
    """How to write learning rates: a constant one as it was given, a staircase's with three digits of its last."""
    if np.all(rates == rates[0]):
        return significant
    if rates.min() < 1e-6:
        return column(rates, 3)
    decimals = max(decimals_for(rates, 4), decimals_for(rates[-1:], 3))
    return lambda rate: fixed(rate, decimals)
