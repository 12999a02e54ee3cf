"""The loss as a landscape over two parameters: a 3-D panel in a 2-D scene, with path, point and arrow.

The height is the loss itself, on a linear axis from 0 to the ceiling where the surface is cut, so that slopes look as
steep as they are: a descent's steps are short where the floor is flat.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fitting import Landscape, Trajectory, landscape, mean_loss
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting, rgba
from scenes.kit.drawing.style import DOT_RADIUS, Size
from scenes.kit.panels.chart import Ticks
from scenes.kit.panels.landscape.axes import POWER, TICKS, BoxAxes
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.panels.landscape.raster import fill_surface
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp

RESOLUTION = 64
"""Vertices a side."""

LONGEST_PIECE, MOST_PIECES = 0.08, 40
"""Of a path: a step longer than this is drawn along the surface, in pieces."""

CONTOURS = 9

_LIGHT = np.array([-0.45, -0.35, 0.82])


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

    Attributes:
        view: Where it is seen from, first from `views[0]`; tween its angles to turn the landscape.
        surface: The surface alone.
        trail: Path, point and arrow; `trail.arrow` and `trail.path` are opacities.
    """

    def __init__(
        self,
        replay: Replay,
        window: Window,
        region: tuple[float, float, float, float],
        views: Sequence[tuple[float, float]],
        pen: Pen,
        resolution: int = RESOLUTION,
        height: str = "J",
    ) -> None:
        super().__init__()
        self.view = View(*views[0])
        trajectory = replay.trajectory
        grid = landscape(
            trajectory.model, trajectory.loss_function, trajectory.data, (window.first, window.second), resolution
        )
        params = np.stack(np.meshgrid(grid.first, grid.second), axis=-1)
        left, bottom, right, top = region
        if Ticks.round((0.0, window.ceiling), TICKS).power:
            top -= POWER
        self.box = Box.within(window, (left, bottom, right, top), views, (params, grid.loss))
        self.surface = Surface(grid, self.box, self.view, pen)
        self.axes = BoxAxes(trajectory.model.parameters, self.box, self.view, pen, height)
        self.trail = Trail(replay, self.surface, self.box, self.view, pen)
        self.add(self.axes, self.surface, self.trail)


