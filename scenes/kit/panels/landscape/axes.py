"""The axes of a landscape's box: two along the floor's near edges, one upright."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Ticks
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.letters import symbol
from scenes.kit.words.numbers import MINUS, latex_number

TICKS = 5
"""Of an axis, at most."""

POWER = 0.25
"""How much higher than a letter a power of ten reaches."""

_LETTER = 0.3
"""Half the width of an axis' name up to which it keeps its distance from the ticks."""


class BoxAxes(Painting):
    """The two parameters' axes along the floor's near edges, with ticks, and the loss axis upright at a corner.

    Args:
        names: What the floor's two directions are called.
        box: What they stand around.
        view: Where it is seen from.
        pen: Writes.
        height: LaTeX of the loss.
        most: At most so many ticks along an edge of the floor.
        corner: Whether there is a tick where an edge begins: where two edges begin together, it would be written twice.

    Attributes:
        outside: Whether a long name of the loss reaches away from the surface, and not over it.
    """

    def __init__(
        self,
        names: tuple[str, str],
        box: Box,
        view: View,
        pen: Pen,
        height: str = "J",
        most: int = TICKS,
        corner: bool = True,
    ) -> None:
        super().__init__(view)
        self._box, self._view, self._palette = box, view, pen.palette
        self.outside = False
        window = box.window
        self._ticks: list[list[tuple[float, Stamp]]] = []
        rests = []
        for span, count in ((window.first, most), (window.second, most), ((0.0, window.ceiling), TICKS)):
            marks = Ticks.round(span, count)
            ticks = list(zip(marks.places, marks.stamps(pen), strict=True))
            upright = len(self._ticks) == 2
            self._ticks.append([tick for tick in ticks if corner or upright or tick[0] > span[0]])
            rests.append(marks.rest)
        titles = [_title(symbol(name), rest) for name, rest in zip((*names, height), rests, strict=True)]
        colors = [*names, "loss"]
        self._names = [
            Stamp(pen.math(title, Size.FORMULA, pen.palette[color]))
            for title, color in zip(titles, colors, strict=True)
        ]

    def paint(self, canvas: Canvas) -> None:
        """Draw the floor's outline and the three axes."""
        x, y, z = (side / 2 for side in self._box.sides)
        corners = np.array([[-x, -y, 0], [x, -y, 0], [x, y, 0], [-x, y, 0]])
        screen, depth = self._box.project(corners, self._view)
        canvas.line(np.vstack([screen, screen[:1]]), self._palette.grid, Stroke.GRID)
        near = int(np.argmax(depth))
        middle = np.array(self._box.center)
        # The two edges that meet in the nearest corner carry the parameters.
        for axis, other in ((0, _neighbour(near, 0)), (1, _neighbour(near, 1))):
            self._axis(canvas, axis, corners[near], corners[other], middle)
        # The loss stands at the end that is farthest left.
        left = int(np.argmin(screen[:, 0]))
        top = corners[left] + np.array([0.0, 0.0, 2 * z])
        self._axis(canvas, 2, corners[left], top, middle + np.array([0.0, z]))

    def _axis(self, canvas: Canvas, axis: int, start: Array, end: Array, middle: Array) -> None:
        ends, _ = self._box.project(np.stack([start, end]), self._view)
        canvas.line(ends, self._palette.muted, Stroke.GRID)
        along = ends[1] - ends[0]
        outward = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-9)
        if axis == 2:
            outward = np.array([-1.0, 0.0])
        elif outward @ ((ends[0] + ends[1]) / 2 - middle) < 0:
            outward = -outward
        values, texts = zip(*self._ticks[axis], strict=True)
        half = self._box.sides[axis] / 2
        window = self._box.window
        low, high = (window.first, window.second, (0.0, window.ceiling))[axis]
        points = np.repeat(start[None], len(texts), axis=0)
        points[:, axis] = (np.array(values) - low) / (high - low) * 2 * half - (0 if axis == 2 else half)
        ticks, _ = self._box.project(points, self._view)
        canvas.segments(ticks, ticks + outward * 0.07, self._palette.muted, Stroke.GRID)
        widest = max((text.width for text in texts), default=0.0)
        for inner, text in list(zip(ticks, texts, strict=True))[:: _every(ticks, [text.width for text in texts])]:
            anchor = inner + outward * (0.16 + abs(outward[0]) * text.width / 2 + abs(outward[1]) * 0.09)
            text.draw(canvas, anchor[0], anchor[1] - Size.TICK * 0.33, "center")
        beyond = max(0.0, self._names[axis].width / 2 - _LETTER)
        far = (ends[0] + ends[1]) / 2 + outward * (
            0.44 + abs(outward[0]) * (widest + beyond) + abs(outward[1]) * Size.TICK
        )
        # A name with a power of ten would reach over the topmost tick.
        long = np.array([-beyond, 0.08] if self.outside else [beyond + _LETTER, 0.0]) if beyond else np.zeros(2)
        anchor = ends[1] + np.array([-0.1, 0.28]) + long if axis == 2 else far
        self._names[axis].draw(canvas, anchor[0], anchor[1] - Size.FORMULA * 0.3, "center")


def _title(letter: str, rest: str) -> str:
    """The quantity whose values stand at the ticks: `(W - 1012) / 10^{-3}`."""
    factor, sign, offset = re.fullmatch(rf"(?:×10\^([{MINUS}\d]+))? ?(?:([+{MINUS}]) (.+))?", rest).groups()  # type: ignore[union-attr]
    shifted = rf"({letter} {'-' if sign == '+' else '+'} {latex_number(offset)})" if offset else letter
    return f"{shifted} / 10^{{{latex_number(factor)}}}" if factor else shifted


def _every(ticks: Array, widths: Sequence[float]) -> int:
    """Of how many ticks one has room for its text: 1 unless two texts would touch."""
    if len(ticks) < 2:
        return 1
    across, up = np.abs(np.diff(ticks, axis=0)).min(axis=0).tolist()
    needed = max((one + other) / 2 for one, other in pairwise(widths))
    return next((k for k in (1, 2, 4) if k * across > needed or k * up > 0.9 * Size.TICK), 8)


def _neighbour(corner: int, axis: int) -> int:
    """The corner of the floor that differs from `corner` along one axis; corners run around the floor."""
    pairs = {0: {0: 1, 1: 0, 2: 3, 3: 2}, 1: {0: 3, 3: 0, 1: 2, 2: 1}}
    return pairs[axis][corner]
