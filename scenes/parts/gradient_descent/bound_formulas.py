"""Why a learning rate has a bound, as formulas below the descents that it explains."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Pen
from scenes.parts.gradient_descent.update_rule import (
    curvature_by_data,
    distance_by_step,
    factor_with_numbers,
    rate_bound,
    slope_by_distance,
)

_LOW, _LOWER, _LOWEST = -1.38, -2.17, -2.4
_LEFT, _GAP = -5.7, 0.8


class BoundFormulas:
    """Of a parabola with a given curvature.

    Args:
        name: The parameter.
        curvature: Its second derivative.
        rates: Learning rates of the descents above.
        centers: Where they stand.
        pen: Writes.

    Attributes:
        slope: It grows with the distance to the bottom.
        curvature: How fast it grows.
        step: What a step makes of that distance: beside the slope, in the curvature's place.
        factors: By which number each rate multiplies it.
        bound: Which rates make it smaller.
    """

    def __init__(self, name: str, curvature: float, rates: Sequence[float], centers: Sequence[float], pen: Pen) -> None:
        self.slope = pen.math(slope_by_distance(name, curvature).row).at(_LEFT, _LOWER)
        beside = _LEFT + float(self.slope.width) + _GAP
        self.curvature = pen.math(curvature_by_data(curvature).row).at(beside, _LOWER)
        self.step = pen.math(distance_by_step(name, curvature).row).at(beside, _LOWER)
        self.factors = Group(*(
            pen.math(factor_with_numbers(curvature, rate).row, Size.LABEL).at(center, _LOW, "center")
            for rate, center in zip(rates, centers, strict=True)
        ))  # fmt: skip
        self.bound = pen.math(rate_bound(curvature).row).at(0.0, _LOWEST, "center")
