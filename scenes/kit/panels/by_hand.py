"""Parameters moved by hand: their values, and what more of one does to the curve."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import smooth

from fitting.arrays import Array
from scenes.kit.drawing.painting import Group, Tween
from scenes.kit.panels.fit import FitLayer
from scenes.kit.panels.live import parameter_numbers
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import column, number

_APART = 2.9
"""Between the values of two parameters."""

_LONGEST = 9
"""Characters of a value for which there is room there."""


class ByHand:
    """Moves parameters away from a start and back, with arrows from where the curve was.

    Args:
        layer: Draws the curve and the arrows.
        probe: The parameters that it reads.
        start: Where they come back to, (p,).
    """

    def __init__(self, layer: FitLayer, probe: Probe, start: Array) -> None:
        self._layer, self._probe, self._start = layer, probe, np.array(start)

    def lift(self, *more: float) -> list[Tween]:
        """So much more of each parameter."""
        self._layer.ghost = self._start
        moved = self._start + np.array(more)
        return [Tween(self._layer, 0.4, lift=1.0), Tween(self._probe, 2.0, smooth, params=moved)]

    def lower(self) -> list[Tween]:
        """Back to the start."""
        return [Tween(self._layer, 0.6, lift=0.0), Tween(self._probe, 1.0, smooth, params=self._start)]


def parameter_values(probe: Probe, more: tuple[float, float], left: float, y: float, pen: Pen) -> Group:
    """The values of W and b, as they are moved by so much each."""
    write = column(probe.params, 4)
    if any(len(write(float(value))) > _LONGEST for value in np.abs(probe.params[:2]) + np.abs(more)):
        write = partial(number, digits=4)
    return Group(*parameter_numbers(probe, write, ((left, y), (left + _APART, y)), pen))
