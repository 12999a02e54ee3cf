"""The objective: the mean loss over the data, its gradient and its Hessian. The mean is taken here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fitting.arrays import Array
from fitting.datasets import Dataset
from fitting.differences import central_difference
from fitting.losses import CrossEntropy, CrossEntropyOfLogits, Loss
from fitting.models import Linear, Model, Sigmoid

_MOST = 2_000_000
"""Most numbers that a temporary array holds: many parameters on many data are taken in portions."""


def from_logits(model: Model, loss: Loss) -> tuple[Model, Loss]:
    """What a model and a loss are evaluated as: a sigmoid and its cross-entropy from the logit W x + b.

    Behind a saturated sigmoid the prediction is 0 or s in float64, and what is left of the logit is lost: the loss
    would end at some number, and its slope at 0.

    Args:
        model: Makes the predictions.
        loss: Compares them with the targets.

    Returns:
        A model of the same parameters and a loss whose composition is the same function; the same two for others.
    """
    if isinstance(model, Sigmoid) and type(loss) is CrossEntropy and model.constants == loss.constants:
        return Linear(), CrossEntropyOfLogits(**loss.constants)
    return model, loss


def mean_loss(model: Model, loss: Loss, params: Array, data: Dataset) -> Array:
    """J = 1/N sum_i loss(y'_i, y_i).

    Args:
        model: Makes the predictions.
        loss: Compares them with the targets.
        params: Parameters, shape (..., p).
        data: N pairs.

    Returns:
        Shape (...).
    """

    model, loss = from_logits(model, loss)

    def evaluate(some: Array) -> Array:
        return loss.value(model.predict(some, data.x), data.y).sum(axis=-1) / len(data.x)

    return _in_portions(evaluate, np.asarray(params, dtype=np.float64), len(data.x), ())


def gradient(model: Model, loss: Loss, params: Array, data: Dataset) -> Array:
    """dJ/dparams = 1/N sum_i dloss/dy'_i dy'_i/dparams: the chain rule, and the mean.

    Args:
        model: Gives dy'/dparams.
        loss: Gives dloss/dy'.
        params: Parameters, shape (..., p).
        data: N pairs.

    Returns:
        Shape (..., p).
    """

    model, loss = from_logits(model, loss)

    def evaluate(some: Array) -> Array:
        slopes = loss.slope(model.predict(some, data.x), data.y)
        return (slopes[..., None] * model.jacobian(some, data.x)).sum(axis=-2) / len(data.x)

    params = np.asarray(params, dtype=np.float64)
    return _in_portions(evaluate, params, len(data.x) * params.shape[-1], (params.shape[-1],))


def hessian(model: Model, loss: Loss, params: Array, data: Dataset) -> Array:
    """Second derivatives of J, (p, p): central differences of its exact gradient, made symmetric.

    Args:
        model: The model.
        loss: The loss.
        params: Parameters, shape (p,).
        data: N pairs.
    """
    axes = np.eye(len(params))
    matrix = np.stack([central_difference(lambda at: gradient(model, loss, at, data), params, axis) for axis in axes])
    return np.asarray((matrix + matrix.T) / 2)


def _in_portions(evaluate: Callable[[Array], Array], params: Array, cost: int, shape: tuple[int, ...]) -> Array:
    with np.errstate(over="ignore", invalid="ignore"):
        if params[..., 0].size * cost <= _MOST or params.ndim == 1:
            return evaluate(params)
        flat = params.reshape(-1, params.shape[-1])
        portion = max(1, _MOST // cost)
        results = [evaluate(flat[start : start + portion]) for start in range(0, len(flat), portion)]
        return np.concatenate(results).reshape(params.shape[:-1] + shape)
