"""Moving parameters by hand, sums below tables, and rows of numbers: what several lectures share."""

from __future__ import annotations

import numpy as np
import pytest
from lessons import LESSONS

from fitting import MODELS, fit, house_prices
from scenes.kit.panels.by_hand import ByHand
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitLayer
from scenes.kit.panels.readout import small_readout
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.panels.summary import residual_table
from scenes.kit.panels.with_numbers import slope_with_numbers
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Formula, Pen
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


def test_sums_of_the_table_are_those_of_the_slopes() -> None:
    run, pen = fit("linear"), Pen()
    texts = [
        formula.source for formula in residual_table(run, 0.0, 2.0, pen).get_family() if hasattr(formula, "source")
    ]
    for parameter, total in ((1, "10.779"), (0, "40.646")):
        assert any(total in text for text in texts)
        assert total in slope_with_numbers(run, parameter, pen, 9.0).source


@pytest.mark.parametrize("name", ["notes", "large prices", "5,000 rows"])
def test_the_table_of_residuals_stays_right_of_its_edge(name: str) -> None:
    table = residual_table(LESSONS[name]().trajectory, 0.6, 2.75, Pen())
    texts = [formula for formula in table.get_family() if isinstance(formula, Formula)]
    assert min(float(text.get_left()[0]) for text in texts) > 0.6 - 0.05


@pytest.mark.parametrize(("final", "fields"), [(0.0001, 7), (None, 6)])
def test_a_rate_is_shown_where_it_changes(final: float | None, fields: int) -> None:
    run = fit("relu-network", learning_rate=0.005, final_learning_rate=final)
    assert len(small_readout(Replay(run), Pen()).submobjects) == fields


@pytest.mark.parametrize(
    ("model", "loss", "start"),
    [("linear", "mse", None), ("cubic", "mse", None), ("sigmoid", "mse", {"W": 0.2, "b": 0.28})],
)
def test_the_arithmetic_of_the_first_steps_adds_up_as_it_is_shown(
    model: str, loss: str, start: dict[str, float] | None
) -> None:
    replay = Replay(fit(model, loss, start=start))
    arithmetic = StepArithmetic(replay, 0.0, 0.0, Pen())
    for step in range(8):
        replay.step = float(step)
        for new, old, rate, slope in arithmetic.cells():
            last = 10.0 ** -len(new.partition(".")[2])
            computed = shown(old) - shown(rate) * shown(slope.strip("()"))
            # Half a unit of the last place for each parameter that is rounded, a tenth for rate times slope.
            assert shown(new) == pytest.approx(computed, abs=1.1 * last), (step, new, old, rate, slope)
