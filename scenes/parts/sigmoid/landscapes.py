"""The sigmoid lecture's runs, and the landscapes that they are shown upon."""

from __future__ import annotations

from fitting import Trajectory, fit
from scenes.kit.drawing.frame import LEFT, RIGHT, RIGHT_HALF, columns
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import CE, J_CE, J_MSE, MSE
from scenes.kit.words.message import Math, message
from scenes.parts.sigmoid.compared_landscape import ComparedLandscape

RATE, STUCK, FREE = 0.005, (5.0, 20.0), (0.2, 0.28)
"""Learning rate, a start on a plateau, and one on a slope."""

ERROR_WINDOW, ENTROPY_WINDOW = (Window((-9.9, 9.9), (-19.5, 29.5), ceiling) for ceiling in (300.0, 1200.0))
CLOSER_WINDOW = Window((-1.7, 2.3), (-7.4, 1.6), 110.0)
"""The part of the squared error's landscape where the descent from `FREE` runs."""

HALVES = columns((LEFT, -2.75, RIGHT, 3.2), 2, 0.2)
VIEWS = ((24.0, 28.0), (48.0, 33.0), (40.0, 48.0))
"""Azimuth and elevation of the squared error at first, after the first look around, and for the second start."""

CLOSER_VIEW, COMPARED_VIEW = (36.0, 60.0), (40.0, 32.0)
WALK = ((4.35, 5.0), (3.67, -14.72), (2.0, -19.0))
"""From the top plateau to its edge, down into the ravine, and up to the lowest plateau, where all predictions are 0."""

FINE = 112
"""Vertices a side of a landscape with cliffs."""


def descent(loss: str, start: tuple[float, float]) -> Trajectory:
    """A descent of 10,000 steps on the notes' houses at a constant rate."""
    return fit("sigmoid", loss, start=dict(zip("Wb", start, strict=True)), learning_rate=RATE)


def error_landscape(replay: Replay, pen: Pen, resolution: int = FINE) -> LandscapePanel:
    """The mean squared error, with the point of a descent that has no path and no arrow to show."""
    panel = LandscapePanel(replay, ERROR_WINDOW, RIGHT_HALF, VIEWS, pen, resolution)
    panel.trail.arrow = panel.trail.path = panel.trail.point = 0.0
    return panel


def closer(replay: Replay, pen: Pen) -> LandscapePanel:
    """The same around the best parameters."""
    return LandscapePanel(replay, CLOSER_WINDOW, RIGHT_HALF, [CLOSER_VIEW], pen, FINE)


def compared(replays: tuple[Replay, Replay], pen: Pen) -> tuple[ComparedLandscape, ComparedLandscape]:
    """The mean squared error and the cross-entropy beside each other."""
    error = message("mean squared error ${cost}$", cost=Math(J_MSE))
    entropy = message("cross-entropy ${cost}$", cost=Math(J_CE))
    left = ComparedLandscape(replays[0], error, MSE, ERROR_WINDOW, HALVES[0], [COMPARED_VIEW], pen, FINE)
    right = ComparedLandscape(replays[1], entropy, CE, ENTROPY_WINDOW, HALVES[1], [COMPARED_VIEW], pen, FINE)
    return left, right
