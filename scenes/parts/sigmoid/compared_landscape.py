"""One cost's landscape with its numbers, for comparing it with another's."""

from __future__ import annotations

from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.numbers import MINUS, count, fixed


class ComparedLandscape(Group):
    """A landscape, its title, and the numbers of the descent upon it in a row above.

    Args:
        replay: The descent.
        title: What the height is.
        letter: Its name in formulas.
        window: What part of the landscape is shown.
        rect: Left, bottom, right and top of everything.
        views: Between which it turns.
        pen: Writes.
        resolution: Vertices a side.

    Attributes:
        panel: The landscape.
    """

    def __init__(
        self,
        replay: Replay,
        title: str,
        letter: str,
        window: Window,
        rect: Rect,
        views: list[tuple[float, float]],
        pen: Pen,
        resolution: int,
    ) -> None:
        left, bottom, right, top = rect
        self.panel = LandscapePanel(replay, window, (left, bottom, right, top - 1.3), views, pen, resolution, letter)
        self.panel.trail.arrow = 0.0
        self.panel.axes.outside = True
        head = pen.text(title, Size.FORMULA).at((left + right) / 2, top - 0.3, "center")
        super().__init__(head, self.panel, DescentNumbers(replay, letter, (left + right) / 2, top - 0.95, pen))


class DescentNumbers(Painting):
    """Parameters and loss of a descent's point in a centred row."""

    def __init__(self, replay: Replay, letter: str, center: float, baseline: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay, self._center, self._baseline = replay, center, baseline
        concepts = (*replay.trajectory.model.parameters, "loss")
        colors = [pen.palette[concept] for concept in concepts]
        self._labels = [
            Stamp(pen.math(f"{name} =", Size.BODY, color))
            for name, color in zip((*concepts[:-1], letter), colors, strict=True)
        ]
        self._numerals = [Numerals(pen.engine, Size.BODY, color) for color in colors]
        widest = (f"{MINUS}0.000", f"{MINUS}00.000", "000.00")
        self._widths = [numerals.width(text) for numerals, text in zip(self._numerals, widest, strict=True)]

    def texts(self) -> tuple[str, ...]:
        """The numbers as they are shown."""
        moment = self._replay.moment
        w, b = moment.params.tolist()
        return fixed(w, 3), fixed(b, 3), fixed(moment.loss, 2)

    def paint(self, canvas: Canvas) -> None:
        """Set the row."""
        gap, space = 0.26, 0.12
        total = sum(label.width + space for label in self._labels) + sum(self._widths) + gap * (len(self._labels) - 1)
        x = self._center - total / 2
        for label, numerals, text, width in zip(self._labels, self._numerals, self.texts(), self._widths, strict=True):
            label.draw(canvas, x, self._baseline)
            x += label.width + space
            numerals.draw(canvas, text, x, self._baseline)
            x += width + gap


class StepCount(Painting):
    """The step that a descent is at, centred."""

    def __init__(self, replay: Replay, center: float, baseline: float, pen: Pen) -> None:
        super().__init__(replay)
        self._replay, self._center, self._baseline = replay, center, baseline
        self._label = Stamp(pen.text("step", Size.BODY, pen.palette.muted))
        self._numerals = Numerals(pen.engine, Size.BODY, pen.palette.muted)
        self._width = self._numerals.width(count(replay.last_step))

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return count(int(self._replay.trajectory.steps[self._replay.moment.record]))

    def paint(self, canvas: Canvas) -> None:
        """Set name and number."""
        left = self._center - (self._label.width + 0.15 + self._width) / 2
        self._label.draw(canvas, left, self._baseline)
        self._numerals.draw(canvas, self.text, left + self._label.width + 0.15, self._baseline)
