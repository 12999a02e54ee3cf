"""Residuals in a chart: an arrow from each target to its prediction, with its sign, and the square of one of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.data_dots import FEW
from scenes.kit.panels.fit import FitLayer, FitPanel
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals
from scenes.parts.cost.lines import CostLines, W, table_rows

LABELLED = 8
"""Up to so many residuals carry their number."""

_APART = 0.9
"""Residuals that stand closer, in Manim units, have no room for numbers between them."""

_ASIDE = 0.16
"""Distance of a number from its arrow."""

_SHORT = 0.45
"""Beside a shorter arrow, in Manim units, its number would stand on the line."""

_FAINT = 0.2
"""Squares of this opacity already cross out what stands on their edges."""


class ResidualMarks(Painting):
    """Arrows of length |prediction - target|: upwards where the line is above the point, and the residual positive.

    Of many rows the first ones are drawn: thousands of lines would be a smear.

    Attributes:
        arrived: How many residuals of the table's rows have appeared; one more brings all the others.
        row: Index of the residual that is doubled.
        focus: Opacity of the square on the residual that is doubled, divided where it was when it was single.
    """

    def __init__(self, chart: Chart, lines: CostLines, probe: Probe, write: Callable[[float], str], pen: Pen) -> None:
        super().__init__(chart, probe)
        self._chart, self._lines, self._probe, self._write, self._palette = chart, lines, probe, write, pen.palette
        data = lines.trajectory.data
        self._drawn = min(len(data.x), FEW)
        self._rows = table_rows(len(data.x))
        self.row = lines.row
        self.arrived = 0.0
        self.focus = 0.0

    def signed(self) -> list[str]:
        """The residuals that are drawn, each with its sign."""
        residuals = self._lines.residuals(self._probe.params)[: self._drawn].tolist()
        texts = [self._write(value) for value in residuals]
        return [
            f"+{text}" if value > 0 and text.strip("0.,") else text
            for value, text in zip(residuals, texts, strict=True)
        ]

    def ends(self) -> tuple[Array, Array]:
        """Where the arrows start and end on the screen, (k, 2) each: targets and predictions."""
        data = self._lines.trajectory.data
        x, y = data.x[: self._drawn], data.y[: self._drawn]
        predictions = self._lines.trajectory.model.predict(self._probe.params, x)
        return self._chart.to_screen(x, y), self._chart.to_screen(x, predictions)

    def paint(self, canvas: Canvas) -> None:
        """Draw the square and the arrows."""
        targets, predictions = self.ends()
        with self._chart.clipped(canvas, air=0.02):
            if self.focus > 0:
                self._draw_focus(canvas, targets[self._lines.row], predictions[self._lines.row])
            few = self._drawn <= LABELLED
            for k, (start, end) in enumerate(zip(targets.tolist(), predictions.tolist(), strict=True)):
                tip = [start[0], start[1] + (end[1] - start[1]) * self.share(k)]
                # Among many, the one that is looked at stands out.
                opacity = 1.0 if few or k == self._lines.row else 1.0 - 0.75 * self.focus
                canvas.arrow(start, tip, self._palette["residual"], 0.055 if few else 0.022, opacity)

    def share(self, row: int) -> float:
        """How much of a residual's arrow is drawn."""
        return float(np.clip(self.arrived - min(row, self._rows), 0.0, 1.0))

    def _draw_focus(self, canvas: Canvas, target: Array, prediction: Array) -> None:
        """The square, and lines where the single residual ended: at twice the residual they cut it into four."""
        left, _, right, _ = self._chart.plane.tolist()
        (x, y), foot = target.tolist(), float(prediction[1])
        side = foot - y
        across = abs(side) if x < (left + right) / 2 else -abs(side)
        color = self._palette["residual"]
        square = [(x, y), (x + across, y), (x + across, foot), (x, foot)]
        canvas.polygon(square, color, 0.34 * self.focus)
        canvas.line([*square, square[0]], color, Stroke.THIN, self.focus)
        params = self._probe.params
        single = self._lines.residuals(self._lines.first)[self._lines.row]
        share = float(single / self._lines.residuals(params)[self._lines.row])
        if 0 < share <= 1:
            u, v = x + share * across, y + share * side
            canvas.polygon([(x, y), (u, y), (u, v), (x, v)], color, 0.4 * self.focus)
            for ends in ([(u, y), (u, foot)], [(x, v), (x + across, v)]):
                canvas.line(ends, self._palette.text, Stroke.THIN, 0.8 * self.focus)


