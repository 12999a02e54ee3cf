"""Models: predictions from parameters and inputs, and their derivatives.

A new model is one class here; the command line, the lectures and the tests find it in `MODELS`. `prediction` and
`derivatives` use only what numba compiles too: `descend` runs the same source either way. `express` says the same once
more as a graph of elementary operations, for `chain_rule`; tests compare the two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from fitting.arrays import Array, Number, Numbers
from fitting.errors import InputError, finite, suggestion

if TYPE_CHECKING:
    from fitting.node import Node
    from fitting.standardization import Standardization


@dataclass(frozen=True)
class Recipe:
    """How a model is fitted where nothing else is asked for.

    Attributes:
        loss: Name of the loss.
        start: Parameters to start from.
        learning_rate: Rate of the first step.
        final_learning_rate: What a staircase of rates leads to; None for a constant rate.
        steps: Most steps to take.
    """

    loss: str
    start: tuple[float, ...]
    learning_rate: float
    final_learning_rate: float | None
    steps: int


class Model(ABC):
    """A function of an input with parameters, and perhaps with constants that are not fitted.

    Attributes:
        name: What the command line calls it.
        parameters: Names of its parameters, in the order of the last axis of `params`.
        defaults: Names and values of its constants.
        latex: Its formula.
        notes: The run of the notes, or what comes nearest.
        own_start: Parameters to start from on own data, in standard units.
        moves_x: Whether moving the inputs leaves it the same kind of model.
        moves_y: Whether moving the targets does.
        constants: Values of this instance's constants.
    """

    name: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]]
    defaults: ClassVar[Mapping[str, float]] = {}
    latex: ClassVar[str]
    notes: ClassVar[Recipe]
    own_start: ClassVar[tuple[float, ...]]
    moves_x: ClassVar[bool] = True
    moves_y: ClassVar[bool] = True

    def __init__(self, **constants: float) -> None:
        for name in constants:
            if name not in self.defaults:
                raise InputError(f"unknown constant {name!r} of {self.name}; {suggestion(name, self.defaults)}")
        self.constants = {name: finite(name, constants.get(name, value)) for name, value in self.defaults.items()}
        self._check_constants()
        self.constant_values = tuple(self.constants.values())

    def _check_constants(self) -> None:  # noqa: B027
        """Raise InputError if a constant is out of range; most have no range."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.constants == getattr(other, "constants", None)

    def __hash__(self) -> int:
        return hash((type(self), *self.constants.values()))

    def predict(self, params: Array, x: Array) -> Array:
        """Predictions (..., n) for params (..., p) and inputs (n,)."""
        columns = tuple(params[..., k : k + 1] for k in range(params.shape[-1]))
        return np.asarray(self.prediction(columns, x, self.constant_values))

    def jacobian(self, params: Array, x: Array) -> Array:
        """Derivatives of the predictions by the parameters, (..., n, p), for params (..., p) and inputs (n,)."""
        columns = tuple(params[..., k : k + 1] for k in range(params.shape[-1]))
        jacobian = np.empty((*params.shape[:-1], len(x), params.shape[-1]))
        for k, derivative in enumerate(self.derivatives(columns, x, self.constant_values)):
            jacobian[..., k] = derivative
        return jacobian

    @staticmethod
    @abstractmethod
    def prediction(params: Numbers, x: Number, constants: Numbers) -> Number:
        """The prediction, from one number or array for each parameter and constant."""

    @staticmethod
    @abstractmethod
    def derivatives(params: Numbers, x: Number, constants: Numbers) -> Numbers:
        """Its derivative by each parameter."""

    @abstractmethod
    def express(self, params: Sequence[Node], x: Node) -> Node:
        """The prediction for one input, built from elementary operations."""

    @abstractmethod
    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """Parameters (..., p) of the same curve in the file's units, from those in standard units."""

    @abstractmethod
    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """Parameters (..., p) of the same curve in standard units, from those in the file's units."""

    def in_standard_units(self, units: Standardization) -> Self:
        """The model with its constants for data in standard units."""
        return self

    def in_file_units(self, units: Standardization) -> Self:
        """The inverse of `in_standard_units`."""
        return self


