"""The arrow along -gradient at the point of a surface: straight downhill."""

from __future__ import annotations

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size
from scenes.kit.panels.landscape.panel import tangent
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.parts.derivative.function_panel import FunctionPanel

_LENGTH, _WIDTH = 1.5, 0.075


class DescentArrow(Painting):
    """An arrow from the panel's point along (-df/dx, -df/dy), in the plane that touches the surface there.

    Args:
        panel: The surface.
        gradient: Both partial derivatives at its point, (2,).
        name: LaTeX of the arrow.
        pen: Writes it.

    Attributes:
        grown: Share of the arrow that is drawn.
        label: Opacity of its name.
    """

    def __init__(self, panel: FunctionPanel, gradient: Array, name: str, pen: Pen) -> None:
        super().__init__(panel.view)
        self._panel, self._gradient, self._palette = panel, gradient, pen.palette
        self._label = Stamp(pen.math(name, Size.FORMULA, pen.palette["gradient"]))
        self.grown = self.label = 0.0

    def ends(self) -> Array:
        """Start and end of the whole arrow in the box, (2, 3)."""
        direction, start = tangent(self._panel.box, self._gradient), self._panel.point.position
        return np.stack([start, start + _LENGTH * direction / np.linalg.norm(direction)])

    def paint(self, canvas: Canvas) -> None:
        """Draw the arrow, its name, and the point again, from which it goes."""
        screen, _ = self._panel.box.project(self.ends(), self._panel.view)
        (x, y), tip = screen.tolist()
        palette = self._palette
        end = (screen[0] + self.grown * (screen[1] - screen[0])).tolist()
        canvas.arrow((x, y), end, palette["gradient"], _WIDTH, rim=palette.outline)
        canvas.disc(x, y, DOT_RADIUS * 1.15, palette["model"], palette.outline)
        self._label.draw(canvas, tip[0] - 0.38, tip[1] - 0.72, "right", self.label)
