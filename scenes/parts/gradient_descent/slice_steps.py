"""Steps on the parabola with what is written beside them: the first step from one side, and several in a table."""

from __future__ import annotations

from fitting.slices import SliceDescent
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Message
from scenes.parts.gradient_descent.parabola_panel import Clock, ParabolaPanel, StepTrail, Walk
from scenes.parts.gradient_descent.step_table import StepTable
from scenes.parts.gradient_descent.update_rule import update_with_numbers


class FirstStep(Group):
    """One step, its side of the bottom, and its update with numbers.

    Args:
        panel: The parabola.
        descent: Its first step is shown.
        side: Which side of the bottom it starts from.
        place: Left edge and baseline of what is written.
        room: How wide that may be.
        pen: Writes.

    Attributes:
        clock: Tween `clock.step` from 0 to 1.
        trail: The step.
        point: Where it is on the curve.
        words: Its side.
        numbers: The update.
    """

    def __init__(
        self,
        panel: ParabolaPanel,
        descent: SliceDescent,
        side: Message,
        place: tuple[float, float],
        room: float,
        pen: Pen,
    ) -> None:
        walk = Walk(descent, Clock())
        left, top = place
        self.clock = walk.clock
        self.trail = StepTrail(panel.chart, walk, pen)
        self.point = walk.point(panel.chart, pen)
        self.words = pen.text(side, Size.BODY, pen.palette.muted).at(left, top)
        self.numbers = update_with_numbers(
            descent.slice.name, float(descent.values[0]), descent.rate, float(descent.slopes[0]), pen, room
        ).at(left, top - 0.7)
        super().__init__(self.words, self.numbers, self.trail, self.point)


class ShrinkingSteps(Group):
    """Steps at one rate, on the curve and as a table.

    Args:
        panel: The parabola.
        descent: The steps.
        count: How many rows the table has.
        left: Left edge of what is written.
        pen: Writes.

    Attributes:
        clock: Tween `clock.step`.
        rate: The learning rate.
        rows: The table.
        trail: The steps on the curve.
        point: Where the descent is.
    """

    def __init__(self, panel: ParabolaPanel, descent: SliceDescent, count: int, left: float, pen: Pen) -> None:
        walk = Walk(descent, Clock())
        self.clock = walk.clock
        unit = float(panel.chart.to_screen(1.0, 0.0)[0] - panel.chart.to_screen(0.0, 0.0)[0])
        self.rate = pen.math(rf"\textcolor{{rate}}{{\alpha = {descent.rate}}}").at(left, 2.75)
        self.rows = StepTable(walk, unit, count, left - 0.25, 1.75, pen)
        self.trail = StepTrail(panel.chart, walk, pen)
        self.point = walk.point(panel.chart, pen)
        super().__init__(self.rate, self.rows, self.trail, self.point)
