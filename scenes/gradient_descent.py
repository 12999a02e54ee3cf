"""How does a slope find the bottom? One parameter on its parabola, learning rates, and two parameters at once."""

from __future__ import annotations

from manim import linear, smooth

from fitting import fit
from fitting.course import Course
from fitting.slices import Slice
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Group, Tween, hide, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.words.message import Count, Exact, Fixed, Message, Shown, message
from scenes.parts.gradient_descent import chosen_numbers as chosen
from scenes.parts.gradient_descent.between_bounds import BetweenBounds
from scenes.parts.gradient_descent.bound_formulas import BoundFormulas
from scenes.parts.gradient_descent.parabola_panel import ParabolaPanel
from scenes.parts.gradient_descent.rate_comparison import RateComparison
from scenes.parts.gradient_descent.slice_steps import FirstStep, ShrinkingSteps
from scenes.parts.gradient_descent.slope_reading import SlopeReading
from scenes.parts.gradient_descent.update_order import BothDescents, OneStep
from scenes.parts.gradient_descent.update_rule import curvature_text, rate_bound, rule

PANEL = (LEFT, -2.75, 0.25, 3.1)
"""Where the parabola stands, and the map after it."""

COLUMN = 0.8
"""Left edge of what stands on the right."""

ROOM = RIGHT - COLUMN


