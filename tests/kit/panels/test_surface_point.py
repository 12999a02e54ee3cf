"""A point of a surface: where it is drawn, and its arrow straight downhill."""

from __future__ import annotations

import numpy as np
import pytest
from landscapes import landscape_panel
from painted import painted, painted_texts

from scenes.kit.drawing.style import DOT_RADIUS
from scenes.kit.panels.landscape.point import SHORTEST, SurfacePoint, downhill
from scenes.kit.text.formula import Pen


@pytest.mark.parametrize("size", [1e-3, 1e-9, 1e-15])
def test_the_direction_keeps_its_digits_on_flat_ground(size: float) -> None:
    box, slope = landscape_panel().box, np.array([0.7313, -1.9127])
    steep, flat = downhill(box, slope, 0.9), downhill(box, size * slope, 0.9)
    assert np.linalg.norm(flat) == pytest.approx(0.9)
    assert flat[:2] / np.linalg.norm(flat[:2]) == pytest.approx(steep[:2] / np.linalg.norm(steep[:2]), rel=1e-12)
    assert not downhill(box, np.zeros(2), 0.9).any()


def test_the_arrows_label_keeps_off_the_axis_on_the_right() -> None:
    panel = landscape_panel()
    panel.trail.label = 1.0
    panel.trail._replay.step = 2.0
    (label,) = [text for text in painted_texts(panel.trail) if "nabla" in text.text]
    assert label.right < panel.trail._right_edge(label.bottom)
    tip, _ = panel.box.project(panel.trail.arrow_tip()[None], panel.view)
    assert label.left < tip[0, 0], "it would not have had room beside the tip"


@pytest.mark.parametrize(
    ("params", "height", "seen"),
    [((0.0, 1.0), 259.0, 1), ((0.0, 1.0), 261.0, 0), ((3.0, 1.0), 10.0, 0), ((2.8, 4.0), 0.0, 1)],
)
def test_a_point_outside_of_the_box_is_not_drawn(params: tuple[float, float], height: float, seen: int) -> None:
    point = SurfacePoint(landscape_panel().surface, lambda: (np.array(params), height), Pen())
    assert len(painted(point).of("disc")) == seen


def test_arrows_shorten_with_the_slope_if_the_steepest_is_known() -> None:
    surface, slope = landscape_panel().surface, np.array([3.0, 4.0])
    for size, steepest, length in ((1.0, None, 0.9), (1e-3, None, 0.9), (1.0, 5.0, 0.9), (0.8, 5.0, 0.72),
                                   (2.0, 5.0, 0.9), (1e-3, 5.0, SHORTEST)):  # fmt: skip
        gradient = size * slope
        point = SurfacePoint(surface, lambda: (np.zeros(2), 1.0), Pen(), gradient=lambda gradient=gradient: gradient,
                             steepest=steepest, length=0.9)  # fmt: skip
        assert np.linalg.norm(point.arrow_tip() - point.position) == pytest.approx(length)


@pytest.mark.parametrize(("share", "opacity"), [(1.0, 0.8), (1e-5, 0.8), (1e-6, 0.4), (1e-7, 0.0)])
def test_the_arrow_fades_where_only_rounding_is_left_of_the_gradient(share: float, opacity: float) -> None:
    slope = np.array([3.0, 4.0])
    point = SurfacePoint(
        landscape_panel().surface, lambda: (np.ones(2), 1.0), Pen(), gradient=lambda: slope, steepest=5.0 / share
    )
    point.arrow = 0.8
    assert sum(arrow.opacity for arrow in painted(point).of("arrow")) == pytest.approx(opacity)


def test_a_point_is_a_little_larger_than_a_datum_unless_another_size_is_given() -> None:
    surface, pen = landscape_panel().surface, Pen()
    for options, radius in (({}, 1.15), ({"radius": 2.0}, 2.0)):
        (dot,) = painted(SurfacePoint(surface, lambda: (np.ones(2), 1.0), pen, **options)).of("disc")
        assert (dot.width, dot.color, dot.rim) == (radius * DOT_RADIUS, pen.palette["loss"], pen.palette.outline)


def test_a_point_without_slopes_has_no_arrow() -> None:
    point = SurfacePoint(landscape_panel().surface, lambda: (np.ones(2), 1.0), Pen())
    assert np.array_equal(point.arrow_tip(), point.position)
