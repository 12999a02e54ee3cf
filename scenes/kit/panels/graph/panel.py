"""A computation graph on the screen: values run forward through it, derivatives run backward.

All numbers come from a `fitting.Graph`. Elementary operations are drawn in groups, so that a1 = W1 x + b1 is one node:
additions and multiplications that feed only each other. What an edge says is the derivative of the group by its input,
worked out from the graph's own local derivatives.

    panel = GraphPanel(chain_rule(model, loss, params, x, y), (LEFT, -1.1, RIGHT, 3.0), pen)
    self.play(Tween(panel, 4.0, linear, forward=panel.columns))
    self.play(Tween(panel, 1.0, linear, backward=panel.stage("z")))
    self.play(Tween(panel, 0.4, lit=panel.lights("z", ("z", "prediction"))))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from fitting import Graph
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.graph.layout import Edge, Reading, place, read, stages
from scenes.kit.panels.graph.notation import bracketed, colored, concept, short, signed
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import symbol
from scenes.kit.words.message import Math
from scenes.kit.words.numbers import MINUS

BOX = (1.04, 0.78)
"""Width and height of a node."""

NARROW = 0.82
"""Its width where there are many columns, so that edges have room for their numbers."""

MANY = 6

CHIP = 0.34
"""Height of a number outside a node."""

_GAP = 0.05
_CORNER = 0.14
_FAN = 0.2
"""How far apart edges end that meet at a node."""

_CLEARANCE = 0.07
_HEAD = 0.15


class GraphPanel(Painting):
    """Nodes as rounded boxes from left to right; parameters above and below what they feed.

    A node's value stands in its box. The derivative of the loss by it is a filled chip outside; the local derivative
    of an edge is a chip with a rim on the edge. Inputs that are not fitted get no derivative.

    Attributes:
        forward: How many columns hold their values: tween from 0 to `columns`.
        backward: How many stages of the way back are done: tween to `stage(name)`, at the end to `stages`.
        nudge: How far a change of one node has come, in nodes on its path: tween from 0 to `len(path(name)) + 1`.
        lit: How much each node and edge stands out, (nodes + edges,): tween to `lights(...)`.
        operations: Opacity of the formulas above the nodes.
        locals: Opacity of the local derivatives that the way back has reached.
        legend: Opacity of a key to the two kinds of chips, in the upper right corner.
        box: Width and height of a node.
        columns: Number of columns.
        stages: Number of stages of the way back.
    """

    def __init__(
        self,
        graph: Graph,
        rect: tuple[float, float, float, float],
        pen: Pen,
        names: Sequence[str] = (),
        write: Callable[[float], str] = short,
    ) -> None:
        """Lay the graph out.

        Args:
            graph: What is drawn; `show` changes its numbers later.
            rect: Left, bottom, right and top of everything, chips included.
            pen: Writes the names.
            names: Of the nodes that the graph leaves without one, in their order; a1, z, a2, ... and r if not given.
            write: Writes values and derivatives.
        """
        super().__init__()
        self._names = tuple(names)
        self._write, self._palette = write, pen.palette
        self._numbers = read(graph, self._names)
        self._nudged: Reading | None = None
        self._nudged_path: tuple[str, ...] = ()
        self._cells = place(self._numbers)
        self._order = {name: k for k, name in enumerate(self._cells)}
        self.columns = float(1 + max(column for column, _ in self._cells.values()))
        self.box = (BOX[0] if self.columns <= MANY else NARROW, BOX[1])
        self._places = self._positions(rect)
        self._stage = stages(self._numbers, tuple(graph.parameters))
        self.stages = max(self._stage.values())
        self.forward = self.backward = self.nudge = 0.0
        self.operations = self.locals = 1.0
        self.legend = 0.0
        self._corner_place = rect[2], rect[3]
        self.lit: Array = np.zeros(len(self._cells) + len(self._numbers.edges))
        self._prepare(pen)

    # What a lecture asks for

    def show(self, graph: Graph) -> None:
        """Take the numbers of another graph of the same shape: another sample, other parameters."""
        self._numbers = read(graph, self._names)

    def follow_nudge(self, name: str, graph: Graph) -> None:
        """What `nudge` shows: how much each node on the way from `name` to the loss differs in another graph."""
        self._nudged = read(graph, self._names)
        self._nudged_path = (name, *(edge[1] for edge in self.path(name)))

    @property
    def computed(self) -> tuple[str, ...]:
        """Names of the nodes that are not given, in order."""
        return self._numbers.computed

    def path(self, name: str) -> tuple[Edge, ...]:
        """The edges from a node to the loss."""
        edges: list[Edge] = []
        while name != "loss":
            edge = next(edge for edge in self._numbers.edges if edge[0] == name)
            edges.append(edge)
            name = edge[1]
        return tuple(edges)

    def local(self, edge: Edge) -> float:
        """The local derivative on an edge."""
        return self._numbers.edges[edge]

    def value(self, name: str) -> float:
        """A node's value."""
        return self._numbers.values[name]

    def derivative(self, name: str) -> float:
        """The derivative of the loss by a node."""
        return self._numbers.derivatives[name]

    def change(self, name: str) -> float:
        """How much a node differs in the nudged graph."""
        assert self._nudged is not None, "follow_nudge comes first"
        return self._nudged.values[name] - self._numbers.values[name]

    def nudged(self, name: str) -> float:
        """How much of the nudge has come to a node on its way, 0..1."""
        k = self._nudged_path.index(name)
        return float(np.clip((self.nudge - k - (0.6 if k else 0.0)) / 0.4, 0.0, 1.0))

    def with_numbers(self, name: str) -> str:
        """LaTeX of how a computed node's value is made, with the values of what it is made of in their colours."""

        def put_in(inner: str) -> str:
            kind, value = concept(inner, self._palette), bracketed(self.value(inner))
            return rf"\textcolor{{{kind}}}{{{value}}}" if kind else value

        # Bars are brackets enough.
        return re.sub(r"(\\left\|.*?)\((.*)\)(.*?\\right\|)", r"\1\2\3", self._numbers.formulas[name](put_in))

    def stage(self, name: str) -> float:
        """What `backward` is when the derivative of the loss by this node stands."""
        return float(self._stage[name])

    def column(self, name: str) -> float:
        """What `forward` is when this node's value stands."""
        return float(self._cells[name][0] + 1)

    def position(self, name: str) -> tuple[float, float]:
        """Middle of a node."""
        return self._places[name]

    def edge_middle(self, edge: Edge) -> tuple[float, float]:
        """Middle of an edge, where its local derivative stands."""
        (x0, y0), (x1, y1) = self._ends(edge)
        return (x0 + x1) / 2, (y0 + y1) / 2

    def lights(self, *lit: str | Edge) -> Array:
        """A value for `lit` in which these nodes and edges stand out."""
        edges = {edge: len(self._order) + k for k, edge in enumerate(self._numbers.edges)}
        values = np.zeros(len(self.lit))
        for one in lit:
            values[self._order[one] if isinstance(one, str) else edges[one]] = 1.0
        return values

    # Drawing

    def paint(self, canvas: Canvas) -> None:
        """Draw edges, then nodes, then the numbers outside them."""
        lit = dict(zip((*self._order, *self._numbers.edges), self.lit.tolist(), strict=True))
        for edge in self._numbers.edges:
            self._draw_edge(canvas, edge, lit[edge])
        for name in self._order:
            self._draw_node(canvas, name, lit[name])
        for edge in self._numbers.edges:
            self._draw_local(canvas, edge, lit[edge])
        if self._nudged is not None and self.nudge > 0:
            self._draw_changes(canvas)
        if self.legend > 0:
            self._draw_legend(canvas)

    def _prepare(self, pen: Pen) -> None:
        palette = pen.palette
        self._labels = {
            name: Stamp(pen.math(symbol(name), Size.BODY, palette[concept(name, palette)])) for name in self._order
        }
        self._formulas = {
            name: Stamp(pen.math(formula(lambda inner: colored(inner, palette)), Size.LABEL))
            for name, formula in self._numbers.formulas.items()
        }
        loss = Math(colored("loss", palette))
        self._key = [
            Stamp(pen.text("slope of an edge", Size.LABEL, palette.muted)),
            Stamp(pen.text("slope of ${loss}$", Size.LABEL, palette.muted, loss=loss)),
        ]
        self._numerals = Numerals(pen.engine, 0.31 if self.columns <= MANY else 0.27, palette.text)
        self._outside = Numerals(pen.engine, Size.LABEL, palette["gradient"])
        self._inside = Numerals(pen.engine, Size.LABEL, palette.background)
        self._changes = {name: Numerals(pen.engine, Size.LABEL, self._color(name)) for name in self._order}

    def _positions(self, rect: tuple[float, float, float, float]) -> dict[str, tuple[float, float]]:
        left, bottom, right, top = rect
        width, height = self.box
        outside = CHIP + _GAP
        first, last = left + width / 2, right - width / 2
        middle, reach = (bottom + top) / 2, (top - bottom) / 2 - height / 2 - outside
        return {
            name: (first + (last - first) * column / max(self.columns - 1, 1), middle + reach * row)
            for name, (column, row) in self._cells.items()
        }

    def _ends(self, edge: Edge) -> tuple[tuple[float, float], tuple[float, float]]:
        (x0, y0), (x1, y1) = self._places[edge[0]], self._places[edge[1]]
        row = self._cells[edge[0]][1] - self._cells[edge[1]][1]
        half = self.box[0] / 2 + _CLEARANCE
        return (x0 + half, y0), (x1 - half, y1 + _FAN * float(np.clip(row, -1.0, 1.0)))

    def _color(self, name: str) -> str:
        return self._palette[concept(name, self._palette)]

    def _passed(self, edge: Edge) -> float:
        """How far the way back has come on an edge, 0..1."""
        if edge[0] not in self._stage:
            return 0.0
        return float(np.clip(self.backward - (self._stage[edge[0]] - 1), 0.0, 1.0))

    def _draw_edge(self, canvas: Canvas, edge: Edge, lit: float) -> None:
        palette = self._palette
        (x0, y0), (x1, y1) = self._ends(edge)
        length = float(np.hypot(x1 - x0, y1 - y0))
        neck = ((x1 - (x1 - x0) * _HEAD / length), (y1 - (y1 - y0) * _HEAD / length))
        if lit > 0:
            canvas.line([(x0, y0), neck], palette["gradient"], 0.17, 0.25 * lit)
        width = Stroke.THIN + (Stroke.CURVE - Stroke.THIN) * lit
        canvas.line([(x0, y0), neck], palette["gradient"] if lit > 0.5 else palette.muted, width, 0.75 + 0.25 * lit)
        side = ((y1 - y0) / length * 0.075, -(x1 - x0) / length * 0.075)
        head = [(x1, y1), (neck[0] + side[0], neck[1] + side[1]), (neck[0] - side[0], neck[1] - side[1])]
        canvas.polygon(head, palette["gradient"] if lit > 0.5 else palette.muted, 0.75 + 0.25 * lit)
        ahead = float(np.clip((self.forward - self._cells[edge[1]][0]) / 0.6, 0.0, 1.0))
        if 0.0 < ahead < 1.0:
            canvas.disc(x0 + (x1 - x0) * ahead, y0 + (y1 - y0) * ahead, 0.085, palette["model"], palette.background)
        back = self._passed(edge) / 0.7
        if 0.0 < back < 1.0:
            canvas.disc(x1 + (x0 - x1) * back, y1 + (y0 - y1) * back, 0.085, palette["gradient"], palette.background)

    def _draw_node(self, canvas: Canvas, name: str, lit: float) -> None:
        palette, color = self._palette, self._color(name)
        x, y = self._places[name]
        width, height = self.box
        _rounded(canvas, x, y, width, height, _CORNER)
        canvas.set_color(palette.background)
        canvas.context.fill_preserve()
        canvas.set_color(palette.grid, 0.45 + 0.55 * lit)
        canvas.context.fill_preserve()
        canvas.set_color(color)
        canvas.context.set_line_width(Stroke.THIN + Stroke.NORMAL * lit)
        canvas.context.stroke()
        column, _ = self._cells[name]
        # Given numbers are known from the beginning; the others once the wave has come.
        known = float(
            np.clip((self.forward - column - 0.6) / 0.4 if name in self._formulas else self.forward, 0.0, 1.0)
        )
        # The name makes room before the number comes.
        risen, shown = min(1.0, 2 * known), max(0.0, 2 * known - 1)
        self._labels[name].draw(canvas, x, y + 0.17 * risen - 0.1, "center")
        if shown > 0:
            self._numerals.draw(canvas, self._write(self.value(name)), x, y - 0.29, "center", shown)
        if name in self._formulas and self.operations > 0:
            self._formulas[name].draw(canvas, x, y + height / 2 + 0.12, "center", self.operations)
        if name in self._stage:
            shown = float(np.clip((self.backward - self._stage[name] + 0.3) / 0.3, 0.0, 1.0))
            if shown > 0:
                self._filled_chip(canvas, self._write(self.derivative(name)), *self._chip(name), shown)

    def _chip(self, name: str) -> tuple[float, float]:
        """Middle of the number outside a node: above those of the upper rows, below the others."""
        x, y = self._places[name]
        away = self.box[1] / 2 + _GAP + CHIP / 2
        return x, y + away if self._cells[name][1] > 0 else y - away

    def _draw_local(self, canvas: Canvas, edge: Edge, lit: float) -> None:
        # It stands before the pulse comes to it.
        shown = float(np.clip(self._passed(edge) / 0.1, 0.0, 1.0)) * self.locals
        if self._nudged is not None and edge in self.path(self._nudged_path[0]):
            shown = max(shown, float(np.clip((self.nudge - self._nudged_path.index(edge[1])) / 0.3, 0.0, 1.0)))
        if shown > 0:
            x, y = self.edge_middle(edge)
            self._edge_chip(canvas, _factor(self._write(self.local(edge))), x, y, shown, lit)

    def _edge_chip(self, canvas: Canvas, text: str, x: float, y: float, shown: float, lit: float = 0.0) -> None:
        _rounded(canvas, x, y, self._outside.width(text) + 0.16, CHIP, 0.07)
        canvas.set_color(self._palette.background, shown)
        canvas.context.fill_preserve()
        canvas.set_color(self._palette["gradient"], shown * (0.55 + 0.45 * lit))
        canvas.context.set_line_width(Stroke.GRID + Stroke.THIN * lit)
        canvas.context.stroke()
        self._outside.draw(canvas, text, x, y - 0.09, "center", shown)

    def _filled_chip(self, canvas: Canvas, text: str, x: float, y: float, shown: float) -> None:
        _rounded(canvas, x, y, self._inside.width(text) + 0.26, CHIP, CHIP / 2)
        canvas.set_color(self._palette["gradient"], shown)
        canvas.context.fill()
        self._inside.draw(canvas, text, x, y - 0.09, "center", shown)

    def _draw_legend(self, canvas: Canvas) -> None:
        right, top = self._corner_place
        left = right - max(stamp.width for stamp in self._key)
        for k, stamp in enumerate(self._key):
            y = top - 0.3 - 0.44 * k
            stamp.draw(canvas, left, y - 0.08, "left", self.legend)
            text = _factor("1") if k == 0 else "1"
            (self._edge_chip if k == 0 else self._filled_chip)(canvas, text, left - 0.45, y, self.legend)

    def _draw_changes(self, canvas: Canvas) -> None:
        """The changes along the nudged path, each with an arrow up or down."""
        for name in self._nudged_path:
            shown = self.nudged(name)
            if shown <= 0:
                continue
            x, y = self._chip(name)
            text = signed(self.change(name))
            self._changes[name].draw(canvas, text, x - 0.12, y - 0.09, "center", shown)
            half = 0.14 * float(np.sign(self.change(name)))
            along = x - 0.12 + self._changes[name].width(text) / 2 + 0.2
            canvas.arrow((along, y - half), (along, y - half + 2 * half * shown), self._color(name), 0.09, shown)


def _factor(text: str) -> str:
    return f"×({text})" if text.startswith(MINUS) else f"×{text}"


def _rounded(canvas: Canvas, x: float, y: float, width: float, height: float, corner: float) -> None:
    """Path of a box with round corners around a middle."""
    context = canvas.context
    context.new_path()
    for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        cx, cy = x + sx * (width / 2 - corner), y + sy * (height / 2 - corner)
        context.arc(cx, cy, corner, k * np.pi / 2, (k + 1) * np.pi / 2)
    context.close_path()
