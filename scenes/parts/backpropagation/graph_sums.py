"""The arithmetic of a graph below its nodes: how each value is made, and what it is."""

from __future__ import annotations

from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.graph.notation import tex
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.text.formula import Pen


def graph_sums(panel: GraphPanel, top: float, pen: Pen) -> dict[str, Group]:
    """For each computed node two lines below it, with the numbers that the panel shows."""
    sums = {}
    for name in panel.computed:
        x, _ = panel.position(name)
        made = pen.math(panel.with_numbers(name), Size.BODY).at(x, top, "center")
        sums[name] = Group(made, pen.math(f"= {tex(panel.value(name))}", Size.BODY).at(x, top - 0.55, "center"))
    return sums
