"""A landscape: the loss at each point of a grid, whatever further parameters a model has."""

import numpy as np
import pytest

from fitting import MODELS, InputError, Linear, SquaredError, house_prices, landscape, mean_loss

WINDOW = ((-2.0, 3.5), (-4.0, 5.0))


def test_further_parameters_stay_where_they_are():
    model, data, others = MODELS["tanh-network"], house_prices(), np.array([5.0, 6.0])
    grid = landscape(model, SquaredError(), data, WINDOW, 5, others)
    assert grid.loss.shape == (5, 5)
    for row, column in ((0, 4), (3, 1)):
        params = np.array([grid.first[column], grid.second[row], *others])
        assert grid.loss[row, column] == pytest.approx(mean_loss(model, SquaredError(), params, data), rel=1e-14)


def test_two_points_a_side_are_the_corners():
    grid = landscape(Linear(), SquaredError(), house_prices(), WINDOW, 2)
    assert (grid.first.tolist(), grid.second.tolist()) == ([-2.0, 3.5], [-4.0, 5.0])


@pytest.mark.parametrize("resolution", [1, 0, -3])
def test_fewer_are_no_grid(resolution):
    with pytest.raises(InputError, match=f"resolution must be at least 2; got {resolution}"):
        landscape(Linear(), SquaredError(), house_prices(), WINDOW, resolution)


@pytest.mark.parametrize("bounds", [(1.0, 1.0), (2.0, 1.0), (np.nan, 1.0), (0.0, np.inf)])
@pytest.mark.parametrize("name", ["W", "b"])
def test_a_window_runs_from_a_smaller_to_a_larger_number(name, bounds):
    window = (bounds, (0.0, 1.0)) if name == "W" else ((0.0, 1.0), bounds)
    with pytest.raises(InputError, match=f"window of {name} must run from a smaller to a larger number; got"):
        landscape(Linear(), SquaredError(), house_prices(), window, 3)
