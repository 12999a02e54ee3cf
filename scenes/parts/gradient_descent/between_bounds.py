"""One learning rate between two bounds: over one parameter it converges, over both it diverges."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import smooth

from fitting import Trajectory, hessian
from fitting.slices import Slice
from scenes.kit.drawing.painting import Group, Tween
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Fixed, Message, Shown, message
from scenes.kit.words.numbers import column
from scenes.parts.gradient_descent.contour_map import ContourMap, MapTrail
from scenes.parts.gradient_descent.parabola_panel import ParabolaPanel, StepTrail, Walk
from scenes.parts.gradient_descent.update_order import VALLEY
from scenes.parts.gradient_descent.update_rule import curvature_text, factor_with_numbers

_BOTTOM, _TOP = -2.1, 2.5
_HEADING, _NUMBERS = 2.72, -2.6
_AIR = 0.78
"""What stands above and below begins where the planes do."""

_ALONE = message(r"$\textcolor{W}{W}$ alone: curvature {curvature}, bound $\textcolor{rate}{{bound}}$")
_BOTH = message(r"$\textcolor{W}{W}$ and $\textcolor{b}{b}$: curvature {curvature}, bound $\textcolor{rate}{{bound}}$")


class BetweenBounds:
    """The same start and rate on a slice and on the map of both parameters, with one clock.

    The slice has all the width until it makes room for the map.

    Args:
        trajectory: Descends over both parameters.
        cut: Its first parameter W alone.
        span: What is shown of it.
        steps: How many steps are shown.
        edges: Left edges of slice and map, and the right one of the map.
        window: Middle of the map, and how far the first parameter goes to either side of it.
        pen: Writes it all.

    Attributes:
        clock: Tween `clock.step`.
        walk: The descent on the slice.
        largest: Largest curvature over both parameters.
        alone: Everything about one parameter, but its steps, the point that takes them and its cost.
        cost: The cost where the point is.
        steps: Its steps.
        point: The point, to be added above them.
        both: Everything about both parameters.
    """

    def __init__(
        self,
        trajectory: Trajectory,
        cut: Slice,
        span: tuple[float, float],
        steps: int,
        edges: tuple[float, float, float],
        window: tuple[tuple[float, float], float],
        pen: Pen,
    ) -> None:
        left, middle, right = edges
        start, rate = trajectory.params[0], float(trajectory.learning_rate[0])
        self.clock = Replay(trajectory)
        self.walk = Walk(cut.descend(float(start[cut.parameter]), rate, steps), self.clock, leaps=True)
        panel = ParabolaPanel((left, _BOTTOM, right, _TOP), cut, span, pen)
        self._plane, self._beside = panel.chart, np.array([left, _BOTTOM, middle - 0.6, _TOP])
        self.steps = StepTrail(panel.chart, self.walk, pen)
        self.point = self.walk.point(panel.chart, pen)
        chart = ContourMap((middle, _BOTTOM, right, _TOP), trajectory, *window, VALLEY, pen)
        path = MapTrail(chart.chart, trajectory.params[: steps + 1], self.clock, pen.palette["gradient"], pen)
        curvatures = np.linalg.eigvalsh(hessian(trajectory.model, trajectory.loss_function, start, trajectory.data))
        self.largest = float(curvatures[-1])
        losses = self.walk.descent.losses
        self.cost = self._cost(lambda: float(losses[self.walk.record]), left + _AIR, pen)
        self.alone = Group(panel, self._words(_ALONE, cut.curvature, rate, left + _AIR, pen))
        self.both = Group(
            chart,
            path,
            self._cost(lambda: float(trajectory.loss[path.record]), middle + _AIR, pen),
            self._words(_BOTH, self.largest, rate, middle + _AIR, pen),
        )

    def make_room(self, run_time: float) -> Tween:
        """The slice moves to the left of the map."""
        return Tween(self._plane, run_time, smooth, rect=self._beside)

    def _cost(self, loss: Callable[[], float], x: float, pen: Pen) -> LiveNumber:
        return LiveNumber("J", "loss", loss, column(np.array([10.0])), (x, _NUMBERS), pen, self.clock)

    def _words(self, about: Message, curvature: float, rate: float, x: float, pen: Pen) -> Group:
        values = {"curvature": Shown(curvature_text(curvature)), "bound": Fixed(2 / curvature, 4)}
        return Group(
            pen.text(about.with_values(values), Size.BODY).at(x, _HEADING),
            pen.math(factor_with_numbers(curvature, rate).row, Size.BODY).at(x + 2.3, _NUMBERS),
        )
