"""How much of the targets' spread a model explains, beside the best constant, and what rounding leaves of a fit."""

from __future__ import annotations

import numpy as np

from fitting.arrays import Array
from fitting.trajectory import Trajectory

_ROUNDING = 16 * float(np.finfo(np.float64).eps)
"""Relative error of a residual: the file's numbers, the change of units and the fit are each rounded."""

_NOTHING = 1e-12
"""A share of the spread that is smaller is what rounding leaves of 0."""


def explained(trajectory: Trajectory, params: Array) -> float | None:
    """The share of the targets' variance that a model explains, the coefficient of determination.

    R^2 = 1 - sum_i (y'_i - y_i)^2 / sum_i (y_i - mean y)^2: for the squared error, 1 - J / J of the best constant. It
    is of squares whatever loss the run minimised; it does not depend on units.

    Args:
        trajectory: Gives model, data and units.
        params: Parameters, shape (p,), in the units of the descent.

    Returns:
        1.0 if all residuals are 0 but for rounding, and only then; 0.0 for the best constant; below 0 for what is worse
        than that. None where nothing can be explained: of targets that are all equal, or by predictions without end.

    Source:
        Draper and Smith, Applied Regression Analysis, section 1.3.
    """
    data = trajectory.data
    with np.errstate(over="ignore", invalid="ignore"):
        predictions = trajectory.model.predict(params, data.x)
        rest = float(np.mean((predictions - data.y) ** 2))
    if (data.y == data.y[0]).all() or not np.isfinite(rest):
        return None
    if bool((np.abs(predictions - data.y) <= rounding(trajectory, predictions)).all()):
        return 1.0
    share = 1 - rest / float(np.var(data.y))
    return 0.0 if abs(share) < _NOTHING else min(share, float(np.nextafter(1.0, 0.0)))


def rounding(trajectory: Trajectory, predictions: Array) -> float:
    """What rounding leaves of a residual that is 0: a share of the numbers that it comes from.

    Args:
        trajectory: Gives data and units.
        predictions: Of a model that fits, shape (n,), in the units of the descent.
    """
    data, units, in_file = trajectory.data, trajectory.units, trajectory.file_data
    x, y = (float(np.abs(column).max()) for column in (in_file.x, in_file.y))
    slope = float(np.ptp(predictions)) / float(np.ptp(data.x))
    return _ROUNDING * (y / units.y_scale + slope * x / units.x_scale)
