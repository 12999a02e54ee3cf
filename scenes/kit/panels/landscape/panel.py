"""The loss as a landscape over two parameters: a 3-D panel in a 2-D scene, with path, point and arrow.

The height is the loss itself, on a linear axis from 0 to the ceiling where the surface is cut, so that slopes look as
steep as they are: a descent's steps are short where the floor is flat.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitting import landscape
from fitting.plane import Plane
from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Group
from scenes.kit.panels.chart import Ticks
from scenes.kit.panels.landscape.axes import POWER, TICKS, BoxAxes
from scenes.kit.panels.landscape.projection import AIR, Box, View
from scenes.kit.panels.landscape.surface import Surface
from scenes.kit.panels.landscape.trail import Trail
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

RESOLUTION = 64
"""Vertices a side."""


class LandscapePanel(Group):
    """Surface, axes, and the descent upon it.

    Args:
        replay: The descent.
        window: What part of the landscape is shown.
        region: Left, bottom, right and top of the room for it, in Manim units.
        views: Azimuths and elevations between which it will turn: it fits the region from all of them.
        pen: Writes the ticks.
        resolution: Vertices a side.
        height: LaTeX of the loss, on its axis.
        air: How far below the top of the room the axis of the loss ends, at least: more, where a text stands above.

    Attributes:
        view: Where it is seen from, first from `views[0]`; tween its angles to turn the landscape.
        plane: What the surface is over.
        surface: The surface alone.
        trail: Path, point and arrow; `trail.arrow` and `trail.path` are opacities.
    """

    def __init__(
        self,
        replay: Replay,
        window: Window,
        region: Rect,
        views: Sequence[tuple[float, float]],
        pen: Pen,
        resolution: int = RESOLUTION,
        height: str = "J",
        air: float = AIR,
    ) -> None:
        self.view = View(*views[0])
        trajectory = replay.trajectory
        self.plane = Plane.shown(trajectory.model.parameters)
        grid = landscape(trajectory, self.plane, trajectory.params[0], window.ranges, resolution)
        params = np.stack(np.meshgrid(grid.first, grid.second), axis=-1)
        left, bottom, right, top = region
        if Ticks.round((0.0, window.ceiling), TICKS).rest:
            top -= POWER
        self.box = Box.within(window, (left, bottom, right, top), views, (params, grid.loss), air)
        self.surface = Surface(grid, self.box, self.view, pen)
        self.axes = BoxAxes(self.plane.names, self.box, self.view, pen, height)
        self.trail = Trail(replay, self.plane, self.surface, pen)
        super().__init__(self.axes, self.surface, self.trail)
