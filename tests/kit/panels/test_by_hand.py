"""Parameters moved by hand: the curve that they move, and their values."""

from __future__ import annotations

import numpy as np
import pytest
from painted import in_order, painted

from fitting import MODELS, house_prices
from scenes.kit.panels.by_hand import ByHand, parameter_values
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitLayer
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import shown

START = np.array([0.2, 0.9])


def test_more_of_a_parameter_and_back() -> None:
    probe = Probe(START)
    layer = FitLayer(Chart((0, 0, 6, 4), (0, 5), (0, 10)), house_prices(), MODELS["linear"], probe, Pen())
    by_hand = ByHand(layer, probe, START)
    for tweens, params, arrows in (
        (by_hand.lift(1.0, 0.0), START + np.array([1.0, 0.0]), 1.0),
        (by_hand.lower(), START, 0.0),
    ):
        for tween in tweens:
            tween.begin()
            tween.finish()
        assert probe.params == pytest.approx(params)
        assert layer.lift == arrows
        # Arrows start from where the curve was.
        assert layer.ghost == pytest.approx(START)


def test_values_moved_by_hand_stand_apart_and_are_short() -> None:
    for params, more in (((0.2, 0.9), (1.0, 1.0)), ((-7e5, 123456.0), (1e6, 1e6))):
        probe = Probe(np.array(params))
        record = painted(parameter_values(probe, more, -6.0, 2.0, Pen()))
        first, second = (box for box in record.texts if "=" in box.text)
        assert (first.left, second.left - first.left) == pytest.approx((-6.0, 2.9))
        assert in_order(record.texts)[::2] == ["W =", "b ="]
        assert [shown(text) for text in in_order(record.texts)[1::2]] == pytest.approx(params, rel=2e-3)
        probe.params = probe.params + np.array(more)
        moved = painted(parameter_values(probe, more, -6.0, 2.0, Pen()))
        values = in_order(moved.texts)[1::2]
        assert max(map(len, values)) <= 9
