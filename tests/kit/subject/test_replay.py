"""The one clock: where the point glides and where it jumps, and how a film runs through the steps."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from compared import loss_at
from replays import RUNS, moments

from fitting import fit
from scenes.kit.subject.replay import DIP, PIECES, Replay, Runs


@cache
def replay_of(name: str) -> Replay:
    return Replay(fit(**RUNS[name]))


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


@pytest.mark.parametrize("name", ["notes", "one step"])
def test_progress_is_the_logarithm_of_the_steps(name: str) -> None:
    replay = Replay(fit(**RUNS[name]))
    last = replay.last_step
    assert (replay.step, replay.progress) == (0.0, 0.0)
    replay.progress = 1.0
    assert replay.step == last
    assert replay.progress == 1.0
    replay.progress = 0.5
    assert replay.step == pytest.approx((1 + last) ** 0.5 - 1)
    assert replay.progress == pytest.approx(0.5)
    assert replay.progress_at(replay.step) == pytest.approx(0.5)
    assert replay.progress_at(last + 7) == 1.0
    for step in range(min(last, 40) + 1):
        replay.progress = replay.progress_at(step)
        assert replay.step == step, "whole steps are whole"


def test_runs_side_by_side_have_one_clock_and_stay_at_their_ends() -> None:
    runs = Runs([fit(steps=4), fit(steps=9)])
    assert runs.last_step == 9
    assert list(runs.submobjects) == runs.replays
    runs.step = 6.5
    assert [replay.step for replay in runs.replays] == [4.0, 6.5]
    assert runs.step == 6.5
    assert runs.progress == pytest.approx(np.log(7.5) / np.log(10))
    assert runs.progress_at(9) == 1.0
    for step in range(10):
        runs.progress = runs.progress_at(step)
        assert runs.step == step
    runs.progress = 1.0
    assert [replay.step for replay in runs.replays] == [4.0, 9.0]
    runs.progress = 0.5
    assert runs.step == pytest.approx(10**0.5 - 1)


def test_a_moment_is_clipped_to_the_run_and_lies_on_the_straight_way() -> None:
    replay = Replay(fit(steps=5))
    run = replay.trajectory
    assert (replay.at(-3.0).step, replay.at(99.0).step) == (0.0, 5.0)
    np.testing.assert_array_equal(replay.at(99.0).params, run.params[-1])
    moment = replay.at(1.25)
    assert (moment.step, moment.record) == (1.25, 1)
    assert moment.params == pytest.approx(run.params[1] + 0.25 * (run.params[2] - run.params[1]))
    replay.step = 2.0
    np.testing.assert_array_equal(replay.params, run.params[2])
    replay.step = 3.0
    np.testing.assert_array_equal(replay.params, run.params[3])


def test_a_way_has_the_losses_of_its_pieces_and_the_last_record_has_none() -> None:
    replay = Replay(fit(steps=5))
    run = replay.trajectory
    way = replay.way(0)
    assert way is not None
    assert len(way) == PIECES + 1
    for k, loss in enumerate(way):
        params = run.params[0] + k / PIECES * (run.params[1] - run.params[0])
        assert loss == pytest.approx(loss_at(run, params))
    assert replay.way(5) is None
    assert replay.way(0) is way


def test_steps_that_are_close_on_the_curve_are_left_out() -> None:
    replay = replay_of("notes")
    steps, losses = replay.played(0.05)
    places = np.log10(1.0 + steps)
    assert len(steps) < 200
    assert np.diff(places).max() < 0.05 * 2
    assert losses[0] == replay.trajectory.loss[0]
    assert losses[-1] == replay.trajectory.loss[-1]
