"""The lecture on gradient descent: its steps, slopes and bounds, and what a strict eye would see."""

from __future__ import annotations

import itertools
import re

import cairo
import numpy as np
import pytest
from layout_checks import Film, nothing_overlaps
from manim import tempconfig

from fitting import StopReason, Trajectory, fit, hessian, house_prices, least_squares, mean_loss
from fitting.derivation import Point
from fitting.slices import Slice
from scenes import gradient_descent as lecture
from scenes.batch.asking.catalogue import choose
from scenes.gradient_descent import GradientDescent
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Canvas
from scenes.kit.drawing.style import FRAME_HEIGHT, SMALLEST_TEXT
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.story.rehearsal import rehearse, text_boxes
from scenes.kit.text.formula import Pen
from scenes.kit.words.captions import LINE, LINES, READING_SPEED
from scenes.parts.gradient_descent import chosen_numbers as chosen
from scenes.parts.gradient_descent.between_bounds import BetweenBounds
from scenes.parts.gradient_descent.parabola_panel import Clock, ParabolaPanel, StepTrail, Walk, phases
from scenes.parts.gradient_descent.step_table import StepTable
from scenes.parts.gradient_descent.update_order import BothDescents, OneStep
from scenes.parts.gradient_descent.update_rule import (
    curvature_by_data,
    distance_by_step,
    factor_with_numbers,
    rate_bound,
    rule,
    slope_by_distance,
    update_with_numbers,
    updated,
)

START_W, START_B = 0.2, 0.855361907974722


@pytest.fixture(scope="module")
def run() -> Trajectory:
    return fit(steps=2)


@pytest.fixture(scope="module")
def cut(run: Trajectory) -> Slice:
    return Slice(run, run.params[0], 0)


def test_the_formulas_of_the_bound_are_those_of_the_slice(cut: Slice) -> None:
    curvature, rate = cut.curvature, chosen.RATE
    for value in (START_W, chosen.OTHER_SIDE):
        # Minimum and curvature are made of differences of gradients, good to about 1e-8.
        at = Point(np.array([value, cut.minimum, rate]), house_prices().x)
        assert slope_by_distance("W", curvature).wrong(at, cut.slope(value), 1e-6) == {}
        assert curvature_by_data(curvature).wrong(at, 15.0) == {}
        after = updated(value, rate, float(cut.slope(value)))
        assert distance_by_step("W", curvature).wrong(at, after - cut.minimum, 1e-6) == {}
        assert rule("W").value(Point(np.array([value, rate, float(cut.slope(value))]))) == after
    for each in chosen.RATES:
        assert factor_with_numbers(curvature, each).wrong(Point(), 1 - 15 * each) == {}
    # To four decimals.
    assert rate_bound(curvature).wrong(Point(), 2 / 15, 5e-5) == {}


def test_the_signs_that_the_film_tells(cut: Slice) -> None:
    assert cut.slope(START_W) < 0 < cut.slope(chosen.OTHER_SIDE)
    assert START_W < cut.minimum < chosen.OTHER_SIDE
    assert cut.slope(cut.minimum) == pytest.approx(0.0, abs=1e-6)  # the curvature is a difference of gradients
    assert float(cut.slope(START_W)) == pytest.approx(-20.32319046, abs=5e-9)


def test_steps_shrink_by_the_factor_that_is_shown(cut: Slice) -> None:
    steps = np.diff(cut.descend(START_W, chosen.RATE, chosen.TABLE_STEPS).values)
    assert steps[1:] / steps[:-1] == pytest.approx(0.7, rel=1e-9)


def test_the_four_rates_do_what_the_film_says(cut: Slice) -> None:
    creeping, good, overshooting, diverging = (
        cut.descend(START_W, rate, chosen.RATES_STEPS).values - cut.minimum for rate in chosen.RATES
    )
    assert abs(creeping[-1]) > 0.5 * abs(creeping[0])
    assert abs(good[3]) < 0.02 * abs(good[0])
    assert np.all(np.sign(overshooting[1:]) == -np.sign(overshooting[:-1]))
    assert np.all(np.diff(np.abs(overshooting)) < 0)
    assert np.all(np.sign(diverging[1:]) == -np.sign(diverging[:-1]))
    assert np.all(np.diff(np.abs(diverging)) > 0)


