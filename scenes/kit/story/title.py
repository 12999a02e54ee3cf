"""A film's title: on the card that opens it, and in the row above everything."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.kit.drawing.frame import HEADER
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import FRAME_WIDTH, MARGIN, Size
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.message import Count

LEFT, RIGHT = -FRAME_WIDTH / 2 + MARGIN, FRAME_WIDTH / 2 - MARGIN

_GAP = 0.35
_MARK = 0.3


def title_card(title: str, question: str, pen: Pen) -> Group:
    """Title and question in the middle of the frame, set smaller or in two lines where they are long."""
    room = RIGHT - LEFT
    head = pen.text("{title}", Size.TITLE, title=title)
    if head.width > room:
        size = max(Size.TITLE * room / float(head.width), Size.FORMULA)
        head = pen.fitted("{title}", room, (size,), pen.palette.text, title=title)
    muted = pen.palette.muted
    asked = pen.text("{question}", Size.LARGE, muted, question=question)
    if asked.width <= room:
        return Group(head.at(0.0, 0.35, "center"), asked.at(0.0, -0.65, "center"))
    lines = [pen.fitted("{half}", room, (Size.LARGE,), muted, half=half) for half in _halves(question)]
    rows = [line.at(0.0, -0.65 - 1.4 * Size.LARGE * k, "center") for k, line in enumerate(lines)]
    return Group(head.at(0.0, 0.35, "center"), *rows)


def _halves(text: str) -> tuple[str, str]:
    """A text cut at the space nearest to its middle."""
    spaces = [k for k, character in enumerate(text) if character == " "]
    cut = min(spaces, key=lambda k: abs(k - len(text) / 2), default=len(text) // 2)
    return text[:cut], text[cut:]


class Header(Painting):
    """Title, number and name of the beat, and a mark for every beat.

    Attributes:
        current: Index of the beat that is on.
    """

    def __init__(self, title: str, names: Sequence[str], pen: Pen) -> None:
        super().__init__()
        self._palette = pen.palette
        self._names = [
            Stamp(
                pen.text("{k} of {n} {name}", Size.LABEL, pen.palette.muted, k=Count(k), n=Count(len(names)), name=name)
            )
            for k, name in enumerate(names, start=1)
        ]
        room = RIGHT - LEFT - len(names) * _MARK - 2 * _GAP - max(name.width for name in self._names)
        self._title = Stamp(pen.fitted("{title}", room, (Size.BODY,), pen.palette.text, title=title))
        self.current = 0

    def paint(self, canvas: Canvas) -> None:
        """Draw the row."""
        self._title.draw(canvas, LEFT, HEADER)
        self._names[self.current].draw(canvas, LEFT + self._title.width + _GAP, HEADER)
        palette = self._palette
        for k in range(len(self._names)):
            x = RIGHT - (len(self._names) - k) * _MARK
            color = palette.text if k == self.current else palette.muted if k < self.current else palette.grid
            canvas.line([(x + 0.06, HEADER + 0.1), (x + 0.3, HEADER + 0.1)], color, 0.05)
