"""What the lecture on partial derivatives claims: its derivations, its quotients, its tangents, its rules."""

from __future__ import annotations

import re

import numpy as np
import pytest
from manim import tempconfig

from fitting import fit
from scenes.derivative import COLUMN, HOUSE, PANEL, POINT, STEPS, VIEWS, WINDOW, Derivative
from scenes.kit.chart import Chart
from scenes.kit.derivation import Derivation, Line
from scenes.kit.formula import Pen
from scenes.kit.lecture import RIGHT
from scenes.kit.projection import View
from scenes.kit.rehearsal import rehearse, text_boxes
from scenes.parts.derivative.descent_arrow import DescentArrow
from scenes.parts.derivative.function_panel import FunctionPanel
from scenes.parts.derivative.partial_derivatives import (
    ALONG_X,
    ALONG_Y,
    BY_X,
    BY_Y,
    FIRST,
    RULES,
    SECOND,
    Rule,
    at_inputs,
    at_line,
    f,
    f_x,
    f_y,
    line,
    line_with_numbers,
)
from scenes.parts.derivative.rule_column import RuleColumn
from scenes.parts.derivative.secant import Function, QuotientTable, Secant
from scenes.parts.derivative.slice_plane import LENS, PLANE, SlicePlane
from scenes.parts.derivative.slope_chart import SlopeTrace

POINTS = [POINT, (0.0, 0.0), (0.3, 1.7), (-1.2, 0.4), (2.0, -0.7)]
STEP = 1e-5
SECANTS = [(f_x, 0, FIRST), (f_y, 1, SECOND)]


def _difference(axis: int, x: float, y: float) -> float:
    dx, dy = (STEP, 0.0) if axis == 0 else (0.0, STEP)
    return float(f(x + dx, y + dy) - f(x - dx, y - dy)) / (2 * STEP)


def _secant(slope: Function, axis: int, concept: str) -> Secant:
    return Secant(f, slope, POINT, axis, STEPS, concept)


@pytest.mark.parametrize(("x", "y"), POINTS)
@pytest.mark.parametrize(("derivation", "slope", "axis"), [(BY_X, f_x, 0), (BY_Y, f_y, 1)])
def test_all_lines_are_the_partial_derivative(
    derivation: Derivation, slope: Function, axis: int, x: float, y: float
) -> None:
    assert len(derivation.lines) == 5
    for entry in derivation.lines:
        # Differences of numbers near 1 divided by 1e-4: rounding leaves about 1e-12.
        assert entry.value(at_inputs(x, y)) == pytest.approx(slope(x, y), rel=1e-9, abs=1e-9), entry.latex
    assert _difference(axis, x, y) == pytest.approx(slope(x, y), rel=1e-8, abs=1e-8)


def test_the_step_stands_in_the_second_place_for_y() -> None:
    assert r"\textcolor{b}{y} + \textcolor{b}{h}" in BY_Y.lines[0].latex
    assert r"\textcolor{data}{x} + " not in BY_Y.lines[0].latex
    # The notes' mistake would be found: differences along x are not the slope along y.
    wrong = Line("", lambda at: _difference(0, *at.params))
    assert wrong.value(at_inputs(*POINT)) != pytest.approx(f_y(*POINT), rel=1e-3)


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
@pytest.mark.parametrize("stage", [0.0, 0.4, 1.0, 1.7, 3.0])
def test_the_quotient_is_that_of_both_points(slope: Function, axis: int, concept: str, stage: float) -> None:
    secant = _secant(slope, axis, concept)
    secant.stage = stage
    x, y = POINT
    ahead = f(x + secant.h, y) if axis == 0 else f(x, y + secant.h)
    assert secant.quotient(secant.h) == pytest.approx((ahead - f(x, y)) / secant.h, rel=1e-12)


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
@pytest.mark.parametrize("stage", [0.0, 0.4, 1.0, 1.7, 2.95, 3.0])
def test_every_number_of_the_table_is_exact(slope: Function, axis: int, concept: str, stage: float) -> None:
    secant = _secant(slope, axis, concept)
    table = QuotientTable(secant, ("$h$", "$f$", "quotient"), 0.0, 0.0, Pen())
    secant.stage = stage
    rows = table.rows()
    assert len(rows) == int(np.ceil(stage)) + 1
    for h, grown, quotient in rows:
        assert float(grown) == pytest.approx(secant.difference(float(h)), abs=1e-12)
        assert float(quotient) == pytest.approx(float(grown) / float(h), abs=1e-12)


