"""Rows that lie on each other: one larger dot, with their number in it where it can be read."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted, painted_texts

from fitting import Dataset
from scenes.kit.drawing.style import DOT_RADIUS
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.data_dots import FEW, DataDots
from scenes.kit.text.formula import Pen

PEN = Pen()


def dots(x: list[float], y: list[float]) -> DataDots:
    return DataDots(Chart((-6.0, -3.0, 0.0, 3.0), (0.0, 5.0), (-2.0, 10.0)), Dataset(x, y), PEN)


def radii(one: DataDots) -> list[float]:
    return [mark.width for mark in painted(one).of("disc")]


def numbers(one: DataDots) -> list[str]:
    return [box.text for box in painted_texts(one)]


def test_rows_on_each_other_are_one_dot_with_their_number_in_it() -> None:
    one = dots([1.0, 2.0, 1.0, 4.0, 1.0], [1.0, 2.0, 1.0, 3.0, 1.0])
    discs = painted(one).of("disc")
    assert [mark.width / DOT_RADIUS for mark in discs] == pytest.approx([np.sqrt(3), 1.0, 1.0])
    (box,) = painted_texts(one)
    assert box.text == "3"
    x, y = discs[0].points[0]
    corners = np.array([[side, end] for side in (box.left, box.right) for end in (box.bottom, box.top)])
    assert np.hypot(*(corners - (x, y)).T).max() < discs[0].width


def test_a_dot_grows_with_every_row_and_has_its_number_after_the_last() -> None:
    one = dots([1.0, 1.0, 1.0, 4.0], [1.0, 1.0, 1.0, 3.0])
    grown = []
    for arrived in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        one.arrived = arrived
        grown.append(radii(one)[0])
        # Three of four rows, and each begins a fifth after the one before.
        assert bool(numbers(one)) == (arrived > 0.4)
    assert (np.diff(grown) > 0).all()
    assert grown[-1] == pytest.approx(np.sqrt(3) * DOT_RADIUS)


def test_many_rows_at_few_points_are_discs_that_end_somewhere() -> None:
    count = 20 * FEW
    one = dots([float(1 + k % 2) for k in range(count)], [2.0 * (k % 2) for k in range(count)])
    assert one.few
    assert numbers(one) == ["600", "600"]
    assert max(radii(one)) < 3 * DOT_RADIUS


def test_numbers_that_other_dots_would_hide_are_left_out() -> None:
    far, near = (dots([1.0, 1.0, 1.0 + gap], [1.0, 1.0, 1.0]) for gap in (1.0, 0.02))
    assert numbers(far) == ["2"]
    assert numbers(near) == []
    assert radii(near) == radii(far)
