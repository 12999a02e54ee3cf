"""Derivations as data: what holds, and what is found where it does not."""

import numpy as np
import pytest

from fitting.derivation import Derivation, Line, Point

SQUARE = Derivation(
    r"\frac{d}{dw} w^2",
    (
        Line(r"\lim (2 w + h)", lambda at: at.difference(lambda moved: moved.params[0] ** 2, 0)),
        Line("2 w", lambda at: 2 * at.params[0]),
    ),
)
AT = Point(np.array([3.0, 7.0]))


def test_lines_that_hold():
    assert SQUARE.wrong(AT, 6.0) == {}
    assert SQUARE.value(AT) == 6.0


def test_a_wrong_line_is_found_with_its_value():
    halved = Derivation(SQUARE.left, (*SQUARE.lines, Line("w", lambda at: at.params[0])))
    assert halved.wrong(AT, 6.0) == {"w": 3.0}
    assert list(SQUARE.wrong(AT, 6.0001)) == [r"\lim (2 w + h)", "2 w"]


def test_a_line_that_is_no_number_is_wrong():
    assert list(Derivation("", (Line("0/0", lambda at: np.nan),)).wrong(AT, 6.0)) == ["0/0"]


@pytest.mark.parametrize(("exact", "off"), [(0.0, 1e-3), (1.0, 2e-3), (-999.0, 1.0)])
def test_the_tolerance_grows_with_what_is_compared(exact, off):
    for share, holds in ((0.999, True), (1.001, False)):
        line = Derivation("", (Line("", lambda at, value=exact + share * off: value),))
        assert (line.wrong(AT, exact, 1e-3) == {}) == holds


def test_a_line_may_have_a_value_for_each_sample():
    line = Derivation("y", (Line("w x", lambda at: at.params[0] * at.x),))
    at = Point(np.array([2.0]), np.array([1.0, 5.0]))
    assert line.wrong(at, [2.0, 10.0]) == {}
    assert list(line.wrong(at, [2.0, 11.0])) == ["w x"]


def test_a_difference_moves_one_parameter_and_nothing_else():
    at = Point(np.array([3.0, 7.0]), np.array([2.0]), np.array([1.0]))
    assert at.difference(lambda moved: moved.params[0] * moved.x + moved.params[1] - moved.y, 0) == pytest.approx(2.0)
    assert at.difference(lambda moved: moved.params[0] * moved.x + moved.params[1] - moved.y, 1) == pytest.approx(1.0)


def test_in_a_row_and_in_part():
    assert SQUARE.row == r"\frac{d}{dw} w^2 = \lim (2 w + h) = 2 w"
    assert SQUARE.only(1).row == r"\frac{d}{dw} w^2 = 2 w"
    assert Derivation("w", (Line("w - 1", lambda at: 0.0, ":="),)).row == "w := w - 1"
