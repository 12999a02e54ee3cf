"""A point on a slice that is moved by hand, and what is read there: parameter, loss, slope, and its sign."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import Spot
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Fixed, message
from scenes.kit.words.numbers import column
from scenes.parts.gradient_descent.parabola_panel import ParabolaPanel
from scenes.parts.gradient_descent.update_rule import DECIMALS, partial

_LEADING = 0.65
_SIDES = (
    message("slope $< 0$: the bottom is to the right"),
    message("slope $= 0$: the bottom"),
    message("slope $> 0$: the bottom is to the left"),
)


class SlopeReading(Group):
    """The point with its tangent, and texts and live numbers beside it.

    Args:
        panel: The slice over W, where b stays.
        span: Where the point will go.
        start: Where it is at first.
        left: Left edge of the texts.
        top: Baseline of the first.
        pen: Writes.

    Attributes:
        spot: Tween `spot.value` to move the point.
        point: The point; tween `point.tangent`.
        head: Which parameter moves, and where the other one stays.
        numbers: Parameter, loss and slope at the spot.
        sides: What a negative slope, none and a positive one say.
    """

    def __init__(
        self, panel: ParabolaPanel, span: tuple[float, float], start: float, left: float, top: float, pen: Pen
    ) -> None:
        cut = panel.cut
        self.spot = spot = Spot(start)
        self.point = CurvePoint(panel.chart, cut.loss, cut.slope, lambda: spot.value, "loss", pen, spot)
        name = cut.name
        self.head = pen.text(
            r"$\textcolor{loss}{J}$ over $\textcolor{W}{W}$ alone; $\textcolor{b}{b = {stays}}$ stays",
            Size.BODY,
            stays=Fixed(float(cut.params[1]), DECIMALS),
        ).at(left, top)
        ends = np.array(span)
        slopes, losses = (column(values, 4) for values in (cut.slope(ends), cut.loss(ends)))
        slope, below = partial(name), (left, top - 2.1)
        self.numbers = Group(
            LiveNumber(name, name, lambda: spot.value, column(np.array([1.0])), (left, top - 0.95), pen, spot),
            LiveNumber("J", "loss", lambda: float(cut.loss(spot.value)), losses, (left + 2.8, top - 0.95), pen, spot),
            LiveNumber(
                slope, "gradient", lambda: float(cut.slope(spot.value)), slopes, below, pen, spot, size=Size.LARGE
            ),
        )
        self.sides = [pen.text(side, Size.BODY).at(left, top - 3.25 - _LEADING * k) for k, side in enumerate(_SIDES)]
        super().__init__(self.head, self.numbers, *self.sides, self.point)
