"""The surface of a landscape: what of a line or a point it hides."""

from __future__ import annotations

import cairo
import numpy as np
from landscapes import landscape_panel

from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.landscape.surface import stretches


def test_a_line_on_a_surface_is_cut_where_it_is_hidden_and_where_it_ends() -> None:
    screen = np.arange(20.0).reshape(10, 2)
    inside, hidden = np.ones(10, dtype=bool), np.zeros(10, dtype=bool)
    hidden[3:5] = inside[8:] = True
    inside[7] = False
    pieces = [(piece[:, 0] / 2, seen) for piece, seen in stretches(screen, inside, hidden)]
    # A piece reaches to the next one's first point, but not outside.
    for (places, seen), (start, end, expected) in zip(
        pieces, ((0, 3, True), (3, 5, False), (5, 6, True), (8, 9, True)), strict=True
    ):
        assert (places[0], places[-1], seen) == (start, end, expected)


def test_what_lies_behind_the_surface_is_hidden_and_what_lies_before_it_is_not() -> None:
    shown = landscape_panel()
    pixels = np.zeros((360, 640, 4), dtype=np.uint8)
    surface = cairo.ImageSurface.create_for_data(pixels, cairo.FORMAT_ARGB32, 640, 360)
    shown.surface.paint(Canvas(cairo.Context(surface), pixels, 45.0))
    inner = shown.surface._points[3:-3, 3:-3]
    points = inner[inner[..., 2] < 0.8 * shown.box.sides[2]]
    turn, tilt = np.radians([shown.view.azimuth, shown.view.elevation])
    towards = np.array([-np.sin(turn) * np.cos(tilt), -np.cos(turn) * np.cos(tilt), np.sin(tilt)])
    assert len(points) > 20
    assert shown.surface.hides(points - 0.5 * towards).all()
    assert not shown.surface.hides(points + 20.0 * towards).any()
    # It is drawn where the box says: the pixels there are not empty.
    screen, _ = shown.box.project(points, shown.view)
    columns, rows = np.round(320 + 45 * screen[:, 0]).astype(int), np.round(180 - 45 * screen[:, 1]).astype(int)
    assert (pixels[rows, columns, 3] == 255).all()
    assert not shown.surface.hides(np.array([[1e30, 0.0, 0.0], [0.0, -1e30, 0.0]])).any()


def test_before_it_is_painted_a_surface_hides_nothing() -> None:
    shown = landscape_panel()
    assert not shown.surface.hides(shown.surface._points.reshape(-1, 3)).any()
