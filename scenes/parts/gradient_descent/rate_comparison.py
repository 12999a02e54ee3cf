"""Descents on one curve beside each other: same start, different learning rates, one clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from fitting.slices import SliceDescent
from scenes.kit.drawing.frame import Rect, columns
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.live import LiveNumber
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Message
from scenes.kit.words.numbers import count, fixed, latex_number, number, significant
from scenes.parts.gradient_descent.parabola_panel import Clock, ParabolaPanel, StepTrail, Walk

_GAP = 0.3
_SIGN = 0.14
_VERDICT = 1.5

LEADING = 0.5
"""Of parameter and loss."""


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
        verdicts: Sequence[Message],
        pen: Pen,
    ) -> None:
        self.clock = Clock()
        self.walks = [Walk(descent, self.clock, leaps=True) for descent in descents]
        left, bottom, right, top = rect
        members: list[Mobject] = []
        self.centers: list[float] = []
        numbers: list[Group] = []
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
            numbers.append(walk_numbers(walk, center, bottom - 0.42, pen))
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


def walk_numbers(walk: Walk, center: float, top: float, pen: Pen) -> Group:
    """Parameter and loss of a descent at the last step done: their equals signs below each other, around the middle,
    with room for a sign."""
    descent = walk.descent
    name = descent.slice.name

    def number_of(name: str, concept: str, values: Array, write: Callable[[float], str]) -> LiveNumber:
        return LiveNumber(name, concept, lambda: float(values[walk.record]), write, (0.0, 0.0), pen, walk.clock,
                          size=Size.BODY, gap=_SIGN, values=np.array([-1.0]))  # fmt: skip

    rows = (
        number_of(name, name, descent.values, partial(fixed, decimals=4)),
        number_of("J", "loss", descent.losses, number),
    )
    widest = max(row.name_width for row in rows)
    sign = center + widest - (widest + rows[0].room - rows[0].name_width) / 2
    for k, row in enumerate(rows):
        row.place = sign - row.name_width, top - k * LEADING
    return Group(*rows)