def test_the_bound_over_one_parameter_is_two_fifteenths(cut: Slice) -> None:
    below, above = (cut.descend(START_W, share * 2 / 15, 3000).values - cut.minimum for share in (0.999, 1.001))
    # Factors -0.998 and -1.002: after 3000 steps 0.0025 and 400 times the first distance.
    assert abs(below[-1]) < 0.003 * abs(below[0])
    assert abs(above[-1]) > 300 * abs(above[0])


def test_the_bound_over_both_parameters_is_two_by_the_largest_curvature(run: Trajectory) -> None:
    curvatures = np.linalg.eigvalsh(hessian(run.model, run.loss_function, run.params[0], run.data))
    assert curvatures[-1] == pytest.approx(16.7006, abs=5e-5)
    bound = 2 / float(curvatures[-1])
    assert bound == pytest.approx(0.1198, abs=5e-5)
    assert fit(learning_rate=0.999 * bound).final_loss == pytest.approx(1.103, abs=1e-6)
    assert fit(learning_rate=1.01 * bound).stop_reason == StopReason.DIVERGED
    between = fit(learning_rate=chosen.BETWEEN_BOUNDS)
    assert between.stop_reason == StopReason.DIVERGED
    assert np.all(np.diff(between.loss[: chosen.BETWEEN_STEPS + 1]) > 0)
    assert bound < chosen.BETWEEN_BOUNDS < 2 / 15


def test_one_step_both_ways_by_hand(run: Trajectory) -> None:
    x, y = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.7, 1.5, 4.5, 9.5])
    residuals = START_W * x + START_B - y
    by_w, by_b = 2 * np.mean(residuals * x), 2 * np.mean(residuals)
    moved = START_W - 0.05 * by_w
    late = 2 * np.mean(moved * x + START_B - y)
    assert (moved, late) == pytest.approx((1.2161595, -0.3084786), abs=5e-8)
    step = OneStep(0.05, lecture.PANEL, lecture.COLUMN, lecture.ROOM, Pen())
    at_once, after = step.ends
    assert at_once == pytest.approx([moved, START_B - 0.05 * by_b], rel=1e-14)
    assert after == pytest.approx([moved, START_B - 0.05 * late], rel=1e-14)
    assert (at_once[1], after[1]) == pytest.approx((1.1248257, 0.8707858), abs=5e-8)
    assert at_once == pytest.approx(fit(learning_rate=0.05, steps=1).final_params, rel=1e-15)


def test_only_the_step_at_once_is_along_the_gradient(run: Trajectory) -> None:
    step = OneStep(0.05, lecture.PANEL, lecture.COLUMN, lecture.ROOM, Pen())
    line = step.map.field.line(float(run.loss[0]))
    nearest = int(np.argmin(np.linalg.norm(line - run.params[0], axis=1)))
    chart = step.map.chart
    ends = chart.to_screen(line[[nearest - 1, nearest + 1], 0], line[[nearest - 1, nearest + 1], 1])
    tangent = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    whole = step.whole.direction / np.linalg.norm(step.whole.direction)
    assert abs(float(tangent @ whole)) < 0.02  # the line has 241 points
    other = chart.to_screen(*step.ends[1]) - chart.to_screen(*run.params[0])
    assert abs(float(tangent @ other) / np.linalg.norm(other)) > 0.2
    assert float(whole @ run.gradient[0]) < 0


def test_both_orders_arrive(run: Trajectory) -> None:
    optimum = least_squares(run.model, run.data)
    at_once = fit(learning_rate=chosen.LARGE_RATE, steps=chosen.ARRIVED)
    after = fit(learning_rate=chosen.LARGE_RATE, steps=chosen.ARRIVED, one_after_other=True)
    # The slow direction shrinks by 1 - 0.05 * 0.2994 a step: 3e-7 after 1000.
    assert at_once.final_params == pytest.approx(optimum, abs=1e-5)
    assert after.final_params == pytest.approx(optimum, abs=1e-5)
    assert np.argmax(after.loss < 1.11) < np.argmax(at_once.loss < 1.11)  # "a little sooner": 186 and 206 steps
    both = BothDescents(at_once, after, lecture.PANEL, chosen.ARRIVED_WINDOW, lecture.COLUMN, Pen())
    assert both.map.optimum == pytest.approx(optimum)


def test_contour_lines_have_their_loss(run: Trajectory) -> None:
    field = OneStep(0.05, lecture.PANEL, lecture.COLUMN, lecture.ROOM, Pen()).map.field
    for level in (1.2, 7.0, 100.0):
        losses = mean_loss(run.model, run.loss_function, field.line(level), run.data)
        assert losses == pytest.approx(level, rel=1e-6)  # the Hessian is a difference of gradients


