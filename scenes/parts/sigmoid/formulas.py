"""Formulas of the sigmoid lecture that are not derived: the model, what stands for what, two costs, two updates."""

from __future__ import annotations

import numpy as np

from fitting.derivation import Derivation, Line
from scenes.kit.words.letters import J_CE, L_I, PREDICTION, PREDICTION_I, RESIDUAL_I, X_I, Y_I, B, W, X
from scenes.kit.words.mean_squared_error import MEAN, TWICE_THE_MEAN
from scenes.parts.sigmoid.slopes import (
    ERROR_SLOPE,
    SCALE,
    SHARE,
    SIGMA,
    WANTED,
    entropy,
    inner,
    prediction,
    residual,
    sigmoid,
)

SIGMOID = Derivation(rf"{SIGMA}(a)", (Line(r"\frac{1}{1 + e^{-a}}", lambda at: 1 / (1 + np.exp(-at.x))),))
MODEL = Derivation(PREDICTION, (Line(rf"20 \cdot {SIGMA}({W} \cdot {X} + {B})", lambda at: prediction(inner(at))),))
"""The sigmoid, at a point whose x is a, and the sigmoid as a model of prices."""

LINKS = (
    Derivation(RESIDUAL_I, (Line(f"{PREDICTION_I} - {Y_I}", residual),)),
    Derivation(PREDICTION_I, (Line(rf"20 \, {SIGMA}(a_i)", lambda at: prediction(inner(at))),)),
    Derivation("a_i", (Line(f"{W} {X_I} + {B}", inner),)),
)
"""The three links from W to the residual."""

PREDICTED = Derivation(
    SHARE,
    (
        Line(rf"\frac{{{PREDICTION_I}}}{{20}}", lambda at: prediction(inner(at)) / SCALE),
        Line(rf"{SIGMA}(a_i)", lambda at: sigmoid(inner(at))),
    ),
)
TRUE = Derivation(WANTED, (Line(rf"\frac{{{Y_I}}}{{20}}", lambda at: at.y / SCALE),))
"""Predicted and true share of the ceiling."""

COST = Derivation(J_CE, (Line(f"{MEAN} {L_I}", lambda at: np.mean(entropy(prediction(inner(at)), at.y))),))
ENTROPY = Derivation(
    L_I,
    (
        Line(
            rf"2 \cdot 20 \, \left(-{WANTED} \, \log {SHARE} - (1 - {WANTED}) \, \log \, (1 - {SHARE})\right)",
            lambda at: entropy(prediction(inner(at)), at.y),
        ),
    ),
)
"""The cost that compares them, and the cross-entropy of one house."""

UPDATE = Line(rf"{TWICE_THE_MEAN} {RESIDUAL_I} \cdot {X_I}", lambda at: 2 * np.mean(residual(at) * at.x))
UPDATES = rf"{UPDATE.latex} \qquad \text{{instead of}} \qquad {ERROR_SLOPE.lines[-1].latex}"
"""The update of the notes' figure; beside the gradient that they derive."""
