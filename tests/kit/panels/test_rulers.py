"""Rulers: what their titles say of standard units is true of every row, and ticks far from 0 can be told apart."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted_texts

from fitting import Dataset, fit
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.panels.rulers import fit_chart, ruler_numbers, rulers
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import shown, tick_texts, ticks


@pytest.mark.parametrize("offset", [0.0, -3.7, 1012.34, 1.7e9, -4.2e11])
@pytest.mark.parametrize("spread", [1e-3, 0.7, 1.0, 4321.0, 2.5e7])
def test_a_ruler_s_numbers_give_each_value_in_standard_units(offset: float, spread: float) -> None:
    values = offset + spread * np.random.default_rng(3).normal(size=30)
    mean, scale = float(values.mean()), float(values.std())
    middle, divided = (
        shown(text) if text else one for text, one in zip(ruler_numbers(mean, scale), (0, 1), strict=True)
    )
    assert np.abs((values - middle) / divided - (values - mean) / scale).max() < 1e-3


def test_what_changes_nothing_is_not_written() -> None:
    assert ruler_numbers(1e-17, 1.0) == ("", "")
    assert ruler_numbers(2.0, 1.0) == ("2", "")


def test_a_column_that_is_called_like_a_letter_stands_in_quotes() -> None:
    data = Dataset([1.0, 2, 4], [3.0, 5, 4], x_name="x", y_name="years")
    lesson = Lesson(fit(data=data))
    chart = fit_chart(lesson, lesson.final_params, (-6, -3, 0, 3))
    told = [box.text for box in painted_texts(rulers(lesson, chart, Pen())[1])]
    assert any(text.startswith("$x$ = (\x00“x”\x00") for text in told)
    assert any(text.startswith("$y$ = (\x00years\x00") for text in told)


@pytest.mark.parametrize(
    ("low", "high"),
    [(100.0, 100.00005), (1.7e9, 1.7e9 + 5e5), (-1e12 - 60, -1e12), (5e-6, 5e-6 + 9e-12), (1771.05, 1771.06)],
)
def test_ticks_far_from_zero_share_what_they_begin_with(low: float, high: float) -> None:
    values = ticks(low, high)
    written = tick_texts(values)
    assert len(set(written.texts)) == len(values)
    assert max(map(len, written.texts)) <= 7
    found = [shown(text) * 10.0**written.power + written.offset for text in written.texts]
    assert np.abs(found - values).max() <= 1e-3 * (high - low)


def test_the_rest_stands_beside_the_title() -> None:
    assert tick_texts(ticks(1.7e9, 1.7e9 + 5e5)).rest == "+ 1\u2009700\u2009000\u2009000"
    assert tick_texts(ticks(100.0, 100.00005)).rest == "×10^−5 + 100"
    assert tick_texts(ticks(2010, 2021)).rest == ""
    chart = Chart((-6, -3, 0, 3), (1.7e9, 1.7e9 + 5e5), (0.0, 1.0))
    pen = Pen()
    assert "+ 1\u2009700\u2009000\u2009000" in [
        box.text for box in painted_texts(ChartAxes(chart, pen.text("t"), pen.text("u"), pen))
    ]
    assert Ticks.round((0.0, 1.0)).rest == ""
