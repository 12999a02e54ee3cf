"""Updates all at once and one after the other, on a map of the loss: one step both ways, and both whole descents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from fitting import Trajectory, fit
from fitting.arrays import Array
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import Fixed, Message, message
from scenes.kit.words.numbers import count, fixed
from scenes.parts.gradient_descent.contour_map import ContourLine, ContourMap, MapArrow, MapLabel, MapTrail
from scenes.parts.gradient_descent.parabola_panel import Clock
from scenes.parts.gradient_descent.update_rule import rule, slope_value, update_with_numbers

_WHOLE = 0.055
_LEVELS = (4.2, 4.6, 5.5, 7.0, 9.0, 11.5, 14.5, 21.5, 26.0)
_AIR = 0.36
_ROWS = 0.75

_AT_ONCE = message("all at once")
_IN_TURN = message("one after the other")

VALLEY = 1.2 + 2.6 * np.arange(1, 10) ** 2
"""Losses of contour lines at about equal distances across the houses' valley."""


class OneStep(Group):
    """One step of the linear model from the notes' start, with slopes at the old point and one after the other.

    Attributes:
        map: The loss from above.
        contour: The contour line through the start.
        here: The start on it.
        first: Arrow along the first parameter: the same in both orders.
        second: Arrow along the second, by its slope at the old point.
        whole: Both together: the step of gradient descent, along -gradient.
        late: Arrow along the second parameter by its slope after the first has moved.
        together: Where gradient descent arrives, with its name.
        apart: Where the other order does.
        rules: Both updates in symbols.
        old: Both slopes at the old point.
        new: Both updates with them.
        other: The slope after the first has moved, and the update with it.
        ends: Parameters that both orders lead to: all at once, one after the other.
    """

    def __init__(
        self,
        rate: float,
        rect: tuple[float, float, float, float],
        column: float,
        room: float,
        pen: Pen,
    ) -> None:
        trajectory = fit(learning_rate=rate, steps=1)
        start, slopes = trajectory.params[0], trajectory.gradient[0]
        first, second = trajectory.model.parameters[:2]
        palette = pen.palette
        at_once, after = trajectory.params[1], fit(learning_rate=rate, steps=1, one_after_other=True).params[1]
        moved = np.array([after[0], start[1]])
        late = float(trajectory.gradient_at(moved)[1])
        self.ends = (at_once, after)
        middle = (float(start[0] + at_once[0]) / 2, float(start[1] + at_once[1]) / 2 - 0.04)
        levels = sorted((*_LEVELS, float(trajectory.loss[0])))
        self.map = ContourMap(rect, trajectory, middle, 0.85 * float(at_once[0] - start[0]), levels, pen)
        self.contour = ContourLine(self.map, float(trajectory.loss[0]), pen)
        plane = self.map.chart
        self.here = MapTrail(plane, start[None], Clock(), palette["gradient"], pen)
        self.first = MapArrow(plane, start, moved, palette[first], pen)
        self.second = MapArrow(plane, moved, at_once, palette[second], pen)
        self.whole = MapArrow(plane, start, at_once, palette["gradient"], pen, width=_WHOLE)
        self.late = MapArrow(plane, moved, after, palette[second], pen)
        self.together = _end(self.map, at_once, _AT_ONCE, _AIR - 0.08, palette["gradient"], pen)
        self.apart = _end(self.map, after, _IN_TURN, -_AIR - 0.12, palette.muted, pen)
        self.rules = Group(*(
            pen.math(rule(name).row, Size.LARGE).at(column, y)
            for name, y in zip((first, second), (1.9, 0.5), strict=True)
        ))  # fmt: skip
        self.old = Group(
            pen.text(_AT_ONCE, Size.BODY, palette["gradient"]).at(column, 2.7),
            slope_value(first, float(slopes[0]), pen, Size.BODY).at(column, 1.9),
            slope_value(second, float(slopes[1]), pen, Size.BODY).at(column + 2.9, 1.9),
        )
        updates = (
            update_with_numbers(name, float(start[k]), rate, float(slopes[k]), pen, room).at(column, 1.0 - 0.62 * k)
            for k, name in enumerate((first, second))
        )
        self.new = Group(*updates)
        self.other = Group(
            pen.text(_IN_TURN, Size.BODY, palette.muted).at(column, -0.6),
            slope_value(second, late, pen, Size.BODY).at(column, -1.4),
            pen.text(r"at $\textcolor{W}{W = {moved}}$", Size.BODY, moved=Fixed(float(moved[0]), 4)).at(
                column + 2.9, -1.4
            ),
            update_with_numbers(second, float(start[1]), rate, late, pen, room).at(column, -2.3),
        )
        paintings = (self.here, self.first, self.second, self.whole, self.late, self.together, self.apart)
        super().__init__(self.map, self.contour, *paintings, self.old, self.new, self.other)


def _end(chart: ContourMap, at: Array, text: Message, above: float, color: str, pen: Pen) -> Group:
    x, y = chart.chart.to_screen(at[0], at[1]).tolist()
    label = MapLabel(pen.text(text, Size.LABEL, color), x + 0.12, y + above, "right", pen)
    return Group(MapTrail(chart.chart, at[None], Clock(), color, pen, point=color), label)


class BothDescents:
    """Gradient descent, and descent one parameter after the other, on one map with one clock.

    Args:
        trajectory: Gradient descent.
        other: As many steps with the other order.
        rect: Left, bottom, right and top of the map.
        window: Its middle, and how far the first parameter goes to either side of it.
        column: Left edge of the numbers.
        pen: Writes them.

    Attributes:
        clock: Tween `clock.progress`.
        map: The loss from above.
        paths: Both descents on it.
        other_path: The second of them, which lies on the first.
        numbers: Step, and parameters and loss of both, in two columns.
    """

    def __init__(
        self,
        trajectory: Trajectory,
        other: Trajectory,
        rect: tuple[float, float, float, float],
        window: tuple[tuple[float, float], float],
        column: float,
        pen: Pen,
    ) -> None:
        self.clock = Replay(trajectory)
        center, reach = window
        self.map = ContourMap(rect, trajectory, center, reach, VALLEY, pen)
        palette, names = pen.palette, trajectory.model.parameters[:2]
        white, muted = palette["gradient"], palette.muted
        path = MapTrail(
            self.map.chart, trajectory.params, self.clock, white, pen, arrows=False, point=white, width=0.06
        )
        self.other_path = MapTrail(
            self.map.chart, other.params, self.clock, muted, pen, arrows=False, point=muted, dash=(0.1, 0.1)
        )
        self.paths = Group(path, self.other_path)
        self.numbers = Group()
        for run, head, x in ((trajectory, _AT_ONCE, column), (other, _IN_TURN, column + 2.95)):
            color = white if run is trajectory else muted
            self.numbers.add(pen.text(head, Size.BODY, color).at(x, 2.4))
            values = (*run.params.T[:2], run.loss)
            for row, (latex, concept, of) in enumerate(zip((*names, "J"), (*names, "loss"), values, strict=True)):
                value, place = _at(of, path), (x, 1.55 - _ROWS * row)
                self.numbers.add(LiveNumber(latex, concept, value, partial(fixed, decimals=4), place, pen, self.clock))
        step, place = _at(trajectory.steps.astype(np.float64), path), (column, 1.55 - 3.4 * _ROWS)
        self.numbers.add(LiveNumber(r"\text{step}", "muted", step, lambda at: count(int(at)), place, pen, self.clock))


def _at(values: Array, path: MapTrail) -> Callable[[], float]:
    return lambda: float(values[path.record])
