"""The arithmetic of a step, with the run's own numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.rounding import nothing
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import symbol
from scenes.kit.words.numbers import agrees, column, decimals_for, fixed, shown, significant

_SPACE = 0.15

_ORDER = (1, 2, 3, 0)
"""How an update reads, of new, old, rate and slope."""


class StepArithmetic(Painting):
    """The update of every parameter with the run's own numbers: name := old - alpha (slope) = new.

    While the point is on its way from one record to the next, the arithmetic of that step stands.

    Args:
        replay: The run.
        left: Left edge.
        top: Baseline of the first parameter.
        pen: Writes.
        decimals: Of the parameters; as many as their spread over the first steps deserves if None.
    """

    LEADING = 0.7
    ROOM = 7.1

    def __init__(self, replay: Replay, left: float, top: float, pen: Pen, decimals: int | None = None) -> None:
        super().__init__(replay)
        self._replay, self._left, self._top = replay, left, top
        trajectory = replay.trajectory
        self._names = [
            Stamp(pen.math(symbol(name), Size.FORMULA, pen.palette[name])) for name in trajectory.model.parameters
        ]
        first = slice(0, min(12, len(trajectory.steps)))
        params = trajectory.params[first]
        if not trajectory.grows:
            # Written as the readout writes them.
            params = np.vstack([params, trajectory.final_params])
        slopes, zero = trajectory.gradient[first], nothing(trajectory)
        self._write = _alike(params, zero.params)
        if decimals is not None:
            self._write = [partial(fixed, decimals=decimals)] * len(self._names)
        self._write_slope = _alike(
            slopes, zero.slopes, _digits_of_slopes(slopes, params, float(trajectory.learning_rate[0]))
        )
        for size in (Size.BODY, Size.LABEL, Size.TICK):
            self._set_in(size, pen)
            if all(self._width(self._cells(record)) <= self.ROOM for record in range(first.stop - 1)):
                break

    def _set_in(self, size: float, pen: Pen) -> None:
        palette, names = pen.palette, self._replay.trajectory.model.parameters
        self._parameter = [Numerals(pen.engine, size, palette[name]) for name in names]
        self._rate = Numerals(pen.engine, size, palette["rate"])
        self._slope = Numerals(pen.engine, size, palette["gradient"])
        self._becomes, self._equals, self._minus, self._times, self._about = (
            Stamp(pen.math(sign, size, palette.muted)) for sign in (":=", "=", "-", r"\cdot", r"\approx")
        )

    def _widths(self, cells: Sequence[tuple[str, ...]]) -> list[float]:
        """Of the columns: old, rate, slope, new."""
        return [max(self._parameter[0].width(row[k]) for row in cells) for k in _ORDER]

    def _width(self, cells: Sequence[tuple[str, ...]]) -> float:
        signs = sum(sign.width for sign in (self._becomes, self._minus, self._times, self._equals))
        return max(name.width for name in self._names) + 8 * _SPACE + signs + sum(self._widths(cells))

    def values(self) -> list[tuple[float, float, float, float]]:
        """New, old, rate and slope of each parameter in the step that is shown."""
        return self._values(self._record)

    @property
    def _record(self) -> int:
        # On a record its own step has just been made; before the first one the first step is announced.
        steps = self._replay.trajectory.steps
        return min(max(int(np.searchsorted(steps, self._replay.step)) - 1, 0), len(steps) - 2)

    def _values(self, record: int) -> list[tuple[float, float, float, float]]:
        trajectory = self._replay.trajectory
        return [
            (
                float(trajectory.params[record + 1, k]),
                float(trajectory.params[record, k]),
                float(trajectory.learning_rate[record]),
                float(trajectory.gradient[record, k]),
            )
            for k in range(len(self._names))
        ]

    def cells(self) -> list[tuple[str, str, str, str]]:
        """The same as text: new, old, rate, slope."""
        return self._cells(self._record)

    def _cells(self, record: int) -> list[tuple[str, str, str, str]]:
        return [
            (write(new), write(old), _rate_text(rate), f"({write_slope(slope)})")
            for write, write_slope, (new, old, rate, slope) in zip(
                self._write, self._write_slope, self._values(record), strict=True
            )
        ]

    def paint(self, canvas: Canvas) -> None:
        """Set one line a parameter: name := old - alpha (slope) = new, in columns."""
        cells = self.cells()
        widths = self._widths(cells)
        for row, (name, numerals, line) in enumerate(zip(self._names, self._parameter, cells, strict=True)):
            y = self._top - row * self.LEADING
            x = self._left
            signs = (self._becomes, self._minus, self._times, self._equals if adds_up(line) else self._about)
            name.draw(canvas, x, y)
            x += max(stamp.width for stamp in self._names)
            for sign, k, width in zip(signs, _ORDER, widths, strict=True):
                sign.draw(canvas, x + _SPACE + sign.width / 2, y, "center")
                x += 2 * _SPACE + sign.width + width
                pen = (numerals, numerals, self._rate, self._slope)[k]
                pen.draw(canvas, line[k], x, y, "right")


def adds_up(cells: tuple[str, str, str, str]) -> bool:
    """Whether new is old less rate times slope, with the numbers as they are shown."""
    new, old, rate, slope = cells
    return agrees(shown(old) - shown(rate) * shown(slope.strip("()")), new)


def _digits_of_slopes(slopes: Array, params: Array, rate: float) -> int:
    """How many digits a slope needs for rate times slope to be right to a tenth of the parameters' last decimal."""
    decimals = decimals_for(params) + math.ceil(math.log10(5 * rate))
    return int(np.clip(decimals + 1 + math.floor(math.log10(float(np.abs(slopes).max()) or 1.0)), 5, 7))


def _alike(values: Array, nothing: Array, digits: int = 5) -> list[Callable[[float], str]]:
    """How to write each parameter's column: all with the same decimals, unless some would lose their digits by it."""
    sizes = np.abs(values).max(axis=0)
    if sizes.max() <= 100 * sizes.min():
        return [column(values.ravel(), digits)] * values.shape[1]
    return [column(of_one, digits, nothing=least) for of_one, least in zip(values.T, nothing.tolist(), strict=True)]


def _rate_text(rate: float) -> str:
    return significant(float(f"{rate:.4g}"))
