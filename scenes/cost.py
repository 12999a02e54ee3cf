"""How wrong is a line? From residuals to their mean square, and to the landscape that it makes over all lines."""

from __future__ import annotations

from manim import smooth

from fitting.arrays import Array
from scenes.kit.drawing.frame import COLUMN, RIGHT, ROOM, WIDE
from scenes.kit.drawing.painting import Group, Tween, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.data_dots import FEW
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.slice_curve import SliceCurve
from scenes.kit.story import fit_wording, wording
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Formula
from scenes.kit.words.letters import PREDICTION_I, RESIDUAL_I, Y_I
from scenes.kit.words.message import Count, Message, Name, message
from scenes.parts.cost.line_numbers import line_numbers
from scenes.parts.cost.lines import B, CostLines, W
from scenes.parts.cost.probed_landscape import ProbedLandscape
from scenes.parts.cost.residual_marks import ResidualMarks, ResidualNumbers, stacked
from scenes.parts.cost.residual_rows import ResidualRows
from scenes.parts.cost.wording import (
    first_words,
    flat_words,
    least_words,
    mean_with_numbers,
    sign_words,
    sum_words,
    twice_with_numbers,
)

SLICE = (COLUMN - 0.2, -2.75, RIGHT, 2.45)
LANDSCAPE = (-0.3, -2.75, RIGHT, 2.6)
VIEWS = ((-28.0, 44.0), (-40.0, 46.0))
"""Azimuth and elevation at the start and at the end."""


