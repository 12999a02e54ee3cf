"""How wrong is a line? From residuals to their mean square, and to the landscape that it makes over all lines."""

from __future__ import annotations

from manim import smooth

from fitting.arrays import Array
from scenes.kit import wording
from scenes.kit.fit_panel import FEW, FitPanel, Probe
from scenes.kit.formula import Formula
from scenes.kit.lecture import LEFT, RIGHT, Lecture, beat
from scenes.kit.painting import Group, Tween, hide, show
from scenes.kit.slice_curve import SliceCurve
from scenes.kit.stage import rulers
from scenes.kit.style import Size
from scenes.parts.cost.cost_lines import B, CostLines, W
from scenes.parts.cost.cost_wording import (
    first_words,
    flat_words,
    least_words,
    mean_with_numbers,
    twice_with_numbers,
)
from scenes.parts.cost.line_numbers import LineNumbers
from scenes.parts.cost.probed_landscape import ProbedLandscape
from scenes.parts.cost.residual_marks import ResidualMarks, ResidualNumbers, stacked
from scenes.parts.cost.residual_rows import ResidualRows

WIDE = (LEFT, -2.75, -0.3, 3.2)
"""Where the fit stands."""

COLUMN = 0.6
"""Left edge of what stands on the right."""

ROOM = RIGHT - COLUMN
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
        self.fit = FitPanel(
            self.chart,
            rulers(self.lesson, self.chart, pen),
            self.lesson.data,
            lines.trajectory.model,
            probe,
            pen,
        )
        self.rows = ResidualRows(lines, probe, COLUMN, 2.05, pen)
        self.marks = ResidualMarks(self.chart, lines, probe, self.rows.write, pen)
        self.numbers = ResidualNumbers(self.chart, lines, self.marks, self.fit.layer, probe, pen)
        self.readout = LineNumbers(lines, probe, COLUMN, pen)

    @beat("A line")
    def a_line(self) -> None:
        """The data, and a line that is not the best."""
        fit, lesson = self.fit, self.lesson
        self.open()
        fit.dots.arrived = 0.0
        self.add(*stacked(fit, self.marks, self.numbers))
        self.say(wording.opening(lesson), Tween(fit.dots, 2.0, arrived=1.0), *show(fit.rulers[0]), **lesson.words)
        if len(fit.rulers) > 1:
            self.say(
                "The points stay, the rulers change: 0 is the mean, 1 a standard deviation.",
                Tween(fit.rulers[0], 0.4, opacity=0.0),
            )
            self.also(Tween(fit.rulers[1], 0.6, opacity=1.0))
        self.say(
            first_words(self.lines), *show(*self.readout.params), Tween(fit.layer, 2.0, smooth, curve=1.0, drawn=1.0)
        )

    @beat("Residuals")
    def the_residuals(self) -> None:
        """One residual after the other, sign included."""
        pen, rows = self.pen, self.rows
        rows.arrived = 0.0
        definition = r"\textcolor{residual}{r_i} = \textcolor{model}{\hat{y}_i} - \textcolor{data}{y_i}"
        self.shown = Group(pen.math(definition, Size.LARGE).at(COLUMN, -1.5))
        if len(self.lesson.data.x) > FEW:
            note = pen.text(
                f"Arrows: the first {FEW} {{items}}", Size.LABEL, pen.palette.muted, items=self.lesson.items
            )
            self.shown.add(note.at(COLUMN, -2.3))
        self.say(
            "A residual is prediction minus target, one for each {item}.",
            *show(rows, self.shown),
            **self.lesson.words,
        )
        for row in range(rows.rows):
            self.also(Tween(rows, 1.2, arrived=row + 1.0), Tween(self.marks, 1.2, arrived=row + 1.0))
        self.also(Tween(self.marks, 0.8, arrived=rows.rows + 1.0))
        self.say("Plus: the line runs above the point. Minus: it runs below.")

    @beat("Their sum")
    def their_sum(self) -> None:
        """Why residuals are not just added up."""
        rows, probe, lines = self.rows, self.probe, self.lines
        self.say("Why not add them up? Try it with another line.", Tween(rows, sums=1.0), clear=(self.shown,))
        self.then(Tween(probe, 2.4, smooth, params=lines.flat))
        self.say("Flat, at the mean of all $y$: plus and minus cancel, and the sum is 0.")
        self.say(
            "Tilt it about the middle: every residual changes, the sum stays 0.",
            Tween(probe, 4.0, smooth, params=lines.tilted),
        )
        self.say("So a sum of 0 does not say that a line is good.")

    @beat("Squares")
    def their_squares(self) -> None:
        """Squares have no sign, and grow faster than the error."""
        rows, marks, layer, lines = self.rows, self.marks, self.fit.layer, self.lines
        self.play(Tween(self.probe, 1.6, smooth, params=lines.first), Tween(rows, 0.4, sums=0.0))
        self.say(
            "Squares do not cancel: $r_i^2$ is never negative.", Tween(layer, squares=1.0), Tween(rows, squares=1.0)
        )
        self.say(
            "Shift the line until this residual is twice as long.",
            Tween(layer, 0.6, squares=0.25), Tween(rows, 0.6, focus=1.0), Tween(marks, 0.6, focus=1.0),
        )  # fmt: skip
        self.then(Tween(self.probe, 3.0, smooth, params=lines.doubled))
        self.twice = twice_with_numbers(lines, rows.write, rows.write_square, self.pen, ROOM).at(COLUMN, -1.5)
        self.say("Twice the residual, four times the square: large errors count most.", *show(self.twice))

    @beat("Their mean")
    def the_mean(self) -> None:
        """The cost: the mean of the squares, with the numbers in the table."""
        rows, marks, layer = self.rows, self.marks, self.fit.layer
        self.play(
            *hide(self.twice), Tween(rows, 0.4, focus=0.0), Tween(marks, 0.4, focus=0.0),
            Tween(self.probe, 1.6, smooth, params=self.lines.first), Tween(layer, 1.6, squares=1.0),
        )  # fmt: skip
        means = self.mean_of(self.lines.first)
        self.say("Add the squares, from the first to the last,", Tween(rows, square_sums=1.0))
        self.say("and divide by how many they are: the mean is the cost $J$.", *show(*means))
        self.say("One number for a whole line: the mean squared error.", *show(self.readout.cost))
        self.say(
            flat_words(self.lines),
            Tween(self.probe, 2.0, smooth, params=self.lines.flat), Tween(rows, sums=1.0, square_sums=0.0), clear=means,
        )  # fmt: skip

    def mean_of(self, params: Array) -> tuple[Formula, Formula]:
        """The cost of a line as formula and in numbers, below the table."""
        formula, numbers = mean_with_numbers(self.lines, params, self.rows.write_square, self.pen, ROOM)
        return formula.at(COLUMN, -1.4), numbers.at(COLUMN, -2.5)

    @beat("One parameter")
    def one_parameter(self) -> None:
        """The cost over each parameter alone."""
        self.play(*hide(self.rows, self.numbers), Tween(self.probe, 1.2, params=self.lines.first))
        turning = self.slice_over(
            W, "Turn the line: $J$ falls, and rises again.", "Over $W$ alone, $J$ is a parabola with one lowest point."
        )
        shifting = self.slice_over(
            B,
            "Shift it instead: again $J$ falls, and rises.",
            "Over $b$ alone: another parabola, another lowest point.",
            turning,
        )
        self.play(*hide(shifting))

    def slice_over(self, parameter: int, moving: str, lowest: str, *before: SliceCurve) -> SliceCurve:
        """Sweep one parameter over its range, drawing the cost; rest at the bottom, and return to the first line."""
        lines, probe = self.lines, self.probe
        low, high = lines.span(parameter)
        slices = SliceCurve(SLICE, lines.trajectory, probe, parameter, (low, high), self.pen)
        slices.axes.opacity = slices.trace.opacity = 0.0
        slices.trace.start = slices.trace.reach = low
        self.add(slices)
        # The line goes to its first place without the point: the caption speaks of what comes from there on.
        self.say(
            moving,
            *show(slices.axes, run_time=0.6),
            Tween(probe, 1.4, smooth, params=lines.at(parameter, low)),
            clear=before,
        )
        self.also(Tween(slices.trace, 0.4, opacity=1.0))
        self.also(
            Tween(probe, 4.0, smooth, params=lines.at(parameter, high)), Tween(slices.trace, 4.0, smooth, reach=high)
        )
        self.say(lowest, Tween(probe, 2.0, smooth, params=lines.lowest_along(parameter)))
        self.then(Tween(probe, 0.8, smooth, params=lines.first))
        return slices

    @beat("Both parameters")
    def both_parameters(self) -> None:
        """The landscape, and the point that is the line."""
        lines, probe, window = self.lines, self.probe, self.lines.window()
        self.views = lines.seen_from(VIEWS)
        self.landscape = panel = ProbedLandscape(lines.trajectory, probe, window, LANDSCAPE, self.views, self.pen)
        panel.opacity = 0.0
        self.add(panel)
        self.say("Over both, $J$ is a landscape. Every line is a point on it.", *show(panel, run_time=1.2))
        self.say("Turn the line, and the point walks along $W$.", Tween(panel.cuts[W], 0.6, opacity=1.0))
        self.walk(*(lines.at(W, value) for value in lines.span(W)), lines.first)
        self.say("Shift it, and the point walks along $b$.", Tween(panel.cuts[B], 0.6, opacity=1.0))
        self.walk(*(lines.at(B, value) for value in lines.span(B)), lines.first)

    def walk(self, *places: Array) -> None:
        """Move line and point to one end, to the other, and back."""
        for place, seconds in zip(places, (1.4, 2.6, 1.6), strict=True):
            self.also(Tween(self.probe, seconds, smooth, params=place))

    @beat("The lowest point")
    def the_lowest_point(self) -> None:
        """The best line, and what is left of its cost."""
        lines, panel = self.lines, self.landscape
        self.say(
            "Now both at once, down to the lowest point of all.",
            Tween(self.probe, 3.5, smooth, params=lines.best),
            Tween(panel.view, 3.5, smooth, azimuth=self.views[1][0], elevation=self.views[1][1]),
        )
        self.say("This is the best line: no other has a smaller mean square.")
        rows = self.rows
        rows.sums = rows.squares = rows.square_sums = 1.0
        self.say(
            least_words(self.lesson, lines),
            *show(rows, *self.mean_of(lines.best)),
            clear=(panel, *panel.cuts),
        )
        self.rest(1.5)
