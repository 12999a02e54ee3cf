"""Lines through factors that cancel."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Stroke
from scenes.kit.text.formula import Formula


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
