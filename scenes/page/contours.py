"""The loss around a run's path, as the page's contour plot shows it.

It is over the plane and the window of the films. Of a model with two parameters it is the whole landscape. Of one with
more it is a slice through the record that is looked at: the slice changes as the other parameters move.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fitting import Trajectory, landscape
from fitting.arrays import Array, Integers
from fitting.plane import Plane
from scenes.kit.subject.window import landscape_window
from scenes.page.rounding import rounded

RESOLUTION, SLICE_RESOLUTION = 61, 33
"""Grid points a side: of one landscape, and of each of many."""

SLICES = 24
"""Records that have a slice of their own."""

DIGITS = 5
"""Of the grid's losses: they are seen as colours, and read to three digits at most."""

LINES = 12
"""Contour lines up to the ceiling, equally spaced in the square root of the loss, as in the films."""

ARROW, SHORTEST = 0.17, 0.07
"""Length of the arrow, as a share of the window: of the steepest gradient at the start, and of any."""

SIGNIFICANT = 1e-6
"""Share of the first gradient below which only rounding says where down is."""


def contours(trajectory: Trajectory, chosen: Integers, plane: Plane) -> dict[str, Any]:
    """Grids of losses, the path, and the arrow along minus the gradient.

    Coordinates are in the units of the descent, losses in the file's.

    Args:
        trajectory: The run.
        chosen: Indices of the records that the page shows.
        plane: What the grids are over.

    Returns:
        `losses[k][j][i]` is the loss at `first[i]` and `second[j]` with the other parameters of record `records[k]`
        of those shown; `arrow[r]` leads from `path[r]` to the arrow's tip.
    """
    window = landscape_window(trajectory, plane)
    params, unit = trajectory.params[chosen], trajectory.loss_in_file_units(1.0)
    whole = params.shape[1] == 2
    resolution = RESOLUTION if whole else SLICE_RESOLUTION
    with np.errstate(all="ignore"):
        at = np.array([0]) if whole else slice_records(plane.through(params, np.zeros(2)))
        grids = [landscape(trajectory, plane, params[k], window.ranges, resolution) for k in at]
        path, slopes = plane.on(params), plane.on(trajectory.gradient[chosen])
    losses = np.stack([grid.loss for grid in grids]) * unit
    floor = float(losses[np.isfinite(losses)].min(initial=np.inf))
    parameters = trajectory.model.parameters
    return {
        "parameters": list(plane.names),
        "others": [name for name in parameters if name not in plane.names],
        "standard": not trajectory.units.is_identity,
        "one_scale": window.one_scale,
        "first": rounded(grids[0].first),
        "second": rounded(grids[0].second),
        "records": at.tolist(),
        "losses": rounded(losses, DIGITS),
        "levels": rounded(_levels(floor if np.isfinite(floor) else 0.0, window.ceiling * unit), DIGITS),
        "path": rounded(path),
        "arrow": _arrows(slopes, np.ptp(window.ranges, axis=1)),
    }


def slice_records(others: Array) -> Integers:
    """Which records get a slice: spread over all of them, and denser where the other parameters (r, p) move fast.

    Returns:
        Indices of at most `SLICES` records, ascending, with the first and the last.
    """
    with np.errstate(all="ignore"):
        moved = np.nan_to_num(np.linalg.norm(np.diff(others, axis=0), axis=1), nan=0.0, posinf=0.0)
    way = np.concatenate([[0.0], np.cumsum(moved)])
    place = np.arange(len(others)) / max(len(others) - 1, 1) + way / (way[-1] or 1.0)
    return np.unique(np.searchsorted(place, np.linspace(0.0, place[-1], SLICES)).clip(0, len(others) - 1))


def _levels(floor: float, ceiling: float) -> Array:
    """Losses of the contour lines: floor + (ceiling - floor) (k / n)^2 for k = 0 .. n."""
    return floor + max(ceiling - floor, 1e-12) * np.linspace(0.0, 1.0, LINES + 1) ** 2


def _arrows(gradient: Array, sides: Array) -> Any:
    """From each point along minus its gradient (r, 2); None where that is nothing but rounding.

    The length is a share of the window's sides, not of the step: a step is mostly too short to be seen.
    """
    with np.errstate(all="ignore"):
        size = np.linalg.norm(gradient, axis=1)
        share = size / size[0]
        direction = -gradient / size[:, None]
        length = np.maximum(ARROW * np.minimum(share, 1.0), SHORTEST)
        arrows = direction * (length / np.linalg.norm(direction / sides, axis=1))[:, None]
    arrows[~(share > SIGNIFICANT)] = np.nan
    return [None if None in arrow else arrow for arrow in rounded(arrows)]
