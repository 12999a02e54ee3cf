"""What the lecture on the cubic claims: its derivations, its curvatures, its two rates, every number it shows."""

from __future__ import annotations

import re

import cairo
import numpy as np
import pytest
from layout_checks import Film, all_is_inside_the_frame, nothing_is_too_small, nothing_overlaps
from manim import tempconfig

from fitting import MODELS, StopReason, fit, hessian, least_squares, mean_loss
from fitting.course import Course
from fitting.derivation import Point
from fitting.differences import central_difference
from scenes.cubic import MORE_W, CubicFit
from scenes.kit.drawing.painting import Canvas, Tween
from scenes.kit.drawing.style import FRAME_HEIGHT
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.curves import CurveLine
from scenes.kit.panels.live import LiveNumber
from scenes.kit.panels.summary import residuals
from scenes.kit.panels.three_models import three_runs
from scenes.kit.story.rehearsal import rehearse, stills, text_boxes
from scenes.kit.subject.probe import Spot
from scenes.kit.subject.replay import Replay, Runs
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import X_I
from scenes.kit.words.numbers import count, number
from scenes.parts.cubic.curve_tangent import cubic_tangent, tangent_numbers
from scenes.parts.cubic.descent_panels import ALMOST, FLOOR, OVER_THE_RIM, WHOLE, DescentPanels
from scenes.parts.cubic.formulas import CUBE_I, FACTORS, SLOPE, condition_number, curvature_lines, curvatures
from scenes.parts.cubic.rate_duel import LAST_SEEN, RATES, TROUGH, RateDuel
from scenes.parts.cubic.tables import lift_table, weighted_slope, weighted_table
from scenes.parts.cubic.valley_sections import ValleySections

CAPTION, HEADER = -2.95, 3.4
"""Below the first stand captions, above the second title and beat."""


def test_the_lines_of_the_curvature_are_second_derivatives() -> None:
    run = fit("cubic")
    at = Point(run.params[0], run.data.x, run.data.y)
    matrix = hessian(run.model, run.loss_function, run.params[0], run.data)
    by_w, by_b, mixed = curvature_lines(run.data)
    for derivation, second in zip((by_w, by_b, mixed), (matrix[0, 0], matrix[1, 1], matrix[0, 1]), strict=True):
        assert derivation.wrong(at, second) == {}
    assert r"1 + 64 + 729 + 4096" in by_w.lines[1].latex
    assert r"\textcolor{W}{2445}" in by_w.lines[1].latex
    assert r"(1 + 8 + 27 + 64) = 50" in mixed.lines[0].latex
    assert matrix.ravel() == pytest.approx([2445, 50, 50, 2], rel=1e-6)


def test_the_slope_along_the_curve_is_that_of_the_model() -> None:
    run = fit("cubic")
    at = Point(run.params[0], run.data.x)
    assert SLOPE.wrong(at, central_difference(lambda x: run.model.predict(at.params, x), at.x)) == {}


def test_curvatures_condition_and_bound() -> None:
    run = fit("cubic")
    course = Course.of(run, least_squares(run.model, run.data))
    assert course.steep == pytest.approx(2446.02, abs=0.01)
    assert course.flat == pytest.approx(0.9771, abs=1e-4)
    assert course.steep / course.flat == pytest.approx(2503.4, abs=0.1)
    assert 2 / course.steep == pytest.approx(0.000818, abs=5e-7)
    assert 100 * (1 - run.learning_rate[0] * course.steep) == pytest.approx(2, abs=0.5)
    assert f"{100 * (1 - run.learning_rate[0] * course.flat):.2f}" == "99.96"
    line = fit("linear")
    plain = Course.of(line, least_squares(line.model, line.data))
    assert f"{plain.steep / plain.flat:.0f}" == "56"


def test_the_condition_number_is_the_ratio_of_the_curvatures_shown() -> None:
    run = fit("cubic")
    course = Course.of(run, least_squares(run.model, run.data))
    pen = Pen()
    source = condition_number(course, pen).source
    above, below, ratio = (float(digits) for digits in re.findall(r"\d+\.?\d*", source))
    assert round(above / below) == ratio
    assert curvatures(course, pen).source == f"${above:g}$ across, ${below:g}$ along its floor"


