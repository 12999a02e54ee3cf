"""The only clock: trajectory step <-> seconds.

Everything that moves during a descent reads one moment, that of the replay's `step`. So fit, landscape, loss curve and
readout show one point and one loss, in every frame, at any frame rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import Mobject

from fitting import Trajectory
from fitting.arrays import Array
from scenes.kit.subject.window import ceiling, told_apart

GLIDE = 1 / 500
"""Of what a run covers: a way shorter than that is not seen, and the point stands at its records."""

DIP = 1 / 50
"""Of the loss between two records: where it dips by more on the straight way, the way is none."""

PIECES = 8
"""Of a way: how often the loss is looked at on it, its ends among them."""


class Runs(Mobject):  # type: ignore[misc]
    """Plays trajectories side by side. Tween `step` or `progress`; a run that has ended stays at its end.

    Attributes:
        replays: One for each trajectory; they are moved by this clock alone.
        last_step: Of the longest run.
    """

    def __init__(self, trajectories: Sequence[Trajectory]) -> None:
        super().__init__()
        self.replays = [Replay(trajectory) for trajectory in trajectories]
        self.last_step = max(replay.last_step for replay in self.replays)
        self._step = 0.0
        # What reads a replay moves when this clock moves: they are one family.
        self.add(*self.replays)

    @property
    def step(self) -> float:
        """Steps taken; between two of them it is not whole."""
        return self._step

    @step.setter
    def step(self, value: float) -> None:
        self._step = value
        for replay in self.replays:
            replay.step = min(value, float(replay.last_step))

    @property
    def progress(self) -> float:
        """log(1 + step) / log(1 + last step), in 0..1."""
        return float(np.log1p(self._step) / np.log1p(self.last_step))

    @progress.setter
    def progress(self, value: float) -> None:
        step = float(np.expm1(value * np.log1p(self.last_step)))
        whole = round(step)
        # expm1(log1p(n)) is n but for rounding.
        self.step = min(float(whole) if abs(step - whole) <= 1e-12 * (1 + step) else step, float(self.last_step))

    def progress_at(self, step: float) -> float:
        """Progress at which a step is reached."""
        return float(np.log1p(step) / np.log1p(self.last_step))


@dataclass(frozen=True)
class Moment:
    """Where the descent is at one instant of the film: all that is shown of it is of this one point.

    Attributes:
        step: Position in steps; on the way from one record to the next it is not whole.
        params: Where the point is, shape (p,).
        loss: The loss at `params`, exactly: the point lies on the surface also on its way.
        record: Index of the record where it is, or that it comes from.
    """

    step: float
    params: Array
    loss: float
    record: int


class Replay(Mobject):  # type: ignore[misc]
    """Plays a trajectory. Tween `step` for single steps, `progress` for a whole descent.

    Progress runs from 0 to 1 with the logarithm of 1 + step: a descent falls fast and then crawls, and both can be
    followed this way. A loss curve with this axis moves at a constant pace.

    A descent is at its records alone. Where the loss goes one way from a record to the next, the point glides along the
    straight line between them, and its loss with it. Where it does not, because the step jumps across a valley, the
    descent never was on the floor between: the point stands, and half way through it is at the next record. It also
    stands where its way is too short to be seen, so that the numbers beside it are those of a step.
    """

    def __init__(self, trajectory: Trajectory) -> None:
        super().__init__()
        self.trajectory = trajectory
        self.last_step = int(trajectory.steps[-1])
        self.step = 0.0
        self._moment: Moment | None = None
        self._ways: dict[int, Array | None] = {}
        shown = trajectory.loss <= ceiling(trajectory)
        self._extent = np.append(np.ptp(trajectory.params[shown], axis=0), np.ptp(trajectory.loss[shown]))

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
        start = float(trajectory.steps[record])
        part = 0.0 if step == start else (step - start) / float(trajectory.steps[record + 1] - trajectory.steps[record])
        if part == 0.0 or self.way(record) is None:
            record += part >= 0.5
            return Moment(
                float(trajectory.steps[record]), trajectory.params[record], float(trajectory.loss[record]), record
            )
        params = self._between(record, np.array([part]))[0]
        loss = float(trajectory.loss_at(params))
        return Moment(step, params, loss, record)

    def way(self, record: int) -> Array | None:
        """Losses (PIECES + 1,) along the way from a record to the next if the point glides there, else None."""
        if record not in self._ways:
            self._ways[record] = self._glides(record)
        return self._ways[record]

    def played(self, apart: float) -> tuple[Array, Array]:
        """The loss over the steps as the point shows it: what a curve that ends at the point has to go through.

        Args:
            apart: Distance of log10(1 + step) from which on two records are told from each other.

        Returns:
            Steps (k,) and losses (k,), of records and, where a step is wide, of places on the way to the next.
        """
        trajectory = self.trajectory
        places = np.log10(1.0 + trajectory.steps)
        shares = np.linspace(0.0, 1.0, PIECES, endpoint=False)
        steps, losses = [], []
        for record in told_apart(trajectory.steps, apart).tolist():
            wide = record + 1 < len(places) and places[record + 1] - places[record] > apart
            way = self.way(record) if wide else None
            inner = shares[:1] if way is None else shares
            reach = float(trajectory.steps[record + 1] - trajectory.steps[record]) if wide else 0.0
            steps.append(trajectory.steps[record] + inner * reach)
            losses.append(trajectory.loss[record : record + 1] if way is None else way[:-1])
        return np.concatenate(steps), np.concatenate(losses)

    def _between(self, record: int, parts: Array) -> Array:
        start, end = self.trajectory.params[record : record + 2]
        return np.asarray(start + (end - start) * parts[:, None])

    def _glides(self, record: int) -> Array | None:
        trajectory = self.trajectory
        if record + 1 >= len(trajectory.steps):
            return None
        rows = slice(record, record + 2)
        moved = np.concatenate([np.ptp(trajectory.params[rows], axis=0), [np.ptp(trajectory.loss[rows])]])
        wide = float(np.ptp(np.log1p(trajectory.steps[rows]))) > GLIDE * float(np.log1p(self.last_step))
        if not wide and (moved <= GLIDE * self._extent).all():
            return None
        ends = trajectory.loss[rows]
        with np.errstate(all="ignore"):
            params = self._between(record, np.linspace(0.0, 1.0, PIECES + 1))
            losses = trajectory.loss_at(params)
        dip = max(float(ends.min() - losses.min()), float(losses.max() - ends.max()))
        return losses if dip <= DIP * float(np.ptp(ends)) + 1e-12 * float(ends.max()) else None
