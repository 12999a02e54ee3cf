"""The mean squared error of W x^k + b: what it is made of, and its slopes line by line, each line with its function."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from fitting.derivation import Derivation, Line, Point
from scenes.kit.words.letters import PREDICTION, PREDICTION_I, RESIDUAL_I, X_I, Y_I, B, J, W, X

MEAN, TWICE_THE_MEAN = r"\frac{1}{N} \sum_{i=1}^{N}", r"\frac{2}{N} \sum_{i=1}^{N}"


@dataclass(frozen=True)
class PowerCurve:
    """What is written of a model that is a straight line over a power of its input.

    Attributes:
        power: Its k.
        x: LaTeX of the power of the input.
        x_i: LaTeX of that of one sample.
    """

    power: int
    x: str
    x_i: str

    @property
    def prediction(self) -> Derivation:
        """The model."""
        return Derivation(PREDICTION, (Line(rf"{W} \cdot {self.x} + {B}", self._prediction),))

    @property
    def residual(self) -> Derivation:
        """A residual: without the model, and with it."""
        return Derivation(
            RESIDUAL_I,
            (
                Line(f"{PREDICTION_I} - {Y_I}", self._residual),
                Line(f"{W} {self.x_i} + {B} - {Y_I}", self._residual),
            ),
        )

    @property
    def cost(self) -> Derivation:
        """The cost."""
        square = r"\textcolor{residual}{r_i^2}"
        return Derivation(J, (Line(f"{MEAN} {square}", lambda at: np.mean(self._residual(at) ** 2)),))

    def effect(self, parameter: int) -> Derivation:
        """The slope of the prediction by W (0) or b (1)."""
        latex, value = ((self.x, lambda at: at.x**self.power), ("1", lambda at: np.ones_like(at.x)))[parameter]
        return Derivation(rf"\frac{{\partial {PREDICTION}}}{{\partial {(W, B)[parameter]}}}", (Line(latex, value),))

    def slope(self, parameter: int) -> Derivation:
        """The cost's slope by W (0) or b (1): what is asked for, the chain rule, and what comes out, in two forms."""
        name, symbol, factor, behind = (
            ("W", W, self.x_i, rf" \, {self.x_i}"),
            ("b", B, r"\textcolor{b}{1}", ""),
        )[parameter]
        effect = self.effect(parameter).value
        return Derivation(
            rf"\frac{{\partial {J}}}{{\partial {symbol}}}",
            (
                Line(
                    rf"\frac{{\partial}}{{\partial {symbol}}} \, {self.cost.lines[0].latex}",
                    lambda at: at.difference(self.cost.value, parameter),
                ),
                Line(
                    rf"{MEAN} \textcolor{{residual}}{{\frac{{\partial r_i^2}}{{\partial r_i}}}} \cdot "
                    rf"\textcolor{{{name}}}{{\frac{{\partial r_i}}{{\partial {name}}}}}",
                    lambda at: np.mean(2 * self._residual(at) * at.difference(self._residual, parameter)),
                ),
                Line(
                    rf"{MEAN} \textcolor{{residual}}{{2 \, r_i}} \cdot {factor}",
                    lambda at: np.mean(2 * self._residual(at) * effect(at)),
                ),
                Line(
                    rf"{TWICE_THE_MEAN} {RESIDUAL_I}{behind}",
                    lambda at: 2 / len(at.x) * np.sum(self._residual(at) * effect(at)),
                ),
            ),
        )

    def _prediction(self, at: Point) -> Array:
        return at.params[0] * at.x**self.power + at.params[1]

    def _residual(self, at: Point) -> Array:
        return self._prediction(at) - at.y


LINE = PowerCurve(1, X, X_I)
CUBIC = PowerCurve(3, r"\textcolor{data}{x^3}", r"\textcolor{data}{x_i^3}")
