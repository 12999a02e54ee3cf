"""A slice is the loss over one parameter, and a descent along it takes steps against its slope."""

from __future__ import annotations

import numpy as np
import pytest

from fitting import MODELS, SquaredError, Trajectory, fit, gradient, house_prices, mean_loss
from fitting.slices import Slice

START = np.array([0.2, 0.855])


@pytest.fixture(scope="module")
def run() -> Trajectory:
    return fit(steps=2)


@pytest.mark.parametrize("parameter", [0, 1])
def test_a_slice_is_the_loss_over_one_parameter(run: Trajectory, parameter: int) -> None:
    values, cut = np.linspace(-1, 4, 7), Slice(run, START, parameter)
    params = np.stack([values if k == parameter else np.full(7, START[k]) for k in range(2)], axis=-1)
    assert cut.name == "Wb"[parameter]
    assert np.array_equal(cut.at(values), params)
    assert np.array_equal(cut.loss(values), mean_loss(MODELS["linear"], SquaredError(), params, house_prices()))
    assert np.ptp(np.diff(cut.loss(values), 2)) < 1e-9  # a parabola: second differences are equal but for rounding
    assert np.array_equal(START, [0.2, 0.855])


@pytest.mark.parametrize("parameter", [0, 1])
@pytest.mark.parametrize("value", [-1.0, 0.2, 1.5549, 3.0])
def test_slopes_are_central_differences(run: Trajectory, parameter: int, value: float) -> None:
    cut, step = Slice(run, START, parameter), 1e-4
    difference = (cut.loss(value + step) - cut.loss(value - step)) / (2 * step)
    # Central differences of a parabola are exact but for rounding: about 1e-16 * J / step.
    assert cut.slope(value) == pytest.approx(float(difference), abs=1e-9)


@pytest.mark.parametrize(("parameter", "curvature"), [(0, 15.0), (1, 2.0)])
def test_the_bottom_of_a_parabola_is_one_step_of_newtons_away(
    run: Trajectory, parameter: int, curvature: float
) -> None:
    cut = Slice(run, START, parameter)
    # 2 mean(x^2) and 2; a difference of gradients.
    assert cut.curvature == pytest.approx(curvature, rel=1e-8)
    assert cut.slope(cut.minimum) == pytest.approx(0.0, abs=1e-6)
    assert cut.loss(cut.minimum) < cut.loss(np.array([cut.minimum - 0.1, cut.minimum + 0.1])).min()


@pytest.mark.parametrize("rate", [0.01, 0.06, 0.12, 0.14])
def test_steps_are_the_update_rule_on_the_gradient(run: Trajectory, rate: float) -> None:
    descent = Slice(run, START, 0).descend(0.2, rate, 6)
    assert descent.steps == 6
    for k in range(descent.steps):
        params = np.array([descent.values[k], START[1]])
        assert descent.losses[k] == mean_loss(run.model, run.loss_function, params, run.data)
        slope = gradient(run.model, run.loss_function, params, run.data)[0]
        assert descent.values[k + 1] == descent.values[k] - rate * slope
        assert descent.slopes[k] == slope
    with pytest.raises(ValueError, match="read-only"):
        descent.values[0] = 1.0


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.12, 0.14])
def test_each_step_multiplies_the_distance_by_one_number(run: Trajectory, rate: float) -> None:
    cut = Slice(run, START, 0)
    distance = cut.descend(0.2, rate, 6).values - cut.minimum
    # Relative to the shortest distance of these runs, the minimum's own error is 1e-6.
    assert distance[1:] / distance[:-1] == pytest.approx(1 - 15 * rate, rel=1e-5)
