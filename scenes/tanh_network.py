"""What does depth buy? A network of one hidden unit bends through all four houses, and says little about a fifth."""

from __future__ import annotations

import math

from manim import linear, smooth

from fitting import chain_rule
from scenes.kit.drawing.frame import COLUMN, LEFT, RIGHT, ROOM, UPPER, WIDE
from scenes.kit.drawing.painting import Group, Tween, array, hide, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.by_hand import ByHand
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.panels.summary import data_table
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.text.derivation import write
from scenes.kit.words.message import Count, Exact, Fixed, Shown
from scenes.parts.tanh_network import line_and_network as beside
from scenes.parts.tanh_network import network_numbers as numbers
from scenes.parts.tanh_network.activation import (
    LEAKY_RELU,
    LEAKY_RELU_SLOPE,
    TANH,
    TANH_SLOPE,
    leaky_relu_chart,
    tanh_chart,
)
from scenes.parts.tanh_network.descent_panels import MEETINGS, SLIDE, DescentPanels
from scenes.parts.tanh_network.last_step import LastStep
from scenes.parts.tanh_network.roles import BY_HAND, HALF_HEIGHT, ROLES, Reach, role_rows

NARROW = (LEFT, -2.75, -0.9, 3.2)
"""Where it leaves room for the arithmetic of four parameters."""

NEAR, FAR = ((-0.2, 4.8), (0.0, 11.0)), ((0.0, 10.4), (0.0, 14.4))
"""Ranges of the fit, and of the forecast."""

HOUSE = 3
"""Index of the house whose numbers run through the graph: those of the others, rounded, do not multiply out."""


