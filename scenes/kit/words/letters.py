r"""The letters of the lectures: what a quantity is called, in its colour. Every formula on the screen takes them here.

A quantity has one letter and one colour in all films; a prime is a derivative and nothing else, so the prediction
wears a hat. Letters of the pre-activation follow Bishop, Pattern Recognition and Machine Learning, section 5.1.
"""

from __future__ import annotations

W, W1, W2 = r"\textcolor{W}{W}", r"\textcolor{W1}{W_1}", r"\textcolor{W2}{W_2}"
B, B1, B2 = r"\textcolor{b}{b}", r"\textcolor{b1}{b_1}", r"\textcolor{b2}{b_2}"

X, X_I = r"\textcolor{data}{x}", r"\textcolor{data}{x_i}"
"""Input."""

Y, Y_I = r"\textcolor{data}{y}", r"\textcolor{data}{y_i}"
"""Target."""

PREDICTION, PREDICTION_I = r"\textcolor{model}{\hat{y}}", r"\textcolor{model}{\hat{y}_i}"

RESIDUAL, RESIDUAL_I = r"\textcolor{residual}{r}", r"\textcolor{residual}{r_i}"
"""Prediction minus target."""

J, L, L_I = r"\textcolor{loss}{J}", r"\textcolor{loss}{L}", r"\textcolor{loss}{L_i}"
"""The cost, a mean over the data; the loss of one sample."""

MSE, CE = r"J_{\text{MSE}}", r"J_{\text{CE}}"
J_MSE, J_CE = rf"\textcolor{{loss}}{{{MSE}}}", rf"\textcolor{{loss}}{{{CE}}}"
"""The cost, where a film has two of them: the mean squared error and the cross-entropy."""

RATE = r"\textcolor{rate}{\alpha}"

NAMES = {"prediction": r"\hat{y}", "loss": "L"}
"""LaTeX of the quantities that a graph calls by a word."""

CONCEPTS = {"x": "data", "y": "data", "prediction": "model", "r": "residual", "loss": "loss"}
"""Concepts of a graph's quantities whose names are no concepts."""


def symbol(name: str) -> str:
    """LaTeX of a quantity's name: W1 becomes W_1, prediction a y with a hat."""
    if name in NAMES:
        return NAMES[name]
    return f"{name[:-1]}_{name[-1]}" if len(name) > 1 and name[-1].isdigit() else name
