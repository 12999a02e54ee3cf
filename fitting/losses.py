"""Losses: how wrong a prediction is, elementwise. The mean over the data is taken in `objective`, and only there.

A new loss is one class here; the command line, the lectures and the tests find it in `LOSSES`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from fitting.arrays import Array


class Loss(ABC):
    """A loss of a prediction and its target; the residual is always prediction - target.

    Attributes:
        name: What the command line calls it.
        latex: Formula of its mean.
        power: The loss has the target's unit to this power.
    """

    name: ClassVar[str]
    latex: ClassVar[str]
    power: ClassVar[int]

    @staticmethod
    @abstractmethod
    def value(predictions: Array, targets: Array) -> Array:
        """Loss of each sample, (..., n), for predictions (..., n) and targets (n,)."""

    @staticmethod
    @abstractmethod
    def slope(predictions: Array, targets: Array) -> Array:
        """Derivative of each sample's loss by its prediction, (..., n)."""


class SquaredError(Loss):
    """Squared error (y' - y)^2, whose derivative by the prediction is 2 (y' - y).

    Source:
        House prices notes, "Cost function".
    """

    name = "mse"
    latex = r"\frac{1}{N} \sum_{i=1}^{N} (y'_i - y_i)^2"
    power = 2

    @staticmethod
    def value(predictions: Array, targets: Array) -> Array:
        """(y' - y)^2."""
        residual = predictions - targets
        return residual * residual

    @staticmethod
    def slope(predictions: Array, targets: Array) -> Array:
        """2 (y' - y)."""
        return 2.0 * (predictions - targets)


LOSSES: Mapping[str, Loss] = {loss.name: loss() for loss in Loss.__subclasses__()}
