"""What is shown of a run's parameters: a landscape's window, a slice's span, how large a nudge is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.subject.ranges import in_descent_units


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
    elif trajectory.units.is_identity or trajectory.data.x.std() < 0.5:
        # Inputs that are too close to each other for their deviation to be known keep their own scale.
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


@dataclass(frozen=True)
class Window:
    """The part of the landscape that is shown.

    Attributes:
        first: Range of the first parameter (horizontal axis of the landscape).
        second: Range of the second parameter.
        ceiling: Loss at which the surface is cut.
    """

    first: tuple[float, float]
    second: tuple[float, float]
    ceiling: float

    def contains(self, params: Array) -> npt.NDArray[np.bool_]:
        """Which of params (..., 2) lie inside."""
        inside: npt.NDArray[np.bool_] = (
            (params[..., 0] >= self.first[0])
            & (params[..., 0] <= self.first[1])
            & (params[..., 1] >= self.second[0])
            & (params[..., 1] <= self.second[1])
        )
        return inside
