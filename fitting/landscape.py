"""The loss over a window of a plane of parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from fitting.errors import InputError
from fitting.plane import Plane
from fitting.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class Landscape:
    """Losses on a grid.

    Attributes:
        first: Values of the plane's first coordinate, (k,).
        second: Values of its second coordinate, (l,).
        loss: Mean loss, (l, k): a row for each value of the second coordinate.
    """

    first: Array
    second: Array
    loss: Array


def landscape(
    run: Trajectory, plane: Plane, at: Array, window: tuple[tuple[float, float], tuple[float, float]], resolution: int
) -> Landscape:
    """Evaluate the mean loss on a grid over a plane.

    Args:
        run: Gives model, loss and data.
        plane: What the grid is on.
        at: Parameters that the plane goes through, (p,): where those stand that it does not move.
        window: Range of the first and of the second coordinate.
        resolution: Grid points a side, at least 2.

    Raises:
        InputError: An empty window, or fewer than 2 points a side.
    """
    if resolution < 2:
        raise InputError(f"resolution must be at least 2; got {resolution}")
    for name, (low, high) in zip(plane.names, window, strict=True):
        if not (np.isfinite([low, high]).all() and low < high):
            raise InputError(f"window of {name} must run from a smaller to a larger number; got {low:g} .. {high:g}")
    first, second = (np.linspace(low, high, resolution) for low, high in window)
    grid = np.stack(np.meshgrid(first, second), axis=-1)
    return Landscape(first, second, run.loss_at(plane.through(at, grid)))