class Cost(Lecture):
    """The mean squared error of a line, from single residuals to the landscape over both parameters."""

    title = "The cost"
    model = "linear"
    loss = "mse"
    question = "How wrong is a line?"
    window_refused = "its landscape holds the lines that it walks to, whatever the data"
    after = "derivative"

    def construct(self) -> None:
        """The story, beat by beat."""
        self.prepare()
        self.a_line()
        self.the_residuals()
        self.their_sum()
        self.their_squares()
        self.the_mean()
        self.one_parameter()
        self.both_parameters()
        self.the_lowest_point()

    def prepare(self) -> None:
        """What several beats share."""
        pen = self.pen
        self.lines = lines = CostLines.of(self.lesson.trajectory)
        self.probe = probe = Probe(lines.first)
        self.chart = lines.chart(WIDE)
        self.fit = FitPanel.of(self.lesson, self.chart, probe, pen)
        self.rows = ResidualRows(lines, probe, COLUMN, 2.05, pen)
        self.marks = ResidualMarks(self.chart, lines, probe, self.rows.write, pen)
        self.numbers = ResidualNumbers(self.chart, lines, self.marks, self.fit.layer, probe, pen)
        self.readout = line_numbers(lines, probe, COLUMN, pen)

    @beat("A line")
    def a_line(self) -> None:
        """The data, and a line that is not the best."""
        fit, lesson = self.fit, self.lesson
        self.open()
        fit.dots.arrived = 0.0
        self.say(wording.opening(lesson))
        self.add(*stacked(fit, self.marks, self.numbers))
        self.also(Tween(fit.dots, 2.0, arrived=1.0), *show(fit.rulers[0]))
        if len(fit.rulers) > 1:
            self.say(wording.rulers(lesson))
            self.also(Tween(fit.rulers[0], 0.4, opacity=0.0))
            self.also(Tween(fit.rulers[1], 0.6, opacity=1.0))
        self.say(first_words(self.lines))
        self.also(*show(*self.readout[:2]), Tween(fit.layer, 2.0, smooth, curve=1.0, drawn=1.0))

    @beat("Residuals")
    def the_residuals(self) -> None:
        """One residual after the other, sign included."""
        pen, rows = self.pen, self.rows
        rows.arrived = 0.0
        definition = f"{RESIDUAL_I} = {PREDICTION_I} - {Y_I}"
        defined = Group(pen.math(definition, Size.LARGE).at(COLUMN, -1.5))
        if len(self.lesson.data.x) > FEW:
            arrows = message("Arrows: the first {few} {items}", few=Count(FEW), items=Name(self.lesson.items))
            defined.add(pen.text(arrows, Size.LABEL, pen.palette.muted).at(COLUMN, -2.3))
        self.say("A residual is prediction minus target, one for each {item}.")
        self.also(*show(rows, defined))
        for row in range(rows.rows):
            self.also(Tween(rows, 1.2, arrived=row + 1.0), Tween(self.marks, 1.2, arrived=row + 1.0))
        self.also(Tween(self.marks, 0.8, arrived=rows.rows + 1.0))
        self.say(sign_words(self.lines))
        self.shown = defined

    @beat("Their sum")
    def their_sum(self) -> None:
        """Why residuals are not just added up."""
        rows, probe, lines = self.rows, self.probe, self.lines
        self.put_away(self.shown)
        self.say("Why not add them up? Try it with another line.")
        self.also(Tween(rows, sums=1.0))
        self.then(Tween(probe, 2.4, smooth, params=lines.flat))
        self.say(sum_words(lines))
        self.say("Tilt it about the mean of all $x$: residuals change, their sum stays 0.")
        self.also(Tween(probe, 4.0, smooth, params=lines.tilted))
        self.say("So a sum of 0 does not say that a line is good.")

    @beat("Squares")
    def their_squares(self) -> None:
        """Squares have no sign, and grow faster than the error."""
        rows, marks, layer, lines = self.rows, self.marks, self.fit.layer, self.lines
        self.say("Back to the first line. Now square each residual.")
        self.also(Tween(self.probe, 1.6, smooth, params=lines.first), Tween(rows, 0.4, sums=0.0))
        self.also(Tween(layer, squares=1.0), Tween(rows, squares=1.0))
        self.say("Squares do not cancel: $r_i^2$ is never negative.")
        self.say("Shift the line until this residual is twice as long.")
        self.also(Tween(layer, 0.6, squares=0.25), Tween(rows, 0.6, focus=1.0), Tween(marks, 0.6, focus=1.0))
        self.then(Tween(self.probe, 3.0, smooth, params=lines.doubled))
        twice = twice_with_numbers(lines, rows.write, rows.write_square, self.pen, ROOM).at(COLUMN, -1.5)
        self.say("Twice the residual, four times the square: large errors count most.")
        self.also(*show(twice))
        self.shown = Group(twice)

    @beat("Their mean")
    def the_mean(self) -> None:
        """The cost: the mean of the squares, with the numbers in the table."""
        rows, marks, layer, lines = self.rows, self.marks, self.fit.layer, self.lines
        self.put_away(self.shown)
        self.say("Back to the first line. Add its squares, from the first to the last,")
        self.also(
            Tween(rows, 0.4, focus=0.0),
            Tween(marks, 0.4, focus=0.0),
            Tween(self.probe, 1.6, smooth, params=lines.first),
            Tween(layer, 1.6, squares=1.0),
        )
        means = self.mean_of(lines.first)
        self.also(Tween(rows, square_sums=1.0))
        self.say("and divide by how many they are: the mean is the cost $J$.")
        self.also(*show(*means))
        self.say("One number for a whole line: the mean squared error.")
        self.also(*show(self.readout[2]))
        self.put_away(*means)
        self.say("Back to the flat line, whose residuals add up to 0.")
        self.also(
            Tween(self.probe, 2.0, smooth, params=lines.flat), Tween(rows, 0.4, sums=1.0, squares=0.0, square_sums=0.0)
        )
        means = self.mean_of(lines.flat)
        self.say(flat_words(lines))
        self.also(Tween(rows, squares=1.0, square_sums=1.0), *show(*means))
        self.shown = Group(rows, self.numbers, *means)

    def mean_of(self, params: Array) -> tuple[Formula, Formula]:
        """The cost of a line as formula and in numbers, below the table, which has the same numbers."""
        self.rows.write_square = self.rows.square_writer(params)
        formula, numbers = mean_with_numbers(self.lines, params, self.rows.write_square, self.pen, ROOM)
        return formula.at(COLUMN, -1.4), numbers.at(COLUMN, -2.5)

    @beat("One parameter")
    def one_parameter(self) -> None:
        """The cost over each parameter alone."""
        self.put_away(self.shown)
        turning = self.slice_over(
            W,
            message("Back to the first line. Now only $W$ changes: the line turns."),
            message("Sweep $W$ from left to right: $J$ falls, and rises again."),
            message("Over $W$ alone, $J$ is a parabola with one lowest point."),
        )
        self.put_away(turning)
        shifting = self.slice_over(
            B,
            message("Back to the first line. Now only $b$ changes: the line shifts."),
            message("Sweep $b$ from left to right: again $J$ falls, and rises."),
            message("Over $b$ alone: another parabola, another lowest point."),
        )
        self.shown = Group(shifting)

    def slice_over(self, parameter: int, away: Message, sweep: Message, lowest: Message) -> SliceCurve:
        """From the first line to one end of a parameter's range, to the other, drawing the cost; rest at the bottom."""
        lines, probe = self.lines, self.probe
        cut, (low, high) = lines.cut(parameter), lines.span(parameter)
        self.say(away)
        self.also(Tween(probe, 1.4, smooth, params=lines.first))
        slices = SliceCurve(SLICE, cut, probe, (low, high), self.pen)
        slices.trace.start = slices.trace.reach = low
        self.also(*show(slices, run_time=0.6))
        self.also(Tween(probe, 1.6, smooth, params=cut.at(low)))
        self.say(sweep)
        self.also(Tween(probe, 4.0, smooth, params=cut.at(high)), Tween(slices.trace, 4.0, smooth, reach=high))
        self.say(lowest)
        self.also(Tween(probe, 2.0, smooth, params=lines.lowest_along(parameter)))
        return slices

    @beat("Both parameters")
    def both_parameters(self) -> None:
        """The landscape, and the point that is the line."""
        lines, probe, window = self.lines, self.probe, self.lines.window()
        self.views = lines.seen_from(VIEWS)
        self.landscape = panel = ProbedLandscape(
            lines.trajectory, probe, lines.first, window, LANDSCAPE, self.views, self.pen
        )
        self.put_away(self.shown)
        self.say("Over both, $J$ is a landscape. Every line is a point on it.")
        self.also(*show(panel, run_time=1.2))
        self.also(Tween(probe, 1.6, smooth, params=lines.first))
        self.say("Turn the line, and the point walks along $W$.")
        self.also(Tween(panel.cuts[W], 0.6, shown=1.0))
        self.walk(*lines.cut(W).at(lines.span(W)), lines.first)
        self.say("Shift it, and the point walks along $b$.")
        self.also(Tween(panel.cuts[B], 0.6, shown=1.0))
        self.walk(*lines.cut(B).at(lines.span(B)), lines.first)

    def walk(self, *places: Array) -> None:
        """Move line and point to one end, to the other, and back."""
        for place, seconds in zip(places, (1.4, 2.6, 1.6), strict=True):
            self.also(Tween(self.probe, seconds, smooth, params=place))

    @beat("The lowest point")
    def the_lowest_point(self) -> None:
        """The best line, and what is left of its cost."""
        lines, panel = self.lines, self.landscape
        self.say("Now both at once, down to the lowest point of all.")
        self.also(Tween(self.probe, 3.5, smooth, params=lines.best), panel.view.turn(self.views[1], 3.5))
        self.say("This is the best line: no other has a smaller cost.")
        rows = self.rows
        rows.sums = rows.squares = rows.square_sums = 1.0
        self.put_away(panel)
        self.say(least_words(self.lesson, lines))
        self.also(*show(rows, *self.mean_of(lines.best)))
        if lines.least > 0 and not self.lesson.of_the_notes:
            self.say(fit_wording.quality(self.lesson, lines.best))
        self.rest(1.5)
