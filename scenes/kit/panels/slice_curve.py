"""The loss over one parameter while the others stand still: a slice through the landscape."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory, gradient, mean_loss
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen

_TANGENT = 1.1
"""Half its length, in Manim units."""


class SliceCurve(Group):
    """Loss against one parameter, and the point where a probe stands.

    Attributes:
        chart: The plane.
        trace: The curve; tween `trace.reach` to draw it, `trace.tangent` to show its slope at the point.
    """

    def __init__(
        self,
        rect: tuple[float, float, float, float],
        trajectory: Trajectory,
        probe: Probe,
        parameter: int,
        span: tuple[float, float],
        pen: Pen,
    ) -> None:
        super().__init__()
        name = trajectory.model.parameters[parameter]
        self.trace = SliceTrace(trajectory, probe, parameter, span, pen)
        top = float(self.trace.losses.max()) * 1.08
        self.chart = Chart(rect, span, (0.0, top))
        self.trace.chart = self.chart
        x_title = pen.math(name, Size.FORMULA, pen.palette[name])
        y_title = pen.math("J", Size.FORMULA, pen.palette["loss"])
        self.axes = ChartAxes(self.chart, x_title, y_title, pen, most=5)
        self.add(self.axes, self.trace)


class SliceTrace(Painting):
    """The curve between `start`, at first where the probe stands, and `reach`.

    Attributes:
        start: Value of the parameter from which on the curve is drawn.
        reach: Value of the parameter up to which it is drawn.
        tangent: Opacity of the tangent at the point.
    """

    chart: Chart

    def __init__(
        self, trajectory: Trajectory, probe: Probe, parameter: int, span: tuple[float, float], pen: Pen
    ) -> None:
        super().__init__(probe)
        self.trajectory, self._probe, self.parameter, self._palette = trajectory, probe, parameter, pen.palette
        self.start = self.reach = float(probe.params[parameter])
        self.tangent = 0.0
        self._values = np.linspace(*span, 200)
        self.losses = self.loss(self._values)

    def loss(self, values: Array) -> Array:
        """The loss with the parameter at `values` (k,) and the others where the probe began."""
        params = np.repeat(self._probe.params[None], len(values), axis=0)
        params[:, self.parameter] = values
        losses: Array = mean_loss(self.trajectory.model, self.trajectory.loss_function, params, self.trajectory.data)
        return losses

    def here(self) -> float:
        """The loss where the probe stands."""
        return float(self.loss(self._probe.params[[self.parameter]])[0])

    def paint(self, canvas: Canvas) -> None:
        """Draw the curve, its tangent and the point."""
        low, high = sorted((self.start, self.reach))
        if low < high:
            inner = self._values[(self._values > low) & (self._values < high)]
            values = np.concatenate([[low], inner, [high]])
            canvas.line(self.chart.to_screen(values, self.loss(values)), self._palette["loss"], Stroke.CURVE)
        at = np.array([self._probe.params[self.parameter]])
        loss = self.loss(at)
        if self.tangent > 0:
            self._draw_tangent(canvas, float(at[0]), float(loss[0]))
        ((x, y),) = self.chart.to_screen(at, loss).tolist()
        canvas.disc(x, y, DOT_RADIUS * 1.15, self._palette["loss"], self._palette.outline)

    def slope(self) -> float:
        """Slope of the curve at the point: the partial derivative."""
        trajectory = self.trajectory
        slopes = gradient(trajectory.model, trajectory.loss_function, self._probe.params, trajectory.data)
        return float(slopes[self.parameter])

    def _draw_tangent(self, canvas: Canvas, at: float, loss: float) -> None:
        canvas.context.save()
        self.chart.clip(canvas, air=0.15)
        ends = self.chart.tangent(at, loss, self.slope(), _TANGENT)
        canvas.line(ends, self._palette["gradient"], Stroke.NORMAL, self.tangent)
        canvas.context.restore()