class GradientDescent(Lecture):
    """Sign and size of a slope as direction and length of a step; how long a step may be; which slopes it takes."""

    title = "Gradient descent"
    question = "How does a slope find the bottom?"
    after = "cost"
    model = "linear"
    own_data_refused = "its rates and bounds are chosen for the curvature of the notes' four houses"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_slope()
        self.against_the_slope()
        self.shrinking_steps()
        self.the_learning_rate()
        self.the_bound()
        self.two_parameters()
        self.all_at_once()
        self.both_arrive()
        self.the_answer()

    def prepare(self) -> None:
        """What several beats share: the slice over W through the start of the notes' run."""
        self.start = self.lesson.trajectory.params[0]
        self.cut = Slice(self.lesson.trajectory, self.start, 0)
        self.panel = ParabolaPanel(PANEL, self.cut, chosen.SPAN, self.pen)

    @beat("The slope")
    def the_slope(self) -> None:
        """The curve, its tangent, and how the slope changes along it."""
        panel = self.panel
        self.open()
        reading = SlopeReading(panel, chosen.SPAN, float(self.start[0]), COLUMN, 2.55, self.pen)
        spot, point = reading.spot, reading.point
        negative, zero, positive = reading.sides
        panel.curve.drawn = 0.0
        self.say("The cost $J$ of a line for four houses, over $W$ alone: a parabola.")
        self.also(*show(panel, reading.head), Tween(panel.curve, 2.4, smooth, drawn=1.0))
        start = Exact(float(self.start[0]))
        self.say("At $W = {start}$ the curve falls to the right: its slope is negative.", start=start)
        self.also(*show(point, reading.numbers), Tween(point, 1.0, tangent=1.0))
        self.also(*show(negative))
        self.say("Farther right it is less steep; at the bottom it is level.")
        self.also(Tween(spot, 3.0, smooth, value=self.cut.minimum), Tween(panel.curve, 3.0, floor=1.0))
        self.also(*show(zero))
        self.say("Beyond the bottom the curve rises: its slope is positive.")
        self.also(Tween(spot, 2.6, smooth, value=chosen.OTHER_SIDE))
        self.also(*show(positive))
        self.say("So the sign of the slope tells on which side of the bottom we are.")
        self.shown = reading

    @beat("Against the slope")
    def against_the_slope(self) -> None:
        """The rule, and one step from each side."""
        self.left = self.cut.descend(float(self.start[0]), chosen.RATE, chosen.TABLE_STEPS)
        right = self.cut.descend(chosen.OTHER_SIDE, chosen.RATE, 1)
        symbols = self.pen.math(rule("W").row, Size.LARGE).at(COLUMN, 2.1)
        steps = [
            FirstStep(self.panel, descent, side, (COLUMN, top), ROOM, self.pen)
            for descent, side, top in (
                (self.left, message("left of the bottom: slope $< 0$"), 0.75),
                (right, message("right of the bottom: slope $> 0$"), -1.0),
            )
        ]
        first, second = steps
        self.put_away(self.shown)
        self.say("The rule of gradient descent: $W$ moves by minus the rate $\\alpha$ times the slope.")
        self.also(*show(symbols, first.point), Tween(first.point, 0.8, tangent=1.0))
        self.take(first, message("Minus a negative slope makes $W$ larger: the step goes right."))
        self.take(second, message("Minus a positive slope makes $W$ smaller: the step goes left."), second.point)
        self.say("One rule for both sides: against the slope is downhill.")
        self.shown = Group(symbols, *steps)

    def take(self, step: FirstStep, caption: Message, *new: CurvePoint) -> None:
        """One step on the parabola, with its numbers."""
        self.say(caption)
        self.add(step.trail, step.point)
        self.also(*show(step.words, *new), Tween(step.point, 0.8, tangent=1.0))
        self.also(*show(step.numbers))
        self.also(Tween(step.clock, 2.4, linear, step=1.0))

    @beat("Steps shrink")
    def shrinking_steps(self) -> None:
        """Six steps at one rate, each shorter than the one before."""
        steps = ShrinkingSteps(self.panel, self.left, chosen.TABLE_STEPS, COLUMN, self.pen)
        clock, point = steps.clock, steps.point
        self.put_away(self.shown)
        self.say("From the start once more, step by step. The rate stays the same.")
        self.add(steps.trail, point)
        self.also(*show(steps.rate, steps.rows, point), Tween(point, 0.8, tangent=1.0))
        self.take_steps(clock, (1, 2), 1.8, linear)
        self.say("Nearer to the bottom the curve is less steep, and so the step is shorter.")
        self.also(Tween(clock, 1.8, linear, step=3.0))
        self.take_steps(clock, range(4, chosen.TABLE_STEPS + 1), 1.2, linear)
        shrink = Fixed(1 - chosen.RATE * self.cut.curvature, 1)
        self.say(r"Each step is {shrink} times the one before, and $\alpha$ has not changed.", shrink=shrink)
        self.rest(0.8)
        self.shown = Group(steps, self.panel)

    @beat("The learning rate")
    def the_learning_rate(self) -> None:
        """Four rates from one start: creeping, good, overshooting, diverging."""
        pen, start = self.pen, float(self.start[0])
        descents = [self.cut.descend(start, rate, chosen.RATES_STEPS) for rate in chosen.RATES]
        words = (message("creeps"), message("good"), message("overshoots"), message("diverges"))
        self.rates = RateComparison(descents, chosen.RATES_SPAN, (LEFT, -1.05, RIGHT, 2.45), words, pen)
        clock, verdicts = self.rates.clock, self.rates.verdicts
        self.put_away(self.shown)
        self.say("The same start, $W = {start}$, with four learning rates.", start=Exact(start))
        self.also(*show(self.rates, self.rates.numbers))
        self.say("Three steps of each: the first creeps, the second is nearly at the bottom.")
        self.also(Tween(clock, 4.8, linear, step=3.0))
        self.also(*show(*verdicts[:2]))
        self.say("The third jumps across the bottom, and still lands nearer to it each time.")
        self.also(*show(verdicts[2]), Tween(clock, 4.0, linear, step=6.0))
        self.say("The fourth lands farther away each time: it diverges.")
        self.also(*show(verdicts[3]), Tween(clock, 4.4, linear, step=float(chosen.RATES_STEPS)))
        self.rest(0.8)

    @beat("The bound")
    def the_bound(self) -> None:
        """Why: each step multiplies the distance to the bottom by 1 - curvature * rate."""
        why = BoundFormulas("W", self.cut.curvature, chosen.RATES, self.rates.centers, self.pen)
        curvature = Shown(curvature_text(self.cut.curvature))
        self.put_away(*self.rates.verdicts, self.rates.numbers)
        self.say("Why? On a parabola the slope is curvature times distance to the bottom.")
        self.also(*show(why.slope, why.curvature))
        self.put_away(why.curvature)
        self.say(r"So each step multiplies the distance by $1 - {curvature} \alpha$.", curvature=curvature)
        self.also(*show(why.step))
        self.then(*show(why.factors))
        self.say("With a negative factor the point changes sides; below $-1$ it gets farther away.")
        self.put_away(why.slope, why.step)
        self.say("To arrive, $\\alpha$ must stay below 2 / curvature.")
        self.also(*show(why.bound))
        self.rest(1.0)
        self.shown = Group(self.rates, why.factors, why.bound)

    @beat("Two parameters")
    def two_parameters(self) -> None:
        """A rate below the bound over one parameter, and above it over two."""
        diverging, edges = fit(learning_rate=chosen.BETWEEN_BOUNDS), (LEFT, -0.3, RIGHT)
        both = BetweenBounds(
            diverging, self.cut, chosen.SPAN, chosen.BETWEEN_STEPS, edges, chosen.BETWEEN_WINDOW, self.pen
        )
        clock, rate, largest = both.clock, Exact(chosen.BETWEEN_BOUNDS), Shown(curvature_text(both.largest))
        self.put_away(self.shown)
        self.say(r"Over $W$ alone, $\alpha = {rate}$ is below the bound: the descent converges.", rate=rate)
        self.also(*show(both.alone, both.cost, both.point))
        self.add(both.steps, both.point)
        self.also(Tween(clock, 5.0, linear, step=6.0))
        # Out of sight it goes back to its start: a descent does not run backwards.
        self.then(*hide(both.steps, both.point, both.cost))
        clock.step = 0.0
        self.say(
            "Let $b$ move too: a valley, seen from above. Across it, $J$ curves most: {curvature}.", curvature=largest
        )
        self.also(both.make_room(1.0))
        self.add(both.steps, both.point)
        both.steps.opacity = 1.0
        self.also(*show(both.both, both.cost, both.point))
        self.say("Same start, same rate: each jump across the valley is longer than the one before.")
        self.also(Tween(clock, 8.0, linear, step=float(chosen.BETWEEN_STEPS)))
        self.say("The largest curvature of all directions sets the bound: $2 / {curvature}$.", curvature=largest)
        self.shown = Group(both.alone, both.cost, both.steps, both.point, both.both)

    @beat("All at once")
    def all_at_once(self) -> None:
        """One step both ways: which slopes it takes."""
        step = OneStep(chosen.LARGE_RATE, PANEL, COLUMN, ROOM, self.pen)
        self.put_away(self.shown)
        self.say(
            r"Two parameters: at which point are the slopes taken? One step, $\alpha = {rate}$.",
            rate=Exact(chosen.LARGE_RATE),
        )
        self.also(*show(step.map, step.here, step.rules))
        self.put_away(step.rules)
        self.say("Gradient descent: both slopes at the old point, then both move.")
        self.also(*show(step.old))
        # Below the arrows, though it is shown last.
        step.contour.opacity = 0.0
        self.add(step.contour, step.first, step.second, step.whole, step.here)
        self.also(*show(step.new, run_time=1.0))
        self.rest(0.8)
        self.also(Tween(step.first, 1.2, smooth, grown=1.0))
        self.also(Tween(step.second, 1.0, smooth, grown=1.0))
        self.also(Tween(step.whole, 1.0, smooth, grown=1.0), *show(step.together))
        self.say("One after the other: $W$ moves, and $b$'s slope is taken there.")
        self.add(step.late)
        self.also(*show(step.other, run_time=1.0))
        self.also(Tween(step.late, 1.0, smooth, grown=1.0), *show(step.apart))
        at_once, late = (Fixed(float(end[1] - self.start[1]), 3) for end in step.ends)
        self.say("This way $b$ moves by {late} instead of {at_once}.", late=late, at_once=at_once)
        self.say("Only the first way goes straight downhill, at right angles to the contour line.")
        self.also(*show(step.contour, run_time=1.0))
        self.rest(0.8)
        self.shown = step

    @beat("Both arrive")
    def both_arrive(self) -> None:
        """The other order is a method of its own, and converges too."""
        at_once = fit(learning_rate=chosen.LARGE_RATE, steps=chosen.ARRIVED)
        in_turn = fit(learning_rate=chosen.LARGE_RATE, steps=chosen.ARRIVED, one_after_other=True)
        self.both = BothDescents(at_once, in_turn, PANEL, chosen.ARRIVED_WINDOW, COLUMN, self.pen)
        both = self.both
        self.put_away(self.shown)
        self.say("Does the other order arrive as well? Both from the same start.")
        self.also(*show(both.map, both.paths, both.numbers))
        self.also(Tween(both.clock, 1.6, linear, step=1.0))
        self.also(Tween(both.clock, 5.0, linear, progress=both.clock.progress_at(chosen.NEARLY)))
        self.say(
            "After {steps} steps the other order is even a little ahead: its $J$ is smaller.",
            steps=Count(chosen.NEARLY),
        )
        self.say("Both arrive. One after the other is a method of its own: coordinate descent.")
        self.also(Tween(both.clock, 2.4, linear, progress=1.0))

    @beat("The answer")
    def the_answer(self) -> None:
        """The rule once more, and what its parts do."""
        pen, both = self.pen, self.both
        rules = Group(*(pen.math(rule(name).row, Size.LARGE).at(COLUMN, y) for name, y in (("W", 1.9), ("b", 0.5))))
        self.put_away(both.numbers, both.other_path)
        self.say("So the slope finds the bottom: minus its sign gives the direction,")
        self.also(*show(rules))
        self.say("and its size, times the rate, gives the length of the step.")
        steep = Course.of(both.clock.trajectory, both.map.optimum).steep
        self.say("With a rate below the bound, every start leads to the bottom of this valley.")
        self.also(*show(pen.math(rate_bound(steep, largest=True).row, room=ROOM).at(COLUMN, -1.0)))
        self.rest(1.5)
