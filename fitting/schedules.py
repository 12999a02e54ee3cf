"""Learning rate by step: constant, or a staircase that goes down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, overload

import numpy as np

from fitting.arrays import Array, Integers
from fitting.errors import InputError, count, positive


class Schedule(Protocol):
    """A learning rate for every step, by the step's index 0, 1, 2, ..."""

    @overload
    def __call__(self, step: int) -> float: ...
    @overload
    def __call__(self, step: Integers) -> Array: ...
    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Constant:
    """The same learning rate at every step.

    Attributes:
        rate: The learning rate; positive.

    Raises:
        InputError: The rate is not positive and finite.
    """

    rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", positive("learning rate", self.rate))

    @overload
    def __call__(self, step: int) -> float: ...
    @overload
    def __call__(self, step: Integers) -> Array: ...
    def __call__(self, step: int | Integers) -> float | Array:
        """The learning rate of a step, or of many: shape of `step`."""
        if isinstance(step, np.ndarray):
            return np.full(step.shape, self.rate)
        return self.rate


@dataclass(frozen=True)
class Staircase:
    """A learning rate that goes down in stairs of equal length and height.

        rate(k) = first - (first - final) * stair(k) / stairs,   stair(k) = floor(k * stairs / steps)

    The last stair lies one height above `final`, as in the notes: their 100 stairs from 0.005 to 0.0001 end at
    0.000149.

    Attributes:
        first: Learning rate of the first stair; positive.
        final: Learning rate that the stair after the last would have; positive.
        stairs: Number of stairs; at most `steps`.
        steps: Number of steps that the stairs are spread over. Later steps stay on the last stair.

    Raises:
        InputError: A rate is not positive and finite, a count is not positive, or there are more stairs than steps.

    Source:
        House prices notes, the run behind their figures.
    """

    first: float
    final: float
    stairs: int
    steps: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", positive("first learning rate", self.first))
        object.__setattr__(self, "final", positive("final learning rate", self.final))
        object.__setattr__(self, "steps", count("steps", self.steps))
        object.__setattr__(self, "stairs", count("stairs", self.stairs))
        if self.stairs > self.steps:
            raise InputError(f"stairs must not outnumber steps; got {self.stairs} stairs for {self.steps} steps")

    @overload
    def __call__(self, step: int) -> float: ...
    @overload
    def __call__(self, step: Integers) -> Array: ...
    def __call__(self, step: int | Integers) -> float | Array:
        """The learning rate of a step, or of many: shape of `step`."""
        # Whole numbers up to the one division: floor(k/100)*100/10000 of the notes rounds to the same bits.
        stair = np.minimum(np.asarray(step) * self.stairs // self.steps, self.stairs - 1)
        rate = self.first - (self.first - self.final) * (stair / self.stairs)
        return rate if isinstance(step, np.ndarray) else float(rate)
