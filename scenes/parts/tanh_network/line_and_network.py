"""A straight line beside a network: what each misses by, and what the network says beyond its data."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import Mobject

from fitting import Dataset, Trajectory
from fitting.arrays import Array
from fitting.models import MODELS
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.curves import CurveLine
from scenes.kit.panels.fit import FitLayer, FitPanel
from scenes.kit.panels.three_models import looks
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.letters import B2, PREDICTION, W2, J, X
from scenes.kit.words.message import Math, message

_BESIDE = 0.14
"""Between a forecast's line and its value."""

_BOUND = f"{W2} + {B2}"


def best_line(data: Dataset) -> tuple[Array, float]:
    """W and b of a line with the least mean absolute error, and that error.

    Some line of least absolute error goes through two of the points: the error is convex and bent only where a residual
    is 0, so it is least at a corner. Of several such lines that with the smallest largest residual is taken.

    Source:
        Bloomfield and Steiger, Least Absolute Deviations, 1983, chapter 1.
    """
    lines = []
    for (x0, y0), (x1, y1) in itertools.combinations(zip(data.x, data.y, strict=True), 2):
        if x0 != x1:
            w = (y1 - y0) / (x1 - x0)
            b = y0 - w * x0
            residuals = np.abs(w * data.x + b - data.y)
            # Lines that differ by rounding alone miss by the same.
            lines.append((round(float(residuals.mean()), 12), float(residuals.max()), w, b))
    error, _, w, b = min(lines)
    return np.array([w, b]), error


def least_error(data: Dataset, line: Array, left: float, pen: Pen) -> Group:
    """How far a line misses each point, and on average."""
    palette = pen.palette
    residuals = np.abs(MODELS["linear"].predict(line, data.x) - data.y)
    # What is added is what stands there.
    misses = " + ".join(f"{value:.2f}" if value > 0.005 else "0" for value in residuals.tolist())
    loss = rf"{J} = \frac{{\textcolor{{residual}}{{{misses}}}}}{{{len(residuals)}}}"
    return Group(
        pen.text("mean absolute error of a line, at best:", Size.BODY, palette.muted).at(left, -1.2),
        pen.math(rf"{loss} = \textcolor{{loss}}{{{residuals.mean():.2f}}}", Size.FORMULA).at(left, -2.05),
    )


def comparison(line_loss: float, trajectory: Trajectory, left: float, top: float, pen: Pen) -> Group:
    """Number of parameters and loss of the best line and of the network."""
    palette = pen.palette
    parameters = pen.text("parameters", Size.BODY, palette.muted)
    error = pen.text("error ${cost}$", Size.BODY, palette.muted, cost=Math(J))
    rows = (
        (parameters, palette.text, ("2", str(len(trajectory.model.parameters)))),
        (error, palette["loss"], (f"{line_loss:.2f}", f"{trajectory.final_loss:.4f}")),
    )
    places = left + 3.9, left + 6.0
    heads = pen.text("line, at best", Size.BODY, palette.muted), pen.text("network", Size.BODY, palette["model"])
    members = [head.at(x, top, "right") for head, x in zip(heads, places, strict=True)]
    for k, (label, color, cells) in enumerate(rows):
        y = top - 0.7 * (k + 1)
        members.append(label.at(left, y))
        members.extend(
            pen.number(text, Size.FORMULA, color).at(x, y, "right") for text, x in zip(cells, places, strict=True)
        )
    return Group(*members)


def network_panel(chart: Chart, trajectory: Trajectory, params: Mobject, pen: Pen) -> FitPanel:
    """The notes' houses and a network's curve in a plane."""
    muted = pen.palette.muted
    titles = message("floors"), message("price, 100,000 EUR")
    floors, price = (pen.text(title, Size.LABEL, muted) for title in titles)
    axes = ChartAxes(chart, floors, price, pen, most=8)
    return FitPanel(chart, (axes,), trajectory.data, trajectory.model, params, pen)


def line_layer(chart: Chart, trajectory: Trajectory, line: Array, pen: Pen) -> FitLayer:
    """A straight line in the same plane."""
    return FitLayer(chart, trajectory.data, MODELS["linear"], Probe(line), pen)


def line_beside(chart: Chart, line: Array, pen: Pen) -> CurveLine:
    """The same line where the network is the model: drawn as what it is compared with."""
    look, _, _ = looks(pen.palette)
    return CurveLine(chart, lambda x: MODELS["linear"].predict(line, x), look)


class Forecasts(Painting):
    """What a fitted tanh network says beyond its data, and the height that it never exceeds.

    Attributes:
        shown: How many of the forecasts are drawn, then the bound: tween from 0 to `len(places) + 1`.
    """

    def __init__(self, chart: Chart, trajectory: Trajectory, places: Sequence[float], pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._trajectory, self._palette = chart, trajectory, pen.palette
        self._places = np.array(places)
        self.shown = 0.0
        self.values = trajectory.model.predict(trajectory.final_params, self._places)
        self.bound = float(trajectory.final_params[2:].sum())
        self._labels = [Stamp(pen.number(f"{value:.2f}", Size.LABEL, pen.palette["model"])) for value in self.values]
        self._name = Stamp(pen.math(_BOUND, Size.BODY))
        self._pen = pen

    def formulas(self, left: float, top: float) -> tuple[Formula, Formula]:
        """The first forecast and the bound, with numbers."""
        w2, b2 = self._trajectory.final_params[2:].tolist()
        x = rf"\textcolor{{data}}{{{self._places[0]:g}}}"
        first = rf"{PREDICTION} = {self.values[0]:.2f} \quad \text{{at}} \quad {X} = {x}"
        sum_ = rf"\textcolor{{W2}}{{{w2:.2f}}} + \textcolor{{b2}}{{{b2:.2f}}} = {self.bound:.2f}"
        bound = rf"{PREDICTION} < {_BOUND} = {sum_}"
        return self._pen.math(first).at(left, top), self._pen.math(bound).at(left, top - 0.9)

    def paint(self, canvas: Canvas) -> None:
        """Draw each forecast with its value, and the bound."""
        chart, palette = self._chart, self._palette
        left, bottom, right, _ = chart.plane.tolist()
        feet = chart.to_screen(self._places, self.values).tolist()
        for k, ((x, y), label) in enumerate(zip(feet, self._labels, strict=True)):
            opacity = float(np.clip(self.shown - k, 0.0, 1.0))
            if opacity > 0:
                canvas.line([(x, bottom), (x, y)], palette["model"], Stroke.THIN, opacity, dash=(0.1, 0.08))
                canvas.disc(x, y, DOT_RADIUS * 1.1, palette["model"], palette.outline, opacity)
                label.draw(canvas, x + _BESIDE, y - 0.42, "left", opacity, palette.background)
        opacity = float(np.clip(self.shown - len(self._labels), 0.0, 1.0))
        if opacity > 0:
            height = float(chart.to_screen(0.0, self.bound)[1])
            canvas.line([(left, height), (right, height)], palette.text, Stroke.THIN, opacity, dash=(0.12, 0.09))
            self._name.draw(canvas, left + 0.2, height + 0.14, opacity=opacity, halo=palette.background)