def test_the_valley_is_as_askew_as_the_film_says() -> None:
    run = fit("cubic")
    best = least_squares(run.model, run.data)
    sections = ValleySections((0.0, 0.0, 6.0, 5.0), run, best, 0.1, Pen())
    assert f"{sections.askew:.1f}" == "1.2"
    # Along the floor, where the run is after its first steps, W changes by the tangent of that for each 1 of b.
    floor = np.diff(run.params[[10, 1000]], axis=0)[0]
    assert -floor[0] / floor[1] == pytest.approx(np.tan(np.radians(sections.askew)), rel=1e-2)
    # The second derivatives that are shown, 2445, 2 and 50, give the curvatures that are shown.
    np.testing.assert_allclose(np.linalg.eigvalsh([[2445.0, 50.0], [50.0, 2.0]]), sections.curvatures, rtol=1e-6)


def test_only_the_slope_by_w_differs_from_the_lines() -> None:
    data = fit("cubic").data
    cells = {"1": np.ones_like(data.x), X_I: data.x, CUBE_I: data.x**3}
    for column, name in enumerate(("linear", "cubic")):
        slopes = MODELS[name].jacobian(np.array([0.3, 0.7]), data.x)
        for k, parameter in enumerate(MODELS[name].parameters):
            np.testing.assert_allclose(slopes[:, k], cells[FACTORS[parameter][column]], rtol=1e-12)
    assert FACTORS["b"][0] == FACTORS["b"][1]
    assert FACTORS["W"][0] != FACTORS["W"][1]


@pytest.mark.parametrize("window", [WHOLE, TROUGH])
def test_no_landscape_is_cut_by_its_ceiling(window: Window) -> None:
    run = fit("cubic")
    corners = np.stack(np.meshgrid(window.first, window.second), axis=-1)
    # A paraboloid is highest at a corner.
    highest = float(mean_loss(run.model, run.loss_function, corners, run.data).max())
    assert 0.9 * window.ceiling < highest < window.ceiling


def test_the_bowl_at_the_end_has_its_rim_inside_the_window_and_hides_nothing() -> None:
    run = fit("cubic")
    edges = [np.linspace(*span, 200) for span in (FLOOR.first, FLOOR.second)]
    rim = [np.stack(np.broadcast_arrays(first, edges[1]), axis=-1) for first in FLOOR.first]
    rim += [np.stack(np.broadcast_arrays(edges[0], second), axis=-1) for second in FLOOR.second]
    # The surface is cut at the ceiling: a window at whose edge it were lower would show a sheet, cut off there.
    assert float(mean_loss(run.model, run.loss_function, np.concatenate(rim), run.data).min()) > FLOOR.ceiling
    panels = DescentPanels(Replay(run), Pen())
    told = run.steps >= panels.reached
    assert FLOOR.contains(run.params[told]).all()
    assert run.loss[told].max() < FLOOR.ceiling
    points = panels.near.box.place(run.params[told], run.loss[told])
    for azimuth, elevation in OVER_THE_RIM:
        panels.near.view.azimuth, panels.near.view.elevation = azimuth, elevation
        surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 320, 180)
        pixels = np.ndarray((180, 320, 4), np.uint8, surface.get_data())
        panels.near.surface.paint(Canvas(cairo.Context(surface), pixels, 180 / FRAME_HEIGHT))
        assert not panels.near.surface.hides(points).any()


def test_sections_are_cut_along_the_axes_of_the_valley() -> None:
    run = fit("cubic")
    best = least_squares(run.model, run.data)
    sections = ValleySections((0.0, 0.0, 6.0, 5.0), run, best, 0.1, Pen())
    least = float(mean_loss(run.model, run.loss_function, best, run.data))
    for which, curvature in enumerate(sections.curvatures):
        losses = sections.section(np.array([-0.1, 0.0, 0.1]), which)
        # The loss is a quadratic: least + curvature / 2 times the distance squared.
        np.testing.assert_allclose(losses, least + np.array([1, 0, 1]) * curvature * 0.005, rtol=1e-6)