class Surface(Painting):
    """The loss as a shaded surface with contour lines."""

    def __init__(self, grid: Landscape, box: Box, view: View, pen: Pen) -> None:
        super().__init__(view)
        self._box, self._view, self._pen = box, view, pen
        first, second = np.meshgrid(grid.first, grid.second)
        params = np.stack([first, second], axis=-1)
        # Far above the ceiling nothing is seen; clipping there keeps numbers in range for any loss.
        loss = np.minimum(np.nan_to_num(grid.loss, nan=np.inf), 4 * box.window.ceiling)
        self._points = box.place(params, loss)
        self._attributes = np.zeros((*loss.shape, 5), dtype=np.float32)
        self._shape(loss)
        self._colors = _color_ramp(pen.palette.surface)
        contour = rgba(pen.palette.contour)
        self._contour = np.array([*(255 * c for c in contour[:3]), contour[3]], dtype=np.float32)
        self._rim = np.concatenate(
            [self._points[0], self._points[:, -1], self._points[-1, ::-1], self._points[::-1, 0]]
        )
        self._depth = np.zeros((1, 1), dtype=np.float32)
        self._corner = (0, 0)
        self._scale = 1.0

    def _shape(self, loss: Array) -> None:
        """Take the shape of these losses, one for each vertex."""
        heights = loss / self._box.window.ceiling
        self._points[..., 2] = heights * self._box.sides[2]
        by_row, by_column = (np.gradient(heights, axis=axis) for axis in (0, 1))
        for k, values in ((0, heights), (3, by_row), (4, by_column)):
            self._attributes[..., k] = values
        height = self._box.sides[2]
        self._attributes[..., 1] = _brightness(self._points, height * by_row, height * by_column)

    def paint(self, canvas: Canvas) -> None:
        """Fill the surface; what is drawn later can ask what it hides."""
        screen, depth = self._box.project(self._points, self._view)
        height, width = canvas.pixels.shape[:2]
        pixels = np.empty_like(screen, dtype=np.float32)
        pixels[..., 0] = width / 2 + screen[..., 0] * canvas.scale
        pixels[..., 1] = height / 2 - screen[..., 1] * canvas.scale
        shown = pixels[self._attributes[..., 0] <= 1.0]
        if not len(shown):
            return
        low = np.clip(np.floor(shown.min(axis=0)).astype(int) - 40, 0, (width, height))
        high = np.clip(np.ceil(shown.max(axis=0)).astype(int) + 40, 0, (width, height))
        self._corner, self._scale = (int(low[0]), int(low[1])), canvas.scale
        self._depth = np.full((high[1] - low[1], high[0] - low[0]), -np.inf, dtype=np.float32)
        self._attributes[..., 2] = depth
        turn = np.radians(self._view.azimuth)
        panel = canvas.pixels[low[1] : high[1], low[0] : high[0]]
        behind = panel.copy() if canvas.alpha < 1 else None
        fill_surface(
            canvas.pixels, self._depth, self._corner[0], self._corner[1], pixels - low.astype(np.float32),
            self._attributes, self._colors, float(CONTOURS), self._contour,
            bool(np.cos(turn) < 0), bool(np.sin(turn) < 0),
        )  # fmt: skip
        if behind is not None:
            # Faded as a whole: face by face, what it hides would shine through.
            panel[:] = np.rint(behind + canvas.alpha * (panel.astype(np.float32) - behind))
        # Cairo does not know that the pixels under its surface have changed.
        canvas.context.get_target().mark_dirty()

    def hides(self, points: Array, margin: float = 0.05) -> npt.NDArray[np.bool_]:
        """Which points of the box (k, 3) lie behind the surface as it was last painted, by more than a margin."""
        screen, depth = self._box.project(points, self._view)
        rows, columns = self._depth.shape
        x = screen[:, 0] * self._scale + self._center_pixels[0] - self._corner[0]
        y = self._center_pixels[1] - screen[:, 1] * self._scale - self._corner[1]
        # Steps of a diverging run are farther away than integers reach.
        x, y = (np.clip(places, -1.0, size).astype(int) for places, size in ((x, columns), (y, rows)))
        inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        nearest = np.full(len(points), -np.inf)
        nearest[inside] = self._depth[y[inside], x[inside]]
        hidden: npt.NDArray[np.bool_] = nearest > depth + margin
        return hidden

    @property
    def _center_pixels(self) -> tuple[float, float]:
        return self._scale * 8.0 * 16 / 9 / 2, self._scale * 4.0


def _brightness(points: Array, by_row: Array, by_column: Array) -> Array:
    """Lambert shading from a light fixed to the box: bright slopes face it.

    Args:
        points: Vertices in the box, (r, c, 3): x differs from column to column alone, and y from row to row.
        by_row: How much the height grows from a row to the next, (r, c).
        by_column: Likewise for columns.
    """
    wide, deep = np.gradient(points[0, :, 0]), np.gradient(points[:, 0, 1])[:, None]
    x, y, z = -by_column * deep, -by_row * wide, wide * deep
    light = _LIGHT / np.linalg.norm(_LIGHT)
    lit = (x * light[0] + y * light[1] + z * light[2]) / np.maximum(np.sqrt(x * x + y * y + z * z), 1e-12)
    shade: Array = 0.62 + 0.5 * np.clip(lit, 0.0, 1.0)
    return shade


def _color_ramp(colors: tuple[str, ...]) -> npt.NDArray[np.float32]:
    """Colours by the square root of the height, as contour lines are: most of a descent happens low down."""
    stops = np.array([rgba(color)[:3] for color in colors]) * 255
    place = np.linspace(0.0, len(stops) - 1.0, 2048)
    ramp = np.stack([np.interp(place, np.arange(len(stops)), stops[:, k]) for k in range(3)], axis=-1)
    return ramp.astype(np.float32)


