"""The loss over two parameters as a landscape, and on it the point of a line that a lecture moves by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fitting import Landscape, Trajectory, landscape, mean_loss
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.landscape.axes import BoxAxes
from scenes.kit.panels.landscape.panel import RESOLUTION, Surface
from scenes.kit.panels.landscape.panel import _runs as runs
from scenes.kit.panels.landscape.projection import Box, View
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
        region: tuple[float, float, float, float],
        views: Sequence[tuple[float, float]],
        pen: Pen,
    ) -> None:
        super().__init__()
        self.view = View(*views[0])
        grid = landscape(
            trajectory.model, trajectory.loss_function, trajectory.data, (window.first, window.second), RESOLUTION
        )
        self.box = _square_box(window, region, views, grid)
        self.surface = Surface(grid, self.box, self.view, pen)
        self.axes = BoxAxes(trajectory.model.parameters, self.box, self.view, pen)
        self.cuts = tuple(LandscapeCut(trajectory, crossing, k, self.surface, self.box, self.view, pen) for k in (0, 1))
        self.point = ProbePoint(trajectory, probe, self.box, self.view, pen)
        # The point stands on the cuts, also while they appear.
        self.point.sources = (*self.point.sources, *self.cuts)
        self.add(self.axes, self.surface, *self.cuts, self.point)


def _square_box(
    window: Window,
    region: tuple[float, float, float, float],
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

    def __init__(
        self, trajectory: Trajectory, params: Array, parameter: int, surface: Surface, box: Box, view: View, pen: Pen
    ) -> None:
        super().__init__(view)
        self._surface, self._box, self._view, self._palette = surface, box, view, pen.palette
        self._color = pen.palette[trajectory.model.parameters[parameter]]
        self.shown = 0.0
        span = (box.window.first, box.window.second)[parameter]
        self.params = np.repeat(np.array(params[:2])[None], 161, axis=0)
        self.params[:, parameter] = np.linspace(*span, 161)
        losses = mean_loss(trajectory.model, trajectory.loss_function, self.params, trajectory.data)
        inside = losses <= box.window.ceiling
        self._points = box.place(self.params, losses)[inside]

    def paint(self, canvas: Canvas) -> None:
        """Draw it; what the surface hides is dashed and faint."""
        if self.shown == 0:
            return
        hidden = self._surface.hides(self._points)
        screen, _ = self._box.project(self._points, self._view)
        for start, end, seen in runs(~hidden):
            piece = screen[start : end + 1]
            if seen:
                canvas.line(piece, self._palette.outline, Stroke.CURVE * 1.7, 0.7 * self.shown)
                canvas.line(piece, self._color, Stroke.CURVE, self.shown)
            else:
                canvas.line(piece, self._color, Stroke.THIN, 0.6 * self.shown, _DASH)


class ProbePoint(Painting):
    """The point over the probe's parameters at the height of their mean loss."""

    def __init__(self, trajectory: Trajectory, probe: Probe, box: Box, view: View, pen: Pen) -> None:
        super().__init__(probe, view)
        self.trajectory, self._probe, self.box, self._view, self._palette = trajectory, probe, box, view, pen.palette

    @property
    def position(self) -> Array:
        """The point in the box, (3,)."""
        run, params = self.trajectory, self._probe.params
        return self.box.place(params, mean_loss(run.model, run.loss_function, params, run.data))

    def paint(self, canvas: Canvas) -> None:
        """Draw the point."""
        position = self.position
        if not self.box.window.contains(self._probe.params) or position[2] > self.box.sides[2] * (1 + 1e-9):
            return
        x, y = self.box.project(position, self._view)[0].tolist()
        canvas.disc(x, y, DOT_RADIUS * 1.25, self._palette["loss"], self._palette.outline)
