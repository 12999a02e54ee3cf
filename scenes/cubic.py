"""Which curve fits the houses? One of the cubics: its slopes, its steep valley, its descent, and how it compares."""

from __future__ import annotations

import numpy as np
from manim import linear, smooth

from fitting import least_squares
from fitting.course import Course
from scenes.kit.drawing.frame import COLUMN, UPPER, WIDE
from scenes.kit.drawing.painting import Group, Tween, array, hide, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.by_hand import ByHand, parameter_values
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.rulers import fit_chart
from scenes.kit.panels.summary import data_table, residuals, result_table
from scenes.kit.panels.three_models import fitted_curve, three_runs
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.probe import Probe, Spot
from scenes.kit.subject.replay import Replay
from scenes.kit.words.mean_squared_error import CUBIC
from scenes.kit.words.message import Count, Exact, Fixed, Number
from scenes.kit.words.numbers import number
from scenes.parts.cubic import formulas, tables
from scenes.parts.cubic.curve_tangent import cubic_tangent, tangent_numbers
from scenes.parts.cubic.descent_panels import OVER_THE_RIM, DescentPanels
from scenes.parts.cubic.rate_duel import LAST_SEEN, two_rates
from scenes.parts.cubic.valley_sections import ValleySections

MORE_W, MORE_B = 0.05, 2.0
"""What is added to a parameter to show what it does."""


