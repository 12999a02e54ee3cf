"""Losses: how wrong a prediction is, elementwise. The mean over the data is taken in `objective`, and only there.

A new loss is one class here; the command line, the lectures and the tests find it in `LOSSES`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from fitting.arrays import Array, Number, Numbers
from fitting.errors import InputError, finite, suggestion

if TYPE_CHECKING:
    from fitting.datasets import Dataset
    from fitting.node import Node
    from fitting.standardization import Standardization


class Loss(ABC):
    """A loss of a prediction and its target; the residual is always prediction - target.

    Attributes:
        name: What the command line calls it.
        latex: Formula of its mean.
        power: The loss has the target's unit to this power.
        moves_y: Whether moving the targets leaves it the same loss.
        defaults: Names and values of its constants; a model's constant of the same name has the same value.
        constants: Values of this instance's constants.
    """

    name: ClassVar[str]
    latex: ClassVar[str]
    power: ClassVar[int]
    moves_y: ClassVar[bool] = True
    defaults: ClassVar[Mapping[str, float]] = {}

    def __init__(self, **constants: float) -> None:
        for name in constants:
            if name not in self.defaults:
                raise InputError(f"unknown constant {name!r} of {self.name}; {suggestion(name, self.defaults)}")
        self.constants = {name: finite(name, constants.get(name, value)) for name, value in self.defaults.items()}
        self.constant_values = tuple(self.constants.values())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.constants == getattr(other, "constants", None)

    def __hash__(self) -> int:
        return hash((type(self), *self.constants.values()))

    def value(self, predictions: Array, targets: Array) -> Array:
        """Loss of each sample, (..., n), for predictions (..., n) and targets (n,)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.values(predictions, targets, self.constant_values))

    def slope(self, predictions: Array, targets: Array) -> Array:
        """Derivative of each sample's loss by its prediction, (..., n)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.slopes(predictions, targets, self.constant_values))

    @staticmethod
    @abstractmethod
    def values(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """What `value` gives, for given constants; in what numba compiles too."""

    @staticmethod
    @abstractmethod
    def slopes(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """What `slope` gives, for given constants; in what numba compiles too."""

    @abstractmethod
    def express(self, prediction: Node, target: Node) -> Node:
        """The loss of one sample, built from elementary operations."""

    def check(self, data: Dataset) -> None:  # noqa: B027
        """Raise InputError if the loss is not defined for these targets; most losses are for all."""

    def in_standard_units(self, units: Standardization) -> Self:
        """The loss with its constants for data in standard units."""
        return self


class SquaredError(Loss):
    """Squared error (y' - y)^2, whose derivative by the prediction is 2 (y' - y).

    Source:
        House prices notes, "Cost function".
    """

    name = "mse"
    latex = r"\frac{1}{N} \sum_{i=1}^{N} (y'_i - y_i)^2"
    power = 2

    @staticmethod
    def values(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """(y' - y)^2."""
        residual = predictions - targets
        return residual * residual

    @staticmethod
    def slopes(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """2 (y' - y)."""
        return 2.0 * (predictions - targets)

    def express(self, prediction: Node, target: Node) -> Node:
        """(y' - y)^2."""
        return (prediction - target).squared()


class AbsoluteError(Loss):
    """Absolute error |y' - y|, whose derivative by the prediction is the residual's sign.

    At a residual of 0 there is no derivative; 0 is taken, the subgradient that keeps an exact fit where it is. The
    notes differentiate |y - y'| and drop the inner derivative of -1: their sign is the other one.

    Source:
        House prices notes, "Backpropagation".
    """

    name = "mae"
    latex = r"\frac{1}{N} \sum_{i=1}^{N} |y'_i - y_i|"
    power = 1

    @staticmethod
    def values(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """|y' - y|."""
        return np.abs(predictions - targets)

    @staticmethod
    def slopes(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """The residual's sign, 0 at 0."""
        return np.sign(predictions - targets)

    def express(self, prediction: Node, target: Node) -> Node:
        """|y' - y|."""
        return (prediction - target).magnitude()


class CrossEntropy(Loss):
    """Cross-entropy of shares, 2 s H(t, p) with p = y'/s, t = y/s and H(t, p) = -t log p - (1 - t) log(1 - p).

    Its derivative by the prediction is 2 ((1 - t) / (1 - p) - t / p). Shares are probabilities: 0 log 0 is 0, and for
    a share outside [0, 1] the loss is infinite and has no slope, so that a descent that leaves them has diverged. The
    least value for a target is its entropy, 2 s H(t, t), which is never negative.

    Of a sigmoid of the same scale it is evaluated from the logit: see `CrossEntropyOfLogits`.

    Source:
        House prices notes, the digits of the sigmoid; Bishop, Pattern Recognition and Machine Learning, 2006, section
        4.3.6.
    """

    name = "cross-entropy"
    latex = r"\frac{2 s}{N} \sum_{i=1}^{N} H\left(\frac{y_i}{s}, \frac{y'_i}{s}\right)"
    power = 1
    moves_y = False
    defaults: ClassVar[Mapping[str, float]] = {"scale": 20.0}

    @staticmethod
    def values(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """2 s H(y/s, y'/s)."""
        (scale,) = constants
        shares, target_shares = predictions / scale, targets / scale
        on = np.where(target_shares > 0.0, target_shares * np.log(shares), 0.0)
        off = np.where(target_shares < 1.0, (1.0 - target_shares) * np.log1p(-shares), 0.0)
        return np.where((shares >= 0.0) & (shares <= 1.0), -2.0 * scale * (on + off), np.inf)

    @staticmethod
    def slopes(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """2 ((1 - t) / (1 - p) - t / p), where a term whose numerator is 0 is 0."""
        (scale,) = constants
        shares, target_shares = predictions / scale, targets / scale
        on = np.where(target_shares > 0.0, target_shares / shares, 0.0)
        off = np.where(target_shares < 1.0, (1.0 - target_shares) / (1.0 - shares), 0.0)
        return np.where((shares >= 0.0) & (shares <= 1.0), 2.0 * (off - on), np.nan)

    def express(self, prediction: Node, target: Node) -> Node:
        """2 s H(y/s, y'/s)."""
        scale = self.constants["scale"]
        share, wanted = prediction * (1 / scale), target * (1 / scale)
        entropy = wanted * share.log() + (1 - wanted) * (1 - share).log()
        return (-2 * scale) * entropy

    def check(self, data: Dataset) -> None:
        """Targets must lie between 0 and the scale."""
        scale = self.constants["scale"]
        wrong = np.flatnonzero((data.y < 0) | (data.y > scale))
        if len(wrong):
            raise InputError(
                f"cross-entropy needs targets from 0 to its scale of {scale:g}; value {wrong[0] + 1} of "
                f"'{data.y_name}' is {data.y[wrong[0]]:g}; set another scale, or choose the loss mse"
            )

    def in_standard_units(self, units: Standardization) -> Self:
        """The scale, divided by that of y."""
        return type(self)(scale=self.constants["scale"] / units.y_scale)


class CrossEntropyOfLogits(CrossEntropy):
    """The cross-entropy of a sigmoid of the same scale, from what the sigmoid is applied to: the logit a.

    With y' = s sigma(a) the loss is 2 s (t max(-a, 0) + (1 - t) max(a, 0) + log(1 + e^-|a|)), t = y/s: three terms of
    which none is negative for t in [0, 1], overflows or loses digits, also where y' is 0 or s in float64. Its
    derivative by a is 2 (y' - y): the link is canonical, and the gradient is that of a linear model's squared error.
    That is what the notes' sigmoid figure descends; the factor 2 s makes it so.

    Source:
        Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.6; for the form of the terms, TensorFlow's
        documentation of `sigmoid_cross_entropy_with_logits`.
    """

    @staticmethod
    def values(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """2 s (t max(-a, 0) + (1 - t) max(a, 0) + log(1 + e^-|a|)), the predictions being logits."""
        (scale,) = constants
        shares = targets / scale
        above, below = np.maximum(predictions, 0.0), np.maximum(-predictions, 0.0)
        return 2.0 * scale * (shares * below + (1.0 - shares) * above + np.log1p(np.exp(-np.abs(predictions))))

    @staticmethod
    def slopes(predictions: Number, targets: Number, constants: Numbers) -> Number:
        """2 (s sigma(a) - y), the predictions being logits."""
        (scale,) = constants
        decay = np.exp(-np.abs(predictions))
        on = (predictions >= 0.0) * 1.0
        return 2.0 * (scale * (on + decay * (1.0 - on)) / (1.0 + decay) - targets)


LOSSES: Mapping[str, Loss] = {loss.name: loss() for loss in Loss.__subclasses__()}
