"""Which curve fits the houses? A cubic: its slopes, its steep valley, its descent, and how it compares."""

from __future__ import annotations

from manim import linear, smooth

from fitting import fit, least_squares
from scenes.kit.by_hand import ByHand, parameter_values
from scenes.kit.course import Course
from scenes.kit.fit_panel import FitPanel, Probe
from scenes.kit.lecture import Lecture, array, beat
from scenes.kit.painting import Group, Tween, hide, show
from scenes.kit.places import COLUMN, UPPER, WIDE
from scenes.kit.several_runs import Runs
from scenes.kit.stage import fit_chart, rulers
from scenes.kit.summary import data_table
from scenes.kit.three_models import fitted_curve, three_runs
from scenes.kit.ticks import count, latex_number, number
from scenes.parts.cubic import cubic_tables as tables
from scenes.parts.cubic import formulas
from scenes.parts.cubic.curve_tangent import cubic_tangent
from scenes.parts.cubic.descent_stage import VIEWS, DescentStage
from scenes.parts.cubic.rate_duel import two_rates
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
        self.the_best_cubic()

    def prepare(self) -> None:
        """What several beats share."""
        self.trajectory = self.lesson.trajectory
        self.data = self.lesson.data
        self.start = self.trajectory.params[0]
        self.runs, self.probe = Runs([self.trajectory]), Probe(self.start)
        self.optimum = least_squares(self.trajectory.model, self.data)
        self.course = Course.of(self.trajectory, self.optimum)
        self.line, self.sigmoid, _ = self.models = three_runs()
        self.chart = fit_chart(self.lesson, self.optimum, WIDE)
        ruler = rulers(self.lesson, self.chart, self.pen)
        self.fit = FitPanel(self.chart, ruler, self.data, self.trajectory.model, self.probe, self.pen)
        self.fit.layer.forecast_x = self.lesson.forecast_place

    @beat("The bend")
    def the_bend(self) -> None:
        """The data, and the best line beside them: prices bend, the line does not."""
        fit, pen = self.fit, self.pen
        self.open()
        fit.dots.arrived = 0.0
        self.shown = data_table(self.lesson, COLUMN, 2.3, pen)
        self.add(fit)
        self.say(
            "Four houses: how many floors they have, and what they cost.",
            *show(fit.rulers[0], self.shown), Tween(fit.dots, 2.4, linear, arrived=1.0),
        )  # fmt: skip
        about = formulas.line_found(self.line, pen)
        loss = latex_number(number(self.line.final_loss, 4))
        line = fitted_curve(self.chart, self.line, 0, self.palette)
        self.add(line)
        self.say(
            f"The best line misses every house by about 1. $J$ stays at ${loss}$.",
            Tween(line, 2.0, smooth, drawn=1.0), *show(about),
        )  # fmt: skip
        self.say("Prices bend upwards, and a line cannot bend. Which curve can?")
        self.shown = Group(self.shown, line, about)

    @beat("The model")
    def the_model(self) -> None:
        """The cubic, and what each of its two parameters does to it."""
        pen, layer = self.pen, self.fit.layer
        model, values = formulas.model_formula(pen), parameter_values(self.probe, (MORE_W, MORE_B), COLUMN, 1.6, pen)
        self.say(
            "A cubic has two numbers too, but it takes $x^3$ instead of $x$.",
            *show(model, values), Tween(layer, 2.0, smooth, curve=1.0, drawn=1.0), clear=(self.shown,),
        )  # fmt: skip
        turn, shift = tables.lift_table(self.data.x, MORE_W, COLUMN, 0.7, pen), formulas.shifting(pen)
        by_hand = ByHand(layer, self.probe, self.start)
        self.say(
            f"${MORE_W}$ more in $W$ lifts it by ${MORE_W} \\cdot x^3$: mostly the tallest house.",
            *show(turn), *by_hand.lift(MORE_W, 0.0),
        )  # fmt: skip
        self.then(*by_hand.lower())
        self.say(
            f"{MORE_B:g} more in $b$ lifts it by {MORE_B:g}, everywhere.", *show(shift), *by_hand.lift(0.0, MORE_B)
        )
        self.then(*by_hand.lower())
        self.shown = Group(values, turn, shift)
        self.model_line = model

    @beat("The slope")
    def the_slope(self) -> None:
        """Along the curve the slope grows with x squared."""
        pen = self.pen
        tangent = cubic_tangent(self.chart, self.start, 1.0, pen)
        slope, live = formulas.slope_formula(pen), formulas.tangent_numbers(tangent, pen)
        self.say(
            "A line has one slope. The cubic's slope is $3 W x^2$: it grows.",
            *show(tangent, slope, live), clear=(self.shown,),
        )  # fmt: skip
        slopes = tables.slope_table(self.data.x, float(self.start[0]), COLUMN, -0.75, pen)
        self.say(
            "At one floor the next one adds little, at four it adds much.",
            Tween(tangent, 4.0, smooth, x=4.0), *show(slopes),
        )  # fmt: skip
        self.say("Four times the floors, sixteen times the slope.")
        self.shown = Group(self.model_line, slope, live, slopes, tangent)

    @beat("The gradient")
    def the_gradient(self) -> None:
        """Both slopes of the cost: what of the line's stays, and what is new."""
        pen, layer = self.pen, self.fit.layer
        (heads, residuals, factors), (by_b, by_w) = formulas.beside_the_line(pen), formulas.slopes(pen)
        self.say(
            "The cost $J$ is the mean of the squared residuals, as before.",
            Tween(layer, 1.0, residuals=1.0), *show(heads, residuals), clear=(self.shown,),
        )  # fmt: skip
        self.say(
            "The chain rule again: the square's slope does not know the model.",
            *show(*(part for slope in (by_b, by_w) for part in (slope.left, slope.lines[0]))),
        )  # fmt: skip
        self.say("Only the residual's slope does. Against the line, one of the two is new.", *show(factors))
        self.say(
            "For $W$ each residual is weighted, now with $x_i^3$ instead of $x_i$.",
            *show(by_b.lines[1], by_w.lines[1]),
        )  # fmt: skip
        self.shown = Group(heads, residuals, factors, by_b.left, *by_b.lines, by_w.left, *by_w.lines)

    @beat("The numbers")
    def the_numbers(self) -> None:
        """The same slopes at the run's start: one house makes most of the gradient."""
        pen, trajectory = self.pen, self.trajectory
        _, weighted = tables.weighted_residuals(trajectory)
        rows = tables.weighted_table(trajectory, COLUMN, 2.75, pen)
        self.say("In numbers, where the descent starts: a residual for each house.", *show(rows), clear=(self.shown,))
        by_b = tables.weighted_slope(trajectory, 1, pen).at(COLUMN, -1.15)
        by_w = tables.weighted_slope(trajectory, 0, pen).at(COLUMN, -2.3)
        self.say("Twice the mean residual is the slope in $b$.", *show(by_b))
        share = weighted[-1] / weighted.sum()
        self.say(
            f"In $W$ it is {trajectory.gradient[0, 0] / trajectory.gradient[0, 1]:.0f} times as much, "
            f"{100 * share:.0f}\N{NO-BREAK SPACE}% of it from the tallest house.",
            *show(by_w),
        )
        self.shown = Group(rows, by_b, by_w)

    @beat("The curvature")
    def the_curvature(self) -> None:
        """Second derivatives: the valley is steep across and flat along."""
        pen, course = self.pen, self.course
        sections = ValleySections(WIDE, self.trajectory, self.optimum, 0.1, pen)
        sections.opacity = 0.0
        self.add(sections)
        self.say(
            "Around the optimum $J$ is a valley: steep across, almost flat along.",
            Tween(sections, 0.8, opacity=1.0), clear=(self.shown, *self.fit.submobjects),
        )  # fmt: skip
        by_w, by_b = formulas.second_derivatives(self.data, pen)
        self.say("How steep? Over $W$ the second derivative sums squares of $x^3$.", *show(by_w.left, *by_w.lines))
        self.say("Over $b$ it is 2, whatever the data.", *show(by_b.left, *by_b.lines))
        steep, flat = latex_number(number(course.steep, 4)), latex_number(number(course.flat, 4))
        both, condition = formulas.curvatures(steep, flat, pen), formulas.condition_number(course, pen)
        self.say(f"The valley is a little askew: its curvature is ${steep}$ across, ${flat}$ along.", *show(both))
        ratio = latex_number(number(course.steep / course.flat, 4))
        self.say(f"Their ratio, the condition number, is ${ratio}$. The line's is 56.", *show(condition))
        self.shown = Group(by_w.left, *by_w.lines, by_b.left, *by_b.lines, both, condition, sections)

    @beat("The bound")
    def the_bound(self) -> None:
        """Two rates, one a little below 2 / curvature and one a little above."""
        duel = self.duel = two_rates(self.course.steep, self.pen)
        steep, bound = number(self.course.steep, 4), latex_number(number(2 / self.course.steep, 3))
        duel.opacity = 0.0
        self.add(duel.runs, duel)
        self.say(
            f"A step multiplies the distance across by $1 - \\alpha \\cdot {steep}$.",
            Tween(duel, 0.8, opacity=1.0), clear=(self.shown,),
        )  # fmt: skip
        self.say(f"Beyond $\\alpha = 2 / {steep} = {bound}$ that factor is below $-1$.")
        for step in range(1, 5):
            self.also(Tween(duel.runs, 0.9, smooth, step=float(step)))
        self.say("Both jump across the valley. Left lands a little nearer each time.", *duel.steps_to(14, 4.6))
        self.say("Right lands a little farther out each time, and climbs.", *duel.steps_to(26, 4.0))
        self.say(
            "Left reaches the floor and follows it out of view. Right leaves all bounds.",
            Tween(duel.runs, 4.0, linear, progress=1.0),
        )  # fmt: skip

    @beat("The descent")
    def the_descent(self) -> None:
        """Half the bound: one step across, thousands along."""
        fit, runs = self.fit, self.runs
        stage = self.stage = DescentStage(runs, self.pen)
        rate, steep, flat = float(self.trajectory.learning_rate[0]), self.course.steep, self.course.flat
        self.chart.rect = array(*UPPER)
        fit.follow(runs.replays[0])
        self.add(runs, stage.whole, fit)
        self.say(
            f"About half the bound: a step leaves {100 * (1 - rate * steep):.0f}\N{NO-BREAK SPACE}% of the way across.",
            *show(stage.whole, stage.readout, *fit.submobjects, stage.arithmetic, run_time=1.0), clear=(self.duel,),
        )  # fmt: skip
        self.then(Tween(runs, 1.4, smooth, step=1.0))
        self.say(
            f"Along the floor it leaves {100 * (1 - rate * flat):.2f}\N{NO-BREAK SPACE}% of the way, at every step.",
            Tween(runs, 1.2, smooth, step=2.0),
        )
        self.also(Tween(runs, 1.2, smooth, step=3.0))
        self.add(stage.curve)
        self.say(
            "So one step is the fall, and thousands are the way along the floor.",
            *show(stage.curve), Tween(runs, 7.0, linear, progress=runs.progress_at(stage.reached)),
            clear=(stage.arithmetic,),
        )  # fmt: skip
        self.rest(0.6)

    @beat("The floor")
    def the_floor(self) -> None:
        """The end of the run, with W stretched until the valley is a bowl."""
        stage, last, (azimuth, elevation) = self.stage, self.runs.last_step, VIEWS[1]
        left = latex_number(count(last - stage.reached))
        self.add(stage.near)
        self.say(
            f"The last ${left}$ steps, with $W$ stretched: here the valley is a bowl.",
            Tween(stage.near, 0.8, opacity=1.0), clear=(stage.whole,),
        )  # fmt: skip
        self.say(
            "Even here $J$ falls by little: 0.015 to 0.014. Steps shrink with the slope.",
            Tween(self.runs, 7.0, linear, step=float(last)),
            Tween(stage.near.view, 7.0, smooth, azimuth=azimuth, elevation=elevation),
        )

    @beat("The best cubic")
    def the_best_cubic(self) -> None:
        """The end of the run beside the exact optimum; and beside the line and the sigmoid."""
        pen, layer = self.pen, self.fit.layer
        self.play(*hide(self.stage.near, self.stage.curve, self.stage.readout))
        result = tables.optimum_table(self.trajectory, self.optimum, COLUMN, 2.6, pen)
        self.say(
            "The descent has found the exact optimum, to three digits and more.",
            Tween(self.chart, 0.8, rect=array(*WIDE)), Tween(layer, 0.4, residuals=0.0), *show(result, run_time=1.0),
        )  # fmt: skip
        ahead, answer = self.lesson.forecast
        self.say(f"Five floors would cost {answer / 10:.2f} million EUR.", Tween(layer, 1.5, forecast=1.0))
        line, sigmoid, cubic, notes = (tables.squared_error(run) for run in (*self.models, fit("sigmoid")))
        others = [fitted_curve(self.chart, run, k, self.palette) for k, run in enumerate((self.line, self.sigmoid))]
        rows = tables.comparison_table(self.models, fit("sigmoid"), ahead, COLUMN, -0.35, pen)
        self.fit.dots.sources += tuple(others)
        self.add(*others, self.fit.dots)
        self.say(
            f"Its $J$ is 1/{line / cubic:.0f} of the line's, and below the notes' sigmoid's, {number(notes, 4)}.",
            *show(rows), *(Tween(other, 2.0, smooth, drawn=1.0) for other in others),
        )  # fmt: skip
        self.say(f"A sigmoid that descends on this same $J$ does a little better: {number(sigmoid, 4)}.")
        self.say("Each has two parameters; the sigmoid's 20 is set by hand. Four houses cannot decide.")
        self.rest(1.0)