class Linear(Model):
    r"""A line, y' = W x + b.

    Derivatives: dy'/dW = x, dy'/db = 1.

    Source:
        House prices notes, "Writing equations for housings".
    """

    name = "linear"
    parameters = ("W", "b")
    latex = r"W \cdot x + b"
    # A start in [0, 1) x [0, 1) from which the notes' digits come out to the last bit; theirs was random.
    notes = Recipe("mse", (0.2, 0.855361907974722), 0.005, 0.0001, 10_000)
    # A flat line, one standard deviation too high: both parameters have somewhere to go.
    own_start = (0.0, 1.0)

    @staticmethod
    def prediction(params: Numbers, x: Number, constants: Numbers) -> Number:
        """W x + b."""
        w, b = params
        return w * x + b

    @staticmethod
    def derivatives(params: Numbers, x: Number, constants: Numbers) -> Numbers:
        """x and 1."""
        return x, 1.0

    def express(self, params: Sequence[Node], x: Node) -> Node:
        """W x + b."""
        w, b = params
        return w * x + b

    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """W' = W sy/sx and b' = my + sy b - W' mx: the line that standardization stretched and moved."""
        slope = params[..., 0] * (units.y_scale / units.x_scale)
        return np.stack([slope, units.y_mean + units.y_scale * params[..., 1] - slope * units.x_mean], axis=-1)

    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """The inverse of `to_file_units`."""
        intercept = (params[..., 1] + params[..., 0] * units.x_mean - units.y_mean) / units.y_scale
        return np.stack([params[..., 0] * (units.x_scale / units.y_scale), intercept], axis=-1)


class Sigmoid(Model):
    r"""A step between two plateaus, y' = s sigma(W x + b) with sigma(a) = 1 / (1 + e^-a) and a constant scale s.

    Derivatives: sigma'(a) = sigma(a) (1 - sigma(a)), so dy'/dW = s sigma'(a) x and dy'/db = s sigma'(a).

    Source:
        House prices notes, the sigmoid model; the scale of 20 is that of their figure.
    """

    name = "sigmoid"
    parameters = ("W", "b")
    defaults: ClassVar[Mapping[str, float]] = {"scale": 20.0}
    latex = r"s \cdot \frac{1}{1 + e^{-(W \cdot x + b)}}"
    # The notes' figure is a descent on the cross-entropy, whatever they derive; this start gives their digits.
    notes = Recipe("cross-entropy", (0.2, 0.2800396161588054), 0.005, 0.0001, 10_000)
    own_start = (0.5, 0.5)
    moves_y = False

    def _check_constants(self) -> None:
        if self.constants["scale"] <= 0:
            raise InputError(f"scale must be positive; got {self.constants['scale']:g}")

    @staticmethod
    def prediction(params: Numbers, x: Number, constants: Numbers) -> Number:
        """s / (1 + e^-a), or s e^a / (1 + e^a) for negative a: neither overflows nor loses digits."""
        (w, b), (scale,) = params, constants
        inner = w * x + b
        decay = np.exp(-np.abs(inner))
        on = (inner >= 0.0) * 1.0
        return scale * (on + decay * (1.0 - on)) / (1.0 + decay)

    @staticmethod
    def derivatives(params: Numbers, x: Number, constants: Numbers) -> Numbers:
        """s sigma' x and s sigma', with sigma' = e^-|a| / (1 + e^-|a|)^2, exact on the plateaus too."""
        (w, b), (scale,) = params, constants
        decay = np.exp(-np.abs(w * x + b))
        by_b = scale * decay / ((1.0 + decay) * (1.0 + decay))
        return by_b * x, by_b

    def express(self, params: Sequence[Node], x: Node) -> Node:
        """s sigma(W x + b)."""
        w, b = params
        return self.constants["scale"] * (w * x + b).sigmoid()

    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """W' = W / sx and b' = b - W' mx; the scale takes sy."""
        slope = params[..., 0] / units.x_scale
        return np.stack([slope, params[..., 1] - slope * units.x_mean], axis=-1)

    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """The inverse of `to_file_units`."""
        return np.stack([params[..., 0] * units.x_scale, params[..., 1] + params[..., 0] * units.x_mean], axis=-1)

    def in_standard_units(self, units: Standardization) -> Self:
        """The scale, divided by that of y."""
        return type(self)(scale=self.constants["scale"] / units.y_scale)

    def in_file_units(self, units: Standardization) -> Self:
        """The scale, multiplied by that of y."""
        return type(self)(scale=self.constants["scale"] * units.y_scale)


