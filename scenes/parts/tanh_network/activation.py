"""Activation functions of a network: their formulas, with every line checked, and a chart of value and slope."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from fitting.derivation import Derivation, Line
from fitting.differences import central_difference
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp

SLOPE = 1e-6
"""Of the LeakyReLU left of 0, as in the notes."""

_TANGENT = 0.85
"""Half a tangent's length, in Manim units."""

_GLOW = 0.3
"""Width of the light behind the part of a curve that a run uses."""

_UP, _DOWN = "e^{a} + e^{-a}", "e^{a} - e^{-a}"


def _up(a: Array) -> Array:
    return np.asarray(np.exp(a) + np.exp(-a))


def _down(a: Array) -> Array:
    return np.asarray(np.exp(a) - np.exp(-a))


def tanh(a: Array) -> Array:
    """tanh(a) = (e^a - e^-a) / (e^a + e^-a)."""
    return _down(a) / _up(a)


def leaky_relu(a: Array) -> Array:
    """a for a > 0, and SLOPE a elsewhere."""
    return np.where(a > 0, a, SLOPE * a)


TANH = Derivation(r"\textcolor{model}{\tanh(a)}", (Line(rf"\frac{{{_DOWN}}}{{{_UP}}}", lambda at: tanh(at.x)),))
"""The function, at a point whose x is a."""

TANH_SLOPE = Derivation(
    r"\tanh'(a)",
    (
        Line(rf"\frac{{d}}{{d a}} \, \frac{{{_DOWN}}}{{{_UP}}}", lambda at: central_difference(tanh, at.x)),
        Line(
            rf"\frac{{({_UP})^2 - ({_DOWN})^2}}{{({_UP})^2}}",
            lambda at: (_up(at.x) ** 2 - _down(at.x) ** 2) / _up(at.x) ** 2,
        ),
        Line(rf"1 - \left( \frac{{{_DOWN}}}{{{_UP}}} \right)^2", lambda at: 1 - tanh(at.x) ** 2),
        Line(r"1 - \textcolor{model}{\tanh(a)}^2", lambda at: 1 - np.tanh(at.x) ** 2),
    ),
)
"""Its derivative: the quotient rule, in which the derivative of either sum is the other one."""

LEAKY_RELU = Derivation(
    r"\textcolor{model}{\operatorname{LeakyReLU}(a)}",
    (
        Line(
            r"\begin{cases} a & \quad \text{if} \ a > 0 \\ s \cdot a & \quad \text{if} \ a \le 0 \end{cases}",
            lambda at: leaky_relu(at.x),
        ),
    ),
)
"""The function."""

LEAKY_RELU_SLOPE = Derivation(
    r"\operatorname{LeakyReLU}'(a)",
    (
        Line(
            r"\begin{cases} 1 & \quad \text{if} \ a > 0 \\ s & \quad \text{if} \ a \le 0 \end{cases}",
            lambda at: np.where(at.x > 0, 1.0, SLOPE),
        ),
    ),
)
"""Its derivative; at 0, where there is none, that of the left side is taken, as in the notes."""


@dataclass(frozen=True)
class Activation:
    """A function of one input, to be drawn.

    Attributes:
        function: Its values.
        slope: Its derivative.
        names: LaTeX of both.
        breaks: Where its derivative jumps.
    """

    function: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    names: tuple[str, str]
    breaks: tuple[float, ...] = ()


HYPERBOLIC = Activation(tanh, lambda a: 1 - tanh(a) ** 2, (r"\tanh(a)", r"\tanh'(a)"))
LEAKY = Activation(
    leaky_relu,
    lambda a: np.where(a > 0, 1.0, SLOPE),
    (r"\operatorname{LeakyReLU}(a)", r"\operatorname{LeakyReLU}'(a)"),
    (0.0,),
)


def tanh_chart(rect: tuple[float, float, float, float], pen: Pen) -> ActivationChart:
    """tanh where it bends and where it is flat."""
    return ActivationChart(rect, HYPERBOLIC, ((-3.2, 3.2), (-1.25, 1.25)), pen)


def leaky_relu_chart(rect: tuple[float, float, float, float], pen: Pen) -> ActivationChart:
    """The LeakyReLU on either side of its kink."""
    return ActivationChart(rect, LEAKY, ((-3.2, 3.2), (-0.5, 3.4)), pen)


