"""What the cubic's descent is shown by: the whole valley, the part of its floor where it ends, and its numbers."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.frame import LEFT, LOWER, READOUT, RIGHT, RIGHT_HALF
from scenes.kit.panels.curves import Look
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.several_runs import SeveralLosses
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

WHOLE = Window((0.07, 0.21), (0.35, 1.0), 8.0)
FLOOR = Window((0.1340, 0.1482), (0.275, 0.77), 0.04)
"""The end of the valley's floor, cut so low that the rim of the bowl lies inside on all sides."""

ALMOST = 0.57
"""From this b on the last steps are told."""

VIEWS = ((-20.0, 46.0), (-34.0, 38.0))
OVER_THE_RIM = ((-20.0, 50.0), (-34.0, 54.0))
"""So steep that the front of the rim hides nothing of the descent."""


class DescentPanels:
    """What stands around the fit while it descends.

    Args:
        replay: The cubic's run.
        pen: Writes.

    Attributes:
        whole: The valley.
        near: The end of its floor, W stretched until it is a bowl; unseen at first.
        readout: Parameters, loss, rate and step.
        arithmetic: The step that is taken.
        curve: The loss so far.
        reached: The step from which on b is below `ALMOST`.
    """

    def __init__(self, replay: Replay, pen: Pen) -> None:
        self.whole = LandscapePanel(replay, WHOLE, RIGHT_HALF, VIEWS, pen)
        self.near = LandscapePanel(replay, FLOOR, RIGHT_HALF, OVER_THE_RIM, pen)
        self.near.opacity = 0.0
        self.readout = Readout(replay, LEFT, RIGHT, READOUT, pen)
        self.arithmetic = StepArithmetic(replay, LEFT + 0.1, -1.55, pen)
        self.curve = SeveralLosses(LOWER, [replay], [Look(pen.palette["loss"])], pen)
        run = replay.trajectory
        self.reached = int(run.steps[np.argmax(run.params[:, 1] <= ALMOST)])
