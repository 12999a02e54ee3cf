"""How does blame flow back? A network of one unit, one house forward and backward, and what the descent makes of it."""

from __future__ import annotations

from collections.abc import Iterable

from manim import linear, smooth

from fitting import fit
from fitting.derivation import Point
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Group, Tween, array, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.graph.notation import as_shown
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.replay import Replay
from scenes.kit.text.derivation import write
from scenes.kit.words.message import Count, Exact, Fixed
from scenes.parts.backpropagation import relu_network as network
from scenes.parts.backpropagation.absolute_value import absolute_value
from scenes.parts.backpropagation.backward_code import CODE, FORWARD, BackwardCode
from scenes.parts.backpropagation.both_ways import back_to_start, graph_sums, product_of, way_back, way_forward
from scenes.parts.backpropagation.gradient_table import gradient_line, gradient_table, mean_line, step_lines
from scenes.parts.backpropagation.network_descent import network_descent, passed, residual_number
from scenes.parts.backpropagation.network_folds import folds
from scenes.parts.backpropagation.nudge_lines import NudgeLines
from scenes.parts.backpropagation.resting_place import resting_table

GRAPH = (LEFT, -1.0, RIGHT, 3.2)
"""Where the graph stands, above the formulas."""

COLUMN = LEFT + 0.2
HOUSE = 2
"""Index of the house that is followed: 3 floors, 4.5."""

NUDGE = 0.01


