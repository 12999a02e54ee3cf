"""Both ways through the graph, as plays: forward with the arithmetic below its nodes, back with the product there."""

from __future__ import annotations

from collections.abc import Iterator

from manim import linear

from scenes.kit.drawing.painting import Group, Tween, show
from scenes.kit.drawing.style import Size
from scenes.kit.panels.graph.notation import tex
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.text.formula import Pen
from scenes.parts.backpropagation.chain_product import ChainProduct
from scenes.parts.backpropagation.relu_network import FACTORS

SUMS, PRODUCT = -1.8, -1.66
"""Baselines of the arithmetic, and of the fractions."""


def graph_sums(graph: GraphPanel, pen: Pen) -> dict[str, Group]:
    """For each computed node two lines below it: how its value is made, and what it is, with the panel's numbers."""
    sums = {}
    for name in graph.computed:
        x, _ = graph.position(name)
        made = pen.math(graph.with_numbers(name), Size.BODY).at(x, SUMS, "center")
        sums[name] = Group(made, pen.math(f"= {tex(graph.value(name))}", Size.BODY).at(x, SUMS - 0.55, "center"))
    return sums


def way_forward(graph: GraphPanel, sums: dict[str, Group]) -> Iterator[tuple[Tween, ...]]:
    """Plays for the computed nodes: the values run on to its column, it is lit, its arithmetic appears."""
    for name, written in sums.items():
        wave = Tween(graph, 1.2, linear, forward=graph.column(name))
        yield wave, Tween(graph, 0.4, lit=graph.lights(name)), *show(written, run_time=1.0)


def product_of(graph: GraphPanel, name: str, pen: Pen, terms: float = 0.0) -> ChainProduct:
    """The derivative by a parameter as a product, with so many factors already there."""
    product = ChainProduct(graph, name, FACTORS, PRODUCT, pen)
    product.terms = terms
    return product


def way_back(graph: GraphPanel, product: ChainProduct, *names: str) -> Iterator[tuple[Tween, ...]]:
    """Plays for these nodes: a pulse on the edge, the edge lit, its factor in the product; at its end the result."""
    for name in names:
        edge, done = graph.path(name)[0], float(len(graph.path(name)))
        yield (
            Tween(graph, 1.6, linear, backward=graph.stage(name)),
            Tween(graph, 0.4, lit=graph.lights(name, edge)),
            Tween(product, 1.6, linear, terms=done),
        )
        if done == product.count:
            yield (Tween(product, 0.6, result=1.0),)


def back_to_start(graph: GraphPanel, product: ChainProduct) -> Iterator[tuple[Tween, ...]]:
    """Plays for the whole way back in one go, with the product by W1; at its end the three of which it is 0 are lit."""
    for run_time, name, terms in ((1.0, "prediction", 2.0), (0.8, "b2", 2.0), (1.5, "W1", product.count)):
        yield (
            Tween(graph, run_time, linear, backward=graph.stage(name)),
            Tween(product, run_time, linear, terms=terms),
        )
    yield (Tween(graph, 0.6, linear, backward=graph.stages, lit=graph.lights("W1", "b1", "W2")),)
    yield (Tween(product, 0.6, result=1.0),)
