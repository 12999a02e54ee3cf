"""One cost's landscape with its numbers, for comparing it with another's."""

from __future__ import annotations

from functools import partial

import numpy as np

from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.live import centered
from scenes.kit.panels.readout import DescentNumbers
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Message
from scenes.kit.words.numbers import fixed

_WIDEST = (-1.0, -10.0, 100.0)
"""Of W, b and J: two landscapes beside each other have their numbers in the same places."""


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
        title: Message,
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
        found = DescentNumbers(replay, pen, gap=0.12)
        numbers = [found.parameter(k, partial(fixed, decimals=3)) for k in (0, 1)]
        numbers.append(found.loss(partial(fixed, decimals=2), letter))
        for number, widest in zip(numbers, _WIDEST, strict=True):
            number.values = np.array([widest])
        super().__init__(head, self.panel, centered(numbers, (left + right) / 2, top - 0.95, 0.26))
