"""What is shown of a run: a landscape's window, its ceiling, a slice's span, how large a nudge is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fitting import SquaredError, Trajectory, least_squares
from fitting.arrays import Array, Integers
from fitting.optimum import is_linear_in_parameters
from fitting.plane import Plane
from scenes.kit.subject.ranges import in_descent_units

_LEAST = 1e-9
"""Half of a window in which nothing has moved."""

_RISES = 0.5
"""Share of its lowest loss by which a slice rises at least."""


def nudges(trajectory: Trajectory) -> tuple[float, float]:
    """How much more of each parameter shows what it does: 1 where that can be seen, else a power of ten."""
    data = trajectory.data
    slopes = np.abs(trajectory.model.jacobian(trajectory.params[0], data.x)).max(axis=0)
    visible = (float(np.ptp(data.y)) or 1.0) / np.maximum(slopes, 1e-300)
    first, second = (
        1.0 if 0.08 <= 1 / whole <= 0.8 else 10.0 ** float(np.floor(np.log10(0.6 * whole))) for whole in visible[:2]
    )
    return first, second


def ceiling(trajectory: Trajectory) -> float:
    """The loss up to which a run is shown, in the units of the descent: of one that grows, four times what it was."""
    return (float(trajectory.loss[0]) or 1.0) * 1.3 * (3.2 if trajectory.grows else 1.0)


def landscape_window(
    trajectory: Trajectory, plane: Plane, asked: Mapping[str, tuple[float, float]] | None = None
) -> Window:
    """The window that is asked for, or one that holds the descent, and the optimum if it is known, with some air.

    That one has both directions on one scale if it can be read: a step then points at right angles to the contour
    lines, as it does in truth. Of a run that grows it holds the steps until the loss is four times what it was.

    Args:
        trajectory: The run.
        plane: What the landscape is over.
        asked: Ranges by the parameter's name, in the file's units.
    """
    model, top = trajectory.model, ceiling(trajectory)
    shown = trajectory.params[np.nan_to_num(trajectory.loss, nan=np.inf) <= top]
    if isinstance(trajectory.loss_function, SquaredError) and is_linear_in_parameters(model, trajectory.data):
        shown = np.vstack([shown, least_squares(model, trajectory.data)])
    places = plane.on(shown)
    low, high = places.min(axis=0), places.max(axis=0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, _LEAST)
    if _LEAST < half.max() < 6 * half.min():
        half = half + 0.55 * half.min()
        half = np.maximum(half, 0.62 * half.max())
    elif trajectory.units.is_identity or half.max() == _LEAST or trajectory.data.x.std() < 0.5:
        # Inputs that are too close to each other for their deviation to be known keep their own scale.
        half = _readable(trajectory, plane, middle, half * 1.4)
    else:
        half = np.maximum(half * 1.4, half.max())
    ranges = in_descent_units(trajectory, asked or {})
    chosen = [(float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True)]
    first, second = (ranges.get(name, own) for name, own in zip(plane.names, chosen, strict=True))
    return Window(first, second, top)


def loss_axis(losses: Array) -> tuple[bool, tuple[float, float]]:
    """Whether losses (s,) are drawn on a logarithmic axis, and its range: of log10 J, in whole powers, if they are.

    They are where they grow by powers of ten: on a linear axis that is a straight line, or nothing at all.
    """
    seen = losses[np.isfinite(losses) & (losses > 0)]
    highest = float(seen.max(initial=0.0))
    if highest > 30 * losses[0]:
        return True, (float(np.floor(np.log10(seen.min()))), float(np.ceil(np.log10(1.08 * highest))))
    return False, (0.0, 1.08 * highest or 1.0)


def told_apart(steps: Integers, apart: float) -> Integers:
    """Indices of the records that are told from each other on a log clock, with the last one.

    Args:
        steps: Steps before each record, (s,), ascending.
        apart: Distance of log10(1 + step) from which on they are.
    """
    first = np.unique(np.floor(np.log10(1.0 + steps) / max(apart, 1e-9)), return_index=True)[1]
    return np.unique(np.append(first, len(steps) - 1))


def slice_span(trajectory: Trajectory) -> tuple[float, float]:
    """A range of the first parameter around its best value, the others at the start; the start lies inside.

    At its ends the loss is at least by half higher than in its middle: over less it would look flat.
    """
    data, start = trajectory.data, trajectory.params[0]
    slopes = trajectory.model.jacobian(start, data.x)[..., 0]
    residual = trajectory.model.predict(start, data.x) - data.y
    best = float(start[0] - slopes @ residual / (slopes @ slopes))
    # Of a start that is the best already, as far as the line turns by one range of the data.
    least = 0.2 * float(np.ptp(data.y) or 1.0) / float(np.ptp(data.x))
    reach = 1.2 * max(abs(best - float(start[0])), least)
    lowest = float(np.mean((residual + (best - float(start[0])) * slopes) ** 2))
    reach = max(reach, float(np.sqrt(_RISES * lowest / np.mean(slopes**2))))
    return best - reach, best + reach


def _readable(trajectory: Trajectory, plane: Plane, middle: Array, half: Array) -> Array:
    """Half widths of a window in file units: where one parameter has hardly moved, as far as doubles the loss."""
    data, start = trajectory.data, trajectory.params[0]
    slopes = plane.on(trajectory.model.jacobian(start, data.x))
    # A start without a loss has none to double.
    height = max(np.sqrt(float(trajectory.loss[0])), 0.1 * float(np.ptp(data.y) or 1.0))
    reach = height / np.sqrt(np.maximum((slopes**2).mean(axis=0), 1e-300))
    if not is_linear_in_parameters(trajectory.model, data):
        # A slope at the start says little of places far away, and nothing where it is none.
        reach = np.minimum(reach, 6 * max(float(half.max()), float(np.abs(middle).max()) + 1.0))
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

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Of both parameters."""
        return self.first, self.second

    @property
    def one_scale(self) -> bool:
        """Whether both parameters have one scale, so that a step looks at right angles to the contour lines as it is.

        They do unless one range is more than three times the other, which could not be read.
        """
        return bool(1 / 3 <= np.ptp(self.first) / np.ptp(self.second) <= 3)

    def contains(self, params: Array) -> npt.NDArray[np.bool_]:
        """Which of params (..., 2) lie inside."""
        inside: npt.NDArray[np.bool_] = (
            (params[..., 0] >= self.first[0])
            & (params[..., 0] <= self.first[1])
            & (params[..., 1] >= self.second[0])
            & (params[..., 1] <= self.second[1])
        )
        return inside
