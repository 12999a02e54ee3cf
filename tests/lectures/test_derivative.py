"""What the lecture on partial derivatives claims: its derivations, its quotients, its tangents, its rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from lesson_files import SMALL
from manim import tempconfig

from fitting import fit
from fitting.derivation import Derivation, Line, Point
from fitting.differences import central_difference
from scenes.derivative import COLUMN, HOUSE, PANEL, POINT, STEPS, VIEWS, WINDOW, Derivative
from scenes.kit.drawing.frame import RIGHT
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.landscape.projection import View
from scenes.kit.story.rehearsal import rehearse, text_boxes
from scenes.kit.text.formula import Formula, Pen
from scenes.parts.derivative.function_panel import FunctionPanel
from scenes.parts.derivative.partial_derivatives import (
    ALONG_X,
    ALONG_Y,
    BY_X,
    BY_Y,
    FIRST,
    RULES,
    SECOND,
    Direction,
    Rule,
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
SECANTS = [(f_x, 0, FIRST), (f_y, 1, SECOND)]


def _difference(axis: int, x: float, y: float) -> float:
    return float(Point(np.array([x, y])).difference(lambda at: f(*at.params), axis))


def _secant(slope: Function, axis: int, concept: str) -> Secant:
    return Secant(f, slope, POINT, axis, STEPS, concept)


@dataclass(frozen=True)
class Told:
    """What the film says and shows.

    Attributes:
        captions: Each with the step of both secants at its end.
        written: Sources of what is set for the screen.
    """

    captions: list[tuple[str, tuple[float, float]]]
    written: list[str]

    def numbers(self, start: str) -> list[float]:
        """The numbers of the captions that begin so."""
        texts = [text.removeprefix(start) for text, _ in self.captions if text.startswith(start)]
        return [number for text in texts for number in _numbers(text)]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


@pytest.fixture(scope="module")
def film() -> Told:
    told, make = Told([], []), Formula.__init__

    class Watched(Derivative):
        def _end_caption(self) -> None:
            text = self._caption_text.replace("\n", " ")
            super()._end_caption()
            if text:
                told.captions.append((text, (self.by_x.h, self.by_y.h)))

    def noted(self: Formula, content: Any, source: str, *args: Any) -> None:
        told.written.append(source)
        make(self, content, source, *args)

    with pytest.MonkeyPatch.context() as patch, tempconfig(SMALL):
        patch.setattr(Formula, "__init__", noted)
        rehearse(Watched)
    return told


@pytest.mark.parametrize(("x", "y"), POINTS)
@pytest.mark.parametrize(("derivation", "slope", "axis"), [(BY_X, f_x, 0), (BY_Y, f_y, 1)])
def test_all_lines_are_the_partial_derivative(
    derivation: Derivation, slope: Function, axis: int, x: float, y: float
) -> None:
    assert len(derivation.lines) == 5
    # Differences of numbers near 1 divided by 1e-4: rounding leaves about 1e-12.
    assert derivation.wrong(Point(np.array([x, y])), slope(x, y), 1e-9) == {}
    assert _difference(axis, x, y) == pytest.approx(slope(x, y), rel=1e-8, abs=1e-8)


def test_the_step_stands_in_the_second_place_for_y() -> None:
    assert r"\textcolor{b}{y} + \textcolor{b}{h}" in BY_Y.lines[0].latex
    assert r"\textcolor{data}{x} + " not in BY_Y.lines[0].latex
    # The notes' mistake would be found: differences along x are not the slope along y.
    wrong = Line("", lambda at: _difference(0, *at.params))
    assert wrong.value(Point(np.array(POINT))) != pytest.approx(f_y(*POINT), rel=1e-3)


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
@pytest.mark.parametrize("approach", [0.0, 0.4, 1.0, 1.7, 3.0])
def test_the_quotient_is_that_of_both_points(slope: Function, axis: int, concept: str, approach: float) -> None:
    secant = _secant(slope, axis, concept)
    secant.approach = approach
    x, y = POINT
    ahead = f(x + secant.h, y) if axis == 0 else f(x, y + secant.h)
    assert secant.quotient(secant.h) == pytest.approx((ahead - f(x, y)) / secant.h, rel=1e-12)


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
@pytest.mark.parametrize("approach", [0.0, 0.4, 1.0, 1.7, 2.95, 3.0])
def test_every_number_of_the_table_is_exact(slope: Function, axis: int, concept: str, approach: float) -> None:
    secant = _secant(slope, axis, concept)
    table = QuotientTable(secant, ("h", "f"), 0.0, 0.0, Pen())
    secant.approach = approach
    rows = table.rows()
    assert len(rows) == int(np.ceil(approach)) + 1
    for h, grown, quotient in rows:
        assert float(grown) == pytest.approx(secant.difference(float(h)), abs=1e-12)
        assert float(quotient) == pytest.approx(float(grown) / float(h), abs=1e-12)


def test_the_captions_name_the_slopes(film: Told) -> None:
    along_x, along_y = (_secant(*given) for given in SECANTS)
    run = fit()
    expected = {
        "Stand at": [*POINT, f(*POINT)],
        "The secant’s slope": [along_x.difference(STEPS[0]), STEPS[0], along_x.quotient(STEPS[0])],
        "With a step of": [STEPS[0], along_y.quotient(STEPS[0])],
        "For h to 0 the": [along_x.slope],
        "The slopes near": [along_y.slope],
        "At our point": [along_x.slope, along_y.slope],
        "One point, two tangents": [along_x.slope, 1],
        "... the other by": [along_y.slope, 1],
        "Minus the gradient": [-along_x.slope, -along_y.slope],
        "One more in W": [run.data.x[HOUSE]],
        "One more in x": [run.params[0, 0]],
        "One more in b": [1],
    }
    assert {start: film.numbers(start) for start in expected} == expected
    # "The slopes near": each is nearer than the one before.
    for secant in (along_x, along_y):
        errors = [abs(secant.quotient(h) - secant.slope) for h in STEPS]
        assert errors == sorted(errors, reverse=True)


def test_a_caption_names_the_steps_that_are_taken_under_it(film: Told) -> None:
    before, moves = (STEPS[0], STEPS[0]), 0
    for text, after in film.captions:
        for start, end in zip(before, after, strict=True):
            # Through logarithms a step is its number but for rounding.
            passed = [h for h in STEPS if end < h + 1e-9 < start]
            if passed:
                named = [start / 2] if text.startswith("Halve") else _numbers(text)
                assert named == pytest.approx(passed), text
                moves += 1
        before = after
    assert moves == 5


def test_no_way_down_is_steeper_than_minus_the_gradient() -> None:
    angles = np.linspace(0.0, 2 * np.pi, 721)
    falls = f_x(*POINT) * np.cos(angles) + f_y(*POINT) * np.sin(angles)
    down = -np.array([f_x(*POINT), f_y(*POINT)])
    # The best of directions half a degree apart is at most a quarter of one away.
    steepest = angles[np.argmin(falls)]
    assert np.cos(steepest - np.arctan2(down[1], down[0])) == pytest.approx(1.0, abs=1e-5)


def test_the_caption_says_where_the_surface_is_cut_off(film: Told) -> None:
    assert film.numbers("Above each point") == [WINDOW.ceiling]
    assert f(WINDOW.first[1], WINDOW.second[1]) > WINDOW.ceiling
    for secant, span in zip([_secant(*given) for given in SECANTS], (WINDOW.first, WINDOW.second), strict=True):
        assert secant.heights(np.array(span)).max() < WINDOW.ceiling


def test_numbers_put_in_for_the_inputs_have_their_colours(film: Told) -> None:
    plain = [re.sub(r"\\textcolor\{\w+\}\{[^{}]*\}", "", source) for source in film.written if "{f}" in source]
    assert len(plain) > 20
    # A 1 alone is an input's number; what is left are powers and the factor 2.
    assert not [source for source in plain if re.search(r"(?<!\^)1", source)]
    for rule in RULES[:2]:
        answer = rule.in_numbers((0.2, 3.0, 0.8554))
        ((letter_color, _),) = re.findall(r"\\textcolor\{(\w+)\}\{(\w)\}", rule.derivation.lines[-1].latex)
        assert re.findall(r"\\textcolor\{(\w+)\}", answer) == [letter_color]


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
    # Steps of 1e-4: rounding leaves about 1e-12.
    assert rule.derivation.wrong(Point(np.array(numbers)), slope, 1e-9) == {}
    along, here = rule.along(numbers), numbers[rule.place]
    assert along(here) == line(*numbers) == pytest.approx(w * numbers[1] + b)
    assert central_difference(along, here) == pytest.approx(slope, rel=1e-8)
    trace = SlopeTrace(Chart((0.0, 0.0, 4.0, 3.0), (0.0, 5.0), PLANE[1]), along, here, rule.concept, Pen())
    assert trace.rise(1.0) == pytest.approx(slope, rel=1e-12)


def test_the_line_with_numbers_adds_up() -> None:
    run = fit()
    w, b = run.params[0].tolist()
    for intercept, equals in ((b, r"\approx"), (0.8554, "=")):
        latex = line_with_numbers(w, float(run.data.x[HOUSE]), intercept)
        shown_w, shown_x, shown_b, total = (float(number) for number in re.findall(r"\{([\d.]+)\}", latex))
        assert shown_w * shown_x + shown_b == pytest.approx(total, abs=1e-9)
        assert shown_b == pytest.approx(intercept, abs=5e-5)
        assert rf"\textcolor{{b}}{{b}} {equals} \textcolor{{W}}{{0.2}}" in latex


@pytest.mark.parametrize("way", [ALONG_X, ALONG_Y], ids="xy")
def test_what_a_table_of_numbers_is_headed_with_is_of_the_point(way: Direction) -> None:
    assert not re.search("[xy]", way.ahead.replace(r"\textcolor", ""))
    # The curve is written for any input.
    assert re.search("[xy]", way.here.replace(r"\textcolor", ""))


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0, 2.2])
def test_the_curves_of_the_slices_are_those_written(value: float) -> None:
    assert _secant(*SECANTS[0]).height(value) == pytest.approx(value**2 + value)
    assert _secant(*SECANTS[1]).height(value) == pytest.approx(1 + value**2)


def test_the_arrow_points_straight_downhill_on_the_tangent_plane() -> None:
    secants = [_secant(*given) for given in SECANTS]
    panel = FunctionPanel(f, WINDOW, PANEL, VIEWS, secants, ("x", "y", "f"), ("3", "2"), Pen())
    arrow, _ = panel.arrow(np.array([f_x(*POINT), f_y(*POINT)]), r"-\nabla f", Pen())
    start, end = arrow.position, arrow.arrow_tip()
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
    with tempconfig(SMALL):
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
    with tempconfig(SMALL):
        film = rehearse(Derivative)
    assert 60 <= film.duration <= 170
    assert 6 <= len(film.beats) <= 8


@pytest.mark.parametrize(("slope", "axis", "concept"), SECANTS)
def test_the_lens_keeps_the_points_apart_and_straightens_the_curve(slope: Function, axis: int, concept: str) -> None:
    secant = _secant(slope, axis, concept)
    plane = SlicePlane(secant, (ALONG_X, ALONG_Y)[axis], WINDOW, COLUMN, Pen())
    sags, distances = [], []
    for approach in (2.0, 2.5, 3.0):
        secant.approach = approach
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
    table = QuotientTable(secant, ("h", "f"), 0.0, 0.0, Pen())
    for approach, opacity in ((0.0, 1.0), (1.0, 1.0), (3.0, 1.0), (1.5, 1.0)):
        secant.approach = approach
        assert table.arrived == opacity
    secant.approach = 1.01
    assert table.rows()[-1] == ("0.49", "1.7101", "3.49")
    assert table.arrived < 0.05


def test_the_three_rules_begin_with_their_points() -> None:
    with tempconfig(SMALL):
        film = rehearse(Derivative)
        (boxes,) = text_boxes(Derivative, None, [film.beats[-1].start + 2.0])
    titles = {box.text.removeprefix("$\\displaystyle ").removesuffix("$") for box in boxes}
    assert {rule.name for rule in RULES} <= titles
