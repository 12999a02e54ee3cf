"""How does blame flow back? A network of one unit, one house forward and backward, and what the descent makes of it."""

from __future__ import annotations

from manim import linear, smooth

from fitting import fit, mean_loss
from scenes.kit.derivation import Point
from scenes.kit.graph_notation import tex
from scenes.kit.graph_panel import GraphPanel
from scenes.kit.lecture import LEFT, RIGHT, Lecture, array, beat
from scenes.kit.painting import Group, Tween, show
from scenes.kit.replay import Replay
from scenes.kit.style import Size
from scenes.parts.backpropagation import relu_network as network
from scenes.parts.backpropagation.absolute_value import absolute_value
from scenes.parts.backpropagation.backward_code import CODE, FORWARD, BackwardCode
from scenes.parts.backpropagation.chain_product import ChainProduct
from scenes.parts.backpropagation.gradient_table import gradient_line, gradient_table, mean_line, step_lines
from scenes.parts.backpropagation.graph_sums import graph_sums
from scenes.parts.backpropagation.network_descent import network_descent
from scenes.parts.backpropagation.network_stages import stages
from scenes.parts.backpropagation.nudge_lines import NudgeLines
from scenes.parts.backpropagation.resting_place import resting_table

GRAPH = (LEFT, -1.0, RIGHT, 3.2)
"""Where the graph stands, above the formulas."""

PRODUCT = -1.66
"""Baseline of the fractions below it."""

COLUMN = LEFT + 0.2
HOUSE = 2
"""The house that is followed: 3 floors, 4.5."""

NUDGE = 0.01
DEAD = {"W1": -1.0, "b1": -0.5, "W2": 0.7, "b2": 0.2}
"""A start from which the unit is off for every house."""


