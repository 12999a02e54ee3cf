"""Exact optima, to check descents against."""

from __future__ import annotations

import numpy as np

from fitting.arrays import Array
from fitting.datasets import Dataset
from fitting.errors import InputError
from fitting.models import Model


def is_linear_in_parameters(model: Model, data: Dataset) -> bool:
    """Whether the model's Jacobian is the same everywhere, so that a squared error is a quadratic function."""
    zero = np.zeros(len(model.parameters))
    return np.array_equal(model.jacobian(zero, data.x), model.jacobian(zero + 1.0, data.x))


def least_squares(model: Model, data: Dataset) -> Array:
    """Parameters of least mean squared error for a model that is linear in its parameters.

    With y' = f + A params, where A is the Jacobian, they solve A params = y - f in the least squares sense. Columns
    are scaled to length 1 first, so that their units do not matter (Golub and Van Loan, Matrix Computations, section
    5.3).

    Args:
        model: Linear in its parameters.
        data: N pairs.

    Returns:
        Shape (p,).

    Raises:
        InputError: The model's Jacobian depends on its parameters.
    """
    zero = np.zeros(len(model.parameters))
    matrix = model.jacobian(zero, data.x)
    if not is_linear_in_parameters(model, data):
        raise InputError(
            f"{model.name} is not linear in its parameters: it has no least squares solution in closed form"
        )
    lengths = np.linalg.norm(matrix, axis=0)
    lengths[lengths == 0] = 1.0
    solution = np.linalg.lstsq(matrix / lengths, data.y - model.predict(zero, data.x), rcond=None)[0]
    return np.asarray(solution / lengths)
