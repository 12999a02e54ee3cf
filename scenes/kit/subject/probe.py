"""Parameters that a lecture moves by hand, and what a fit can follow."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from manim import Mobject

from fitting.arrays import Array


class HasParams(Protocol):
    """What a fit follows: a replay, or parameters moved by hand."""

    @property
    def params(self) -> Array:
        """Parameters now, (p,)."""


class Spot(Mobject):  # type: ignore[misc]
    """A number that a lecture moves by hand. Tween `value`."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.value = value


class Probe(Mobject):  # type: ignore[misc]
    """Parameters that a lecture moves by hand, to show what each of them does. Tween `params`."""

    def __init__(self, params: Array) -> None:
        super().__init__()
        self.params = np.array(params, dtype=np.float64)