class Backpropagation(Lecture):
    """The chain rule on the graph of a ReLU network, forward and backward, with the numbers of its descent."""

    title = "Backpropagation"
    model = "relu-network"
    question = "How does blame flow back?"
    after = "model-comparison"
    own_data_refused = "it follows the numbers of one house of the notes through the network"

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
        """Three stages, each a curve: a line, its kink, and the prediction."""
        self.open()
        line, bent, scaled = stages(self.start, self.pen)
        self.say(
            "The network has one hidden unit. It begins with a line.",
            *show(*line.members), Tween(line.curve, 2.0, linear, drawn=1.0),
        )  # fmt: skip
        bent.curve.drawn = scaled.curve.drawn = 1.0
        self.say("ReLU keeps what is positive and makes the rest 0: the line gets a kink.", *show(*bent.members))
        self.also(Tween(bent.curve, 1.8, smooth, turned=1.0, marked=1.0))
        self.say("Then $W_2$ stretches it and $b_2$ lifts it: that is the prediction.", *show(*scaled.members))
        self.also(Tween(scaled.curve, 1.8, smooth, turned=1.0, marked=1.0))
        self.shown = Group(*line.members, *bent.members, *scaled.members)

    @beat("Forward")
    def forward(self) -> None:
        """One house, its values from left to right."""
        graph = self.graph
        self.say(
            "The same as a graph: every box is made from those that point to it.",
            *show(graph, run_time=1.0), clear=(self.shown,),
        )  # fmt: skip
        self.say(
            f"Take one house: ${tex(graph.value('x'))}$ floors, price ${tex(graph.value('y'))}$.",
            Tween(graph, 1.4, linear, forward=0.99), Tween(graph, 1.0, lit=graph.lights("x", "y")),
        )  # fmt: skip
        self.say("Values run forward, from the parameters to the loss.")
        sums = graph_sums(graph, -1.8, self.pen)
        for name, written in sums.items():
            wave = Tween(graph, 1.4, linear, forward=graph.column(name))
            self.also(wave, Tween(graph, 0.4, lit=graph.lights(name)), *show(written, run_time=1.2))
        self.say(
            f"Too low by ${tex(-graph.value('r'))}$. Which parameter is to blame, and how much?",
            Tween(graph, 0.6, lit=graph.lights("r", "loss")),
        )
        self.shown = Group(*sums.values())

    @beat("A nudge")
    def the_nudge(self) -> None:
        """A small change of W1 on its way to the loss."""
        graph = self.graph
        graph.follow_nudge("W1", network.graph_at(self.trajectory, self.start + array(NUDGE, 0.0, 0.0, 0.0), HOUSE))
        lines = NudgeLines(graph, "W1", -1.0, self.pen)
        self.say(
            f"Push $W_1$ up by ${NUDGE}$ and follow what happens.",
            *show(lines), Tween(graph, 0.6, lit=graph.lights("W1")), clear=(self.shown,),
        )  # fmt: skip
        self.also(Tween(graph, 1.0, linear, nudge=1.0))
        self.say("Every edge multiplies the change by its own slope.")
        for k, edge in enumerate(graph.path("W1")):
            self.also(Tween(graph, 1.6, linear, nudge=k + 2.0), Tween(graph, 0.4, lit=graph.lights(edge, edge[1])))
        ratio = network.change_ratio(graph, "W1", self.pen).at(0.0, -2.3, "center")
        self.shown = Group(lines, ratio)
        self.say(
            f"$L$ falls by ${tex(-graph.change('loss'))}$. The ratio is the product of all slopes on the way.",
            *show(ratio), Tween(graph, 0.4, lit=graph.lights(*graph.path("W1"))),
        )  # fmt: skip

    @beat("The last slope")
    def the_last_slope(self) -> None:
        """The derivative of |r|, by way of the root of its square."""
        pen = self.pen
        axes, curve = absolute_value((LEFT, -2.75, -0.6, 2.9), network.residual(self.at), pen)
        written = network.SLOPE_OF_ABS.write(pen, 0.4, 2.2, Size.FORMULA, 1.15)
        root, outer_inner, share, sign = written.lines
        here = network.sign_here(self.at, pen).at(float(sign.get_left()[0]), sign.baseline - 0.85)
        self.say(
            "Blame flows back from the loss. Its slope first: $L$ is the size of $r$.",
            *show(axes, curve), Tween(curve, 2.0, linear, drawn=1.0), clear=(self.graph, self.shown),
        )  # fmt: skip
        self.say("The size is the root of the square. Now the chain rule:", *show(written.left, root))
        self.then(*show(outer_inner, run_time=1.0))
        self.say(
            "What is left is the sign of $r$. How far off does not count, only on which side.",
            *show(share, sign), Tween(curve, 1.0, tangent=1.0),
        )  # fmt: skip
        self.then(*show(here))
        self.rest(1.6)
        self.shown = Group(axes, curve, written.left, *written.lines, here)

    @beat("Back to the output")
    def back_to_the_output(self) -> None:
        """From the loss to the prediction, and to the two parameters there."""
        graph, product, shift = self.graph, self._product("W2"), self._product("b2", 2.0)
        graph.nudge, graph.lit = 0.0, graph.lights("loss")
        self.say(
            "Start with 1 at the loss. Each step back multiplies by the local slope.",
            *show(graph), Tween(graph, 1.0, linear, backward=1.0, legend=1.0), clear=(self.shown,),
        )  # fmt: skip
        self.add(product)
        self._back(product, "r", "prediction")
        self.say(f"$W_2$ is multiplied by $z$, so its slope is what came back, times ${tex(graph.value('z'))}$.")
        self._back(product, "W2")
        self.say("$b_2$ is only added: times 1.", *show(shift), clear=(product,))
        self._back(shift, "b2")
        self.rest(1.0)
        self.shown = Group(shift)

    @beat("Back to the input")
    def back_to_the_input(self) -> None:
        """Through W2 and the gate to W1 and b1."""
        graph, product, shift = self.graph, self._product("W1", 2.0), self._product("b1", 4.0)
        slope = tex(graph.local(("z", "prediction")))
        self.say(f"To $z$ it goes through $W_2$: times ${slope}$.", *show(product), clear=(self.shown,))
        self._back(product, "z")
        self.say("ReLU is a gate. $a_1$ is positive, the gate is open: slope 1.")
        self._back(product, "a1")
        self.say(f"And $W_1$ is multiplied by $x$: times ${tex(graph.value('x'))}$. The product is complete.")
        self._back(product, "W1")
        self.say(f"${tex(graph.derivative('W1'))}$, as the nudge said.")
        self.say("$b_1$ is only added. One sweep back has given all four slopes.", *show(shift), clear=(product,))
        self._back(shift, "b1")
        self.also(Tween(graph, 0.6, lit=graph.lights("W1", "b1", "W2", "b2")))
        self.rest(1.2)
        self.shown = Group(shift)

    @beat("A step")
    def the_gradient(self) -> None:
        """What all houses send back, its mean, and the first step of the descent."""
        trajectory, pen = self.trajectory, self.pen
        table = gradient_table(trajectory, COLUMN, RIGHT - 0.1, 2.75, pen, HOUSE)
        cost, mean = pen.math(network.COST).at(COLUMN, -1.6), mean_line(trajectory, 0, pen).at(-1.2, -1.6)
        step, rule = step_lines(trajectory, COLUMN, -0.85, pen), pen.math(network.RULE).at(1.8, -1.8)
        self.say(
            "Every house sends its blame back. The third is the one we followed.",
            *show(table.rows, run_time=1.0), clear=(self.graph, self.shown),
        )  # fmt: skip
        self.say("The cost $J$ is the mean loss, so its gradient is the mean of theirs.", *show(cost, table.mean))
        self.then(*show(mean))
        self.rest(1.4)
        self.say(
            "A step: each parameter moves against its slope, times the rate $\\alpha$.",
            *show(rule, step), clear=(cost, mean),
        )  # fmt: skip
        self.rest(4.0)
        self.shown = Group(table.rows, table.mean, rule, step)

    @beat("In code")
    def the_code(self) -> None:
        """The same rule for all houses at once."""
        code = BackwardCode(COLUMN, RIGHT, 2.6, self.pen)
        result = gradient_line(self.trajectory, self.pen).at(COLUMN, -2.35)
        self.say(
            "In NumPy, for all houses at once: three lines forward.", *code.write(0, FORWARD, 2.4), clear=(self.shown,)
        )
        self.say("Then back, from the loss on: each multiplies what came from behind.", *show(code.turn))
        for k in range(FORWARD, len(CODE)):
            self.also(*code.write(k, k + 1, 1.2))
        self.say("It gives the same gradient.", *show(result))
        self.rest(3.0)
        self.shown = Group(code.whole, result)

    @beat("The descent")
    def the_descent(self) -> None:
        """The whole run: fit, kink, loss."""
        replay = Replay(self.trajectory)
        panels = network_descent(self.lesson, replay, self.pen)
        self.add(replay)
        self.say(
            f"Step by step. At first the kink is far left, at ${network.kink(self.start):.2f}$.",
            *show(*panels, run_time=1.0), clear=(self.shown,),
        )  # fmt: skip
        for step in range(1, 6):
            self.also(Tween(replay, 0.6, smooth, step=float(step)))
        self.say(
            "Then faster. $J$ bends wherever the curve reaches a house.", Tween(replay, 4.4, linear, progress=0.75)
        )
        self.say("The kink moves right. Left of it the curve is flat.", Tween(replay, 5.0, linear, progress=1.0))
        self.panels = panels

    @beat("Where it rests")
    def the_resting_place(self) -> None:
        """Why the gradient is 0 there, and a better curve that no slope leads to."""
        trajectory, (fit_panel, mark, losses, numbers) = self.trajectory, self.panels
        signs = resting_table(trajectory, 0.6, 2.1, self.pen)
        self.say("It rests: two predictions are too high, two too low. Signs cancel.", *show(signs), clear=(losses,))
        self.say("Weighted with $x$ they cancel too: the gradient is 0.")
        layer = fit_panel.layer
        layer.reference_params = network.turn_at_the_third(trajectory)
        least = float(mean_loss(trajectory.model, trajectory.loss_function, layer.reference_params, trajectory.data))
        self.say(
            f"$J$ is ${trajectory.loss[-1]:.2f}$. The dashed curve has ${least:.1f}$: slopes did not lead there.",
            Tween(layer, 0.8, reference=1.0),
        )
        self.shown = Group(fit_panel, mark, numbers, signs)

    @beat("A dead unit")
    def the_dead_unit(self) -> None:
        """A start where the gate is shut for every house."""
        graph, dead = self.graph, fit(self.model, start=DEAD)
        graph.show(network.graph_at(dead, dead.params[0], HOUSE))
        graph.backward, graph.legend, graph.lit = 0.0, 0.0, graph.lights("a1", "z")
        product, inner = self._product("W1"), network.inner_values(dead.params[0], dead.data.x, self.pen)
        self.say(
            f"Start at $W_1 = {tex(DEAD['W1'])}$, $b_1 = {tex(DEAD['b1'])}$: now $a_1$ is negative for every house.",
            *show(graph, inner.at(0.0, -2.0, "center")), clear=(self.shown,),
        )  # fmt: skip
        self.say(
            "The gate is shut: nothing passes, forward or back. $W_1$, $b_1$, $W_2$ get slope 0.",
            Tween(graph, 0.6, lit=graph.lights(("a1", "z")), backward=1.0), clear=(inner,),
        )  # fmt: skip
        for run_time, name, terms in ((1.0, "prediction", 2.0), (0.8, "b2", 2.0), (1.5, "W1", product.count)):
            wave = Tween(graph, run_time, linear, backward=graph.stage(name))
            self.also(wave, Tween(product, run_time, linear, terms=terms))
        self.also(Tween(graph, 0.6, linear, backward=graph.stages))
        self.also(Tween(product, 0.6, result=1.0))
        replay = Replay(dead)
        self.add(replay)
        self.say(
            f"Only $b_2$ moves: the flat line rises to house 2, and $J$ stops at ${dead.loss[-1]:.2f}$.",
            *show(*network_descent(self.lesson, replay, self.pen)), clear=(graph, product),
        )  # fmt: skip
        self.also(Tween(replay, 4.0, linear, progress=1.0))
        self.rest(1.5)

    def _product(self, name: str, terms: float = 0.0) -> ChainProduct:
        """The derivative by a parameter as a product, with so many factors already there."""
        product = ChainProduct(self.graph, name, network.FACTORS, PRODUCT, self.pen)
        product.terms = terms
        return product

    def _back(self, product: ChainProduct, *names: str) -> None:
        """Stages of the way back: pulse on the edge, the edge lit, its factor in the product; at its end the result."""
        graph = self.graph
        for name in names:
            edge = graph.path(name)[0]
            done = float(len(graph.path(name)))
            lights = Tween(graph, 0.4, lit=graph.lights(name, edge))
            self.also(
                Tween(graph, 1.6, linear, backward=graph.stage(name)), lights, Tween(product, 1.6, linear, terms=done)
            )
            if done == product.count:
                self.also(Tween(product, 0.6, result=1.0))