def test_one_rate_converges_and_the_other_diverges() -> None:
    below, above = (fit("cubic", learning_rate=rate, steps=10_000) for rate in RATES)
    assert RATES == (0.0008, 0.00083)
    assert below.stop_reason is StopReason.STEPS_USED_UP
    assert below.final_loss == pytest.approx(0.013792896, abs=1e-9)
    assert above.stop_reason is StopReason.DIVERGED
    assert above.total_steps == 465
    best = least_squares(below.model, below.data)
    for run, grows in ((below, False), (above, True)):
        side = np.sign(run.params[:20, 0] - best[0])
        assert (side[1:] == -side[:-1]).all(), "every step crosses the valley"
        distance = np.abs(run.params[:20, 0] - best[0])
        # Every other step, as the valley is a little askew.
        assert ((distance[2:] > distance[:-2]) == grows).all()
        assert ((run.loss[1:20] > run.loss[:19]) == grows).all()


def test_landings_are_told_as_long_as_they_are_seen() -> None:
    above = fit("cubic", learning_rate=RATES[1], steps=10_000)
    seen = TROUGH.contains(above.params) & (above.loss <= TROUGH.ceiling)
    assert seen[: LAST_SEEN + 1].all()
    assert not seen[LAST_SEEN + 1 :].any()


def test_the_duel_shows_factors_and_numbers_of_one_record() -> None:
    runs = [fit("cubic", learning_rate=rate, steps=10_000) for rate in RATES]
    duel = RateDuel(runs, 2446.0229, TROUGH, (-6.7, -2.7, 6.7, 3.3), (-18.0, 48.0), Pen())
    numbers = [[one for one in side.submobjects if isinstance(one, LiveNumber)] for side in duel.sides]

    def texts() -> list[list[str]]:
        return [[number.text for number in side] for side in numbers]

    assert texts()[0] == ["0", "0.2000", "5.347"]
    duel.runs.step = 3.0
    assert texts() == [["3", "0.0768", "4.118"], ["3", "0.0625", "6.378"]]
    duel.runs.progress = 1.0
    assert [step for step, *_ in texts()] == [count(10_000), "465"]


def test_replays_on_one_clock_stay_at_their_ends() -> None:
    runs = Runs(three_runs())
    runs.progress = 1.0
    assert [replay.step for replay in runs.replays] == [10_000, 10_000, 20_000]
    runs.step = 2.5
    assert runs.progress == pytest.approx(runs.progress_at(2.5))
    assert [replay.moment.record for replay in runs.replays] == [2, 2, 2]


def test_the_first_gradient_is_what_the_table_makes_of_it() -> None:
    run = fit("cubic")
    residual, weighted = residuals(run)
    assert run.gradient[0].tolist() == pytest.approx([weighted.mean() * 2, residual.mean() * 2], rel=1e-12)
    np.testing.assert_allclose(weighted, [0.36, 7.64, 47.39, 265.94], atol=0.005)
    for parameter, numbers in ((0, ("321.3", "160.7")), (1, ("7.221", "3.611"))):
        assert all(text in weighted_slope(run, parameter, Pen()).source for text in numbers)
    # "Over 44 times as much", also of the numbers that are shown.
    assert 44 < run.gradient[0, 0] / run.gradient[0, 1] < 160.7 / 3.611 < 45
    assert f"{100 * weighted[-1] / weighted.sum():.0f}" == f"{100 * 265.9 / 321.3:.0f}" == "83"


def test_every_row_of_the_weighted_table_can_be_worked_out_from_its_cells() -> None:
    run = fit("cubic")
    texts = [part.source for part in weighted_table(run, 0.0, 0.0, Pen()).get_family() if isinstance(part, Formula)]
    cells = np.array([float(text.strip("$")) for text in texts if re.fullmatch(r"\$?[\d.]+\$?", text)])
    sums, rows = cells[-2:], cells[:-2].reshape(4, 6)
    for x, cube, prediction, target, residual, product in rows:
        assert cube == x**3
        assert prediction - target == pytest.approx(residual, abs=1e-9)
        assert f"{residual * cube:.1f}" == f"{product:.1f}"
    assert rows[:, 5].sum() == pytest.approx(sums[1], abs=1e-9)
    # The rounded residuals give 7.220: the row says that its sums are not theirs.
    assert rows[:, 4].sum() == pytest.approx(sums[0], abs=2e-3)
    assert any("sum before rounding" in text for text in texts)


