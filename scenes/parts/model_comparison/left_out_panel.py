"""A house left out of the fits: a ring where it was, what each model predicts of it, and the table of errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitting import Dataset
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.curves import Look
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Table
from scenes.kit.words.message import Exact
from scenes.kit.words.numbers import fixed
from scenes.parts.model_comparison.leave_one_out import LeaveOneOut, with_scale

RING, PREDICTION = 0.15, 0.065
"""Radius of the ring, and of the marks of what is predicted."""

_LEADING = 0.52


class LeftOutHouse(Painting):
    """The house that is left out as a ring, and beside it the errors of all models there.

    Attributes:
        house: Index of the house.
        errors: Opacity of the errors.
    """

    def __init__(
        self, chart: Chart, data: Dataset, results: Sequence[LeaveOneOut], looks: Sequence[Look], pen: Pen
    ) -> None:
        super().__init__(chart)
        self._chart, self._data, self._palette = chart, data, pen.palette
        self._results, self._looks = list(results), list(looks)
        self.house = 0
        self.errors = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw the ring over the dot, each prediction at its height, and a line to it."""
        palette = self._palette
        x, y = float(self._data.x[self.house]), float(self._data.y[self.house])
        heights = [float(result.predictions[self.house]) for result in self._results]
        (middle, level), *ends = self._chart.to_screen(x, np.array([y, *heights])).tolist()
        for _, up in ends if self.errors > 0 else ():
            canvas.line([(middle, level), (middle, up)], palette["residual"], Stroke.NORMAL * 1.2, self.errors)
        canvas.disc(middle, level, RING, palette["data"])
        canvas.disc(middle, level, RING - 0.035, palette.background)
        # Predictions stand on their curves: one that is nearly right is seen inside the ring.
        for (_, up), look in zip(ends, self._looks, strict=True):
            canvas.disc(middle, up, PREDICTION, look.color, palette.outline, self.errors)


def scale_rows(scales: Sequence[float], right: float, left: float, top: float, pen: Pen) -> Group:
    """The mean square of the sigmoid with other numbers in the place of its 20, a row each."""
    rows = []
    for k, scale in enumerate(scales):
        y = top - k * _LEADING
        rows += [
            pen.text("{scale} in place of 20", Size.BODY, pen.palette.muted, scale=Exact(scale)).at(left, y),
            pen.number(fixed(with_scale(scale).mean_square, 2), Size.BODY).at(left + right, y, "right"),
        ]
    return Group(*rows)


def error_table(
    results: Sequence[LeaveOneOut],
    looks: Sequence[Look],
    names: Sequence[Formula],
    x: Sequence[float],
    left: float,
    top: float,
    pen: Pen,
) -> Table:
    """What each model misses the house by that it has not seen: a row a house, and their mean squares.

    Args:
        results: One for each model.
        looks: How each model is drawn.
        names: Headings.
        x: Inputs of the houses.
        left: Left edge.
        top: Baseline of the headings.
        pen: Writes it.
    """
    color = pen.palette["data"]
    floors = Column(pen.text("floors", Size.BODY, color), [f"{value:g}" for value in x], color, 0.8)
    errors = (
        Column(
            name, [fixed(error, 2) for error in result.errors.tolist()], look.color, right, fixed(result.mean_square, 2)
        )
        for result, look, name, right in zip(results, looks, names, (2.75, 4.25, 5.75), strict=True)
    )
    return Table([floors, *errors], left, top, pen, _LEADING)
