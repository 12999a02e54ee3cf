"""Numbers that follow what they describe: the room that they take, and rows of them."""

from __future__ import annotations

import itertools
from functools import partial

import numpy as np
import pytest
from manim import Mobject
from painted import painted, painted_texts

from scenes.kit.panels.live import EQUALS_GAP, LiveNumber, centered, in_row, parameter_numbers
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import fixed, significant

PEN = Pen()


def _number(now: float, *values: float) -> LiveNumber:
    clock = Mobject()
    number = LiveNumber("J", "loss", lambda: now, partial(fixed, decimals=1), (0.0, 0.0), PEN, clock)
    number.values = np.array(values) if values else None
    return number


def _ends(number: LiveNumber) -> tuple[float, float]:
    boxes = painted_texts(number)
    return boxes[0].left, boxes[-1].right


def test_a_number_takes_the_room_of_the_widest_that_it_becomes() -> None:
    left, right = _ends(_number(-12.5))
    assert _number(1.0, 1.0, -12.5, 3.0).room == pytest.approx(right - left)
    assert _number(-12.5).room == pytest.approx(right - left)
    # The widest need be neither the largest nor the least.
    long = LiveNumber("J", "loss", lambda: 2.125, significant, (0.0, 0.0), PEN, Mobject())
    left, right = _ends(long)
    long.values = np.array([1.0, 2.125, 3.0])
    assert long.room == pytest.approx(right - left)
    left, right = _ends(_number(-12.5))
    # One value among thousands is not overlooked if it is the largest or the least.
    many = np.ones(5001)
    many[1234] = -12.5
    assert _number(1.0, *many.tolist()).room == pytest.approx(right - left)


def test_a_live_number_stands_behind_its_name() -> None:
    value = [1.5]
    live = LiveNumber("W", "W", lambda: value[0], partial(fixed, decimals=2), (1.0, 2.0), PEN, size=0.5)
    for number, text in ((1.5, "1.50"), (-2.0, "−2.00")):
        value[0] = number
        assert live.text == text
        name, digits = painted(live).texts
        assert name.left == pytest.approx(1.0)
        assert digits.text == text
        assert digits.left - name.right == pytest.approx(0.5 * EQUALS_GAP)
        assert digits.bottom == pytest.approx(2.0)
        assert (name.size, digits.size) == (0.5, 0.5)
    # As wide as in a formula.
    formula = PEN.math("W = 1.50", 0.5)
    value[0] = 1.5
    name, digits = painted(live).texts
    assert digits.right - name.left == pytest.approx(float(formula.width), abs=0.05)


def test_numbers_of_a_row_keep_their_distance_whatever_they_become() -> None:
    numbers = [_number(-12.5, 1.0, -12.5), _number(1.0, 1.0, 2.0), _number(3.0)]
    in_row(numbers, -1.0, 0.5, 0.3)
    ends = [_ends(number) for number in numbers]
    assert ends[0][0] == pytest.approx(-1.0)
    assert [after[0] - before[1] for before, after in itertools.pairwise(ends)] == pytest.approx([0.3, 0.3])


def test_a_centered_row_has_its_middle_there() -> None:
    numbers = [_number(-12.5), _number(1.0)]
    centered(numbers, 2.0, 0.0, 0.4)
    assert _ends(numbers[0])[0] + _ends(numbers[1])[1] == pytest.approx(4.0)


def test_parameters_moved_by_hand_follow_their_probe() -> None:
    probe = Probe(np.array([1.0, -2.0]))
    w, b = parameter_numbers(probe, partial(fixed, decimals=2), ((0.0, 0.0), (2.0, 0.0)), PEN)
    assert (w.concept, w.text, b.concept, b.text) == ("W", "1.00", "b", "−2.00")
    probe.params = np.array([3.0, 4.5])
    assert (w.text, b.text) == ("3.00", "4.50")
    assert w.sources == b.sources == (probe,)
