"""What adapts to the data: ranges, rulers in the file's and in standard units, the landscape's window."""

from __future__ import annotations

import math

import numpy as np

from fitting import Dataset
from fitting.arrays import Array
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.window import nudges
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.message import Math, Message, Shown, Value, message
from scenes.kit.words.numbers import LARGE, MINUS, SMALL, fixed, number, shown, widen

_TITLE = 4.5
"""How wide the title of an axis may be: the title of a loss curve and its power of ten stand below it on the left."""

_LONG_MEAN = 16
"""Characters of a mean beyond which it is called by that word."""


def fit_chart(lesson: Lesson, optimum: Array, rect: tuple[float, float, float, float]) -> Chart:
    """The plane of a fit, in the units of the descent: room for the data and for the curves that are drawn.

    These are the run's last and the best one, with their answers, and over the data the first one, also with more of
    one of its parameters. The data keep a third of the height: of curves that are farther away than their range, above
    or below, the rest is left out. Equal targets have no range: there all of the curves are held.
    """
    run, data, ahead = lesson.trajectory, lesson.data, lesson.forecast_place
    lines = optimum if run.grows else np.stack([lesson.final_params, optimum])
    room = float(np.ptp(data.y)) or np.inf
    x_low, x_high = float(data.x.min()), max(float(data.x.max()), ahead)
    first = np.tile(run.params[0], (3, 1))
    first[[1, 2], [0, 1]] += nudges(run)
    drawn = [run.model.predict(lines, np.array([x_low, ahead])), run.model.predict(first, data.x)]
    curves = np.concatenate([curve.ravel() for curve in drawn])
    values = np.concatenate([data.y, np.clip(curves, data.y.min() - room, data.y.max() + room)])
    low, high = widen(float(values.min()), float(values.max()), 0.12)
    air = (x_high - x_low) * 0.12
    return Chart(rect, (x_low - air, x_high + air), (low, high))


def rulers(lesson: Lesson, chart: Chart, pen: Pen) -> tuple[ChartAxes, ...]:
    """Axes in the file's units, and, where the descent runs in standard units, a second pair in those."""
    data, units = lesson.data, lesson.trajectory.units
    titles = _file_titles(data, pen)
    if units.is_identity:
        return (ChartAxes(chart, *titles, pen),)
    x_ticks = Ticks.round(chart.x_range, mean=units.x_mean, scale=units.x_scale)
    y_ticks = Ticks.round(chart.y_range, mean=units.y_mean, scale=units.y_scale)
    in_file = ChartAxes(chart, *titles, pen, x_ticks, y_ticks)

    standard = [
        _standard_title("x", data.x_name, units.x_mean, units.x_scale, pen),
        _standard_title("y", data.y_name, units.y_mean, units.y_scale, pen),
    ]
    return in_file, ChartAxes(chart, standard[0], standard[1], pen)


def _standard_title(letter: str, name: str, mean: float, scale: float, pen: Pen) -> Formula:
    """What a letter is in standard units: (name - mean) / scale."""
    middle, divided = ruler_numbers(mean, scale)
    values: dict[str, Value] = {
        "letter": Math(letter),
        "sign": Math("+" if mean < 0 else "-"),
        "mean": Shown(middle.lstrip(MINUS)),
        "scale": Shown(divided),
    }
    # A column that is called like the letter is another thing.
    quotes = ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}") if name == letter else ("", "")
    form = _form(middle, divided).with_values(values)
    return pen.fitted(form, _TITLE, (Size.LABEL, Size.TICK), pen.palette.muted, name=name.join(quotes))


def _form(middle: str, divided: str) -> Message:
    if len(middle) > _LONG_MEAN:
        scaled = message(r"${letter}$ = ({name} $-$ mean) $/ \, {scale}$")
        return scaled if divided else message("${letter}$ = {name} $-$ mean")
    if middle and divided:
        return message(r"${letter}$ = ({name} ${sign} \, {mean}$) $/ \, {scale}$")
    if middle:
        return message(r"${letter}$ = {name} ${sign} \, {mean}$")
    return message(r"${letter}$ = {name} $/ \, {scale}$") if divided else message("${letter}$ = {name}")


def ruler_numbers(mean: float, scale: float) -> tuple[str, str]:
    """The mean and the scale of a ruler as text; "" for a mean of 0 and for a scale of 1, which change nothing.

    What a reader computes from them misses the value in standard units by less than 0.001: the mean's last digit is
    worth less than a thousandth of the scale, and the scale has five digits.
    """
    decimals = 3 - math.floor(math.log10(scale))
    middle = fixed(mean, decimals).rstrip("0").rstrip(".") if decimals > 0 else fixed(round(mean, decimals), 0)
    divided = number(scale, 5 if SMALL <= scale < LARGE else 7)
    return middle if shown(middle) else "", divided if shown(divided) != 1 else ""


def _file_titles(data: Dataset, pen: Pen) -> tuple[Formula, Formula]:
    x_title = f"{data.x_name}, {data.x_unit}" if data.x_unit else data.x_name
    y_title = f"{data.y_name}, {data.y_unit}" if data.y_unit else data.y_name
    sizes, muted = (Size.LABEL, Size.TICK), pen.palette.muted
    return (
        pen.fitted("{title}", _TITLE, sizes, muted, title=x_title),
        pen.fitted("{title}", _TITLE, sizes, muted, title=y_title),
    )
