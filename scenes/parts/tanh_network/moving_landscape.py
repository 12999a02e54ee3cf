"""A landscape over two parameters of a run that changes its shape, because the other parameters move too.

The grid is evaluated anew wherever the other parameters stand, so the point, whose height is the loss exactly, lies on
the surface at every instant.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fitting import Landscape, mean_loss
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size
from scenes.kit.panels.landscape.axes import BoxAxes
from scenes.kit.panels.landscape.panel import RESOLUTION, Surface, _runs, tangent
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp

OUTER = slice(2, 4)
"""Of the parameters W1, b1, W2, b2: those that the landscape is over."""

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
        region: tuple[float, float, float, float],
        views: Sequence[tuple[float, float]],
        pen: Pen,
    ) -> None:
        super().__init__()
        self.view = View(*views[0])
        # Whatever shape the surface takes, it stays below the ceiling.
        corners = np.array([[x, y] for x in window.first for y in window.second])
        self.box = Box.within(window, region, views, (corners, np.full(4, window.ceiling)))
        self.surface = MovingSurface(replay, self.box, self.view, pen)
        self.axes = OuterAxes(self.box, self.view, pen)
        self.creases = Creases(replay, self.surface, self.box, self.view, pen)
        self.point = MovingPoint(replay, self.box, self.view, pen)
        self.add(self.axes, self.surface, self.creases, self.point)


class MovingSurface(Surface):
    """The surface, evaluated anew for every place of the parameters that it is not drawn over."""

    def __init__(self, replay: Replay, box: Box, view: View, pen: Pen) -> None:
        self._replay = replay
        window = box.window
        self._first, self._second = (np.linspace(*span, RESOLUTION) for span in (window.first, window.second))
        self._vertices = np.meshgrid(self._first, self._second)
        self._inner = replay.params[:2].copy()
        super().__init__(Landscape(self._first, self._second, self._losses()), box, view, pen)
        self.sources = (view, replay)

    @property
    def grid(self) -> tuple[Array, Array]:
        """Values of W2 and of b2 at the vertices."""
        return self._first, self._second

    def losses(self) -> Array:
        """Mean losses of the grid, a row for each b2, with W1 and b1 where the replay is now."""
        self._move()
        return self._losses()

    def paint(self, canvas: Canvas) -> None:
        """Take the shape of the present parameters, and fill it."""
        self._move()
        super().paint(canvas)

    def _losses(self) -> Array:
        run = self._replay.trajectory
        # W1 and b1 are the same all over the grid: their tanh is taken once for each target, not once for each vertex.
        x, y = (values[:, None, None] for values in (run.data.x, run.data.y))
        predictions = run.model.prediction((*self._inner, *self._vertices), x, run.model.constant_values)
        return np.asarray(run.loss_function.value(np.asarray(predictions), y).mean(axis=0))

    def _move(self) -> None:
        inner = self._replay.params[:2]
        if np.array_equal(inner, self._inner):
            return
        self._inner = inner.copy()
        self._shape(self._losses())


class OuterAxes(BoxAxes):
    """Axes with the names of the outer parameters."""

    def __init__(self, box: Box, view: View, pen: Pen) -> None:
        super().__init__(("W2", "b2"), box, view, pen)
        names = zip(("W_2", "b_2", "J"), ("W2", "b2", "loss"), strict=True)
        self._names = [Stamp(pen.math(latex, Size.FORMULA, pen.palette[concept])) for latex, concept in names]


class Creases(Painting):
    """Where the network meets a target exactly: W2 h + b2 = y, a straight line with h = tanh(W1 x + b1).

    There the residual changes its sign, and the surface of a mean absolute error is bent.

    Attributes:
        lines: Opacity of the lines.
    """

    def __init__(self, replay: Replay, surface: Surface, box: Box, view: View, pen: Pen) -> None:
        super().__init__(replay, view)
        self._replay, self._surface, self._box, self._view, self._palette = replay, surface, box, view, pen.palette
        self.lines = 0.0

    def places(self) -> Array:
        """Points of each target's line over the window's W2, (n, k, 2): some may lie outside of the window."""
        moment, data = self._replay.moment, self._replay.trajectory.data
        hidden = np.tanh(moment.params[0] * data.x + moment.params[1])
        first = np.linspace(*self._box.window.first, 61)
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
        trajectory, window = self._replay.trajectory, self._box.window
        outer = self.places()
        inner = np.broadcast_to(self._replay.params[:2], (*outer.shape[:2], 2))
        params = np.concatenate([inner, outer], axis=-1)
        losses = mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data)
        points = self._box.place(outer, losses)
        inside = window.contains(outer) & (losses <= window.ceiling)
        color = self._palette["data"]
        hidden = _without_gaps(self._surface.hides(points.reshape(-1, 3), 0.12).reshape(inside.shape))
        lines, _ = self._box.project(points, self._view)
        for screen, shown, in_front, met in zip(lines, inside, inside & ~hidden, self.met(), strict=True):
            for start, end, seen in _runs(in_front):
                piece = _corners(screen[start : end + 1] if shown[end] else screen[start:end])
                if seen:
                    canvas.line(piece, self._palette.outline, 0.08 if met else 0.05, 0.5 * self.lines)
                    canvas.line(piece, color, 0.055 if met else 0.035, self.lines * (1.0 if met else 0.9))
                elif shown[start:end].all():
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


class MovingPoint(Painting):
    """The point of the run on the surface.

    Attributes:
        arrow: Opacity of the arrow along minus the gradient over W2 and b2.
    """

    ARROW_LENGTH = 0.9

    def __init__(self, replay: Replay, box: Box, view: View, pen: Pen) -> None:
        super().__init__(replay, view)
        self._replay, self.box, self._view, self._palette = replay, box, view, pen.palette
        self.arrow = 0.0

    @property
    def position(self) -> Array:
        """The point in the box, (3,): its height is the loss."""
        moment = self._replay.moment
        return self.box.place(moment.params[OUTER], np.asarray(moment.loss))

    def arrow_tip(self) -> Array:
        """End of the arrow in the box: tangent to the surface, along minus the gradient over W2 and b2."""
        moment = self._replay.moment
        direction = tangent(self.box, self._replay.trajectory.gradient[moment.record][OUTER])
        size = float(np.linalg.norm(direction))
        return self.position if size == 0 else self.position + direction * (self.ARROW_LENGTH / size)

    def paint(self, canvas: Canvas) -> None:
        """Draw arrow and point."""
        screen, _ = self.box.project(np.stack([self.position, self.arrow_tip()]), self._view)
        (x, y), tip = screen.tolist()
        palette = self._palette
        if self.arrow > 0:
            canvas.arrow((x, y), tip, palette["gradient"], 0.075, self.arrow, palette.outline)
        canvas.disc(x, y, DOT_RADIUS * 1.25, palette["loss"], palette.outline)
