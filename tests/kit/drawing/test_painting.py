"""What a canvas draws is where it was told, in its colour, and as wide."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from manim import Mobject, linear

from scenes.kit.drawing.painting import Canvas, Group, Painting, Tween, array, hide, rgba, show

SIDE, SCALE = 80, 10.0


class Sheet:
    """A canvas of 8 x 8 units, its corner at (0, 0), y upwards as in films."""

    def __init__(self) -> None:
        self.pixels = np.zeros((SIDE, SIDE, 4), dtype=np.uint8)
        surface = cairo.ImageSurface.create_for_data(self.pixels, cairo.FORMAT_ARGB32, SIDE, SIDE)
        context = cairo.Context(surface)
        context.translate(0, SIDE)
        context.scale(SCALE, -SCALE)
        self.canvas = Canvas(context, self.pixels, SCALE)

    def at(self, x: float, y: float) -> tuple[int, ...]:
        """The pixel right and above of a place, RGBA."""
        return tuple(self.pixels[SIDE - 1 - int(y * SCALE), int(x * SCALE)].tolist())

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of what is at least half covered, in units."""
        rows, columns = np.nonzero(self.pixels[..., 3] >= 128)
        return (
            columns.min() / SCALE,
            (SIDE - 1 - rows.max()) / SCALE,
            (columns.max() + 1) / SCALE,
            (SIDE - rows.min()) / SCALE,
        )

    @property
    def covered(self) -> float:
        """Area in square units, soft edges in their share."""
        return float(self.pixels[..., 3].sum()) / 255 / SCALE**2


def test_a_colour_is_four_numbers_up_to_1() -> None:
    assert rgba("#FF0080") == (1.0, 0.0, 128 / 255, 1.0)
    assert rgba("#00FF0033") == (0.0, 1.0, 0.0, 0.2)


def test_colours_keep_their_channels_and_opacities_multiply() -> None:
    sheet = Sheet()
    square = [(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)]
    sheet.canvas.polygon(square, "#FF8000")
    assert sheet.at(4, 4) == (255, 128, 0, 255)
    sheet = Sheet()
    sheet.canvas.alpha = 0.5
    sheet.canvas.polygon(square, "#FFFFFF80", 0.5)
    assert sheet.at(4, 4)[3] == pytest.approx(255 / 8, abs=1)


def test_a_polygon_is_closed_and_filled() -> None:
    sheet = Sheet()
    sheet.canvas.polygon(np.array([[1.0, 1.0], [5.0, 1.0], [5.0, 4.0]]), "#FFFFFF")
    assert sheet.box == pytest.approx((1.0, 1.0, 5.0, 4.0), abs=0.11)
    assert sheet.covered == pytest.approx(6.0, abs=0.05)


def test_a_line_has_its_width_and_round_ends() -> None:
    sheet = Sheet()
    sheet.canvas.line([(2.0, 4.0), (6.0, 4.0)], "#FFFFFF", 1.0)
    assert sheet.box == (1.5, 3.5, 6.5, 4.5)
    assert sheet.covered == pytest.approx(4 + np.pi / 4, abs=0.03)


def test_a_dashed_line_has_gaps_and_flat_ends_and_the_next_has_none() -> None:
    sheet = Sheet()
    sheet.canvas.line(np.array([[1.0, 4.0], [7.0, 4.0]]), "#FFFFFF", 1.0, dash=(2.0, 2.0))
    assert [sheet.at(x, 4)[3] for x in (0.8, 1.2, 2.8, 3.2, 4.8, 5.2, 6.8)] == [0, 255, 255, 0, 0, 255, 255]
    sheet.canvas.line([(1.0, 1.0), (7.0, 1.0)], "#FFFFFF", 1.0)
    assert sheet.at(4, 1) == (255,) * 4


def test_a_line_through_one_point_is_none() -> None:
    sheet = Sheet()
    sheet.canvas.line([(2.0, 4.0)], "#FFFFFF", 1.0)
    assert sheet.covered == 0
    sheet.canvas.line([(2.0, 2.0), (2.0, 4.0), (4.0, 4.0)], "#FFFFFF", 0.4, opacity=0.5)
    assert sheet.at(2, 3)[3] == pytest.approx(128, abs=1)
    assert sheet.at(3, 3)[3] == 0, "a polyline is not filled"


def test_segments_are_apart_and_end_where_they_are_told() -> None:
    sheet = Sheet()
    starts, ends = np.array([[1.0, 1.0], [5.0, 2.0]]), np.array([[3.0, 1.0], [5.0, 6.0]])
    sheet.canvas.segments(starts, ends, "#FFFFFF", 0.4)
    assert sheet.covered == pytest.approx(0.4 * (2 + 4), abs=0.02)
    assert sheet.box == pytest.approx((1.0, 0.8, 5.2, 6.0))
    sheet = Sheet()
    sheet.canvas.segments(starts[1:], ends[1:], "#FFFFFF", 0.4, 0.5, dash=(1.0, 1.0))
    assert [sheet.at(5, y)[3] for y in (2.5, 3.5, 4.5, 5.5)] == [128, 0, 128, 0]


