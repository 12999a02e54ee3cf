"""A descent along one parameter as a table: value, slope and step, each step also as an arrow of its length."""

from __future__ import annotations

from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import RATE
from scenes.kit.words.numbers import column, count, fixed
from scenes.parts.gradient_descent.parabola_panel import Walk
from scenes.parts.gradient_descent.update_rule import partial

_LEADING = 0.52
_RIGHTS = (0.5, 1.8, 3.4, 5.0)
_ARROW = 5.2


class StepTable(Painting):
    """One row a step, written when its arrow grows.

    Args:
        walk: The descent.
        unit: How long 1 of the parameter is, in Manim units: arrows have this scale.
        rows: Number of steps.
        left: Left edge.
        top: Baseline of the headings.
        pen: Writes it.
    """

    def __init__(self, walk: Walk, unit: float, rows: int, left: float, top: float, pen: Pen) -> None:
        super().__init__(walk.clock)
        self.walk, self._unit, self._rows = walk, unit, rows
        self._left, self._top = left, top
        descent, palette = walk.descent, pen.palette
        name = descent.slice.name
        self._headings = [
            Stamp(pen.text("step", Size.LABEL, palette.muted)),
            Stamp(pen.math(name, Size.BODY, palette[name])),
            Stamp(pen.math(partial(name), Size.BODY, palette["gradient"])),
            Stamp(pen.math(rf"-{RATE} \, {partial(name)}", Size.BODY)),
        ]
        self._numerals = [
            Numerals(pen.engine, Size.BODY, color)
            for color in (palette.muted, palette[name], palette["gradient"], palette[name])
        ]
        self._color, self._rule = palette[name], palette.muted
        self._steps = -descent.rate * descent.slopes
        self._write_slope = column(descent.slopes)

    def cells(self, step: int) -> tuple[str, str, str, str]:
        """The row of a step: its number, where it starts, the slope there, and how far it goes."""
        descent = self.walk.descent
        return (
            count(step + 1),
            fixed(float(descent.values[step]), 4),
            self._write_slope(float(descent.slopes[step])),
            fixed(float(self._steps[step]), 4),
        )

    def paint(self, canvas: Canvas) -> None:
        """Set the headings and the rows so far."""
        for heading, right in zip(self._headings, _RIGHTS, strict=True):
            heading.draw(canvas, self._left + right, self._top, "right")
        rule = self._top - 0.38
        canvas.line(
            [(self._left, rule), (self._left + _ARROW + self._unit * float(self._steps[0]), rule)],
            self._rule,
            Stroke.GRID,
        )
        done, share, _ = self.walk.phases
        for step in range(min(done + (share > 0), self._rows)):
            y = self._top - 0.4 - (step + 1) * _LEADING
            grown = 1.0 if step < done else share
            for numerals, cell, right in zip(self._numerals, self.cells(step), _RIGHTS, strict=True):
                numerals.draw(canvas, cell, self._left + right, y, "right", min(1.0, 3 * grown))
            start = (self._left + _ARROW, y + 0.11)
            end = (start[0] + grown * self._unit * float(self._steps[step]), start[1])
            canvas.arrow(start, end, self._color, Stroke.NORMAL)