class TanhNetworkFit(Lecture):
    """A network of one hidden tanh unit, fitted to four houses by two million steps on the mean absolute error."""

    title = "Tanh network"
    model = "tanh-network"
    question = "What does depth buy?"
    after = "backpropagation"
    own_data_refused = "it tells, house by house, how the notes' run meets its four points with four parameters"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_line()
        self.the_tanh()
        self.the_leaky_relu()
        self.the_network()
        self.four_parameters()
        self.the_first_steps()
        self.the_landscape()
        self.the_descent()
        self.the_last_step()
        self.the_forecast()

    def prepare(self) -> None:
        """What several beats share."""
        self.trajectory = self.lesson.trajectory
        self.replay, self.probe = Replay(self.trajectory), Probe(array(*BY_HAND))
        self.line, self.line_loss = beside.best_line(self.lesson.data)
        self.chart = Chart(WIDE, *NEAR)
        self.fit = beside.network_panel(self.chart, self.trajectory, self.probe, self.pen)

    @beat("A straight line")
    def the_line(self) -> None:
        """The houses, and how far a straight line can come."""
        self.open()
        panel = beside.network_panel(self.chart, self.trajectory, self.probe, self.pen)
        panel.dots.arrived = 0.0
        line = beside.line_layer(self.chart, self.trajectory, self.line, self.pen)
        table = data_table(self.lesson, COLUMN, 2.3, self.pen)
        panel.put_behind(line)
        self.say("Four houses: their floors and their prices.")
        self.add(panel)
        self.also(*show(panel.rulers[0], table), Tween(panel.dots, 2.6, linear, arrived=1.0))
        least = beside.least_error(self.lesson.data, self.line, COLUMN, self.pen)
        self.say("No straight line misses them by less than {miss} on average.", miss=Fixed(self.line_loss, 2))
        self.also(Tween(line, 1.5, smooth, curve=1.0, drawn=1.0, residuals=1.0), *show(least))
        self.shown = Group(panel, table, least)

    @beat("The tanh")
    def the_tanh(self) -> None:
        """The function, and its derivative line by line."""
        pen, panel = self.pen, tanh_chart(WIDE, self.pen)
        trace, size = panel.trace, 0.36
        definition = write(TANH, pen, COLUMN, 2.75, size)
        slope = write(TANH_SLOPE, pen, COLUMN, 1.6, size, 1.13)
        self.put_away(self.shown)
        self.say(r"To bend, a model needs something bent: $\tanh$, between $-1$ and $1$.")
        self.also(*show(panel, definition), Tween(trace, 3.0, linear, drawn=1.0))
        self.say(r"How steep is $\tanh$? The gradient will need its slope.")
        self.also(Tween(trace, 0.8, tangent=1.0), *show(slope.left, slope.lines[0]), Tween(trace, 2.5, smooth, at=-0.5))
        self.say("The quotient rule. Numerator and denominator are each other's derivative.")
        self.also(*show(slope.lines[1]))
        self.say(r"Divide by the square below: 1 is left, minus the square of $\tanh$.")
        self.also(*show(slope.lines[2]), Tween(trace, 1.5, smooth, at=-3.2))
        self.also(*show(slope.lines[3]))
        live = numbers.trace_numbers(trace, COLUMN, -2.75, pen)
        self.say(r"In the middle the slope is 1. Far out it is almost 0: $\tanh$ saturates.")
        self.also(Tween(trace, 0.4, slope=1.0), Tween(trace, 4.4, smooth, at=3.0), *show(live))
        self.shown = Group(panel, definition, slope, live)

    @beat("The LeakyReLU")
    def the_leaky_relu(self) -> None:
        """The output's function, its slope, and what is chosen at the kink."""
        panel = leaky_relu_chart(WIDE, self.pen)
        function, slope = (
            write(line, self.pen, COLUMN, top) for line, top in ((LEAKY_RELU, 2.0), (LEAKY_RELU_SLOPE, -0.6))
        )
        leak = self.pen.math("s = 10^{-6}").at(COLUMN, 0.9)
        self.put_away(self.shown)
        self.say("The network will end in a LeakyReLU: below 0 almost nothing passes.")
        self.also(*show(panel, function, leak), Tween(panel.trace, 3.0, linear, drawn=1.0))
        self.say("Its slope is 1 or $s$. At 0 there is none: we take $s$.")
        self.also(
            Tween(panel.trace, 0.5, tangent=1.0, slope=1.0),
            Tween(panel.trace, 3.4, smooth, at=3.0),
            *show(slope),
        )
        panel.trace.least = numbers.least_input(self.trajectory)
        least = Fixed(math.floor(100 * panel.trace.least) / 100, 2)
        self.say("In this run its input stays above {least} at every house: all of it passes.", least=least)
        self.also(Tween(panel.trace, 0.6, used=1.0))
        self.shown = Group(panel, function, slope, leak)

    @beat("The network")
    def the_network(self) -> None:
        """The whole computation for one house, forward and backward, at the run's start."""
        run, (x, y) = self.trajectory, (float(values[HOUSE]) for values in (self.lesson.data.x, self.lesson.data.y))
        graph = chain_rule(run.model, run.loss_function, run.params[0], x, y)
        model = self.pen.math(numbers.MODEL, 0.46).at(0.0, 2.7, "center")
        panel = GraphPanel(graph, (LEFT + 0.15, -2.85, RIGHT, 2.35), self.pen, write=numbers.narrow)
        self.put_away(self.shown)
        self.say("One function inside another: this is the depth.")
        self.also(*show(model, panel))
        self.say(
            "House {house}: {floors} floors go in, and {prediction} comes out instead of {price}.",
            house=Count(HOUSE + 1),
            floors=Exact(x),
            prediction=Fixed(graph.prediction.value, 2),
            price=Exact(y),
        )
        self.also(Tween(panel, 4.0, linear, forward=panel.columns))
        self.say("Backward: multiply the slopes along the way. That is the chain rule.")
        self.also(Tween(panel, 3.0, linear, backward=panel.stage("a2")))
        self._back(panel, "W2", "b2")
        slope = Shown(numbers.narrow(panel.local(("a1", "z"))))
        self.say(r"Times $W_2$, then through $\tanh$: times its slope, $1 - z^2 = {slope}$.", slope=slope)
        self._back(panel, "z", "a1")
        self.say("Then times $x$ for $W_1$, and times 1 for $b_1$.")
        self._back(panel, "W1", "b1")
        self.say("The gradient: each slope's mean over all four houses.")
        self.also(Tween(panel, 0.6, lit=panel.lights("W1", "b1", "W2", "b2")))
        self.shown = Group(model, panel)

    @beat("Four parameters")
    def four_parameters(self) -> None:
        """What each of the four does to the curve."""
        layer, by_hand = self.fit.layer, ByHand(self.fit.layer, self.probe, array(*BY_HAND))
        model = self.pen.math(numbers.MODEL, room=ROOM).at(COLUMN, 2.6)
        values, names = role_rows(self.probe, COLUMN, 1.4, self.pen)
        reach = Reach(self.chart, self.probe, self.pen)
        layer.drawn = 1.0
        self.put_away(self.shown)
        self.say("Four numbers shape this curve. Let us move each.")
        self.also(*show(self.fit, model, values), Tween(layer, 0.8, curve=1.0))
        for role, name in zip(ROLES, names, strict=True):
            lines = show(reach) if role is HALF_HEIGHT else []
            self.say(role.said)
            self.also(*show(name), *lines, *by_hand.lift(*role.more))
            self.then(*by_hand.lower(), *(hide(reach) if lines else []))
        self.shown = Group(model, values, *names)

    @beat("The first steps")
    def the_first_steps(self) -> None:
        """Where the run starts, and how little a step changes."""
        replay, run = self.replay, self.trajectory
        self.put_away(self.shown)
        self.say("The run's curve starts almost flat, far below houses 3 and 4.")
        self.also(
            Tween(self.probe, 1.5, smooth, params=run.params[0]),
            Tween(self.fit.layer, 1.0, residuals=1.0),
            Tween(self.chart, 1.0, rect=array(*NARROW)),
        )
        self.fit.follow(replay)
        arithmetic = StepArithmetic(replay, -0.35, 1.3, self.pen, decimals=5)
        live = numbers.start_numbers(replay, -0.35, 2.4, self.pen)
        self.also(*show(live))
        self.say(r"A step: each number goes against its slope, times the rate $5 \cdot 10^{-5}$.")
        self.also(*show(arithmetic))
        self.take_steps(replay, range(1, 5), 0.7)
        change, end = float(run.params[1, 2] - run.params[0, 2]), float(run.final_params[2])
        self.say(
            "Such a step moves $W_2$ by {change}. After two million it ends at {end}.",
            change=Fixed(change, 5),
            end=Fixed(end, 1),
        )
        self.shown = Group(arithmetic, live)

    @beat("The landscape")
    def the_landscape(self) -> None:
        """J over W2 and b2, and the lines where a house is met."""
        panels = self.panels = DescentPanels(self.chart, self.replay, self.pen)
        creases, point = panels.landscape.creases, panels.landscape.point
        self.play(*hide(self.shown), Tween(self.chart, 0.8, rect=array(*UPPER)))
        self.say("$J$ over $W_2$ and $b_2$, at the present $W_1$ and $b_1$. The point is our network.")
        self.also(*show(panels, run_time=1.0), *panels.look(1, 4.0))
        self.say(r"A crease is where the curve meets a house: there its $\left|r\right|$ has a kink.")
        self.also(Tween(creases, 1.0, lines=1.0), Tween(point, 0.6, arrow=1.0))
        for k, stretch in enumerate(SLIDE):
            # Where the point slides along a crease, the steps are the hops across it.
            self.say(stretch.said)
            self.also(*panels.descend(stretch), *([Tween(point, 0.4, arrow=0.0)] if k else []))

    @beat("Two million steps")
    def the_descent(self) -> None:
        """The hidden layer turns the creases until all four meet in one point."""
        panels = self.panels
        looks = {0: 2, 2: 3}
        for k, stretch in enumerate(MEETINGS):
            look = panels.look(looks[k], stretch.seconds) if k in looks else []
            self.say(stretch.said)
            self.also(*panels.descend(stretch), *look)
        self.rest(0.5)

    @beat("The last step")
    def the_last_step(self) -> None:
        """Why the run ends near the bottom, and not on it."""
        panel = LastStep((COLUMN, -2.75, RIGHT, 1.9), self.trajectory, self.pen)
        before, after = float(self.trajectory.loss_before_last_step), self.trajectory.final_loss
        text = self.pen.math(rf"J = {before:.4f} \ \to \ {after:.4f}", Size.LARGE, self.palette["loss"])
        self.put_away(self.panels)
        self.say(
            "In the last step $J$ goes up: from {before} to {after}.", before=Fixed(before, 4), after=Fixed(after, 4)
        )
        self.also(
            Tween(self.chart, 0.8, rect=array(*WIDE)),
            *show(panel, text.at(COLUMN, 2.4)),
            Tween(panel.trace, 2.5, smooth, hop=1.0),
        )
        self.say(r"$\left|r\right|$ is just as steep near its kink: a constant rate hops across.")
        for hop in range(2, 6):
            self.also(Tween(panel.trace, 0.6, smooth, hop=float(hop)))
        lowest = Fixed(panel.trace.lowest, 4)
        self.say("On the way across $J$ falls to {lowest}: a smaller rate comes nearer.", lowest=lowest)
        self.also(Tween(panel.trace, 0.8, bottom=1.0))
        self.shown = Group(self.fit, panel, text)

    @beat("What depth buys")
    def the_forecast(self) -> None:
        """The houses are met; the forecast is another matter."""
        chart, final = Chart(WIDE, *FAR), self.trajectory.final_params
        panel = beside.network_panel(chart, self.trajectory, Probe(final), self.pen)
        forecasts = beside.Forecasts(chart, self.trajectory, (5.0, 7.0), self.pen)
        line = beside.line_beside(chart, self.line, self.pen)
        panel.put_behind(line)
        table = beside.comparison(self.line_loss, self.trajectory, COLUMN, 2.4, self.pen)
        five, bound = forecasts.formulas(COLUMN, -0.4)
        panel.layer.drawn = 1.0
        self.put_away(self.shown)
        self.say(
            "What depth buys: an error of {network} instead of {line}.",
            network=Fixed(self.trajectory.final_loss, 4),
            line=Fixed(self.line_loss, 2),
        )
        self.also(*show(panel, table), Tween(panel.layer, 1.0, curve=1.0))
        price = Fixed(float(forecasts.values[0]) / 10, 2)
        self.say("Five floors: the network says {price} million EUR. Look farther.", price=price)
        self.also(Tween(line, 0.5, opacity=0.0), Tween(forecasts, 1.5, linear, shown=1.0), *show(five))
        self.say(r"As $\tanh$ stays below 1 and $W_2$ is positive, $\hat{y}$ stays below $W_2 + b_2$.")
        self.also(Tween(forecasts, 2.5, linear, shown=3.0), *show(bound))
        self.say("Depth buys shape. Four points met by four parameters prove no forecast.")
        self.rest(1.0)

    def _back(self, graph: GraphPanel, *names: str) -> None:
        """Stages of the way back, one after the other, each edge lit while it is passed."""
        for name in names:
            lights = graph.lights(name, graph.path(name)[0])
            self.also(Tween(graph, 0.9, linear, backward=graph.stage(name)), Tween(graph, 0.3, lit=lights))
