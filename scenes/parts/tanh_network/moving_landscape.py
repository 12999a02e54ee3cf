"""A landscape over two parameters of a run that changes its shape, because the other parameters move too.

The grid is evaluated anew wherever the other parameters stand, so the point, whose height is the loss exactly, lies on
the surface at every instant.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fitting import Landscape, landscape, mean_loss
from fitting.arrays import Array
from fitting.plane import Plane
from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.panels.landscape.axes import BoxAxes
from scenes.kit.panels.landscape.panel import RESOLUTION
from scenes.kit.panels.landscape.point import SurfacePoint
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.panels.landscape.surface import Surface, stretches
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

MET = 0.03
"""A residual smaller than this, in the targets' unit, can no longer be seen in a fit."""


class MovingLandscape(Group):
    """The loss of a tanh network over W2 and b2, for the W1 and b1 that the replay has now.

    Attributes:
        view: Where it is seen from; tween its angles.
        surface: The surface alone.
        creases: Where a residual is zero, and the surface therefore bent: a line for each target.
        point: The point, with the arrow along minus the gradient over W2 and b2.
    """

    def __init__(
        self,
        replay: Replay,
        window: Window,
        region: Rect,
        views: Sequence[tuple[float, float]],
        pen: Pen,
    ) -> None:
        self.view = View(*views[0])
        run = replay.trajectory
        plane = Plane.shown(run.model.parameters)
        # Whatever shape the surface takes, it stays below the ceiling.
        corners = np.array([[x, y] for x in window.first for y in window.second])
        self.box = Box.within(window, region, views, (corners, np.full(4, window.ceiling)))
        self.surface = MovingSurface(replay, plane, self.box, self.view, pen)
        self.creases = Creases(replay, self.surface, pen)
        self.point = SurfacePoint(
            self.surface,
            lambda: (plane.on(replay.params), replay.moment.loss),
            pen,
            replay,
            gradient=lambda: plane.on(run.gradient[replay.moment.record]),
            length=0.9,
            radius=1.25,
        )
        axes = BoxAxes(plane.names, self.box, self.view, pen)
        super().__init__(axes, self.surface, self.creases, self.point)


class MovingSurface(Surface):
    """The surface, evaluated anew for every place of the other parameters that it is not drawn over."""

    def __init__(self, replay: Replay, plane: Plane, box: Box, view: View, pen: Pen) -> None:
        self._replay, self._plane = replay, plane
        self._others, self._landscape = self._off(), self._through(box.window)
        super().__init__(self._landscape, box, view, pen, replay)

    @property
    def landscape(self) -> Landscape:
        """The losses with W1 and b1 where the replay is now."""
        self._move()
        return self._landscape

    def paint(self, canvas: Canvas) -> None:
        """Take the shape of the present parameters, and fill it."""
        self._move()
        super().paint(canvas)

    def _off(self) -> Array:
        return self._plane.through(self._replay.params, np.zeros(2))

    def _through(self, window: Window) -> Landscape:
        return landscape(self._replay.trajectory, self._plane, self._replay.params, window.ranges, RESOLUTION)

    def _move(self) -> None:
        others = self._off()
        if not np.array_equal(others, self._others):
            self._others, self._landscape = others, self._through(self.box.window)
            self.shape(self._landscape.loss)


class Creases(Painting):
    """Where the network meets a target exactly: W2 h + b2 = y, a straight line with h = tanh(W1 x + b1).

    There the residual changes its sign, and the surface of a mean absolute error is bent.

    Attributes:
        lines: Opacity of the lines.
    """

    def __init__(self, replay: Replay, surface: Surface, pen: Pen) -> None:
        super().__init__(replay, surface.view)
        self._replay, self._surface, self._palette = replay, surface, pen.palette
        self.lines = 0.0

    def places(self) -> Array:
        """Points of each target's line over the window's W2, (n, k, 2): some may lie outside of the window."""
        moment, data = self._replay.moment, self._replay.trajectory.data
        hidden = np.tanh(moment.params[0] * data.x + moment.params[1])
        first = np.linspace(*self._surface.box.window.first, 61)
        second = data.y[:, None] - hidden[:, None] * first
        return np.stack(np.broadcast_arrays(first, second), axis=-1)

    def met(self) -> Array:
        """Which targets the network meets now, as far as can be seen, (n,)."""
        trajectory = self._replay.trajectory
        residual = trajectory.model.predict(self._replay.params, trajectory.data.x) - trajectory.data.y
        return np.asarray(np.abs(residual) < MET)

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines on the surface, those that are met strongly; what the surface hides is faint."""
        if self.lines <= 0:
            return
        trajectory, box = self._replay.trajectory, self._surface.box
        outer = self.places()
        inner = np.broadcast_to(self._replay.params[:2], (*outer.shape[:2], 2))
        params = np.concatenate([inner, outer], axis=-1)
        losses = mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data)
        points = box.place(outer, losses)
        inside = box.window.contains(outer) & (losses <= box.window.ceiling)
        color = self._palette["data"]
        hidden = _without_gaps(self._surface.hides(points.reshape(-1, 3), 0.12).reshape(inside.shape))
        lines, _ = box.project(points, self._surface.view)
        for screen, shown, behind, met in zip(lines, inside, hidden, self.met(), strict=True):
            for points, seen in stretches(screen, shown, behind):
                piece = _corners(points)
                if seen:
                    canvas.line(piece, self._palette.outline, 0.08 if met else 0.05, 0.5 * self.lines)
                    canvas.line(piece, color, 0.055 if met else 0.035, self.lines * (1.0 if met else 0.9))
                else:
                    canvas.line(piece, color, 0.03, 0.35 * self.lines, dash=(0.06, 0.06))


def _without_gaps(hidden: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Hidden stretches of lines (n, k), each point with the majority around it: near the rim of a fold they flicker."""
    around = np.pad(hidden, ((0, 0), (3, 3)), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(around, 7, axis=1).sum(axis=-1) > 3)


def _corners(points: Array) -> Array:
    """The points of a polyline (k, 2) where it turns, and its ends."""
    steps = np.diff(points, axis=0)
    turns = np.abs(steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]) > 1e-9
    return points[np.concatenate([[True], turns, [True]])] if len(points) > 2 else points
