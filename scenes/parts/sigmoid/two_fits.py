"""The fits of both costs in one chart: from afar one curve covers the other, close by there are two."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import ChartAxes, Ticks
from scenes.kit.panels.curves import CurveLine, Look, ZoomChart
from scenes.kit.panels.data_dots import DataDots
from scenes.kit.panels.several_runs import prediction
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import J_CE, J_MSE
from scenes.kit.words.message import message

Ranges = tuple[tuple[float, float], tuple[float, float]]

CLOSE: Ranges = ((3.94, 4.06), (9.13, 9.83))
"""Around the tallest house: one curve passes above it, the other below."""

_NAMED = ((3.975, -0.18, 0.28, "right"), (4.02, 0.18, -0.36, "left"))
"""Input at which each name stands, how far beside and above its curve, and with which edge."""


class TwoFits(Group):
    """Two fitted curves among the data, the squared error's dashed.

    Args:
        runs: The descent on the squared error, and the one on the cross-entropy.
        rect: Left, bottom, right and top of everything.
        far: Ranges of both axes at first.
        pen: Writes.

    Attributes:
        chart: Tween its `zoom` from 0 to 1 to see two curves.
        far: Axes for the first ranges.
        near: What belongs to the last ones, unseen at first: their axes, and the names of the costs at the curves.
        curves: The fits.
    """

    def __init__(
        self, runs: tuple[Trajectory, Trajectory], rect: tuple[float, float, float, float], far: Ranges, pen: Pen
    ) -> None:
        palette = pen.palette
        self.chart = ZoomChart(rect, (far, CLOSE), (0.78, 0.72, 0.15, 0.42))
        looks = Look(palette["model"], (0.16, 0.1)), Look(palette["model"])
        curves = [
            CurveLine(self.chart, prediction(run.model, Probe(run.final_params)), look)
            for run, look in zip(runs, looks, strict=True)
        ]
        self.chart.zoom = 1.0
        names = [
            pen.math(letter, Size.BODY).at(x + beside, y + above, edge)
            for letter, curve, (at, beside, above, edge) in zip((J_MSE, J_CE), curves, _NAMED, strict=True)
            for x, y in self.chart.to_screen(at, curve.function(np.array([at]))).tolist()
        ]
        self.chart.zoom = 0.0
        self.far, axes = (self._axes(ranges, pen) for ranges in self.chart.ranges)
        self.near = Group(axes, *names)
        self.near.opacity = 0.0
        self.curves = tuple(curves)
        super().__init__(*curves, DataDots(self.chart, runs[0].data, pen))

    def _axes(self, ranges: Ranges, pen: Pen) -> ChartAxes:
        titles = message("floors"), message("price, 100,000 EUR")
        floors, price = (pen.text(title, Size.LABEL, pen.palette.muted) for title in titles)
        x_ticks, y_ticks = (Ticks.round(span) for span in ranges)
        return ChartAxes(self.chart, floors, price, pen, x_ticks, y_ticks)