@pytest.mark.parametrize(
    ("step", "seen"),
    [(0.0, (0, 0.0, 0.0)), (0.25, (0, 0.5, 0.0)), (0.5, (0, 1.0, 0.0)), (1.75, (1, 1.0, 0.5)), (9.0, (3, 0.0, 0.0))],
)
def test_first_the_arrow_then_the_point(step: float, seen: tuple[int, float, float]) -> None:
    assert phases(step, 3) == pytest.approx(seen)


def test_arrows_are_as_long_as_their_steps(cut: Slice) -> None:
    panel = ParabolaPanel(lecture.PANEL, cut, chosen.SPAN, Pen())
    walk = Walk(cut.descend(START_W, chosen.RATE, 6), Clock())
    trail = StepTrail(panel.chart, walk, Pen())
    for k in range(6):
        start, end = trail.arrow(k)
        assert start == pytest.approx(panel.chart.to_screen(walk.descent.values[k], walk.descent.losses[k]))
        assert end[0] == pytest.approx(float(panel.chart.to_screen(walk.descent.values[k + 1], 0.0)[0]))
        assert end[0] - start[0] > 0 > walk.descent.slopes[k]  # to the right where the slope is negative


def test_the_point_and_its_numbers_follow_the_clock(cut: Slice) -> None:
    walk = Walk(cut.descend(START_W, chosen.RATE, 6), Clock())
    table = StepTable(walk, 1.0, 6, 0.0, 0.0, Pen())
    walk.clock.step = 2.0
    assert walk.value == walk.descent.values[2]
    assert table.cells(2) == ("3", "0.8910", "−9.958", "0.1992")
    walk.clock.step = 2.75
    assert walk.descent.values[2] < walk.value < walk.descent.values[3]


def test_shown_updates_add_up() -> None:
    source = update_with_numbers("b", START_B, 0.05, -5.38927618, Pen()).source
    assert "0.8554" in source
    assert "(-5.3893)" in source
    assert "1.1248" in source
    assert updated(START_B, 0.05, -5.38927618) == pytest.approx(1.1248257, abs=5e-8)


@pytest.fixture(scope="module")
def film() -> Film:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearsal = rehearse(GradientDescent)
        times = {time for start, end, _ in rehearsal.captions for time in (start + 1.2, (start + end) / 2, end - 0.07)}
        for chapter in rehearsal.beats:
            times |= {chapter.start + 0.01, (chapter.start + chapter.end) / 2, chapter.end - 0.07}
        ordered = sorted(times)
        return rehearsal, ordered, text_boxes(GradientDescent, None, ordered)


def test_no_text_stands_on_another(film: Film) -> None:
    nothing_overlaps(film)


def test_all_text_is_inside_the_margins(film: Film) -> None:
    for time, boxes in zip(film[1], film[2], strict=True):
        for box in boxes:
            assert box.left > LEFT - 0.1, f"at {time:.1f} s {box.text!r} leaves on the left"
            assert box.right < RIGHT + 0.1, f"at {time:.1f} s {box.text!r} leaves on the right"
            assert -FRAME_HEIGHT / 2 < box.bottom < box.top < FRAME_HEIGHT / 2, f"at {time:.1f} s {box.text!r}"
            assert box.size >= SMALLEST_TEXT, box


def test_the_film_can_be_followed(film: Film) -> None:
    rehearsal = film[0]
    assert 80 <= rehearsal.duration <= 175
    assert 6 <= len(rehearsal.beats) <= 9
    assert all(5 <= chapter.end - chapter.start <= 25 for chapter in rehearsal.beats)
    for start, end, text in rehearsal.captions:
        lines = text.split("\n")
        assert len(lines) <= LINES
        assert max(map(len, lines)) <= LINE
        assert len(text) / (end - start) <= READING_SPEED
    for (_, end, _), (start, _, text) in itertools.pairwise(rehearsal.captions):
        assert end <= start + 1e-6, text


def test_the_catalogue_knows_it() -> None:
    (entry,) = choose(["gradient-descent"])
    assert (entry.title, entry.model) == (GradientDescent.title, "linear")
    assert entry.own_data_refused
    assert entry.load() is GradientDescent


