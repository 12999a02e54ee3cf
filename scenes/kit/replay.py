"""The only clock: trajectory step <-> seconds.

Everything that moves during a descent reads one number, the replay's `step`. So fit, landscape, loss curve and readout
cannot fall out of step, at any frame rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import Mobject

from fitting import Trajectory, mean_loss
from fitting.arrays import Array


@dataclass(frozen=True)
class Moment:
    """Where the descent is at one instant of the film.

    Attributes:
        step: Position in steps; between two records it is not whole.
        params: Where the point is: on the straight line from one record to the next, shape (p,).
        loss: The loss at `params`, exactly: the point lies on the surface also between records.
        record: Index of the last record reached. Numbers on the screen are this record's.
    """

    step: float
    params: Array
    loss: float
    record: int


class Replay(Mobject):  # type: ignore[misc]
    """Plays a trajectory. Tween `step` for single steps, `progress` for a whole descent.

    Progress runs from 0 to 1 with the logarithm of 1 + step: a descent falls fast and then crawls, and both can be
    followed this way. A loss curve with this axis moves at a constant pace.
    """

    def __init__(self, trajectory: Trajectory) -> None:
        super().__init__()
        self.trajectory = trajectory
        self.last_step = int(trajectory.steps[-1])
        self.step = 0.0
        self._moment: Moment | None = None

    @property
    def progress(self) -> float:
        """log(1 + step) / log(1 + last step), in 0..1."""
        return float(np.log1p(self.step) / np.log1p(self.last_step))

    @progress.setter
    def progress(self, value: float) -> None:
        step = min(float(np.expm1(value * np.log1p(self.last_step))), float(self.last_step))
        # expm1(log1p(n)) is n but for rounding, and a step just below n would show the record before.
        self.step = float(round(step)) if abs(step - round(step)) <= 1e-12 * (1 + step) else step

    def progress_at(self, step: float) -> float:
        """Progress at which a step is reached, or the end if the run is shorter."""
        return float(np.log1p(min(step, self.last_step)) / np.log1p(self.last_step))

    @property
    def params(self) -> Array:
        """Parameters of the point now, (p,)."""
        return self.moment.params

    @property
    def moment(self) -> Moment:
        """Where the descent is now."""
        if self._moment is None or self._moment.step != self.step:
            self._moment = self.at(self.step)
        return self._moment

    def at(self, step: float) -> Moment:
        """Where the descent is at any step.

        Args:
            step: In steps; clipped to those of the trajectory.
        """
        trajectory = self.trajectory
        step = float(np.clip(step, 0.0, self.last_step))
        record = int(np.searchsorted(trajectory.steps, step, side="right")) - 1
        params = trajectory.params[record]
        if record + 1 < len(trajectory.steps) and step > trajectory.steps[record]:
            start, end = trajectory.steps[record], trajectory.steps[record + 1]
            part = (step - start) / (end - start)
            params = params + (trajectory.params[record + 1] - params) * part
            loss = float(mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data))
        else:
            loss = float(trajectory.loss[record])
        return Moment(step, params, loss, record)
