"""The product of the chain rule under a graph: each factor below its edge, growing as the way back goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from fitting.derivation import Line
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.panels.graph.layout import Edge
from scenes.kit.panels.graph.notation import bracketed, colored, tex
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp


class ChainProduct(Painting):
    """One derivative of the loss as a product: fractions, what they are, and their numbers, in three rows.

    The factors stand below the edges of the panel they belong to, so the product grows from right to left, and each of
    them row by row: the fraction, what it is, its number.

    Attributes:
        terms: How many factors stand, from the loss back: tween from 0 to `count`.
        result: Opacity of the derivative's name and number at the left end.
        count: Number of factors.
    """

    def __init__(self, panel: GraphPanel, name: str, factors: Mapping[Edge, Line], top: float, pen: Pen) -> None:
        """Prepare the product.

        Args:
            panel: Whose edges the factors belong to.
            name: By which node the loss is differentiated.
            factors: Of each edge, the local derivative worked out.
            top: Baseline of the fractions.
            pen: Writes them.
        """
        super().__init__(panel)
        palette, size = pen.palette, Size.BODY
        self.path = panel.path(name)
        self._rows = (top, top - 0.62, top - 1.06)
        self._places = [panel.edge_middle(edge)[0] for edge in self.path]
        self._joints = [panel.position(edge[1])[0] for edge in self.path[:-1]]
        self._columns = []
        for edge in self.path:
            source, target = (colored(end, palette) for end in edge)
            self._columns.append(
                (
                    Stamp(pen.math(rf"\frac{{\partial {target}}}{{\partial {source}}}", size)),
                    Stamp(pen.math(factors[edge].latex, size)),
                    Stamp(pen.math(_alike(factors[edge].latex, bracketed(panel.local(edge))), size)),
                )
            )
        self._dot = Stamp(pen.math(r"\cdot", Size.FORMULA, palette.muted))
        loss = colored("loss", palette)
        self._name = Stamp(pen.math(rf"\frac{{\partial {loss}}}{{\partial {colored(name, palette)}}} =", size))
        self._number = Stamp(pen.math(f"{tex(panel.derivative(name))} =", size, palette["gradient"]))
        self._edge = self._places[0] - panel.box[0] / 2 - 0.05
        self.count = float(len(self.path))
        self.terms = 0.0
        self.result = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw the factors that stand, dots between them, and the result."""
        count = len(self.path)
        seen = [float(np.clip(self.terms - (count - 1 - k), 0.0, 1.0)) for k in range(count)]
        for place, column, shown in zip(self._places, self._columns, seen, strict=True):
            for stamp, y, opacity in zip(column, self._rows, _one_after_the_other(shown), strict=True):
                if opacity > 0:
                    stamp.draw(canvas, place, y, "center", opacity)
        for place, shown in zip(self._joints, seen, strict=False):
            for y, opacity in zip(self._rows, _one_after_the_other(shown), strict=True):
                if opacity > 0:
                    self._dot.draw(canvas, place, y, "center", opacity)
        if self.result > 0:
            self._name.draw(canvas, self._edge, self._rows[0], "right", self.result)
            self._number.draw(canvas, self._edge, self._rows[2], "right", self.result)


def _alike(letter: str, number: str) -> str:
    """A number in the colour of the letter that it is put in for."""
    concept = re.fullmatch(r"\\textcolor\{(\w+)\}\{[^{}]*\}", letter)
    return rf"\textcolor{{{concept[1]}}}{{{number}}}" if concept else number


def _one_after_the_other(shown: float) -> list[float]:
    """Opacities of the three rows of a factor that has come so far, 0..1."""
    return [float(np.clip(3 * shown - row, 0.0, 1.0)) for row in range(3)]
