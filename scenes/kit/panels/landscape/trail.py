"""A descent on its surface: the path so far, and the point with its arrow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fitting import Trajectory
from fitting.arrays import Array
from fitting.plane import Plane
from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.landscape.point import SurfacePoint
from scenes.kit.panels.landscape.projection import Box
from scenes.kit.panels.landscape.surface import Surface, stretches
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen

LONGEST_PIECE, MOST_PIECES = 0.08, 40
"""Of a path: a step longer than this is drawn along the surface, in pieces."""


class Trail(SurfacePoint):
    """The descent on the surface: the path so far, the point, and the arrow along -gradient.

    Attributes:
        path: Opacity of the path.
        recent: How many of the last steps the path shows: all, unless they would cover the surface.
    """

    def __init__(self, replay: Replay, plane: Plane, surface: Surface, pen: Pen) -> None:
        trajectory = replay.trajectory
        super().__init__(
            surface,
            lambda: (plane.on(replay.moment.params), replay.moment.loss),
            pen,
            replay,
            gradient=lambda: plane.on(trajectory.gradient[replay.moment.record]),
            steepest=float(np.linalg.norm(plane.on(trajectory.gradient[0]))),
            name=r"-\nabla J",
        )
        self._replay, self._palette = replay, pen.palette
        self.path = self.arrow = 1.0
        self.recent = float("inf")
        self._path_steps, self._path = _path(trajectory, plane, surface.box)

    def paint(self, canvas: Canvas) -> None:
        """Draw path, arrow and point; what the surface hides is faint."""
        if self.path > 0:
            step = self._replay.moment.step
            first, reached = np.searchsorted(self._path_steps, [step - self.recent, step], side="right").tolist()
            self._draw_path(canvas, np.vstack([self._path[first:reached], self.position]))
        super().paint(canvas)

    def _draw_path(self, canvas: Canvas, points: Array) -> None:
        surface, color = self.surface, self._palette["loss"]
        x, y, height = np.array(surface.box.sides) * 1.001
        inside = (np.abs(points[:, 0]) <= x / 2) & (np.abs(points[:, 1]) <= y / 2) & (points[:, 2] <= height)
        screen, _ = surface.box.project(points, surface.view)
        for piece, seen in stretches(screen, inside, surface.hides(points)):
            if seen:
                canvas.line(piece, self._palette.outline, 0.075, self.path * 0.6)
                canvas.line(piece, color, 0.042, self.path)
            else:
                canvas.line(piece, color, 0.03, self.path * 0.35, dash=(0.06, 0.06))


def _path(trajectory: Trajectory, plane: Plane, box: Box) -> tuple[Array, Array]:
    """Steps (k,) and points of the box (k, 3) along a run, on the surface also where a step is long."""
    keep = _spread(box.place(plane.on(trajectory.params), trajectory.loss), 0.01)
    steps, params = trajectory.steps[keep].astype(np.float64), trajectory.params[keep]
    lengths = np.linalg.norm(np.diff(box.place(plane.on(params), np.zeros(len(params))), axis=0), axis=1)
    pieces = np.clip(np.ceil(lengths / LONGEST_PIECE), 1, MOST_PIECES).astype(int)
    shares = np.concatenate([k + np.arange(count) / count for k, count in enumerate(pieces)] + [[len(steps) - 1.0]])
    records = np.arange(len(steps))
    steps = np.interp(shares, records, steps)
    params = np.stack([np.interp(shares, records, column) for column in params.T], axis=-1)
    return steps, box.place(plane.on(params), trajectory.loss_at(params))


def _spread(points: Array, distance: float) -> npt.NDArray[np.intp]:
    """Indices of points that lie at least a distance apart, the first and the last always among them."""
    kept = [0]
    for k in range(1, len(points)):
        if np.abs(points[k] - points[kept[-1]]).max() >= distance:
            kept.append(k)
    if kept[-1] != len(points) - 1:
        kept.append(len(points) - 1)
    return np.array(kept)
