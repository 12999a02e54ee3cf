"""What the sigmoid lecture's longer beats are played with: a walk over plateaus, a second descent, a far view."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory
from scenes.kit.drawing.frame import LEFT, LOWER, READOUT, RIGHT, UPPER
from scenes.kit.drawing.painting import Group, array
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.landscape.point import SurfaceLabel, SurfacePoint
from scenes.kit.panels.landscape.trail import Trail
from scenes.kit.panels.live import LiveNumber, centered, parameter_numbers
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import DescentNumbers, Readout
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Count, message
from scenes.kit.words.numbers import fixed
from scenes.parts.sigmoid.landscapes import STUCK, closer, compared
from scenes.parts.sigmoid.marks import ForecastMarks, parameter_text
from scenes.parts.sigmoid.tables import plateau_table

TALL = (LEFT, -2.75, -0.55, 2.55)
"""Where the fit stands while a point walks upon the landscape."""

FAR = array(10.0, 100.0)
"""Floors of the houses that the last beat asks for."""

STRAIGHT = 30.0
"""Beyond so many floors the fitted curve is a level line to the eye."""


class PlateauWalk(Group):
    """A point on the squared error's landscape that is moved by hand, its curve in the fit, and its numbers above.

    Args:
        landscape: What it walks upon.
        run: Gives model, loss and data.
        fit: Shows the curve from now on.
        pen: Writes.

    Attributes:
        walker: Tween its `params`.
        point: The point.
    """

    def __init__(self, landscape: LandscapePanel, run: Trajectory, fit: FitPanel, pen: Pen) -> None:
        self.walker = Probe(array(*STUCK))
        fit.chart.rect = array(*TALL)
        fit.follow(self.walker)
        fit.layer.residuals = 0.8

        def loss() -> float:
            return run.loss_at(self.walker.params).item()

        self.point = SurfacePoint(landscape.surface, lambda: (self.walker.params, loss()), pen, self.walker)
        *places, place = ((LEFT + along, READOUT) for along in (0.0, 2.3, 4.9))
        cost = LiveNumber("J", "loss", loss, lambda v: fixed(v, 2), place, pen, self.walker)
        super().__init__(self.point, *parameter_numbers(self.walker, parameter_text, places, pen), cost)


class StuckDescent(Group):
    """The descent that does not move: its numbers house by house, its updates, and its readout.

    Args:
        replay: Gives the descent.
        pen: Writes.

    Attributes:
        rows: The houses.
        arithmetic: The updates.
        readout: Above it all.
    """

    def __init__(self, replay: Replay, pen: Pen) -> None:
        self.rows = plateau_table(replay.trajectory, LEFT + 0.1, 2.0, pen)
        self.readout = Readout(replay, LEFT, RIGHT, READOUT, pen)
        self.arithmetic = StepArithmetic(replay, LEFT + 0.1, -1.6, pen)
        super().__init__(self.rows, self.arithmetic, self.readout)


class FreeDescent:
    """The descent that is not stuck: on the landscape where the other one stays, in the fit, and in numbers.

    Args:
        landscape: Both starts are on it.
        run: The descent.
        stuck: The other one.
        fit: Shows the curve from now on.
        pen: Writes.

    Attributes:
        replay: Tween it.
        readout: Its numbers.
        arithmetic: Its updates, in the place of the loss curve.
        curve: Its loss.
        trail: Its way on the landscape.
        note: What became of the other start.
        ravine: The landscape around its end.
    """

    def __init__(self, landscape: LandscapePanel, run: Trajectory, stuck: Trajectory, fit: FitPanel, pen: Pen) -> None:
        self.replay = replay = Replay(run)
        fit.chart.rect = array(*UPPER)
        fit.follow(replay)
        self.readout = Readout(replay, LEFT, RIGHT, READOUT, pen)
        self.arithmetic = StepArithmetic(replay, LEFT + 0.1, -1.6, pen)
        self.curve = LossCurve(LOWER, replay, pen)
        self.trail = Trail(replay, landscape.plane, landscape.surface, pen)
        place, word = landscape.box.place(stuck.params[0], stuck.loss[0]), pen.text("stuck", Size.BODY)
        self.note = SurfaceLabel(landscape.surface, place, word, (0.2, -0.42), pen.palette.outline)
        self.ravine = closer(replay, pen)


class BothCosts(Group):
    """The stuck start on the landscapes of both costs, side by side.

    Args:
        runs: Its descents on the mean squared error and on the cross-entropy.
        pen: Writes.

    Attributes:
        replays: Tween them as one.
    """

    def __init__(self, runs: tuple[Trajectory, Trajectory], pen: Pen) -> None:
        self.replays = Replay(runs[0]), Replay(runs[1])
        step = DescentNumbers(self.replays[1], pen, gap=0.15).step(equals=False)
        super().__init__(*compared(self.replays, pen), centered([step], 0.0, 2.9, 0.0))


class FarView(Group):
    """The fit from no floor to a hundred.

    Args:
        lesson: Gives data and their names.
        run: The fit.
        pen: Writes.

    Attributes:
        marks: Two predictions far beyond the data; tween `marks.shown`.
        rise: What ninety floors more cost.
    """

    def __init__(self, lesson: Lesson, run: Trajectory, pen: Pen) -> None:
        chart = Chart((LEFT, -2.75, RIGHT, 3.2), (-2.0, 106.0), (0.0, 22.0))
        far = FitPanel.of(lesson, chart, Probe(run.final_params), pen)
        far.layer.sample(np.append(np.linspace(-2.0, STRAIGHT, 160), 106.0))
        far.layer.curve = far.layer.drawn = 1.0
        self.marks = ForecastMarks(chart, FAR, run.model.predict(run.final_params, FAR), pen)
        rise = message("ninety floors more: {rise} EUR", rise=Count(self.marks.rise))
        self.rise = pen.text(rise, Size.LARGE).at(0.4, -0.58, "center")
        super().__init__(far)
