"""How does gradient descent fit a line? From the data to the best line, with the numbers of the run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import Mobject, linear, smooth

from fitting import least_squares, mean_loss
from scenes.kit.derivation import Derivation, Line, Point
from scenes.kit.fit_panel import FitPanel, Probe
from scenes.kit.landscape_panel import LandscapePanel, Place
from scenes.kit.lecture import LEFT, READOUT, RIGHT, Lecture, array, beat
from scenes.kit.live import LiveNumber, StepArithmetic
from scenes.kit.loss_curve import LossCurve
from scenes.kit.painting import Group, Tween, hide, show
from scenes.kit.projection import Window
from scenes.kit.readout import Readout
from scenes.kit.replay import Replay
from scenes.kit.slice_curve import SliceCurve
from scenes.kit.stage import curvatures, fit_chart, forecast_x, landscape_window, titles
from scenes.kit.style import Size
from scenes.kit.table import Column, table
from scenes.kit.ticks import decimals_for, decimals_in, fixed

WIDE = (LEFT, -2.75, -0.3, 3.2)
"""Where the fit stands while it is explained."""

UPPER = (LEFT, -0.72, -0.75, 2.5)
"""Where it stands above the numbers of the descent."""

LOWER = (LEFT, -2.85, -0.75, -0.72)
COLUMN = 0.55
"""Left edge of what stands on the right."""

_R = r"\textcolor{residual}{r_i}"
_J, _W, _B = r"\textcolor{loss}{J}", r"\textcolor{W}{W}", r"\textcolor{b}{b}"
_MEAN = r"\frac{1}{N} \sum_{i=1}^{N}"


def _residual(at: Point) -> npt.NDArray[np.float64]:
    return at.params[0] * at.x + at.params[1] - at.y


def _difference(function: Callable[[Point], npt.NDArray[np.float64]], at: Point, parameter: int) -> npt.NDArray[np.float64]:
    step = np.zeros(2)
    step[parameter] = 1e-5
    low, high = Point(at.params - step, at.x, at.y), Point(at.params + step, at.x, at.y)
    return (function(high) - function(low)) / 2e-5


def _chain(name: str, symbol: str, parameter: int, inner: str) -> Derivation:
    """dJ/dname, line by line: the mean, the chain rule, its two factors."""
    by = rf"\partial {symbol}"
    return Derivation(
        rf"\frac{{\partial {_J}}}{{{by}}}",
        (
            Line(
                rf"\frac{{\partial}}{{{by}}} \, {_MEAN} {_R}^2",
                lambda at: float(_difference(lambda p: np.mean(_residual(p) ** 2), at, parameter)),
            ),
            Line(
                rf"{_MEAN} \textcolor{{outer}}{{\frac{{\partial r_i^2}}{{\partial r_i}}}} \cdot "
                rf"\textcolor{{{name}}}{{\frac{{\partial r_i}}{{\partial {name}}}}}",
                lambda at: float(np.mean(2 * _residual(at) * _difference(_residual, at, parameter))),
            ),
            Line(
                rf"{_MEAN} \textcolor{{outer}}{{2 \, r_i}} \cdot \textcolor{{{name}}}{{{inner}}}",
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
        self.the_gradient()
        self.the_first_steps()
        self.the_descent()
        self.the_end()

    def prepare(self) -> None:
        """Everything that several beats share."""
        trajectory = self.lesson.trajectory
        self.trajectory = trajectory
        self.start = trajectory.params[0]
        self.replay = Replay(trajectory)
        self.probe = Probe(self.start)
        self.chart = fit_chart(self.lesson, WIDE)
        self.fit = FitPanel(
            self.chart, trajectory.data, trajectory.model, self.probe, titles(self.lesson, self.pen), self.pen
        )
        self.fit.layer.forecast_x = forecast_x(trajectory.data.x)

    @beat("The data")
    def the_data(self) -> None:
        """Points appear, and the question that the line will answer."""
        fit, lesson = self.fit, self.lesson
        fit.dots.arrived = 0.0
        self.houses = self._table_of_data()
        self.add(fit)
        self.say(
            lesson.opening, *show(fit.axes), Tween(fit.dots, 3.0, linear, arrived=1.0), *show(self.houses),
            x=lesson.x_name, y=lesson.y_name, items=lesson.items,
        )  # fmt: skip
        self.say(lesson.forecast_question, Tween(fit.layer, 1.0, question=1.0), x=lesson.x_name, y=lesson.y_name)

    @beat("The model")
    def the_model(self) -> None:
        """A line, and what each of its two parameters does to it."""
        pen, layer, probe = self.pen, self.fit.layer, self.probe
        self.model = pen.math(
            rf"\textcolor{{model}}{{y'}} = {_W} \cdot x + {_B}", Size.LARGE
        ).at(COLUMN, 2.35)  # fmt: skip
        decimals = decimals_for(self.start, 4)
        self.values = Group(
            LiveNumber("W", "W", lambda: float(probe.params[0]), decimals, (COLUMN, 1.4), pen, probe),
            LiveNumber("b", "b", lambda: float(probe.params[1]), decimals, (COLUMN + 3.0, 1.4), pen, probe),
        )
        self.say(
            "Our model is a straight line:\ntwo numbers decide where it runs.",
            *hide(self.houses), Tween(layer, question=0.0), *show(self.model, self.values),
            Tween(layer, 2.0, smooth, curve=1.0, drawn=1.0),
        )  # fmt: skip
        turn = Group(
            pen.math(rf"\frac{{\partial \textcolor{{model}}{{y'}}}}{{\partial {_W}}} = x").at(COLUMN, 0.15),
            pen.text(f"${_W}$ turns the line", Size.BODY).at(COLUMN + 2.4, 0.15),
        )
        self.say(
            "One more in $W$ lifts the line by $x$:\nthe farther right, the more.",
            *show(turn), *self._lift(2.0, array(1.0, 0.0)),
        )  # fmt: skip
        self.play(*self._lower())
        shift = Group(
            pen.math(rf"\frac{{\partial \textcolor{{model}}{{y'}}}}{{\partial {_B}}} = 1").at(COLUMN, -1.2),
            pen.text(f"${_B}$ shifts the line", Size.BODY).at(COLUMN + 2.4, -1.2),
        )
        self.say(
            "One more in $b$ lifts it by 1, everywhere.", *show(shift), *self._lift(2.0, array(0.0, 1.0))
        )
        self.play(*self._lower())
        self.rules = Group(turn, shift)

    @beat("The cost")
    def the_cost(self) -> None:
        """Residuals, their squares, the mean; and the mean as a curve over one parameter."""
        pen, layer, probe, trajectory = self.pen, self.fit.layer, self.probe, self.trajectory
        residual = pen.math(rf"{_R} = \textcolor{{model}}{{y'_i}} - \textcolor{{data}}{{y_i}}").at(COLUMN, 2.5)
        self.say(
            "How wrong is a line? Each residual is\nprediction minus target.",
            *hide(self.model, self.rules, self.values), Tween(layer, residuals=1.0), *show(residual),
        )  # fmt: skip
        cost = pen.math(rf"{_J} = {_MEAN} {_R}^2").at(COLUMN, 1.6)
        slice_curve = SliceCurve((COLUMN - 0.1, -2.75, RIGHT, 1.0), trajectory, probe, 0, self._span(), pen)
        live = LiveNumber(
            "J", "loss", lambda: float(slice_curve.trace.loss(probe.params[:1])[0]), decimals_for(trajectory.loss[:1]),
            (COLUMN + 3.6, 1.6), pen, probe,
        )  # fmt: skip
        self.say(
            "The cost $J$ is the mean of their squares:\nlarge errors count most.",
            Tween(layer, squares=1.0), *show(cost, live),
        )  # fmt: skip
        far = array(self._span()[1] * 0.94 + self._span()[0] * 0.06, self.start[1])
        self.add(slice_curve)
        self.say(
            "Turn the line, and $J$ falls, then rises.\nOver $W$ alone it is a parabola.",
            *show(slice_curve), Tween(probe, 4.0, smooth, params=far),
            Tween(slice_curve.trace, 4.0, smooth, reach=float(far[0])),
        )  # fmt: skip
        self.say(
            "Which way is down, and how steep?\nThe slope of this curve says it.",
            Tween(probe, 1.5, smooth, params=self.start), Tween(slice_curve.trace, 2.0, tangent=1.0),
        )  # fmt: skip
        self.play(*hide(slice_curve, live, cost, residual), Tween(layer, squares=0.0))

    @beat("The gradient")
    def the_gradient(self) -> None:
        """Both slopes through the chain rule, then with the numbers of this run."""
        pen = self.pen
        head = pen.math(rf"{_R} = {_W} x_i + {_B} - y_i").at(COLUMN, 2.6)
        by_b = SLOPE_B.write(pen, COLUMN, 1.5)
        self.say("Change $b$ a little: $J$ is a mean of squares,\nso we need the chain rule.", *show(head, by_b[0]))
        self.say("Outer slope times inner slope:\nthe square first, then the residual.", *show(by_b[1]))
        self.say("The square gives $2 r_i$. And $r_i$ grows by 1\nwhen $b$ grows by 1.", *show(by_b[2]))
        by_w = SLOPE_W.write(pen, COLUMN, 1.5)
        self.play(*hide(*by_b))
        self.say(
            "For $W$ the outer slope is the same;\nthe inner one is $x_i$, as we saw.", *show(by_w[1].at(COLUMN, 1.5))
        )
        self.play(*show(by_w[2]))
        self.play(*hide(by_w[1], by_w[2], head))
        self._numbers_of_the_gradient()

    @beat("The first steps")
    def the_first_steps(self) -> None:
        """One step at a time, with its arithmetic."""
        pen, replay, trajectory = self.pen, self.replay, self.trajectory
        window = landscape_window(trajectory)
        self.landscape = LandscapePanel(replay, window, Place((3.45, -1.15), self._sides(window)), pen)
        self.readout = Readout(replay, LEFT, RIGHT, READOUT, pen)
        self.arithmetic = StepArithmetic(replay, LEFT, -1.2, pen)
        self.fit.follow(replay)
        trail = self.landscape.trail
        trail.arrow = trail.path = 0.0
        self.add(replay, self.landscape)
        self.play(*hide(self.numbers), Tween(self.chart, 1.0, rect=np.array(UPPER)))
        self.say(
            "Over both parameters, $J$ is a landscape.\nThe point is our line.",
            *show(self.landscape, self.readout, run_time=1.0),
            Tween(self.landscape.view, 4.0, smooth, azimuth=self.landscape.view.azimuth + 14),
        )  # fmt: skip
        self.say("The arrow is minus the gradient:\nthe steepest way down.", Tween(trail, 1.0, arrow=1.0))
        trail.path = 1.0
        self.say(
            "A step: each parameter goes against its\nslope, times the learning rate $\\alpha$.",
            *show(self.arithmetic),
        )  # fmt: skip
        self.also(Tween(replay, 1.5, smooth, step=1.0))
        self.say("Both move at once: both slopes are taken\nbefore either parameter changes.", Tween(replay, 1.5, smooth, step=2.0))
        self.say("And again, from the new place,\nwith a new gradient.", Tween(replay, 1.0, smooth, step=3.0))
        for step in range(4, 9):
            self.also(Tween(replay, 0.6, smooth, step=float(step)))

    @beat("The descent")
    def the_descent(self) -> None:
        """The whole run: the fall, then the crawl, and why."""
        pen, replay, landscape = self.pen, self.replay, self.landscape
        curve = LossCurve(LOWER, replay, float(self.trajectory.loss[0]) * 1.08, pen)
        self.curve = curve
        self.add(curve)
        self.play(*hide(self.arithmetic), *show(curve))
        fall = self._progress_at(60)
        self.say(
            "Faster now. In some forty steps it falls\ndown the wall of the valley.",
            Tween(replay, 4.0, linear, progress=fall),
        )  # fmt: skip
        steep, flat = curvatures(self.trajectory)
        self.say(
            f"Then it crawls along the floor: curvature {steep:.1f} across the valley, {flat:.2f} along it.",
            Tween(replay, 6.0, linear, progress=fall + (1 - fall) * 0.55),
            Tween(landscape.view, 6.0, smooth, azimuth=landscape.view.azimuth - 24, elevation=44.0),
        )  # fmt: skip
        self.say(
            "One $\\alpha$ serves both: small enough for the wall,\nit is too small for the floor.",
            Tween(replay, 5.0, linear, progress=1.0),
        )  # fmt: skip

    @beat("The best line")
    def the_end(self) -> None:
        """The end of the run beside the exact optimum, and the forecast."""
        fit, lesson, pen = self.fit, self.lesson, self.pen
        exact = least_squares(self.trajectory.model, self.trajectory.data)
        result = self._result(exact)
        self.play(
            *hide(self.landscape, self.curve, self.readout), Tween(self.chart, 1.0, rect=np.array(WIDE)),
        )  # fmt: skip
        self.say("The descent has come as near to the exact\nleast squares line as these digits show.", *show(result))
        self.say(lesson.forecast_answer, Tween(fit.layer, 1.5, forecast=1.0), x=lesson.x_name, y=lesson.y_name)
        self.rest(1.5)

    # What the beats are made of

    def _lift(self, run_time: float, by: npt.NDArray[np.float64]) -> list[Tween]:
        layer = self.fit.layer
        layer.ghost = self.start
        return [Tween(layer, 0.4, lift=1.0), Tween(self.probe, run_time, smooth, params=self.start + by)]

    def _lower(self) -> list[Tween]:
        return [Tween(self.fit.layer, 0.6, lift=0.0), Tween(self.probe, 1.0, smooth, params=self.start)]

    def _table_of_data(self) -> Group:
        pen, lesson = self.pen, self.lesson
        data, palette = lesson.trajectory.data, self.palette
        shown = list(range(len(data.x))) if len(data.x) <= 6 else [0, 1, 2, 3]
        x_decimals, y_decimals = decimals_in(data.x), decimals_in(data.y)
        x_cells = [fixed(float(data.x[k]), x_decimals) for k in shown]
        y_cells = [fixed(float(data.y[k]), y_decimals) for k in shown]
        if len(shown) < len(data.x):
            x_cells.append("⋮")
            y_cells.append("⋮")
        x_head = pen.text("$x$: {name}", Size.BODY, name=lesson.x_name)
        y_head = pen.text("$y$: {name}", Size.BODY, palette["data"], name=lesson.y_name)
        return table(
            (Column(x_head, x_cells, palette.text, 2.6), Column(y_head, y_cells, palette["data"], 5.6)),
            COLUMN, 2.3, pen, 0.62,
        )  # fmt: skip

    def _span(self) -> tuple[float, float]:
        """A range of W around its best value for the start's b, with the start inside."""
        data = self.trajectory.data
        slopes = self.trajectory.model.jacobian(self.start, data.x)[..., 0]
        rest = data.y - self.trajectory.model.predict(array(0.0, self.start[1]), data.x)
        best = float(slopes @ rest / (slopes @ slopes))
        reach = 1.2 * max(abs(best - float(self.start[0])), 1e-6)
        return best - reach, best + reach

    @staticmethod
    def _sides(window: Window) -> tuple[float, float, float]:
        width, depth = window.first[1] - window.first[0], window.second[1] - window.second[0]
        unit = 5.6 / max(width, depth)
        equal = 1 / 3 <= width / depth <= 3
        return (width * unit if equal else 4.4, depth * unit if equal else 4.4, 3.3)

    def _numbers_of_the_gradient(self) -> None:
        pen, palette, trajectory, layer = self.pen, self.palette, self.trajectory, self.fit.layer
        data = trajectory.data
        residual = trajectory.model.predict(self.start, data.x) - data.y
        shown = list(range(len(data.x))) if len(data.x) <= 4 else [0, 1, 2]
        products = residual * data.x
        digits = decimals_for(np.concatenate([products, residual]), 5)
        columns = []
        for values, decimals, heading, color, right in (
            (data.x, decimals_in(data.x), "$x_i$", palette.text, 0.9),
            (residual, digits, rf"${_R}$", palette["residual"], 2.9),
            (products, digits, rf"${_R} \cdot x_i$", palette["W"], 5.2),
        ):
            cells = [fixed(float(values[k]), decimals) for k in shown]
            if len(shown) < len(values):
                cells.append("⋮")
            columns.append(Column(pen.text(heading, Size.BODY, color), cells, color, right))
        rows = table(tuple(columns), COLUMN, 2.7, pen, 0.52)
        count = len(data.x)
        y = 2.7 - 0.14 - 0.52 * (len(columns[0].cells)) - 0.95
        results = []
        for symbol, color, values, k in ((_B, "b", residual, 1), (_W, "W", products, 0)):
            total, slope = fixed(float(values.sum()), digits), fixed(float(trajectory.gradient[0, k]), digits)
            latex = (
                rf"\frac{{\partial {_J}}}{{\partial {symbol}}} = \frac{{2}}{{{count}}} \cdot "
                rf"({_latex(total)}) = \textcolor{{{color}}}{{{_latex(slope)}}}"
            )
            results.append(pen.math(latex).at(COLUMN, y))
            y -= 1.15
        self.say(
            "Now with the numbers of our line:\na residual for each {item}.",
            *show(rows), Tween(layer, residuals=1.0), item=self.lesson.item,
        )  # fmt: skip
        self.say("Their mean, times two, is the slope in $b$;\nweighted by $x_i$, it is the slope in $W$.", *show(*results))
        self.say("Both are negative: the cost falls\nwhen $W$ and $b$ grow.") if (trajectory.gradient[0] < 0).all() else None
        self.numbers = Group(rows, *results)

    def _progress_at(self, step: float) -> float:
        return float(np.log1p(min(step, self.replay.last_step)) / np.log1p(self.replay.last_step))

    def _result(self, exact: npt.NDArray[np.float64]) -> Group:
        pen, palette, trajectory = self.pen, self.palette, self.trajectory
        best = float(mean_loss(trajectory.model, trajectory.loss_function, exact, trajectory.data))
        rows = [("W", "W", trajectory.params[-1, 0], exact[0]), ("b", "b", trajectory.params[-1, 1], exact[1]),
                ("J", "loss", trajectory.loss[-1], best)]  # fmt: skip
        members: list[Mobject] = [
            pen.text("descent", Size.BODY, palette.muted).at(COLUMN + 2.9, 2.4, "right"),
            pen.text("exact", Size.BODY, palette.muted).at(COLUMN + 5.2, 2.4, "right"),
        ]
        for k, (latex, concept, found, optimum) in enumerate(rows):
            y = 2.4 - 0.75 * (k + 1)
            decimals = decimals_for(np.array([found, optimum]))
            members.append(pen.math(latex, Size.LARGE, palette[concept]).at(COLUMN + 0.2, y))
            members.append(pen.number(fixed(float(found), decimals), Size.LARGE, palette[concept]).at(COLUMN + 2.9, y, "right"))
            members.append(pen.number(fixed(float(optimum), decimals), Size.LARGE).at(COLUMN + 5.2, y, "right"))
        return Group(*members)


def _latex(number: str) -> str:
    """A number of the screen as LaTeX."""
    return number.replace("−", "-").replace(" ", r"\,")
