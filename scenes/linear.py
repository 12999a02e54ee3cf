"""How does gradient descent find the best line? From the data to the line, with the numbers of the run."""

from __future__ import annotations

from manim import linear, smooth

from fitting import least_squares
from fitting.course import Course, Kind
from fitting.plane import Plane
from fitting.slices import Slice
from scenes.kit.drawing.frame import COLUMN, LEFT, LOWER, READOUT, RIGHT, RIGHT_HALF, ROOM, UPPER, WIDE
from scenes.kit.drawing.painting import Group, Tween, array, hide, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.by_hand import ByHand, parameter_values
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.live import LiveNumber
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.rulers import fit_chart
from scenes.kit.panels.slice_curve import SliceCurve
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.panels.summary import data_table, residual_table, result_table, standard_table
from scenes.kit.panels.with_numbers import file_line, forecast_formula, slope_with_numbers
from scenes.kit.story import fit_wording, run_wording, wording
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import landscape_window, nudges, slice_span
from scenes.kit.text.derivation import write
from scenes.kit.words.mean_squared_error import LINE
from scenes.kit.words.numbers import column
from scenes.parts.linear.formulas import downhill, longest_residual, rate_bound, roles
from scenes.parts.linear.residual_changes import ResidualChanges

VIEWS = ((-36.0, 30.0), (-22.0, 30.0), (-46.0, 37.0))
"""Azimuth and elevation at the start, after the first look around, and at the end of the descent."""


