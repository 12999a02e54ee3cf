"""Models: predictions from parameters and inputs, and their derivatives.

A new model is one class here; the command line, the lectures and the tests find it in `MODELS`. `predict` and
`jacobian` use only what numba compiles too: `descend` runs the same source either way.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from fitting.arrays import Array

if TYPE_CHECKING:
    from fitting.standardization import Standardization


class Model(ABC):
    """A function of an input with parameters.

    Attributes:
        name: What the command line calls it.
        parameters: Names of its parameters, in the order of the last axis of `params`.
        latex: Its formula.
    """

    name: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]]
    latex: ClassVar[str]

    @staticmethod
    @abstractmethod
    def predict(params: Array, x: Array) -> Array:
        """Predictions (..., n) for params (..., p) and inputs (n,)."""

    @staticmethod
    @abstractmethod
    def jacobian(params: Array, x: Array) -> Array:
        """Derivatives of the predictions by the parameters, (..., n, p), for params (..., p) and inputs (n,)."""

    @abstractmethod
    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """Parameters (..., p) of the same curve in the file's units, from those in standard units."""

    @abstractmethod
    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """Parameters (..., p) of the same curve in standard units, from those in the file's units."""


class Linear(Model):
    r"""A line, y' = W x + b.

    Derivatives: dy'/dW = x, dy'/db = 1.

    Source:
        House prices notes, "Writing equations for housings".
    """

    name = "linear"
    parameters = ("W", "b")
    latex = r"W \cdot x + b"

    @staticmethod
    def predict(params: Array, x: Array) -> Array:
        """W x + b."""
        return params[..., 0:1] * x + params[..., 1:2]

    @staticmethod
    def jacobian(params: Array, x: Array) -> Array:
        """(x, 1) for every input."""
        derivatives = np.ones((*params.shape[:-1], len(x), 2))
        derivatives[..., 0] = x
        return derivatives

    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """W' = W sy/sx and b' = my + sy b - W' mx: the line that standardization stretched and moved."""
        slope = params[..., 0] * (units.y_scale / units.x_scale)
        return np.stack([slope, units.y_mean + units.y_scale * params[..., 1] - slope * units.x_mean], axis=-1)

    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """The inverse of `to_file_units`."""
        intercept = (params[..., 1] + params[..., 0] * units.x_mean - units.y_mean) / units.y_scale
        return np.stack([params[..., 0] * (units.x_scale / units.y_scale), intercept], axis=-1)


MODELS: Mapping[str, Model] = {model.name: model() for model in Model.__subclasses__()}