class Trail(Painting):
    """The descent on the surface: the path so far, the point, and the arrow along -gradient.

    Attributes:
        path: Opacity of the path.
        arrow: Opacity of the arrow.
        point: Opacity of the point.
        label: Opacity of the arrow's name.
        recent: How many of the last steps the path shows: all, unless they would cover the surface.
    """

    ARROW_LENGTH = 0.95
    SHORTEST_ARROW = 0.55

    def __init__(self, replay: Replay, surface: Surface, box: Box, view: View, pen: Pen) -> None:
        super().__init__(replay, view)
        self._replay, self._surface, self.box, self._view = replay, surface, box, view
        self._palette = pen.palette
        self.path = self.arrow = self.point = 1.0
        self.label = 0.0
        self.recent = float("inf")
        self._label = Stamp(pen.math(r"-\nabla J", Size.BODY, pen.palette["gradient"]))
        trajectory = replay.trajectory
        self._path_steps, self._path = _path(trajectory, box)
        self._steepest = float(np.linalg.norm(trajectory.gradient[0]))

    @property
    def position(self) -> Array:
        """The point in the box, (3,)."""
        moment = self._replay.moment
        return self.box.place(moment.params, np.asarray(moment.loss))

    def paint(self, canvas: Canvas) -> None:
        """Draw path, arrow and point; what the surface hides is faint."""
        position = self.position
        step = self._replay.moment.step
        first, reached = np.searchsorted(self._path_steps, [step - self.recent, step], side="right").tolist()
        if self.path > 0:
            self._draw_path(canvas, np.vstack([self._path[first:reached], position]))
        moment = self._replay.moment
        inside = bool(self.box.window.contains(moment.params)) and moment.loss <= self.box.window.ceiling
        if not inside:
            return
        screen, _ = self.box.project(np.stack([position, self.arrow_tip()]), self._view)
        (x, y), tip = screen.tolist()
        arrow = self.arrow * self._significance()
        if arrow > 0:
            canvas.arrow((x, y), tip, self._palette["gradient"], 0.075, arrow, self._palette.outline)
            self._draw_label(canvas, tip, 1.0 if tip[0] >= x else -1.0)
        if self.point > 0:
            canvas.disc(x, y, DOT_RADIUS * 1.15, self._palette["loss"], self._palette.outline, self.point)

    def _draw_label(self, canvas: Canvas, tip: Sequence[float], side: float) -> None:
        """Beside the arrow's tip; where it would reach over the axis on the right, above the arrow."""
        beyond = max(0.0, tip[0] + 0.16 + self._label.width + 0.1 - self._right_edge(tip[1])) if side > 0 else 0.0
        self._label.draw(
            canvas,
            tip[0] + 0.16 * side - beyond,
            tip[1] - 0.12 + min(beyond, 0.45),
            "left" if side > 0 else "right",
            self.label,
            halo=self._palette.outline,
        )

    def _right_edge(self, height: float) -> float:
        """Where the line through the floor's near edge on the right is at a height of the frame."""
        x, y = (side / 2 for side in self.box.sides[:2])
        corners, depth = self.box.project(np.array([[-x, -y, 0], [x, -y, 0], [x, y, 0], [-x, y, 0]]), self._view)
        near, right = corners[int(np.argmax(depth))], corners[int(np.argmax(corners[:, 0]))]
        rise = float(right[1] - near[1])
        return float(near[0] + (height - near[1]) * (right[0] - near[0]) / rise) if rise > 1e-9 else float(right[0])

    def _significance(self) -> float:
        """1 while the gradient says where down is; it goes to 0 where only rounding is left of it."""
        size = float(np.linalg.norm(self._replay.trajectory.gradient[self._replay.moment.record]))
        share = size / max(self._steepest, 1e-300)
        return float(np.clip((np.log10(max(share, 1e-300)) + 7) / 2, 0.0, 1.0))

    def arrow_tip(self) -> Array:
        """End of the arrow in the box: along -gradient, tangent to the surface; shorter where the slope is less."""
        moment = self._replay.moment
        trajectory = self._replay.trajectory
        gradient = trajectory.gradient[moment.record]
        direction = tangent(self.box, gradient)
        size = float(np.linalg.norm(direction))
        if size == 0.0:
            return self.position
        share = float(np.linalg.norm(gradient)) / max(self._steepest, 1e-300)
        length = max(self.ARROW_LENGTH * min(share, 1.0), self.SHORTEST_ARROW)
        tip: Array = self.position + direction * (length / size)
        return tip

    def _draw_path(self, canvas: Canvas, points: Array) -> None:
        x, y, height = np.array(self.box.sides) * 1.001
        inside = (np.abs(points[:, 0]) <= x / 2) & (np.abs(points[:, 1]) <= y / 2) & (points[:, 2] <= height)
        hidden = self._surface.hides(points)
        screen, _ = self.box.project(points, self._view)
        for start, end, seen in _runs(~hidden & inside):
            # A stretch ends where the next begins, unless that is outside.
            piece = screen[start : end + 1] if inside[end] else screen[start:end]
            if seen:
                canvas.line(piece, self._palette.outline, 0.075, self.path * 0.6)
                canvas.line(piece, self._palette["loss"], 0.042, self.path)
            elif inside[start:end].all():
                canvas.line(piece, self._palette["loss"], 0.03, self.path * 0.35, dash=(0.06, 0.06))


