"""Program text on the screen: every character in a cell of its own, whatever the typesetter's fonts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.kit.drawing.painting import Canvas, Painting, TextBox
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp

ADVANCE = 0.54
"""Width of a cell in em."""

_SHARE = {"@": 0.96, ">": 0.78}
"""How much of its cell a wide sign may take, if not 0.9."""


class CodeListing(Painting):
    """Lines of a program, monospaced.

    Attributes:
        lines: How many lines stand, counted from the first: tween it to let them appear one after the other.
    """

    def __init__(
        self,
        source: Sequence[str],
        left: float,
        top: float,
        pen: Pen,
        leading: float = 0.6,
        size: float = Size.BODY,
    ) -> None:
        """Prepare the characters.

        Args:
            source: The lines.
            left: Left edge.
            top: Baseline of the first line.
            pen: Writes them.
            leading: Distance of baselines.
            size: Font size.
        """
        super().__init__()
        self._source, self._left, self._top, self._leading, self._size = tuple(source), left, top, leading, size
        self._stamps = {
            character: Stamp(_set(character, size, pen)) for line in source for character in line if character != " "
        }
        self.lines = 0.0

    def baseline(self, line: int) -> float:
        """Where a line stands, counted from 0."""
        return self._top - line * self._leading

    def paint(self, canvas: Canvas) -> None:
        """Set the lines that stand."""
        cell = ADVANCE * self._size
        texts, canvas.texts = canvas.texts, None
        for k, line in enumerate(self._source):
            shown = float(np.clip(self.lines - k, 0.0, 1.0))
            if shown <= 0:
                continue
            y = self.baseline(k)
            for place, character in enumerate(line):
                if character != " ":
                    # The asterisk of text fonts is raised; in a product it stands in the middle.
                    lower = 0.14 * self._size if character == "*" else 0.0
                    self._stamps[character].draw(canvas, self._left + (place + 0.5) * cell, y - lower, "center", shown)
            if texts is not None and canvas.alpha > 0:
                right, low, high = self._left + len(line) * cell, y - 0.2 * self._size, y + 0.7 * self._size
                texts.append(TextBox(line, self._left, low, right, high, self._size))
        canvas.texts = texts


def _set(character: str, size: float, pen: Pen) -> Formula:
    # Letters and digits have typewriter forms in mathematics; wider signs are set smaller, so that >= stays two signs.
    if character.isascii() and character.isalnum():
        return pen.math(rf"\mathtt{{{character}}}", size)
    sign = pen.text("{character}", size, character=character)
    room = _SHARE.get(character, 0.9) * ADVANCE * size
    if float(sign.width) <= room:
        return sign
    return pen.text("{character}", size * room / float(sign.width), character=character)
