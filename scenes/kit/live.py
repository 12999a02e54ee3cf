"""Numbers that follow what they describe: single values, and the arithmetic of a step."""

from __future__ import annotations

from collections.abc import Callable

from manim import Mobject

from scenes.kit.formula import Pen
from scenes.kit.painting import Canvas, Painting
from scenes.kit.replay import Replay
from scenes.kit.stamp import Numerals, Stamp
from scenes.kit.style import Size
from scenes.kit.ticks import MINUS, decimals_for, fixed, number

_GAP = 0.14


class LiveNumber(Painting):
    """A name, an equals sign, and a value that is read anew for every frame."""

    def __init__(
        self,
        latex: str,
        concept: str,
        value: Callable[[], float],
        decimals: int,
        position: tuple[float, float],
        pen: Pen,
        *sources: Mobject,
        size: float = Size.FORMULA,
    ) -> None:
        super().__init__(*sources)
        self._value, self._decimals, self._position = value, decimals, position
        self._label = Stamp(pen.math(f"{latex} =", size, pen.palette[concept]))
        self._numerals = Numerals(pen.engine, size, pen.palette[concept])

    @property
    def text(self) -> str:
        """The value as it is shown."""
        value = self._value()
        return fixed(value, self._decimals) if abs(value) < 1e6 else number(value)

    def paint(self, canvas: Canvas) -> None:
        """Set name and value."""
        x, y = self._position
        self._label.draw(canvas, x, y)
        self._numerals.draw(canvas, self.text, x + self._label.width + _GAP, y)


class StepArithmetic(Painting):
    """The update of every parameter with the run's own numbers: new = old - alpha * slope.

    While the point is on its way from one record to the next, the arithmetic of that step stands.
    """

    LEADING = 0.62

    def __init__(self, replay: Replay, left: float, top: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay, self._left, self._top = replay, left, top
        trajectory = replay.trajectory
        palette = pen.palette
        size = Size.BODY
        self._names = [
            Stamp(pen.math(name, Size.FORMULA, palette[name])) for name in trajectory.model.parameters
        ]
        self._parameter = [Numerals(pen.engine, size, palette[name]) for name in trajectory.model.parameters]
        self._rate = Numerals(pen.engine, size, palette["rate"])
        self._slope = Numerals(pen.engine, size, palette["gradient"])
        self._sign = Numerals(pen.engine, size, palette.muted)
        head = [("new", None), ("old", None), (r"\alpha", "rate"), ("slope", None)]
        self._head = [
            Stamp(
                pen.math(text, Size.LABEL, palette["rate"])
                if concept
                else pen.text(text, Size.LABEL, palette.muted)
            )
            for text, concept in head
        ]
        first = slice(0, min(12, len(trajectory.steps)))
        self._decimals = [decimals_for(trajectory.params[first, k], 4) for k in range(len(self._names))]
        self._slope_decimals = decimals_for(trajectory.gradient[first])
        self._rate_text = number(float(trajectory.learning_rate[0]), 4).rstrip("0")

    def values(self) -> list[tuple[float, float, float, float]]:
        """New, old, rate and slope of each parameter in the step that is shown."""
        trajectory = self._replay.trajectory
        moment = self._replay.moment
        record = moment.record
        # On a record its own step has just been made; before the first one the first step is announced.
        if moment.step == trajectory.steps[record] and record > 0:
            record -= 1
        record = min(record, len(trajectory.steps) - 2)
        return [
            (
                float(trajectory.params[record + 1, k]),
                float(trajectory.params[record, k]),
                float(trajectory.learning_rate[record]),
                float(trajectory.gradient[record, k]),
            )
            for k in range(len(self._names))
        ]

    def paint(self, canvas: Canvas) -> None:
        """Set a heading and one line a parameter."""
        columns = [1.75, 3.25, 4.45, 6.1]
        y = self._top
        for stamp, column in zip(self._head, columns, strict=True):
            stamp.draw(canvas, self._left + column, y, "right")
        for k, (new, old, rate, slope) in enumerate(self.values()):
            y = self._top - (k + 1) * self.LEADING
            decimals = self._decimals[k]
            slope_text = fixed(slope, self._slope_decimals)
            self._names[k].draw(canvas, self._left, y)
            self._parameter[k].draw(canvas, fixed(new, decimals), self._left + columns[0], y, "right")
            self._sign.draw(canvas, "=", self._left + columns[0] + 0.24, y, "center")
            self._parameter[k].draw(canvas, fixed(old, decimals), self._left + columns[1], y, "right")
            self._sign.draw(canvas, MINUS, self._left + columns[1] + 0.24, y, "center")
            self._rate.draw(canvas, self._rate_for(rate), self._left + columns[2], y, "right")
            self._sign.draw(canvas, "·", self._left + columns[2] + 0.16, y, "center")
            shown = f"({slope_text})" if slope < 0 else slope_text
            self._slope.draw(canvas, shown, self._left + columns[3], y, "right")

    def _rate_for(self, rate: float) -> str:
        return number(rate, 4).rstrip("0")
