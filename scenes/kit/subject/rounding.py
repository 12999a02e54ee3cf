"""What rounding leaves of a zero, in a run's numbers: sizes up to which they are shown as 0."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array

SHARE = 1e-12
"""Of the largest number that a prediction is made of: what is smaller, double precision does not tell from 0."""


class Nothing(NamedTuple):
    """Sizes up to which a run's numbers are zeros.

    Attributes:
        params: Of each parameter, (p,).
        slopes: Of the loss' slope by each parameter, (p,).
        loss: Of the loss.
    """

    params: Array
    slopes: Array
    loss: float


def nothing(trajectory: Trajectory) -> Nothing:
    """The sizes for a run: a parameter is nothing where its share of every prediction is.

    With s_k the largest slope of a prediction by parameter k at the start, and m the largest of the targets and of
    the start's shares |p_k| s_k, a parameter is nothing up to 1e-12 m / s_k, and a loss up to the square of 1e-12 m. A
    slope of the loss is nothing up to 1e-12 of what residuals of size m make it at most, 2 m s_k.
    """
    start, data = trajectory.params[0], trajectory.data
    slopes = np.maximum(np.abs(trajectory.model.jacobian(start, data.x)).max(axis=0), 1e-300)
    largest = max(float(np.abs(data.y).max()), float((np.abs(start) * slopes).max()))
    return Nothing(SHARE * largest / slopes, SHARE * 2 * largest * slopes, (SHARE * largest) ** 2)
