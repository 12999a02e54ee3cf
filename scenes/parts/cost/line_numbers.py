"""The row of numbers above a line's residuals: its parameters, and its cost."""

from __future__ import annotations

from scenes.kit.drawing.frame import READOUT
from scenes.kit.drawing.painting import array
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import LiveNumber, parameter_numbers
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


def line_numbers(lines: CostLines, probe: Probe, left: float, pen: Pen) -> tuple[LiveNumber, ...]:
    """W, b and J of a line; smaller, if they become long."""
    ends = *lines.window().first, *lines.window().second
    write, write_cost = column(array(*ends), 3), cost_writer(lines)
    texts = *map(write, ends), write_cost(lines.cost(lines.flat))
    fits = max(map(Numerals(pen.engine, Size.FORMULA, pen.palette.text).width, texts)) <= _WIDEST
    size = Size.FORMULA if fits else Size.LABEL
    *places, last = ((left + place, READOUT - 0.1) for place in _PLACES)
    cost = LiveNumber("J", "loss", lambda: lines.cost(probe.params), write_cost, last, pen, probe, size=size)
    return *parameter_numbers(probe, write, places, pen, size), cost