class CubicFit(Lecture):
    """A cubic fitted by gradient descent, and why its learning rate must be so small."""

    title = "Cubic fit"
    question = "Which curve fits?"
    after = "sigmoid"
    model = "cubic"
    own_data_refused = "its rates, bounds and windows are chosen for the curvature of the notes' four houses"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_bend()
        self.the_model()
        self.the_slope()
        self.the_gradient()
        self.the_numbers()
        self.the_curvature()
        self.the_bound()
        self.the_descent()
        self.the_floor()
        self.the_result()

    def prepare(self) -> None:
        """What several beats share."""
        self.trajectory = self.lesson.trajectory
        self.data = self.lesson.data
        self.start = self.trajectory.params[0]
        self.replay, self.probe = Replay(self.trajectory), Probe(self.start)
        self.optimum = least_squares(self.trajectory.model, self.data)
        self.course = Course.of(self.trajectory, self.optimum)
        self.line, self.sigmoid, _ = self.models = three_runs()
        self.chart = fit_chart(self.lesson, self.optimum, WIDE)
        self.fit = FitPanel.of(self.lesson, self.chart, self.probe, self.pen)

    @beat("The bend")
    def the_bend(self) -> None:
        """The data, and the best line beside them: prices bend, the line does not."""
        fit, pen = self.fit, self.pen
        self.open()
        fit.dots.arrived = 0.0
        houses = data_table(self.lesson, COLUMN, 2.3, pen)
        self.say("Four houses: their floors and their prices.")
        self.add(fit)
        self.also(*show(fit.rulers[0], houses), Tween(fit.dots, 2.4, linear, arrived=1.0))
        about = formulas.line_found(self.line, pen)
        residuals = self.line.model.predict(self.line.final_params, self.data.x) - self.data.y
        miss = Count(100_000 * round(float(np.abs(residuals).mean())))
        line = fitted_curve(self.chart, self.line, 0, self.palette)
        loss = Number(self.line.final_loss, 4)
        self.say("The best line misses every house by about ${miss}$ EUR: $J = {loss}$.", miss=miss, loss=loss)
        self.also(Tween(line, 2.0, smooth, drawn=1.0), *show(about))
        self.say("Each floor adds more than the one before; a line cannot follow. Which curve can?")
        self.shown = Group(houses, line, about)

    @beat("The model")
    def the_model(self) -> None:
        """The cubic, and what each of its two parameters does to it."""
        pen, layer = self.pen, self.fit.layer
        model = pen.math(CUBIC.prediction.row, Size.LARGE).at(COLUMN, 2.4)
        values = parameter_values(self.probe, (MORE_W, MORE_B), COLUMN, 1.6, pen)
        self.put_away(self.shown)
        self.say("Take a cubic without $x^2$ and $x$: two parameters, $W$ and $b$, as for the line.")
        self.also(*show(model, values), Tween(layer, 2.0, smooth, curve=1.0, drawn=1.0))
        turn = tables.lift_table(self.data.x, MORE_W, COLUMN, 0.7, pen)
        shift = pen.math(CUBIC.effect(1).row).at(COLUMN + 2.9, 0.7)
        by_hand = ByHand(layer, self.probe, self.start)
        self.say(
            r"$W$ up by {more} and back: the curve moves by ${more} \cdot x^3$, {lift} at four floors.",
            more=Exact(MORE_W),
            lift=Fixed(MORE_W * 4**3, 2),
        )
        self.also(*show(turn), *by_hand.lift(MORE_W, 0.0))
        self.then(*by_hand.lower())
        self.say("$b$ up by {more} and back: the curve moves by {more}, everywhere.", more=Exact(MORE_B))
        self.also(*show(shift), *by_hand.lift(0.0, MORE_B))
        self.then(*by_hand.lower())
        self.shown = Group(turn, shift)
        self.model_line = Group(model, values)

    @beat("The slope")
    def the_slope(self) -> None:
        """Along the curve the slope grows with x squared."""
        pen = self.pen
        x = Spot(1.0)
        tangent = cubic_tangent(self.chart, self.start, x, pen)
        slope, live = pen.math(formulas.SLOPE.row).at(COLUMN, 0.7), tangent_numbers(tangent, x, pen)
        self.put_away(self.shown)
        self.say("A line has one slope, $W$. This curve's slope, $3 W x^2$, grows with $x$.")
        self.also(*show(tangent, slope, live))
        slopes = tables.slope_table(self.data.x, float(self.start[0]), COLUMN, -0.8, pen)
        low, high = (Fixed(float(tangent.derivative(at)), 1) for at in (1.0, 4.0))
        self.say("From one floor to four the slope goes from {low} to {high}.", low=low, high=high)
        self.also(Tween(x, 4.0, smooth, value=4.0), *show(slopes))
        self.say("Four times the floors, sixteen times the slope.")
        self.shown = Group(self.model_line, slope, live, slopes, tangent)

    @beat("The gradient")
    def the_gradient(self) -> None:
        """Both slopes of the cost: what of the line's stays, and what is new."""
        pen, layer = self.pen, self.fit.layer
        (heads, residuals, factors), (by_b, by_w) = formulas.beside_the_line(pen), formulas.slopes(pen)
        cost = pen.math(CUBIC.cost.row, 0.34).at(COLUMN, 1.0)
        self.put_away(self.shown)
        self.say("The cost $J$ is the mean of the squared residuals, as for the line.")
        self.also(Tween(layer, 1.0, residuals=1.0), *show(heads, residuals, cost))
        self.say("The chain rule: the slope of a square is $2 r_i$, whatever the model is.")
        self.also(*show(by_b.left, by_b.lines[0], by_w.left, by_w.lines[0]))
        self.put_away(cost)
        self.say("The slope of $r_i$ does depend on the model: in $b$ it is the line's, in $W$ it is not.")
        self.also(*show(factors))
        self.say("So for $W$ each residual is weighted by $x_i^3$, where the line has $x_i$.")
        self.also(*show(by_b.lines[1], by_w.lines[1]))
        self.shown = Group(heads, residuals, factors, by_b, by_w)

    @beat("The numbers")
    def the_numbers(self) -> None:
        """The same slopes at the run's start: one house makes most of the gradient."""
        pen, trajectory = self.pen, self.trajectory
        _, weighted = residuals(trajectory)
        rows = tables.weighted_table(trajectory, COLUMN, 2.75, pen)
        w, b = (Number(value, 4) for value in self.start.tolist())
        self.put_away(self.shown)
        self.say("Where the descent starts, $W = {w}$ and $b = {b}$: a residual for each house.", w=w, b=b)
        self.also(*show(rows))
        by_b = tables.weighted_slope(trajectory, 1, pen).at(COLUMN, -1.15)
        by_w = tables.weighted_slope(trajectory, 0, pen).at(COLUMN, -2.3)
        self.say("Twice the mean residual is the slope in $b$.")
        self.also(*show(by_b))
        share = float(weighted[-1] / weighted.sum())
        self.say(
            "The slope in $W$ is over {times} times as much, {share}\N{NO-BREAK SPACE}% of it from the tallest house.",
            times=Count(int(trajectory.gradient[0, 0] / trajectory.gradient[0, 1])),
            share=Fixed(100 * share, 0),
        )
        self.also(*show(by_w))
        self.shown = Group(rows, by_b, by_w)

    @beat("The curvature")
    def the_curvature(self) -> None:
        """Second derivatives: the valley is steep across and flat along."""
        pen, course = self.pen, self.course
        sections = ValleySections(WIDE, self.trajectory, self.optimum, 0.1, pen)
        sections.opacity = 0.0
        self.put_away(self.fit)
        self.say("Two cuts through the lowest $J$: steep across the valley, almost flat along it.")
        self.also(Tween(sections, 0.8, opacity=1.0))
        self.also(*hide(self.shown))
        by_w, by_b, mixed = formulas.second_derivatives(self.data, pen)
        self.say("How steep? Over $W$ the second derivative of $J$ is twice the mean of $(x^3)^2$.")
        self.also(*show(by_w))
        self.say("Over $b$ it is 2, whatever the data. The mixed one is not 0, but 50.")
        self.also(*show(by_b, mixed))
        both, condition = formulas.curvatures(course, pen), formulas.condition_number(course, pen)
        self.say(
            "So the valley is {askew}\N{DEGREE SIGN} askew: its curvature is ${steep}$ across, ${flat}$ along.",
            askew=Fixed(sections.askew, 1),
            steep=Number(course.steep, 4),
            flat=Number(course.flat, 4),
        )
        self.also(*show(both))
        ratio = Number(course.steep / course.flat, 4)
        self.say("Their ratio, the condition number, is ${ratio}$. The line's is 56.", ratio=ratio)
        self.also(*show(condition))
        self.sections, self.shown = sections, Group(by_w, by_b, mixed, both, condition)

    @beat("The bound")
    def the_bound(self) -> None:
        """Two rates, one a little below 2 / curvature and one a little above."""
        duel = self.duel = two_rates(self.course.steep, self.pen)
        steep, bound = Number(self.course.steep, 4), Number(2 / self.course.steep, 3)
        duel.opacity = 0.0
        self.put_away(self.sections)
        left, right = duel.sides
        self.say(r"A step multiplies the distance from the floor by $1 - \alpha \cdot {steep}$.", steep=steep)
        self.also(Tween(left, 0.8, opacity=1.0))
        self.also(*hide(self.shown))
        self.also(Tween(right, 0.8, opacity=1.0))
        self.say(r"Beyond $\alpha = 2 / {steep} = {bound}$ that factor is below $-1$.", steep=steep, bound=bound)
        self.say("Both jump across the valley. Left lands a little nearer to the floor each time.")
        self.take_steps(duel.runs, range(1, 4), 0.8)
        self.also(*duel.steps_to(12, 3.6))
        self.say("Right lands a little farther from the floor each time, and higher.")
        self.also(*duel.steps_to(LAST_SEEN, 3.4))
        self.say("Left nears the floor and follows it out of view. Right leaves all bounds.")
        self.also(Tween(duel.runs, 4.0, linear, progress=1.0))

    @beat("The descent")
    def the_descent(self) -> None:
        """Half the bound: one step across, thousands along."""
        fit, replay = self.fit, self.replay
        panels = self.panels = DescentPanels(replay, self.pen)
        left, right = self.duel.sides
        rate = float(self.trajectory.learning_rate[0])
        across, along = (1 - rate * curvature for curvature in (self.course.steep, self.course.flat))
        self.chart.rect = array(*UPPER)
        fit.follow(replay)
        self.put_away(left)
        self.say(
            "About half the bound: a step leaves {share}\N{NO-BREAK SPACE}% of the distance from the floor.",
            share=Fixed(100 * across, 0),
        )
        self.also(*show(fit, panels.arithmetic))
        self.also(*hide(right))
        self.also(*show(panels.whole, panels.readout))
        self.then(Tween(replay, 1.4, smooth, step=1.0))
        self.say("Of the way along the floor each step leaves {share}\N{NO-BREAK SPACE}%.", share=Fixed(100 * along, 2))
        self.take_steps(replay, (2, 3), 1.2)
        self.put_away(panels.arithmetic)
        self.say("So one step is the fall; thousands go along the floor, with $W$ rising a little.")
        self.also(*show(panels.curve), Tween(replay, 7.0, linear, progress=replay.progress_at(panels.reached)))
        self.rest(0.6)

    @beat("The floor")
    def the_floor(self) -> None:
        """The end of the run, with W stretched until the valley is seen to be a bowl, and askew."""
        panels, last = self.panels, self.replay.last_step
        ends = self.trajectory.loss[self.trajectory.steps >= panels.reached][[0, -1]]
        first, least = (Fixed(float(loss), 4) for loss in ends)
        self.put_away(panels.whole)
        self.say(
            "The last ${left}$ steps. With $W$ stretched the valley is a bowl, and askew.",
            left=Count(last - panels.reached),
        )
        self.also(Tween(panels.near, 0.8, opacity=1.0))
        self.say(
            "$J$ falls only from ${first}$ to ${least}$: the steps shrink with the slope.", first=first, least=least
        )
        self.also(Tween(self.replay, 7.0, linear, step=float(last)), panels.near.view.turn(OVER_THE_RIM[1], 7.0))

    @beat("The result")
    def the_result(self) -> None:
        """The end of the run beside the exact optimum; and beside the line and the sigmoid."""
        pen, layer = self.pen, self.fit.layer
        self.play(*hide(self.panels.near, self.panels.curve, self.panels.readout))
        result = result_table(self.trajectory, self.optimum, COLUMN, 2.6, pen, 0.66, Size.FORMULA, number)
        self.say("The descent ends at the optimum, but for the fourth digit of $b$.")
        self.also(
            Tween(self.chart, 0.8, rect=array(*WIDE)), Tween(layer, 0.4, residuals=0.0), *show(result, run_time=1.0)
        )
        ahead, answer = self.lesson.forecast
        self.say("By this curve five floors cost {price} million EUR.", price=Fixed(answer / 10, 2))
        self.also(Tween(layer, 1.5, forecast=1.0))
        line, sigmoid, cubic = (run.final_loss for run in self.models)
        others = [fitted_curve(self.chart, run, k, self.palette) for k, run in enumerate((self.line, self.sigmoid))]
        rows = tables.comparison_table(self.models, ahead, COLUMN, -0.35, pen)
        self.fit.dots.in_front_of(*others)
        self.say(
            "The cubic's $J$ is 1/{times} of the line's. The sigmoid's, {sigmoid}, is still lower.",
            times=Fixed(line / cubic, 0),
            sigmoid=Number(sigmoid, 4),
        )
        self.add(*others, self.fit.dots)
        self.also(*show(rows), *(Tween(curve, 2.0, smooth, drawn=1.0) for curve in others))
        other = float(self.sigmoid.model.predict(self.sigmoid.final_params, array(ahead))[0])
        self.say(
            "Four houses cannot decide: at five floors sigmoid and cubic are ${apart}$ EUR apart.",
            apart=Count(1000 * round(100 * (answer - other))),
        )
        self.rest(1.0)