def test_what_w_lifts_and_how_the_slope_grows() -> None:
    run = fit("cubic")
    x, start = run.data.x, run.params[0]
    lifted = run.model.predict(start + np.array([MORE_W, 0.0]), x) - run.model.predict(start, x)
    np.testing.assert_allclose(lifted, [0.05, 0.40, 1.35, 3.20], atol=1e-9)
    assert lift_table(x, MORE_W, 0.0, 0.0, Pen()).submobjects
    ends = np.array([x - 1e-6, x + 1e-6])
    slopes = np.diff(run.model.predict(start, ends.ravel()).reshape(2, -1), axis=0)[0] / 2e-6
    np.testing.assert_allclose(slopes, [0.6, 2.4, 5.4, 9.6], rtol=1e-8)
    assert slopes[3] / slopes[0] == pytest.approx(16, rel=1e-6)


@pytest.mark.parametrize("x", [1.0, 1.4512, 3.514, 3.998])
def test_the_tangents_slope_is_that_of_the_input_as_it_is_shown(x: float) -> None:
    chart, spot = Chart((0.0, 0.0, 5.0, 5.0), (0.5, 5.5), (0.0, 20.0)), Spot(x)
    tangent = cubic_tangent(chart, fit("cubic").params[0], spot, Pen())
    place, slope = tangent_numbers(tangent, spot, Pen()).submobjects
    assert isinstance(place, LiveNumber)
    assert isinstance(slope, LiveNumber)
    assert slope.text == f"{3 * 0.2 * float(place.text) ** 2:.2f}"


def test_the_descent_and_its_windows() -> None:
    run = fit("cubic")
    best = least_squares(run.model, run.data)
    np.testing.assert_allclose(best, [0.14108787, 0.52280335], atol=5e-9)
    # "But for the fourth digit of b."
    (w, best_w), (b, best_b) = (
        [number(float(one)) for one in pair] for pair in zip(run.final_params, best, strict=True)
    )
    assert w == best_w
    assert b[:5] == best_b[:5] == "0.522"
    assert b[5] != best_b[5]
    assert WHOLE.contains(run.params).all()


def test_the_comparison_is_that_of_the_facts() -> None:
    line, sigmoid, cubic = three_runs()
    assert [run.final_loss for run in (line, sigmoid, cubic)] == pytest.approx([1.103, 0.0120541, 0.0137929], abs=1e-6)
    assert f"{line.final_loss / cubic.final_loss:.0f}" == "80"
    ahead = [float(run.model.predict(run.final_params, np.array([5.0]))[0]) for run in (line, sigmoid, cubic)]
    assert ahead == pytest.approx([11.4, 14.849, 18.159], abs=0.002)
    residuals = line.model.predict(line.final_params, line.data.x) - line.data.y
    np.testing.assert_allclose(np.abs(residuals), 1.0, atol=0.1)


def test_landings_are_on_the_surface_and_come_nearer_or_go_farther() -> None:
    runs = [fit("cubic", learning_rate=rate, steps=40) for rate in RATES]
    duel = RateDuel(runs, 2446.0, TROUGH, (-6.0, -2.75, 6.0, 3.3), (-18.0, 48.0), Pen())
    best = least_squares(runs[0].model, runs[0].data)[0]
    middle = (best - TROUGH.first[0]) / (TROUGH.first[1] - TROUGH.first[0]) - 0.5
    for landings, panel, run, nearer in zip(duel.landings, duel.panels, runs, (True, False), strict=True):
        duel.runs.step = 0.0
        assert len(landings.reached()) == 1
        duel.runs.step = 12.5
        points = landings.reached()
        assert len(points) == 13
        np.testing.assert_allclose(points[:, 2] / panel.box.sides[2] * TROUGH.ceiling, run.loss[:13], rtol=1e-12)
        # Each landing against the one before it on the same side.
        away = np.abs(points[:, 0] / panel.box.sides[0] - middle)
        assert ((away[2:] < away[:-2]) == nearer).all()
        assert panel.trail.recent < 5


