"""The sigmoid lecture's three derivations as they stand on the screen, with what explains them."""

from __future__ import annotations

import numpy as np

from fitting import Dataset
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.subject.probe import Spot
from scenes.kit.text.derivation import write
from scenes.kit.text.formula import Formula, Pen
from scenes.parts.sigmoid.cost_curves import CostCurves, slopes_of_costs
from scenes.parts.sigmoid.formulas import COST, ENTROPY, LINKS, PREDICTED, TRUE
from scenes.parts.sigmoid.panel import SigmoidPanel, slope_numbers
from scenes.parts.sigmoid.slopes import ENTROPY_SLOPE, ERROR_SLOPE, SIGMOID_SLOPE

_SIZE = 0.42
"""Font size of what stands beside a picture."""


class SlopeDerivation(Group):
    """The sigmoid's slope, line by line, beside the curve.

    Attributes:
        place: Where on the curve its point stands; tween its `value`.
        panel: The curve.
        numbers: Value and slope at the point.
        left: What is derived.
        lines: Line by line.
    """

    def __init__(self, left: float, pen: Pen) -> None:
        self.place = Spot(-2.0)
        self.panel = SigmoidPanel((LEFT, -2.75, -0.75, 2.4), self.place, pen)
        self.numbers = slope_numbers(self.place, LEFT + 0.1, 2.75, pen)
        written = write(SIGMOID_SLOPE, pen, left, 2.55, Size.FORMULA, 1.22)
        self.left, self.lines = written.left, written.lines
        super().__init__(self.panel, self.left, *self.lines, *self.numbers)


class ErrorDerivation(Group):
    """The slope of the mean squared error by W.

    Attributes:
        links: What leads from W to the residual.
        left: What is derived.
        lines: Line by line.
    """

    def __init__(self, left: float, pen: Pen) -> None:
        upper, lower = rf"{LINKS[0].row} \qquad {LINKS[1].row}", LINKS[2].row
        self.links = Group(pen.math(upper).at(left, 2.6), pen.math(lower).at(left, 1.95))
        written = write(ERROR_SLOPE, pen, left, 0.9, _SIZE, 1.35)
        self.left, self.lines = written.left, written.lines
        super().__init__(self.links, self.left, *self.lines)


class EntropyDerivation(Group):
    """The slope of the cross-entropy of one house by what the sigmoid is given, beside both of its costs.

    Attributes:
        place: Where on the curves their points stand; tween its `value`.
        panel: The curves.
        numbers: The slope of either at its point.
        cost: The cross-entropy, and what its letters are.
        chain: The chain rule.
        fractions: Both of its factors.
        strike: Through what cancels; tween its `drawn`.
        rest: What is left.
    """

    def __init__(self, left: float, data: Dataset, pen: Pen) -> None:
        self.place = Spot(-4.0)
        self.panel = CostCurves((LEFT, -2.75, -0.55, 2.4), data, self.place, pen)
        self.numbers = slopes_of_costs(self.panel.dots, self.place, LEFT + 0.1, 2.75, pen)
        room = RIGHT - left
        shares = rf"{PREDICTED.row} \quad {TRUE.row} \quad {COST.row}"
        self.cost = Group(pen.math(shares, room=room).at(left, 2.6), pen.math(ENTROPY.row, room=room).at(left, 1.55))
        written = write(ENTROPY_SLOPE, pen, left, 0.5, _SIZE, 1.25)
        chain, self.fractions, difference, residual = written.lines
        residual.at(float(difference.get_right()[0]) + 0.2, difference.baseline)
        self.chain, self.rest = Group(written.left, chain), Group(difference, residual)
        self.strike = Strike(self.fractions, "gradient", 2, pen.palette.muted)
        super().__init__(self.panel, *self.numbers, self.cost, self.chain, self.fractions, self.strike, self.rest)


class Strike(Painting):
    """Strikes out a part that stands in a formula several times, as often as it stands there.

    Args:
        formula: Where it stands by now.
        tag: The part's name under `\\textcolor`.
        times: How often it stands there.
        color: Of the lines.

    Attributes:
        drawn: How much of the lines is drawn, 0 to 1.
    """

    def __init__(self, formula: Formula, tag: str, times: int, color: str) -> None:
        super().__init__()
        glyphs = list(formula.part(tag))
        size = len(glyphs) // times
        self._lines = []
        for k in range(times):
            corners = np.concatenate([glyph.points[:, :2] for glyph in glyphs[k * size : (k + 1) * size]])
            self._lines.append((corners.min(axis=0), corners.max(axis=0)))
        self._color = color
        self.drawn = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines."""
        if self.drawn <= 0:
            return
        for low, high in self._lines:
            end = low + (high - low) * self.drawn
            canvas.line([low.tolist(), end.tolist()], self._color, Stroke.NORMAL)