def tangent(box: Box, gradient: Array) -> Array:
    """Direction of steepest descent as it lies on the surface, (3,), in the box's units.

    Walking along (-gW, -gb) in the parameters lowers the loss by |g|^2 for each unit of length squared.
    """
    # Not as a difference of two places: on flat ground only their rounding would be left.
    (w0, w1), (b0, b1) = box.window.first, box.window.second
    per_unit = np.array(box.sides) / np.array([w1 - w0, b1 - b0, box.window.ceiling])
    return -per_unit * np.array([*gradient[:2], gradient[:2] @ gradient[:2]])


def _path(trajectory: Trajectory, box: Box) -> tuple[Array, Array]:
    """Steps (k,) and points of the box (k, 3) along a run, on the surface also where a step is long."""
    keep = _spread(box.place(trajectory.params, trajectory.loss), 0.01)
    steps, params = trajectory.steps[keep].astype(np.float64), trajectory.params[keep]
    lengths = np.linalg.norm(np.diff(box.place(params, np.zeros(len(params))), axis=0), axis=1)
    pieces = np.clip(np.ceil(lengths / LONGEST_PIECE), 1, MOST_PIECES).astype(int)
    shares = np.concatenate([k + np.arange(count) / count for k, count in enumerate(pieces)] + [[len(steps) - 1.0]])
    records = np.arange(len(steps))
    steps = np.interp(shares, records, steps)
    params = np.stack([np.interp(shares, records, column) for column in params.T], axis=-1)
    return steps, box.place(params, mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data))


def _spread(points: Array, distance: float) -> npt.NDArray[np.intp]:
    """Indices of points that lie at least a distance apart, the first and the last always among them."""
    kept = [0]
    for k in range(1, len(points)):
        if np.abs(points[k] - points[kept[-1]]).max() >= distance:
            kept.append(k)
    if kept[-1] != len(points) - 1:
        kept.append(len(points) - 1)
    return np.array(kept)


def _runs(seen: npt.NDArray[np.bool_]) -> list[tuple[int, int, bool]]:
    """Stretches (start, end, seen) of a polyline whose points are seen or not; each ends where the next begins."""
    changes = np.flatnonzero(np.diff(seen)) + 1
    bounds = [0, *changes.tolist(), len(seen)]
    return [(start, min(end, len(seen) - 1), bool(seen[start])) for start, end in itertools.pairwise(bounds)]
