"""Elementary operations: each value by another formula, each local derivative by central differences."""

import math

import pytest

from fitting import Node
from fitting.chain_rule import backward, ordered

OPERATIONS = {
    "q + 3": (lambda q: q + 3, lambda q: q + 3),
    "3 + q": (lambda q: 3 + q, lambda q: 3 + q),
    "q - 3": (lambda q: q - 3, lambda q: q - 3),
    "3 - q": (lambda q: 3 - q, lambda q: 3 - q),
    "q * 3": (lambda q: q * 3, lambda q: q * 3),
    "3 * q": (lambda q: 3 * q, lambda q: 3 * q),
    "squared": (lambda q: q.squared(), lambda q: q**2),
    "cubed": (lambda q: q.cubed(), lambda q: q**3),
    "magnitude": (lambda q: q.magnitude(), abs),
    "sigmoid": (lambda q: q.sigmoid(), lambda q: 1 / (1 + math.exp(-q))),
    "tanh": (lambda q: q.tanh(), math.tanh),
    "relu": (lambda q: q.relu(), lambda q: max(q, 0.0)),
    "leaky": (lambda q: q.leaky_relu(0.1), lambda q: q if q > 0 else 0.1 * q),
}


@pytest.mark.parametrize("at", [-2.5, -0.3, 0.7, 2.0])
@pytest.mark.parametrize("name", OPERATIONS)
def test_values_and_local_derivatives(name, at):
    made, formula = OPERATIONS[name]
    given = Node("input", at)
    node, h = made(given), 1e-6
    assert node.value == pytest.approx(formula(at), rel=1e-14)
    slope = node.local[node.inputs.index(given)]
    # Rounding is 1e-16 * value / h = 1e-9.
    assert slope == pytest.approx((formula(at + h) - formula(at - h)) / (2 * h), abs=1e-8)


def test_a_logarithm_of_a_positive_number():
    node = Node("input", 0.4).log()
    assert (node.value, node.local) == (math.log(0.4), (2.5,))


def test_at_kinks_the_stated_derivatives_are_taken():
    zero = Node("input", 0.0)
    assert (zero.magnitude().local, zero.relu().local, zero.leaky_relu(0.1).local) == ((0.0,), (1.0,), (0.1,))
    assert (zero.relu().value, zero.leaky_relu(0.1).value) == (0.0, 0.0)


@pytest.mark.parametrize("inner", [-800.0, 800.0])
def test_a_sigmoid_overflows_on_neither_side(inner):
    node = Node("input", inner).sigmoid()
    assert (node.value, node.local) == (float(inner > 0), (0.0,))


def test_a_node_says_what_it_is():
    assert repr(Node("input", 2.0).called("W")) == "Node(W = 2, derivative 0)"
    assert repr(Node("input", 2.0) + 1.5) == "Node(+ = 3.5, derivative 0)"


def test_going_back_once_more_adds_nothing():
    w = Node("input", 3.0)
    nodes = ordered((w * w + w * 2).squared())
    for _ in range(2):
        backward(nodes)
        # Of (w^2 + 2 w)^2 = 15^2: 2 * 15 * (2 w + 2); w is used three times.
        assert (w.derivative, nodes[-1].derivative) == (240.0, 1.0)
