"""Gradient descent, recorded.

One source for the step loop: run as it is by NumPy, or compiled by numba when the run is long enough to pay for it.
"""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array, Integers
from fitting.compiling import compiled as by_numba
from fitting.datasets import Dataset
from fitting.errors import InputError
from fitting.losses import Loss
from fitting.models import Model
from fitting.objective import from_logits, mean_loss
from fitting.objective import gradient as mean_gradient
from fitting.schedules import Schedule
from fitting.standardization import Standardization
from fitting.trajectory import StopReason, Trajectory

CAPACITY = 4000
"""Records of a long run: enough for a film of two minutes at 30 records a second."""

COMPILED_FROM = 50_000
"""Steps from which compiling pays: some seconds once, and then a tenth of NumPy's time a step."""

_Walk = Callable[[Array, Array, Array, Array, Integers, bool], Array]

_BLOCK, _COMPILED_BLOCK, _MOST = 256, 8192, 2_000_000
_NEVER = 1 << 62
_RUNNING, _FIXED, _SMALL, _DIVERGED = 0, 1, 2, 3
_REASONS = {
    _RUNNING: StopReason.STEPS_USED_UP,
    _FIXED: StopReason.PARAMETERS_FIXED,
    _SMALL: StopReason.GRADIENT_SMALL,
    _DIVERGED: StopReason.DIVERGED,
}


