"""Descents on one curve beside each other: same start, different learning rates, one clock."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Mobject

from fitting.slices import SliceDescent
from scenes.kit.drawing.frame import Rect, columns
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.live import LiveNumber
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.numbers import MINUS, count, fixed, latex_number, number, significant
from scenes.parts.gradient_descent.parabola_panel import Clock, ParabolaPanel, StepTrail, Walk

_GAP = 0.3
_SIGN = 0.14
_VERDICT = 1.5


class RateComparison(Group):
    """A small curve for each rate, the rate above it and its numbers below.

    Attributes:
        clock: Tween `clock.step`: all descents are at this step.
        centers: Where the middle of each plane is, from left to right.
        walks: The descents.
        numbers: The step, parameter and loss of each; not part of the group, so that they can go alone.
        verdicts: What each of them does; likewise.
    """

    def __init__(
        self,
        descents: Sequence[SliceDescent],
        span: tuple[float, float],
        rect: Rect,
        verdicts: Sequence[str],
        pen: Pen,
    ) -> None:
        self.clock = Clock()
        self.walks = [Walk(descent, self.clock, leaps=True) for descent in descents]
        left, bottom, right, top = rect
        members: list[Mobject] = []
        self.centers: list[float] = []
        numbers: list[WalkNumbers] = []
        for walk, place in zip(self.walks, columns(rect, len(descents), _GAP), strict=True):
            panel = ParabolaPanel(place, walk.descent.slice, span, pen, most=4)
            plane_left, _, plane_right, _ = panel.chart.plane.tolist()
            center = (plane_left + plane_right) / 2
            self.centers.append(center)
            rate = latex_number(significant(walk.descent.rate))
            title = pen.math(rf"\alpha = {rate}", Size.FORMULA, pen.palette["rate"])
            members += [
                title.at(center, top + 0.05, "center"),
                panel,
                StepTrail(panel.chart, walk, pen, width=Stroke.THIN),
                walk.point(panel.chart, pen, radius=1.0),
            ]
            numbers.append(WalkNumbers(walk, center, bottom - 0.42, pen))
        self.verdicts = [
            pen.text(word, Size.BODY).at(center, bottom - _VERDICT, "center")
            for word, center in zip(verdicts, self.centers, strict=True)
        ]
        middle = (left + right) / 2
        step = LiveNumber(r"\text{step}", "muted", self._step, lambda value: count(int(value)),
                          (middle - 0.55, top + 0.55), pen, self.clock, size=Size.BODY)  # fmt: skip
        self.numbers = Group(*numbers, step)
        super().__init__(*members)

    def _step(self) -> float:
        return float(self.walks[0].record)


class WalkNumbers(Painting):
    """Parameter and loss of a descent at the last step done, below each other, with room for a sign in the middle.

    Attributes:
        LEADING: Distance of the baselines.
    """

    LEADING = 0.5

    def __init__(self, walk: Walk, center: float, top: float, pen: Pen) -> None:
        super().__init__(walk.clock)
        self.walk, self._top = walk, top
        palette = pen.palette
        name = walk.descent.slice.name
        self._rows = [
            (
                Stamp(pen.math(f"{latex} =", Size.BODY, palette[concept])),
                Numerals(pen.engine, Size.BODY, palette[concept]),
            )
            for latex, concept in ((name, name), ("J", "loss"))
        ]
        label = max(label.width for label, _ in self._rows)
        number = self._rows[0][1].width(f"{MINUS}0.0000")
        self._sign = center - (label + _SIGN + number) / 2 + label

    def texts(self) -> tuple[str, str]:
        """Parameter and loss as they are shown."""
        record, descent = self.walk.record, self.walk.descent
        return fixed(float(descent.values[record]), 4), number(float(descent.losses[record]))

    def paint(self, canvas: Canvas) -> None:
        """Set both rows, their equals signs in one column."""
        for k, ((label, numerals), text) in enumerate(zip(self._rows, self.texts(), strict=True)):
            y = self._top - k * self.LEADING
            label.draw(canvas, self._sign, y, "right")
            numerals.draw(canvas, text, self._sign + _SIGN, y)
