"""The box of a landscape: projected as it is seen, as large as there is room, with axes at its near edges."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from painted import painted, painted_texts

from scenes.kit.drawing.frame import RIGHT_HALF
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.landscape.axes import BoxAxes, _every
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

PEN = Pen()
WINDOW = Window((-1.0, 3.0), (10.0, 14.0), 50.0)
BOX = Box(WINDOW, (1.0, -0.5), (4.0, 4.0, 2.0))


def test_a_place_of_the_box_is_that_share_of_its_ranges() -> None:
    params = np.array([[-1.0, 10.0], [3.0, 14.0], [1.0, 12.0]])
    placed = BOX.place(params, np.array([0.0, 50.0, 25.0]))
    assert placed == pytest.approx(np.array([[-2.0, -2.0, 0.0], [2.0, 2.0, 2.0], [0.0, 0.0, 1.0]]))


@pytest.mark.parametrize(
    ("view", "point", "screen", "depth"),
    [
        ((0.0, 0.0), (1.0, 2.0, 3.0), (1.0, 3.0), -2.0),
        ((0.0, 90.0), (1.0, 2.0, 3.0), (1.0, 2.0), 3.0),
        ((90.0, 0.0), (1.0, 2.0, 3.0), (-2.0, 3.0), -1.0),
        ((180.0, 90.0), (1.0, 2.0, 3.0), (-1.0, -2.0), 3.0),
        ((0.0, 30.0), (0.0, 2.0, 0.0), (0.0, 1.0), -(3.0**0.5)),
        ((0.0, 30.0), (0.0, 0.0, 2.0), (0.0, 3.0**0.5), 1.0),
    ],
)
def test_a_point_is_seen_from_its_side(
    view: tuple[float, float], point: tuple[float, ...], screen: tuple[float, ...], depth: float
) -> None:
    found, deep = BOX.project(np.array([point]), View(*view))
    assert found[0] - [1.0, -0.5] == pytest.approx(screen)
    assert deep[0] == pytest.approx(depth)


def test_turning_changes_no_length() -> None:
    points = np.array([[1.0, 0.5, 0.2], [-0.7, 1.2, 1.0]])
    for view in (View(-22.0, 30.0), View(140.0, 65.0)):
        screen, depth = BOX.project(points, view)
        seen = np.linalg.norm(np.array([*np.diff(screen, axis=0)[0], *np.diff(depth)]))
        assert seen == pytest.approx(np.linalg.norm(np.diff(points, axis=0)))


@pytest.mark.parametrize(
    ("first", "second", "sides"),
    [((0, 2), (0, 2), (1.0, 1.0)), ((0, 3), (0, 1), (1.0, 1 / 3)), ((0, 1), (0, 3), (1 / 3, 1.0)),
     ((0, 10), (0, 1), (0.8, 0.8))],
)  # fmt: skip
def test_a_box_fills_its_region_from_all_views(
    first: tuple[float, float], second: tuple[float, float], sides: tuple[float, float]
) -> None:
    window, region, views = Window(first, second, 1.0), (-3.0, -2.0, 4.0, 3.0), [(-22.0, 30.0), (30.0, 50.0)]
    params = np.stack(np.meshgrid(np.linspace(*first, 9), np.linspace(*second, 9)), axis=-1)
    loss = np.where(params[..., 0] > np.mean(first), 7.0, 0.9)
    box = Box.within(window, region, views, (params, loss))
    assert box.sides[1] / box.sides[0] == pytest.approx(sides[1] / sides[0])
    assert box.sides[2] / max(box.sides[:2]) == pytest.approx(0.56 / max(sides))
    floor = np.array([[x, y, 0.0] for x in (-1, 1) for y in (-1, 1)]) / 2 * box.sides
    points = np.concatenate([floor, box.place(params[loss <= 1], loss[loss <= 1])])
    seen = np.concatenate([box.project(points, View(*view))[0] for view in views])
    left, bottom = seen.min(axis=0)
    right, top = seen.max(axis=0)
    air = left - (-3.0), 4.0 - right, bottom - (-2.0), 3.0 - top
    assert air[0] == pytest.approx(air[1])
    assert air[2] - air[3] == pytest.approx(0.62), "the ticks stand below"
    # As large as there is room for in one direction.
    assert min(air[0] - 0.62, air[3]) == pytest.approx(0.0, abs=1e-9)
    assert min(air[0] - 0.62, air[3]) > -1e-9


def axes(view: tuple[float, float], window: Window = WINDOW, outside: bool = False):  # type: ignore[no-untyped-def]
    box = Box(window, (0.0, 0.0), (4.0, 4.0, 2.0))
    found = BoxAxes(("W", "b"), box, View(*view), PEN)
    found.outside = outside
    return painted(found), box


def corners_of(box: Box, view: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """The floor's corner that is nearest, and that which is farthest left."""
    corners = np.array([[x, y, 0.0] for x in (-2, 2) for y in (-2, 2)])
    screen, depth = box.project(corners, View(*view))
    return corners[int(depth.argmax())], corners[int(screen[:, 0].argmin())]


