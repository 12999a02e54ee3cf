"""The front door: a fit with defaults that just work, for the command line and the films."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

import numpy as np

from fitting.arrays import Array
from fitting.datasets import Dataset, house_prices
from fitting.descent import descend
from fitting.errors import InputError, suggestion
from fitting.losses import LOSSES, Loss
from fitting.models import MODELS, Model
from fitting.objective import hessian, mean_loss
from fitting.optimum import is_linear_in_parameters
from fitting.schedules import Constant, Schedule, Staircase
from fitting.standardization import Standardization
from fitting.trajectory import StopReason, Trajectory

_Known = TypeVar("_Known")

STAIRS = 100

OWN_STEPS = 10_000
"""Most steps on own data."""

TOLERANCE = 1e-12
"""In standard units, where losses and parameters are of the order of 1: the gradient's norm that counts as none."""

CAUTION = 0.1
"""Share of 1 / curvature taken as the rate of a line on own data. At 1 a line in standard units would be fitted in one
step; at a tenth the distance to the optimum shrinks by a tenth a step, which can be followed by eye."""

LONG_VALLEY = 50
"""Condition number from which the whole of 1 / curvature is taken."""

TRIED_RATES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
"""In standard units: where the curvature changes from place to place, the best of these after `TRIED_STEPS` steps."""

TRIED_STEPS = 1000


def fit(
    model: str = "linear",
    loss: str | None = None,
    data: Dataset | None = None,
    *,
    start: Mapping[str, float] | None = None,
    learning_rate: float | None = None,
    final_learning_rate: float | None = None,
    stairs: int | None = None,
    steps: int | None = None,
    seed: int | None = None,
    batch_size: int | None = None,
    one_after_other: bool = False,
    constants: Mapping[str, float] | None = None,
) -> Trajectory:
    """Fit a model by gradient descent.

    Without data it is the notes' run of the model: their houses, start and learning rates. On own data without a rate
    the descent runs in standard units: a line at a rate chosen from the curvature, other models at the best of some
    rates that are tried, in stairs down to a hundredth of it. A rate or start that is given is used as it is, in the
    file's units.

    Args:
        model: A name in `MODELS`.
        loss: A name in `LOSSES`; the model's own if None.
        data: Own data, or None for the notes' houses.
        start: Value of every parameter, in the file's units.
        learning_rate: alpha, in the file's units; constant unless `final_learning_rate` is given too.
        final_learning_rate: What a staircase of rates leads to.
        stairs: Number of stairs.
        steps: Most steps to take.
        seed: Draw the start from [0, 1) for each parameter, in the units of the descent; and the batches, if there are
            any.
        batch_size: Pairs that a step sees; all of them if None.
        one_after_other: Whether each parameter already sees the new values of those before it.
        constants: Values of the model's and the loss' constants, in the file's units.

    Raises:
        InputError: Unknown names, numbers out of range, or options that contradict each other.
    """
    known_model = _known("model", model, MODELS)
    known_loss = _known("loss", known_model.notes.loss if loss is None else loss, LOSSES)
    own = data is not None
    file_data = house_prices() if data is None else data
    recipe = known_model.notes
    steps = (OWN_STEPS if own else recipe.steps) if steps is None else steps
    for _, message in objections(
        known_model,
        known_loss,
        own,
        start=start,
        learning_rate=learning_rate,
        final_learning_rate=final_learning_rate,
        stairs=stairs,
        steps=steps,
        seed=seed,
        batch_size=batch_size,
        rows=len(file_data),
        constants=constants,
    ):
        raise InputError(message)
    chosen_model, chosen_loss = _with_constants(known_model, known_loss, constants or {}, file_data if own else None)
    chosen_loss.check(file_data)
    standardize = own and learning_rate is None
    rate_origin = ""
    units = Standardization.identity()
    if standardize:
        moves_y = chosen_model.moves_y and chosen_loss.moves_y
        units = Standardization.of(file_data, chosen_model.moves_x, moves_y)
        chosen_model, chosen_loss = chosen_model.in_standard_units(units), chosen_loss.in_standard_units(units)
    descent_data = units.apply(file_data)
    first = _start(chosen_model, units, start, seed, chosen_model.own_start if own else recipe.start)
    if not math.isfinite(float(mean_loss(chosen_model, chosen_loss, first, descent_data))):
        raise InputError("the loss at the start is not finite; choose a start nearer to the data")
    if standardize:
        learning_rate, final_learning_rate, origin = _chosen_rate(chosen_model, chosen_loss, first, descent_data)
        rate_origin = origin
    elif learning_rate is None:
        learning_rate = recipe.learning_rate
        final_learning_rate = final_learning_rate or recipe.final_learning_rate
    schedule: Schedule = Constant(learning_rate)
    if final_learning_rate is not None:
        schedule = Staircase(learning_rate, final_learning_rate, min(stairs or STAIRS, steps), steps)
    made_from = f"{schedule}, start {dict(zip(chosen_model.parameters, first.tolist(), strict=True))}"
    record = descend if own else _recorded
    return record(
        chosen_model,
        chosen_loss,
        descent_data,
        tuple(first.tolist()),
        schedule,
        steps,
        gradient_tolerance=TOLERANCE if standardize else 0.0,
        batch_size=batch_size,
        seed=seed or 0,
        one_after_other=one_after_other,
        units=units,
        made_from=made_from,
        rate_origin=rate_origin,
    )


