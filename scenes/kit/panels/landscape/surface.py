"""The surface of a landscape: shaded, with contour lines, and asked by what is drawn later for what it hides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from manim import Mobject

from fitting import Landscape
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting, ramp, rgba
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.panels.landscape.raster import fill_surface
from scenes.kit.text.formula import Pen

CONTOURS = 9

_LIGHT = np.array([-0.45, -0.35, 0.82])


class Surface(Painting):
    """The loss as a shaded surface with contour lines.

    Args:
        grid: Its heights.
        box: What holds it.
        view: Where it is seen from.
        pen: Gives the colours.
        *sources: What moves its shape.
        edges: Whether a fine line runs along its edges: the pixels there are filled or not, and may look torn.

    Attributes:
        box: As given.
        view: As given.
    """

    def __init__(self, grid: Landscape, box: Box, view: View, pen: Pen, *sources: Mobject, edges: bool = False) -> None:
        super().__init__(view, *sources)
        self.box, self.view, self._palette, self._edges = box, view, pen.palette, edges
        first, second = np.meshgrid(grid.first, grid.second)
        params = np.stack([first, second], axis=-1)
        # Far above the ceiling nothing is seen; clipping there keeps numbers in range for any loss.
        loss = np.minimum(np.nan_to_num(grid.loss, nan=np.inf), 4 * box.window.ceiling)
        self._points = box.place(params, loss)
        self._attributes = np.zeros((*loss.shape, 5), dtype=np.float32)
        self.shape(loss)
        # By the square root of the height, as contour lines are: most of a descent happens low down.
        self._colors = ramp(pen.palette.surface, 2048).astype(np.float32)
        contour = rgba(pen.palette.contour)
        self._contour = np.array([*(255 * c for c in contour[:3]), contour[3]], dtype=np.float32)
        self._depth = np.zeros((1, 1), dtype=np.float32)
        self._corner = (0, 0)
        self._scale = 1.0

    def shape(self, loss: Array) -> None:
        """Take the shape of these losses, one for each vertex."""
        heights = loss / self.box.window.ceiling
        self._points[..., 2] = heights * self.box.sides[2]
        by_row, by_column = (np.gradient(heights, axis=axis) for axis in (0, 1))
        for k, values in ((0, heights), (3, by_row), (4, by_column)):
            self._attributes[..., k] = values
        height = self.box.sides[2]
        self._attributes[..., 1] = _brightness(self._points, height * by_row, height * by_column)

    def paint(self, canvas: Canvas) -> None:
        """Fill the surface; what is drawn later can ask what it hides."""
        screen, depth = self.box.project(self._points, self.view)
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
        turn = np.radians(self.view.azimuth)
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
        if self._edges:
            self._draw_edges(canvas)

    def _draw_edges(self, canvas: Canvas) -> None:
        """As far as they are below the ceiling."""
        points = self._points
        rim = np.concatenate([points[0], points[:, -1], points[-1, ::-1], points[::-1, 0]])
        screen, _ = self.box.project(rim, self.view)
        below = rim[:, 2] <= self.box.sides[2]
        for piece, seen in stretches(screen, below, ~below):
            if seen:
                canvas.line(piece, self._palette.contour, Stroke.THIN)

    def hides(self, points: Array, margin: float = 0.05) -> npt.NDArray[np.bool_]:
        """Which points of the box (k, 3) lie behind the surface as it was last painted, by more than a margin."""
        screen, depth = self.box.project(points, self.view)
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


def stretches(
    screen: Array, inside: npt.NDArray[np.bool_], hidden: npt.NDArray[np.bool_]
) -> Iterator[tuple[Array, bool]]:
    """A line on a surface in pieces: each is seen as a whole, or hidden as a whole.

    Args:
        screen: Its points, (k, 2).
        inside: Which of them are to be drawn.
        hidden: Which of them are behind the surface.

    Yields:
        Points, and whether they are seen; a piece ends where the next begins, unless that is outside.
    """
    seen = inside & ~hidden
    bounds = [0, *(np.flatnonzero(np.diff(seen)) + 1).tolist(), len(seen)]
    for start, end in itertools.pairwise(bounds):
        if inside[start:end].all():
            last = min(end, len(seen) - 1)
            yield screen[start : last + 1 if inside[last] else last], bool(seen[start])
