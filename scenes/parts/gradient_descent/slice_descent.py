"""Descents along one parameter, while the others stand still. Pure NumPy: nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fitting import Dataset, Loss, Model, Trajectory, gradient, hessian, mean_loss
from fitting.arrays import Array, read_only


@dataclass(frozen=True, eq=False)
class Slice:
    """The mean loss over one parameter, while the others stand still.

    Attributes:
        model: The model.
        loss_function: The loss.
        data: What it is fitted to.
        params: Where the other parameters stand, shape (p,).
        parameter: Index of the one that moves.
    """

    model: Model
    loss_function: Loss
    data: Dataset
    params: Array
    parameter: int

    @classmethod
    def of(cls, trajectory: Trajectory, parameter: int) -> Slice:
        """The slice through a trajectory's start."""
        start = read_only(trajectory.params[0])
        return cls(trajectory.model, trajectory.loss_function, trajectory.data, start, parameter)

    def loss(self, values: npt.ArrayLike) -> Array:
        """The mean loss with the parameter at `values`, shape (...)."""
        return mean_loss(self.model, self.loss_function, self._params_at(values), self.data)

    def slope(self, values: npt.ArrayLike) -> Array:
        """The partial derivative by the parameter at `values`, shape (...)."""
        slopes = gradient(self.model, self.loss_function, self._params_at(values), self.data)
        return np.asarray(slopes[..., self.parameter])

    @property
    def curvature(self) -> float:
        """The second derivative by the parameter, where `params` stand."""
        curvatures = hessian(self.model, self.loss_function, self.params, self.data)
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

    def _params_at(self, values: npt.ArrayLike) -> Array:
        values = np.asarray(values, dtype=np.float64)
        params = np.broadcast_to(self.params, (*values.shape, len(self.params))).copy()
        params[..., self.parameter] = values
        return params


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
