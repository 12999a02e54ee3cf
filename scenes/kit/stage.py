"""What adapts to the data: ranges, rulers in the file's and in standard units, the landscape's window."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fitting import Dataset, Trajectory
from fitting.arrays import Array
from scenes.kit.captions import shorten
from scenes.kit.chart import Chart, ChartAxes, Ticks
from scenes.kit.formula import Formula, Pen
from scenes.kit.lesson import Lesson
from scenes.kit.projection import Window
from scenes.kit.ranges import in_descent_units
from scenes.kit.style import Size
from scenes.kit.ticks import latex_number, number, widen

_TITLE = 4.5
"""How wide the title of an axis may be: the title of a loss curve and its power of ten stand below it on the left."""


def fit_chart(lesson: Lesson, optimum: Array, rect: tuple[float, float, float, float]) -> Chart:
    """The plane of a fit, in the units of the descent: room for the data, the run's line and the best line's answer."""
    data, ahead = lesson.data, lesson.forecast_place
    lines = optimum if lesson.trajectory.grows else np.stack([lesson.final_params, optimum])
    room = float(np.ptp(data.y))
    if room == 0:
        # Equal targets give no room to any line but theirs: the first one does.
        lines, room = np.vstack([lines, lesson.trajectory.params[0]]), np.inf
    x_low, x_high = float(data.x.min()), max(float(data.x.max()), ahead)
    line = lesson.trajectory.model.predict(lines, np.array([x_low, ahead])).ravel()
    # A line that is far off would press the data flat.
    line = np.clip(line, data.y.min() - room, data.y.max() + room)
    values = np.concatenate([data.y, line])
    low, high = widen(float(values.min()), float(values.max()), 0.12)
    air = (x_high - x_low) * 0.12
    return Chart(rect, (x_low - air, x_high + air), (low, high))


def rulers(lesson: Lesson, chart: Chart, pen: Pen) -> tuple[ChartAxes, ...]:
    """Axes in the file's units, and, where the descent runs in standard units, a second pair in those."""
    data, units, muted = lesson.data, lesson.trajectory.units, pen.palette.muted
    titles = _file_titles(data, pen)
    if units.is_identity:
        return (ChartAxes(chart, *titles, pen),)
    x_ticks = Ticks.round(chart.x_range, mean=units.x_mean, scale=units.x_scale)
    y_ticks = Ticks.round(chart.y_range, mean=units.y_mean, scale=units.y_scale)
    in_file = ChartAxes(chart, *titles, pen, x_ticks, y_ticks)

    def shown(value: float) -> str:
        return latex_number(number(value, 4))

    def title(symbol: str, name: str, mean: float, scale: float) -> Formula:
        sign = "+" if mean < 0 else "-"
        template = rf"${symbol}$ = ({{name}} ${sign} \, {shown(abs(mean))}$) $/ \, {shown(scale)}$"
        # Every name is told by its first letters; how many there is room for depends on the numbers.
        found = (pen.text(template, Size.LABEL, muted, name=shorten(name, longest)) for longest in range(18, 5, -1))
        return next((text for text in found if text.width <= _TITLE), None) or pen.text(
            template, Size.LABEL, muted, room=_TITLE, name=shorten(name, 6)
        )

    standard = [
        title("x", data.x_name, units.x_mean, units.x_scale),
        title("y", data.y_name, units.y_mean, units.y_scale),
    ]
    return in_file, ChartAxes(chart, standard[0], standard[1], pen)


def nudges(trajectory: Trajectory) -> tuple[float, float]:
    """How much more of each parameter shows what it does: 1 where that can be seen, else a power of ten."""
    data = trajectory.data
    slopes = np.abs(trajectory.model.jacobian(trajectory.params[0], data.x)).max(axis=0)
    visible = (float(np.ptp(data.y)) or 1.0) / np.maximum(slopes, 1e-300)
    first, second = (
        1.0 if 0.08 <= 1 / whole <= 0.8 else 10.0 ** float(np.floor(np.log10(0.6 * whole))) for whole in visible[:2]
    )
    return first, second


def landscape_window(
    trajectory: Trajectory, optimum: Array, asked: Mapping[str, tuple[float, float]] | None = None
) -> Window:
    """The window that is asked for, or one that holds the descent and the optimum with some air.

    That one has both parameters on one scale if it can be read: a step then points at right angles to the contour
    lines, as it does in truth. Of a run that grows it holds the steps until the loss is four times what it was.

    Args:
        trajectory: The run.
        optimum: The exact best parameters, (p,).
        asked: Ranges by the parameter's name, in the file's units.
    """
    ceiling = 1.3 * float(trajectory.loss[0])
    if trajectory.grows:
        ceiling *= 3.2
    shown = np.vstack([trajectory.params[trajectory.loss <= ceiling], optimum])
    low, high = shown.min(axis=0)[:2], shown.max(axis=0)[:2]
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 1e-9)
    if half.max() < 6 * half.min():
        half = half + 0.55 * half.min()
        half = np.maximum(half, 0.62 * half.max())
    elif trajectory.units.is_identity:
        half = _readable(trajectory, half * 1.4)
    else:
        half = np.maximum(half * 1.4, half.max())
    ranges = in_descent_units(trajectory, asked or {})
    chosen = [(float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True)]
    first, second = (ranges.get(name, own) for name, own in zip(trajectory.model.parameters[:2], chosen, strict=True))
    return Window(first, second, ceiling)


def slice_span(trajectory: Trajectory) -> tuple[float, float]:
    """A range of the first parameter around its best value, the others at the start; the start lies inside."""
    data, start = trajectory.data, trajectory.params[0]
    slopes = trajectory.model.jacobian(start, data.x)[..., 0]
    residual = trajectory.model.predict(start, data.x) - data.y
    best = float(start[0] - slopes @ residual / (slopes @ slopes))
    # Of a start that is the best already, as far as the line turns by one range of the data.
    least = 0.2 * float(np.ptp(data.y) or 1.0) / float(np.ptp(data.x))
    reach = 1.2 * max(abs(best - float(start[0])), least)
    return best - reach, best + reach


def _readable(trajectory: Trajectory, half: Array) -> Array:
    """Half widths of a window in file units: where one parameter has hardly moved, as far as doubles the loss."""
    data, start = trajectory.data, trajectory.params[0]
    slopes = trajectory.model.jacobian(start, data.x)[..., :2]
    reach = np.sqrt(float(trajectory.loss[0]) / np.maximum((slopes**2).mean(axis=0), 1e-300))
    return np.maximum(half, 0.5 * reach)


def _file_titles(data: Dataset, pen: Pen) -> tuple[Formula, Formula]:
    x_title = shorten(f"{data.x_name}, {data.x_unit}" if data.x_unit else data.x_name, 28)
    y_title = shorten(f"{data.y_name}, {data.y_unit}" if data.y_unit else data.y_name, 34)
    muted = pen.palette.muted
    return (
        pen.text("{title}", Size.LABEL, muted, title=x_title),
        pen.text("{title}", Size.LABEL, muted, title=y_title),
    )
