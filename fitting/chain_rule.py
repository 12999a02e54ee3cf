"""The chain rule on a graph: values forward, derivatives backward, every step of both on record.

A `Node` is one elementary operation with its value. `chain_rule` builds the graph of one prediction and its loss, and
goes back through it: the derivative of the loss by a node is the sum, over the nodes it feeds, of their derivative
times the local one. Lectures draw these numbers; tests compare them with the models' Jacobians, which are written by
hand.

Source:
    Griewank and Walther, Evaluating Derivatives, 2008, chapter 3: reverse accumulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fitting.arrays import Array
from fitting.losses import Loss
from fitting.models import Model
from fitting.node import Node


@dataclass(frozen=True)
class Graph:
    """The computation of one prediction and of its loss.

    Attributes:
        nodes: All nodes, each after those it is made of; the last one is the loss.
        x: The input.
        parameters: The parameters' nodes, by name.
        target: The target.
        prediction: The prediction.
        loss: The loss of this one sample.
    """

    nodes: tuple[Node, ...]
    x: Node
    parameters: Mapping[str, Node]
    target: Node
    prediction: Node
    loss: Node

    @property
    def gradient(self) -> dict[str, float]:
        """Derivative of the loss by each parameter."""
        return {name: node.derivative for name, node in self.parameters.items()}


def chain_rule(model: Model, loss: Loss, params: Array, x: float, y: float) -> Graph:
    """The graph of one sample, with every value, every local derivative and every derivative of the loss.

    Args:
        model: Makes the prediction.
        loss: Compares it with the target.
        params: Parameters, (p,).
        x: The input.
        y: The target.
    """
    given = Node("input", float(x), name="x")
    target = Node("input", float(y), name="y")
    parameters = {
        name: Node("input", float(value), name=name) for name, value in zip(model.parameters, params, strict=True)
    }
    prediction = model.express(list(parameters.values()), given).called("prediction")
    last = loss.express(prediction, target).called("loss")
    nodes = ordered(last)
    backward(nodes)
    return Graph(nodes, given, parameters, target, prediction, last)


def ordered(last: Node) -> tuple[Node, ...]:
    """All nodes that a node is made of, each after its inputs, and itself."""
    found: list[Node] = []
    seen: set[int] = set()

    def visit(node: Node) -> None:
        if id(node) not in seen:
            seen.add(id(node))
            for source in node.inputs:
                visit(source)
            found.append(node)

    visit(last)
    return tuple(found)


def backward(nodes: tuple[Node, ...]) -> None:
    """Give every node the derivative of the last one by it."""
    for node in nodes:
        node.derivative = 0.0
    nodes[-1].derivative = 1.0
    for node in reversed(nodes):
        for source, local in zip(node.inputs, node.local, strict=True):
            source.derivative += node.derivative * local
