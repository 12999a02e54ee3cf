"""Numbers as text: digits, powers of ten, and columns."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from fitting import fit, least_squares
from fitting.course import Course
from scenes.kit.story import run_wording
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import wrap
from scenes.kit.words.message import Count
from scenes.kit.words.numbers import (
    MINUS,
    agrees,
    as_given,
    column,
    count,
    decimals_for,
    decimals_in,
    fixed,
    latex_number,
    number,
    shown,
    significant,
)
from scenes.kit.words.own_words import by_number


def test_numbers_as_text() -> None:
    assert fixed(-1234567.891, 2) == "−1\u2009234\u2009567.89"
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


def test_a_column_is_written_alike() -> None:
    write = column(np.array([1.0, -3e-13]))
    assert [write(1.0), write(-3e-13)] == ["1.0000", "0.0000"]
    assert column(np.array([1.0, 2e13]))(17.749) == "17.749"
    assert column(np.array([1.0, 2e13]))(2e13) == "2.00·10^13"


def test_numbers_in_latex() -> None:
    assert latex_number("−1.5·10^−6") == r"-1.5\cdot 10^{−6}".replace("−", "-")
    assert latex_number("12\u2009500") == r"12\,500"


def test_thousands_in_a_caption_are_one_number() -> None:
    assert [Count(things).prose() for things in (7, 9999, 10_000)] == ["7", "9999", r"$10\,000$"]
    caption = "The whole run that is shown here has some {} steps."
    assert by_number(caption.format(Count(10_000).prose()))[0] == caption.format("$#1$")
    for written in (count(10_000), Count(10_000).prose()):
        assert all(written in wrap("x" * words + f" {written} steps of the run here") for words in range(40))


def test_what_is_said_of_a_long_run_has_whole_numbers() -> None:
    run = fit(steps=12_000, learning_rate=1e-5)
    lesson, best = Lesson(run), least_squares(run.model, run.data)
    said = [one.source() for one in run_wording.descent(lesson, Course.of(run, best))]
    assert any(r"12\,000" in caption for caption in said)
    assert not [caption for caption in said if re.search(r"\d \d", caption)]


def test_small_numbers_of_a_file_are_not_written_as_zeros() -> None:
    write = as_given(np.array([-1.45263276e-05, 4.55e-05, -1.04e-03]))
    assert write(-1.45263276e-05) == f"{MINUS}0.000015"
    assert as_given(np.array([0.7, 1.5, 9.5]))(1.5) == "1.5"


def test_numbers_between_large_and_small_have_no_power_of_ten() -> None:
    assert number(999_999.4) == "999\u2009999"
    assert number(1e6) == "1.00·10^6"
    assert number(1e-4) == "0.00010000"
    assert number(0.99e-4) == "9.90·10^−5"
    assert number(0.0123456, 3) == "0.0123"
    assert number(123456.0, 3) == "123\u2009456"
    assert number(3e7, 3) == "3.0·10^7"
    assert number(-2.5, 2) == "−2.5"
    assert number(0.00012345, 2) == "0.00012"
    assert [number(value) for value in (-math.inf, math.nan)] == ["−∞", "?"]


def test_round_numbers_have_no_zeros_behind() -> None:
    assert significant(0.0) == "0"
    assert significant(-0.5) == "−0.5"
    assert significant(1e-4) == "0.0001"
    assert significant(2.5e-5) == "2.5·10^−5"
    assert significant(-3e6) == "−3·10^6"
    assert significant(999_999.0) == "999\u2009999"
    assert [significant(value) for value in (1e6, 1.5e7)] == ["1·10^6", "1.5·10^7"]


def test_four_digits_stand_together() -> None:
    assert [count(things) for things in (999, 1234, 12_345, 1_234_567)] == [
        "999",
        "1234",
        "12\u2009345",
        "1\u2009234\u2009567",
    ]
    assert significant(-1234.5) == "−1234.5"
    assert significant(-12345.5) == "−12\u2009345.5"


def test_a_column_has_the_digits_of_its_largest() -> None:
    assert column(np.array([12.5, np.inf]), 3)(1.0) == "1.0"
    assert column(np.array([0.0]))(0.0) == "0.0000"
    assert column(np.array([]))(1.0) == "1.0000"
    assert column(np.array([999_999.0]))(1.0) == "1"
    assert column(np.array([1e6]), 4)(2e6) == "2.0·10^6"
    assert column(np.array([1e-4]))(1e-4) == "0.00010000"
    assert column(np.array([9e-5]))(9e-5) == "9.00·10^−5"
    assert column(np.array([100.0, 1.0]), 4, ranging=True)(1.0) == "1.000"


def test_decimals_end_at_zero_and_twelve() -> None:
    assert decimals_for(np.array([0.0]), 5) == 4
    assert decimals_for(np.array([np.nan]), 5) == 4
    assert decimals_for(np.array([1e9])) == 0
    assert decimals_for(np.array([1e-20])) == 12
    assert decimals_for(np.array([-40.0])) == 3


def test_a_text_is_read_back() -> None:
    for text, value in (("−1\u2009234.5", -1234.5), ("2.5·10^−7", 2.5e-7), ("3·10^6", 3e6), ("0", 0.0)):
        assert shown(text) == pytest.approx(value)


def test_a_value_agrees_with_a_text_within_half_of_its_last_digit() -> None:
    assert agrees(1.25, "1.2")
    assert agrees(1.15, "1.2")
    assert not agrees(1.26, "1.2")
    assert not agrees(1.14, "1.2")
    assert agrees(-2.54e6, "−2.5·10^6")
    assert not agrees(-2.56e6, "−2.5·10^6")
    assert agrees(7.4, "7")
    assert not agrees(7.6, "7")
    assert not agrees(1.24e-3, "1.2·10^−4")


def test_numbers_of_a_file_are_written_with_its_decimals() -> None:
    assert as_given(np.array([0.0, 0.0]))(0.0) == "0"
    assert as_given(np.array([1.0, 9_999_999.0]))(9_999_999.0) == "9\u2009999\u2009999"
    assert as_given(np.array([1e7]))(1e7) == "1.000·10^7"
    assert as_given(np.array([1.5e-5]))(1.5e-5) == "1.500·10^−5"
    assert as_given(np.array([1.23456]))(1.23456) == "1.2346"
    assert decimals_in(np.array([1.25, 2.0])) == 2
    assert decimals_in(np.array([1.234])) == 3
    assert decimals_in(np.array([1.23456, 2.0])) == 4
    assert decimals_in(np.array([0.00123456])) == 6
    assert decimals_in(np.array([1.2345e-4, 1e-6])) == 7
    assert decimals_in(np.array([1.01e-9])) == 8
    assert decimals_in(np.array([1.25]), most=1) == 1
    assert as_given(np.array([1e-4]))(1e-4) == "0.0001000"
