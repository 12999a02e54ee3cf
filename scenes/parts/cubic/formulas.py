"""What is written beside the cubic: its slope along x, its residuals and their slopes, its curvatures."""

from __future__ import annotations

import numpy as np

from fitting import Dataset, Trajectory
from fitting.arrays import Array
from fitting.course import Course
from fitting.derivation import Derivation, Line
from scenes.kit.drawing.frame import COLUMN
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.three_models import names
from scenes.kit.text.derivation import Written, write
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Rule
from scenes.kit.words.letters import PREDICTION, RESIDUAL_I, X_I, B, J, W, X
from scenes.kit.words.mean_squared_error import CUBIC, LINE, TWICE_THE_MEAN
from scenes.kit.words.message import Number
from scenes.kit.words.numbers import latex_number, number, significant


def line_found(line: Trajectory, pen: Pen) -> Group:
    """The best line and its cost."""
    w, b = (latex_number(number(abs(value), 3)) for value in line.final_params.tolist())
    latex = rf"{PREDICTION} = \textcolor{{W}}{{{w}}} \cdot {X} - \textcolor{{b}}{{{b}}}"
    return Group(
        pen.math(latex, Size.FORMULA).at(COLUMN, -1.3),
        pen.math(rf"{J} = {latex_number(number(line.final_loss, 4))}", Size.FORMULA).at(COLUMN, -2.05),
    )


SLOPE = Derivation(
    rf"\frac{{d {PREDICTION}}}{{d {X}}}",
    (Line(rf"3 \cdot {W} \cdot \textcolor{{data}}{{x^2}}", lambda at: 3 * at.params[0] * at.x**2),),
)
"""The curve's slope along x."""


CUBE, CUBE_I = CUBIC.x, CUBIC.x_i

FACTORS = {"b": ("1", "1"), "W": (X_I, CUBE_I)}
"""Slopes of a residual by each parameter: a line's, and the cubic's."""


def beside_the_line(pen: Pen) -> tuple[Group, Group, Group]:
    """A table of the line and the cubic: their names, their residuals, and the residuals' slopes."""
    rights = (COLUMN + 3.3, COLUMN + 6.1)
    line, _, cubic = names(pen)
    heads = [name.at(right, 2.85, "right") for name, right in zip((line, cubic), rights, strict=True)]
    residuals = [pen.math(RESIDUAL_I, 0.34).at(COLUMN, 2.2)] + [
        pen.math(curve.residual.lines[1].latex, 0.34).at(right, 2.2, "right")
        for curve, right in zip((LINE, CUBIC), rights, strict=True)
    ]
    factors = []
    for (name, cells), y in zip(FACTORS.items(), (1.35, 0.4), strict=True):
        slope = rf"\textcolor{{{name}}}{{\frac{{\partial r_i}}{{\partial {name}}}}}"
        factors.append(pen.math(slope, 0.34).at(COLUMN, y))
        factors += [
            pen.math(cell, 0.34, pen.palette[name]).at(right, y, "right")
            for cell, right in zip(cells, rights, strict=True)
        ]
    rule = Rule(COLUMN, rights[-1], 2.69, pen.palette.muted)
    return Group(*heads, rule), Group(*residuals), Group(*factors)


def slopes(pen: Pen) -> tuple[Written, Written]:
    """Both slopes of the cost, by b and by W, each in one row."""
    by_w, by_b = (CUBIC.slope(parameter).only(1, 3) for parameter in (0, 1))
    written = write(by_b, pen, COLUMN, -0.85, 0.34), write(by_w, pen, COLUMN, -2.1, 0.34)
    for slope in written:
        chain, result = slope.lines
        result.at(float(chain.get_right()[0]) + 0.16, slope.left.baseline)
    return written


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


def second_derivatives(data: Dataset, pen: Pen) -> tuple[Written, Written, Written]:
    """The second derivatives by W, by b, and by both, with their numbers."""
    by_w, by_b, mixed = curvature_lines(data)
    return (
        write(by_w, pen, COLUMN, 2.5, 0.3, 1.0),
        write(by_b, pen, COLUMN, 0.45, 0.3),
        write(mixed, pen, COLUMN, -0.55, 0.3),
    )


def curvatures(course: Course, pen: Pen) -> Formula:
    """Both curvatures of the valley."""
    steep, flat = Number(course.steep, 4), Number(course.flat, 4)
    return pen.text("${steep}$ across, ${flat}$ along its floor", steep=steep, flat=flat).at(COLUMN, -1.5)


def condition_number(course: Course, pen: Pen) -> Formula:
    """Their ratio."""
    steep, flat = latex_number(number(course.steep, 4)), latex_number(number(course.flat, 4))
    ratio = latex_number(number(course.steep / course.flat, 4))
    return pen.math(rf"\frac{{{steep}}}{{{flat}}} = {ratio}").at(COLUMN, -2.35)


def _twice_the_mean(values: Array) -> tuple[str, str]:
    """LaTeX of 2/N times a sum with its numbers, and of what comes out."""
    summands = " + ".join(latex_number(significant(float(value))) for value in values)
    total = latex_number(significant(float(2 * values.mean())))
    return rf"\frac{{2}}{{{len(values)}}} \, ({summands})", total
