"""What the tanh network's descent is shown by: the landscape that moves, the loss so far, the numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import linear

from fitting.arrays import Array
from scenes.kit.drawing.frame import LOWER, RIGHT_HALF
from scenes.kit.drawing.painting import Canvas, Group, Painting, Tween
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.chart import Chart, Ticks
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import small_readout
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Message, message
from scenes.parts.tanh_network.moving_landscape import Creases, MovingLandscape

WINDOW = Window((-0.5, 7.5), (-0.5, 8.0), 4.2)
"""Of the landscape over W2 and b2: it holds the whole run."""

VIEWS = ((-38.0, 34.0), (-30.0, 34.0), (-24.0, 40.0), (-50.0, 38.0))
"""Azimuth and elevation at the start, after the first look around, in the middle and at the end of the descent."""


@dataclass(frozen=True)
class Stretch:
    """A part of the descent: the step that it goes on to, its seconds, and what is said of it."""

    to: int
    seconds: float
    said: Message


SLIDE = (
    Stretch(16_000, 4.7, message("The point runs downhill, crosses house 1's crease, and meets house 2's.")),
    Stretch(91_000, 4.5, message("It slides along. Meanwhile $W_1$ and $b_1$ move, and turn the creases.")),
    Stretch(180_600, 4.1, message("At house 1's crease it changes over, and slides along that one.")),
)
"""Until the point comes to a second crease."""

MEETINGS = (
    Stretch(230_000, 3.5, message("Two creases cross: houses 1 and 3 are met at once.")),
    Stretch(300_000, 4.5, message("With $W_2$ and $b_2$ alone it would end here: two parameters, two houses.")),
    Stretch(450_000, 4.3, message("But $W_1$ and $b_1$ go on turning the creases. House 1 is left for house 2.")),
    Stretch(610_000, 3.7, message("House 1 is met again, and house 4 for the first time.")),
    Stretch(1_262_763, 3.4, message("Only house 2 is missed now, and by less and less.")),
    Stretch(2_000_000, 4.2, message("All four creases meet in one point: four parameters, four houses.")),
)
"""From there to the end of the run: house after house is met."""


class DescentPanels(Group):
    """What stands around the fit while it descends.

    Attributes:
        landscape: J over W2 and b2.
    """

    def __init__(self, chart: Chart, replay: Replay, pen: Pen) -> None:
        self._replay = replay
        self.landscape = MovingLandscape(replay, WINDOW, RIGHT_HALF, VIEWS, pen)
        # Of millions of steps every other power of ten has room.
        powers = range(2, int(np.log10(replay.last_step)) + 1, 2)
        places = [0.0, *(float(np.log10(1 + 10**power)) for power in powers)]
        ticks = Ticks(places, ["0", *(f"10^{power}" for power in powers)])
        curve, numbers = LossCurve(LOWER, replay, pen, ticks), small_readout(replay, pen, loss_decimals=4)
        rings = MetHouses(chart, self.landscape.creases, replay, pen)
        super().__init__(self.landscape, curve, numbers, rings)

    def descend(self, stretch: Stretch) -> list[Tween]:
        """Go on to the end of a part."""
        return [Tween(self._replay, stretch.seconds, linear, progress=self._replay.progress_at(stretch.to))]

    def look(self, which: int, run_time: float) -> list[Tween]:
        """Turn the landscape to one of its views."""
        return [self.landscape.view.turn(VIEWS[which], run_time)]


class MetHouses(Painting):
    """A ring around each house that the curve meets: so it is seen whose crease is drawn strongly."""

    RADIUS = 2.0 * DOT_RADIUS

    def __init__(self, chart: Chart, creases: Creases, replay: Replay, pen: Pen) -> None:
        super().__init__(chart, replay, creases)
        self._chart, self._creases, self._color = chart, creases, pen.palette["data"]
        self._data = replay.trajectory.data

    @property
    def middles(self) -> Array:
        """Where the rings stand, (k, 2)."""
        return np.asarray(self._chart.to_screen(self._data.x, self._data.y)[self._creases.met()])

    def paint(self, canvas: Canvas) -> None:
        """Draw the rings, no more visible than the creases."""
        angles = np.linspace(0.0, 2.0 * np.pi, 33)
        circle = self.RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        for middle in self.middles:
            canvas.line(middle + circle, self._color, Stroke.THIN, self._creases.lines)