def test_the_captions_name_the_slopes() -> None:
    secants = [_secant(*given) for given in SECANTS]
    assert [secant.slope for secant in secants] == [3.0, 2.0]
    assert f(*POINT) == 2.0
    assert secants[0].quotient(1.0) == 4.0
    # "The nearer h comes to 0, the nearer the slope to 3."
    for secant in secants:
        errors = [abs(secant.quotient(h) - secant.slope) for h in STEPS]
        assert errors == sorted(errors, reverse=True)


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
def test_the_tangent_in_space_has_the_slope_and_touches(slope: Function, axis: int, concept: str) -> None:
    secants = [_secant(*given) for given in SECANTS]
    panel = FunctionPanel(f, WINDOW, PANEL, VIEWS, secants, ("x", "y", "f"), ("3", "2"), Pen())
    start, end = panel.slices[axis].tangent_ends()
    (low, high), box = (WINDOW.first, WINDOW.second)[axis], panel.box
    run = (end - start)[axis] / box.sides[axis] * (high - low)
    rise = (end - start)[2] / box.sides[2] * WINDOW.ceiling
    assert rise / run == pytest.approx(slope(*POINT), rel=1e-9)
    assert (end - start)[1 - axis] == pytest.approx(0.0, abs=1e-12)
    # The point lies on it: the tangent passes through at the point's share of its length.
    share = (panel.point.position - start)[axis] / (end - start)[axis]
    np.testing.assert_allclose(start + share * (end - start), panel.point.position, atol=1e-9)


def test_the_views_look_from_the_corner_that_slices_take_away() -> None:
    # A face is seen only if what lies before it are the smaller inputs.
    for azimuth, _ in VIEWS:
        assert 0 < azimuth < 90
    panel_view = View(*VIEWS[0])
    secants = [_secant(*given) for given in SECANTS]
    panel = FunctionPanel(f, WINDOW, PANEL, VIEWS, secants, ("x", "y", "f"), ("3", "2"), Pen())
    half = np.array(panel.box.sides[:2]) / 2
    corners = np.array([[-half[0], -half[1], 0.0], [half[0], half[1], 0.0]])
    _, depth = panel.box.project(corners, panel_view)
    assert depth[0] > depth[1]


def test_a_cut_shows_the_parts_and_healing_the_whole() -> None:
    secants = [_secant(*given) for given in SECANTS]
    panel = FunctionPanel(f, WINDOW, PANEL, VIEWS, secants, ("x", "y", "f"), ("3", "2"), Pen())
    panel.cut(0)
    assert (panel.whole.opacity, panel.parts[0][0].opacity, panel.parts[1][0].opacity) == (0.0, 1.0, 0.0)
    panel.heal(0)
    assert (panel.whole.opacity, panel.parts[0][0].opacity, panel.parts[0][1].opacity) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(("rule", "slope"), list(zip(RULES, (3.0, 0.2, 1.0), strict=True)), ids=("W", "x", "b"))
