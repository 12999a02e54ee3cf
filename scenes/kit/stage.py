"""What adapts to the data: ranges, titles in the file's units, the landscape's window."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fitting import Trajectory, hessian
from scenes.kit.captions import shorten
from scenes.kit.chart import Chart
from scenes.kit.formula import Formula, Pen
from scenes.kit.lesson import Lesson, forecast_x
from scenes.kit.projection import Window
from scenes.kit.style import Size
from scenes.kit.ticks import widen

type_array = npt.NDArray[np.float64]


def fit_chart(lesson: Lesson, rect: tuple[float, float, float, float]) -> Chart:
    """The plane of a fit: room for the data, the first and the last curve, and the forecast."""
    trajectory = lesson.trajectory
    data = trajectory.data
    ahead = forecast_x(data.x)
    x_low, x_high = float(data.x.min()), max(float(data.x.max()), ahead)
    span = np.array([x_low, ahead])
    values = np.concatenate([data.y, trajectory.model.predict(lesson.final_params, span)])
    low, high = widen(float(values.min()), float(values.max()), 0.12)
    air = (x_high - x_low) * 0.12
    return Chart(rect, (x_low - air, x_high + air), (low, high))


def titles(lesson: Lesson, pen: Pen) -> tuple[Formula, Formula]:
    """Titles of a fit's axes: name and unit."""
    data = lesson.trajectory.data
    x_title = shorten(f"{data.x_name}, {data.x_unit}" if data.x_unit else data.x_name, 28)
    y_title = shorten(f"{data.y_name}, {data.y_unit}" if data.y_unit else data.y_name, 34)
    muted = pen.palette.muted
    return (
        pen.text("{title}", Size.LABEL, muted, title=x_title),
        pen.text("{title}", Size.LABEL, muted, title=y_title),
    )


def curvatures(trajectory: Trajectory) -> type_array:
    """Eigenvalues of the loss' Hessian at the end of the run, the largest first."""
    matrix = hessian(trajectory.model, trajectory.loss_function, trajectory.params[-1], trajectory.data)
    values: type_array = np.linalg.eigvalsh(matrix)[::-1]
    return values


def landscape_window(trajectory: Trajectory) -> Window:
    """A window that holds the descent with some air, both parameters on one scale where that leaves it readable.

    On one scale a step points at right angles to the contour lines, as it does in truth.
    """
    shown = trajectory.params[trajectory.loss <= 1.5 * trajectory.loss[0]]
    low, high = shown.min(axis=0)[:2], shown.max(axis=0)[:2]
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 1e-9)
    if half.max() < 6 * half.min():
        half = half + 0.55 * half.min()
        half = np.maximum(half, 0.62 * half.max())
    else:
        half = half * 1.4
    ceiling = float(trajectory.loss[0]) * 1.3
    return Window(
        (float(middle[0] - half[0]), float(middle[0] + half[0])),
        (float(middle[1] - half[1]), float(middle[1] + half[1])),
        ceiling,
    )


def slice_span(trajectory: Trajectory) -> tuple[float, float]:
    """A range of the first parameter around its best value, the others at the start; the start lies inside."""
    data, start = trajectory.data, trajectory.params[0]
    slopes = trajectory.model.jacobian(start, data.x)[..., 0]
    residual = trajectory.model.predict(start, data.x) - data.y
    best = float(start[0] - slopes @ residual / (slopes @ slopes))
    reach = 1.2 * max(abs(best - float(start[0])), 1e-6)
    return best - reach, best + reach