_recorded = lru_cache(maxsize=64)(descend)
"""Of the notes' houses, which are one dataset, a process makes each run once: a record never changes."""


def _known(kind: str, name: str, known: Mapping[str, _Known]) -> _Known:
    if name not in known:
        raise InputError(f"unknown {kind} {name!r}; {suggestion(name, known)}")
    return known[name]


def _with_constants(
    model: Model, loss: Loss, given: Mapping[str, float], own_data: Dataset | None
) -> tuple[Model, Loss]:
    """The model and the loss with their constants; a name that both have is one constant."""
    known = {**model.defaults, **loss.defaults}
    values = {**known, **given}
    if own_data is not None and "scale" in known and "scale" not in given:
        shares = bool((own_data.y >= 0).all() and (own_data.y <= 1).all())
        # Shares and yes-or-no reach 1 at most; else as the notes' 20 is to their largest price of 9.5.
        values["scale"] = 1.0 if shares else float(f"{2 * float(np.abs(own_data.y).max()):.2g}")
    return (
        type(model)(**{name: values[name] for name in model.defaults}),
        type(loss)(**{name: values[name] for name in loss.defaults}),
    )


def objections(
    model: Model,
    loss: Loss,
    own: bool,
    *,
    start: Mapping[str, float] | None = None,
    learning_rate: float | None = None,
    final_learning_rate: float | None = None,
    stairs: int | None = None,
    steps: int | None = None,
    seed: int | None = None,
    batch_size: int | None = None,
    rows: int | None = None,
    constants: Mapping[str, float] | None = None,
) -> Iterator[tuple[str, str]]:
    """What `fit` will not take, without fitting: all of it, for those who ask before they run.

    Args:
        model: The model.
        loss: The loss.
        own: Whether the data are the user's own.
        start: As in `fit`, and so are the options that follow.
        learning_rate: See there.
        final_learning_rate: See there.
        stairs: See there.
        steps: See there.
        seed: See there.
        batch_size: See there.
        rows: Number of pairs, where it is known.
        constants: See `fit`.

    Yields:
        The name of the option, and what is wrong with it.
    """
    most = (OWN_STEPS if own else model.notes.steps) if steps is None else steps
    for name, rate in (("learning_rate", learning_rate), ("final_learning_rate", final_learning_rate)):
        if rate is not None and not (math.isfinite(rate) and rate > 0):
            yield name, f"{name.replace('_', ' ')} must be a positive number; got {rate:g}; try 0.005"
    if most < 1:
        yield "steps", f"steps must be a positive whole number; got {most}; try {OWN_STEPS}"
    elif stairs is not None and not 1 <= stairs <= most:
        yield "stairs", f"stairs must be a whole number from 1 to the number of steps ({most}); got {stairs}"
    if stairs is not None and learning_rate is not None and final_learning_rate is None:
        yield "stairs", "stairs lead from one learning rate to another: give a final learning rate too"
    if seed is not None and seed < 0:
        yield "seed", f"seed must be a whole number from 0 on; got {seed}"
    if start is not None and seed is not None:
        yield "seed", "a start and a seed contradict each other: give one of them"
    known = {**model.defaults, **loss.defaults}
    for name, value in (constants or {}).items():
        if name not in known:
            where = f"{model.name} with {loss.name} has no constant {name!r}"
            yield "constants", f"{where}; {suggestion(name, known)}" if known else f"{where}, nor any other"
            continue
        for holder in (model, loss):
            if name in holder.defaults:
                try:
                    type(holder)(**{name: value})
                except InputError as error:
                    yield "constants", str(error)
                    break
    if own and learning_rate is None and (final_learning_rate is not None or stairs is not None):
        name = "stairs" if final_learning_rate is None else "final_learning_rate"
        yield name, "a staircase of rates on own data needs its first one: give a learning rate too"
    if batch_size is not None and (batch_size < 1 or (rows is not None and batch_size > rows)):
        most_rows = "" if rows is None else f" to the number of rows ({rows})"
        yield "batch_size", f"batch size must be from 1{most_rows or ' on'}; got {batch_size}"
    if start is not None:
        yield from (("start", message) for message in _objections_to_start(model, start))


