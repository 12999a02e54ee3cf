"""What the tanh network's film says of its run, sentence by sentence, against the record."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from manim import tempconfig

from fitting import MODELS, Trajectory, chain_rule, fit
from fitting.arrays import Array
from fitting.descent import descend
from fitting.schedules import Constant
from scenes.kit.drawing.frame import WIDE
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.parts.tanh_network.descent_panels import MEETINGS, SLIDE
from scenes.parts.tanh_network.last_step import last_params
from scenes.parts.tanh_network.line_and_network import best_line
from scenes.parts.tanh_network.moving_landscape import MET
from scenes.parts.tanh_network.network_numbers import least_input
from scenes.parts.tanh_network.roles import BY_HAND, ROLES, Reach, Role
from scenes.tanh_network import NEAR, TanhNetworkFit

STRETCHES = (*SLIDE, *MEETINGS)
BOUNDS = (4, *(stretch.to for stretch in STRETCHES))
"""Steps between which each of them stands: four were taken one by one."""


@pytest.fixture(scope="module")
def run() -> Trajectory:
    return fit("tanh-network")


@pytest.fixture(scope="module")
def said() -> str:
    """All captions, one after the other."""
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        return " ".join(text for _, _, text in rehearse(TanhNetworkFit).captions).replace("\n", " ")


def _houses(residual: Array) -> list[int]:
    """Which houses are met, as far as can be seen; of several records those that all of them meet."""
    return (np.flatnonzero((np.abs(np.atleast_2d(residual)) < MET).all(axis=0)) + 1).tolist()


def test_what_is_said_of_each_stretch_of_the_descent(run: Trajectory) -> None:
    residual = run.model.predict(run.params, run.data.x) - run.data.y
    # Of each sentence: the residuals on record while it stands, and what else is needed.
    parts = iter([residual[(run.steps >= a) & (run.steps <= b)] for a, b in itertools.pairwise(BOUNDS)])
    said = iter(stretch.said.template for stretch in STRETCHES)

    assert "runs downhill, crosses house 1's crease, and meets house 2's" in next(said)
    part = next(parts)
    upto = run.loss[(run.steps >= 4) & (np.abs(residual[:, 1]) > MET)][:100]
    assert (np.diff(upto) < 0).all()
    assert part[0, 0] < -MET, "it comes from beyond"
    assert np.flatnonzero(np.diff(np.sign(part[:, 0]))).size == 1, "and crosses once"
    assert part[-1, 0] > 10 * MET, "and is far beyond"
    assert _houses(part[0]) == [], "and meets none at first"
    assert _houses(part[-1]) == [2]

    assert "slides along. Meanwhile $W_1$ and $b_1$ move" in next(said)
    part = next(parts)
    assert 2 in _houses(part)
    assert _houses(part[-1]) == [1, 2], "it comes to house 1's crease"

    assert "At house 1's crease it changes over, and slides along that one." in next(said)
    part = next(parts)
    assert _houses(part) == [1]
    assert np.abs(part[len(part) // 2 :, 1]).min() > 10 * MET, "house 2 is left"

    assert "Two creases cross: houses 1 and 3 are met at once." in next(said)
    assert _houses(next(parts)) == [1, 3]
    assert "it would end here: two parameters, two houses" in next(said)
    assert _houses(next(parts)) == [1, 3]

    assert "House 1 is left for house 2." in next(said)
    part = next(parts)
    assert _houses(part[0]) == [1, 3]
    assert _houses(part[-1]) == [2, 3]
    assert np.abs(part[:, 0]).max() > 10 * MET, "that can be seen"

    assert "House 1 is met again, and house 4 for the first time." in next(said)
    part = next(parts)
    assert 4 not in {house for before in residual[run.steps < 596_000] for house in _houses(before)}
    assert _houses(part[-1]) == [1, 3, 4]

    assert "Only house 2 is missed now, and by less and less." in next(said)
    part = next(parts)
    assert _houses(part) == [1, 3, 4]
    # By the height of a hop it may grow.
    assert (np.diff(np.abs(part[:, 1])) < 0.003).all()
    assert np.abs(part[-1, 1]) < 0.13 * np.abs(part[0, 1])

    assert "All four creases meet in one point" in next(said)
    assert _houses(next(parts)) == [1, 2, 3, 4]
    assert next(said, None) is None


def test_the_hidden_layer_turns_the_creases_while_it_is_said(run: Trajectory) -> None:
    replay = Replay(run)
    for (a, b), stretch in zip(itertools.pairwise(BOUNDS), STRETCHES, strict=True):
        if "turn" in stretch.said.template:
            # A crease is b2 = y - h W2: its slope is that of the hidden unit at its house.
            before, after = (np.tanh(p[0] * run.data.x + p[1]) for p in (replay.at(a).params, replay.at(b).params))
            # Three turn by degrees; that of house 4, where tanh is nearly 1 already, by less.
            assert np.abs(after - before)[:3].min() > 0.1, stretch


def test_the_leaky_relu_passes_everything_at_every_step(run: Trajectory) -> None:
    least = least_input(run)
    assert f"{math.floor(100 * least) / 100:.2f}" == "0.36"
    # Between two records, too, where it is least.
    x = run.data.x
    near = np.flatnonzero(run.model.predict(run.params, x).min(axis=1) < 0.37)
    rate = Constant(float(run.learning_rate[0]))
    for k in (near[0], near[len(near) // 2], near[-1]):
        again = descend(
            run.model, run.loss_function, run.data, run.params[k], rate, int(run.steps[k + 1] - run.steps[k])
        )
        assert float(run.model.predict(again.params, x).min()) > 0.36


@pytest.mark.parametrize("step", np.linspace(MEETINGS[0].to, MEETINGS[1].to, 9).tolist())
def test_with_the_hidden_layer_held_still_two_houses_are_the_end(run: Trajectory, step: float) -> None:
    moment = Replay(run).at(step)
    x, y = run.data.x, run.data.y
    hidden = np.tanh(moment.params[0] * x + moment.params[1])
    corners = {}
    for i, j in itertools.combinations(range(4), 2):
        w = (y[j] - y[i]) / (hidden[j] - hidden[i])
        corners[i + 1, j + 1] = float(np.abs(w * hidden + y[i] - w * hidden[i] - y).mean())
    assert min(corners, key=lambda pair: corners[pair]) == (1, 3)
    # The descent jitters around the corner by the size of its steps.
    assert moment.loss == pytest.approx(corners[1, 3], rel=2e-3)


def test_what_is_said_of_the_start_and_of_the_steps(run: Trajectory, said: str) -> None:
    predictions = run.model.predict(run.params[0], run.data.x)
    assert "starts almost flat, far below houses 3 and 4" in said
    assert np.ptp(predictions) < 0.03 * np.ptp(run.data.y)
    assert (np.flatnonzero(run.data.y - predictions > 3) + 1).tolist() == [3, 4]
    assert "Such a step moves W₂ by 0.00004. After two million it ends at 6.3." in said
    assert {f"{change:.5f}" for change in np.diff(run.params[:5, 2])} == {"0.00004"}
    assert (run.steps[-1], f"{run.final_params[2]:.1f}") == (2_000_000, "6.3")
    assert "times the rate 5 · 10⁻⁵" in said
    assert np.unique(run.learning_rate).tolist() == [0.00005]


def test_the_gradient_is_the_mean_of_the_houses_slopes(run: Trajectory) -> None:
    graphs = [
        chain_rule(run.model, run.loss_function, run.params[0], float(x), float(y))
        for x, y in zip(run.data.x, run.data.y, strict=True)
    ]
    slopes = [[GraphPanel(graph, WIDE, Pen()).derivative(name) for name in run.model.parameters] for graph in graphs]
    assert np.mean(slopes, axis=0) == pytest.approx(run.gradient[0], rel=1e-12)


def test_the_best_line_misses_by_105(run: Trajectory) -> None:
    line, error = best_line(run.data)
    assert error == pytest.approx(1.05, abs=1e-12)
    slopes, offsets = np.meshgrid(np.linspace(-1, 7, 321), np.linspace(-12, 4, 321))
    losses = np.abs(slopes[..., None] * run.data.x + offsets[..., None] - run.data.y).mean(axis=-1)
    assert losses.min() >= error - 1e-12
    predictions = line[0] * run.data.x + line[1]
    assert float(np.abs(predictions - run.data.y).mean()) == pytest.approx(error, abs=1e-12)
    # Its residuals are seen whole, and what is written of them adds up.
    assert NEAR[1][0] <= predictions.min() <= predictions.max() <= NEAR[1][1]
    assert sum(round(float(miss), 2) for miss in np.abs(predictions - run.data.y)) / 4 == pytest.approx(1.05)


def test_no_line_is_called_the_best(run: Trajectory, said: str) -> None:
    # Four lines miss the houses by the same.
    data, misses = run.data, []
    for i, j in itertools.combinations(range(4), 2):
        w = (data.y[j] - data.y[i]) / (data.x[j] - data.x[i])
        misses.append(round(float(np.abs(data.y[i] + w * (data.x - data.x[i]) - data.y).mean()), 12))
    assert misses.count(1.05) == 4
    assert "No straight line misses them by less than 1.05 on average." in said


def test_the_kink_is_that_of_the_residual(said: str) -> None:
    assert "there its |r| has a kink" in said
    assert "|r| is just as steep near its kink" in said


def test_the_run_hops_between_two_places_and_a_smaller_rate_comes_nearer(run: Trajectory) -> None:
    before, after = last_params(run)
    rate = float(run.learning_rate[-1])

    def again(rate: float, start: Array, steps: int) -> Trajectory:
        return descend(run.model, run.loss_function, run.data, start, Constant(rate), steps)

    ends = again(rate, run.params[-2], int(run.steps[-1] - run.steps[-2])).params[-6:]
    for k, params in enumerate(ends):
        # Of the hop's length, in six steps.
        assert np.abs(params - (before, after)[k % 2]).max() < 0.01 * np.abs(after - before).max()
    # A fifth of the rate, and time to settle.
    assert float(again(rate / 5, run.final_params, 20_000).loss[-1000:].max()) < float(run.loss_before_last_step)


def test_each_role_moves_its_own_parameter() -> None:
    for k, role in enumerate(ROLES):
        assert [j for j, more in enumerate(role.more) if more] == [k]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_said_of_each_role_is_what_its_curve_does(role: Role) -> None:
    x, start, moved = np.linspace(-20, 20, 81), np.array(BY_HAND), np.array(BY_HAND) + role.more
    before, after = (MODELS["tanh-network"].predict(params, x) for params in (start, moved))
    label, said = role.label.template, role.said.template
    if label == "squeeze":
        assert "$W_1$ squeezes the curve towards $x = 0$" in said
        squeezed = MODELS["tanh-network"].predict(start, x * moved[0] / start[0])
        assert after == pytest.approx(squeezed)
    elif label == "position":
        assert r"its middle is where $W_1 \cdot x + b_1 = 0$" in said
        assert after == pytest.approx(MODELS["tanh-network"].predict(start, x + role.more[1] / start[0]))
        middle = np.array([-moved[1] / moved[0]])
        assert MODELS["tanh-network"].predict(moved, middle)[0] == pytest.approx((after[0] + after[-1]) / 2)
    elif label == "half the height":
        assert "$W_2$ is half the height: from $b_2 - W_2$ up to $b_2 + W_2$" in said
        probe = Probe(moved)
        assert (after[0], after[-1]) == pytest.approx(Reach(Chart(WIDE, *NEAR), probe, Pen()).heights)
        assert (after[-1] - after[0]) / 2 == pytest.approx(moved[2])
    else:
        assert label == "shift"
        assert after - before == pytest.approx(np.full(len(x), role.more[3]))