VIEWS = [(-22.0, 30.0), (22.0, 30.0), (160.0, 30.0), (110.0, 40.0), (-110.0, 60.0), (-85.0, 12.0)]


@pytest.mark.parametrize("view", VIEWS)
def test_axes_stand_at_the_near_edges(view: tuple[float, float]) -> None:
    record, box = axes(view)
    nearest, leftmost = corners_of(box, view)
    floor, first, second, upright = record.of("line")
    assert floor.points.shape == (5, 2)
    assert floor.points[0].tolist() == floor.points[-1].tolist()
    assert (floor.color, floor.width) == (PEN.palette.grid, Stroke.GRID)
    (start,), _ = box.project(nearest[None], View(*view))
    for axis, mark in enumerate((first, second)):
        other = nearest.copy()
        other[axis] *= -1
        (end,), _ = box.project(other[None], View(*view))
        assert mark.points == pytest.approx(np.stack([start, end]))
        assert mark.color == PEN.palette.muted
    assert upright.points == pytest.approx(box.project(leftmost + np.array([[0, 0, 0], [0, 0, 2.0]]), View(*view))[0])


@pytest.mark.parametrize("view", VIEWS)
def test_ticks_stand_outside_at_their_values(view: tuple[float, float]) -> None:
    record, box = axes(view)
    nearest, leftmost = corners_of(box, view)
    values = [-1, 0, 1, 2, 3], [10, 11, 12, 13, 14], [0, 20, 40]
    spans = (-2.0, 2.0, -1.0, 3.0), (-2.0, 2.0, 10.0, 14.0), (0.0, 2.0, 0.0, 50.0)
    for axis, (ticks, marked, span) in enumerate(zip(record.of("segments"), values, spans, strict=True)):
        starts, ends = np.split(ticks.points, 2)
        points = np.repeat((leftmost if axis == 2 else nearest)[None], len(marked), axis=0)
        points[:, axis] = np.interp(marked, span[2:], span[:2])
        assert starts == pytest.approx(box.project(points, View(*view))[0])
        assert np.linalg.norm(ends - starts, axis=1) == pytest.approx(0.07)
        outward = (ends - starts)[0]
        if axis == 2:
            assert outward == pytest.approx([-0.07, 0.0])
        else:
            assert outward @ (starts.mean(axis=0) - np.array(box.center)) > 0
            assert outward @ (starts[1] - starts[0]) == pytest.approx(0.0)
        for number, end in zip(marked, ends, strict=True):
            boxes = [b for b in record.texts if b.text == str(number).replace("-", "−")]
            middles = np.array([[(b.left + b.right) / 2, (b.bottom + b.top) / 2] for b in boxes])
            if len(middles):
                assert 0.05 < np.linalg.norm(middles - end, axis=-1).min() < 0.45


