"""The cubic's slope along x: a tangent at an input that moves, and what is read there."""

from __future__ import annotations

from functools import partial

from fitting.arrays import Array
from scenes.kit.drawing.frame import COLUMN
from scenes.kit.drawing.painting import Group
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import Spot
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import PREDICTION, X
from scenes.kit.words.numbers import fixed


def cubic_tangent(chart: Chart, params: Array, x: Spot, pen: Pen) -> CurvePoint:
    """The tangent of the curve W x^3 + b, whose slope is 3 W x^2."""
    w, b = params.tolist()
    return CurvePoint(
        chart,
        lambda at: w * at**3 + b,
        lambda at: 3 * w * at**2,
        lambda: x.value,
        "model",
        pen,
        x,
        radius=1.1,
        half=1.15,
        air=0.02,
        tangent=1.0,
    )


def tangent_numbers(tangent: CurvePoint, x: Spot, pen: Pen) -> Group:
    """Where the tangent touches, and how steep the curve is at the input as it is written."""
    write = partial(fixed, decimals=2)

    def shown() -> float:
        return round(x.value, 2)

    def slope() -> float:
        return float(tangent.derivative(shown()))

    return Group(
        LiveNumber("x", "data", shown, write, (COLUMN, -0.1), pen, x),
        LiveNumber(rf"d {PREDICTION} / d {X}", "gradient", slope, write, (COLUMN + 2.2, -0.1), pen, x),
    )
