"""The descent's picture alone: the film's panels, following one replay, without a scene around them."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import numpy as np
from manim import Mobject

from fitting import Trajectory, least_squares
from fitting.plane import Plane
from scenes.kit.drawing.camera import LectureCamera
from scenes.kit.drawing.painting import Painting
from scenes.kit.drawing.style import THEMES
from scenes.kit.panels.fit import FitPanel
from scenes.kit.panels.landscape.panel import RESOLUTION, LandscapePanel
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.rulers import fit_chart, rulers
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import landscape_window
from scenes.kit.text.formula import Pen

FIT, CURVE, LANDSCAPE = (-6.75, -0.85, -0.55, 2.6), (-6.75, -2.72, -0.55, -0.72), (-0.3, -2.75, 6.75, 2.55)
VIEWS = ((-22.0, 30.0), (-46.0, 37.0))


class DescentPicture:
    """Fit, landscape, loss curve and numbers of a run.

    Args:
        trajectory: The run.
        resolution: Vertices a side of the landscape.
    """

    def __init__(self, trajectory: Trajectory, resolution: int = RESOLUTION) -> None:
        lesson = Lesson(trajectory)
        pen = Pen(THEMES[lesson.look.theme], lesson.look.typesetter)
        self._replay = Replay(trajectory)
        optimum = least_squares(trajectory.model, lesson.data)
        chart = fit_chart(lesson, optimum, FIT)
        axes = rulers(lesson, chart, pen)
        fit = FitPanel(chart, axes, lesson.data, trajectory.model, self._replay, pen)
        fit.follow(self._replay)
        fit.layer.curve = fit.layer.drawn = fit.layer.residuals = 1.0
        window = landscape_window(trajectory, Plane.shown(trajectory.model.parameters))
        landscape = LandscapePanel(self._replay, window, LANDSCAPE, VIEWS, pen, resolution)
        self._view = landscape.view
        curve, readout = LossCurve(CURVE, self._replay, pen), Readout(self._replay, FIT[0], LANDSCAPE[2], 2.86, pen)
        self._camera = LectureCamera()
        leaves = [leaf for panel in (fit, landscape, curve, readout) for leaf in _paintings(panel)]
        clocks = {id(self._replay), id(self._view)}
        self._moving = [leaf for leaf in leaves if clocks & {id(source) for source in leaf.sources}]
        self._still = [leaf for leaf in leaves if leaf not in self._moving]
        self.draw_still()

    def draw_still(self) -> float:
        """Draw what stands still, as every play does once; returns the milliseconds."""
        start = perf_counter()
        self._camera.reset()
        self._camera.capture_mobjects(self._still)
        self._ground = self._camera.pixel_array.copy()
        return 1000 * (perf_counter() - start)

    def draw(self, frames: int) -> float:
        """Draw some frames from the first step to the last while the view turns; returns milliseconds a frame."""
        (azimuth, elevation), (last_azimuth, last_elevation) = VIEWS
        start = perf_counter()
        for part in np.linspace(0.0, 1.0, frames):
            self._replay.progress = float(part)
            self._view.azimuth = azimuth + (last_azimuth - azimuth) * part
            self._view.elevation = elevation + (last_elevation - elevation) * part
            np.copyto(self._camera.pixel_array, self._ground)
            self._camera.capture_mobjects(self._moving)
        return 1000 * (perf_counter() - start) / frames


def _paintings(mobject: Mobject) -> Iterator[Painting]:
    if isinstance(mobject, Painting):
        yield mobject
    else:
        for child in mobject.submobjects:
            yield from _paintings(child)
