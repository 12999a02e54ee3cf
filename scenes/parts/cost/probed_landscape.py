"""The loss over two parameters as a landscape, and on it the point of a line that a lecture moves by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fitting import Landscape, Trajectory, landscape
from fitting.arrays import Array
from fitting.plane import Plane
from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.landscape.axes import BoxAxes
from scenes.kit.panels.landscape.panel import RESOLUTION
from scenes.kit.panels.landscape.point import SurfacePoint
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.panels.landscape.surface import Surface, stretches
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

_DASH = (0.07, 0.06)

_LOWER = 0.8
"""Height of the box as a share of other landscapes': a round bowl must be shallow, or its wall hides its floor."""


class ProbedLandscape(Group):
    """Surface, axes, cuts, and the point.

    Args:
        trajectory: Gives model, loss and data.
        probe: The line that the point stands for.
        crossing: Parameters that both cuts pass through, (2,).
        window: What part of the landscape is shown.
        region: Left, bottom, right and top of the room for it, in Manim units.
        views: Azimuths and elevations between which it will turn: it fits the region from all of them.
        pen: Writes the ticks.

    Attributes:
        view: Where it is seen from, first from `views[0]`; tween its angles.
        surface: The surface alone.
        cuts: For each parameter, the curve over it alone; hidden at first, tween `shown`.
        point: The point; it stays hidden where the probe has left the window.
    """

    def __init__(
        self,
        trajectory: Trajectory,
        probe: Probe,
        crossing: Array,
        window: Window,
        region: Rect,
        views: Sequence[tuple[float, float]],
        pen: Pen,
    ) -> None:
        self.view = View(*views[0])
        plane = Plane.shown(trajectory.model.parameters)
        grid = landscape(trajectory, plane, crossing, window.ranges, RESOLUTION)
        self.box = _square_box(window, region, views, grid)
        self.surface = Surface(grid, self.box, self.view, pen)
        self.axes = BoxAxes(plane.names, self.box, self.view, pen)
        self.cuts = tuple(LandscapeCut(trajectory, crossing, k, self.surface, pen) for k in (0, 1))

        def place() -> tuple[Array, float]:
            return plane.on(probe.params), float(trajectory.loss_at(probe.params))

        # The point stands on the cuts, also while they appear.
        self.point = SurfacePoint(self.surface, place, pen, probe, *self.cuts, radius=1.25)
        super().__init__(self.axes, self.surface, *self.cuts, self.point)


def _square_box(
    window: Window,
    region: Rect,
    views: Sequence[tuple[float, float]],
    grid: Landscape,
) -> Box:
    """The largest box with a square floor that stays inside a region: both windows look equally wide.

    No direction is compared with a contour line here, so each parameter has a scale of its own: a narrow valley then
    runs along the floor's diagonal, and its inside can be seen.
    """
    across = np.linspace(0.0, 1.0, len(grid.first))
    params = np.stack(np.meshgrid(across, across), axis=-1)
    # A lower box is one with a higher ceiling, of which only the part below the window's is used.
    loss = np.where(grid.loss <= window.ceiling, grid.loss, np.inf)
    unit = Window((0.0, 1.0), (0.0, 1.0), window.ceiling / _LOWER)
    box = Box.within(unit, region, views, (params, loss))
    width, depth, height = box.sides
    return replace(box, window=window, sides=(width, depth, height * _LOWER))


class LandscapeCut(Painting):
    """The loss over one parameter while the other stands still: where an upright plane cuts the surface.

    Attributes:
        shown: Its opacity while the panel is seen.
    """

    def __init__(self, trajectory: Trajectory, params: Array, parameter: int, surface: Surface, pen: Pen) -> None:
        super().__init__(surface.view)
        self._surface, self._palette, box = surface, pen.palette, surface.box
        self._color = pen.palette[trajectory.model.parameters[parameter]]
        self.shown = 0.0
        span = (box.window.first, box.window.second)[parameter]
        self.params = np.repeat(params[None], 161, axis=0)
        self.params[:, parameter] = np.linspace(*span, 161)
        losses = trajectory.loss_at(self.params)
        inside = losses <= box.window.ceiling
        self._points = box.place(self.params, losses)[inside]

    def paint(self, canvas: Canvas) -> None:
        """Draw it; what the surface hides is dashed and faint."""
        if self.shown <= 0:
            return
        hidden = self._surface.hides(self._points)
        screen, _ = self._surface.box.project(self._points, self._surface.view)
        for piece, seen in stretches(screen, np.ones_like(hidden), hidden):
            if seen:
                canvas.line(piece, self._palette.outline, Stroke.CURVE * 1.7, 0.7 * self.shown)
                canvas.line(piece, self._color, Stroke.CURVE, self.shown)
            else:
                canvas.line(piece, self._color, Stroke.THIN, 0.6 * self.shown, _DASH)
