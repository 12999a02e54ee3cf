"""The sigmoid differentiated, and two costs through it: the mean squared error and the cross-entropy, line by line."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array
from scenes.kit.panels.mean_squared_error import MEAN
from scenes.kit.text.derivation import Derivation, Line, Point
from scenes.kit.words.letters import L_I, PREDICTION_I, RESIDUAL_I, X_I, Y_I, J, W

SCALE = 20.0
SIGMA = r"\textcolor{model}{\sigma}"
SLOPE = r"20 \, \textcolor{gradient}{\sigma'(a_i)}"
"""The slope of a prediction by what its sigmoid is given; sigma' has the colour of its curve."""

SHARE, WANTED = r"\textcolor{model}{p_i}", r"\textcolor{data}{t_i}"
"""Predicted and true price as shares of the ceiling."""

_STEP = 1e-5
"""Of the central differences that stand for a derivative that is not worked out yet."""


def sigmoid(inner: npt.ArrayLike) -> Array:
    """1 / (1 + e^-a)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(inner, dtype=np.float64))))


def sigmoid_slope(inner: npt.ArrayLike) -> Array:
    """sigma'(a) = e^-|a| / (1 + e^-|a|)^2, exact far out too, where sigma (1 - sigma) has lost its digits."""
    decay = np.exp(-np.abs(np.asarray(inner, dtype=np.float64)))
    return np.asarray(decay / (1.0 + decay) ** 2)


def _inner(at: Point) -> Array:
    return np.asarray(at.params[0] * at.x + at.params[1])


def _first(at: Point) -> float:
    """What the sigmoid is given for the first house."""
    return float(_inner(at)[0])


def _difference(function: Callable[[float], npt.ArrayLike], at: float) -> Array:
    return (np.asarray(function(at + _STEP)) - np.asarray(function(at - _STEP))) / (2 * _STEP)


def _residual(at: Point, w: float | None = None) -> Array:
    inner = (at.params[0] if w is None else w) * at.x + at.params[1]
    return SCALE * sigmoid(inner) - at.y


def _cost(at: Point, inner: float) -> float:
    """2 s H(t, p) of the first house, from what its sigmoid is given."""
    share, wanted = float(sigmoid(inner)), float(at.y[0]) / SCALE
    return float(-2 * SCALE * (wanted * np.log(share) + (1 - wanted) * np.log(1 - share)))


def _cost_of_prediction(at: Point, prediction: float) -> float:
    share, wanted = prediction / SCALE, float(at.y[0]) / SCALE
    return float(-2 * SCALE * (wanted * np.log(share) + (1 - wanted) * np.log(1 - share)))


def _shares(at: Point) -> tuple[float, float]:
    return float(sigmoid(_first(at))), float(at.y[0]) / SCALE


def _canceled(at: Point) -> float:
    share, wanted = _shares(at)
    return 2 * (share - wanted) / (share * (1 - share)) * SCALE * share * (1 - share)


_POWER = r"\left(1 + e^{-a}\right)"

SIGMOID_SLOPE = Derivation(
    r"\textcolor{gradient}{\sigma'(a)}",
    (
        Line(rf"\frac{{d}}{{d a}} \, {_POWER}^{{-1}}", lambda at: float(_difference(sigmoid, _first(at)))),
        Line(
            rf"- {_POWER}^{{-2}} \cdot \frac{{d}}{{d a}} {_POWER}",
            lambda at: float(
                -((1 + np.exp(-_first(at))) ** -2) * _difference(lambda a: 1 + float(np.exp(-a)), _first(at))
            ),
        ),
        Line(
            rf"\frac{{e^{{-a}}}}{{{_POWER}^2}}",
            lambda at: float(np.exp(-_first(at)) / (1 + np.exp(-_first(at))) ** 2),
        ),
        Line(
            r"\frac{1}{1 + e^{-a}} \cdot \frac{e^{-a}}{1 + e^{-a}}",
            lambda at: float(1 / (1 + np.exp(-_first(at))) * (np.exp(-_first(at)) / (1 + np.exp(-_first(at))))),
        ),
        Line(
            rf"{SIGMA}(a) \, \left(1 - {SIGMA}(a)\right)",
            lambda at: float(sigmoid(_first(at)) * (1 - sigmoid(_first(at)))),
        ),
    ),
)
"""sigma' of the first house."""

ERROR_SLOPE = Derivation(
    rf"\frac{{\partial {J}}}{{\partial {W}}}",
    (
        Line(
            rf"\frac{{\partial}}{{\partial {W}}} \, {MEAN} \textcolor{{residual}}{{r_i^2}}",
            lambda at: float(_difference(lambda w: np.mean(_residual(at, w) ** 2), float(at.params[0]))),
        ),
        Line(
            rf"{MEAN} \frac{{\partial \textcolor{{residual}}{{r_i^2}}}}{{\partial {PREDICTION_I}}} \cdot "
            rf"\frac{{\partial {PREDICTION_I}}}{{\partial a_i}} \cdot "
            rf"\frac{{\partial a_i}}{{\partial {W}}}",
            lambda at: float(
                np.mean(
                    2
                    * _residual(at)
                    * np.array([float(_difference(lambda a: SCALE * sigmoid(a), a)) for a in _inner(at).tolist()])
                    * _difference(lambda w: w * at.x + at.params[1], float(at.params[0]))
                )
            ),
        ),
        Line(
            rf"\frac{{2}}{{N}} \sum_{{i=1}}^{{N}} {RESIDUAL_I} \cdot "
            rf"{SLOPE} \cdot {X_I}",
            lambda at: float(2 * np.mean(_residual(at) * SCALE * sigmoid_slope(_inner(at)) * at.x)),
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
            lambda at: float(
                _difference(lambda y: _cost_of_prediction(at, y), SCALE * float(sigmoid(_first(at))))
                * _difference(lambda a: SCALE * sigmoid(a), _first(at))
            ),
        ),
        Line(
            rf"\frac{{2 \, ({SHARE} - {WANTED})}}{{\textcolor{{gradient}}{{p_i \, (1 - p_i)}}}} \cdot "
            r"20 \, \textcolor{gradient}{p_i \, (1 - p_i)}",
            _canceled,
        ),
        Line(
            rf"2 \cdot 20 \, ({SHARE} - {WANTED})",
            lambda at: 2 * SCALE * (_shares(at)[0] - _shares(at)[1]),
        ),
        Line(rf"2 \, ({PREDICTION_I} - {Y_I})", lambda at: float(2 * _residual(at)[0])),
    ),
)
"""The cross-entropy of the first house, differentiated by what its sigmoid is given: the factor sigma' cancels."""


def entropy_by_difference(at: Point) -> float:
    """The same as a central difference of the cost itself."""
    return float(_difference(lambda a: _cost(at, a), _first(at)))
