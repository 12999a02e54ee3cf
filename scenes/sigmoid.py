"""What if prices level off? A scaled sigmoid, the plateaus of its squared error, and the cost that has none."""

from __future__ import annotations

from manim import linear, rate_functions, smooth

from scenes.kit.drawing.frame import RIGHT, WIDE
from scenes.kit.drawing.painting import Group, Tween, array, hide, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.live import parameter_numbers
from scenes.kit.panels.summary import data_table
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.probe import Probe, Spot
from scenes.kit.subject.replay import Replay
from scenes.kit.words.message import Count, Fixed
from scenes.parts.sigmoid.derivations import EntropyDerivation, ErrorDerivation, SlopeDerivation
from scenes.parts.sigmoid.formulas import MODEL, SIGMOID, UPDATES
from scenes.parts.sigmoid.landscapes import FREE, STUCK, VIEWS, WALK, descent, error_landscape
from scenes.parts.sigmoid.longer_beats import BothCosts, FarView, FreeDescent, PlateauWalk, StuckDescent
from scenes.parts.sigmoid.marks import SigmoidMarks, center_numbers, parameter_text
from scenes.parts.sigmoid.panel import REACH, SigmoidPanel
from scenes.parts.sigmoid.slopes import SCALE
from scenes.parts.sigmoid.tables import fits_table, slopes_table
from scenes.parts.sigmoid.two_fits import TwoFits

COLUMN = 0.4
"""Left edge of what stands on the right."""

SPAN, HEIGHTS = (-0.5, 10.8), (-1.0, 22.0)


