"""The loss over a window of two parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from fitting.datasets import Dataset
from fitting.errors import InputError
from fitting.losses import Loss
from fitting.models import Model
from fitting.objective import mean_loss


@dataclass(frozen=True, eq=False)
class Landscape:
    """Losses on a grid.

    Attributes:
        first: Values of the first parameter, (k,).
        second: Values of the second parameter, (l,).
        loss: Mean loss, (l, k): a row for each value of the second parameter.
    """

    first: Array
    second: Array
    loss: Array


def landscape(
    model: Model,
    loss: Loss,
    data: Dataset,
    window: tuple[tuple[float, float], tuple[float, float]],
    resolution: int,
    others: Array | None = None,
) -> Landscape:
    """Evaluate the mean loss on a grid over the first two parameters.

    Args:
        model: The model.
        loss: The loss.
        data: N pairs.
        window: Range of the first and of the second parameter.
        resolution: Grid points a side, at least 2.
        others: Values of the model's further parameters, (p - 2,).

    Raises:
        InputError: An empty window, or fewer than 2 points a side.
    """
    if resolution < 2:
        raise InputError(f"resolution must be at least 2; got {resolution}")
    for name, (low, high) in zip(model.parameters, window, strict=False):
        if not (np.isfinite([low, high]).all() and low < high):
            raise InputError(f"window of {name} must run from a smaller to a larger number; got {low:g} .. {high:g}")
    first, second = (np.linspace(low, high, resolution) for low, high in window)
    rest = [] if others is None else [np.full((resolution, resolution), other) for other in others]
    params = np.stack([*np.meshgrid(first, second), *rest], axis=-1)
    return Landscape(first, second, mean_loss(model, loss, params, data))
