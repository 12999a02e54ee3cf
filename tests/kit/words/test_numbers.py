from __future__ import annotations

import re

import numpy as np
import pytest

from fitting import fit, least_squares
from fitting.course import Course
from scenes.kit.story import run_wording
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import wrap
from scenes.kit.words.numbers import (
    MINUS,
    as_given,
    column,
    count,
    counted,
    decimals_for,
    decimals_in,
    fixed,
    latex_number,
    number,
    significant,
    tick_texts,
    ticks,
    widen,
)
from scenes.kit.words.own_words import by_number


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3.3, 12.7), (1990, 2020), (1e-6, 5e-6), (-7e5, 1e6), (0.139, 0.144)]
)
@pytest.mark.parametrize("most", [3, 6, 8])
def test_ticks_are_round_and_inside(low: float, high: float, most: int) -> None:
    values = ticks(low, high, most)
    assert 1 <= len(values) <= most
    slack = 1e-9 * (high - low)
    assert values[0] >= low - slack
    assert values[-1] <= high + slack
    texts, power, _ = tick_texts(values)
    assert len(set(texts)) == len(texts)
    for value, text in zip(values, texts, strict=True):
        assert float(text.replace("−", "-").replace(" ", "")) * 10.0**power == pytest.approx(
            value, abs=1e-9 * abs(high - low)
        )


def test_numbers_as_text() -> None:
    assert fixed(-1234567.891, 2) == "−1 234 567.89"
    assert fixed(-0.0001, 2) == "0.00"
    assert number(11.4, 4) == "11.40"
    assert number(1.5e128, 5) == "1.50·10^128"
    assert number(-2e-9, 5) == "−2.00·10^−9"
    assert number(float("inf")) == "∞"
    assert number(0.0) == "0"
    assert number(1234.5) == "1234.5"
    assert significant(350.0) == "350"
    assert significant(2021.5) == "2021.5"


def test_decimals() -> None:
    assert decimals_for(np.array([2.9393, -3.298]), 5) == 4
    assert decimals_for(np.array([700_000.0]), 5) == 0
    assert decimals_for(np.array([np.inf, 0.05]), 3) == 4
    assert decimals_in(np.array([0.7, 1.5])) == 1
    assert decimals_in(np.array([1.0, 2.0])) == 0


def test_empty_ranges() -> None:
    with pytest.raises(ValueError, match="not empty"):
        ticks(1.0, 1.0)
    low, high = widen(3.0, 3.0)
    assert low < 3.0 < high


def test_large_and_small_ticks_share_a_power_of_ten() -> None:
    assert tick_texts(np.array([-1e6, 0.0, 1e6])) == (["−1", "0", "1"], 6, 0.0)
    assert tick_texts(np.array([5e-6, 7.5e-6])) == (["5.0", "7.5"], -6, 0.0)
    assert tick_texts(np.array([100_000.0, 200_000.0])) == (["100 000", "200 000"], 0, 0.0)
    assert tick_texts(np.array([0.0012875, 0.00129])) == (["1.2875", "1.2900"], -3, 0.0), (
        "long ones, if that is shorter"
    )


def test_a_column_is_written_alike() -> None:
    write = column(np.array([1.0, -3e-13]))
    assert [write(1.0), write(-3e-13)] == ["1.0000", "0.0000"]
    assert column(np.array([1.0, 2e13]))(17.749) == "17.749"
    assert column(np.array([1.0, 2e13]))(2e13) == "2.00·10^13"


def test_numbers_in_latex() -> None:
    assert latex_number("−1.5·10^−6") == r"-1.5\cdot 10^{−6}".replace("−", "-")
    assert latex_number("12 500") == r"12\,500"


def test_thousands_in_a_caption_are_one_number() -> None:
    assert [counted(things) for things in (7, 9999, 10_000)] == ["7", "9999", r"$10\,000$"]
    caption = "The whole run that is shown here has some {} steps."
    assert by_number(caption.format(counted(10_000)))[0] == caption.format("$#1$")
    torn = [words for words in range(40) if "10\n000" in wrap("x" * words + f" {count(10_000)} steps of the run here")]
    assert torn
    assert not [
        words for words in torn if r"10\," not in wrap("x" * words + f" {counted(10_000)} steps of the run here")
    ]


def test_what_is_said_of_a_long_run_has_whole_numbers() -> None:
    run = fit(steps=12_000, learning_rate=1e-5)
    lesson, best = Lesson(run), least_squares(run.model, run.data)
    said = [one.source() for one in run_wording.descent(lesson, Course.of(run, best))]
    assert any(r"12\,000" in caption for caption in said)
    assert not [caption for caption in said if re.search(r"\d \d", caption)]


def test_ticks_of_small_negative_numbers_take_a_power_of_ten_before_they_leave_their_column() -> None:
    texts, power, _ = tick_texts(np.array([-0.001, -0.00075, -0.0005, -0.00025, 0.0]))
    assert (texts[1], power) == (f"{MINUS}0.75", -3)


def test_small_numbers_of_a_file_are_not_written_as_zeros() -> None:
    write = as_given(np.array([-1.45263276e-05, 4.55e-05, -1.04e-03]))
    assert write(-1.45263276e-05) == f"{MINUS}0.000015"
    assert as_given(np.array([0.7, 1.5, 9.5]))(1.5) == "1.5"