class LinearFit(Lecture):
    """A line fitted to data by gradient descent on the mean squared error."""

    title = "Linear fit"
    model = "linear"
    steps_refused = "its arithmetic is that of steps that see all data and move both parameters at once"
    loss = "mse"
    question = "How does gradient descent find the best line?"
    after = "gradient-descent"

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
        self.optimum = least_squares(self.trajectory.model, self.lesson.data)
        self.course = Course.of(self.trajectory, self.optimum)
        self.chart = fit_chart(self.lesson, self.optimum, WIDE)
        self.fit = FitPanel.of(self.lesson, self.chart, self.probe, self.pen)

    @beat("The data")
    def the_data(self) -> None:
        """Points appear, and the question that the line will answer."""
        fit, lesson, pen = self.fit, self.lesson, self.pen
        self.open()
        fit.dots.arrived = 0.0
        rows = data_table(lesson, COLUMN, 2.3, pen)
        self.say(wording.opening(lesson))
        self.add(fit)
        self.also(*show(fit.rulers[0], rows), Tween(fit.dots, 2.6, linear, arrived=1.0))
        self.say(wording.question(lesson))
        self.also(Tween(fit.layer, 1.0, question=1.0))
        if len(fit.rulers) > 1:
            self.then(Tween(fit.layer, 0.4, question=0.0))
            self.put_away(rows)
            rows = standard_table(lesson, COLUMN, 2.3, pen)
            self.say(wording.rulers(lesson))
            self.also(*self._measure_with(1), *show(rows))
        self.shown = rows

    @beat("The model")
    def the_model(self) -> None:
        """A line, and what each of its two parameters does to it."""
        pen, layer = self.pen, self.fit.layer
        model = pen.math(LINE.prediction.row, Size.LARGE).at(COLUMN, 2.4)
        values = parameter_values(self.probe, nudges(self.trajectory), COLUMN, 1.5, pen)
        self.put_away(self.shown)
        self.say("Our model is a straight line: two numbers decide where it runs.")
        self.also(
            Tween(layer, 0.4, question=0.0), *show(model, values), Tween(layer, 2.0, smooth, curve=1.0, drawn=1.0)
        )
        turn, shift = roles(pen)
        by_hand = ByHand(layer, self.probe, self.start)
        more_w, more_b = nudges(self.trajectory)
        self.say(wording.turn(more_w, float(self.lesson.data.x.min())))
        self.also(*show(turn), *by_hand.lift(more_w, 0.0))
        self.then(*by_hand.lower())
        self.say(wording.shift(more_b))
        self.also(*show(shift), *by_hand.lift(0.0, more_b))
        self.then(*by_hand.lower())
        self.shown = Group(model, values, turn, shift)

    @beat("The cost")
    def the_cost(self) -> None:
        """Residuals, their squares, the mean; and the mean as a curve over one parameter."""
        pen, layer, probe, trajectory = self.pen, self.fit.layer, self.probe, self.trajectory
        residual, cost = pen.math(LINE.residual.only(0).row).at(COLUMN, 2.75), pen.math(LINE.cost.row).at(COLUMN, 1.65)
        longest = longest_residual(trajectory, pen)
        self.put_away(self.shown)
        self.say("How wrong is the line? A residual is prediction minus target.")
        self.also(Tween(layer, residuals=1.0), *show(residual, longest))
        span, cut = slice_span(trajectory), Slice(trajectory, self.start, 0)
        slices = SliceCurve((COLUMN - 0.2, -2.75, RIGHT, 0.95), cut, probe, span, pen)
        live = LiveNumber(
            "J", "loss", lambda: slices.point.position[1], column(trajectory.loss[:1]), (COLUMN + 3.6, 1.65), pen, probe
        )
        self.put_away(longest)
        self.say("The cost $J$ is the mean of the squared residuals.")
        self.also(Tween(layer, squares=1.0), *show(cost, live))
        far = 0.06 * span[0] + 0.94 * span[1] if self.start[0] < sum(span) / 2 else 0.94 * span[0] + 0.06 * span[1]
        losses = cut.loss(array(self.start[0], sum(span) / 2, far))
        turned, slope = wording.sweep(*losses.tolist())
        self.say(turned)
        self.also(
            *show(slices),
            Tween(probe, 4.0, smooth, params=array(far, self.start[1])),
            Tween(slices.trace, 4.0, smooth, reach=far),
        )
        self.say(slope)
        self.also(Tween(probe, 1.5, smooth, params=self.start), Tween(slices.point, 2.0, tangent=1.0))
        self.shown = Group(residual, cost, live, slices)

    @beat("The chain rule")
    def the_chain_rule(self) -> None:
        """Both slopes, line by line; and the line moves as each parameter does."""
        pen, layer, trajectory = self.pen, self.fit.layer, self.trajectory
        head = pen.math(LINE.residual.only(1).row).at(COLUMN, 2.75)
        changes = ResidualChanges(trajectory, self.probe, -1.8, pen)
        by_hand, (more_w, more_b) = ByHand(layer, self.probe, self.start), nudges(trajectory)
        by_b = write(LINE.slope(1).only(0, 1, 2), pen, COLUMN, 1.6)
        by_w = write(LINE.slope(0).only(1, 2), pen, COLUMN, 0.33, leading=1.16)
        self.put_away(self.shown)
        self.say("How does $J$ change with $b$? $J$ is a mean of squared residuals.")
        self.also(Tween(layer, squares=0.0), *show(head, by_b.left, by_b.lines[0], changes))
        self.say("The chain rule: slope of the square, times slope of the residual.")
        self.also(*show(by_b.lines[1]))
        self.say("The square gives $2 r_i$. And $r_i$ moves as $b$ does: the factor 1.")
        self.also(*show(by_b.lines[2]), *by_hand.lift(0.0, more_b))
        self.then(*by_hand.lower())
        self.put_away(by_b.lines[0], by_b.lines[1])
        self.say("For $W$ the second factor is $x_i$: it multiplies $W$ in $r_i$.")
        self.also(
            Tween(by_b.lines[2], 0.8, baseline=by_b.left.baseline),
            *show(by_w.left, *by_w.lines, run_time=1.4),
            *by_hand.lift(more_w, 0.0),
        )
        self.then(*by_hand.lower())
        self.shown = Group(head, by_b.left, by_b.lines[2], by_w.left, *by_w.lines, changes)

    @beat("The gradient")
    def the_numbers(self) -> None:
        """The same two slopes with the numbers of this run's start."""
        pen, trajectory, layer = self.pen, self.trajectory, self.fit.layer
        rows = residual_table(trajectory, COLUMN, 2.75, pen)
        self.put_away(self.shown)
        self.say("Now in numbers: one residual for each {item}.")
        self.also(*show(rows, run_time=1.0))
        top = float(rows.get_bottom()[1]) - 0.92
        by_b = slope_with_numbers(trajectory, 1, pen, ROOM).at(COLUMN, top)
        by_w = slope_with_numbers(trajectory, 0, pen, ROOM).at(COLUMN, top - 1.08)
        self.say("Twice the mean residual is the slope in $b$.")
        self.also(*show(by_b))
        self.say("Twice the mean of $r_i \\cdot x_i$ is the slope in $W$. Together: the gradient.")
        self.also(*show(by_w))
        self.shown = Group(rows, by_b, by_w)
        self.then(Tween(layer, residuals=0.6))

    @beat("The first steps")
    def the_first_steps(self) -> None:
        """One step at a time, with its arithmetic."""
        pen, replay = self.pen, self.replay
        plane = Plane.shown(self.trajectory.model.parameters)
        window = landscape_window(self.trajectory, plane, self.lesson.window)
        self.landscape = LandscapePanel(replay, window, RIGHT_HALF, VIEWS, pen, air=0.32)
        self.readout = Readout(replay, LEFT, RIGHT, READOUT, pen)
        self.arithmetic = StepArithmetic(replay, LEFT + 0.1, -1.55, pen)
        self.fit.follow(replay)
        downwards = downhill(self.trajectory, pen).at(LEFT + 0.1, -1.9)
        trail = self.landscape.trail
        trail.arrow = 0.0
        self.play(*hide(self.shown), Tween(self.chart, 0.8, rect=array(*UPPER)))
        self.say("Over both parameters, $J$ is a landscape. The point is our line.")
        self.also(*show(self.landscape, self.readout, run_time=1.4), self.landscape.view.turn(VIEWS[1], 4.4))
        self.say("The arrow is minus the gradient: the steepest way down.")
        self.also(Tween(trail, 1.0, arrow=1.0, label=1.0), *show(downwards))
        self.put_away(downwards)
        self.say("A step: from each parameter we take the rate $\\alpha$ times its slope.")
        self.also(*show(self.arithmetic))
        self.then(Tween(replay, 1.2, smooth, step=1.0))
        steps = min(run_wording.FIRST, replay.last_step)
        second = [Tween(replay, 1.2, smooth, step=2.0)] if steps >= 2 else []
        self.say("Both slopes are taken before either parameter moves.")
        self.also(*second)
        if steps >= 3:
            self.say(run_wording.pace(self.lesson, self.course))
            self.also(Tween(replay, 1.0, smooth, step=3.0))
        self.take_steps(replay, range(4, steps + 1), 0.6)
        self.then(Tween(trail, 0.4, label=0.0))

    @beat("The descent")
    def the_descent(self) -> None:
        """The whole run: the fall, then the crawl, and why."""
        replay = self.replay
        self.curve = LossCurve(LOWER, replay, self.pen)
        self.put_away(self.arithmetic)
        falling, crawling, why = run_wording.descent(self.lesson, self.course)
        now = replay.progress
        # In a valley the caption about its wall stands as long as the point is on it, and its steps are faster.
        foot = max(self.course.fall, run_wording.FASTER)
        fall = replay.progress_at(foot) if self.course.kind is Kind.VALLEY else (1 + 2 * now) / 3
        self.say(falling)
        self.also(*show(self.curve), Tween(replay, 4.0, linear, progress=fall))
        self.say(crawling)
        self.also(Tween(replay, 5.5, linear, progress=(1 + fall) / 2), self.landscape.view.turn(VIEWS[2], 5.5))
        self.say(why)
        self.also(Tween(replay, 5.0, linear, progress=1.0))
        self.rest(0.3)

    @beat("The best line")
    def the_best_line(self) -> None:
        """The end of the run beside the exact optimum, and the forecast."""
        fit, lesson, pen = self.fit, self.lesson, self.pen
        self.play(*hide(self.landscape, self.curve, self.readout))
        own = not lesson.of_the_notes
        result = result_table(self.trajectory, self.optimum, COLUMN, 2.4, pen, 0.62 if own else 0.75, share=own)
        if self.course.kind in (Kind.SHORT, Kind.GROWS):
            fit.layer.reference_params = self.optimum
            self.also(Tween(fit.layer, 0.4, residuals=0.0, reference=1.0))
        self.say(run_wording.ending(lesson, self.course))
        self.also(Tween(self.chart, 0.8, rect=array(*WIDE)), *show(result, run_time=1.0))
        if own:
            self.say(fit_wording.quality(lesson, self.optimum))
        if self.course.kind is Kind.GROWS:
            self.say(run_wording.bound(self.course))
            self.also(*show(rate_bound(self.course.steep, pen)))
        else:
            forecast = forecast_formula(lesson, pen, ROOM).at(COLUMN, -1.6)
            if len(fit.rulers) > 1:
                line = file_line(lesson, pen, ROOM).at(COLUMN, -0.85)
                self.say("Back in the units of the file, the same line reads:")
                self.also(*self._measure_with(0), *show(line))
            self.say(wording.answer(lesson, self.course, self.optimum))
            self.also(Tween(fit.layer, 1.5, forecast=1.0), *show(forecast))
        self.rest(1.5)

    def _measure_with(self, which: int) -> list[Tween]:
        """Change the rulers; points and line stay where they are."""
        return [Tween(ruler, 0.8, opacity=float(k == which)) for k, ruler in enumerate(self.fit.rulers)]
