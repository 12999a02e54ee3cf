"""Exact optima: of models that are linear in their parameters, whatever the data's units; and of no others."""

import numpy as np
import pytest

from fitting import MODELS, Dataset, InputError, Linear, least_squares
from fitting.optimum import is_linear_in_parameters

HOUSES = Dataset([1.0, 2.0, 3.0, 4.0], [0.7, 1.5, 4.5, 9.5])


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_which_models_are_linear_in_their_parameters(model):
    assert is_linear_in_parameters(model, HOUSES) == (model.name in ("linear", "cubic"))


@pytest.mark.parametrize("name", [name for name in MODELS if name not in ("linear", "cubic")])
def test_others_have_no_optimum_in_closed_form(name):
    with pytest.raises(InputError, match=f"{name} is not linear in its parameters"):
        least_squares(MODELS[name], HOUSES)


@pytest.mark.parametrize("name", ["linear", "cubic"])
@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
def test_the_residuals_of_the_optimum_are_orthogonal_to_the_jacobian_however_x_is_scaled(name, size):
    model, data = MODELS[name], Dataset(size * HOUSES.x, HOUSES.y)
    best = least_squares(model, data)
    matrix = model.jacobian(best, data.x)
    residuals = model.predict(best, data.x) - data.y
    # The normal equations; of columns of length 1 and residuals of the order of 1 rounding is some 1e-15.
    np.testing.assert_allclose(residuals @ (matrix / np.linalg.norm(matrix, axis=0)), 0.0, atol=1e-12)


def test_a_column_of_zeros_leaves_the_parameter_at_0():
    # x = 0 twice would be refused; x^3 of 1e-120 is 0 in float64.
    data = Dataset([-1e-120, 1e-120], [1.0, 3.0])
    np.testing.assert_array_equal(least_squares(MODELS["cubic"], data)[0], 0.0)


class Bent(Linear):
    """W x + b + x^2: linear in its parameters, and not 0 where they are."""

    @staticmethod
    def prediction(params, x, constants):
        return Linear.prediction(params, x, constants) + x * x


def test_what_no_parameter_moves_is_left_to_the_targets():
    bent, line = Bent(), Linear()
    without = Dataset(HOUSES.x, HOUSES.y - HOUSES.x**2)
    np.testing.assert_allclose(least_squares(bent, HOUSES), least_squares(line, without), rtol=1e-12)
