"""What adapts to the data: ranges, rulers in the file's and in standard units, the landscape's window."""

from __future__ import annotations

import numpy as np

from fitting import Dataset
from fitting.arrays import Array
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.captions import shorten
from scenes.kit.words.numbers import latex_number, number, widen

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


def _file_titles(data: Dataset, pen: Pen) -> tuple[Formula, Formula]:
    x_title = shorten(f"{data.x_name}, {data.x_unit}" if data.x_unit else data.x_name, 28)
    y_title = shorten(f"{data.y_name}, {data.y_unit}" if data.y_unit else data.y_name, 34)
    muted = pen.palette.muted
    return (
        pen.text("{title}", Size.LABEL, muted, title=x_title),
        pen.text("{title}", Size.LABEL, muted, title=y_title),
    )
