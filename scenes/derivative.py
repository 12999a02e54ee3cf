"""What is a partial derivative? A surface, a slice, a secant that becomes a tangent; then the slopes of a line."""

from __future__ import annotations

import numpy as np
from manim import linear, smooth

from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Group, Tween, hide, show
from scenes.kit.drawing.style import Size
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.window import Window
from scenes.kit.text.derivation import write
from scenes.kit.text.formula import Formula
from scenes.kit.words.message import Exact, Math, message
from scenes.parts.derivative.function_panel import FunctionPanel
from scenes.parts.derivative.partial_derivatives import (
    ALONG_X,
    ALONG_Y,
    F_HERE,
    FUNCTION,
    HEIGHT,
    RULES,
    Direction,
    F,
    f,
    line_with_numbers,
)
from scenes.parts.derivative.rule_column import RuleColumn
from scenes.parts.derivative.secant import Secant
from scenes.parts.derivative.slice_plane import SlicePlane

POINT = (1.0, 1.0)
WINDOW = Window((0.0, 2.2), (0.0, 2.2), 8.5)
STEPS = (1.0, 0.5, 0.1, 0.01)
"""Of the second point of a secant, from wide to narrow."""

PANEL = (LEFT, -2.8, 0.0, 3.2)
COLUMN = 0.3
"""Left edge of what stands on the right."""

VIEWS = ((24.0, 28.0), (58.0, 28.0), (38.0, 30.0), (30.0, 26.0), (62.0, 26.0))
"""Azimuth and elevation at the start, after the first look around, and while both, x, or y are looked at."""

HOUSE = 2
"""Index of the notes' house whose numbers the rules have: three floors."""

SMALL, LEADING = 0.33, 1.0
"""Size of a derivation, and distance of its lines."""


