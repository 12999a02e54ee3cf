"""The curvatures of a cubic's mean squared error, with the numbers of the data in them."""

from __future__ import annotations

import numpy as np

from fitting import Dataset
from fitting.arrays import Array
from fitting.derivation import Derivation, Line
from scenes.kit.words.letters import B, J, W
from scenes.kit.words.mean_squared_error import CUBIC, TWICE_THE_MEAN
from scenes.kit.words.numbers import latex_number, significant

CUBE, CUBE_I = CUBIC.x, CUBIC.x_i


def curvature_lines(data: Dataset) -> tuple[Derivation, Derivation, Derivation]:
    """Second derivatives of J by W, by b and by both."""
    summands, total = _twice_the_mean(data.x**6)
    mixed_summands, mixed_total = _twice_the_mean(data.x**3)
    by_w = Derivation(
        rf"\frac{{\partial^2 {J}}}{{\partial {W}^2}}",
        (
            Line(f"{TWICE_THE_MEAN} ({CUBE_I})^2", lambda at: 2 * np.mean(at.x**6)),
            Line(rf"{summands} = \textcolor{{W}}{{{total}}}", lambda at: float(total)),
        ),
    )
    by_b = Derivation(
        rf"\frac{{\partial^2 {J}}}{{\partial {B}^2}}",
        (Line(rf"{TWICE_THE_MEAN} 1 = \textcolor{{b}}{{2}}", lambda at: 2.0),),
    )
    mixed = Derivation(
        rf"\frac{{\partial^2 {J}}}{{\partial {W} \, \partial {B}}}",
        (Line(f"{TWICE_THE_MEAN} {CUBE_I} = {mixed_summands} = {mixed_total}", lambda at: 2 * np.mean(at.x**3)),),
    )
    return by_w, by_b, mixed


def _twice_the_mean(values: Array) -> tuple[str, str]:
    """LaTeX of 2/N times a sum with its numbers, and of what comes out."""
    summands = " + ".join(latex_number(significant(float(value))) for value in values)
    total = latex_number(significant(float(2 * values.mean())))
    return rf"\frac{{2}}{{{len(values)}}} \, ({summands})", total
