"""A run as plain values for the page: every number that the browser draws is computed here."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitting import InputError, StopReason, Trajectory
from fitting.arrays import Array, Integers
from fitting.plane import Plane
from scenes.kit.subject.window import ceiling, loss_axis, told_apart
from scenes.kit.words.captions import isolated
from scenes.kit.words.numbers import count, number, widen
from scenes.page.contours import contours
from scenes.page.rounding import rounded

SCHEMA = 1
"""Number of the format; the page leaves out runs of another one."""

RECORDS = 240
"""Most records of a run that the page shows."""

POINTS = 400
"""Most rows of data that are drawn."""

RESIDUALS = 24
"""Most rows to which residuals are drawn: more would hide the fit."""

CURVE = 33
"""Points of a fitted curve."""


def run_data(trajectory: Trajectory) -> dict[str, Any]:
    """A run, thinned and rounded, with all that is drawn of it. `json.dumps(..., allow_nan=False)` takes it.

    Parameters, losses, data and curves are in the file's units; gradients and the contours are in the units of the
    descent, and so are `standard_params`, which are there only where those units are others.

    Args:
        trajectory: A single descent; it may have diverged.

    Returns:
        Records are the first axis of `steps`, `loss`, `params`, `gradient`, `learning_rate`, `curve.y` and
        `residuals`. A number that is not finite is None.

    Raises:
        InputError: The trajectory holds several descents.
    """
    if trajectory.params.ndim != 2:
        raise InputError("the page shows one descent; this trajectory holds several: choose one of them")
    chosen = chosen_records(trajectory.steps)
    parameters = trajectory.model.parameters
    plane = Plane.shown(parameters) if len(parameters) > 1 else None
    units, data = trajectory.units, trajectory.file_data
    params = trajectory.params_in_file_units(trajectory.params[chosen])
    losses = np.array([trajectory.loss_in_file_units(loss) for loss in trajectory.loss[chosen]])
    logarithmic, loss_range = loss_axis(losses)
    x_range = _x_range(data.x)
    curve_x = np.linspace(*x_range, CURVE)
    shown = _spread(len(data), POINTS)
    near = np.nan_to_num(trajectory.loss[chosen], nan=np.inf) <= ceiling(trajectory)
    with np.errstate(all="ignore"):
        curve = trajectory.file_model.predict(params, curve_x)
        predictions = trajectory.file_model.predict(params, data.x) if len(data) <= RESIDUALS else None
    return {
        "schema": SCHEMA,
        "model": trajectory.model.name,
        "loss_name": trajectory.loss_function.name,
        "parameters": list(parameters),
        "total_steps": trajectory.total_steps,
        "stop_reason": str(trajectory.stop_reason),
        "diverged": trajectory.stop_reason is StopReason.DIVERGED,
        "grows": trajectory.grows,
        "notes": notes(trajectory, len(chosen), len(shown)),
        "steps": trajectory.steps[chosen].tolist(),
        "learning_rate": rounded(trajectory.learning_rate[chosen]),
        "loss": rounded(losses),
        "loss_axis": {"log": logarithmic, "range": rounded(np.array(loss_range))},
        "params": rounded(params),
        "standard_params": None if units.is_identity else rounded(trajectory.params[chosen]),
        "gradient": rounded(trajectory.gradient[chosen]),
        "data": {
            "x": rounded(data.x[shown]),
            "y": rounded(data.y[shown]),
            "x_name": data.x_name,
            "y_name": data.y_name,
            "x_unit": data.x_unit,
            "y_unit": data.y_unit,
            "item": data.item,
            "rows": len(data),
        },
        "curve": {"x": rounded(curve_x), "y": rounded(curve)},
        "fit_axis": {"x": rounded(np.array(x_range)), "y": rounded(np.array(_y_range(data.y, curve[near])))},
        "predictions": None if predictions is None else rounded(predictions),
        "landscape": contours(trajectory, chosen, plane) if plane else None,
    }


def chosen_records(steps: Integers) -> Integers:
    """Which records are shown: as many as a log clock tells apart, so that none of the first ones is left out.

    Args:
        steps: Steps before each record, (s,), ascending.

    Returns:
        Indices of at most `RECORDS` records, ascending.
    """
    if len(steps) <= RECORDS:
        return np.arange(len(steps))
    return told_apart(steps, float(np.log10(1.0 + steps[-1])) / (RECORDS - 1))


def notes(trajectory: Trajectory, records: int, rows: int) -> list[str]:
    """What a reader must know of the numbers, a sentence each."""
    units, data, said = trajectory.units, trajectory.data, []
    if not units.is_identity:
        said.append(
            f"The descent ran in standard units: {_standard(data.x_name, units.x_mean, units.x_scale)} and "
            f"{_standard(data.y_name, units.y_mean, units.y_scale)}."
        )
    if trajectory.stop_reason is StopReason.DIVERGED:
        said.append(f"The run diverged: it was stopped at step {count(trajectory.total_steps)}.")
    elif trajectory.grows:
        said.append("The run grows: its loss ends higher than it was before, so nothing can be forecast from it.")
    recorded = len(trajectory.steps)
    if records < recorded:
        said.append(f"Shown are {records} of {count(recorded)} records, spread evenly over a log scale.")
    if rows < len(data):
        said.append(f"Shown are {rows} of {count(len(data))} {isolated(data.items)}; the run used them all.")
    said.append("Numbers are rounded to 7 digits; trajectory.npz has all digits of all records.")
    return said


def _standard(name: str, mean: float, scale: float) -> str:
    name = isolated(name)
    moved = f"({name} {'+' if mean < 0 else '−'} {number(abs(mean))})" if mean else name
    return f"{moved} / {number(scale)}"


def _spread(rows: int, most: int) -> Integers:
    """Indices of rows, spread over all of them if they are too many."""
    return np.arange(rows) if rows <= most else np.unique(np.linspace(0, rows - 1, most).round().astype(np.int64))


def _x_range(x: Array) -> tuple[float, float]:
    """Room for the data, and beyond them to the right: a model is there to answer for what was not seen."""
    low, high = float(x.min()), float(x.max())
    return low - 0.15 * (high - low), high + 0.4 * (high - low)


def _y_range(y: Array, near: Array) -> tuple[float, float]:
    """Room for the data, and for curves whose loss is not far above the first; far off ones would press them flat."""
    spread = float(np.ptp(y)) or 1.0
    clipped = np.clip(near[np.isfinite(near)], y.min() - 0.6 * spread, y.max() + 0.6 * spread)
    values = np.concatenate([y, clipped])
    return widen(float(values.min()), float(values.max()), 0.08)