class Derivative(Lecture):
    """Partial derivatives as slopes of slices, and those of a line by each of its three numbers."""

    title = "Partial derivatives"
    model = "linear"
    question = "What is a partial derivative?"
    own_data_refused = "its surface and its rules are the same for everybody's data"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.the_surface()
        self.the_slice()
        self.the_secant()
        self.the_definition()
        self.along_y()
        self.the_other_definition()
        self.both_slopes()
        self.three_rules()

    def prepare(self) -> None:
        """What several beats share."""
        self.by_x, self.by_y = (Secant(f, way.slope, POINT, way.axis, STEPS, way.concept) for way in (ALONG_X, ALONG_Y))
        secants, names = (self.by_x, self.by_y), (ALONG_X.name, ALONG_Y.name, F)
        slopes = f"{self.by_x.slope:g}", f"{self.by_y.slope:g}"
        self.panel = FunctionPanel(f, WINDOW, PANEL, VIEWS, secants, names, slopes, self.pen)

    @beat("The surface")
    def the_surface(self) -> None:
        """A function of two inputs, and a question about one of its points."""
        pen, panel = self.pen, self.panel
        along_x, along_y = panel.slices
        self.open()
        self.formula = pen.math(FUNCTION, Size.LARGE).at(COLUMN, 2.3)
        self.say("A function of two inputs, $x$ and $y$.")
        self.also(*show(panel, self.formula, run_time=1.0), self._turn(1, 2.5))
        self.say("Above each point $(x, y)$ it has a height: here drawn up to {height}.", height=Exact(WINDOW.ceiling))
        height = pen.math(HEIGHT).at(COLUMN, 1.35)
        self.say("Stand at $x = 1$, $y = 1$, at height 2. How steep is the surface here?")
        self.also(*show(height), Tween(panel.point, 0.7, point=1.0), self._turn(2, 3.5))
        by_x, by_y = self._asked(ALONG_X).at(COLUMN, -0.1), self._asked(ALONG_Y).at(COLUMN, -1.0)
        self.say("That depends on the direction: along $x$ ...")
        self.also(*show(by_x), Tween(along_x, 1.2, curve=1.0))
        self.say("... or along $y$.")
        self.also(*show(by_y), Tween(along_y, 1.2, curve=1.0))
        self.rest(0.6)
        self.shown = Group(height, by_x, by_y)

    @beat("A slice")
    def the_slice(self) -> None:
        """With y held still, a curve is left."""
        panel = self.panel
        self.put_away(self.shown)
        self.say("Hold $y$ still at 1, and cut the surface along $x$.")
        self.also(Tween(panel.slices[1], 0.8, curve=0.0), *panel.cut(0, 2.0), self._turn(3, 3.0))
        self.plane = SlicePlane(self.by_x, ALONG_X, WINDOW, COLUMN, self.pen)
        self.curve = self.pen.math(f"{ALONG_X.here} = {ALONG_X.curve}", Size.LARGE).at(COLUMN + 0.6, -1.1)
        self.put_away(self.formula)
        self.say("Along the cut the height is a curve: a function of $x$ alone.")
        self.also(*show(self.plane.chart, self.curve), Tween(self.plane.trace, 2.5, linear, drawn=1.0))
        self.asked = self._asked(ALONG_X).at(COLUMN + 0.6, -2.0)
        self.say("The curve's slope at the point is what we are after.")
        self.also(*show(self.asked))

    @beat("From secant to tangent")
    def the_secant(self) -> None:
        """The second point comes nearer; the quotient settles."""
        plane, cut = self.plane, self.panel.slices[0]
        self.put_away(self.curve, self.asked)
        self.say("Go a step $h$ to the right. The line through both points is a secant.")
        self.also(Tween(plane.trace, 1.0, secant=1.0), Tween(cut, 1.0, secant=1.0))
        self.say("The secant's slope: what $f$ grows by, divided by the step: 4 / 1 = 4.")
        self.also(*show(plane.table))
        self.say("Halve the step: the second point comes nearer.")
        self.also(Tween(self.by_x, 2.5, smooth, approach=1.0))
        self.say("Shrink the step to 0.1 ...")
        self.also(Tween(self.by_x, 2.0, smooth, approach=2.0))
        self.also(*show(plane.lens))
        self.rest(0.6)
        self.say("... then to 0.01: enlarged, the curve is nearly straight.")
        self.also(Tween(self.by_x, 3.0, smooth, approach=3.0))
        self.say("For $h$ to 0 the slopes near 3: that is the slope of the tangent.")
        self.also(*plane.settle(), *self._touch(0))

    @beat("The definition")
    def the_definition(self) -> None:
        """The same as a limit, worked out for every x and y."""
        by_x = write(ALONG_X.derivation, self.pen, COLUMN, 2.6, SMALL, LEADING)
        self.put_away(self.plane)
        self.say("For any $x$ and $y$, this limit is the partial derivative by $x$.")
        self.also(*show(by_x.left, by_x.lines[0]), self._turn(0, 4.0))
        self.say("Only $x$ gets the step $h$.")
        self.say("Put in our function, at $x + h$ and at $x$:")
        self.also(*show(by_x.lines[1]))
        self.rest(1.0)
        self.say("Expand: all that has no $h$ cancels.")
        self.also(*show(by_x.lines[2]))
        self.rest(0.6)
        self.say("Divide by $h$.")
        self.also(*show(by_x.lines[3]))
        self.rest(0.8)
        self.say("Let $h$ go to 0. All the while, $y$ stood still.")
        self.also(*show(by_x.lines[4]), self._turn(3, 4.0))
        at = self.pen.math(ALONG_X.in_numbers).at(COLUMN, -2.45)
        self.say("At our point: 3, the number that the secants' slopes neared.")
        self.also(*show(at))
        self.shown = Group(by_x, at)

    @beat("Along y")
    def along_y(self) -> None:
        """The same at the same point, with x held still."""
        panel = self.panel
        before, cut = panel.slices
        self.put_away(self.shown)
        self.say("Now the other way: hold $x$ still at 1, and cut along $y$.")
        self.also(*panel.close(0, 0.8), Tween(before, 0.8, face=0.0, curve=0.0, tangent=0.0))
        panel.heal(0)
        self.also(*panel.cut(1), self._turn(4, 2.5))
        self.plane = plane = SlicePlane(self.by_y, ALONG_Y, WINDOW, COLUMN, self.pen)
        curve = self.pen.math(f"{ALONG_Y.here} = {ALONG_Y.curve}", Size.LARGE).at(COLUMN + 0.6, -1.1)
        self.say("Another curve through the same point.")
        self.also(*show(plane.chart, curve), Tween(plane.trace, 1.5, linear, drawn=1.0))
        self.put_away(curve)
        self.say("With a step of 1, the secant's slope is 3.")
        self.also(*show(plane.table), Tween(plane.trace, 1.0, secant=1.0), Tween(cut, 1.0, secant=1.0))
        self.say("Shrink the step as before, to 0.5 and 0.1 ...")
        self.also(Tween(self.by_y, 1.6, smooth, approach=1.0))
        self.also(Tween(self.by_y, 1.6, smooth, approach=2.0))
        self.say("... then to 0.01.")
        self.also(*show(plane.lens), Tween(self.by_y, 2.0, smooth, approach=3.0))
        self.say("The slopes near 2: here, the surface is less steep along $y$ than along $x$.")
        self.also(*plane.settle(), *self._touch(1))

    @beat("By y")
    def the_other_definition(self) -> None:
        """Both definitions below each other: h stands in another place."""
        by_x = write(ALONG_X.derivation, self.pen, COLUMN, 2.6, SMALL)
        by_y = write(ALONG_Y.derivation, self.pen, COLUMN, 1.4, SMALL, 0.95)
        self.put_away(self.plane)
        self.say("By $x$, the step stands in the first place.")
        self.also(*show(by_x.left, by_x.lines[0]))
        self.say("By $y$, it stands in the second place: $x$ stays as it is.")
        self.also(*show(by_y.left, by_y.lines[0]))
        self.say("Again, put in our function at both points,")
        self.also(*show(by_y.lines[1]))
        self.rest(0.6)
        self.say("expanded, without what cancels,")
        self.also(*show(by_y.lines[2]))
        self.rest(0.4)
        self.say("and divided by $h$.")
        self.also(*show(by_y.lines[3]))
        self.rest(0.4)
        at = self.pen.math(ALONG_Y.in_numbers).at(COLUMN + 2.4, by_y.lines[4].baseline)
        self.say("Let $h$ go to 0: what is left is $2 x y$.")
        self.also(*show(by_y.lines[4]))
        self.say("At our point: 2, the number that the secants' slopes neared.")
        self.also(*show(at))
        self.shown = Group(by_x.left, by_x.lines[0], by_y, at)

    @beat("Two slopes")
    def both_slopes(self) -> None:
        """Both tangents at the same point of the whole surface."""
        panel, pen = self.panel, self.pen
        along_x, along_y = panel.slices
        self.play(*hide(self.shown), *panel.close(1))
        panel.heal(1)
        three, two = (rf"\textcolor{{{way.concept}}}{{{s}}}" for way, s in ((ALONG_X, 3), (ALONG_Y, 2)))
        by_x = pen.math(rf"{ALONG_X.quotient} = {three}", Size.LARGE).at(COLUMN, 1.9)
        by_y = pen.math(rf"{ALONG_Y.quotient} = {two}", Size.LARGE).at(COLUMN, 0.4)
        both = pen.math(rf"\nabla {F_HERE} = ({three}, \, {two})", Size.LARGE).at(COLUMN, -1.2)
        self.say("One point, two tangents: one rises by 3 for each 1 along $x$ ...")
        self.also(Tween(along_x, 1.0, curve=1.0, tangent=1.0, label=1.0), *show(by_x), self._turn(2, 3.0))
        self.say("... the other by 2 for each 1 along $y$.")
        self.also(Tween(along_y, 1.0, label=1.0), *show(by_y))
        self.say("Both slopes together are the gradient.")
        self.also(*show(both), self._turn(0, 3.5))
        arrow, name = panel.arrow(np.array([self.by_x.slope, self.by_y.slope]), r"-\nabla f", pen)
        self.say("Minus the gradient is $(-3, -2)$: no way down from here is steeper.")
        self.also(Tween(arrow, 1.2, smooth, grown=1.0), Tween(name, 1.2, smooth, opacity=1.0))
        self.shown = Group(by_x, by_y, both, arrow, name)

    @beat("Three rules")
    def three_rules(self) -> None:
        """The line of the other films: its slope by each of its numbers."""
        w, b = self.lesson.trajectory.params[0].tolist()
        numbers = (w, float(self.lesson.trajectory.data.x[HOUSE]), b)
        self.play(*hide(self.panel, self.shown))
        head = self.pen.math(line_with_numbers(*numbers)).at(LEFT + 0.1, 2.75)
        width = (RIGHT - LEFT + 0.2) / 3
        columns = [
            RuleColumn(rule, numbers, LEFT + k * width, width - 0.2, SMALL, self.pen) for k, rule in enumerate(RULES)
        ]
        self.say("How steep is the prediction $W x + b$ in each of its three numbers?")
        self.also(*show(head, *(column.chart for column in columns)))
        captions = (
            message("One more in $W$ lifts the prediction by $x$: here by {rise}.", rise=Exact(numbers[1])),
            message("One more in $x$ lifts the prediction by $W$: here by {rise}.", rise=Exact(w)),
            message("One more in $b$ lifts the prediction by 1, whatever $W$ and $x$ are."),
        )
        for caption, column in zip(captions, columns, strict=True):
            trace = column.chart.trace
            self.say(caption)
            self.also(Tween(trace, 1.0, linear, drawn=1.0))
            self.also(Tween(trace, 1.5, smooth, run=1.0), *show(column.limit))
            self.also(Tween(trace, 0.5, label=1.0), *show(column.answer))
            self.rest(0.4)
        self.say("A partial derivative: the slope when one number moves and the rest stand still.")
        self.say("The chain rule multiplies slopes like these.")
        self.rest(0.8)

    def _turn(self, view: int, run_time: float) -> Tween:
        return self.panel.view.turn(VIEWS[view], run_time)

    def _asked(self, way: Direction) -> Formula:
        return self.pen.text("slope along ${input}$: ?", Size.LARGE, input=Math(way.name))

    def _touch(self, axis: int) -> list[Tween]:
        """On the surface, too, the tangent takes the secant's place."""
        return [Tween(self.panel.slices[axis], 1.5, tangent=1.0, secant=0.0)]