class ActivationChart(Group):
    """An activation function, its derivative, and the tangent that joins them.

    Attributes:
        chart: The plane.
        trace: The curves; tween `trace.drawn`, `trace.at`, `trace.tangent`, `trace.slope`.
    """

    def __init__(
        self,
        rect: tuple[float, float, float, float],
        activation: Activation,
        ranges: tuple[tuple[float, float], tuple[float, float]],
        pen: Pen,
    ) -> None:
        super().__init__()
        self.chart = Chart(rect, *ranges)
        # The curves' names stand where the vertical axis' title would.
        self.axes = ChartAxes(self.chart, pen.math("a"), pen.number(""), pen)
        self.trace = ActivationTrace(self.chart, activation, pen)
        self.add(self.axes, self.trace)


class ActivationTrace(Painting):
    """What is drawn in the chart.

    Attributes:
        drawn: How much of the function's curve is drawn, from its left end.
        at: Where the tangent touches.
        tangent: Opacity of the tangent.
        slope: Opacity of the derivative's curve, which reaches as far as the tangent has been.
        least: The least input that a run puts in.
        used: Opacity of the light behind the curve from there on.
        names: LaTeX of function and derivative.
    """

    def __init__(self, chart: Chart, activation: Activation, pen: Pen) -> None:
        super().__init__(chart)
        self._chart, self._activation, self._palette = chart, activation, pen.palette
        self.drawn = self.tangent = self.slope = self.used = 0.0
        self.at = self.least = chart.x_range[0]
        self.names = activation.names
        value, slope = activation.names
        self._names = Stamp(pen.math(value, color=pen.palette["model"])), Stamp(pen.math(slope))

    @property
    def value(self) -> float:
        """The function where the tangent touches."""
        return float(self._activation.function(np.array([self.at]))[0])

    @property
    def steepness(self) -> float:
        """The derivative there."""
        return float(self._activation.slope(np.array([self.at]))[0])

    def paint(self, canvas: Canvas) -> None:
        """Draw function, derivative, tangent and point, and name the curves above the plane."""
        chart, palette, activation = self._chart, self._palette, self._activation
        low, high = chart.x_range
        left, _, _, top = chart.plane.tolist()
        self._names[0].draw(canvas, left, top + 0.2, opacity=min(1.0, 3 * self.drawn))
        self._names[1].draw(canvas, left + self._names[0].width + 0.6, top + 0.2, opacity=self.slope)
        with chart.clipped(canvas, air=0.04):
            (zero,) = chart.to_screen([0.0], [0.0]).tolist()
            canvas.line([(left, zero[1]), (float(chart.plane[2]), zero[1])], palette.muted, Stroke.GRID)
            if self.used > 0:
                part = np.linspace(self.least, high, 160)
                canvas.line(chart.to_screen(part, activation.function(part)), palette["model"], _GLOW, 0.4 * self.used)
            end = low + (high - low) * self.drawn
            for part in self._parts(end):
                canvas.line(chart.to_screen(part, activation.function(part)), palette["model"], Stroke.CURVE)
            if self.slope > 0:
                for part in self._parts(self.at):
                    canvas.line(chart.to_screen(part, activation.slope(part)), palette["gradient"], 0.035, self.slope)
            if self.tangent > 0:
                ends = chart.tangent(self.at, self.value, self.steepness, _TANGENT)
                canvas.line(ends, palette["gradient"], Stroke.NORMAL, self.tangent)
        if self.tangent > 0:
            self._draw_points(canvas)

    def _parts(self, end: float) -> list[Array]:
        """Inputs up to an end, apart wherever the derivative jumps; left of a jump the left derivative holds."""
        low = self._chart.x_range[0]
        bounds = [low, *(place for place in self._activation.breaks if place < end), end]
        parts = [np.linspace(a, b, 160) for a, b in itertools.pairwise(bounds)]
        for part in parts[1:]:
            part[0] = np.nextafter(part[0], np.inf)
        return parts

    def _draw_points(self, canvas: Canvas) -> None:
        """Where the tangent touches, and the slope there: whole also at the plane's edge."""
        palette = self._palette
        (x, value), (_, slope) = self._chart.to_screen([self.at] * 2, [self.value, self.steepness]).tolist()
        if self.slope > 0:
            line = [(x, value), (x, slope)]
            canvas.line(line, palette.muted, Stroke.GRID, self.tangent * self.slope, dash=(0.06, 0.06))
            canvas.disc(x, slope, DOT_RADIUS * 0.8, palette["gradient"], palette.outline, self.slope)
        canvas.disc(x, value, DOT_RADIUS, palette["model"], palette.outline, self.tangent)
