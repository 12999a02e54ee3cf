"""The graph of one sample, drawn: (W x + b - y)^2 with W = 2, x = 3, y = 4 and b = -1 unless others are given."""

from __future__ import annotations

import numpy as np

from fitting import LOSSES, MODELS, chain_rule
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.text.formula import Pen

RECT = (-6.0, -2.0, 6.0, 3.0)


def graph(w: float = 2.0, x: float = 3.0, y: float = 4.0, b: float = -1.0):  # type: ignore[no-untyped-def]
    """Every quantity of the sample and how the loss changes with it."""
    return chain_rule(MODELS["linear"], LOSSES["mse"], np.array([w, b]), x, y)


def panel(**shown: float) -> GraphPanel:
    """Of the graph, with what is shown of it."""
    found = GraphPanel(graph(), RECT, Pen())
    for name, value in shown.items():
        setattr(found, name, value)
    return found
