"""The loss around a run's path, as the page's contour plot shows it.

Of a model with two parameters it is the whole landscape. Of one with more it is a slice over the last two, the outer
ones of a network, through the record that is looked at: the slice changes as the others move.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fitting import SquaredError, Trajectory, least_squares
from fitting.arrays import Array, Integers
from fitting.optimum import is_linear_in_parameters
from scenes.page.rounding import rounded

RESOLUTION, SLICE_RESOLUTION = 61, 33
"""Grid points a side: of one landscape, and of each of many."""

SLICES = 24
"""Records that have a slice of their own."""

DIGITS = 5
"""Of the grid's losses: they are seen as colours, and read to three digits at most."""

LINES = 12
"""Contour lines up to the ceiling, equally spaced in the square root of the loss, as in the films."""

ONE_SCALE = 6.0
"""Ratio of the window's sides up to which both parameters are on one scale: steps then cross contours squarely."""

ARROW, SHORTEST = 0.17, 0.07
"""Length of the arrow, as a share of the window: of the steepest gradient at the start, and of any."""

SIGNIFICANT = 1e-6
"""Share of the first gradient below which only rounding says where down is."""


def contours(trajectory: Trajectory, chosen: Integers) -> dict[str, Any] | None:
    """Grids of losses, the path, and the arrow along minus the gradient; None for a model of one parameter.

    Coordinates are in the units of the descent, losses in the file's.

    Args:
        trajectory: The run.
        chosen: Indices of the records that the page shows.

    Returns:
        `losses[k][j][i]` is the loss at `first[i]` and `second[j]` with the other parameters of record `records[k]`
        of those shown; `arrow[r]` leads from `path[r]` to the arrow's tip.
    """
    if trajectory.params.shape[1] < 2:
        return None
    window = shown_window(trajectory)
    whole = trajectory.params.shape[1] == 2
    first, second = (np.linspace(low, high, RESOLUTION if whole else SLICE_RESOLUTION) for low, high in window)
    at = np.array([0]) if whole else slice_records(trajectory.params[chosen][:, :-2])
    unit = trajectory.loss_in_file_units(1.0)
    grids = [loss_grid(trajectory, first, second, trajectory.params[chosen[k]]) * unit for k in at]
    finite = np.concatenate([grid[np.isfinite(grid)] for grid in grids] or [np.zeros(1)])
    floor = float(finite.min(initial=np.inf)) if len(finite) else 0.0
    return {
        "parameters": list(trajectory.model.parameters[-2:]),
        "others": list(trajectory.model.parameters[:-2]),
        "standard": not trajectory.units.is_identity,
        "one_scale": bool(np.isclose(np.ptp(window[0]), np.ptp(window[1]))),
        "first": rounded(first),
        "second": rounded(second),
        "records": at.tolist(),
        "losses": [rounded(grid, DIGITS) for grid in grids],
        "levels": rounded(_levels(floor, _ceiling(trajectory) * unit), DIGITS),
        "path": rounded(trajectory.params[chosen][:, -2:]),
        "arrow": _arrows(trajectory, chosen, window),
    }


def slice_records(others: Array) -> Integers:
    """Which records get a slice: spread over all of them, and denser where the other parameters (r, p - 2) move fast.

    Returns:
        Indices of at most `SLICES` records, ascending, with the first and the last.
    """
    with np.errstate(all="ignore"):
        moved = np.nan_to_num(np.linalg.norm(np.diff(others, axis=0), axis=1), nan=0.0, posinf=0.0)
    way = np.concatenate([[0.0], np.cumsum(moved)])
    place = np.arange(len(others)) / max(len(others) - 1, 1) + way / (way[-1] or 1.0)
    return np.unique(np.searchsorted(place, np.linspace(0.0, place[-1], SLICES)).clip(0, len(others) - 1))


def loss_grid(trajectory: Trajectory, first: Array, second: Array, params: Array) -> Array:
    """Mean losses (l, k) over the last two parameters, the others as in `params` (p,), in the units of the descent."""
    grid = np.stack(np.meshgrid(first, second), axis=-1)
    others = np.broadcast_to(params[:-2], (*grid.shape[:-1], len(params) - 2))
    with np.errstate(all="ignore"):
        return trajectory.loss_at(np.concatenate([others, grid], axis=-1))


def shown_window(trajectory: Trajectory) -> Array:
    """Ranges (2, 2) of the last two parameters: the path and the optimum with some air.

    Of a run that grows it holds the steps until the loss is four times what it was. A parameter that hardly moves gets
    a range in which it would change the predictions by as much as the targets differ.
    """
    near = trajectory.params[np.nan_to_num(trajectory.loss, nan=np.inf) <= _ceiling(trajectory)]
    shown = np.vstack([trajectory.params[:1], near])[:, -2:]
    if isinstance(trajectory.loss_function, SquaredError) and is_linear_in_parameters(
        trajectory.model, trajectory.data
    ):
        shown = np.vstack([shown, least_squares(trajectory.model, trajectory.data)[-2:]])
    low, high = shown.min(axis=0), shown.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2 * 1.4
    slopes = trajectory.model.jacobian(trajectory.params[0], trajectory.data.x)[..., -2:]
    visible = (float(np.ptp(trajectory.data.y)) or 1.0) / np.maximum(np.sqrt((slopes**2).mean(axis=0)), 1e-12)
    half = np.maximum(half, 0.3 * np.minimum(visible, 10 * np.maximum(half.max(), np.abs(middle).max() + 1.0)))
    if half.max() <= ONE_SCALE * half.min():
        half = np.full(2, half.max())
    return np.stack([middle - half, middle + half], axis=-1)


def _ceiling(trajectory: Trajectory) -> float:
    """The loss up to which colours differ, in the units of the descent."""
    return float(trajectory.loss[0]) * (4.0 if trajectory.grows else 1.3)


def _levels(floor: float, ceiling: float) -> Array:
    """Losses of the contour lines: floor + (ceiling - floor) (k / n)^2 for k = 0 .. n."""
    return floor + max(ceiling - floor, 1e-12) * np.linspace(0.0, 1.0, LINES + 1) ** 2


def _arrows(trajectory: Trajectory, chosen: Integers, window: Array) -> Any:
    """From each point along minus the gradient; None where the gradient is nothing but rounding.

    The length is a share of the window, not of the step: a step is mostly too short to be seen.
    """
    sides = np.ptp(window, axis=1)
    gradient = trajectory.gradient[chosen][:, -2:]
    with np.errstate(all="ignore"):
        size = np.linalg.norm(gradient, axis=1)
        share = size / np.linalg.norm(trajectory.gradient[0][-2:])
        direction = -gradient / size[:, None]
        length = np.maximum(ARROW * np.minimum(share, 1.0), SHORTEST)
        arrows = direction * (length / np.linalg.norm(direction / sides, axis=1))[:, None]
    arrows[~(share > SIGNIFICANT)] = np.nan
    return [None if None in arrow else arrow for arrow in rounded(arrows)]