def test_a_disc_has_its_radius_and_its_rim_stands_outside() -> None:
    sheet = Sheet()
    sheet.canvas.disc(4.0, 3.0, 2.0, "#FFFFFF")
    assert sheet.box == pytest.approx((2.0, 1.0, 6.0, 5.0), abs=0.01)
    assert sheet.covered == pytest.approx(4 * np.pi, abs=0.05)
    sheet.canvas.disc(4.0, 3.0, 2.0, "#FFFFFF", rim="#00FF00")
    # Half of the rim's width, 0.55 radii, lies under the disc.
    assert sheet.box == pytest.approx((1.45, 0.45, 6.55, 5.55), abs=0.06)
    assert (sheet.at(2.2, 3), sheet.at(1.7, 3)) == ((255,) * 4, (0, 255, 0, 255))
    sheet.canvas.disc(4.0, 3.0, 2.0, "#000000", opacity=0.5)
    assert sheet.at(4, 3)[0] == pytest.approx(127, abs=1)


def test_an_arrow_points_from_its_start_to_its_end() -> None:
    sheet = Sheet()
    sheet.canvas.arrow((1.0, 4.0), (7.0, 4.0), "#FFFFFF", 0.4)
    left, bottom, right, top = sheet.box
    assert (left, right) == (pytest.approx(1.0), pytest.approx(7.0, abs=0.15))
    head = 0.4 * 4.6
    assert (bottom, top) == (pytest.approx(4 - 0.42 * head, abs=0.11), pytest.approx(4 + 0.42 * head, abs=0.11))
    assert (sheet.at(7 - head - 0.2, 4.5)[3], sheet.at(7 - head + 0.2, 4.5)[3]) == (0, 255), "its head is at its end"
    assert sheet.covered == pytest.approx(0.4 * (6 - head) + 0.42 * head**2, abs=0.05)


def test_an_arrow_that_is_turned_is_the_same_arrow() -> None:
    shapes = []
    for end in ((7.0, 1.0), (1.0, 7.0)):
        sheet = Sheet()
        sheet.canvas.arrow((1.0, 1.0), end, "#FFFFFF", 0.4, rim="#FFFFFF")
        shapes.append(np.flipud(sheet.pixels[..., 3]).astype(int))
    # Soft edges are not quite the same both ways.
    assert np.abs(shapes[0] - shapes[1].T).max() < 64


def test_a_short_arrow_shrinks_as_a_whole_and_none_is_drawn_without_length() -> None:
    sheet = Sheet()
    sheet.canvas.arrow((2.0, 4.0), (3.0, 4.0), "#FFFFFF", 1.0)
    # Its head is 0.6 of it, its shaft 0.3 of the head.
    assert sheet.covered == pytest.approx(0.3 * 0.6 * 0.4 + 0.42 * 0.6**2, abs=0.02)
    sheet = Sheet()
    sheet.canvas.arrow((2.0, 4.0), (2.0, 4.0), "#FFFFFF", 1.0)
    assert sheet.covered == 0


def test_an_arrows_rim_surrounds_it() -> None:
    sheet = Sheet()
    sheet.canvas.arrow((1.0, 4.0), (7.0, 4.0), "#FFFFFF", 0.4, rim="#00FF00")
    assert sheet.at(3, 4) == (255,) * 4
    assert sheet.at(3, 4.2) == (0, 255, 0, 255)
    assert sheet.at(3, 4.4)[3] == 0


class Spot(Painting):
    value = 0.0


def test_a_tween_moves_floats_and_arrays_and_stays_between_its_ends() -> None:
    spot = Spot()
    spot.place = array(1, 2)
    tween = Tween(spot, 2.0, linear, value=4.0, place=array(3, 6))
    assert tween.run_time == 2.0
    tween.begin()
    assert spot.value == 0.0
    for share, value in ((0.25, 1.0), (-1.0, 0.0), (2.0, 4.0)):
        tween.interpolate_mobject(share)
        assert spot.value == value
    tween.interpolate_mobject(0.5)
    assert spot.place.tolist() == [2.0, 4.0]
    assert list(tween.get_all_mobjects()) == [spot]
    assert not tween.is_remover()


def test_things_are_shown_from_nothing_and_hidden_for_good() -> None:
    one, other = Spot(), Spot()
    assert (one.opacity, one.sources) == (1.0, ())
    shown = show(one, other)
    assert [one.opacity, other.opacity] == [0.0, 0.0]
    hidden = hide(one, other)
    for tweens, opacity, removes in ((shown, 1.0, False), (hidden, 0.0, True)):
        for tween in tweens:
            tween.begin()
            tween.interpolate_mobject(0.5)
            assert tween.mobject.opacity == 0.5
            tween.finish()
            assert tween.mobject.opacity == opacity
            assert tween.is_remover() == removes
    assert hidden[0].run_time < shown[0].run_time


def test_a_group_fades_as_one() -> None:
    members = Spot(), Spot()
    group = Group(*members)
    assert group.opacity == 1.0
    group.opacity = 0.25
    assert [group.opacity, *(member.opacity for member in members)] == [0.25] * 3
    assert group.submobjects == list(members)
    assert isinstance(group, Mobject)