class ResidualNumbers(Painting):
    """The residuals with their signs, each beside its arrow; where there is no room for all, there are none.

    Where squares are, numbers would stand on them: they go, but for the one whose square is looked at.
    """

    def __init__(
        self, chart: Chart, lines: CostLines, marks: ResidualMarks, layer: FitLayer, probe: Probe, pen: Pen
    ) -> None:
        super().__init__(chart, marks, layer, probe)
        self._chart, self._marks, self._layer = chart, marks, layer
        # The side on which a rising line is not, above its point, or below it; a side changed on the way would jump.
        self._rising = bool(lines.first[W] >= 0)
        self._right = lines.residuals(lines.first) * lines.first[W] >= 0
        self._numerals = Numerals(pen.engine, Size.LABEL, pen.palette["residual"])

    def paint(self, canvas: Canvas) -> None:
        """Set the numbers on the side where the first line is not, short residuals' beyond their point."""
        targets, predictions = self._marks.ends()
        places = np.sort(targets[:, 0])
        if len(targets) > LABELLED or np.diff(places).min() < _APART:
            return
        left, bottom, right, top = self._chart.plane.tolist()
        middle = (left + right) / 2
        taken: list[tuple[float, float, float]] = []
        for k, text in enumerate(self._marks.signed()):
            (x, y), foot = targets[k].tolist(), float(predictions[k, 1])
            opacity = max(0.0, 2 * self._marks.share(k) - 1) * self.beside_squares(k)
            after, height = bool(self._right[k]), (y + foot) / 2 - 0.09
            if abs(foot - y) < _SHORT:
                after = (foot >= y) == self._rising
                height = y - 0.35 if foot >= y else y + 0.17
            if k == self._marks.row and after == (x < middle):
                # On the square that is filled its number could not be read; it stands in the table.
                opacity *= 1.0 - min(1.0, self._marks.focus + self._layer.squares)
            # Where the line has left the plane, the number stays inside.
            height = float(np.clip(height, bottom + 0.1, top - 0.3))
            width = self._numerals.width(text)
            start = x + _ASIDE if after else x - _ASIDE - width
            # One that would stand on another, or on the ticks, goes.
            free = start > left and all(
                start > end or start + width < begin or abs(height - y) > Size.LABEL for begin, end, y in taken
            )
            if opacity > 0 and free:
                taken.append((start, start + width, height))
                self._numerals.draw(
                    canvas, text, x + (_ASIDE if after else -_ASIDE), height, "left" if after else "right", opacity
                )

    def beside_squares(self, row: int) -> float:
        """Opacity that squares leave to a residual's number."""
        kept = self._marks.focus if row == self._marks.row else 0.0
        return float(np.clip(1.0 - (1.0 - kept) * self._layer.squares / _FAINT, 0.0, 1.0))


def stacked(fit: FitPanel, marks: ResidualMarks, numbers: ResidualNumbers) -> tuple[Mobject, ...]:
    """A fit and its residuals in drawing order; what is in front is drawn again whenever what is behind it moves.

    Few points stand in front of their residuals; many would hide them.
    """
    if len(fit.dots.data.x) > FEW:
        return fit, marks, numbers
    fit.layer.in_front_of(marks)
    return marks, fit, numbers
