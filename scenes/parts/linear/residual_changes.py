"""The residuals of the first rows of the data while the line is moved, and how much each has changed by it."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.drawing.frame import COLUMN, ROOM
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.panels.summary import residuals
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.window import nudges
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import RESIDUAL_I, X_I
from scenes.kit.words.numbers import MINUS, as_given, column

_LEADING = 0.48
_MOST = 4


_NAME = 1.4
"""Width that the name of a row may take: numbers stand in what is left."""


class ResidualChanges(Painting):
    """Three rows: x_i, r_i = W x_i + b - y_i where the probe stands, and r_i less what it was at the run's start.

    Args:
        trajectory: Gives model, data and the start.
        probe: The parameters now.
        top: Baseline of the first row.
        pen: Writes.
    """

    def __init__(self, trajectory: Trajectory, probe: Probe, top: float, pen: Pen) -> None:
        super().__init__(probe)
        self._trajectory, self._probe, self._top = trajectory, probe, top
        self._start, _ = residuals(trajectory)
        palette, size = pen.palette, Size.BODY
        colors = palette["data"], palette["residual"], palette.muted
        names = pen.math(X_I, size), pen.math(RESIDUAL_I, size), pen.text("change", size, colors[2], room=_NAME)
        self._names = [Stamp(name) for name in names]
        self._numerals = [Numerals(pen.engine, size, color) for color in colors]
        self._first = max(name.width for name in self._names) + 0.1
        self._shown, self._write_x, self._write = self._fitting()
        self._apart = (ROOM - self._first) / self._shown

    @property
    def changes(self) -> Array:
        """How much larger each residual is than at the start, (n,)."""
        moved = self._trajectory.model.predict(self._probe.params, self._trajectory.data.x)
        return np.asarray(moved - self._trajectory.data.y - self._start)

    def rows(self) -> list[list[str]]:
        """The numbers as they are shown, row by row."""
        changes = self.changes[: self._shown]
        x, now = self._trajectory.data.x[: self._shown], self._start[: self._shown] + changes
        return [
            [self._write_x(float(value)) for value in x],
            [self._write(float(value)) for value in now],
            [self._signed(float(value)) for value in changes],
        ]

    def paint(self, canvas: Canvas) -> None:
        """Set the rows in columns."""
        for k, (name, numerals, cells) in enumerate(zip(self._names, self._numerals, self.rows(), strict=True)):
            y = self._top - k * _LEADING
            name.draw(canvas, COLUMN, y)
            for place, cell in enumerate(cells, start=1):
                numerals.draw(canvas, cell, COLUMN + self._first + place * self._apart, y, "right")

    def _fitting(self) -> tuple[int, Callable[[float], str], Callable[[float], str]]:
        """How many rows there is room for, and how their numbers are written, wherever the line is moved by hand."""
        more_w, more_b = nudges(self._trajectory)
        x, width = self._trajectory.data.x, self._numerals[1].width
        moved = [np.zeros_like(x), more_w * x, np.full_like(x, more_b)]
        for most, digits in itertools.product((_MOST, _MOST - 1), (4, 3, 2)):
            changes = np.concatenate([change[:most] for change in moved])
            now = changes + np.tile(self._start[:most], len(moved))
            write = column(np.concatenate([now, changes]), digits)
            room = (ROOM - self._first) / most - 0.1
            exact = as_given(x)
            write_x = exact if all(width(exact(float(value))) < room for value in x[:most]) else column(x, digits)
            texts = [write_x(float(value)) for value in x[:most]]
            texts += [f"+{write(abs(float(value)))}" for value in (*now, *changes)]
            if max(map(width, texts)) < room:
                break
        return most, write_x, write

    def _signed(self, value: float) -> str:
        text = self._write(value)
        return text if text.startswith(MINUS) else f"+{text}"
