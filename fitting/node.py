"""Node: one elementary operation with its value and its local derivatives."""

from __future__ import annotations

import math


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


def _node(value: Node | float) -> Node:
    return value if isinstance(value, Node) else Node("constant", float(value))
