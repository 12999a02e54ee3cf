"""The sigmoid differentiated, and two costs through it: the mean squared error and the cross-entropy, line by line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array
from fitting.derivation import Derivation, Line, Point
from fitting.differences import central_difference
from scenes.kit.words.letters import L_I, PREDICTION_I, RESIDUAL_I, X_I, Y_I, J, W
from scenes.kit.words.mean_squared_error import MEAN, TWICE_THE_MEAN

SCALE = 20.0
SIGMA = r"\textcolor{model}{\sigma}"
SLOPE = r"20 \, \textcolor{gradient}{\sigma'(a_i)}"
"""The slope of a prediction by what its sigmoid is given; sigma' has the colour of its curve."""

SHARE, WANTED = r"\textcolor{model}{p_i}", r"\textcolor{data}{t_i}"
"""Predicted and true price as shares of the ceiling."""


def sigmoid(a: npt.ArrayLike) -> Array:
    """1 / (1 + e^-a)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(a, dtype=np.float64))))


def sigmoid_slope(a: npt.ArrayLike) -> Array:
    """sigma'(a) = e^-|a| / (1 + e^-|a|)^2, exact far out too, where sigma (1 - sigma) has lost its digits."""
    decay = np.exp(-np.abs(np.asarray(a, dtype=np.float64)))
    return np.asarray(decay / (1.0 + decay) ** 2)


def inner(at: Point) -> Array:
    """What the sigmoid is given: a = W x + b."""
    return at.params[0] * at.x + at.params[1]


def prediction(a: Array) -> Array:
    """20 sigma(a)."""
    return SCALE * sigmoid(a)


def residual(at: Point) -> Array:
    """Prediction minus target."""
    return prediction(inner(at)) - at.y


def entropy(predictions: Array, targets: Array) -> Array:
    """2 · 20 H(y / 20, prediction / 20): the cross-entropy of each house."""
    share, wanted = predictions / SCALE, targets / SCALE
    return 2 * SCALE * (-wanted * np.log(share) - (1 - wanted) * np.log(1 - share))


def _canceled(at: Point) -> Array:
    share, wanted = sigmoid(inner(at)), at.y / SCALE
    return 2 * (share - wanted) / (share * (1 - share)) * SCALE * share * (1 - share)


_POWER = r"\left(1 + e^{-a}\right)"

SIGMOID_SLOPE = Derivation(
    r"\textcolor{gradient}{\sigma'(a)}",
    (
        Line(
            rf"\frac{{d}}{{d a}} \, {_POWER}^{{-1}}",
            lambda at: central_difference(lambda a: (1 + np.exp(-a)) ** -1, at.x),
        ),
        Line(
            rf"- {_POWER}^{{-2}} \cdot \frac{{d}}{{d a}} {_POWER}",
            lambda at: -((1 + np.exp(-at.x)) ** -2) * central_difference(lambda a: 1 + np.exp(-a), at.x),
        ),
        Line(rf"\frac{{e^{{-a}}}}{{{_POWER}^2}}", lambda at: np.exp(-at.x) / (1 + np.exp(-at.x)) ** 2),
        Line(
            r"\frac{1}{1 + e^{-a}} \cdot \frac{e^{-a}}{1 + e^{-a}}",
            lambda at: 1 / (1 + np.exp(-at.x)) * (np.exp(-at.x) / (1 + np.exp(-at.x))),
        ),
        Line(rf"{SIGMA}(a) \, \left(1 - {SIGMA}(a)\right)", lambda at: sigmoid(at.x) * (1 - sigmoid(at.x))),
    ),
)
"""At a point whose x is a."""

ERROR_SLOPE = Derivation(
    rf"\frac{{\partial {J}}}{{\partial {W}}}",
    (
        Line(
            rf"\frac{{\partial}}{{\partial {W}}} \, {MEAN} \textcolor{{residual}}{{r_i^2}}",
            lambda at: at.difference(lambda moved: np.mean(residual(moved) ** 2), 0),
        ),
        Line(
            rf"{MEAN} \frac{{\partial \textcolor{{residual}}{{r_i^2}}}}{{\partial {PREDICTION_I}}} \cdot "
            rf"\frac{{\partial {PREDICTION_I}}}{{\partial a_i}} \cdot "
            rf"\frac{{\partial a_i}}{{\partial {W}}}",
            lambda at: np.mean(2 * residual(at) * central_difference(prediction, inner(at)) * at.difference(inner, 0)),
        ),
        Line(
            rf"{TWICE_THE_MEAN} {RESIDUAL_I} \cdot {SLOPE} \cdot {X_I}",
            lambda at: 2 * np.mean(residual(at) * SCALE * sigmoid_slope(inner(at)) * at.x),
        ),
    ),
)
"""The gradient of the mean squared error in W."""

ENTROPY_SLOPE = Derivation(
    rf"\frac{{\partial {L_I}}}{{\partial a_i}}",
    (
        Line(
            rf"\frac{{\partial {L_I}}}{{\partial {PREDICTION_I}}} \cdot "
            rf"\frac{{\partial {PREDICTION_I}}}{{\partial a_i}}",
            lambda at: (
                central_difference(lambda predictions: entropy(predictions, at.y), prediction(inner(at)))
                * central_difference(prediction, inner(at))
            ),
        ),
        Line(
            rf"\frac{{2 \, ({SHARE} - {WANTED})}}{{\textcolor{{gradient}}{{p_i \, (1 - p_i)}}}} \cdot "
            r"20 \, \textcolor{gradient}{p_i \, (1 - p_i)}",
            _canceled,
        ),
        Line(rf"2 \cdot 20 \, ({SHARE} - {WANTED})", lambda at: 2 * SCALE * (sigmoid(inner(at)) - at.y / SCALE)),
        Line(rf"2 \, ({PREDICTION_I} - {Y_I})", lambda at: 2 * residual(at)),
    ),
)
"""The cross-entropy of each house, differentiated by what its sigmoid is given: the factor sigma' cancels."""
