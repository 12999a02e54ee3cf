"""The surface that is filled pixel by pixel."""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.landscape.raster import fill_surface
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.parts.sigmoid.landscapes import STUCK, descent, error_landscape

SIDE, VERTICES = 400, 13
WHITE = np.array([255, 255, 255, 1], dtype=np.float32)
GREY = np.full((64, 3), 100, dtype=np.float32)


def filled(ground: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """A bowl with h = 1 at its rim, seen from above, over pixels or nothing: pixels, and depths."""
    x, y = np.meshgrid(*[np.linspace(-1.0, 1.0, VERTICES)] * 2)
    return fill(x, y, x**2 + y**2, ground)


def fill(x: np.ndarray, y: np.ndarray, heights: np.ndarray, ground: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """A surface with vertices at x and y in -1..1, each (r, c), that fills the frame."""
    by_row, by_column = np.gradient(heights, axis=0), np.gradient(heights, axis=1)
    attributes = np.stack([heights, np.ones_like(x), heights, by_row, by_column], axis=-1).astype(np.float32)
    screen = (np.stack([x, y], axis=-1) * SIDE / 2 + SIDE / 2).astype(np.float32)
    pixels = np.zeros((SIDE, SIDE, 4), dtype=np.uint8) if ground is None else ground
    depth = np.full((SIDE, SIDE), -np.inf, dtype=np.float32)
    fill_surface(pixels, depth, 0, 0, screen, attributes, GREY, 4.0, WHITE, True, True)
    return pixels, depth


def distances() -> np.ndarray:
    """Of each pixel from the middle, 1 at the rim."""
    across = (np.arange(SIDE) + 0.5) / (SIDE / 2) - 1
    return np.hypot(*np.meshgrid(across, across))


def test_contour_lines_are_round_with_few_vertices() -> None:
    pixels, _ = filled()
    # Lines stand at equal distances of sqrt(h), which is the distance from the middle here.
    for level in (0.25, 0.5, 0.75):
        near = np.abs(distances() - level) < 0.1
        lines = near & (pixels[..., 0] > 180)
        assert lines.sum() > 300 * level
        # Half of a line's width, and half a pixel.
        assert np.abs(distances()[lines] - level).max() * SIDE / 2 < 1.6


def test_it_is_cut_where_the_height_is_1() -> None:
    pixels, depth = filled()
    seen = pixels[..., 0] > 0
    assert distances()[seen].max() == pytest.approx(1.0, abs=3 / SIDE)
    assert distances()[~seen].min() == pytest.approx(1.0, abs=3 / SIDE)
    assert np.isfinite(depth[distances() < 0.98]).all()


@pytest.mark.parametrize("corner", [(-1, -1), (-1, 1), (1, -1), (1, 1)])
def test_a_face_with_one_corner_below_the_cut_is_seen_there(corner: tuple[int, int]) -> None:
    x, y = np.meshgrid([-1.0, 1.0], [-1.0, 1.0])
    # From 1/2 at the corner it grows by 2 along each side: it is below 1 up to a quarter of both.
    pixels, _ = fill(x, y, 0.5 + abs(x - corner[0]) + abs(y - corner[1]), None)
    assert (pixels[..., 3] > 127).mean() == pytest.approx(1 / 32, abs=1 / 4 / SIDE), "to a pixel along the cut"
    column, row = (SIDE * (1 + place) // 2 - (place > 0) for place in corner)
    assert pixels[row, column, 3] == 255


def test_no_seam_shows_between_triangles() -> None:
    pixels, _ = filled()
    assert (pixels[(distances() > 0.28) & (distances() < 0.46)][:, 0] == 100).all()


def test_a_surface_fades_as_a_whole() -> None:
    pen = Pen()
    panel = error_landscape(Replay(descent("mse", STUCK)), pen, 32)
    frames = []
    for alpha in (0.0, 0.5, 1.0):
        pixels = np.full((180, 320, 4), 20, dtype=np.uint8)
        surface = cairo.ImageSurface.create_for_data(pixels, cairo.FORMAT_ARGB32, 320, 180)
        canvas = Canvas(cairo.Context(surface), pixels, 22.5)
        canvas.alpha = alpha
        panel.surface.paint(canvas)
        frames.append(pixels.astype(np.float64))
    empty, half, whole = frames
    assert (whole != empty).any(axis=-1).mean() > 0.05
    # A fold behind the front one does not shine through; half a unit is rounding's.
    np.testing.assert_allclose(half, (empty + whole) / 2, atol=0.5)


def test_a_surface_over_nothing_is_the_same_as_over_a_ground() -> None:
    """What a transparent film shows of it, laid over a colour, is what an opaque film shows on that colour."""
    over_nothing, _ = filled()
    ground = np.array([60, 20, 90, 255])
    on_ground, _ = filled(np.full((SIDE, SIDE, 4), ground, dtype=np.uint8))
    assert (on_ground[..., 3] == 255).all()
    assert (over_nothing[distances() < 0.98][..., 3] == 255).all()
    assert (over_nothing[distances() > 1.02] == 0).all()
    share = over_nothing[..., 3:] / 255
    np.testing.assert_allclose(over_nothing[..., :3] + ground[:3] * (1 - share), on_ground[..., :3], atol=2)
