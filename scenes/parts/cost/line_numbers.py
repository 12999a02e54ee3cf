"""The row of numbers above a line's residuals: its parameters, and its cost."""

from __future__ import annotations

from functools import partial

from scenes.kit.drawing.frame import READOUT
from scenes.kit.drawing.painting import array
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals
from scenes.kit.words.numbers import column
from scenes.parts.cost.lines import CostLines
from scenes.parts.cost.wording import cost_writer

_PLACES = (0.0, 2.2, 4.4)
"""Left edges, from that of the row."""

_WIDEST = 1.25
"""How wide a number may be behind its name."""


class LineNumbers:
    """Numbers that follow a line.

    Args:
        lines: Gives the cost, and how large numbers become.
        probe: The line.
        left: Left edge.
        pen: Writes.

    Attributes:
        params: W and b.
        cost: J.
    """

    def __init__(self, lines: CostLines, probe: Probe, left: float, pen: Pen) -> None:
        self._probe, self._lines = probe, lines
        ends = *lines.window().first, *lines.window().second
        write, write_cost = column(array(*ends), 3), cost_writer(lines)
        texts = *map(write, ends), write_cost(lines.cost(lines.flat))
        fits = max(map(Numerals(pen.engine, Size.FORMULA, pen.palette.text).width, texts)) <= _WIDEST
        size = Size.FORMULA if fits else Size.LABEL
        first, second, third = ((left + place, READOUT - 0.1) for place in _PLACES)
        self.params = [
            LiveNumber(name, name, partial(self._param, k), write, place, pen, probe, size=size)
            for k, (name, place) in enumerate((("W", first), ("b", second)))
        ]
        self.cost = LiveNumber("J", "loss", self._cost, write_cost, third, pen, probe, size=size)

    def _param(self, which: int) -> float:
        return float(self._probe.params[which])

    def _cost(self) -> float:
        return self._lines.cost(self._probe.params)
