"""What is written beside the cubic: the model, what b does, its slope along x, a residual, its curvatures."""

from __future__ import annotations

from fitting import Dataset, Trajectory
from fitting.course import Course
from scenes.kit.drawing.frame import COLUMN
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.mean_squared_error import MEAN
from scenes.kit.panels.three_models import names
from scenes.kit.text.derivation import Written
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Rule
from scenes.kit.words.letters import PREDICTION, RESIDUAL_I, X_I, Y_I, B, J, W, X
from scenes.kit.words.numbers import latex_number, number
from scenes.parts.cubic.error import CUBE, CUBE_I, SLOPE_B, SLOPE_W, curvature_lines


def line_found(line: Trajectory, pen: Pen) -> Group:
    """The best line and its cost."""
    w, b = (latex_number(number(abs(value), 3)) for value in line.final_params.tolist())
    latex = rf"{PREDICTION} = \textcolor{{W}}{{{w}}} \cdot {X} - \textcolor{{b}}{{{b}}}"
    return Group(
        pen.math(latex, Size.FORMULA).at(COLUMN, -1.3),
        pen.math(rf"{J} = {latex_number(number(line.final_loss, 4))}", Size.FORMULA).at(COLUMN, -2.05),
    )


def model_formula(pen: Pen) -> Formula:
    """The prediction is W x^3 + b."""
    return pen.math(rf"{PREDICTION} = {W} \cdot {CUBE} + {B}", Size.LARGE).at(COLUMN, 2.4)


def shifting(pen: Pen) -> Formula:
    """The slope by b."""
    return pen.math(rf"\frac{{\partial {PREDICTION}}}{{\partial {B}}} = 1").at(COLUMN + 2.9, 0.7)


def slope_formula(pen: Pen) -> Formula:
    """The slope along x."""
    latex = rf"\frac{{d {PREDICTION}}}{{d {X}}} = 3 \cdot {W} \cdot \textcolor{{data}}{{x^2}}"
    return pen.math(latex, Size.FORMULA).at(COLUMN, 0.7)


FACTORS = {"b": ("1", "1"), "W": (X_I, CUBE_I)}
"""Slopes of a residual by each parameter: a line's, and the cubic's."""


def beside_the_line(pen: Pen) -> tuple[Group, Group, Group]:
    """A table of the line and the cubic: their names, their residuals, and the residuals' slopes."""
    rights = (COLUMN + 3.3, COLUMN + 6.1)
    line, _, cubic = names(pen)
    heads = [name.at(right, 2.85, "right") for name, right in zip((line, cubic), rights, strict=True)]
    residuals = [pen.math(RESIDUAL_I, 0.34).at(COLUMN, 2.2)] + [
        pen.math(rf"{W} {power} + {B} - {Y_I}", 0.34).at(right, 2.2, "right")
        for power, right in zip(FACTORS["W"], rights, strict=True)
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
    written = SLOPE_B.write(pen, COLUMN, -0.85, 0.34), SLOPE_W.write(pen, COLUMN, -2.1, 0.34)
    for slope in written:
        chain, result = slope.lines
        result.at(float(chain.get_right()[0]) + 0.16, slope.left.baseline)
    return written


def second_derivatives(data: Dataset, pen: Pen) -> tuple[Written, Written, Written]:
    """The second derivatives by W, by b, and by both, with their numbers."""
    by_w, by_b, mixed = curvature_lines(data)
    return (
        by_w.write(pen, COLUMN, 2.5, 0.3, 1.0),
        by_b.write(pen, COLUMN, 0.45, 0.3),
        mixed.write(pen, COLUMN, -0.55, 0.3),
    )


def cost_formula(pen: Pen) -> Formula:
    """The cost is the mean of the squared residuals."""
    return pen.math(rf"{J} = {MEAN} \textcolor{{residual}}{{r_i^2}}", 0.34).at(COLUMN, 1.0)


def curvatures(steep: str, flat: str, pen: Pen) -> Formula:
    """Both curvatures of the valley."""
    return pen.text(f"${steep}$ across, ${flat}$ along its floor").at(COLUMN, -1.5)


def condition_number(course: Course, pen: Pen) -> Formula:
    """Their ratio."""
    steep, flat = latex_number(number(course.steep, 4)), latex_number(number(course.flat, 4))
    ratio = latex_number(number(course.steep / course.flat, 4))
    return pen.math(rf"\frac{{{steep}}}{{{flat}}} = {ratio}").at(COLUMN, -2.35)
