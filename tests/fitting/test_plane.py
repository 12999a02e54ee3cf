"""Planes of parameters: coordinates there and back, and what a path has of itself on one."""

from __future__ import annotations

import numpy as np
import pytest

from fitting import InputError
from fitting.plane import Plane

RANDOM = np.random.default_rng(7)
NAMES = ("W1", "b1", "W2", "b2")


def test_the_plane_of_two_parameters_moves_those_and_no_other() -> None:
    plane = Plane.of(NAMES, ("W2", "b1"))
    at = np.array([1.0, 2.0, 3.0, 4.0])
    assert plane.on(at).tolist() == [3.0, 2.0]
    assert plane.through(at, np.array([[30.0, 20.0], [5.0, 6.0]])).tolist() == [[1, 20, 30, 4], [1, 6, 5, 4]]


def test_of_a_network_the_outer_parameters_are_shown_and_of_a_line_both() -> None:
    assert Plane.shown(NAMES).names == ("W2", "b2")
    assert Plane.shown("Wb").names == ("W", "b")


def test_a_plane_moves_its_own_parameters_to_the_last_bit() -> None:
    plane, at, grid = Plane.shown(NAMES), RANDOM.normal(size=4) * 1e9, RANDOM.normal(size=(50, 2))
    through = plane.through(at, grid)
    assert (through[:, 2:] == grid).all()
    assert (through[:, :2] == at[:2]).all()
    assert (plane.on(through) == grid).all()


@pytest.mark.parametrize("parameters", [2, 3, 7])
def test_a_point_is_found_again_where_it_is_drawn(parameters: int) -> None:
    path = RANDOM.normal(size=(30, parameters)).cumsum(axis=0)
    plane = Plane.of_path(path)
    grid = RANDOM.normal(size=(5, 4, 2))
    assert np.allclose(plane.on(plane.through(path[3], grid)), grid)
    assert np.allclose(plane.through(path[3], plane.on(path[3])), path[3])


def test_principal_directions_hold_most_of_the_path() -> None:
    path = RANDOM.normal(size=(40, 5)) * [3.0, 0.1, 2.0, 0.2, 0.05]
    plane = Plane.of_path(path)
    assert np.allclose(plane.directions @ plane.directions.T, np.eye(2))
    best = plane.share(path)
    assert all(best >= Plane.of(list("abcde"), ("a", other)).share(path) for other in "bcde")
    values = np.linalg.eigvalsh(np.cov(path.T))
    assert best == pytest.approx(values[-2:].sum() / values.sum())
    assert (plane.on(path[-1]) >= plane.on(path[0])).all()


def test_a_path_that_does_not_leave_a_plane_is_all_of_it() -> None:
    path = np.outer(np.linspace(0, 1, 9), [1.0, 2.0, -1.0])
    assert Plane.of_path(path).share(path) == pytest.approx(1.0)
    assert Plane.of(list("abc"), ("a", "b")).share(np.zeros((4, 3))) == 1.0
    assert Plane.of(list("abc"), ("a", "b")).share(path) == pytest.approx(5 / 6)


def test_what_cannot_be_shown_is_told() -> None:
    with pytest.raises(InputError, match="did you mean 'W1'"):
        Plane.of(NAMES, ("w1", "b1"))
    with pytest.raises(InputError, match="'b1' twice"):
        Plane.of(NAMES, ("b1", "b1"))
