"""How a descent goes: into a valley and along its floor, into a bowl, upwards, or not far. Judged by its record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from fitting import StopReason, Trajectory, mean_loss
from fitting.arrays import Array

ROUND = 4.0
"""Condition number up to which there is a bowl, and no valley."""

NEAR = 1e-3
"""Share of the loss to be gained, and of the targets' variance, that may be left at the end of a run that arrives."""

FALLEN = 0.03
"""Share of the distance across the valley that may be left at the foot of its wall."""

SEEN = 0.1
"""Share of the start's distance from the optimum that a part of the way must have to be spoken of."""


class Kind(Enum):
    """What there is to see."""

    VALLEY = "falls into a valley, then crawls along its floor"
    BOWL = "goes to the bottom of a bowl"
    SHORT = "ends before it is there"
    GROWS = "grows"
    THERE = "starts where it could only end"
    OTHER = "none of these: it rises before it falls, or has no wall, or no floor"


@dataclass(frozen=True)
class Course:
    """A run on a mean squared error that is quadratic in the parameters, judged by its record and by the curvatures.

    Attributes:
        kind: What there is to see.
        steep: Largest eigenvalue of the loss' Hessian.
        flat: Its smallest eigenvalue.
        fall: The step of the first record at which the distance along the steepest direction has shrunk to 3 %.
        product: The largest rate of the run times `steep`.
        overshoots: Whether the steps down the wall go beyond the floor, from side to side.
        constant: Whether all steps have one rate.
        began: Whether the run began where its loss is least, but for rounding.
        falls: Whether no record's loss is above that of the record before.
        lowest: Step of the record of least loss.
        left: Distance from the optimum at the end, as a share of that at the start.
        ahead: Steps that would be left at the last rate; infinite if the run would not arrive.
    """

    kind: Kind
    steep: float
    flat: float
    fall: int
    product: float
    overshoots: bool
    constant: bool
    began: bool
    falls: bool
    lowest: int
    left: float
    ahead: float

    @classmethod
    def of(cls, trajectory: Trajectory, optimum: Array) -> Course:
        """Judge a run.

        On a quadratic loss a step multiplies the distance along a direction of curvature c by 1 - rate c: it shrinks
        for rate c below 2, and changes sides for rate c above 1 (Boyd and Vandenberghe, Convex Optimization, section
        9.3).

        Args:
            trajectory: The run.
            optimum: The exact best parameters, (p,).
        """
        model, loss, data = trajectory.model, trajectory.loss_function, trajectory.data
        # By the Jacobian's singular values: those of the Hessian, its square, lose a small curvature in rounding.
        sizes, directions = np.linalg.svd(model.jacobian(trajectory.params[0], data.x), full_matrices=False)[1:]
        values = 2 / len(data) * sizes**2
        steep, flat = float(values[0]), float(values[-1])
        least = float(mean_loss(model, loss, optimum, data))
        losses, rates = trajectory.loss, trajectory.learning_rate
        with np.errstate(all="ignore"):
            away = trajectory.params - optimum
            distances = np.linalg.norm(away, axis=1)
            across, along = away @ directions[0], np.abs(away @ directions[-1])
            left = float(distances[-1] / distances[0])
        fallen = np.flatnonzero(np.abs(across) <= FALLEN * np.abs(across[0]))
        foot = int(fallen[0]) if len(fallen) else len(across) - 1
        turns = np.diff(np.sign(across[: foot + 1])) != 0
        # While there is a way to be seen, it is one along the floor.
        late = along[foot:] > 1e-3 * distances[0]
        crawls = late[0] and bool((along[foot:] >= np.abs(across[foot:]))[late].all())
        nothing = 1e-24 * float(np.mean(data.y**2))
        rounding = 1e-9 * float(losses[0]) + nothing
        falls = bool((np.diff(losses) <= rounding).all())
        gain, rest = float(losses[0]) - least, float(losses[-1]) - least
        # From a start that is far off, a thousandth of the way is still far from the data.
        # Of equal targets the variance is rounding.
        varied = float(np.ptp(data.y)) > 1e-12 * float(np.abs(data.y).max())
        near = NEAR * min(gain, float(np.var(data.y)) if varied else gain)
        parts = min(abs(across[0]), along[0]) >= SEEN * distances[0]
        one_way = bool(turns.all()) or not turns.any()
        if trajectory.grows:
            kind = Kind.GROWS
        elif gain <= rounding:
            kind = Kind.THERE
        elif rest > near + 1e-9 * float(losses[-1]) + nothing:
            kind = Kind.SHORT
        elif not falls or (steep > ROUND * flat and not (parts and one_way and crawls and len(fallen))):
            kind = Kind.OTHER
        else:
            kind = Kind.BOWL if steep <= ROUND * flat else Kind.VALLEY
        return cls(
            kind=kind,
            steep=steep,
            flat=flat,
            fall=int(trajectory.steps[foot]),
            product=float(rates.max()) * steep,
            overshoots=bool(turns.any()),
            constant=bool((rates == rates[0]).all()),
            began=gain <= rounding,
            falls=falls,
            lowest=int(trajectory.steps[int(np.argmin(losses))]),
            left=left,
            ahead=_ahead(trajectory, values, np.abs(away[-1] @ directions.T) > 1e-9 * distances[0], rest, near),
        )


def _ahead(trajectory: Trajectory, curvatures: Array, way: npt.NDArray[np.bool_], rest: float, near: float) -> float:
    """Steps at the last rate after which no more than `near` is left of what `rest` is left of the loss, at most.

    Args:
        trajectory: The run.
        curvatures: Of each direction, (p,).
        way: In which of them there is a way left, (p,): elsewhere only rounding is multiplied.
        rest: How far the loss is above its least.
        near: How far it may be.
    """
    products = trajectory.final_learning_rate * curvatures
    # At 2 to the last digit the point jumps from wall to wall for ever.
    if products[way].max(initial=0.0) >= 2 - 1e-9 or trajectory.stop_reason is StopReason.PARAMETERS_FIXED:
        return float("inf")
    if rest <= near or near <= 0 or not way.any():
        return 0.0
    with np.errstate(divide="ignore"):
        shrinks = np.where(products < 1, np.log1p(-np.minimum(products, 1.0)), np.log(np.abs(1 - products)))
    ahead = float(np.ceil(np.log(near / rest) / min(2 * float(shrinks[way].max()), -1e-300)))
    # Until then what rounding leaves of 0 in the other directions must not have grown to be seen.
    return float("inf") if ahead * shrinks[~way].max(initial=0.0) > np.log(1e6) else ahead