def test_names_stand_beyond_the_ticks_of_their_axes() -> None:
    record, _ = axes((-22.0, 30.0))
    _, first, second, upright = record.of("line")
    for name, mark in (("W", first), ("b", second)):
        box = next(b for b in record.texts if b.text == rf"$\displaystyle {name}$")
        middle = np.array([(box.left + box.right) / 2, (box.bottom + box.top) / 2])
        away = np.linalg.norm(middle - mark.points.mean(axis=0))
        assert 0.5 < away < 1.2
    loss = next(b for b in record.texts if b.text == r"$\displaystyle J$")
    top = upright.points[1]
    assert (loss.left + loss.right) / 2 == pytest.approx(top[0] - 0.1)
    assert top[1] < loss.bottom < top[1] + 0.35


def test_a_loss_with_a_power_of_ten_keeps_off_its_topmost_tick() -> None:
    large = Window((-1.0, 3.0), (10.0, 14.0), 5e7)
    for outside, side in ((False, 1.0), (True, -1.0)):
        record, _ = axes((-22.0, 30.0), large, outside)
        (name,) = (box for box in record.texts if "10^{7}" in box.text)
        top = record.of("line")[-1].points[1]
        assert np.sign((name.left + name.right) / 2 - top[0]) == side


def test_ticks_that_would_touch_are_left_out() -> None:
    wide = Window((-1.00001, -1.0), (10.0, 14.0), 5.0)
    record, _ = axes((0.0, 30.0), wide)
    shown = [b for b in record.texts if b.text.startswith("−1.0000")]
    xs = sorted((b.left, b.right) for b in shown)
    assert all(right < left for (_, right), (left, _) in pairwise(xs))


@pytest.mark.parametrize(("corner", "zeros"), [(True, 3), (False, 1)])
def test_where_two_edges_begin_there_need_be_no_ticks(corner: bool, zeros: int) -> None:
    window, view = Window((0.0, 2.2), (0.0, 2.2), 8.5), View(24.0, 28.0)
    grid = np.zeros((2, 2, 2)), np.zeros((2, 2))
    box = Box.within(window, RIGHT_HALF, [(24.0, 28.0)], grid)
    axes = BoxAxes(("x", "y"), box, view, PEN, r"\textcolor{model}{f}", most=3, corner=corner)
    texts = [text.text for text in painted_texts(axes)]
    assert texts.count("0") == zeros
    assert any("{f}" in text for text in texts)


@pytest.mark.parametrize(
    ("across", "up", "every"),
    [(1.01, 0.0, 1), (0.99, 0.0, 2), (0.49, 0.0, 4), (0.0, 0.91, 1), (0.0, 0.89, 2), (0.0, 0.44, 4), (0.2, 0.2, 8)],
)
def test_texts_of_ticks_are_apart_in_one_direction(across: float, up: float, every: int) -> None:
    """Across in widths of a text, up in heights of one."""
    ticks = np.outer(np.arange(5.0), [across * 0.6, up * Size.TICK])
    assert _every(ticks, [0.5, 0.6, 0.6, 0.5, 0.5]) == every


def test_a_view_turns_to_where_it_is_asked_to() -> None:
    view = View(-36.0, 30.0)
    turning = view.turn((-22.0, 40.0), 2.0)
    turning.begin()
    assert (view.azimuth, view.elevation) == (-36.0, 30.0)
    turning.finish()
    assert (view.azimuth, view.elevation, turning.run_time) == (-22.0, 40.0, 2.0)


@pytest.mark.parametrize("view", [(-36.0, 30.0), (-46.0, 37.0), (24.0, 28.0)])
def test_a_surface_that_is_low_leaves_room_for_the_loss_axis(view: tuple[float, float]) -> None:
    window = Window((0.0, 2.0), (0.0, 1.0), 4.0)
    first, second = np.meshgrid(np.linspace(0, 2, 9), np.linspace(0, 1, 9))
    surface = np.stack([first, second], axis=-1), 0.4 * (2 - first) * 0.5
    region = (-0.3, -2.75, 6.75, 2.55)
    box = Box.within(window, region, [view], surface)
    assert box.axis_top(View(*view)) < region[3] - 0.1
    assert box.axis_top(View(*view)) > region[1] + 2
