"""How does gradient descent find the best line? From the data to the line, with the numbers of the run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import linear, smooth

from fitting import least_squares
from scenes.kit.derivation import Derivation, Line, Point
from scenes.kit.fit_panel import FitPanel, Probe
from scenes.kit.landscape_panel import LandscapePanel
from scenes.kit.lecture import LEFT, READOUT, RIGHT, Lecture, array, beat
from scenes.kit.live import LiveNumber, StepArithmetic
from scenes.kit.loss_curve import LossCurve
from scenes.kit.painting import Group, Tween, hide, show
from scenes.kit.readout import Readout
from scenes.kit.replay import Replay
from scenes.kit.slice_curve import SliceCurve
from scenes.kit.stage import curvatures, fit_chart, forecast_x, landscape_window, slice_span, titles
from scenes.kit.style import Size
from scenes.kit.summary import data_table, forecast_formula, residual_table, result_table, slope_with_numbers
from scenes.kit.ticks import decimals_for

WIDE = (LEFT, -2.75, -0.3, 3.2)
"""Where the fit stands while it is explained."""

UPPER = (LEFT, -0.85, -0.55, 2.6)
"""Where it stands above the numbers of the descent."""

LOWER = (LEFT, -2.72, -0.55, -0.72)
RIGHT_HALF = (-0.3, -2.75, RIGHT, 2.55)
VIEWS = ((-36.0, 30.0), (-22.0, 30.0), (-46.0, 37.0))
"""Azimuth and elevation at the start, after the first look around, and at the end of the descent."""

COLUMN = 0.6
"""Left edge of what stands on the right."""

_R = r"\textcolor{residual}{r_i}"
_J, _W, _B = r"\textcolor{loss}{J}", r"\textcolor{W}{W}", r"\textcolor{b}{b}"
_MEAN = r"\frac{1}{N} \sum_{i=1}^{N}"

type_array = npt.NDArray[np.float64]


def _residual(at: Point) -> type_array:
    return at.params[0] * at.x + at.params[1] - at.y


def _difference(function: Callable[[Point], type_array], at: Point, parameter: int) -> type_array:
    step = np.zeros(2)
    step[parameter] = 1e-5
    low, high = Point(at.params - step, at.x, at.y), Point(at.params + step, at.x, at.y)
    return (function(high) - function(low)) / 2e-5


def _chain(name: str, symbol: str, parameter: int, inner: str) -> Derivation:
    """dJ/dname line by line: the mean of squares, the chain rule, its two factors."""
    by = rf"\partial {symbol}"
    return Derivation(
        rf"\frac{{\partial {_J}}}{{{by}}}",
        (
            Line(
                rf"\frac{{\partial}}{{{by}}} \, {_MEAN} {_R}^2",
                lambda at: float(_difference(lambda p: np.mean(_residual(p) ** 2), at, parameter)),
            ),
            Line(
                rf"{_MEAN} \textcolor{{residual}}{{\frac{{\partial r_i^2}}{{\partial r_i}}}} \cdot "
                rf"\textcolor{{{name}}}{{\frac{{\partial r_i}}{{\partial {name}}}}}",
                lambda at: float(np.mean(2 * _residual(at) * _difference(_residual, at, parameter))),
            ),
            Line(
                rf"{_MEAN} \textcolor{{residual}}{{2 \, r_i}} \cdot \textcolor{{{name}}}{{{inner}}}",
                lambda at: float(np.mean(2 * _residual(at) * (at.x if parameter == 0 else 1.0))),
            ),
        ),
    )


SLOPE_B = _chain("b", _B, 1, "1")
SLOPE_W = _chain("W", _W, 0, "x_i")


class LinearFit(Lecture):
    """A line fitted to data by gradient descent on the mean squared error."""

    title = "Linear fit"
    question = "How does gradient descent find the best line?"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_data()
        self.the_model()
        self.the_cost()
        self.the_chain_rule()
        self.the_numbers()
        self.the_first_steps()
        self.the_descent()
        self.the_best_line()

    def prepare(self) -> None:
        """What several beats share."""
        self.trajectory = self.lesson.trajectory
        self.start = self.trajectory.params[0]
        self.replay = Replay(self.trajectory)
        self.probe = Probe(self.start)
        self.chart = fit_chart(self.lesson, WIDE)
        data, model = self.trajectory.data, self.trajectory.model
        self.fit = FitPanel(self.chart, data, model, self.probe, titles(self.lesson, self.pen), self.pen)
        self.fit.layer.forecast_x = forecast_x(data.x)

    @beat("The data")
    def the_data(self) -> None:
        """Points appear, and the question that the line will answer."""
        fit, lesson, pen = self.fit, self.lesson, self.pen
        self.open()
        fit.dots.arrived = 0.0
        self.rows = data_table(lesson, COLUMN, 2.3, pen)
        self.add(fit)
        self.say(lesson.opening, *show(fit.axes, self.rows), Tween(fit.dots, 2.6, linear, arrived=1.0), **lesson.words)
        self.say(lesson.forecast_question, Tween(fit.layer, 1.0, question=1.0), **lesson.words)

    @beat("The model")
    def the_model(self) -> None:
        """A line, and what each of its two parameters does to it."""
        pen, layer, probe = self.pen, self.fit.layer, self.probe
        model = pen.math(rf"\textcolor{{model}}{{y'}} = {_W} \cdot x + {_B}", Size.LARGE).at(COLUMN, 2.4)
        decimals = decimals_for(self.start, 4)
        values = Group(
            LiveNumber("W", "W", lambda: float(probe.params[0]), decimals, (COLUMN, 1.5), pen, probe),
            LiveNumber("b", "b", lambda: float(probe.params[1]), decimals, (COLUMN + 2.9, 1.5), pen, probe),
        )
        self.say(
            "Our model is a straight line: two numbers decide where it runs.",
            Tween(layer, 0.4, question=0.0), *show(model, values), Tween(layer, 2.0, smooth, curve=1.0, drawn=1.0),
            clear=(self.rows,),
        )  # fmt: skip
        turn = Group(
            pen.math(rf"\frac{{\partial \textcolor{{model}}{{y'}}}}{{\partial {_W}}} = x").at(COLUMN, 0.15),
            pen.text(f"${_W}$ turns the line", Size.BODY).at(COLUMN + 2.4, 0.15),
        )
        self.say("One more in $W$ lifts the line by $x$: the farther right, the more.", *show(turn), *self._lift(1.0, 0.0))
        self.then(*self._lower())
        shift = Group(
            pen.math(rf"\frac{{\partial \textcolor{{model}}{{y'}}}}{{\partial {_B}}} = 1").at(COLUMN, -1.2),
            pen.text(f"${_B}$ shifts the line", Size.BODY).at(COLUMN + 2.4, -1.2),
        )
        self.say("One more in $b$ lifts it by 1, everywhere.", *show(shift), *self._lift(0.0, 1.0))
        self.then(*self._lower())
        self.shown = Group(model, values, turn, shift)

    @beat("The cost")
    def the_cost(self) -> None:
        """Residuals, their squares, the mean; and the mean as a curve over one parameter."""
        pen, layer, probe, trajectory = self.pen, self.fit.layer, self.probe, self.trajectory
        residual = pen.math(rf"{_R} = \textcolor{{model}}{{y'_i}} - \textcolor{{data}}{{y_i}}").at(COLUMN, 2.75)
        self.say(
            "How wrong is it? Each residual is prediction minus target.",
            Tween(layer, residuals=1.0), *show(residual), clear=(self.shown,),
        )  # fmt: skip
        span = slice_span(trajectory)
        cost = pen.math(rf"{_J} = {_MEAN} {_R}^2").at(COLUMN, 1.65)
        slices = SliceCurve((COLUMN - 0.2, -2.75, RIGHT, 0.95), trajectory, probe, 0, span, pen)
        live = LiveNumber(
            "J", "loss", slices.trace.here, decimals_for(trajectory.loss[:1]), (COLUMN + 3.6, 1.65), pen, probe
        )
        self.say(
            "The cost $J$ is the mean of their squares: large errors count most.",
            Tween(layer, squares=1.0), *show(cost, live),
        )  # fmt: skip
        far = 0.06 * span[0] + 0.94 * span[1] if self.start[0] < sum(span) / 2 else 0.94 * span[0] + 0.06 * span[1]
        self.add(slices)
        self.say(
            "Turn the line, and $J$ falls, then rises: over $W$ alone it is a parabola.",
            *show(slices), Tween(probe, 4.0, smooth, params=array(far, self.start[1])),
            Tween(slices.trace, 4.0, smooth, reach=far),
        )  # fmt: skip
        self.say(
            "Which way is down, and how steep? The slope of this curve says it.",
            Tween(probe, 1.5, smooth, params=self.start), Tween(slices.trace, 2.0, tangent=1.0),
        )  # fmt: skip
        self.shown = Group(residual, cost, live, slices)

    @beat("The chain rule")
    def the_chain_rule(self) -> None:
        """Both slopes, line by line."""
        pen, layer = self.pen, self.fit.layer
        head = pen.math(rf"{_R} = {_W} x_i + {_B} - y_i").at(COLUMN, 2.75)
        by_b, by_w = SLOPE_B.write(pen, COLUMN, 1.6), SLOPE_W.write(pen, COLUMN, 0.15)
        self.say(
            "How does $J$ change with $b$? $J$ is a mean of squares of residuals.",
            Tween(layer, squares=0.0), *show(head, by_b.left, by_b.lines[0]), clear=(self.shown,),
        )  # fmt: skip
        self.say("The chain rule: slope of the square, times slope of the residual.", *show(by_b.lines[1]))
        self.say("The square gives $2 r_i$. And when $b$ grows by 1, so does $r_i$.", *show(by_b.lines[2]))
        by_w.lines[1].baseline = by_w.left.baseline
        by_w.lines[2].baseline = by_w.left.baseline - 1.15
        self.say(
            "For $W$ the first factor is the same. The second is $x_i$: the lift we saw.",
            Tween(by_b.lines[2], 0.8, baseline=by_b.left.baseline),
            *show(by_w.left, by_w.lines[1], by_w.lines[2], run_time=1.4), clear=(by_b.lines[0], by_b.lines[1]),
        )  # fmt: skip
        self.shown = Group(head, by_b.left, by_b.lines[2], by_w.left, by_w.lines[1], by_w.lines[2])

    @beat("The gradient")
    def the_numbers(self) -> None:
        """The same two slopes with the numbers of this run's start."""
        pen, trajectory, layer = self.pen, self.trajectory, self.fit.layer
        rows = residual_table(trajectory, COLUMN, 2.75, pen)
        self.say(
            "Now in numbers: one residual for each {item}.",
            *show(rows, run_time=1.0), clear=(self.shown,), **self.lesson.words,
        )  # fmt: skip
        top = float(rows.get_bottom()[1]) - 0.75
        by_b = slope_with_numbers(trajectory, 1, pen).at(COLUMN, top)
        by_w = slope_with_numbers(trajectory, 0, pen).at(COLUMN, top - 1.15)
        self.say("Twice the mean residual is the slope in $b$.", *show(by_b))
        self.say("Weighted by $x_i$, it is the slope in $W$. Together they are the gradient.", *show(by_w))
        self.shown = Group(rows, by_b, by_w)
        self.then(Tween(layer, residuals=0.6))

    @beat("The first steps")
    def the_first_steps(self) -> None:
        """One step at a time, with its arithmetic."""
        pen, replay = self.pen, self.replay
        self.landscape = LandscapePanel(replay, landscape_window(self.trajectory), RIGHT_HALF, VIEWS, pen)
        self.readout = Readout(replay, LEFT, RIGHT, READOUT, pen)
        self.arithmetic = StepArithmetic(replay, LEFT + 0.1, -1.55, pen)
        self.fit.follow(replay)
        view, trail = self.landscape.view, self.landscape.trail
        trail.arrow = 0.0
        self.landscape.opacity = 0.0
        self.add(replay, self.landscape)
        self.play(*hide(self.shown), Tween(self.chart, 0.8, rect=array(*UPPER)))
        self.say(
            "Over both parameters, $J$ is a landscape. The point is our line.",
            *show(self.landscape, self.readout, run_time=1.4),
            Tween(view, 4.4, smooth, azimuth=VIEWS[1][0], elevation=VIEWS[1][1]),
        )  # fmt: skip
        self.say("The arrow is minus the gradient: the steepest way down.", Tween(trail, 1.0, arrow=1.0, label=1.0))
        self.say("A step: each parameter moves against its slope, times the rate $\\alpha$.", *show(self.arithmetic))
        self.then(Tween(replay, 1.2, smooth, step=1.0))
        self.say("Both slopes are taken before either parameter moves.", Tween(replay, 1.2, smooth, step=2.0))
        self.say("And again: a new place, a new gradient.", Tween(replay, 1.0, smooth, step=3.0))
        for step in range(4, 8):
            self.also(Tween(replay, 0.6, smooth, step=float(step)))
        self.then(Tween(trail, 0.4, label=0.0))

    @beat("The descent")
    def the_descent(self) -> None:
        """The whole run: the fall, then the crawl, and why."""
        replay, view = self.replay, self.landscape.view
        self.curve = LossCurve(LOWER, replay, float(self.trajectory.loss[0]) * 1.08, self.pen)
        self.add(self.curve)
        fall = replay.progress_at(60)
        self.say(
            "Faster now. In some forty steps it falls down the wall of the valley.",
            *show(self.curve), Tween(replay, 4.0, linear, progress=fall), clear=(self.arithmetic,),
        )  # fmt: skip
        steep, flat = curvatures(self.trajectory)
        self.say(
            f"Then it crawls along the floor: curvature {steep:.1f} across the valley, {flat:.2f} along it.",
            Tween(replay, 6.0, linear, progress=(1 + fall) / 2),
            Tween(view, 6.0, smooth, azimuth=VIEWS[2][0], elevation=VIEWS[2][1]),
        )  # fmt: skip
        self.say(
            "One $\\alpha$ serves both: small enough for the wall, it is too small for the floor.",
            Tween(replay, 5.0, linear, progress=1.0),
        )  # fmt: skip

    @beat("The best line")
    def the_best_line(self) -> None:
        """The end of the run beside the exact optimum, and the forecast."""
        fit, lesson, trajectory = self.fit, self.lesson, self.trajectory
        exact = least_squares(trajectory.model, trajectory.data)
        self.play(*hide(self.landscape, self.curve, self.readout))
        self.say(
            "Least squares has an exact answer, and the descent has nearly reached it.",
            Tween(self.chart, 0.8, rect=array(*WIDE)),
            *show(result_table(trajectory, exact, COLUMN, 2.4, self.pen), run_time=1.0),
        )  # fmt: skip
        forecast = forecast_formula(lesson, self.pen).at(COLUMN, -1.6)
        self.say(lesson.forecast_answer, Tween(fit.layer, 1.5, forecast=1.0), *show(forecast), **lesson.words)
        self.rest(1.5)

    def _lift(self, w: float, b: float) -> list[Tween]:
        """One more in a parameter, with arrows from where the line was."""
        self.fit.layer.ghost = self.start
        return [Tween(self.fit.layer, 0.4, lift=1.0), Tween(self.probe, 2.0, smooth, params=self.start + array(w, b))]

    def _lower(self) -> list[Tween]:
        return [Tween(self.fit.layer, 0.6, lift=0.0), Tween(self.probe, 1.0, smooth, params=self.start)]