def test_the_tangent_stays_inside_the_chart() -> None:
    chart = Chart((-5.0, -3.0, 5.0, 3.0), (0.5, 5.5), (0.0, 20.0))
    tangent = cubic_tangent(chart, np.array([0.2, 0.9]), Spot(0.6), Pen())
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 280, 160)
    context = cairo.Context(surface)
    context.translate(140, 80)
    context.scale(20, -20)
    tangent.paint(Canvas(context, np.zeros((160, 280, 4), dtype=np.uint8), 20.0))
    drawn = np.frombuffer(surface.get_data(), np.uint8).reshape(160, 280, 4)[..., 3] > 0
    left = int(140 + 20 * (float(chart.plane[0]) - 0.15))
    assert drawn.any()
    assert not drawn[:, :left].any()


def test_the_data_stay_in_front_of_every_curve_also_while_it_is_drawn() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        lecture = CubicFit()
        lecture.renderer.skip_animations = True
        lecture.construct()
        curves = [mobject for mobject in lecture.mobjects if isinstance(mobject, CurveLine)]
        assert len(curves) == 2
        for curve in (*curves, lecture.fit.layer):
            moving, static = lecture.get_moving_and_static_mobjects([Tween(curve, 1.0, opacity=1.0)])
            assert lecture.fit.dots not in static
            assert moving.index(lecture.fit.dots) > moving.index(curve)


@pytest.fixture(scope="module")
def film() -> Film:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearsal = rehearse(CubicFit)
        times = sorted({0.5 + 1.5 * k for k in range(int(rehearsal.duration / 1.5))})
        return rehearsal, times, text_boxes(CubicFit, None, times)


def test_the_film_is_as_long_as_it_should_be(film: Film) -> None:
    assert 80 <= film[0].duration <= 175
    for beat in film[0].beats:
        assert 5 <= beat.end - beat.start <= 25, beat


def test_what_the_captions_say_is_what_the_record_says(
    film: Film,
) -> None:
    said = " / ".join(text.replace("\n", " ") for _, _, text in film[0].captions)
    line, sigmoid, cubic = three_runs()
    assert (np.diff(line.data.y, 2) > 0).all(), "each floor adds more than the one before"
    told = cubic.steps >= 4985
    assert cubic.params[told][0, 1] <= ALMOST < cubic.params[~told][-1, 1]
    first, least = cubic.loss[told][[0, -1]]
    ahead = [f"{run.model.predict(run.final_params, np.array([5.0]))[0]:.2f}" for run in (sigmoid, cubic)]
    for sentence in (
        "by about 100\u2009000 EUR: J = 1.103",
        "slope goes from 0.6 to 9.6",
        "over 44 times as much, 83 % of it",
        "1.2° askew: its curvature is 2446 across, 0.9771 along",
        f"The last {count(20_000 - 4985)} steps",
        f"from {first:.4f} to {least:.4f}",
        f"1/{line.final_loss / cubic.final_loss:.0f} of the line’s. The sigmoid’s, {number(sigmoid.final_loss, 4)}",
        f"{count(round((float(ahead[1]) - float(ahead[0])) * 100_000))} EUR apart",
    ):
        assert sentence in said.replace("\xa0", " "), sentence
    for word in ("notes", "two numbers", "best cubic"):
        assert word not in said


def test_the_stage_is_never_empty_between_beats(film: Film) -> None:
    # What one beat leaves has faded after 4/15 s, and what the next one brings has just begun to be seen.
    times = [beat.start + after for beat in film[0].beats[1:] for after in (0.2, 0.28, 0.34)]
    upper, lower = (round((FRAME_HEIGHT / 2 - height) / FRAME_HEIGHT * 180) for height in (HEADER, CAPTION))
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        frames = stills(CubicFit, None, times)
    for time, frame in zip(times, frames, strict=True):
        picture = frame[upper:lower, :, :3].astype(int)
        assert (np.abs(picture - frame[0, 0, :3]).max(axis=-1) > 60).sum() > 100, f"nothing is seen at {time:.2f} s"


def test_texts_are_apart_inside_and_large_enough(film: Film) -> None:
    nothing_overlaps(film)
    all_is_inside_the_frame(film, 0.2)
    nothing_is_too_small(film)
