"""A plane with axes: where data, curves and losses are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import tick_texts, ticks

_GAP = 0.18
_BETWEEN = 0.12
_AIR_LEFT, _AIR_BOTTOM, _AIR_TOP = 0.78, 0.72, 0.42


class Chart(Mobject):  # type: ignore[misc]
    """Maps data coordinates to the screen. Tween `rect` to move or resize all that is drawn in it.

    Attributes:
        rect: Left, bottom, right and top of everything, ticks and titles included, in Manim units.
        x_range: Data coordinates of the left and right end of the plane.
        y_range: Data coordinates of its lower and upper end.
    """

    def __init__(
        self,
        rect: Sequence[float],
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        air: Sequence[float] = (_AIR_LEFT, _AIR_BOTTOM, 0.15, _AIR_TOP),
    ) -> None:
        super().__init__()
        self.rect = np.array(rect, dtype=np.float64)
        self.x_range, self.y_range = x_range, y_range
        self._air = np.array(air) * np.array([1.0, 1.0, -1.0, -1.0])

    @property
    def plane(self) -> Array:
        """Left, bottom, right and top of the plane itself."""
        return self.rect + self._air

    def to_screen(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Array:
        """Data coordinates to screen positions (..., 2)."""
        left, bottom, right, top = self.plane
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        across = left + (np.asarray(x, dtype=np.float64) - x0) / (x1 - x0) * (right - left)
        up = bottom + (np.asarray(y, dtype=np.float64) - y0) / (y1 - y0) * (top - bottom)
        return np.stack(np.broadcast_arrays(across, up), axis=-1)

    def tangent(self, x: float, y: float, slope: float, half: float) -> Array:
        """Ends (2, 2) on the screen of a line through a point, `half` its length there on each side."""
        here, along = self.to_screen([x, x + 1.0], [y, y + slope])
        direction = (along - here) * (half / float(np.linalg.norm(along - here)))
        return np.stack([here - direction, here + direction])

    @contextmanager
    def clipped(self, canvas: Canvas, air: float = 0.0) -> Iterator[None]:
        """Within it nothing is drawn outside the plane and `air` around it."""
        left, bottom, right, top = self.plane.tolist()
        canvas.context.save()
        canvas.context.rectangle(left - air, bottom - air, right - left + 2 * air, top - bottom + 2 * air)
        canvas.context.clip()
        yield
        canvas.context.restore()


@dataclass(frozen=True)
class Ticks:
    """Marks of an axis.

    Attributes:
        places: Where they stand, in the chart's coordinates.
        texts: What is written there.
        rest: What the texts do not say: a power of ten to multiply them by, an offset to add.
    """

    places: Sequence[float]
    texts: Sequence[str]
    rest: str = ""

    @classmethod
    def round(cls, span: tuple[float, float], most: int = 6, mean: float = 0.0, scale: float = 1.0) -> Ticks:
        """Round numbers.

        Args:
            span: The axis, in the chart's coordinates.
            most: At most so many.
            mean: What stands at 0 of the chart's coordinates, in the units of the texts.
            scale: How long 1 of the chart's coordinates is in the units of the texts.
        """
        values = ticks(mean + scale * span[0], mean + scale * span[1], most)
        written = tick_texts(values)
        return cls(((values - mean) / scale).tolist(), written.texts, written.rest)

    def stamps(self, pen: Pen) -> list[Stamp]:
        """The texts, ready to be drawn."""
        return [Stamp(pen.number(text, Size.TICK, pen.palette.muted)) for text in self.texts]

    def beside(self, pen: Pen) -> Stamp | None:
        """What the texts do not say, to stand beside the axis' title."""
        return Stamp(pen.number(self.rest, Size.LABEL, pen.palette.muted)) if self.rest else None


