"""The numbers of a descent: parameters, loss, learning rate and step, all of one record."""

from __future__ import annotations

from scenes.kit.formula import Pen
from scenes.kit.painting import Canvas, Painting
from scenes.kit.replay import Replay
from scenes.kit.stamp import Numerals, Stamp
from scenes.kit.style import Size
from scenes.kit.ticks import THIN_SPACE, decimals_for, fixed, number

_GAP = 0.16
_SIZE = 0.40


class Readout(Painting):
    """One row: W = ..., b = ..., J = ..., alpha = ..., and the step at the right end."""

    def __init__(self, replay: Replay, left: float, right: float, baseline: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay = replay
        self._left, self._right, self._baseline = left, right, baseline
        trajectory = replay.trajectory
        names = trajectory.model.parameters
        palette = pen.palette
        columns = [(name, name, trajectory.params[:, k]) for k, name in enumerate(names)]
        columns.append(("J", "loss", trajectory.loss))
        columns.append((r"\alpha", "rate", trajectory.learning_rate))
        self._fields = []
        shared = decimals_for(trajectory.params)
        for latex, concept, values in columns:
            label = Stamp(pen.math(f"{latex} =", _SIZE, palette[concept]))
            # The last learning rate of a staircase is a small part of the first.
            digits = max(decimals_for(values, 4), decimals_for(values[-1:], 3)) if concept == "rate" else shared if concept in names else decimals_for(values)
            self._fields.append((label, Numerals(pen.engine, _SIZE, palette[concept]), values, digits))
        self._step = Numerals(pen.engine, Size.FORMULA, palette.muted)
        self._step_label = Stamp(pen.text("step", Size.FORMULA, palette.muted))
        self._step_width = self._step.width(f"{replay.last_step:,}".replace(",", THIN_SPACE))
        widths = [label.width + _GAP + self._widest(field) for label, *field in self._fields]
        room = (right - left) - (self._step_width + self._step_label.width + 2 * _GAP)
        self._gap = min(0.7, (room - sum(widths)) / len(widths))
        self._widths = widths

    def texts(self) -> list[str]:
        """The numbers that are shown now, without names."""
        record = self._replay.moment.record
        return [_text(float(values[record]), digits) for _, _, values, digits in self._fields]

    def paint(self, canvas: Canvas) -> None:
        """Set the row."""
        x, y = self._left, self._baseline
        for (label, numerals, _, _), text, width in zip(self._fields, self.texts(), self._widths, strict=True):
            label.draw(canvas, x, y)
            numerals.draw(canvas, text, x + label.width + _GAP, y)
            x += width + self._gap
        step = int(self._replay.trajectory.steps[self._replay.moment.record])
        self._step.draw(canvas, f"{step:,}".replace(",", THIN_SPACE), self._right, y, "right")
        self._step_label.draw(canvas, self._right - self._step_width - _GAP, y, "right")

    @staticmethod
    def _widest(field: list[object]) -> float:
        numerals, values, digits = field
        stride = max(1, len(values) // 500)  # type: ignore[arg-type]
        return max(numerals.width(_text(float(v), digits)) for v in values[::stride])  # type: ignore[attr-defined,index]


def _text(value: float, decimals: int) -> str:
    return fixed(value, decimals) if abs(value) < 1e6 else number(value, 5)
