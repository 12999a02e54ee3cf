"""Ticks of an axis: round, few enough, and written alike."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scenes.kit.words.numbers import MINUS, tick_texts, ticks, widen


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


def test_empty_ranges() -> None:
    with pytest.raises(ValueError, match="not empty"):
        ticks(1.0, 1.0)
    low, high = widen(3.0, 3.0)
    assert low < 3.0 < high


def test_large_and_small_ticks_share_a_power_of_ten() -> None:
    assert tick_texts(np.array([-1e6, 0.0, 1e6])) == (["−1", "0", "1"], 6, 0.0)
    assert tick_texts(np.array([5e-6, 7.5e-6])) == (["5.0", "7.5"], -6, 0.0)
    assert tick_texts(np.array([100_000.0, 200_000.0])) == (["100\u2009000", "200\u2009000"], 0, 0.0)
    assert tick_texts(np.array([0.0012875, 0.00129])) == (["1.2875", "1.2900"], -3, 0.0), (
        "long ones, if that is shorter"
    )


def test_ticks_of_small_negative_numbers_take_a_power_of_ten_before_they_leave_their_column() -> None:
    texts, power, _ = tick_texts(np.array([-0.001, -0.00075, -0.0005, -0.00025, 0.0]))
    assert (texts[1], power) == (f"{MINUS}0.75", -3)


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 10, 6, [0, 2, 4, 6, 8, 10]),
        (0, 10, 11, list(range(11))),
        (0, 10, 5, [0, 2.5, 5, 7.5, 10]),
        (0, 10, 4, [0, 5, 10]),
        (0.1, 0.9, 4, [0.2, 0.4, 0.6, 0.8]),
        (-3, 0, 4, [-3, -2, -1, 0]),
        (3, 97, 1, [50]),
        (0, 1, 2, [0, 1]),
    ],
)
def test_ticks_are_the_closest_that_have_room(low: float, high: float, most: int, expected: list[float]) -> None:
    assert ticks(low, high, most) == pytest.approx(expected)


def test_an_axis_has_six_ticks_if_nothing_is_said() -> None:
    assert len(ticks(0.0, 5.0)) == 6
    assert len(ticks(0.0, 6.0)) == 4


@pytest.mark.parametrize(("low", "high"), [(0.0, float("inf")), (float("nan"), 1.0), (2.0, 1.0), (-math.inf, 0.0)])
def test_ranges_that_are_none_have_no_ticks(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="finite and not empty"):
        ticks(low, high)


def test_air_around_a_range() -> None:
    assert widen(0.0, 10.0) == (-1.0, 11.0)
    assert widen(2.0, 4.0, 0.25) == (1.5, 4.5)
    assert widen(3.0, 3.0) == (1.5, 4.5)
    assert widen(-3.0, -3.0) == (-4.5, -1.5)
    assert widen(0.25, 0.25) == (-0.25, 0.75), "1 wide where its size is less"


def test_ticks_have_as_many_decimals_as_their_distance() -> None:
    assert tick_texts(np.array([1.0, 1.25, 1.5])) == (["1.00", "1.25", "1.50"], 0, 0.0)
    assert tick_texts(np.array([0.0])) == (["0"], 0, 0.0)
    assert tick_texts(np.array([])) == ([], 0, 0.0)
    assert tick_texts(np.array([2.5])) == (["2.5"], 0, 0.0)
    assert tick_texts(np.array([0.001, 0.002])) == (["0.001", "0.002"], 0, 0.0)
    assert tick_texts(np.array([0.0005, 0.00075])) == (["5.0", "7.5"], -4, 0.0)
    assert tick_texts(np.array([-2e6, 0.0])) == (["−2", "0"], 6, 0.0)


def test_ticks_of_seven_characters_stay_plain() -> None:
    assert tick_texts(np.array([0.0, 500_000.0])) == (["0", "500\u2009000"], 0, 0.0)
    assert tick_texts(np.array([-500_000.0, 0.0])) == (["−5", "0"], 5, 0.0), "eight go with their power"
