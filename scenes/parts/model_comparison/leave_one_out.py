"""Leave-one-out: fit all pairs but one, predict that one, and do so for each. Pure NumPy: nothing here draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from fitting import LOSSES, MODELS, Constant, Dataset, Model, Sigmoid, StopReason, descend, house_prices, least_squares
from fitting.arrays import Array, read_only

START, RATE, MOST_STEPS, GRADIENT = (0.2, 0.28), 0.005, 50_000, 1e-8
"""Of the sigmoid's descents: they end where the gradient's norm is below the last of these."""


@dataclass(frozen=True, eq=False)
class LeaveOneOut:
    """What a model says of each pair when it was fitted to the others.

    Attributes:
        model: The model.
        params: Parameters fitted without pair k, (n, p).
        predictions: Of pair k, made with them, (n,).
        errors: Predictions minus targets, (n,).
    """

    model: Model
    params: Array
    predictions: Array
    errors: Array

    @property
    def mean_square(self) -> float:
        """Mean of the squared errors."""
        return float(np.mean(self.errors**2))


def without(data: Dataset, k: int) -> Dataset:
    """The data without pair k."""
    keep = np.arange(len(data)) != k
    return Dataset(data.x[keep], data.y[keep])


def leave_one_out(model: Model, data: Dataset, fitted: Callable[[Model, Dataset], Array]) -> LeaveOneOut:
    """Fit to all pairs but one, for each pair.

    Args:
        model: The model.
        data: N pairs.
        fitted: Parameters (p,) of least mean squared error for a model and data.
    """
    params = np.stack([fitted(model, without(data, k)) for k in range(len(data))])
    predictions = np.array([float(model.predict(row, data.x[k : k + 1])[0]) for k, row in enumerate(params)])
    return LeaveOneOut(model, read_only(params), read_only(predictions), read_only(predictions - data.y))


def descended(model: Model, data: Dataset) -> Array:
    """Parameters of a sigmoid at the end of a descent that has arrived.

    Raises:
        AssertionError: The gradient is not small after all steps.
    """
    # The curvature grows with the square of the scale.
    rate = RATE * (20 / model.constants["scale"]) ** 2
    run = descend(
        model, LOSSES["mse"], data, START, Constant(rate), MOST_STEPS, gradient_tolerance=GRADIENT, compiled=True
    )
    if run.stop_reason not in (StopReason.GRADIENT_SMALL, StopReason.PARAMETERS_FIXED):
        raise AssertionError(f"the descent has not arrived: {run.stop_reason}")
    return run.final_params


@cache
def of_the_houses() -> tuple[LeaveOneOut, LeaveOneOut, LeaveOneOut]:
    """Line, 20·sigmoid and cubic on the notes' houses."""
    data = house_prices()
    return (
        leave_one_out(MODELS["linear"], data, least_squares),
        leave_one_out(MODELS["sigmoid"], data, descended),
        leave_one_out(MODELS["cubic"], data, least_squares),
    )


@cache
def with_scale(scale: float) -> LeaveOneOut:
    """The sigmoid on the notes' houses with another number in the place of its 20."""
    return leave_one_out(Sigmoid(scale=scale), house_prices(), descended)