def _objections_to_start(model: Model, start: Mapping[str, float]) -> Iterator[str]:
    for name, value in start.items():
        if name not in model.parameters:
            yield f"unknown parameter {name!r} of {model.name}; {suggestion(name, model.parameters)}"
        elif not math.isfinite(value):
            yield f"start of {name} must be a finite number; got {value}"
    missing = [name for name in model.parameters if name not in start]
    if missing:
        yield f"start lacks {', '.join(missing)}; give every parameter: {', '.join(model.parameters)}"


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
    given = np.array([float(start[name]) for name in model.parameters])
    return given if units.is_identity else model.to_standard_units(given, units)


def _chosen_rate(model: Model, loss: Loss, start: Array, data: Dataset) -> tuple[float, float | None, str]:
    """First and final learning rate in standard units, and where they come from."""
    if loss.name == "mse" and is_linear_in_parameters(model, data):
        curvatures = np.linalg.eigvalsh(hessian(model, loss, start, data))
        largest = max(float(curvatures[-1]), 1e-12)
        if curvatures[0] < largest / LONG_VALLEY:
            # Along the floor of a long valley a tenth of the step would take ten times as many.
            rate = float(f"{1 / largest:.1g}")
            return rate, None, f"rate {rate:g}, about 1 / the largest curvature there"
        # Two digits, so that the film can print what the descent uses.
        rate = float(f"{CAUTION / largest:.2g}")
        return rate, None, f"rate {rate:g}, a tenth of 1 / the largest curvature there"
    best, least = TRIED_RATES[-1], math.inf
    for rate in TRIED_RATES:
        trial = descend(model, loss, data, start, Constant(rate), TRIED_STEPS)
        if trial.stop_reason is not StopReason.DIVERGED and trial.final_loss < 0.99 * least:
            best, least = rate, trial.final_loss
    return (
        best,
        best / 100,
        f"rate {best:g} to {best / 100:g}, the best of {len(TRIED_RATES)} after {TRIED_STEPS} steps",
    )
