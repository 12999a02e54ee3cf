"""How a descent goes: into a valley and along its floor, into a round bowl, out of the window, or not far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from fitting import StopReason, Trajectory, hessian, mean_loss
from fitting.arrays import Array

ROUND = 4.0
"""Condition number up to which a bowl is called round."""

NEAR = 1e-3
"""Share of the loss to be gained that may be left at the end of a run that arrives."""


class Kind(Enum):
    """What there is to see."""

    VALLEY = "falls into a valley, then crawls along its floor"
    BOWL = "goes straight to the bottom of a round bowl"
    SHORT = "ends before it is there"
    DIVERGED = "grows without end"


@dataclass(frozen=True)
class Course:
    """A run, judged by the curvatures of its loss and by its end.

    Attributes:
        kind: What there is to see.
        steep: Largest eigenvalue of the loss' Hessian at the start.
        flat: Its smallest eigenvalue.
        fall: Steps after which the distance along the steepest direction has shrunk to 3 %.
        overshoots: Whether a step goes beyond the floor, rate times curvature being above 1.
    """

    kind: Kind
    steep: float
    flat: float
    fall: int
    overshoots: bool

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
        values = np.linalg.eigvalsh(
            hessian(trajectory.model, trajectory.loss_function, trajectory.params[0], trajectory.data)
        )
        steep, flat = float(values[-1]), float(values[0])
        least = float(mean_loss(trajectory.model, trajectory.loss_function, optimum, trajectory.data))
        first, last = float(trajectory.loss[0]), trajectory.final_loss
        product = float(trajectory.learning_rate[0]) * steep
        shrink = abs(1 - product)
        fall = int(np.ceil(np.log(0.03) / np.log(shrink))) if 0 < shrink < 1 else 1
        if trajectory.stop_reason == StopReason.DIVERGED:
            kind = Kind.DIVERGED
        elif last - least > NEAR * (first - least):
            kind = Kind.SHORT
        else:
            kind = Kind.BOWL if steep <= ROUND * flat else Kind.VALLEY
        return cls(kind, steep, flat, fall, product > 1)
