"""A graph made ready for the eye: operations in groups, cells, the order of the way back, and how it is written."""

from __future__ import annotations

import numpy as np
import pytest

from fitting import LOSSES, MODELS, chain_rule
from scenes.kit.panels.graph.layout import place, read, stages
from scenes.kit.panels.graph.notation import as_shown, bracketed, colored, concept, short, signed, tex
from scenes.kit.text.formula import Pen

PEN = Pen()


def graph(w: float = 2.0, x: float = 3.0, y: float = 4.0, b: float = -1.0):  # type: ignore[no-untyped-def]
    return chain_rule(MODELS["linear"], LOSSES["mse"], np.array([w, b]), x, y)


def test_sums_and_products_that_feed_each_other_are_one_node() -> None:
    reading = read(graph())
    assert reading.computed == ("prediction", "r", "loss")
    assert reading.values == {"W": 2.0, "x": 3.0, "b": -1.0, "y": 4.0, "prediction": 5.0, "r": 1.0, "loss": 1.0}
    assert reading.derivatives == pytest.approx(
        {"W": 6.0, "x": 4.0, "b": 2.0, "y": -2.0, "prediction": 2.0, "r": 2.0, "loss": 1.0}
    )
    assert reading.edges == pytest.approx(
        {("W", "prediction"): 3.0, ("x", "prediction"): 2.0, ("b", "prediction"): 1.0, ("prediction", "r"): 1.0,
         ("y", "r"): -1.0, ("r", "loss"): 2.0}
    )  # fmt: skip
    written = {name: formula(lambda inner: inner) for name, formula in reading.formulas.items()}
    assert written == {"prediction": r"W \cdot x + b", "r": "prediction - y", "loss": "r^2"}


def test_given_numbers_stand_before_what_they_feed_and_computed_ones_in_the_middle() -> None:
    reading = read(graph())
    cells = place(reading)
    assert cells == {
        "W": (0, 1.0), "x": (0, 0.0), "b": (0, -1.0), "prediction": (1, 0.0), "y": (1, -1.0), "r": (2, 0.0),
        "loss": (3, 0.0),
    }  # fmt: skip
    assert stages(reading, ("W", "b")) == {"loss": 1, "r": 2, "prediction": 3, "W": 4, "b": 5}
    assert stages(reading, ("W",)) == {"loss": 1, "r": 2, "prediction": 3, "W": 4}


def test_numbers_of_a_graph_are_short_and_changes_have_signs() -> None:
    assert [short(value) for value in (1 / 3, -2.0, -0.0, 12345.678)] == ["0.3333", "−2", "0", "12\u2009350"]
    assert [signed(value) for value in (0.5, -0.5, 0.0)] == ["+0.5", "−0.5", "0"]
    assert (as_shown(-0.5).prose(), as_shown(12345.678).prose()) == ("−0.5", r"$12\,350$")
    assert (tex(-0.5), bracketed(-0.5), bracketed(0.5)) == ("-0.5", "(-0.5)", "0.5")
    assert [concept(name, PEN.palette) for name in ("W1", "x", "b", "a1", "loss", "r")] == [
        "W1", "data", "b", "", "loss", "residual"
    ]  # fmt: skip
    assert (colored("a1", PEN.palette), colored("b", PEN.palette)) == ("a_1", r"\textcolor{b}{b}")
