"""The central difference against derivatives that are known."""

import numpy as np
import pytest

from fitting.differences import central_difference


@pytest.mark.parametrize("at", [-3.0, 0.0, 0.7, 40.0])
def test_of_one_number(at):
    # h^2 / 6 of the third derivative and rounding over h leave some 1e-10; h grows with the number.
    assert central_difference(np.sin, at) == pytest.approx(np.cos(at), abs=1e-9 * max(1.0, abs(at)) ** 2)
    assert central_difference(lambda x: x**2, at) == pytest.approx(2 * at, abs=1e-9 * max(1.0, abs(at)))


def test_of_a_large_number_the_step_is_as_large():
    # A step of 6e-6 would be lost in the last digits of 1e12.
    assert central_difference(lambda x: x**2, 1e12) == pytest.approx(2e12, rel=1e-9)


def test_of_every_element():
    at = np.linspace(-2.0, 2.0, 5)
    np.testing.assert_allclose(central_difference(np.exp, at), np.exp(at), rtol=1e-9)


def test_along_a_direction():
    at = np.array([2.0, -1.0])
    found = [central_difference(lambda p: p[0] ** 2 * p[1], at, along) for along in ([1, 0], [0, 1], [3, 2])]
    np.testing.assert_allclose(found, [-4.0, 4.0, -4.0], atol=1e-8)


def test_of_a_function_with_many_values():
    found = central_difference(lambda p: np.outer(p, [1.0, 2.0]), np.zeros(3), np.eye(3)[1])
    np.testing.assert_allclose(found, [[0, 0], [1, 2], [0, 0]], atol=1e-12)


def test_the_step_is_that_of_what_moves():
    steps = []

    def noted(p):
        steps.append(p)
        return p

    central_difference(noted, np.array([1e6, 0.5]), np.array([0.0, 1.0]))
    assert abs(steps[0][1] - 0.5) == pytest.approx(6.06e-6, rel=1e-3)
    assert steps[0][0] == steps[1][0] == 1e6
