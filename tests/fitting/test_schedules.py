"""Learning rates by step."""

import numpy as np
import pytest

from fitting import Constant, InputError, Staircase


def test_the_notes_staircase_to_the_last_bit():
    steps = np.arange(10_000)
    # The expression of facts.md, one number at a time, in Python's arithmetic instead of NumPy's.
    expected = [0.005 - 0.0049 * ((k // 100 * 100) / 10000) for k in range(10_000)]
    rates = Staircase(0.005, 0.0001, 100, 10_000)(steps)
    np.testing.assert_array_equal(rates, expected)
    assert rates[0] == 0.005
    assert rates[-1] == 0.0001490000000000007


def test_one_step_and_many_agree():
    for schedule in (Constant(0.1), Staircase(0.3, 0.1, 7, 100)):
        assert [schedule(k) for k in range(100)] == schedule(np.arange(100)).tolist()


def test_stairs_that_do_not_divide_the_steps():
    rates = Staircase(1.0, 0.1, 3, 10)(np.arange(10))
    # floor(3 k / 10): 0 for k <= 3, 1 for k <= 6, 2 for k <= 9; each 0.3 lower, but for rounding.
    np.testing.assert_allclose(rates, [1.0] * 4 + [0.7] * 3 + [0.4] * 3, rtol=1e-15)


def test_a_staircase_ends_on_its_last_stair():
    assert Staircase(0.5, 0.1, 4, 8)(1000) == Staircase(0.5, 0.1, 4, 8)(7)


@pytest.mark.parametrize("rate", [0.0, -0.1, float("nan"), float("inf")])
def test_rates_must_be_positive_and_finite(rate):
    with pytest.raises(InputError, match=r"learning rate must be (positive|finite)"):
        Constant(rate)
    with pytest.raises(InputError, match=r"final learning rate must be (positive|finite)"):
        Staircase(0.1, rate, 10, 100)


def test_counts_of_a_staircase():
    with pytest.raises(InputError, match="stairs must be at least 1; got 0"):
        Staircase(0.1, 0.01, 0, 100)
    with pytest.raises(InputError, match="steps must be at least 1; got 0"):
        Staircase(0.1, 0.01, 1, 0)
    with pytest.raises(InputError, match="11 stairs for 10 steps"):
        Staircase(0.1, 0.01, 11, 10)
