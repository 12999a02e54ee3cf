"""A text beside a place of a landscape, and one cost's landscape with its numbers for comparing it with another's."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import Mobject

from fitting import Trajectory, mean_loss
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size
from scenes.kit.panels.landscape.panel import LandscapePanel, Trail
from scenes.kit.panels.live import centered
from scenes.kit.panels.readout import DescentNumbers
from scenes.kit.subject.probe import HasParams
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.numbers import fixed

_WIDEST = (-1.0, -10.0, 100.0)
"""Of W, b and J: two landscapes beside each other have their numbers in the same places."""


class LandscapeMark(Painting):
    """A text beside a place.

    Args:
        panel: The landscape.
        params: The place, (2,).
        loss: Its height.
        text: What is said.
        offset: From the place to the text's baseline: its left edge if positive, else its right one.
        rim: Colour around the letters.
    """

    def __init__(
        self, panel: LandscapePanel, params: Array, loss: float, text: Formula, offset: tuple[float, float], rim: str
    ) -> None:
        super().__init__(panel.view)
        self._panel, self._offset = panel, offset
        self._place = panel.box.place(np.asarray(params), np.asarray(loss))
        self._text = Stamp(text)
        self._rim = rim

    def paint(self, canvas: Canvas) -> None:
        """Set the text."""
        screen, _ = self._panel.box.project(self._place, self._panel.view)
        x, y = (screen + np.array(self._offset)).tolist()
        self._text.draw(canvas, x, y, "left" if self._offset[0] > 0 else "right", halo=self._rim)


class LandscapePoint(Painting):
    """The point of a landscape whose parameters are moved by hand.

    Args:
        panel: The landscape.
        params: Gives the two parameters.
        trajectory: Gives model, loss and data.
        pen: Gives the colours.
    """

    def __init__(self, panel: LandscapePanel, params: Mobject, trajectory: Trajectory, pen: Pen) -> None:
        super().__init__(panel.view, params)
        self.panel, self.trajectory, self._palette = panel, trajectory, pen.palette
        self._params: HasParams = params

    @property
    def loss(self) -> float:
        """The loss there."""
        trajectory = self.trajectory
        return float(mean_loss(trajectory.model, trajectory.loss_function, self._params.params, trajectory.data))

    @property
    def position(self) -> Array:
        """The point in the box, (3,)."""
        return self.panel.box.place(self._params.params, np.asarray(self.loss))

    def paint(self, canvas: Canvas) -> None:
        """Draw the point."""
        screen, _ = self.panel.box.project(self.position, self.panel.view)
        x, y = screen.tolist()
        canvas.disc(x, y, DOT_RADIUS * 1.15, self._palette["loss"], self._palette.outline)


def second_trail(panel: LandscapePanel, replay: Replay, pen: Pen) -> Trail:
    """Another descent upon a landscape."""
    return Trail(replay, panel.surface, panel.box, panel.view, pen)


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
        rect: tuple[float, float, float, float],
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
