"""The chain rule on a graph: values forward, derivatives backward, every step of both on record.

A `Node` is one elementary operation with its value. `chain_rule` builds the graph of one prediction and its loss, and
goes back through it: the derivative of the loss by a node is the sum, over the nodes it feeds, of their derivative
times the local one. Lectures draw these numbers; tests compare them with the models' Jacobians, which are written by
hand.

Source:
    Griewank and Walther, Evaluating Derivatives, 2008, chapter 3: reverse accumulation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from fitting.arrays import Array
from fitting.losses import Loss
from fitting.models import Model


class Node:
    """A value in a computation, and how it depends on what it is made of.

    Attributes:
        operation: What makes it: "input" for one that is given, "constant" for a number in a formula.
        value: Its value.
        inputs: The nodes it is made of.
        local: Its derivative by each of them, at their values.
        derivative: Derivative of the last node of the graph by this one, once `backward` has been there.
        name: What it is called, if it has a name.
    """

    def __init__(
        self,
        operation: str,
        value: float,
        inputs: tuple[Node, ...] = (),
        local: tuple[float, ...] = (),
        name: str = "",
    ) -> None:
        self.operation, self.value, self.inputs, self.local, self.name = operation, value, inputs, local, name
        self.derivative = 0.0

    def __repr__(self) -> str:
        return f"Node({self.name or self.operation} = {self.value:g}, derivative {self.derivative:g})"

    def __add__(self, other: Node | float) -> Node:
        other = _node(other)
        return Node("+", self.value + other.value, (self, other), (1.0, 1.0))

    def __sub__(self, other: Node | float) -> Node:
        other = _node(other)
        return Node("-", self.value - other.value, (self, other), (1.0, -1.0))

    def __mul__(self, other: Node | float) -> Node:
        other = _node(other)
        return Node("*", self.value * other.value, (self, other), (other.value, self.value))

    def __radd__(self, other: float) -> Node:
        return _node(other) + self

    def __rsub__(self, other: float) -> Node:
        return _node(other) - self

    def __rmul__(self, other: float) -> Node:
        return _node(other) * self

    def squared(self) -> Node:
        """q^2, of derivative 2 q."""
        return Node("square", self.value**2, (self,), (2 * self.value,))

    def cubed(self) -> Node:
        """q^3, of derivative 3 q^2."""
        return Node("cube", self.value**3, (self,), (3 * self.value**2,))

    def magnitude(self) -> Node:
        """|q|, of derivative q / |q|; 0 is taken at 0."""
        return Node("abs", abs(self.value), (self,), (math.copysign(1.0, self.value) if self.value else 0.0,))

    def log(self) -> Node:
        """log q, of derivative 1 / q."""
        return Node("log", math.log(self.value), (self,), (1 / self.value,))

    def sigmoid(self) -> Node:
        """sigma(q) = 1 / (1 + e^-q), of derivative sigma (1 - sigma)."""
        decay = math.exp(-abs(self.value))
        value = (1.0 if self.value >= 0 else decay) / (1.0 + decay)
        return Node("sigmoid", value, (self,), (decay / (1.0 + decay) ** 2,))

    def tanh(self) -> Node:
        """tanh q, of derivative 1 - tanh(q)^2."""
        value = math.tanh(self.value)
        return Node("tanh", value, (self,), (1 - value**2,))

    def relu(self) -> Node:
        """max(q, 0), of derivative 1 for q >= 0 and 0 elsewhere."""
        return Node("ReLU", max(self.value, 0.0), (self,), (1.0 if self.value >= 0 else 0.0,))

    def leaky_relu(self, slope: float) -> Node:
        """q for q > 0 and slope q elsewhere, of derivative 1 and slope."""
        local = 1.0 if self.value > 0 else slope
        return Node("LeakyReLU", local * self.value, (self,), (local,))

    def called(self, name: str) -> Node:
        """The same node with a name."""
        self.name = name
        return self


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


def _node(value: Node | float) -> Node:
    return value if isinstance(value, Node) else Node("constant", float(value))