class ChartAxes(Painting):
    """Grid, ticks and titles of a chart.

    Args:
        chart: What is drawn upon.
        x_title: Stands under the right end.
        y_title: Stands above the left end.
        pen: Writes the ticks.
        x_ticks: Marks of the x axis; round numbers if None.
        y_ticks: Likewise.
        most: At most so many ticks an axis.
    """

    def __init__(
        self,
        chart: Chart,
        x_title: Formula,
        y_title: Formula,
        pen: Pen,
        x_ticks: Ticks | None = None,
        y_ticks: Ticks | None = None,
        most: int = 6,
    ) -> None:
        super().__init__(chart)
        self._chart, self._palette = chart, pen.palette
        x_ticks = x_ticks or Ticks.round(chart.x_range, most)
        y_ticks = y_ticks or Ticks.round(chart.y_range, most)
        self._x_title, self._y_title = Stamp(x_title), Stamp(y_title)
        self._x_ticks = list(zip(x_ticks.places, x_ticks.stamps(pen), strict=True))
        self._y_ticks = list(zip(y_ticks.places, y_ticks.stamps(pen), strict=True))
        self._x_factor, self._y_factor = x_ticks.beside(pen), y_ticks.beside(pen)
        self._widest, self._broadest = (
            max((label.width for _, label in marks), default=0.0) for marks in (self._y_ticks, self._x_ticks)
        )

    def paint(self, canvas: Canvas) -> None:
        """Draw grid lines, the axis, ticks and titles."""
        left, bottom, right, _ = self._chart.plane.tolist()
        y_marks = self._chart.to_screen(self._chart.x_range[0], [value for value, _ in self._y_ticks])
        # In a low or narrow chart only every other tick has room, or every fourth.
        gap = abs(float(y_marks[1, 1] - y_marks[0, 1])) if len(y_marks) > 1 else 1.0
        every = next((k for k in (1, 2, 4, 8) if k * gap >= 1.5 * Size.TICK), 8)
        for (_, label), (_, y) in list(zip(self._y_ticks, y_marks.tolist(), strict=True))[::every]:
            self._draw_level(canvas, label, y)
        canvas.line([(left, bottom), (right, bottom)], self._palette.muted, Stroke.THIN)
        x_marks = self._chart.to_screen([value for value, _ in self._x_ticks], self._chart.y_range[0])
        gap = float(np.min(np.diff(x_marks[:, 0]))) if len(x_marks) > 1 else self._broadest
        every = next((k for k in (1, 2, 4) if k * gap >= self._broadest + _BETWEEN), 8)
        for (_, label), (x, _) in list(zip(self._x_ticks, x_marks.tolist(), strict=True))[::every]:
            self._draw_mark(canvas, label, x)
        self._draw_titles(canvas)

    def _draw_level(self, canvas: Canvas, label: Stamp, y: float, opacity: float = 1.0) -> None:
        left, _, right, _ = self._chart.plane.tolist()
        canvas.line([(left, y), (right, y)], self._palette.grid, Stroke.GRID, opacity)
        label.draw(canvas, left - 0.14, y - Size.TICK * 0.33, "right", opacity)

    def _draw_mark(self, canvas: Canvas, label: Stamp, x: float, opacity: float = 1.0) -> None:
        bottom = float(self._chart.plane[1])
        canvas.line([(x, bottom), (x, bottom - 0.07)], self._palette.muted, Stroke.GRID, opacity)
        label.draw(canvas, x, bottom - 0.32, "center", opacity)

    def _draw_titles(self, canvas: Canvas) -> None:
        left, bottom, right, top = self._chart.plane.tolist()
        if self._x_factor is not None:
            self._x_factor.draw(canvas, right, bottom - 0.68, "right")
            right -= self._x_factor.width + _GAP
        self._x_title.draw(canvas, right, bottom - 0.68, "right")
        start = left - 0.14 - self._widest
        self._y_title.draw(canvas, start, top + 0.2)
        if self._y_factor is not None:
            self._y_factor.draw(canvas, start + self._y_title.width + _GAP, top + 0.2)