class Cubic(Model):
    r"""A cubic without its middle terms, y' = W x^3 + b.

    Derivatives: dy'/dW = x^3, dy'/db = 1; by the input, 3 W x^2.

    Source:
        House prices notes, the cubic model.
    """

    name = "cubic"
    parameters = ("W", "b")
    latex = r"W \cdot x^3 + b"
    # The notes' 0.005 diverges here: the largest curvature is 2446. At 0.0004 nothing overshoots.
    notes = Recipe("mse", (0.2, 0.855361907974722), 0.0004, None, 20_000)
    own_start = (0.0, 1.0)
    moves_x = False

    @staticmethod
    def prediction(params: Numbers, x: Number, constants: Numbers) -> Number:
        """W x^3 + b."""
        w, b = params
        return w * (x * x * x) + b

    @staticmethod
    def derivatives(params: Numbers, x: Number, constants: Numbers) -> Numbers:
        """x^3 and 1."""
        return x * x * x, 1.0

    def express(self, params: Sequence[Node], x: Node) -> Node:
        """W x^3 + b."""
        w, b = params
        return w * x.cubed() + b

    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """W' = W sy / sx^3 and b' = my + sy b; x is scaled only, for a moved cubic has middle terms."""
        return np.stack(
            [params[..., 0] * (units.y_scale / units.x_scale**3), units.y_mean + units.y_scale * params[..., 1]],
            axis=-1,
        )

    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """The inverse of `to_file_units`."""
        return np.stack(
            [params[..., 0] * (units.x_scale**3 / units.y_scale), (params[..., 1] - units.y_mean) / units.y_scale],
            axis=-1,
        )


