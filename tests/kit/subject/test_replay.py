"""The one clock: where the point glides and where it jumps, and that all that is shown of it has one loss."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from compared import Shown, loss_at
from manim import tempconfig
from sync_checks import CHECKS

from fitting import fit
from scenes.kit.drawing.frame import LOWER, RIGHT_HALF
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.replay import DIP, Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import shown

RUNS = {
    "notes": {},
    "growing": {"learning_rate": 0.125, "steps": 60},
    "diverging": {"learning_rate": 0.125},
    "from wall to wall": {"learning_rate": 0.1, "steps": 300},
    "a little beyond the floor": {"learning_rate": 1.1 / 16.7, "steps": 300},
    "for ever from side to side": {"learning_rate": 2 / 16.7008, "steps": 40},
    "one step": {"steps": 1},
    "stochastic": {"learning_rate": 0.05, "batch_size": 1, "steps": 50, "seed": 2},
    "sigmoid": {"model": "sigmoid", "loss": "mse", "learning_rate": 0.01, "start": {"W": 3.0, "b": 5.0}, "steps": 200},
}


@cache
def replay_of(name: str) -> Replay:
    return Replay(fit(**RUNS[name]))


def moments(replay: Replay) -> np.ndarray:
    """Steps at which to look: ends and middles of the first steps, and of a film's descent."""
    replay_steps = np.expm1(np.linspace(0, np.log1p(replay.last_step), 150))
    early = np.arange(0, min(12, replay.last_step), 0.125)
    return np.unique(np.concatenate([early, replay_steps]).clip(0, replay.last_step))


@pytest.mark.parametrize("name", RUNS)
def test_the_point_is_at_a_record_or_on_a_way_without_a_dip(name: str) -> None:
    replay = replay_of(name)
    run = replay.trajectory
    for step in moments(replay).tolist():
        moment = replay.at(step)
        assert moment.loss == pytest.approx(loss_at(run, moment.params), rel=1e-9)
        if moment.step == run.steps[moment.record]:
            np.testing.assert_array_equal(moment.params, run.params[moment.record])
            continue
        assert moment.step == step
        ends = run.loss[moment.record : moment.record + 2]
        slack = DIP * np.ptp(ends) + 1e-9 * ends.max()
        assert ends.min() - slack <= moment.loss <= ends.max() + slack


def test_a_step_across_the_valley_is_a_jump() -> None:
    replay = replay_of("growing")
    run = replay.trajectory
    assert (run.loss[22], run.loss[23]) == (pytest.approx(531, abs=1), pytest.approx(628, abs=1))
    assert [replay.at(22 + part).loss for part in (0.1, 0.4)] == [run.loss[22]] * 2
    assert [replay.at(22 + part).loss for part in (0.5, 0.9)] == [run.loss[23]] * 2


def test_an_ordinary_run_glides_as_long_as_it_can_be_seen() -> None:
    replay = replay_of("notes")
    glides = [replay.at(step + 0.3).step == step + 0.3 for step in range(30)]
    assert all(glides)
    # Later its numbers are those of its records.
    assert replay.at(2000.3).step in replay.trajectory.steps


@pytest.mark.parametrize("name", RUNS)
def test_the_curve_goes_where_its_end_has_been(name: str) -> None:
    replay = replay_of(name)
    last = float(np.log10(1 + replay.last_step))
    steps, losses = replay.played(max(last, 1e-9) / 500)
    assert steps[0] == 0
    assert steps[-1] == replay.last_step
    assert (np.diff(steps) > 0).all()
    spread = min(np.ptp(replay.trajectory.loss), 5 * replay.trajectory.loss[0])
    for step in moments(replay).tolist():
        moment = replay.at(step)
        if moment.loss < 4 * replay.trajectory.loss[0]:
            # Between its corners it is straight where the loss is a parabola: so much is left, on a chart of some cm.
            drawn = np.interp(np.log1p(moment.step), np.log1p(steps), losses)
            assert drawn == pytest.approx(moment.loss, abs=0.02 * spread)


@pytest.mark.parametrize("name", [name for name in RUNS if name != "stochastic"])
def test_curve_point_and_numbers_have_one_loss_at_every_moment(name: str) -> None:
    run = fit(**RUNS[name])
    replay, pen = Replay(run), Pen()
    with tempconfig({"pixel_width": 320, "pixel_height": 180}):
        window = Window((-10.0, 10.0), (-20.0, 20.0), 4 * float(run.loss[0]))
        panels = (
            LossCurve(LOWER, replay, pen),
            Readout(replay, -6.0, 6.0, 2.8, pen),
            StepArithmetic(replay, -6.0, -1.0, pen),
            LandscapePanel(replay, window, RIGHT_HALF, [(-22.0, 30.0)], pen, resolution=4),
        )
    found = Shown((replay, *panels), run)
    for step in moments(replay).tolist():
        replay.step = step
        for panel in found.paintings:
            for kind, check in CHECKS:
                if isinstance(panel, kind):
                    check(panel, found)


@pytest.mark.parametrize(
    "options", [*RUNS.values(), {"learning_rate": 0.125, "steps": 9}, {"learning_rate": 0.13, "steps": 20}]
)
def test_the_curves_end_is_inside_its_chart(options: dict[str, object]) -> None:
    replay = Replay(fit(**options))  # type: ignore[arg-type]
    curve = LossCurve(LOWER, replay, Pen())
    low, high = curve.chart.y_range
    for step in moments(replay).tolist():
        replay.step = step
        height = curve.trace.end()[1]
        assert low <= (np.log10(height) if curve.logarithmic else height) <= high


def test_the_readout_names_both_steps_on_the_way() -> None:
    replay = Replay(fit())
    readout = Readout(replay, -6.0, 6.0, 2.8, Pen())
    assert readout.way.steps() == ("0",)
    replay.step = 0.5
    assert readout.way.steps() == ("0", "1")
    assert shown(readout.numbers[2].text) == pytest.approx(replay.moment.loss, abs=5e-4)
    replay.step = 1.0
    assert readout.way.steps() == ("1",)
    jumping = Replay(fit(learning_rate=0.125, steps=60))
    jumping.step = 4.3
    assert Readout(jumping, -6.0, 6.0, 2.8, Pen()).way.steps() == ("4",)
