"""A descent of a network with one hidden unit: the fit with the place of its kink, the loss, the numbers."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.live import LiveNumber
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import small_readout
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import B1, W1
from scenes.kit.words.numbers import fixed
from scenes.parts.backpropagation.relu_network import kink

HALVES = (LEFT, -2.75, -0.25, 2.6), (0.15, -2.75, RIGHT, 2.6)
"""Where fit and loss curve stand."""


def network_descent(lesson: Lesson, replay: Replay, pen: Pen) -> tuple[FitPanel, KinkMark, LossCurve, Group]:
    """Panels that follow a run of the ReLU network on the notes' houses.

    Args:
        lesson: Names the axes.
        replay: The run.
        pen: Writes.

    Returns:
        The fit, the mark at its kink, the loss curve, and the row of numbers.
    """
    chart = Chart(HALVES[0], (-2.4, 4.5), (-1.0, 10.5))
    panel = FitPanel.of(lesson, chart, replay, pen)
    panel.layer.curve = panel.layer.drawn = 1.0
    panel.layer.residuals = 0.6
    return panel, KinkMark(chart, replay, pen), LossCurve(HALVES[1], replay, pen), small_readout(replay, pen)


def passed(trajectory: Trajectory, sample: int) -> int:
    """The first step after which the curve is on the other side of a sample than at the start."""
    data = trajectory.data
    signs = [np.sign(trajectory.model.predict(params, data.x) - data.y)[sample] for params in trajectory.params]
    return int(trajectory.steps[np.flatnonzero(np.array(signs) != signs[0])[0]])


def residual_number(chart: Chart, replay: Replay, sample: int, pen: Pen) -> LiveNumber:
    """The residual of one sample at the last record reached, below its point."""
    trajectory = replay.trajectory
    x, y = trajectory.data.x[sample : sample + 1], float(trajectory.data.y[sample])

    def value() -> float:
        return float(trajectory.model.predict(trajectory.params[replay.moment.record], x)[0]) - y

    left, baseline = chart.to_screen(float(x[0]) - 0.65, 0.2 * y).tolist()
    return LiveNumber(
        f"r_{sample + 1}",
        "residual",
        value,
        lambda number: fixed(number, 3),
        (left, baseline),
        pen,
        replay,
        size=Size.BODY,
    )


class KinkMark(Painting):
    """A dashed line at x = -b1 / W1, and the place in numbers."""

    def __init__(self, chart: Chart, replay: Replay, pen: Pen) -> None:
        super().__init__(chart, replay)
        self._chart, self._replay, self._palette = chart, replay, pen.palette
        self._label = Stamp(pen.math(rf"\text{{kink: }} -{B1} / {W1} =", Size.BODY, pen.palette["model"]))
        self._numerals = Numerals(pen.engine, Size.BODY, pen.palette["model"])

    @property
    def place(self) -> float:
        """Where the kink is now."""
        return kink(self._replay.params)

    @property
    def written(self) -> str:
        """The place in numbers."""
        return fixed(self.place, 3)

    def paint(self, canvas: Canvas) -> None:
        """Draw line, point and number."""
        left, bottom, right, top = self._chart.plane.tolist()
        x, y = self._chart.to_screen(self.place, self._replay.params[3]).tolist()
        color = self._palette["model"]
        label = top - 0.16 * (top - bottom)
        if left <= x <= right:
            canvas.line([(x, bottom), (x, label - 0.22)], color, Stroke.THIN, 0.8, dash=(0.1, 0.08))
            canvas.disc(x, y, DOT_RADIUS, color, self._palette.outline)
        self._label.draw(canvas, left + 0.25, label)
        self._numerals.draw(canvas, self.written, left + 0.39 + self._label.width, label)