class ReluNetwork(Model):
    r"""One hidden unit, y' = W2 ReLU(W1 x + b1) + b2 with ReLU(a) = max(a, 0).

    Derivatives, with a1 = W1 x + b1 and z = ReLU(a1): dy'/dW2 = z, dy'/db2 = 1, dy'/db1 = W2 ReLU'(a1), dy'/dW1
    the same times x. ReLU has no derivative at 0; ReLU'(0) = 1 is taken, for the notes have ReLU(a) = a at a >= 0.

    Source:
        House prices notes, "Backpropagation".
    """

    name = "relu-network"
    parameters = ("W1", "b1", "W2", "b2")
    latex = r"W_2 \cdot \operatorname{ReLU}(W_1 \cdot x + b_1) + b_2"
    notes = Recipe("mae", (0.3, 0.5, 0.7, 0.2), 0.005, None, 10_000)
    own_start = (0.5, 0.5, 0.5, 0.0)

    @staticmethod
    def prediction(params: Numbers, x: Number, constants: Numbers) -> Number:
        """W2 ReLU(W1 x + b1) + b2."""
        w1, b1, w2, b2 = params
        return w2 * np.maximum(w1 * x + b1, 0.0) + b2

    @staticmethod
    def derivatives(params: Numbers, x: Number, constants: Numbers) -> Numbers:
        """W2 ReLU'(a1) x, W2 ReLU'(a1), ReLU(a1) and 1."""
        w1, b1, w2, _ = params
        inner = w1 * x + b1
        by_b1 = w2 * (inner >= 0.0)
        return by_b1 * x, by_b1, np.maximum(inner, 0.0), 1.0

    def express(self, params: Sequence[Node], x: Node) -> Node:
        """W2 ReLU(W1 x + b1) + b2."""
        w1, b1, w2, b2 = params
        return w2 * (w1 * x + b1).relu() + b2

    def to_file_units(self, params: Array, units: Standardization) -> Array:
        """The inner line takes the change of x, the outer one that of y."""
        slope = params[..., 0] / units.x_scale
        return np.stack(
            [
                slope,
                params[..., 1] - slope * units.x_mean,
                params[..., 2] * units.y_scale,
                params[..., 3] * units.y_scale + units.y_mean,
            ],
            axis=-1,
        )

    def to_standard_units(self, params: Array, units: Standardization) -> Array:
        """The inverse of `to_file_units`."""
        return np.stack(
            [
                params[..., 0] * units.x_scale,
                params[..., 1] + params[..., 0] * units.x_mean,
                params[..., 2] / units.y_scale,
                (params[..., 3] - units.y_mean) / units.y_scale,
            ],
            axis=-1,
        )


class TanhNetwork(ReluNetwork):
    r"""One hidden unit, y' = LeakyReLU(W2 tanh(W1 x + b1) + b2), where LeakyReLU(a) is a for a > 0 and slope a
    elsewhere.

    Derivatives: tanh'(a) = 1 - tanh(a)^2; LeakyReLU'(a) is 1 for a > 0 and the slope elsewhere, at 0 too, as in the
    notes.

    Source:
        House prices notes, the tanh and LeakyReLU network.
    """

    name = "tanh-network"
    defaults: ClassVar[Mapping[str, float]] = {"slope": 1e-6}
    latex = r"\operatorname{LeakyReLU}(W_2 \cdot \tanh(W_1 \cdot x + b_1) + b_2)"
    notes = Recipe("mae", (0.3, 0.5, 0.7, 0.2), 5e-5, None, 2_000_000)
    own_start = (0.5, 0.5, 1.0, 1.0)
    moves_y = False

    @staticmethod
    def prediction(params: Numbers, x: Number, constants: Numbers) -> Number:
        """LeakyReLU(W2 tanh(W1 x + b1) + b2)."""
        (w1, b1, w2, b2), (slope,) = params, constants
        outer = w2 * np.tanh(w1 * x + b1) + b2
        return np.maximum(outer, 0.0) + slope * np.minimum(outer, 0.0)

    @staticmethod
    def derivatives(params: Numbers, x: Number, constants: Numbers) -> Numbers:
        """LeakyReLU'(outer) times (W2 tanh' x, W2 tanh', tanh, 1)."""
        (w1, b1, w2, b2), (slope,) = params, constants
        hidden = np.tanh(w1 * x + b1)
        on = (w2 * hidden + b2 > 0.0) * 1.0
        by_b2 = on + slope * (1.0 - on)
        by_b1 = by_b2 * w2 * (1.0 - hidden * hidden)
        return by_b1 * x, by_b1, by_b2 * hidden, by_b2

    def express(self, params: Sequence[Node], x: Node) -> Node:
        """LeakyReLU(W2 tanh(W1 x + b1) + b2)."""
        w1, b1, w2, b2 = params
        return (w2 * (w1 * x + b1).tanh() + b2).leaky_relu(self.constants["slope"])


def _known(kind: type[Model]) -> Iterator[type[Model]]:
    for model in kind.__subclasses__():
        yield model
        yield from _known(model)


MODELS: Mapping[str, Model] = {model.name: model() for model in _known(Model)}  # type: ignore[type-abstract]