def test_every_step_of_the_four_rates_is_in_sight(cut: Slice) -> None:
    low, high = chosen.RATES_SPAN
    for rate in chosen.RATES:
        values = cut.descend(START_W, rate, chosen.RATES_STEPS).values
        assert low < values.min() < values.max() < high, rate


def test_only_negative_slopes_have_brackets() -> None:
    assert r"\cdot 21.677 =" in update_with_numbers("W", 3.0, 0.02, 21.677, Pen()).source
    assert r"\cdot (-20.323) =" in update_with_numbers("W", 0.2, 0.02, -20.323, Pen()).source


def test_updates_on_the_screen_add_up(film: Film) -> None:
    sources = {box.text for boxes in film[2] for box in boxes if ":=" in box.text and r"\cdot" in box.text}
    assert len(sources) == 5
    for source in sources:
        plain = re.sub(r"\\textcolor\{\w+\}\{([^{}]+)\}", r"\1", source)
        terms, equal, after = re.split(r"(?<!:)(=|\\approx)", plain.split(":=")[1].strip("$ "))
        before, rate, slope = (float(text) for text in re.findall(r"(?<![\d.])-?[\d.]+", terms.replace("- ", "")))
        # The result is rounded to four decimals, and so is half a unit off at most.
        assert (abs(before - rate * slope - float(after)) <= 0.5e-4 + 1e-9) == (equal == "="), source


def test_the_slice_has_the_whole_width_until_the_map_comes(run: Trajectory, cut: Slice) -> None:
    edges = (LEFT, -0.3, RIGHT)
    both = BetweenBounds(run, cut, chosen.SPAN, 2, edges, chosen.BETWEEN_WINDOW, Pen())
    point, (map_left, *_) = both.point, both.both.submobjects[0].chart.rect
    assert both.steps.arrow(0)[0] == pytest.approx(point._chart.to_screen(*point.position))
    assert point._chart.rect[2] == RIGHT
    both.make_room(1.0).finish()
    assert point._chart.rect[2] < map_left
    # The steps move with the curve.
    assert both.steps.arrow(0)[0] == pytest.approx(point._chart.to_screen(*point.position))


def test_points_stand_above_their_steps() -> None:
    seen: list[bool] = []

    class Watched(GradientDescent):
        def end_beat(self) -> None:
            leaves = [leaf for mobject in self.mobjects for leaf in mobject.get_family()]
            trails = {id(leaf.walk): place for place, leaf in enumerate(leaves) if isinstance(leaf, StepTrail)}
            points = [(place, leaf) for place, leaf in enumerate(leaves) if isinstance(leaf, CurvePoint)]
            seen.extend(
                trails[id(walk)] < place for place, point in points for walk in point.sources if id(walk) in trails
            )
            super().end_beat()

    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearse(Watched)
    assert len(seen) == 2 + 1 + 4 + 4 + 1
    assert all(seen)


def test_the_other_order_has_no_parameters_colour(run: Trajectory) -> None:
    pen = Pen()
    both = BothDescents(run, run, lecture.PANEL, chosen.ARRIVED_WINDOW, lecture.COLUMN, pen)
    colors = [path._color for path in both.paths.submobjects]
    assert len(set(colors)) == 2
    assert not {pen.palette["W"], pen.palette["b"]} & set(colors)


def test_the_map_fades_as_one_picture() -> None:
    step = OneStep(0.05, lecture.PANEL, lecture.COLUMN, lecture.ROOM, Pen())

    def picture(alpha: float) -> np.ndarray:
        surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 142, 80)
        context = cairo.Context(surface)
        context.set_source_rgb(0.2, 0.4, 0.6)
        context.paint()
        context.translate(71, 40)
        context.scale(10, -10)
        canvas = Canvas(context, np.zeros((80, 142, 4), dtype=np.uint8), 10.0)
        canvas.alpha = alpha
        step.map.field.paint(canvas)
        assert canvas.alpha == alpha
        left, bottom, right, top = (10 * step.map.chart.plane).round().astype(int).tolist()
        pixels = np.array(np.ndarray((80, 142, 4), np.uint8, surface.get_data()), dtype=float)
        # Inside its edges, which lie across pixels.
        return pixels[42 - top : 38 - bottom, 73 + left : 69 + right]

    nothing, whole = picture(0.0), picture(1.0)
    assert np.abs(whole - nothing).max(axis=-1).min() > 20
    # Eight bits a channel, rounded at every fill.
    assert np.abs(picture(0.3) - (0.7 * nothing + 0.3 * whole)).max() <= 3