def descend(
    model: Model,
    loss: Loss,
    data: Dataset,
    start: npt.ArrayLike,
    schedule: Schedule,
    steps: int,
    *,
    gradient_tolerance: float = 0.0,
    loss_bound: float = 1e12,
    capacity: int = CAPACITY,
    compiled: bool | None = None,
    batch_size: int | None = None,
    seed: int = 0,
    one_after_other: bool = False,
    units: Standardization | None = None,
    made_from: str = "",
    rate_origin: str = "",
) -> Trajectory:
    """Descend the mean loss: params := params - alpha(k) gradient, all parameters from the same gradient.

    With a batch size it is stochastic: the gradient of a step is that of its batch. Records hold loss and gradient
    over all the data in any case.

    A run ends when its steps are used up, when its gradient's norm falls below a tolerance, when a step no longer
    changes the parameters in float64 (of a batch's step: when one that sees all the data would not, either), or when
    it diverges. A diverging run is a record, not an error: its last record
    is the last one whose numbers are finite.

    Args:
        model: The model.
        loss: The loss.
        data: N pairs.
        start: Parameters (p,), or (m, p) for m descents as one array; one that has ended stays where it is.
        schedule: Learning rate of each step.
        steps: Most steps to take.
        gradient_tolerance: The norm below which a gradient ends the run; 0 never does.
        loss_bound: A loss above this many times the larger of 1 and the first one counts as diverged.
        capacity: About how many records a long run keeps; see `recorded_steps`.
        batch_size: Pairs a step sees, drawn without repetition until all have been seen; None for all of them.
        seed: Of the batches.
        one_after_other: Whether each parameter already sees the new values of those before it, instead of all being
            updated from the same gradient.
        compiled: Whether numba compiles the loop; None decides by the number of steps.
        units: The units that data and start are in.
        made_from: Note for the trajectory.
        rate_origin: Likewise.

    Returns:
        The record; losses and gradients of a record are those at its own parameters.

    Raises:
        InputError: Wrong number of parameters, values that are not finite, or steps that are not positive.

    Source:
        House prices notes, "Gradient descent": simultaneous updates.
    """
    params = np.array(start, dtype=np.float64)
    if params.ndim not in (1, 2) or params.shape[-1] != len(model.parameters):
        raise InputError(f"start must hold {', '.join(model.parameters)}; got shape {params.shape}")
    if not np.isfinite(params).all():
        raise InputError(f"start must be finite numbers; got {params.tolist()}")
    if steps < 1:
        raise InputError(f"steps must be a positive whole number; got {steps}; try 10000")
    if compiled is None:
        compiled = params.ndim == 1 and steps > COMPILED_FROM
    if batch_size is not None and not 1 <= batch_size <= len(data):
        raise InputError(f"batch size must be from 1 to the number of {data.items} ({len(data)}); got {batch_size}")
    evaluated = from_logits(model, loss)
    walk = _compiled_walk(*evaluated) if compiled else _walk(*evaluated)
    batches = _Batches(len(data), batch_size, seed)
    state = np.atleast_2d(params).copy()
    bounds = loss_bound * np.maximum(mean_loss(model, loss, state, data), 1.0)
    before = mean_loss(model, loss, state, data)
    codes = np.where(np.isfinite(before), _RUNNING, _DIVERGED)
    marks = recorded_steps(steps, capacity)
    kept_steps, kept_params, taken = [0], [state.copy()], 0
    block = int(np.clip(_MOST // state.size // len(data.x), 1, _COMPILED_BLOCK if compiled else _BLOCK))
    while taken < steps and (codes == _RUNNING).any():
        span = min(block, steps - taken)
        with np.errstate(all="ignore"):
            rates = schedule(np.arange(taken, taken + span))
            path = walk(state, data.x, data.y, rates, batches.take(span), one_after_other)
            losses = mean_loss(model, loss, path, data)
            ends = _ends(
                path,
                losses,
                bounds,
                gradient_tolerance,
                codes,
                lambda at: mean_gradient(model, loss, at, data),
                None if batch_size is None else rates,
            )
        for run in np.flatnonzero(ends >= 0):
            path[ends[run] + 1 :, run] = path[ends[run], run]
        walked = span if (codes == _RUNNING).any() else int(ends.max())
        inside = marks[(marks > taken) & (marks <= taken + walked)]
        if walked < span and walked > 0 and (len(inside) == 0 or inside[-1] != taken + walked):
            inside = np.append(inside, taken + walked)
        kept_steps.extend(inside.tolist())
        kept_params.extend(path[inside - taken])
        # Runs that had ended in an earlier block have no loss before a step of this one.
        for run in np.flatnonzero((codes == _RUNNING) | (ends > 0)):
            last = int(ends[run]) if ends[run] >= 0 else walked
            before[run] = losses[last - 1, run]
        state, taken = path[walked].copy(), taken + walked
    if kept_steps[-1] != taken:
        kept_steps.append(taken)
        kept_params.append(state)
    record = np.stack(kept_params)
    record_steps = np.array(kept_steps, dtype=np.int64)
    if params.ndim == 1:
        record, before = record[:, 0], before[0]
    return Trajectory(
        steps=record_steps,
        params=record,
        loss=mean_loss(model, loss, record, data),
        gradient=mean_gradient(model, loss, record, data),
        learning_rate=schedule(np.minimum(record_steps, max(int(record_steps[-1]) - 1, 0))),
        model=model,
        loss_function=loss,
        data=data,
        units=units or Standardization.identity(),
        stop_reasons=tuple(_REASONS[code] for code in codes.tolist()),
        loss_before_last_step=before,
        made_from=made_from,
        rate_origin=rate_origin,
    )


def recorded_steps(steps: int, capacity: int = CAPACITY) -> npt.NDArray[np.int64]:
    """Which steps of a run are recorded: all if they fit, else some, whatever happens on the way.

    Three shares of the capacity: the first steps one by one, the rest at growing distances, so that a logarithmic axis
    looks smooth, and at equal ones, so that a linear axis does too.

    Args:
        steps: Steps of the run.
        capacity: About how many records there may be.

    Returns:
        Ascending, from 0 to `steps`, at most `capacity` + 2 of them.
    """
    if steps <= capacity:
        return np.arange(steps + 1)
    third = capacity // 3
    grown = np.geomspace(max(third, 1), steps, third)
    even = np.linspace(0, steps, third)
    marks = np.concatenate([np.arange(third), np.round(grown), np.round(even), [steps]])
    return np.unique(marks.astype(np.int64))


def _ends(
    path: Array,
    losses: Array,
    bounds: Array,
    tolerance: float,
    codes: npt.NDArray[np.int64],
    gradient_at: Callable[[Array], Array],
    batch_rates: Array | None,
) -> npt.NDArray[np.int64]:
    """Where in a block each run ends, or -1; and why, in `codes`. Checks cost as much for a block as for one step.

    With `batch_rates`, those of steps that see a batch, one that moves nothing ends no run as long as the others can.
    """
    count = path.shape[1]
    ends = np.where(codes == _RUNNING, -1, 0)
    good = np.isfinite(losses) & (losses <= bounds) & np.isfinite(path).all(axis=-1)
    fixed = (path[1:] == path[:-1]).all(axis=-1)
    if batch_rates is not None and fixed.any():
        moved = path[:-1] - batch_rates[:, None, None] * gradient_at(path[:-1])
        fixed &= (moved == path[:-1]).all(axis=-1)
    small = np.zeros_like(fixed)
    if tolerance > 0:
        small = np.linalg.norm(gradient_at(path[:-1]), axis=-1) < tolerance
    for run in range(count):
        if codes[run] != _RUNNING:
            continue
        # The last record of a diverged run is finite: beyond the bound if that can be, before it otherwise.
        first_bad = _first(~good[:, run])
        first_small, first_fixed = _first(small[:, run]), _first(fixed[:, run])
        end = min(first_bad, first_small, first_fixed)
        if end == _NEVER:
            continue
        if end == first_bad:
            codes[run] = _DIVERGED
            finite = np.isfinite(losses[end, run]) and np.isfinite(path[end, run]).all()
            ends[run] = end if finite else end - 1
        else:
            codes[run] = _SMALL if end == first_small else _FIXED
            ends[run] = end
    return ends


def _first(flags: npt.NDArray[np.bool_]) -> int:
    return int(flags.argmax()) if flags.any() else _NEVER


class _Batches:
    """Which data each step sees."""

    def __init__(self, count: int, size: int | None, seed: int) -> None:
        self._count, self._size = count, size
        self._random = np.random.default_rng(seed)
        self._left = np.empty(0, dtype=np.int64)

    def take(self, steps: int) -> Integers:
        """Indices for the next steps, (steps, size); of size 0 for all the data."""
        if self._size is None:
            return np.empty((steps, 0), dtype=np.int64)
        rows = np.empty((steps, self._size), dtype=np.int64)
        for row in rows:
            if len(self._left) < self._size:
                # What is left of an epoch is too little for a batch: the next one begins.
                self._left = self._random.permutation(self._count)
            row[:], self._left = self._left[: self._size], self._left[self._size :]
        return rows


def _walk(model: Model, loss: Loss) -> _Walk:
    """The step loop over arrays: all runs at once."""

    def walk(params: Array, x: Array, y: Array, rates: Array, batches: Integers, one_after_other: bool) -> Array:
        some_x, some_y = x, y
        count = params.shape[1]
        products = np.empty((len(params), batches.shape[1] or len(x), count))
        by_parameter = [products[..., k] for k in range(count)]

        def gradient(params: Array) -> Array:
            # What `objective.gradient` does, without the arrays between: at some numbers a step they are its cost.
            columns = tuple(params[:, k : k + 1] for k in range(count))
            prediction = model.prediction(columns, some_x, model.constant_values)
            slopes = loss.slopes(prediction, some_y, loss.constant_values)
            derivatives = model.derivatives(columns, some_x, model.constant_values)
            for product, derivative in zip(by_parameter, derivatives, strict=True):
                np.multiply(slopes, derivative, out=product)
            return np.add.reduce(products, axis=1) / len(some_x)

        path = np.empty((len(rates) + 1, *params.shape))
        path[0] = params
        for k, rate in enumerate(rates):
            if batches.shape[1]:
                some_x, some_y = x[batches[k]], y[batches[k]]
            if one_after_other:
                params = params.copy()
                for j in range(params.shape[1]):
                    params[:, j] -= rate * gradient(params)[:, j]
            else:
                params = params - rate * gradient(params)
            path[k + 1] = params
        return path

    return walk


def _compiled_walk(model: Model, loss: Loss) -> _Walk:
    compiled = _compile(type(model), type(loss))
    return lambda *arguments: compiled(*arguments, model.constant_values, loss.constant_values)


@cache
def _compile(model: type[Model], loss: type[Loss]) -> Callable[..., Array]:
    """The step loop over numbers: the same formulas of the model and the loss, a sample at a time."""
    prediction, derivatives, slopes = (
        _identified(by_numba(part), _identity(part)) for part in (model.prediction, model.derivatives, loss.slopes)
    )
    count = len(model.parameters)
    # numba knows the length of a tuple when it compiles, and not that of an array: the parameters become one here.
    items = ", ".join(f"params[{k}]" for k in range(count))
    named = _compiled(eval(f"lambda params: ({items},)"), uuid.uuid5(uuid.NAMESPACE_OID, items), kept=False)

    def gradient(params, x, y, batch, model_constants, loss_constants, out):  # type: ignore[no-untyped-def]
        out[:] = 0.0
        columns = named(params)
        size = len(batch) if len(batch) > 0 else len(x)
        for i in range(size):
            k = batch[i] if len(batch) > 0 else i
            outer = slopes(prediction(columns, x[k], model_constants), y[k], loss_constants)
            inner = derivatives(columns, x[k], model_constants)
            for j in range(count):
                out[j] += outer * inner[j]
        out /= size

    gradient = _compiled(gradient, _identity(gradient, model, loss))

    def walk(params, x, y, rates, batches, one_after_other, model_constants, loss_constants):  # type: ignore[no-untyped-def]
        path = np.empty((len(rates) + 1, params.shape[0], count))
        path[0] = params
        state, slope = params.copy(), np.empty(count)
        for k in range(len(rates)):
            for run in range(len(state)):
                if one_after_other:
                    for j in range(count):
                        gradient(state[run], x, y, batches[k], model_constants, loss_constants, slope)
                        state[run, j] -= rates[k] * slope[j]
                else:
                    gradient(state[run], x, y, batches[k], model_constants, loss_constants, slope)
                    for j in range(count):
                        state[run, j] -= rates[k] * slope[j]
            path[k + 1] = state
        return path

    return _compiled(walk, _identity(walk, model, loss), nogil=True)


def _compiled(part: Callable[..., Any], identity: uuid.UUID, **options: bool) -> Any:
    """What numba makes of a function that closes over others."""
    # The linker joins machine code by the functions' names and the order in which a process compiled them. By their own
    # names alone, loops of two models, read from the cache that two processes wrote, would be taken for one.
    part.__qualname__ = f"{part.__name__.strip('<>')}_{identity.hex}"
    return _identified(by_numba(part, **options), identity)


def _identified(part: Any, identity: uuid.UUID) -> Any:
    # numba names functions by random numbers, also in the key of its cache on disk. A name made of the source lets the
    # next process find what this one compiled, and not find what was compiled from another source.
    part._set_uuid(identity)
    return part


def _identity(part: Callable[..., Any], *closed_over: type) -> uuid.UUID:
    sources: list[Any] = [part, *closed_over]
    text = "\n".join(Path(inspect.getfile(source)).read_text(encoding="utf-8") for source in sources)
    names = " ".join(f"{source.__module__}.{source.__qualname__}" for source in sources)
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{names}\n{text}")
