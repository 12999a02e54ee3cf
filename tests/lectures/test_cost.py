"""What the lecture on the cost claims: its residuals, its sums, its means, its point on the landscape."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

import cairo
import numpy as np
import pytest
from lessons import LESSONS
from manim import tempconfig

from fitting import AbsoluteError, SquaredError, gradient, least_squares, mean_loss
from scenes.cost import COLUMN, LANDSCAPE, VIEWS, WIDE, Cost
from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.fit import FitPanel
from scenes.kit.story.rehearsal import rehearse, text_boxes
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import shown
from scenes.parts.cost.lines import B, CostLines, W
from scenes.parts.cost.probed_landscape import ProbedLandscape
from scenes.parts.cost.residual_marks import ResidualMarks, ResidualNumbers
from scenes.parts.cost.residual_rows import ResidualRows
from scenes.parts.cost.wording import cost_writer, least_words, mean_with_numbers, twice_with_numbers

PEN = Pen()
ROUNDING = 1e-9
"""Sums of up to 5,000 numbers of size 1."""


@pytest.fixture(scope="module", params=LESSONS.values(), ids=LESSONS)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    make: Callable[[], Lesson] = request.param
    return make()


@pytest.fixture(scope="module")
def lines(lesson: Lesson) -> CostLines:
    return CostLines.of(lesson.trajectory)


@pytest.fixture(scope="module")
def notes() -> CostLines:
    return CostLines.of(Lesson().trajectory)


def _probed(lines: CostLines) -> tuple[ProbedLandscape, Probe]:
    probe = Probe(lines.first)
    views = lines.seen_from(VIEWS)
    return ProbedLandscape(lines.trajectory, probe, lines.first, lines.window(), LANDSCAPE, views, PEN), probe


def _canvas() -> Canvas:
    pixels = np.zeros((360, 640, 4), dtype=np.uint8)
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 640, 360))
    return Canvas(context, pixels, 45.0)


def _mean_square(lines: CostLines, params: np.ndarray) -> float:
    data = lines.trajectory.data
    return float(np.mean((params[W] * data.x + params[B] - data.y) ** 2))


def test_the_notes_line_has_round_residuals(notes: CostLines) -> None:
    assert notes.first.tolist() == [2.0, 0.0]
    assert notes.residuals(notes.first) == pytest.approx([1.3, 2.5, 1.5, -1.5])
    assert notes.residual_sum(notes.first) == pytest.approx(3.8)
    assert float(notes.trajectory.loss_at(notes.first)) == pytest.approx(3.11)
    assert notes.flat == pytest.approx([0.0, 4.05])
    assert float(notes.trajectory.loss_at(notes.flat)) == pytest.approx(11.9075)
    assert notes.least == pytest.approx(1.103)


def test_residuals_are_predictions_minus_targets(lines: CostLines) -> None:
    data = lines.trajectory.data
    assert lines.residuals(lines.first) == pytest.approx(lines.first[W] * data.x + lines.first[B] - data.y)
    # The first line shows residuals that do not cancel, or there would be nothing to see.
    assert abs(lines.residual_sum(lines.first)) > 0.01 * np.abs(lines.residuals(lines.first)).sum()


def test_lines_of_residual_sum_0_are_not_the_best(lines: CostLines) -> None:
    size = float(np.abs(lines.residuals(lines.flat)).sum())
    for share in (0.0, 0.3, 1.0):
        # All lines that are passed while the flat one is tilted.
        params = lines.flat + share * (lines.tilted - lines.flat)
        assert abs(float(lines.residuals(params).sum())) <= ROUNDING * max(size, 1.0)
        assert lines.residual_sum(params) == 0.0
    assert float(lines.trajectory.loss_at(lines.tilted)) > 1.2 * float(lines.trajectory.loss_at(lines.best))


def test_a_doubled_residual_has_four_times_the_square(lines: CostLines) -> None:
    once = lines.residuals(lines.first)[lines.row]
    twice = lines.residuals(lines.doubled)[lines.row]
    assert abs(once) > 0
    assert twice == pytest.approx(2 * once)
    assert twice**2 == pytest.approx(4 * once**2)


def test_costs_are_mean_squares(lines: CostLines) -> None:
    for params in (lines.first, lines.flat, lines.tilted, lines.best, lines.doubled):
        assert float(lines.trajectory.loss_at(params)) == pytest.approx(
            _mean_square(lines, params), rel=1e-12, abs=1e-20
        )


def test_squares_are_averaged_whatever_the_run_minimised() -> None:
    run = replace(Lesson().trajectory, loss_function=AbsoluteError())
    lines = CostLines.of(run)
    assert float(lines.trajectory.loss_at(lines.first)) == pytest.approx(3.11)


def test_the_best_line_is_the_lowest_point(lines: CostLines) -> None:
    run = lines.trajectory
    assert lines.best == pytest.approx(least_squares(run.model, run.data))
    slopes = gradient(run.model, SquaredError(), lines.best, run.data)
    assert np.abs(slopes).max() <= ROUNDING * max(1.0, float(np.abs(run.data.y).max()))
    window = lines.window()
    grid = np.stack(np.meshgrid(np.linspace(*window.first, 41), np.linspace(*window.second, 41)), axis=-1)
    assert (
        float(lines.trajectory.loss_at(grid).min())
        >= float(lines.trajectory.loss_at(lines.best)) * (1 - ROUNDING) - 1e-25
    )


def test_a_parabola_over_one_parameter_has_its_lowest_point_in_the_middle(lines: CostLines) -> None:
    for parameter in (W, B):
        low, high = lines.span(parameter)
        lowest = lines.lowest_along(parameter)
        assert low < lines.first[parameter] < high
        assert lowest[parameter] == pytest.approx((low + high) / 2)
        losses = lines.cut(parameter).loss(np.linspace(low, high, 21))
        assert int(np.argmin(losses)) == 10
        # Equal second differences: a parabola.
        assert np.diff(losses, 2) == pytest.approx(np.diff(losses, 2)[0])


def test_the_point_has_the_height_of_the_mean_loss_of_the_line(lines: CostLines) -> None:
    panel, probe = _probed(lines)
    run, window = lines.trajectory, lines.window()
    places = [lines.first, lines.best, *(place for k in (W, B) for place in lines.cut(k).at(lines.span(k)))]
    places += [lines.first + share * (lines.best - lines.first) for share in (0.2, 0.7)]
    for params in places:
        probe.params = params
        height = float(panel.point.position[2]) / panel.box.sides[2] * window.ceiling
        assert height == pytest.approx(float(mean_loss(run.model, SquaredError(), params, run.data)), rel=1e-12)
        # All places that are visited can be seen.
        assert window.contains(params)
        assert height <= window.ceiling


def test_the_landscape_is_no_narrow_trough(lines: CostLines) -> None:
    window = lines.window()
    grid = np.stack(np.meshgrid(np.linspace(*window.first, 41), np.linspace(*window.second, 41)), axis=-1)
    assert np.mean(lines.trajectory.loss_at(grid) <= window.ceiling) > 0.7


def test_the_surface_hides_the_point_nowhere(lines: CostLines) -> None:
    panel, probe = _probed(lines)
    first, last = lines.seen_from(VIEWS)
    walks = [lines.cut(k).at(lines.span(k)) for k in (W, B)]
    for start, end, view in (*((*walk, first) for walk in walks), (lines.first, lines.best, last)):
        panel.view.azimuth, panel.view.elevation = view
        panel.surface.paint(_canvas())
        for share in np.linspace(0.0, 1.0, 9):
            probe.params = start + share * (end - start)
            assert not panel.surface.hides(panel.point.position[None], margin=0.1).any(), (view, probe.params)


def test_the_point_walks_along_the_cuts(lines: CostLines) -> None:
    panel, _ = _probed(lines)
    for parameter, cut in enumerate(panel.cuts):
        assert cut.params[:, 1 - parameter] == pytest.approx(lines.first[1 - parameter])
        low, high = lines.span(parameter)
        assert cut.params[0, parameter] <= low
        assert cut.params[-1, parameter] >= high


def test_the_table_shows_the_line_that_is_shown(lines: CostLines) -> None:
    probe = Probe(lines.first)
    rows = ResidualRows(lines, probe, 0.0, 0.0, PEN)
    data = lines.trajectory.data
    for params in (lines.first, lines.doubled, lines.flat):
        probe.params = params
        residuals = params[W] * data.x + params[B] - data.y
        assert len(rows.cells()) == rows.rows <= 4
        for k, (_, prediction, target, residual, square) in enumerate(rows.cells()):
            assert prediction == rows.write(float(params[W] * data.x[k] + params[B]))
            assert target == rows.write(float(data.y[k]))
            assert residual == rows.write(float(residuals[k]))
            assert square == rows.write_square(float(residuals[k] ** 2))
        assert rows.totals()[1] == rows.write_square(float((residuals**2).sum()))


def test_numbers_of_the_notes_as_they_stand(notes: CostLines) -> None:
    probe = Probe(notes.first)
    rows = ResidualRows(notes, probe, 0.0, 0.0, PEN)
    assert rows.cells()[0] == ("1", "2.00", "0.70", "1.30", "1.69")
    assert rows.cells()[3] == ("4", "8.00", "9.50", "−1.50", "2.25")
    assert rows.totals() == ("3.80", "12.44")
    _, numbers = mean_with_numbers(notes, notes.first, rows.write_square, PEN, 6.0)
    assert "1.69 + 6.25 + 2.25 + 2.25" in numbers.source
    assert r"\frac{12.44}{4} = \textcolor{loss}{3.11}" in numbers.source
    assert "9.00} = 4" in twice_with_numbers(notes, rows.write, rows.write_square, PEN, 6.0).source
    assert cost_writer(notes)(notes.least) == "1.10"
    probe.params = notes.flat
    assert rows.totals()[0] == "0.00"


def test_sums_of_rounded_squares_say_so(notes: CostLines) -> None:
    rows = ResidualRows(notes, Probe(notes.first), 0.0, 0.0, PEN)
    # 11.22 + 6.50 + 0.20 + 29.70 is 47.62, and the sum 47.63.
    _, flat = mean_with_numbers(notes, notes.flat, rows.write_square, PEN, 6.0)
    assert r"\approx \frac{47.63}{4} \approx \textcolor{loss}{11.91}" in flat.source
    assert r"\approx" not in mean_with_numbers(notes, notes.first, rows.write_square, PEN, 6.0)[1].source


@pytest.mark.parametrize("beat", ["Their sum", "Their mean", "The lowest point"])
def test_sums_on_the_screen_add_up_where_the_picture_stands(beat: str) -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        (end,) = (chapter.end for chapter in rehearse(Cost).beats if chapter.name == beat)
        (boxes,) = text_boxes(Cost, None, [end - 0.2])
    (line,) = (box.bottom for box in boxes if box.text == "sum")
    numbers = [box for box in boxes if re.fullmatch(r"−?\d+\.\d{2,4}", box.text) and box.left > COLUMN]
    totals = [box for box in numbers if abs(box.bottom - line) < 0.1]
    # The sum of squares, too, once the cost is spoken of: without it nobody can check a mean.
    assert len(totals) == (1 if beat == "Their sum" else 2)
    for total in totals:
        above = [box for box in numbers if abs(box.right - total.right) < 0.05 and line + 0.2 < box.bottom < 2.0]
        assert len(above) == 4
        values = [round(10_000 * float(box.text.replace("−", "-"))) for box in (total, *above)]
        assert values[0] == sum(values[1:]), [box.text for box in (total, *above)]


def test_rows_are_differences_and_squares_have_digits(lines: CostLines) -> None:
    probe = Probe(lines.first)
    rows = ResidualRows(lines, probe, 0.0, 0.0, PEN)
    exact = all(shown(rows.write(float(y))) == y for y in lines.trajectory.data.y[: rows.rows])
    for params in (lines.first, lines.flat, lines.tilted):
        probe.params, rows.write_square = params, rows.square_writer(params)
        largest = float((lines.residuals(params)[: rows.rows] ** 2).max())
        written = rows.write_square(largest)
        assert "^" in written or abs(shown(written) - largest) <= 0.05 * largest
        for _, prediction, target, residual, _ in rows.cells() if exact else ():
            assert round(shown(prediction) - shown(target), 9) == shown(residual)


def test_the_sum_runs_from_1_to_n(lines: CostLines) -> None:
    rows = ResidualRows(lines, Probe(lines.first), 0.0, 0.0, PEN)
    formula, numbers = mean_with_numbers(lines, lines.first, rows.write_square, PEN, 6.0)
    assert r"\frac{1}{N} \sum_{i=1}^{N}" in formula.source
    assert str(len(lines.trajectory.data.x)) in numbers.source.replace(r"\,", "")


def test_a_mean_that_is_rounded_twice_says_so(lines: CostLines) -> None:
    rows = ResidualRows(lines, Probe(lines.first), 0.0, 0.0, PEN)
    for params in (lines.first, lines.flat, lines.best):
        source = mean_with_numbers(lines, params, rows.write_square, PEN, 6.0)[1].source.replace(r"\,", "")
        found = re.search(r"\\frac\{([\d.]+)\}\{(\d+)\} (=|\\approx) \\textcolor\{loss\}\{([\d.]+)\}", source)
        if found is None:
            assert "10^" in source
            continue
        total, count, sign, mean = found.groups()
        assert (sign == "=") == math.isclose(float(total) / int(count), float(mean), rel_tol=1e-12), source


def test_arrows_point_from_the_target_to_the_prediction(lines: CostLines) -> None:
    probe = Probe(lines.first)
    marks = ResidualMarks(lines.chart(WIDE), lines, probe, str, PEN)
    targets, predictions = marks.ends()
    signs = np.sign(lines.residuals(lines.first))[: len(targets)]
    assert (np.sign(predictions[:, 1] - targets[:, 1]) == signs).all()
    assert predictions[:, 0] == pytest.approx(targets[:, 0])


def test_the_last_caption_says_whether_the_cost_is_0(lesson: Lesson, lines: CostLines) -> None:
    exact = np.abs(lines.residuals(lines.best)).max() < ROUNDING
    assert ("is 0:" in least_words(lesson, lines).source()) == exact


def test_numbers_do_not_stand_on_squares(notes: CostLines) -> None:
    probe = Probe(notes.first)
    chart = notes.chart(WIDE)
    fit = FitPanel(chart, [], notes.trajectory.data, notes.trajectory.model, probe, PEN)
    marks = ResidualMarks(chart, notes, probe, str, PEN)
    numbers = ResidualNumbers(chart, notes, marks, fit.layer, probe, PEN)
    rows = range(len(notes.trajectory.data.x))
    assert [numbers.beside_squares(row) for row in rows] == [1.0] * 4
    # A square that is looked at keeps its number, which stands on its other side; faint squares clear theirs, too.
    for squares, focus in ((1.0, 0.0), (0.25, 1.0)):
        fit.layer.squares, marks.focus = squares, focus
        assert [numbers.beside_squares(row) for row in rows] == [focus if row == notes.row else 0.0 for row in rows]


def test_a_slice_is_on_the_screen_before_its_line_moves_over_it() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        ends = [end for _, end, text in rehearse(Cost).captions if text.startswith("Back") and "only" in text]
        # The last of what is said there is a move of 1.6 s.
        frames = text_boxes(Cost, None, [end - 1.5 for end in ends])
    assert len(frames) == 2
    for boxes in frames:
        assert [box for box in boxes if box.left > COLUMN and box.top < -1.0 and box.text.strip("−0123456789.") == ""]
