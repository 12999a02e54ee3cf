"""What is written beside the cubic: the model, what b does, its slope along x, a residual, its curvatures."""

from __future__ import annotations

from functools import partial

from fitting import Dataset, Trajectory
from scenes.kit.course import Course
from scenes.kit.derivation import Written
from scenes.kit.formula import Formula, Pen
from scenes.kit.live import LiveNumber
from scenes.kit.mean_squared_error import RESIDUAL, B, J, W
from scenes.kit.painting import Group
from scenes.kit.places import COLUMN
from scenes.kit.style import Size
from scenes.kit.ticks import fixed, latex_number, number
from scenes.parts.cubic.cubic_error import SLOPE_B, SLOPE_W, curvature_lines
from scenes.parts.cubic.curve_tangent import CurveTangent


def line_found(line: Trajectory, pen: Pen) -> Group:
    """The best line and its cost."""
    w, b = (latex_number(number(abs(value), 3)) for value in line.final_params.tolist())
    return Group(
        pen.math(rf"y' = {w} \cdot x - {b}", Size.FORMULA, pen.palette.muted).at(COLUMN, -1.3),
        pen.math(rf"{J} = {latex_number(number(line.final_loss, 4))}", Size.FORMULA).at(COLUMN, -2.05),
    )


def model_formula(pen: Pen) -> Formula:
    """y' = W x^3 + b."""
    return pen.math(rf"\textcolor{{model}}{{y'}} = {W} \cdot x^3 + {B}", Size.LARGE).at(COLUMN, 2.4)


def shifting(pen: Pen) -> Formula:
    """The slope by b."""
    return pen.math(rf"\frac{{\partial \textcolor{{model}}{{y'}}}}{{\partial {B}}} = 1").at(COLUMN + 2.9, 0.7)


def slope_formula(pen: Pen) -> Formula:
    """The slope along x."""
    latex = rf"\frac{{d \textcolor{{model}}{{y'}}}}{{d x}} = 3 \cdot {W} \cdot x^2"
    return pen.math(latex, Size.LARGE).at(COLUMN, 1.05)


def tangent_numbers(tangent: CurveTangent, pen: Pen) -> Group:
    """Where the tangent touches, and how steep it is there."""
    write = partial(fixed, decimals=2)
    return Group(
        LiveNumber("x", "text", lambda: tangent.x, write, (COLUMN, 0.05), pen, tangent),
        LiveNumber("dy'/dx", "gradient", lambda: tangent.slope, write, (COLUMN + 2.2, 0.05), pen, tangent),
    )


def residual_of_the_cubic(pen: Pen) -> Formula:
    """A residual with the model in it."""
    return pen.math(rf"{RESIDUAL} = {W} x_i^3 + {B} - y_i").at(COLUMN, 2.75)


def slopes(pen: Pen) -> tuple[Written, Written]:
    """Both slopes of the cost, by b and by W; that by W without its first line, which is like that by b."""
    by_b, by_w = SLOPE_B.write(pen, COLUMN, 1.6), SLOPE_W.write(pen, COLUMN, 0.05)
    for k, line in enumerate(by_w.lines[1:]):
        line.baseline = by_w.left.baseline - 1.25 * k
    return by_b, by_w


def second_derivatives(data: Dataset, pen: Pen) -> tuple[Written, Written]:
    """The curvatures over W and over b, with their numbers."""
    by_w, by_b = curvature_lines(data)
    return by_w.write(pen, COLUMN, 2.5, 0.34), by_b.write(pen, COLUMN, -0.1, 0.34)


def curvatures(steep: str, flat: str, pen: Pen) -> Formula:
    """Both curvatures of the valley."""
    return pen.text(f"${steep}$ across, ${flat}$ along its floor").at(COLUMN, -1.3)


def condition_number(course: Course, pen: Pen) -> Formula:
    """Their ratio."""
    steep, flat = latex_number(number(course.steep, 4)), latex_number(number(course.flat, 3))
    ratio = latex_number(number(course.steep / course.flat, 4))
    return pen.math(rf"\frac{{{steep}}}{{{flat}}} = {ratio}").at(COLUMN, -2.35)
