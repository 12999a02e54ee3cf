"""The residuals of a line as a table that follows it: predictions, targets, residuals, squares, and their sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import PREDICTION_I, RESIDUAL_I, X_I, Y_I
from scenes.kit.words.message import Message, message
from scenes.kit.words.numbers import LARGE, as_given, column, decimals_for, decimals_in, fixed, number, shown
from scenes.parts.cost.lines import CostLines, table_rows

_LONG = 1e4
"""Numbers from here on have no decimals that could be exact and short."""

_SMALL = 0.1
"""Numbers below are written with as many digits as they need."""

LEADING = 0.48
_EDGES = (1.0, 2.25, 3.5, 4.72, 6.1)
_CELL = 1.2
"""How wide a number may be."""

_LONGEST = 7
"""Characters that a cell has room for."""

_X, _PREDICTION, _TARGET, _RESIDUAL, _SQUARE = range(5)


class ResidualRows(Painting):
    """A table of the first rows, read anew for every frame, and the sums over all rows.

    Attributes:
        arrived: How many rows have appeared.
        squares: Opacity of the column of squares.
        sums: Opacity of the residuals' sum.
        square_sums: Opacity of the squares' sum.
        focus: Opacity of the mark at the row whose residual is doubled.
        rounded: Whether what stands here, as it is written, misses a difference, a square or a sum at some line; the
            table then says so.
        write: How predictions, targets and residuals are written.
        write_square: How squares are written.
    """

    def __init__(self, lines: CostLines, probe: Probe, left: float, top: float, pen: Pen) -> None:
        super().__init__(probe)
        self.lines, self._probe, self._left, self._top, self._palette = lines, probe, left, top, pen.palette
        data, palette = lines.trajectory.data, pen.palette
        self.rows = table_rows(len(data.x))
        self.whole = self.rows == len(data.x)
        self.arrived = float(self.rows)
        self.squares = self.sums = self.square_sums = self.focus = 0.0
        residuals = lines.residuals(lines.first)
        # A half that is rounded in a prediction and in its residual would go either way.
        walked = [lines.residuals(params) for params in (lines.first, lines.flat, lines.tilted)]
        values = np.concatenate([data.y, *walked, residuals**2])
        self.write = self._write_squares = write_alike(values)
        if float(np.abs(values).max()) < _SMALL:
            # With the decimals of the residuals, nothing would be left of their squares.
            self._write_squares = column(residuals**2, 3)
        self.write_square = self.square_writer(lines.first)
        self._write_x = as_given(data.x) if lines.trajectory.units.is_identity else column(data.x, 4)
        headings = (X_I, PREDICTION_I, Y_I, RESIDUAL_I, "r_i^2")
        colors = (palette["data"], palette["model"], palette["data"], palette["residual"], palette["residual"])
        self._headings = [
            Stamp(pen.math(heading, Size.FORMULA, color)) for heading, color in zip(headings, colors, strict=True)
        ]
        # Powers of ten are long, and so are small numbers.
        stands = (lines.first, lines.flat, lines.tilted, lines.doubled, lines.best)
        cells = [cell for params in stands for row in [*self._cells(params), self._totals(params)] for cell in row]
        digits = Numerals(pen.engine, Size.BODY, palette.text)
        size = Size.BODY if max(map(digits.width, cells)) <= _CELL else Size.LABEL
        self._numerals = [Numerals(pen.engine, size, color) for color in colors]
        self._dots = [Stamp(pen.math(r"\vdots", Size.BODY, color)) for color in colors]
        self.rounded = not all(map(self._agrees, (lines.first, lines.flat, lines.tilted, lines.best)))
        self._sum = Stamp(pen.text(self._called(), Size.BODY))
        self._note = Stamp(pen.text("rounded", Size.LABEL, palette.muted))

    def _called(self) -> Message:
        """What the sums are called: of all rows where not all stand here, and rounded where they do not add up."""
        if self.whole:
            return message("sum, rounded") if self.rounded else message("sum")
        return message("sum of all, rounded") if self.rounded else message("sum of all")

    @property
    def bottom(self) -> float:
        """Baseline of the row of sums."""
        return self._row_y(self.rows + (not self.whole)) - 0.1

    def cells(self) -> list[tuple[str, str, str, str, str]]:
        """What stands in the rows: input, prediction, target, residual, square."""
        return self._cells(self._probe.params)

    def _cells(self, params: Array) -> list[tuple[str, str, str, str, str]]:
        data = self.lines.trajectory.data
        predictions = self.lines.trajectory.model.predict(params, data.x)
        residuals = self.lines.residuals(params)
        return [
            (
                self._write_x(float(data.x[k])),
                self.write(float(predictions[k])),
                self.write(float(data.y[k])),
                self.write(float(residuals[k])),
                self.write_square(float(residuals[k] ** 2)),
            )
            for k in range(self.rows)
        ]

    def totals(self) -> tuple[str, str]:
        """The sums over all rows: of the residuals, and of their squares."""
        return self._totals(self._probe.params)

    def _totals(self, params: Array) -> tuple[str, str]:
        squares = float((self.lines.residuals(params) ** 2).sum())
        total = self.lines.residual_sum(params)
        return self.write(total) if self.whole else _shorter(self.write, total), self.write_square(squares)

    def square_writer(self, params: Array) -> Callable[[float], str]:
        """How to write the squares of a line's residuals: with decimals enough for their column to add up, if it can.

        Of more rows than stand here nobody can add up the column.
        """
        squares = self.lines.residuals(params) ** 2
        total = self._write_squares(float(squares.sum()))
        if not self.whole and len(total) > _LONGEST:
            return partial(_shorter, self._write_squares)
        if self.whole and "^" not in total and not _add_up(squares, self._write_squares):
            # Exactly, if they can be; halves that are rounded either way add up by chance.
            for decimals in (decimals_in(squares), 3, 4):
                write = partial(fixed, decimals=decimals)
                longer = len(total) < len(write(float(squares.sum()))) <= _LONGEST
                if longer and _add_up(squares, write):
                    return write
        return self._write_squares

    def _agrees(self, params: Array) -> bool:
        """Whether a line's numbers follow from each other as they are written."""
        residuals, write_square = self.lines.residuals(params), self.square_writer(params)
        if self.whole and not (_add_up(residuals, self.write) and _add_up(residuals**2, write_square)):
            return False
        for k, (_, prediction, target, residual, _) in enumerate(self._cells(params)):
            square = write_square(float(residuals[k] ** 2))
            if "^" in prediction + target + residual + square:
                continue
            unit = 10.0 ** -len(square.partition(".")[2])
            if round(shown(prediction) - shown(target) - shown(residual), 9) != 0:
                return False
            if abs(shown(residual) ** 2 - shown(square)) > 0.5 * unit + 1e-9:
                return False
        return True

    def paint(self, canvas: Canvas) -> None:
        """Set headings, rows and sums."""
        left, palette = self._left, self._palette
        right = left + _EDGES[_RESIDUAL] + self.squares * (_EDGES[_SQUARE] - _EDGES[_RESIDUAL])
        if self.focus > 0:
            self._draw_focus(canvas)
        opacities = (1.0, 1.0, 1.0, 1.0, self.squares)
        for heading, edge, opacity in zip(self._headings, _EDGES, opacities, strict=True):
            heading.draw(canvas, left + edge, self._top, "right", opacity)
        canvas.line([(left, self._top - 0.18), (right, self._top - 0.18)], palette.muted, Stroke.GRID)
        for k, cells in enumerate(self.cells()):
            share = float(np.clip(self.arrived - k, 0.0, 1.0))
            for column_, (cell, opacity) in enumerate(zip(cells, opacities, strict=True)):
                self._set(canvas, column_, cell, self._row_y(k), share * opacity)
        if not self.whole:
            share = float(np.clip(self.arrived - self.rows + 1, 0.0, 1.0))
            for dots, edge, opacity in zip(self._dots, _EDGES, opacities, strict=True):
                dots.draw(canvas, left + edge - 0.25, self._row_y(self.rows), "right", share * opacity)
        self._draw_sums(canvas, right)

    def _draw_sums(self, canvas: Canvas, right: float) -> None:
        either, y = max(self.sums, self.square_sums), self.bottom
        if either <= 0:
            # The sums have it in their name.
            if self.rounded:
                self._note.draw(canvas, self._left, y, opacity=min(self.arrived, 1.0))
            return
        ends = [(self._left, y + 0.42), (right, y + 0.42)]
        canvas.line(ends, self._palette.muted, Stroke.GRID, either)
        self._sum.draw(canvas, self._left, y, opacity=either)
        residuals, squares = self.totals()
        self._set(canvas, _RESIDUAL, residuals, y, self.sums)
        self._set(canvas, _SQUARE, squares, y, self.square_sums)

    def _draw_focus(self, canvas: Canvas) -> None:
        y = self._row_y(self.lines.row)
        low, high = y - 0.14, y + 0.36
        left, right = self._left + _EDGES[_TARGET] + 0.15, self._left + _EDGES[_SQUARE] + 0.12
        corners = [(left, low), (right, low), (right, high), (left, high)]
        canvas.polygon(corners, self._palette["residual"], 0.2 * self.focus)

    def _set(self, canvas: Canvas, which: int, cell: str, y: float, opacity: float) -> None:
        if opacity > 0:
            self._numerals[which].draw(canvas, cell, self._left + _EDGES[which], y, "right", opacity)

    def _row_y(self, row: int) -> float:
        return self._top - 0.14 - (row + 1) * LEADING


def _add_up(values: Array, write: Callable[[float], str]) -> bool:
    """Whether the values as they are written add up to their sum as it is written."""
    terms, total = [write(float(value)) for value in values], write(float(values.sum()))
    return "^" in total + "".join(terms) or round(sum(map(shown, terms)), 9) == shown(total)


def _shorter(write: Callable[[float], str], value: float) -> str:
    """A number without its decimals, if with them it would be too long for its column."""
    text = write(value)
    return text if len(text) <= _LONGEST else fixed(value, 0) if abs(value) < LARGE else number(value)


def write_alike(values: Array) -> Callable[[float], str]:
    """How to write residuals and their squares: exactly where two decimals can, otherwise with four digits."""
    decimals, largest = decimals_in(values, 3), float(np.abs(values).max())
    if decimals > 2 or largest >= _LONG:
        # More than three would let neighbouring columns touch.
        decimals = min(decimals_for(values, 4), 3)
    if _SMALL <= largest < LARGE:
        return lambda value: fixed(value, decimals)
    return column(values, 4)