class SigmoidFit(Lecture):
    """A sigmoid fitted by two costs: one whose plateaus hold a descent, and one without."""

    title = "Sigmoid fit"
    question = "What if prices level off?"
    after = "linear"
    model = "sigmoid"
    own_data_refused = "its starts, its plateaus and its ceiling of 20 are those of its four houses"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_model()
        self.two_parameters()
        self.the_slope()
        self.the_gradient()
        self.the_landscape()
        self.stuck()
        self.on_the_slope()
        self.without_the_factor()
        self.the_factor_cancels()
        self.no_plateau()
        self.two_fits()
        self.the_ceiling()

    def prepare(self) -> None:
        """What several beats share."""
        self.notes_run = self.lesson.trajectory
        self.stuck_run, self.free_run = descent("mse", STUCK), descent("mse", FREE)
        self.probe = Probe(array(1.0, -5.0))
        self.chart = Chart(WIDE, SPAN, HEIGHTS)
        self.fit = FitPanel.of(self.lesson, self.chart, self.probe, self.pen)
        self.marks = SigmoidMarks(self.chart, self.probe, SCALE, self.pen)

    @beat("The model")
    def the_model(self) -> None:
        """Four houses, a ceiling, and the curve that bends towards it."""
        fit_panel, pen = self.fit, self.pen
        sigma = pen.math(SIGMOID.row, Size.LARGE).at(COLUMN, 2.2)
        model = pen.math(MODEL.row, Size.LARGE).at(COLUMN, 2.4)
        houses = data_table(self.lesson, COLUMN, 2.3, pen)
        self.open()
        fit_panel.dots.arrived = 0.0
        self.say("Four houses. What if no house costs more than two million EUR?")
        self.add(fit_panel, self.marks)
        self.also(
            *show(fit_panel.rulers[0], houses),
            Tween(fit_panel.dots, 2.0, linear, arrived=1.0),
            Tween(self.marks, 2.0, ceiling=0.7),
        )
        place = Spot(-REACH)
        panel = SigmoidPanel((COLUMN - 0.2, -2.75, RIGHT, 1.1), place, pen)
        self.put_away(houses)
        self.say("The sigmoid rises between 0 and 1, and levels off at both ends.")
        self.also(*show(sigma, panel), Tween(place, 3.5, smooth, value=REACH))
        self.put_away(sigma, panel)
        self.say("20 times the sigmoid of $W x + b$ levels off at 20: two million EUR.")
        self.also(*show(model), Tween(fit_panel.layer, 2.4, smooth, curve=1.0, drawn=1.0))
        self.shown = Group(model)

    @beat("Two parameters")
    def two_parameters(self) -> None:
        """What W and b do to the curve."""
        probe, marks, first = self.probe, self.marks, self.probe.params
        values = parameter_numbers(probe, parameter_text, ((COLUMN, 1.25), (COLUMN + 3.0, 1.25)), self.pen)
        half, steep = center_numbers(probe, (COLUMN, 0.1), self.pen)
        self.say("Where $W x + b = 0$, the curve is half way up, and steepest.")
        self.also(*show(*values, half), Tween(marks, half=1.0))
        self.also(*show(steep), Tween(marks, tangent=1.0))
        self.say("Twice the $W$: twice the slope, and half way up at half the $x$.")
        self.also(Tween(probe, 3.0, smooth, params=first * array(2.0, 1.0)))
        self.say("Less $b$ shifts the curve to the right. It stays as steep.")
        self.also(Tween(probe, 3.0, smooth, params=first * array(2.0, 2.0)))
        self.shown = Group(self.shown, *values, half, steep)

    @beat("The slope of the sigmoid")
    def the_slope(self) -> None:
        """The derivative of the sigmoid, line by line, and as a curve."""
        derivation = SlopeDerivation(COLUMN - 0.2, self.pen)
        panel, place, numbers = derivation.panel, derivation.place, derivation.numbers
        power, chain, inside, split, result = derivation.lines
        self.put_away(self.shown, self.fit, self.marks)
        self.say("How steep is the sigmoid? It is a power of $1 + e^{-a}$.")
        self.also(*show(panel, derivation.left, power))
        self.say("The chain rule: slope of the power, times slope of what is inside.")
        self.also(*show(chain))
        self.say("Inside, the slope is $-e^{-a}$. The two minus signs cancel.")
        self.also(*show(inside))
        self.say("Split the fraction: the sigmoid, times what is missing to 1.")
        self.also(*show(split))
        self.then(*show(result))
        self.say("The sigmoid is steepest at 0: slope 1/4. Far out, hardly any slope is left.")
        self.also(*show(*numbers), Tween(panel.curves, 1.0, slope=1.0), Tween(place, 2.0, smooth, value=0.0))
        self.also(Tween(place, 2.6, smooth, value=REACH))
        self.slope, self.shown = derivation, Group(derivation.left, *derivation.lines)

    @beat("The gradient")
    def the_gradient(self) -> None:
        """The mean squared error's slope, with the factor that matters, beside that factor as a curve."""
        place, derivation = self.slope.place, ErrorDerivation(COLUMN - 0.2, self.pen)
        cost, chain, result = derivation.lines
        self.put_away(self.shown)
        self.say("Our cost is the mean squared error: $W$ acts on it through three links.")
        self.also(*show(derivation.links, derivation.left, cost), Tween(place, 2.0, smooth, value=0.0))
        self.also(*show(chain))
        self.say("The middle one is 20 times the slope of the sigmoid.")
        self.also(*show(result))
        self.say("A house where the sigmoid is flat adds hardly anything to the gradient.")
        self.also(Tween(place, 3.0, smooth, value=-REACH))
        self.shown = Group(self.slope.panel, *self.slope.numbers, derivation)

    @beat("The landscape")
    def the_landscape(self) -> None:
        """The mean squared error over W and b: steps between plateaus."""
        self.stuck_replay = Replay(self.stuck_run)
        self.landscape = error_landscape(self.stuck_replay, self.pen)
        walk = PlateauWalk(self.landscape, self.stuck_run, self.fit, self.pen)
        walker = walk.walker
        self.put_away(self.shown)
        self.say("The cost over $W$ and $b$ is like a staircase: plateaus, and cliffs between.")
        self.also(*show(self.fit, self.landscape, walk, run_time=1.4), self.landscape.view.turn(VIEWS[1], 4.6))
        edge, ravine, foot = (array(*place) for place in WALK)
        self.say("On the top plateau all four predictions are 20.")
        self.also(Tween(walker, 2.0, smooth, params=edge))
        self.say("Walk down: prediction after prediction falls towards 0, and $J$ falls with it.")
        self.also(Tween(walker, 5.0, linear, params=ravine))
        price = Fixed(float(self.lesson.data.y[-1]), 1)
        self.say("The last one falls past its price, {price}, and now $J$ rises again.", price=price)
        self.also(Tween(walker, 4.2, rate_functions.ease_in_quad, params=foot))
        self.say("All four at 0: the lowest plateau. The valley just crossed is deeper.")
        self.shown = Group(self.fit, walk)

    @beat("A start that gets stuck")
    def stuck(self) -> None:
        """From W = 5, b = 20 nothing moves."""
        replay = self.stuck_replay
        first = StuckDescent(replay, self.pen)
        self.put_away(self.shown)
        self.say("A descent starts on top, $W = 5$, $b = 20$. Every residual is large ...")
        self.also(*show(first.readout, first.rows), Tween(self.landscape.trail, point=1.0))
        self.say("... but every slope $\\sigma'(a_i)$ is nearly 0, and so is the gradient.")
        self.also(*show(first.arithmetic))
        self.then(Tween(replay, 1.0, smooth, step=1.0))
        self.say("In {steps} steps not one digit of the cost changes.", steps=Count(replay.last_step))
        self.also(Tween(replay, 3.6, linear, progress=1.0))
        self.shown = first

    @beat("A start on the slope")
    def on_the_slope(self) -> None:
        """From W = 0.2, b = 0.28 the optimum is reached."""
        second = FreeDescent(self.landscape, self.free_run, self.stuck_run, self.fit, self.pen)
        replay, trail, ravine = second.replay, second.trail, second.ravine
        self.put_away(self.shown)
        self.say("A second start, $W = 0.2$, $b = 0.28$, lies on a slope.")
        self.also(
            *show(self.fit, second.readout, trail, second.note, second.arithmetic),
            self.landscape.view.turn(VIEWS[2], 4.0),
        )
        cost = Fixed(float(self.free_run.loss[1]), 1)
        self.say("One step takes $J$ to {cost}. But it is so long that the curve turns over: $W < 0$.", cost=cost)
        self.also(Tween(replay, 1.2, smooth, step=1.0))
        self.say("The next steps are short: little by little, $W$ comes back.")
        self.take_steps(replay, (2, 3), 1.2)
        self.put_away(second.arithmetic, self.landscape, trail, second.note)
        self.say("Closer: a valley leads the point back to $W > 0$, and down to the bottom.")
        self.also(*show(second.curve, ravine))
        self.also(Tween(replay, 6.4, linear, progress=1.0))
        self.rest(0.6)
        self.shown = Group(self.fit, second.readout, second.curve, ravine)

    @beat("Without the factor")
    def without_the_factor(self) -> None:
        """The update of the notes' figure is not the gradient of our cost, but of another one."""
        updates = self.pen.math(UPDATES, 0.46).at(0.0, 2.0, "center")
        both, third = slopes_table(self.free_run.params[0], self.notes_run, -4.8, 0.2, self.pen)
        self.put_away(self.shown)
        self.say("The learner's notes behind this film leave a factor out: $20 \\sigma'(a_i)$.")
        self.also(*show(updates))
        self.say("What is left is not the slope of our cost,")
        self.also(*show(both))
        self.say("but exactly the slope of another one: a cross-entropy.")
        self.also(*show(third))
        self.rest(0.4)
        self.shown = Group(updates, both, third)

    @beat("Why the factor cancels")
    def the_factor_cancels(self) -> None:
        """The slope of the cross-entropy has the sigmoid's slope below its fraction bar."""
        derivation = EntropyDerivation(COLUMN - 0.2, self.notes_run.data, self.pen)
        place, panel, numbers = derivation.place, derivation.panel, derivation.numbers
        self.put_away(self.shown)
        self.say("Cross-entropy compares shares of the ceiling: predicted $p_i$, true $t_i$.")
        self.also(*show(derivation.cost, panel), Tween(place, 3.0, smooth, value=0.0))
        self.say("$p_i (1 - p_i)$ divides the slope of the loss, and multiplies the model's.")
        self.also(*show(derivation.chain))
        self.rest(0.8)
        self.also(*show(derivation.fractions))
        self.say("$p_i (1 - p_i)$ cancels. Twice the residual is left, however flat the sigmoid.")
        self.also(Tween(derivation.strike, 1.0, linear, drawn=1.0), *show(*numbers))
        self.also(*show(derivation.rest), Tween(place, 3.0, smooth, value=REACH))
        self.shown = derivation

    @beat("No plateau")
    def no_plateau(self) -> None:
        """The same start on both landscapes."""
        run = descent("cross-entropy", STUCK)
        both = BothCosts((self.stuck_run, run), self.pen)
        replays = both.replays
        self.put_away(self.shown)
        self.say("The stuck start on both costs: left it stays, right it runs down,")
        self.also(*show(both, run_time=1.0))
        self.also(*(Tween(replay, 3.6, linear, progress=replay.progress_at(100)) for replay in replays))
        w, b = (Fixed(value, 3) for value in run.final_params.tolist())
        self.say("then along the valley to $W = {w}$, $b = {b}$.", w=w, b=b)
        self.also(*(Tween(replay, 4.0, linear, progress=1.0) for replay in replays))
        self.shown = both

    @beat("Two fits")
    def two_fits(self) -> None:
        """Both fits' curves and numbers."""
        runs = self.free_run, self.notes_run
        fits, rows = TwoFits(runs, WIDE, (SPAN, HEIGHTS), self.pen), fits_table(runs, COLUMN, 2.2, self.pen)
        self.play(*hide(self.shown))
        self.say("Two costs, two fits, and one curve nearly covers the other.")
        self.add(fits.far, fits.near)
        self.also(*show(fits.far, fits, rows))
        self.say("Close to the tallest house, two are seen.")
        self.also(*hide(fits.far))
        self.also(Tween(fits.chart, 2.0, smooth, zoom=1.0))
        self.also(*show(fits.near))
        self.say("Each is better by its own cost. The second is the one in the learner's notes.")
        self.shown = Group(fits, fits.near, rows)

    @beat("Ten floors, a hundred floors")
    def the_ceiling(self) -> None:
        """What a ceiling claims far beyond the data."""
        far = FarView(self.lesson, self.notes_run, self.pen)
        marks = far.marks
        self.put_away(self.shown)
        self.say("Far beyond the houses? By the second fit, ten floors cost almost 2 million EUR,")
        self.also(*show(far, marks), Tween(marks, 1.0, shown=1.0))
        self.say("and a hundred floors hardly more.")
        self.also(Tween(marks, 1.0, shown=2.0), *show(far.rise))
        self.say("Not plausible: the ceiling of 20 was our choice, not the data's.")
        self.rest(1.0)
