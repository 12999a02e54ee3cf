"""A landscape: the loss at each point of a grid, whatever further parameters a model has."""

import numpy as np
import pytest

from fitting import InputError, fit, landscape
from fitting.plane import Plane

RUN, WB = fit(steps=1), Plane.shown("Wb")
WINDOW = ((-2.0, 3.5), (-4.0, 5.0))


def test_further_parameters_stay_where_they_are():
    run = fit("tanh-network", steps=1)
    at = np.array([5.0, 6.0, 7.0, 8.0])
    grid = landscape(run, Plane.of(run.model.parameters, ("b2", "W1")), at, WINDOW, 5)
    assert grid.loss.shape == (5, 5)
    for row, column in ((0, 4), (3, 1)):
        params = np.array([grid.second[row], 6.0, 7.0, grid.first[column]])
        assert grid.loss[row, column] == pytest.approx(run.loss_at(params), rel=1e-14)


def test_two_points_a_side_are_the_corners():
    grid = landscape(RUN, WB, RUN.params[0], WINDOW, 2)
    assert (grid.first.tolist(), grid.second.tolist()) == ([-2.0, 3.5], [-4.0, 5.0])


@pytest.mark.parametrize("resolution", [1, 0, -3])
def test_fewer_are_no_grid(resolution):
    with pytest.raises(InputError, match=f"resolution must be at least 2; got {resolution}"):
        landscape(RUN, WB, RUN.params[0], WINDOW, resolution)


@pytest.mark.parametrize("bounds", [(1.0, 1.0), (2.0, 1.0), (np.nan, 1.0), (0.0, np.inf)])
@pytest.mark.parametrize("name", ["W", "b"])
def test_a_window_runs_from_a_smaller_to_a_larger_number(name, bounds):
    window = (bounds, (0.0, 1.0)) if name == "W" else ((0.0, 1.0), bounds)
    with pytest.raises(InputError, match=f"window of {name} must run from a smaller to a larger number; got"):
        landscape(RUN, WB, RUN.params[0], window, 3)