def test_the_rules_are_the_slopes_of_the_line(rule: Rule, slope: float) -> None:
    run = fit()
    w, b = run.params[0].tolist()
    numbers = (w, float(run.data.x[HOUSE]), b)
    for entry in rule.derivation.lines:
        # Steps of 1e-4: rounding leaves about 1e-12.
        assert entry.value(at_line(*numbers)) == pytest.approx(slope, rel=1e-9), entry.latex
    along, here = rule.along(numbers), numbers[rule.place]
    assert along(here) == line(*numbers) == pytest.approx(w * numbers[1] + b)
    assert (along(here + STEP) - along(here - STEP)) / (2 * STEP) == pytest.approx(slope, rel=1e-8)
    trace = SlopeTrace(Chart((0.0, 0.0, 4.0, 3.0), (0.0, 5.0), PLANE[1]), along, here, rule.concept, Pen())
    assert trace.rise(1.0) == pytest.approx(slope, rel=1e-12)


def test_the_line_with_numbers_adds_up() -> None:
    run = fit()
    w, b = run.params[0].tolist()
    latex = line_with_numbers(w, float(run.data.x[HOUSE]), b)
    shown_w, shown_x, shown_b, total = (float(number) for number in re.findall(r"\{([\d.]+)\}", latex))
    assert shown_w * shown_x + shown_b == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0, 2.2])
def test_the_curves_of_the_slices_are_those_written(value: float) -> None:
    assert _secant(*SECANTS[0]).height(value) == pytest.approx(value**2 + value)
    assert _secant(*SECANTS[1]).height(value) == pytest.approx(1 + value**2)


def test_the_arrow_points_straight_downhill_on_the_tangent_plane() -> None:
    secants = [_secant(*given) for given in SECANTS]
    panel = FunctionPanel(f, WINDOW, PANEL, VIEWS, secants, ("x", "y", "f"), ("3", "2"), Pen())
    arrow = DescentArrow(panel, np.array([f_x(*POINT), f_y(*POINT)]), r"-\nabla f", Pen())
    start, end = arrow.ends()
    assert start == pytest.approx(panel.point.position)
    units = np.array([np.ptp(WINDOW.first), np.ptp(WINDOW.second), WINDOW.ceiling]) / panel.box.sides
    run_x, run_y, rise = ((end - start) * units).tolist()
    assert run_y / run_x == pytest.approx(2 / 3)
    assert run_x < 0
    assert rise == pytest.approx(3 * run_x + 2 * run_y)
    assert panel.box.window.contains(np.add(POINT, (run_x, run_y)))


def test_the_curve_of_a_slice_has_room() -> None:
    plane = SlicePlane(_secant(*SECANTS[0]), ALONG_X, WINDOW, COLUMN, Pen())
    _, bottom, right, top = plane.chart.chart.plane.tolist()
    # A third of the frame's height, and most of the width below the curve.
    assert top - bottom > 8.0 / 3
    assert WINDOW.first[1] - WINDOW.first[0] > 0.7 * (PLANE[0][1] - PLANE[0][0])
    assert right <= RIGHT


def test_titles_inside_charts_stand_clear_of_grid_lines_and_ticks() -> None:
    w, b = fit().params[0].tolist()
    charts = [SlicePlane(_secant(*SECANTS[k]), (ALONG_X, ALONG_Y)[k], WINDOW, COLUMN, Pen()).chart for k in (0, 1)]
    columns = [RuleColumn(rule, (w, 3.0, b), 0.0, 4.3, 0.33, Pen()).chart for rule in RULES]
    for axes in (panel.axes for panel in (*charts, *columns)):
        left, _, right, top = axes._chart.plane.tolist()
        assert left < right
        for value, _ in axes._y_ticks:
            # The letters' bodies, without the parentheses' tails.
            assert not top - 0.36 < float(axes._chart.to_screen(0.0, value)[1]) < top - 0.1
        last, stamp = axes._x_ticks[-1]
        end = float(axes._chart.to_screen(last, 0.0)[0]) + stamp.width / 2
        assert end + 0.15 < right - axes._x_title.width


