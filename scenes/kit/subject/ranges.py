"""The landscape's ranges that a lesson asks for, in the file's units, as ranges of the descent's parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from fitting import Trajectory
from fitting.arrays import Array
from fitting.plane import Plane
from scenes.kit.words.numbers import significant


def in_descent_units(
    trajectory: Trajectory, ranges: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Ranges of parameters in the units of the descent.

    In standard units a parameter may depend on several of the file's: a line's b there is its height at the mean of x,
    which moves with W too. Each range is that of one parameter around the curve where the run ends, with the others as
    they are there: so it stays as narrow as it was asked for.

    Args:
        trajectory: The run.
        ranges: Lowest and highest value by the parameter's name, in the file's units.
    """
    if trajectory.units.is_identity:
        return dict(ranges)
    model, middle = trajectory.model, _middle(trajectory)
    found = {}
    for name, span in ranges.items():
        k = model.parameters.index(name)
        ends = np.repeat(trajectory.params_in_file_units(middle)[None], 2, axis=0)
        ends[:, k] = span
        low, high = sorted(model.to_standard_units(ends, trajectory.units)[:, k].tolist())
        found[name] = low, high
    return found


def in_file_units(trajectory: Trajectory, params: Array, which: int) -> float:
    """The value of one parameter in the file's units, the others as where the run ends."""
    at = _middle(trajectory).copy()
    at[which] = params[which]
    return float(trajectory.params_in_file_units(at)[which])


def left_out(trajectory: Trajectory, ranges: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """What a film shows on its landscape and these ranges do not: the start, or the end of a run that has one.

    Captions speak of the point and of the floor where it arrives: a window without them would make them untrue.

    Yields:
        A line for each parameter: which place is left out, and what its range must hold.
    """
    places = {"start": trajectory.params[0]}
    if not trajectory.grows:
        places["end"] = trajectory.final_params
    for name, (low, high) in in_descent_units(trajectory, ranges).items():
        k = trajectory.model.parameters.index(name)
        outside = [which for which, params in places.items() if not low <= params[k] <= high]
        if outside:
            held = sorted(in_file_units(trajectory, params, k) for params in places.values())
            needed = " to ".join(dict.fromkeys(significant(float(f"{value:.6g}")) for value in held))
            yield (
                f"{name} from {significant(ranges[name][0])} to {significant(ranges[name][1])} leaves out the "
                f"{' and the '.join(outside)} of the descent: it must hold {needed}"
            )


def shown_ranges(trajectory: Trajectory) -> dict[str, tuple[float, float]]:
    """Ranges in the file's units, in round numbers, that hold the run with some air."""
    found = {}
    parameters = trajectory.model.parameters
    for name in Plane.shown(parameters).names:
        k = parameters.index(name)
        params = [trajectory.params[0], trajectory.params[0 if trajectory.grows else -1]]
        low, high = sorted(in_file_units(trajectory, place, k) for place in params)
        air = 0.5 * (high - low) or 0.5 * abs(high) or 1.0
        unit = 10.0 ** np.floor(np.log10(air))
        ends = np.floor((low - air) / unit), np.ceil((high + air) / unit)
        found[name] = float(f"{ends[0] * unit:.12g}"), float(f"{ends[1] * unit:.12g}")
    return found


def _middle(trajectory: Trajectory) -> Array:
    return trajectory.params[0] if trajectory.grows else trajectory.final_params
