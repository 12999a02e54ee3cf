"""Tables, rulers and formulas of a lesson: the numbers of its data and of its run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from layout_checks import stand_apart
from lessons import LESSONS
from manim import DL, UR
from painted import painted

from fitting import Dataset, fit, least_squares, mean_loss
from scenes.kit.drawing.frame import WIDE
from scenes.kit.drawing.painting import TextBox
from scenes.kit.panels.rulers import fit_chart, rulers
from scenes.kit.panels.summary import adds_up, data_table, residual_table, residuals, result_table, standard_table
from scenes.kit.panels.with_numbers import file_line, forecast_formula, slope_with_numbers
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.window import nudges
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.numbers import shown

PEN = Pen()
_X = np.arange(1.0, 11.0)
LARGE = Dataset(20 * _X + 100, 5000 * _X + 1000 * np.sin(_X), x_name="area", y_name="price", x_unit="m²")


def cells(group) -> list[list[str]]:  # type: ignore[no-untyped-def]
    """Texts of a table, row by row, each from left to right."""
    rows: dict[float, list[Formula]] = {}
    for part in group.get_family():
        if isinstance(part, Formula):
            rows.setdefault(round(part.baseline, 4), []).append(part)
    return [
        [one.source.removeprefix(r"$\displaystyle ").rstrip("$") for one in sorted(row, key=lambda t: t.get_left()[0])]
        for _, row in sorted(rows.items(), reverse=True)
    ]


def box_of(text: Formula) -> TextBox:
    """Where a text stands."""
    (left, bottom, _), (right, top, _) = text.get_corner(DL), text.get_corner(UR)
    return TextBox(text.source, left, bottom, right, top, text.size)


@pytest.mark.parametrize(("count", "rows", "dots"), [(4, 4, False), (6, 6, False), (7, 5, True)])
def test_few_data_are_all_in_the_table_and_of_many_the_first(count: int, rows: int, dots: bool) -> None:
    data = Dataset(_X[:count] + 0.5, 2 * _X[:count])
    lesson = Lesson(fit(data=data, steps=2))
    head, *body = cells(data_table(lesson, 0.0, 2.0, PEN))
    assert len(body) == rows + dots
    assert [[shown(x), shown(y)] for x, y in body[:rows]] == [
        [x, y] for x, y in zip(data.x[:rows], data.y[:rows], strict=True)
    ]
    if dots:
        assert body[-1] == [r"\vdots"] * 2
    assert [text[0:3] for text in head] == ["$x$", "$y$"]
    standard = cells(standard_table(lesson, 0.0, 2.0, PEN))
    assert len(standard) == len(body) + 1
    assert [shown(row[0]) for row in standard[1 : rows + 1]] == pytest.approx(lesson.data.x[:rows], abs=1e-3)
    assert [shown(row[1]) for row in standard[1 : rows + 1]] == pytest.approx(lesson.data.y[:rows], abs=1e-3)


def test_columns_of_data_stand_at_their_edges() -> None:
    group = data_table(Lesson(), 1.0, 2.0, PEN)
    texts = [part for part in group.get_family() if isinstance(part, Formula)]
    edges = {round(float(text.get_right()[0]), 3) for text in texts}
    assert edges == {3.7, 6.7}
    assert sorted({round(text.baseline, 3) for text in texts})[::-1] == pytest.approx(
        [2.0, *(2.0 - 0.14 - 0.6 * k for k in range(1, 5))], abs=1e-3
    )


def test_residuals_are_predictions_minus_targets_at_the_start() -> None:
    run = fit()
    residual, products = residuals(run)
    expected = run.params[0, 0] * run.data.x + run.params[0, 1] - run.data.y
    assert residual == pytest.approx(expected)
    assert products == pytest.approx(expected * run.data.x)
    head, *rows, total = cells(residual_table(run, 0.0, 2.0, PEN))
    assert len(head) == 3
    assert [shown(row[1]) for row in rows] == pytest.approx(expected, abs=1e-3)
    assert [shown(row[2]) for row in rows] == pytest.approx(expected * run.data.x, abs=1e-3)
    assert total[0].startswith("sum")
    assert [shown(text) for text in total[1:]] == pytest.approx([residual.sum(), products.sum()], abs=1e-3)


@pytest.mark.parametrize(("count", "rows"), [(4, 4), (5, 4)])
def test_the_table_of_residuals_has_four_rows(count: int, rows: int) -> None:
    body = cells(residual_table(fit(data=Dataset(_X[:count], 2 * _X[:count]), steps=2), 0.0, 2.0, PEN))[1:-1]
    assert len(body) == rows
    assert (body[-1] == [r"\vdots"] * 3) == (count == 5)


def test_terms_that_are_rounded_may_not_give_the_sum() -> None:
    assert adds_up(["1.2", "−0.2"], "1.0")
    assert not adds_up(["1.2", "−0.2"], "1.1")
    assert adds_up(["1.2", "⋮"], "7.0")
    assert adds_up(["0.1", "0.2"], "0.3"), "in binary they do not"


def test_the_result_stands_beside_the_optimum() -> None:
    run = fit()
    best = least_squares(run.model, run.data)
    head, *rows = cells(result_table(run, best, 0.5, 2.0, PEN))
    assert head == ["descent", "exact optimum"]
    least = float(mean_loss(run.model, run.loss_function, best, run.data))
    expected = [*zip("Wb", run.final_params, best, strict=True), ("J", run.final_loss, least)]
    for row, (name, value, exact) in zip(rows, expected, strict=True):
        assert row[0] == name
        assert [shown(row[1]), shown(row[2])] == pytest.approx([value, exact], abs=1e-3)
    texts = [part for part in result_table(run, best, 0.5, 2.0, PEN).get_family() if isinstance(part, Formula)]
    edges = {round(float(text.get_right()[0]), 3) for text in texts if text.source[0] in "0123456789−de"}
    assert edges == {3.4, 6.2}
    assert {round(text.baseline, 3) for text in texts} == {2.0, 1.25, 0.5, -0.25}


@pytest.mark.parametrize("y", [np.full(15, 5.0), np.linspace(-3, 3, 15) ** 2], ids=["equal", "U"])
def test_a_result_that_rounding_left_of_zero_is_a_zero(y: np.ndarray) -> None:
    run = fit(data=Dataset(np.linspace(-3, 3, 15), y))
    _, slope, *_ = cells(result_table(run, least_squares(run.model, run.data), 0.0, 2.0, PEN))
    assert slope == ["W", "0.0000", "0.0000"]


def test_long_numbers_of_a_result_stand_apart() -> None:
    run = fit(data=Dataset(_X, 1e-7 * _X), learning_rate=1e-6, steps=5)
    table = result_table(run, np.array([-0.0041346, -123456.0]), 0.0, 2.0, PEN)
    stand_apart([box_of(part) for part in table.get_family() if isinstance(part, Formula)], "at the end")


def test_a_chart_of_a_fit_has_room_for_data_forecast_and_both_lines() -> None:
    for lesson in (Lesson(), Lesson(fit(data=LARGE))):
        run = lesson.trajectory
        best = least_squares(run.model, run.data)
        chart = fit_chart(lesson, best, WIDE)
        low, high = float(lesson.data.x.min()), lesson.forecast_place
        air = 0.12 * (high - low)
        assert chart.x_range == pytest.approx((low - air, high + air))
        ends = run.model.predict(np.stack([lesson.final_params, best]), np.array([low, high])).ravel()
        room = float(np.ptp(lesson.data.y))
        more_w, more_b = nudges(run)
        first = run.params[0] + np.array([[0.0, 0.0], [more_w, 0.0], [0.0, more_b]])
        curves = np.concatenate([ends, run.model.predict(first, lesson.data.x).ravel()])
        values = [*lesson.data.y, *np.clip(curves, lesson.data.y.min() - room, lesson.data.y.max() + room)]
        span = max(values) - min(values)
        assert chart.y_range == pytest.approx((min(values) - 0.12 * span, max(values) + 0.12 * span))
        assert chart.rect.tolist() == list(WIDE)


@pytest.mark.parametrize("y", [np.full(10, 5.0), 20 - 2 * _X, np.exp(_X)], ids=["equal", "falling", "skewed"])
def test_lines_that_are_lifted_stay_in_the_chart(y: np.ndarray) -> None:
    lesson = Lesson(fit(data=Dataset(_X, y)))
    run = lesson.trajectory
    low, high = fit_chart(lesson, lesson.final_params, WIDE).y_range
    for more in np.diag(nudges(run)):
        line = run.model.predict(run.params[0] + more, run.data.x)
        assert low < line.min()
        assert line.max() < high


def test_lines_far_off_do_not_press_the_data_flat() -> None:
    lesson = Lesson(fit(steps=3))
    chart = fit_chart(lesson, np.array([1e6, 0.0]), WIDE)
    room = float(np.ptp(lesson.data.y))
    low, high = chart.y_range
    assert high == pytest.approx(lesson.data.y.max() + room + 0.12 * (high - low) / 1.24, rel=1e-6)


def test_equal_targets_have_a_chart_with_the_first_line() -> None:
    run = fit(data=Dataset(_X, np.full(10, 5.0)), start={"W": 1.0, "b": 0.0}, learning_rate=0.01, steps=3)
    chart = fit_chart(Lesson(run), np.array([0.0, 5.0]), WIDE)
    assert chart.y_range[0] < 1.0
    assert chart.y_range[1] > 10.0


def test_rulers_are_in_the_files_units_and_in_standard_ones() -> None:
    (own,) = rulers(Lesson(), fit_chart(Lesson(), np.array([2.94, -3.3]), WIDE), PEN)
    assert own.opacity == 1.0
    lesson = Lesson(fit(data=LARGE))
    chart = fit_chart(lesson, lesson.final_params, WIDE)
    in_file, standard = (painted(ruler) for ruler in rulers(lesson, chart, PEN))
    assert any("area, m²" in box.text for box in in_file.texts)
    assert any("price" in box.text and "," not in box.text for box in in_file.texts)
    units = lesson.trajectory.units
    for box in in_file.texts:
        if box.text in ("150", "200", "250", "300"):
            place = float(chart.to_screen((float(box.text) - units.x_mean) / units.x_scale, 0.0)[0])
            assert (box.left + box.right) / 2 == pytest.approx(place, abs=0.02)
    titles = [box for box in standard.texts if "area" in box.text or "price" in box.text]
    assert len(titles) == 2
    for title, mean, scale in ((titles[0], units.x_mean, units.x_scale), (titles[1], units.y_mean, units.y_scale)):
        assert "$ = (" in title.text
        assert title.right - title.left <= 4.5 + 1e-6
        assert f"{mean:.0f}"[:2] in title.text.replace(r"\,", "").replace(",", "")
        assert f"{scale:.0f}"[:2] in title.text.replace(r"\,", "").replace(",", "")
        assert "-" in title.text, "the mean is subtracted"
    assert any(box.text == "0" for box in standard.texts)


def test_a_mean_below_zero_is_added() -> None:
    lesson = Lesson(fit(data=replace(LARGE, y=-LARGE.y)))
    chart = fit_chart(lesson, lesson.final_params, WIDE)
    (title,) = (box for box in painted(rulers(lesson, chart, PEN)[1]).texts if "price" in box.text)
    assert "$+ " in title.text


def test_slopes_are_twice_the_mean_of_a_column() -> None:
    run = fit()
    for parameter, total in ((0, residuals(run)[1].sum()), (1, residuals(run)[0].sum())):
        source = slope_with_numbers(run, parameter, PEN, 9.0).source
        name = run.model.parameters[parameter]
        assert rf"\textcolor{{{name}}}{{{name}}}" in source
        assert rf"\frac{{2}}{{4}} \cdot ({total:.3f})" in source
        assert f"{run.gradient[0, parameter]:.3f}"[:6] in source
        assert ("=" in source.split("cdot")[1]) != (r"\approx" in source)


def test_the_fitted_line_is_written_with_its_signs() -> None:
    lesson = Lesson()
    w, b = lesson.file_params
    source = file_line(lesson, PEN, 9.0).source
    assert f"{w:.4f}" in source
    assert f" - \\textcolor{{b}}{{{abs(b):.4f}}}" in source
    other = file_line(Lesson(fit(data=Dataset(_X, 2 * _X + 3))), PEN, 9.0).source
    assert r" + \textcolor{b}{" in other


def test_what_rounding_left_of_zero_is_a_zero() -> None:
    run = fit(data=Dataset(_X, 2 * _X), start={"W": 2.0, "b": 1e-12}, learning_rate=1e-6, steps=1)
    assert r"\textcolor{b}{0}" in file_line(Lesson(run), PEN, 9.0).source


def test_the_forecast_is_written_with_its_input_and_answer() -> None:
    lesson = Lesson()
    ahead, answer = lesson.forecast
    source = forecast_formula(lesson, PEN, 9.0).source
    assert rf"\cdot \textcolor{{data}}{{{ahead:g}}}" in source
    assert f"{answer:.2f}" in source
    negative = Lesson(fit(data=Dataset(-_X - 20, 2 * _X)))
    assert r"\textcolor{data}{(-" in forecast_formula(negative, PEN, 9.0).source
    assert float(forecast_formula(lesson, PEN, 2.0).width) <= 2.0 + 1e-6


def test_sums_of_the_table_are_those_of_the_slopes() -> None:
    run, pen = fit("linear"), Pen()
    texts = [
        formula.source for formula in residual_table(run, 0.0, 2.0, pen).get_family() if hasattr(formula, "source")
    ]
    for parameter, total in ((1, "10.779"), (0, "40.646")):
        assert any(total in text for text in texts)
        assert total in slope_with_numbers(run, parameter, pen, 9.0).source


@pytest.mark.parametrize("name", ["notes", "large prices", "5,000 rows"])
def test_the_table_of_residuals_stays_right_of_its_edge(name: str) -> None:
    table = residual_table(LESSONS[name]().trajectory, 0.6, 2.75, Pen())
    texts = [formula for formula in table.get_family() if isinstance(formula, Formula)]
    assert min(float(text.get_left()[0]) for text in texts) > 0.6 - 0.05


def test_shares_that_are_explained_stand_below_the_loss_where_there_are_some() -> None:
    outlier = Dataset(_X[:8], [1.0] * 7 + [50.0])
    for run, shares in (
        (fit(data=outlier), ["R^2", "0.3333", "0.3333"]),
        (fit(data=outlier, steps=4), None),
        (fit(data=outlier, learning_rate=1.1, start={"W": 0.0, "b": 0.0}, steps=60), None),
        (fit(data=Dataset(_X, np.full(10, 5.0))), None),
    ):
        rows = cells(result_table(run, least_squares(run.model, run.data), 0.0, 2.0, PEN, share=True))
        assert rows[3][0] == "J"
        assert rows[4:] == ([] if shares is None else [shares])
