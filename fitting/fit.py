"""The front door: a fit with defaults that just work, for the command line and the films."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from fitting.arrays import Array
from fitting.datasets import Dataset, house_prices
from fitting.descent import descend
from fitting.errors import InputError, suggestion
from fitting.losses import LOSSES, Loss
from fitting.models import MODELS, Model
from fitting.objective import hessian, mean_loss
from fitting.schedules import Constant, Schedule, Staircase
from fitting.standardization import Standardization
from fitting.trajectory import Trajectory

_Known = TypeVar("_Known")

STEPS = 10_000
STAIRS = 100
NOTES_START = (0.2, 0.855361907974722)
"""A start in [0, 1) x [0, 1) from which the notes' digits come out to the last bit; theirs was random."""

NOTES_RATES = (0.005, 0.0001)

OWN_START = (0.0, 1.0)
"""In standard units: a flat line, one standard deviation too high. Both parameters have somewhere to go."""

TOLERANCE = 1e-12
"""In standard units, where losses and parameters are of the order of 1: the gradient's norm that counts as none."""

CAUTION = 0.1
"""Share of 1 / curvature taken as the rate on own data. At 1 a line in standard units would be fitted in one step; at
a tenth the distance to the optimum shrinks by a tenth a step, which can be followed by eye."""


def fit(
    model: str = "linear",
    loss: str = "mse",
    data: Dataset | None = None,
    *,
    start: Mapping[str, float] | None = None,
    learning_rate: float | None = None,
    final_learning_rate: float | None = None,
    stairs: int | None = None,
    steps: int = STEPS,
    seed: int | None = None,
) -> Trajectory:
    """Fit a model by gradient descent.

    Without data it is the notes' run: their houses, start and learning rates. On own data without a rate the descent
    runs in standard units, at a rate chosen from the curvature. A rate or start that is given is used as it is, in the
    file's units.

    Args:
        model: A name in `MODELS`.
        loss: A name in `LOSSES`.
        data: Own data, or None for the notes' houses.
        start: Value of every parameter, in the file's units.
        learning_rate: alpha, in the file's units; constant unless `final_learning_rate` is given too.
        final_learning_rate: What a staircase of rates leads to.
        stairs: Number of stairs.
        steps: Most steps to take.
        seed: Draw the start from [0, 1) for each parameter, in the units of the descent.

    Raises:
        InputError: Unknown names, numbers out of range, or options that contradict each other.
    """
    chosen_model = _known("model", model, MODELS)
    chosen_loss = _known("loss", loss, LOSSES)
    _check(learning_rate, final_learning_rate, stairs, steps, start, seed)
    own = data is not None
    file_data = house_prices() if data is None else data
    standardize = own and learning_rate is None
    if own and learning_rate is None and (final_learning_rate is not None or stairs is not None):
        raise InputError("a staircase of rates on own data needs its first one: give a learning rate too")
    made_from = ""
    units = Standardization.of(file_data) if standardize else Standardization.identity()
    descent_data = units.apply(file_data)
    first = _start(chosen_model, units, start, seed, OWN_START if own else NOTES_START)
    if standardize:
        learning_rate = _rate_from_curvature(chosen_model, chosen_loss, first, descent_data)
        made_from = f"standard units, rate {CAUTION:g} / largest curvature; "
    elif learning_rate is None:
        learning_rate, final_learning_rate = NOTES_RATES[0], final_learning_rate or NOTES_RATES[1]
    schedule: Schedule = Constant(learning_rate)
    if final_learning_rate is not None:
        schedule = Staircase(learning_rate, final_learning_rate, min(stairs or STAIRS, steps), steps)
    made_from += f"{schedule}, start {dict(zip(chosen_model.parameters, first.tolist(), strict=True))}"
    if not math.isfinite(float(mean_loss(chosen_model, chosen_loss, first, descent_data))):
        raise InputError("the loss at the start is not finite; choose a start nearer to the data")
    return descend(
        chosen_model,
        chosen_loss,
        descent_data,
        first,
        schedule,
        steps,
        gradient_tolerance=TOLERANCE if standardize else 0.0,
        units=units,
        made_from=made_from,
    )


def _known(kind: str, name: str, known: Mapping[str, _Known]) -> _Known:
    if name not in known:
        raise InputError(f"unknown {kind} {name!r}; {suggestion(name, known)}")
    return known[name]


def _check(
    learning_rate: float | None,
    final_learning_rate: float | None,
    stairs: int | None,
    steps: int,
    start: Mapping[str, float] | None,
    seed: int | None,
) -> None:
    for name, rate in (("learning rate", learning_rate), ("final learning rate", final_learning_rate)):
        if rate is not None and not (math.isfinite(rate) and rate > 0):
            raise InputError(f"{name} must be a positive number; got {rate:g}; try 0.005")
    if steps < 1:
        raise InputError(f"steps must be a positive whole number; got {steps}; try {STEPS}")
    if stairs is not None and not 1 <= stairs <= steps:
        raise InputError(f"stairs must be a whole number from 1 to the number of steps ({steps}); got {stairs}")
    if stairs is not None and learning_rate is not None and final_learning_rate is None:
        raise InputError("stairs lead from one learning rate to another: give a final learning rate too")
    if seed is not None and seed < 0:
        raise InputError(f"seed must be a whole number from 0 on; got {seed}")
    if start is not None and seed is not None:
        raise InputError("a start and a seed contradict each other: give one of them")


def _start(
    model: Model,
    units: Standardization,
    start: Mapping[str, float] | None,
    seed: int | None,
    default: tuple[float, ...],
) -> Array:
    if seed is not None:
        return np.random.default_rng(seed).random(len(model.parameters))
    if start is None:
        return np.array(default)
    for name, value in start.items():
        if name not in model.parameters:
            raise InputError(f"unknown parameter {name!r} of {model.name}; {suggestion(name, model.parameters)}")
        if not math.isfinite(value):
            raise InputError(f"start of {name} must be a finite number; got {value}")
    missing = [name for name in model.parameters if name not in start]
    if missing:
        raise InputError(f"start lacks {', '.join(missing)}; give every parameter: {', '.join(model.parameters)}")
    given = np.array([float(start[name]) for name in model.parameters])
    return given if units.is_identity else model.to_standard_units(given, units)


def _rate_from_curvature(model: Model, loss: Loss, start: Array, data: Dataset) -> float:
    largest = float(np.linalg.eigvalsh(hessian(model, loss, start, data))[-1])
    # Two digits, so that the film can print what the descent uses.
    return float(f"{CAUTION / max(largest, 1e-12):.2g}")
