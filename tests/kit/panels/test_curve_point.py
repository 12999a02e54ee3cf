"""A point on a curve is where the curve is, and its tangent touches it there."""

from __future__ import annotations

from collections.abc import Callable

import cairo
import numpy as np
import pytest

from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.subject.probe import Spot
from scenes.kit.text.formula import Pen

CHART = Chart((-6.0, -3.0, 0.0, 3.0), (-2.0, 2.0), (-8.0, 10.0))
SIDE, SCALE = 400, 50


def _cubic(x: float) -> float:
    return x**3 + 1


def _point(spot: Spot, leap: Callable[[], tuple[float, float]] | None = None, tangent: float = 0.0) -> CurvePoint:
    slope = lambda x: 3 * x**2  # noqa: E731
    return CurvePoint(CHART, _cubic, slope, lambda: spot.value, "loss", Pen(), spot, leap=leap, tangent=tangent)


def _ink(point: CurvePoint) -> np.ndarray:
    """How much is drawn in every pixel of a square around the origin, in 0..255; rows go down."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, SIDE, SIDE)
    context = cairo.Context(surface)
    context.translate(SIDE, SIDE / 2)
    context.scale(SCALE, -SCALE)
    point.paint(Canvas(context, np.zeros((SIDE, SIDE, 4), dtype=np.uint8), SCALE))
    surface.flush()
    return np.array(np.frombuffer(surface.get_data(), np.uint8).reshape(SIDE, SIDE, 4)[..., 3])


def _pixel(x: float) -> tuple[int, int]:
    across, up = CHART.to_screen(x, _cubic(x)).tolist()
    return int(SIDE / 2 - SCALE * up), int(SIDE + SCALE * across)


@pytest.mark.parametrize("x", [-0.9, 0.0, 0.7, 1.6])
def test_the_tangent_touches_the_curve(x: float) -> None:
    spot = Spot(0.2)
    point = _point(spot)
    spot.value = x
    first, last = point.ends()
    near = CHART.to_screen([x - 1e-4, x + 1e-4], [_cubic(x - 1e-4), _cubic(x + 1e-4)])
    chord = (near[1] - near[0]) / np.linalg.norm(near[1] - near[0])
    # A chord over 2e-4 is off by the third derivative's share: 1e-8.
    assert (last - first) / np.linalg.norm(last - first) == pytest.approx(chord, abs=1e-6)
    assert (first + last) / 2 == pytest.approx(CHART.to_screen(*point.position), abs=1e-9)
    assert point.position == (x, x**3 + 1)
    assert point.slope == 3 * x**2


def test_the_point_is_drawn_where_its_number_says_and_follows_it() -> None:
    spot = Spot(-0.9)
    point = _point(spot)
    assert spot in point.sources
    for spot.value, away in ((-0.9, 1.2), (1.2, -0.9)):
        ink = _ink(point)
        assert ink[_pixel(spot.value)] == 255
        assert ink[_pixel(away)] == 0


def test_the_tangent_ends_at_the_plane_and_the_point_is_whole_at_its_edge() -> None:
    left = round(SIDE + SCALE * float(CHART.plane[0]))
    still, ink = _ink(_point(Spot(-2.0))), _ink(_point(Spot(-1.9), tangent=1.0))
    # The radius of the point with its rim is 0.14.
    assert still[:, left - 6].any()
    assert not still[:, : left - 8].any()
    # So far may the tangent go.
    assert not ink[:, : left - 8].any()
    assert np.count_nonzero(ink) > np.count_nonzero(still)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_leap_fades_from_one_place_to_the_other(share: float) -> None:
    ink = _ink(_point(Spot(-0.9), leap=lambda: (1.2, share)))
    # Of 8 bits, rounded twice.
    assert ink[_pixel(-0.9)] == pytest.approx(255 * (1 - share), abs=2)
    assert ink[_pixel(1.2)] == pytest.approx(255 * share, abs=2)
