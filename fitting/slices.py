"""The loss over one parameter while the others stand still: a slice through the landscape, and descents along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array, read_only
from fitting.objective import hessian
from fitting.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class Slice:
    """The mean loss over one parameter, while the others stand still.

    Attributes:
        run: Gives model, loss and data.
        params: Where the other parameters stand, shape (p,).
        parameter: Index of the one that moves.
    """

    run: Trajectory
    params: Array
    parameter: int

    @property
    def name(self) -> str:
        """The parameter that moves."""
        return self.run.model.parameters[self.parameter]

    def at(self, values: npt.ArrayLike) -> Array:
        """All parameters, shape (..., p), with the one that moves at `values`, shape (...)."""
        values = np.asarray(values, dtype=np.float64)
        params = np.broadcast_to(self.params, (*values.shape, len(self.params))).copy()
        params[..., self.parameter] = values
        return params

    def loss(self, values: npt.ArrayLike) -> Array:
        """The mean loss with the parameter at `values`, shape (...)."""
        return self.run.loss_at(self.at(values))

    def slope(self, values: npt.ArrayLike) -> Array:
        """The partial derivative by the parameter at `values`, shape (...)."""
        return np.asarray(self.run.gradient_at(self.at(values))[..., self.parameter])

    @property
    def curvature(self) -> float:
        """The second derivative by the parameter, where `params` stand."""
        curvatures = hessian(self.run.model, self.run.loss_function, self.params, self.run.data)
        return float(curvatures[self.parameter, self.parameter])

    @property
    def minimum(self) -> float:
        """Where the slope is 0, if the slice is a parabola: one step of Newton's method from `params`."""
        value = float(self.params[self.parameter])
        return value - float(self.slope(value)) / self.curvature

    def descend(self, start: float, rate: float, steps: int) -> SliceDescent:
        """Descend with a constant learning rate: value := value - rate * slope(value).

        Args:
            start: Where the parameter begins.
            rate: The learning rate.
            steps: How many steps to take.
        """
        values = np.empty(steps + 1)
        values[0] = start
        for step in range(steps):
            values[step + 1] = values[step] - rate * self.slope(values[step])
        return SliceDescent(self, rate, read_only(values), read_only(self.loss(values)), read_only(self.slope(values)))


@dataclass(frozen=True, eq=False)
class SliceDescent:
    """The record of a descent along one parameter; one entry a step, from the start on.

    Attributes:
        slice: What it descends on.
        rate: The learning rate.
        values: The parameter, shape (steps + 1,).
        losses: The mean loss there.
        slopes: The partial derivative there.
    """

    slice: Slice
    rate: float
    values: Array
    losses: Array
    slopes: Array

    @property
    def steps(self) -> int:
        """Number of steps."""
        return len(self.values) - 1