def test_names_of_the_slope_triangle_stay_inside_the_margin() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        starts = [start for start, _, text in rehearse(Derivative).captions if text.startswith(("Go a step", "Halve"))]
        frames = text_boxes(Derivative, None, [start + 1.5 for start in starts])
    assert len(frames) == 2
    for boxes in frames:
        assert max(box.right for box in boxes) < RIGHT


@pytest.mark.parametrize("rule", RULES, ids=("W", "x", "b"))
def test_a_step_has_the_colour_of_what_it_is_a_step_of(rule: Rule) -> None:
    (definition, _) = rule.derivation.lines
    assert set(re.findall(r"\\textcolor\{(\w+)\}\{h\}", definition.latex)) == {rule.concept}
    assert not re.search(r"(?<!\{)\bh\b", definition.latex)


def test_the_film_is_as_long_as_it_should_be() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        film = rehearse(Derivative)
    assert 60 <= film.duration <= 150
    assert 6 <= len(film.beats) <= 8


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
def test_the_lens_keeps_the_points_apart_and_straightens_the_curve(slope: Function, axis: int, concept: str) -> None:
    secant = _secant(slope, axis, concept)
    plane = SlicePlane(secant, (ALONG_X, ALONG_Y)[axis], WINDOW, COLUMN, Pen())
    sags, distances = [], []
    for stage in (2.0, 2.5, 3.0):
        secant.stage = stage
        at, h = secant.at, secant.h
        ends = plane.lens.chart.to_screen([at, at + h], secant.heights(np.array([at, at + h])))
        around = plane.chart.chart.to_screen([at, at + h], secant.heights(np.array([at, at + h])))
        distances.append(float(ends[1, 0] - ends[0, 0]))
        # Slopes look as they do in the chart.
        assert np.ptp(ends[:, 1]) / np.ptp(ends[:, 0]) == pytest.approx(np.ptp(around[:, 1]) / np.ptp(around[:, 0]))
        sags.append(plane.lens.sag())
    assert distances == pytest.approx([distances[0]] * 3)
    assert distances[0] > 1.0
    # From h = 0.1 to 0.01: a tenth of what the curve, a parabola, runs from its chord.
    assert sags[2] == pytest.approx(sags[0] / 10, rel=1e-3)


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
def test_the_lens_stands_below_the_tangent(slope: Function, axis: int, concept: str) -> None:
    secant = _secant(slope, axis, concept)
    plane = SlicePlane(secant, (ALONG_X, ALONG_Y)[axis], WINDOW, COLUMN, Pen())
    left, bottom, right, top = LENS
    at_left = secant.at + (left - float(plane.chart.chart.to_screen(secant.at, 0.0)[0])) / float(
        np.diff(plane.chart.chart.to_screen([0.0, 1.0], [0.0, 0.0])[:, 0])[0]
    )
    height = secant.height(secant.at) + secant.slope * (at_left - secant.at)
    assert float(plane.chart.chart.to_screen(at_left, height)[1]) > top + 0.05
    plane_left, floor, plane_right, _ = plane.chart.chart.plane.tolist()
    assert plane_left < left < right <= plane_right + 1e-9
    assert floor < bottom


def test_a_row_is_not_seen_while_it_repeats_the_one_above() -> None:
    secant = _secant(*SECANTS[0])
    table = QuotientTable(secant, ("$h$", "$f$", "quotient"), 0.0, 0.0, Pen())
    for stage, opacity in ((0.0, 1.0), (1.0, 1.0), (3.0, 1.0), (1.5, 1.0)):
        secant.stage = stage
        assert table.arrived == opacity
    secant.stage = 1.01
    assert table.rows()[-1] == ("0.49", "1.7101", "3.49")
    assert table.arrived < 0.05


def test_the_three_rules_begin_with_their_points() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        film = rehearse(Derivative)
        (boxes,) = text_boxes(Derivative, None, [film.beats[-1].start + 2.0])
    titles = {box.text.removeprefix("$\\displaystyle ").removesuffix("$") for box in boxes}
    assert {rule.name for rule in RULES} <= titles
