"""One of the line's three rules: the line over one of its numbers, and below it the slope, from limit to number."""

from __future__ import annotations

from scenes.kit.drawing.painting import Group
from scenes.kit.text.derivation import write
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import PREDICTION
from scenes.parts.derivative.partial_derivatives import Rule
from scenes.parts.derivative.slope_chart import SlopeChart

HEIGHTS = (0.0, 5.6)
BOTTOM, TOP, FORMULA = -0.75, 2.35, -1.45
BEFORE, BEYOND = 0.5, 1.6
"""How much less and more than it is the number is shown."""


class RuleColumn:
    """A rule with its picture.

    Args:
        rule: The rule.
        numbers: The line's w, x, b.
        left: Left edge.
        width: How wide it is.
        size: Font size.
        pen: Writes.

    Attributes:
        chart: The line over the rule's number; tween `chart.trace`.
        limit: What is derived.
        answer: The slope, in symbols and in numbers.
    """

    def __init__(
        self, rule: Rule, numbers: tuple[float, float, float], left: float, width: float, size: float, pen: Pen
    ) -> None:
        at = numbers[rule.place]
        rect, span = (left, BOTTOM, left + width, TOP), (at - BEFORE, at + BEYOND)
        self.chart = SlopeChart(
            rect, rule.along(numbers), at, span, HEIGHTS, (rule.name, PREDICTION), rule.concept, pen
        )
        written = write(rule.derivation, pen, left + 0.1, FORMULA, size, 0.95)
        limit, result = written.lines
        value = pen.math(rule.in_numbers(numbers), size)
        value.at(float(result.get_right()[0]) + 0.12, result.baseline)
        self.limit, self.answer = Group(written.left, limit), Group(result, value)