class Backpropagation(Lecture):
    """The chain rule on the graph of a ReLU network, forward and backward, with the numbers of its descent."""

    title = "Backpropagation"
    model = "relu-network"
    question = "How does blame flow back?"
    after = "model-comparison"
    own_data_refused = "it follows the numbers of one of its four houses through the network"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_network()
        self.forward()
        self.the_nudge()
        self.the_last_slope()
        self.back_to_the_output()
        self.back_to_the_input()
        self.the_gradient()
        self.the_code()
        self.the_descent()
        self.the_resting_place()
        self.the_dead_unit()

    def prepare(self) -> None:
        """What several beats share."""
        self.trajectory = self.lesson.trajectory
        self.start, data = self.trajectory.params[0], self.trajectory.data
        self.at = Point(self.start, data.x[HOUSE : HOUSE + 1], data.y[HOUSE : HOUSE + 1])
        self.graph = GraphPanel(network.graph_at(self.trajectory, self.start, HOUSE), GRAPH, self.pen)

    @beat("The network")
    def the_network(self) -> None:
        """Three curves, each folded out of the one before: a line, its kink, and the prediction."""
        self.open()
        line, bent, scaled = folds(self.start, self.pen)
        self.say("A network with one hidden unit begins with a line.")
        self.also(*show(line), Tween(line.curve, 2.0, linear, drawn=1.0))
        bent.curve.drawn = scaled.curve.drawn = 1.0
        self.say("ReLU keeps what is positive and makes the rest 0: the line gets a kink.")
        self.also(*show(bent))
        self.also(Tween(bent.curve, 1.8, smooth, turned=1.0, marked=1.0))
        self.say("$W_2$ makes $z$ flatter, $b_2$ lifts it: that is the prediction $\\hat{y}$.")
        self.also(*show(scaled))
        self.also(Tween(scaled.curve, 1.8, smooth, turned=1.0, marked=1.0))
        self.shown = Group(line, bent, scaled)

    @beat("Forward")
    def forward(self) -> None:
        """One house, its values from left to right."""
        graph = self.graph
        self.put_away(self.shown)
        self.say("The network as a graph. Behind it come the residual $r$ and the loss $L$.")
        self.also(*show(graph, run_time=1.0))
        self.also(Tween(graph, 0.6, lit=graph.lights("r", "loss")))
        floors, price = (as_shown(graph.value(name)) for name in ("x", "y"))
        self.say("Take one house: ${floors}$ floors, price ${price}$.", floors=floors, price=price)
        self.also(Tween(graph, 1.4, linear, forward=0.99), Tween(graph, 1.0, lit=graph.lights("x", "y")))
        self.say("Values run forward, from inputs and parameters to the loss.")
        sums = graph_sums(graph, self.pen)
        self._each(way_forward(graph, sums))
        self.say(
            "The prediction is ${missing}$ too low. How much is each parameter to blame?",
            missing=as_shown(-graph.value("r")),
        )
        self.also(Tween(graph, 0.6, lit=graph.lights("prediction", "r", "loss")))
        self.shown = Group(*sums.values())

    @beat("A nudge")
    def the_nudge(self) -> None:
        """A small change of W1 on its way to the loss."""
        graph = self.graph
        graph.follow_nudge("W1", network.graph_at(self.trajectory, self.start + array(NUDGE, 0.0, 0.0, 0.0), HOUSE))
        lines = NudgeLines(graph, "W1", -1.0, self.pen)
        self.put_away(self.shown)
        self.say("Push $W_1$ up by ${nudge}$ and follow what happens.", nudge=Exact(NUDGE))
        self.also(*show(lines), Tween(graph, 0.6, lit=graph.lights("W1")))
        self.also(Tween(graph, 1.0, linear, nudge=1.0))
        self.say("Every edge on the way multiplies the change by its slope.")
        for k, edge in enumerate(graph.path("W1")):
            self.also(Tween(graph, 1.3, linear, nudge=k + 2.0), Tween(graph, 0.4, lit=graph.lights(edge, edge[1])))
        ratio, fall = network.change_ratio(graph, "W1", self.pen), as_shown(-graph.change("loss"))
        self.say(r"$L$ falls by ${fall}$. $\Delta L / \Delta W_1$ is the product of all slopes on the way.", fall=fall)
        self.also(*show(ratio.at(0.0, -2.3, "center")), Tween(graph, 0.4, lit=graph.lights(*graph.path("W1"))))
        self.shown = Group(lines, ratio)

    @beat("The last slope")
    def the_last_slope(self) -> None:
        """The derivative of |r|, by way of the root of its square."""
        pen = self.pen
        axes, curve = absolute_value((LEFT, -2.75, -0.6, 2.9), network.residual(self.at), pen)
        written = write(network.SLOPE_OF_ABS, pen, 0.4, 2.2, Size.FORMULA, 1.15)
        root, outer_inner, share, sign = written.lines
        here = network.sign_here(self.at, pen).at(float(sign.get_left()[0]), sign.baseline - 0.85)
        self.put_away(self.graph, self.shown)
        self.say("The last slope comes first: that of $L$, the size of $r$.")
        self.also(*show(axes, curve), Tween(curve, 2.0, linear, drawn=1.0))
        self.say("The size is the root of the square. Now the chain rule:")
        self.also(*show(written.left, root))
        self.then(*show(outer_inner, run_time=1.0))
        self.say("What is left is the sign of $r$: only the side counts, not how far off.")
        self.also(*show(share, sign), Tween(curve, 1.0, tangent=1.0))
        slope = as_shown(self.graph.local(("r", "loss")))
        self.say("Here the slope is ${slope}$. At $r = 0$ there is none: $0$ is taken.", slope=slope)
        self.also(*show(here))
        self.shown = Group(axes, curve, written, here)

    @beat("Back to the output")
    def back_to_the_output(self) -> None:
        """From the loss to the prediction, and to the two parameters there."""
        graph, pen = self.graph, self.pen
        product, shift = product_of(graph, "W2", pen), product_of(graph, "b2", pen, 2.0)
        graph.nudge, graph.lit = 0.0, graph.lights("loss")
        self.put_away(self.shown)
        self.say("Start with 1 at the loss. Each edge back multiplies by its slope.")
        self.also(*show(graph), Tween(graph, 1.0, linear, backward=1.0, legend=1.0))
        self._each(way_back(graph, product, "r", "prediction"))
        came, z = as_shown(graph.derivative("prediction")), as_shown(graph.value("z"))
        self.say("$W_2$ is multiplied by $z$: what came back, ${came}$, is multiplied by ${z}$.", came=came, z=z)
        self._each(way_back(graph, product, "W2"))
        self.put_away(product)
        self.say("$b_2$ is only added: times 1.")
        self.also(*show(shift))
        self._each(way_back(graph, shift, "b2"))
        self.rest(1.0)
        self.shown = Group(shift)

    @beat("Back to the input")
    def back_to_the_input(self) -> None:
        """Through W2 and the gate to W1 and b1."""
        graph, pen = self.graph, self.pen
        product, shift = product_of(graph, "W1", pen, 2.0), product_of(graph, "b1", pen, 4.0)
        self.put_away(self.shown)
        self.say(
            "Back to $z$: its factor is $W_2$, so times ${factor}$.", factor=as_shown(graph.local(("z", "prediction")))
        )
        self.also(*show(product))
        self._each(way_back(graph, product, "z"))
        self.say("ReLU is a gate. $a_1$ is positive, the gate is open: slope 1.")
        self._each(way_back(graph, product, "a1"))
        self.say("$W_1$ is multiplied by $x$: times ${factor}$.", factor=as_shown(graph.value("x")))
        self._each(way_back(graph, product, "W1"))
        slope = as_shown(graph.derivative("W1"))
        self.say("The product is ${slope}$, the ratio that the nudge gave.", slope=slope)
        self.put_away(product)
        self.say("$b_1$ is only added: times 1.")
        self.also(*show(shift))
        self._each(way_back(graph, shift, "b1"))
        self.say("One sweep back has given all four slopes.")
        self.also(Tween(graph, 0.6, lit=graph.lights(*self.trajectory.model.parameters)))
        self.shown = Group(shift)

    @beat("A step")
    def the_gradient(self) -> None:
        """What all houses send back, its mean, and the first step of the descent."""
        trajectory, pen = self.trajectory, self.pen
        table = gradient_table(trajectory, COLUMN, RIGHT - 0.1, 2.75, pen, HOUSE)
        cost, mean = pen.math(network.COST).at(COLUMN, -1.6), mean_line(trajectory, 0, pen).at(-1.2, -1.6)
        step, rule = step_lines(trajectory, COLUMN, -0.85, pen), pen.math(network.RULE).at(1.8, -1.8)
        self.put_away(self.graph, self.shown)
        self.say("A row is what one house sends back. The third is the one we followed.")
        self.also(*show(table.rows, run_time=1.0))
        self.say("The cost $J$ is the mean loss, so its gradient is the mean of the rows.")
        self.also(*show(cost, table.mean))
        self.then(*show(mean))
        self.rest(0.8)
        self.put_away(cost, mean)
        rate = Exact(float(trajectory.learning_rate[0]))
        self.say(r"A step: each parameter moves against its slope, at the rate $\alpha = {rate}$.", rate=rate)
        self.also(*show(rule, step))
        self.rest(4.0)
        self.shown = Group(table.rows, table.mean, rule, step)

    @beat("In code")
    def the_code(self) -> None:
        """The same rule for all houses at once."""
        code = BackwardCode(COLUMN, RIGHT, 2.6, self.pen)
        result = gradient_line(self.trajectory, self.pen).at(COLUMN, -2.35)
        self.put_away(self.shown)
        self.say("In NumPy, for all houses at once: three lines forward.")
        self.also(*code.write(0, FORWARD, 2.4))
        self.say("Then back: first the slope of $J$, then each line multiplies what came back.")
        self.also(*show(code.turn))
        for k in range(FORWARD, len(CODE)):
            self.also(*code.write(k, k + 1, 0.9))
        self.say("The code gives the same gradient.")
        self.also(*show(result))
        self.rest(2.0)
        self.shown = Group(code, result)

    @beat("The descent")
    def the_descent(self) -> None:
        """The whole run: fit, kink, loss."""
        replay = Replay(self.trajectory)
        self.fit, *panels = network_descent(self.lesson, replay, self.pen)
        self.put_away(self.shown)
        self.say("The kink starts at ${kink}$. Step by step it moves right.", kink=Fixed(network.kink(self.start), 3))
        self.add(self.fit)
        self.also(*show(*panels, run_time=1.0))
        self.take_steps(replay, range(1, 6), 0.6)
        second, third = passed(self.trajectory, 1), passed(self.trajectory, HOUSE)
        self.say("Then faster. At step {step} the curve has passed house 2: there $J$ bends.", step=Count(second))
        self.also(Tween(replay, 4.4, linear, progress=replay.progress_at(third - 1)))
        hop, end = residual_number(self.fit.chart, replay, HOUSE, self.pen), network.kink(self.lesson.final_params)
        self.say("At step {step} the curve passes house 3, then hops back: see $r_3$.", step=Count(third))
        self.also(*show(hop))
        self.take_steps(replay, range(third, third + 5), 0.6)
        self.say("Near $0$ the slope of $\\left|r_3\\right|$ is still $1$ or $-1$: the hops go on.")
        self.also(Tween(replay, 3.8, linear, progress=0.9))
        self.say("In many hops the kink moves right, to ${kink}$. Left of it the curve is flat.", kink=Fixed(end, 3))
        self.also(Tween(replay, 4.4, linear, progress=1.0))
        self.panels = (*panels, hop)

    @beat("Where it rests")
    def the_resting_place(self) -> None:
        """Why the gradient is 0 there, and a better curve that no slope leads to."""
        trajectory, layer, (mark, losses, numbers, hop) = self.trajectory, self.fit.layer, self.panels
        signs, gradient = resting_table(trajectory, 0.6, 2.1, self.pen)
        self.put_away(losses, hop)
        self.say(
            "At step {step} the descent rests: two predictions too high, two too low.",
            step=Count(trajectory.total_steps),
        )
        self.also(*show(signs))
        self.say("The signs cancel, also weighted with $x$. So the gradient is $0$.")
        self.also(*show(gradient))
        layer.reference_params = network.turn_at_the_third(trajectory)
        rests, least = trajectory.final_loss, float(trajectory.loss_at(layer.reference_params))
        self.say(
            "$J$ is ${rests}$. The dashed curve has ${least}$: the slopes did not lead there.",
            rests=Fixed(rests, 2),
            least=Fixed(least, 1),
        )
        self.also(Tween(layer, 0.8, reference=1.0))
        self.shown = Group(mark, numbers, signs, gradient)

    @beat("A dead unit")
    def the_dead_unit(self) -> None:
        """A start where the gate is shut for every house."""
        graph, start, dead = self.graph, network.DEAD, fit(self.model, start=network.DEAD)
        graph.show(network.graph_at(dead, dead.params[0], HOUSE))
        graph.backward, graph.legend, graph.lit = 0.0, 0.0, graph.lights("a1", "z")
        product, inner = product_of(graph, "W1", self.pen), network.inner_values(dead.params[0], dead.data.x, self.pen)
        self.put_away(self.shown)
        self.remove(self.fit)
        self.say(
            "Another start, $W_1 = {W1}$, $b_1 = {b1}$: $a_1$ is negative for every house.",
            W1=Exact(start["W1"]),
            b1=Exact(start["b1"]),
        )
        self.also(*show(graph, inner.at(0.0, -2.0, "center")))
        self.put_away(inner)
        self.say("The gate is shut: nothing passes, forward or back. $W_1$, $b_1$, $W_2$ get slope 0.")
        self.also(Tween(graph, 0.6, lit=graph.lights(("a1", "z")), backward=1.0))
        self._each(back_to_start(graph, product))
        replay = Replay(dead)
        fit_panel, *panels = network_descent(self.lesson, replay, self.pen)
        self.put_away(graph, product)
        self.say(
            "Only $b_2$ moves: the flat part rises to house 2, where $J$ stops at ${rests}$.",
            rests=Fixed(dead.final_loss, 2),
        )
        self.add(fit_panel)
        self.also(*show(*panels))
        self.also(Tween(replay, 4.0, linear, progress=1.0))
        self.rest(1.5)

    def _each(self, plays: Iterable[tuple[Tween, ...]]) -> None:
        """Play what belongs to one caption, one play after the other."""
        for tweens in plays:
            self.also(*tweens)
