"""A computation graph made ready for the eye: operations in groups, and where each group stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fitting import Graph, Node

Edge = tuple[str, str]
"""Names of the node that feeds and of the node that is fed."""

Naming = Callable[[str], str]
"""Writes a node's name in LaTeX."""

_ARITHMETIC = ("+", "-", "*")
_SPARE = ("a1", "z", "a2", "u", "v", "w", "s", "t")


@dataclass(frozen=True)
class Reading:
    """The numbers of a graph, node by node as they are drawn.

    Attributes:
        values: Value of each node, inputs before what they feed.
        derivatives: Derivative of the loss by each.
        edges: Local derivative of each edge.
        formulas: What each computed node is made of; given a way to write names, it returns LaTeX.
    """

    values: Mapping[str, float]
    derivatives: Mapping[str, float]
    edges: Mapping[Edge, float]
    formulas: Mapping[str, Callable[[Naming], str]]

    @property
    def computed(self) -> tuple[str, ...]:
        """Names of the nodes that are not given, in order."""
        return tuple(self.formulas)


def read(graph: Graph, names: Sequence[str] = ()) -> Reading:
    """Group a graph's operations and read its numbers.

    Sums and products that feed only one sum or product become part of it; all else is a node of its own.

    Args:
        graph: A graph whose derivatives are known.
        names: Of the nodes without one, in order; r for a difference that the loss is made of, else a1, z, a2, ...
    """
    feeds: dict[int, list[Node]] = {}
    for node in graph.nodes:
        for source in node.inputs:
            feeds.setdefault(id(source), []).append(node)

    def alone(node: Node) -> bool:
        if node.operation == "constant":
            return False
        inner = node.operation in _ARITHMETIC and not node.name and len(feeds[id(node)]) == 1
        return not (inner and feeds[id(node)][0].operation in _ARITHMETIC)

    shown = [node for node in graph.nodes if alone(node)]
    unnamed = [node for node in shown if not node.name]
    spare = iter(names or _default_names(unnamed, graph.loss))
    known = {id(node): node.name or next(spare) for node in shown}

    edges: dict[Edge, float] = {}
    formulas: dict[str, Callable[[Naming], str]] = {}
    for node in shown:
        if node.inputs:
            for source, local in _group(node, known):
                edge = known[id(source)], known[id(node)]
                edges[edge] = edges.get(edge, 0.0) + local
            formulas[known[id(node)]] = _writer(node, known)
    return Reading(
        {known[id(node)]: node.value for node in shown},
        {known[id(node)]: node.derivative for node in shown},
        edges,
        formulas,
    )


def place(reading: Reading) -> dict[str, tuple[int, float]]:
    """Column and row of every node, in their order: computed ones in row 0, given ones before what they feed first.

    It is meant for one chain with branches, as all models here with squared or absolute errors are. Rows run from -1
    to 1. Of the given ones the data stand in row 0 where it is free, or at the bottom.
    """
    columns = dict.fromkeys(reading.values, 0)
    for name in reading.computed:
        columns[name] = 1 + max(columns[source] for source, target in reading.edges if target == name)
    rows = dict.fromkeys(reading.values, 0.0)
    placed: set[str] = set(reading.computed)
    for name in reading.computed:
        fresh = [source for source, target in reading.edges if target == name and source not in placed]
        placed.update(fresh)
        column = columns[name] - 1
        free = not any(columns[other] == column for other in reading.computed)
        data = [source for source in fresh if source in ("x", "y")]
        if free and data:
            fresh.remove(data[0])
        # Data below, parameters from the top down.
        fresh.sort(key=lambda source: source in ("x", "y"))
        for k, source in enumerate(fresh):
            rows[source] = -1.0 if source in data else 1.0 - 2.0 * k / max(len(fresh) - 1, 1)
        for source in (*fresh, *data):
            columns[source] = column
    return {name: (columns[name], rows[name]) for name in reading.values}


def stages(reading: Reading, parameters: Sequence[str]) -> dict[str, int]:
    """When the way back reaches each node: the loss first, then, behind each node, its parameters, then the rest.

    Nodes that no parameter feeds are left out: nobody asks how they should change.
    """
    moved = set(parameters)
    for name in reading.computed:
        if any(source in moved for source, target in reading.edges if target == name):
            moved.add(name)
    found = {"loss": 1}
    for name in reversed(reading.computed):
        sources = [source for source, target in reading.edges if target == name]
        # Parameters first: nothing waits behind them.
        sources.sort(key=lambda source: source not in parameters)
        for source in sources:
            if source in moved and source not in found:
                found[source] = max(found.values()) + 1
    return found


def _default_names(unnamed: Sequence[Node], loss: Node) -> list[str]:
    spare = iter(_SPARE)
    return ["r" if node.operation == "-" and node in loss.inputs else next(spare) for node in unnamed]


def _group(node: Node, known: Mapping[int, str]) -> list[tuple[Node, float]]:
    """The nodes that a group is fed by, and its derivative by each, from the local ones inside."""
    found: list[tuple[Node, float]] = []
    for source, local in zip(node.inputs, node.local, strict=True):
        if id(source) in known:
            found.append((source, local))
        else:
            found.extend((inner, local * factor) for inner, factor in _group(source, known))
    return found


def _writer(node: Node, known: Mapping[int, str]) -> Callable[[Naming], str]:
    return lambda naming: _expression(node, known, naming)


def _expression(node: Node, known: Mapping[int, str], naming: Naming) -> str:
    def inner(source: Node, within: str = "") -> str:
        if id(source) in known:
            return naming(known[id(source)])
        if source.operation == "constant":
            return f"{source.value:.3g}"
        text = _expression(source, known, naming)
        return f"({text})" if source.operation in ("+", "-") and within in ("*", "-") else text

    parts = [inner(source, node.operation) for source in node.inputs]
    if node.operation in _ARITHMETIC:
        sign = r" \cdot " if node.operation == "*" else f" {node.operation} "
        return sign.join(parts)
    bare = id(node.inputs[0]) in known
    operand = parts[0] if bare else f"({parts[0]})"
    if node.operation in ("square", "cube"):
        return f"{operand}^{2 if node.operation == 'square' else 3}"
    if node.operation == "abs":
        return rf"\left|{parts[0]}\right|"
    function = {"log": r"\log", "sigmoid": r"\sigma", "tanh": r"\tanh"}.get(
        node.operation, rf"\operatorname{{{node.operation}}}"
    )
    return f"{function}({parts[0]})"
