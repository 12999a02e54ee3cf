"""A nudge on number lines: one below each node of its way, all on one scale, so that factors can be seen as lengths."""

from __future__ import annotations

from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.graph.notation import concept, tex
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp

HALF = 0.8
"""Half a line's length, in Manim units."""

_LONGEST = 0.62
"""Length of the largest change, in Manim units."""


class NudgeLines(Painting):
    """Below each node from a nudged one to the loss: where its value was, and where the nudge has brought it.

    Args:
        panel: The graph; `follow_nudge` comes first.
        name: The nudged node.
        y: Height of the lines.
        pen: Writes the values.
    """

    def __init__(self, panel: GraphPanel, name: str, y: float, pen: Pen) -> None:
        super().__init__(panel)
        self._panel, self._y, self._palette = panel, y, pen.palette
        self.names = (name, *(edge[1] for edge in panel.path(name)))
        self.scale = _LONGEST / max(abs(panel.change(node)) for node in self.names)
        self._values = {
            node: Stamp(
                pen.math(rf"{tex(panel.value(node))} \to {tex(panel.value(node) + panel.change(node))}", Size.LABEL)
            )
            for node in self.names
        }

    def middle(self, node: str) -> float:
        """Where the value was: below the node, unless the line would leave the frame."""
        return min(max(self._panel.position(node)[0], LEFT + HALF), RIGHT - HALF)

    def place(self, node: str) -> float:
        """Where the value is now."""
        return self.middle(node) + self.scale * self._panel.change(node) * self._panel.nudged(node)

    def paint(self, canvas: Canvas) -> None:
        """Draw each line with a tick at the old value, an arrow to the new one, and both in numbers."""
        palette, y = self._palette, self._y
        for node in self.names:
            shown = self._panel.nudged(node)
            middle, here = self.middle(node), self.place(node)
            color = palette[concept(node, palette)]
            canvas.line([(middle - HALF, y), (middle + HALF, y)], palette.muted, Stroke.GRID)
            canvas.line([(middle, y - 0.1), (middle, y + 0.1)], palette.muted, Stroke.THIN)
            if shown > 0:
                canvas.line([(middle, y), (here, y)], color, Stroke.CURVE)
            canvas.disc(here, y, DOT_RADIUS * 0.9, color, palette.outline)
            self._values[node].draw(canvas, middle, y - 0.42, "center", shown)
