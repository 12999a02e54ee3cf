"""The tanh network's lecture: its derivations, its moving landscape, what its captions claim, and its layout."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from layout_checks import Film, all_is_inside_the_frame, filmed, nothing_is_too_small, nothing_overlaps
from painted import painted_texts

from fitting import Trajectory, chain_rule, fit, gradient, mean_loss
from fitting.derivation import Point
from fitting.differences import central_difference
from scenes.kit.drawing.frame import LEFT, RIGHT, RIGHT_HALF, WIDE
from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.panels.live import LiveNumber
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import MINUS
from scenes.parts.tanh_network.activation import (
    LEAKY_RELU,
    LEAKY_RELU_SLOPE,
    SLOPE,
    TANH,
    TANH_SLOPE,
    ActivationChart,
    leaky_relu,
    leaky_relu_chart,
    tanh_chart,
)
from scenes.parts.tanh_network.descent_panels import VIEWS, WINDOW, MetHouses
from scenes.parts.tanh_network.last_step import LastStep, last_params
from scenes.parts.tanh_network.line_and_network import Forecasts, best_line, line_layer, network_panel
from scenes.parts.tanh_network.moving_landscape import MovingLandscape, _corners, _without_gaps
from scenes.parts.tanh_network.network_numbers import narrow
from scenes.tanh_network import FAR, HOUSE, TanhNetworkFit

PLACES = [-2.5, -0.7, 0.0, 0.3, 2.0]
STEPS = [0, 3, 20_000, 123_456.7, 299_213, 700_000, 2_000_000]


@pytest.fixture(scope="module")
def run() -> Trajectory:
    return fit("tanh-network")


@pytest.fixture(scope="module")
def panel(run: Trajectory) -> tuple[Replay, MovingLandscape]:
    replay = Replay(run)
    return replay, MovingLandscape(replay, WINDOW, RIGHT_HALF, VIEWS, Pen())


def _at(x: float) -> Point:
    return Point(x=np.array([x]))


@pytest.mark.parametrize("x", PLACES)
def test_the_tanh_is_that_of_numpy(x: float) -> None:
    assert TANH.lines[0].value(_at(x)) == pytest.approx(float(np.tanh(x)), rel=1e-14)


@pytest.mark.parametrize("x", PLACES)
def test_every_line_of_the_derivation_is_the_slope(x: float) -> None:
    assert len(TANH_SLOPE.lines) == 4
    # Central differences are good to about 1e-10.
    assert TANH_SLOPE.wrong(_at(x), central_difference(np.tanh, x), 1e-9) == {}


@pytest.mark.parametrize("x", [-2.0, -1e-3, 1e-3, 2.0])
def test_the_leaky_relu_and_its_slope(x: float) -> None:
    assert LEAKY_RELU.value(_at(x)) == (x if x > 0 else 1e-6 * x)
    # Rounding in a difference of two numbers of size 2, divided by a step of 6e-6.
    assert LEAKY_RELU_SLOPE.wrong(_at(x), central_difference(leaky_relu, x), 1e-9) == {}


def test_at_the_kink_the_slope_is_that_of_the_model(run: Trajectory) -> None:
    assert run.model.constants["slope"] == SLOPE == LEAKY_RELU_SLOPE.lines[0].value(_at(0.0))
    # W2 tanh(...) + b2 is 0 here, and the derivative by b2 is the LeakyReLU's.
    assert run.model.jacobian(np.array([1.0, 0.0, 0.0, 0.0]), np.array([1.0]))[0, 3] == SLOPE


@pytest.mark.parametrize("step", STEPS)
def test_the_point_lies_on_the_moving_surface(panel: tuple[Replay, MovingLandscape], step: float) -> None:
    replay, landscape = panel
    run = replay.trajectory
    replay.step = step
    params = replay.params
    height = landscape.point.position[2] / landscape.box.sides[2] * WINDOW.ceiling
    assert height == pytest.approx(float(mean_loss(run.model, run.loss_function, params, run.data)), rel=1e-12)
    grid = landscape.surface.landscape.loss
    first, second = (np.linspace(*span, grid.shape[0]) for span in (WINDOW.first, WINDOW.second))
    column, row = (int(np.searchsorted(axis, at)) for axis, at in zip((first, second), params[2:], strict=True))
    corners = grid[row - 1 : row + 1, column - 1 : column + 1]
    # Above the surface's cell by nothing, below its corners by no more than the slopes (at most 1 each) allow.
    cell = (first[1] - first[0]) + (second[1] - second[0])
    assert corners.min() - cell <= height <= corners.max() + 1e-12


@pytest.mark.parametrize("step", STEPS)
def test_the_surface_takes_the_shape_of_the_present_hidden_layer(
    panel: tuple[Replay, MovingLandscape], step: float
) -> None:
    replay, landscape = panel
    run = replay.trajectory
    replay.step = step
    grid = landscape.surface.landscape.loss
    for row, column in ((0, 0), (17, 50), (63, 63)):
        w2, b2 = (np.linspace(*span, 64)[k] for span, k in ((WINDOW.first, column), (WINDOW.second, row)))
        params = np.array([*replay.params[:2], w2, b2])
        assert grid[row, column] == pytest.approx(
            float(mean_loss(run.model, run.loss_function, params, run.data)), rel=1e-12
        )


@pytest.mark.parametrize("step", STEPS)
def test_on_a_crease_the_network_meets_its_house(panel: tuple[Replay, MovingLandscape], step: float) -> None:
    replay, landscape = panel
    replay.step = step
    run = replay.trajectory
    for outer, x, y in zip(landscape.creases.places(), run.data.x, run.data.y, strict=True):
        params = np.concatenate([np.broadcast_to(replay.params[:2], outer.shape), outer], axis=-1)
        assert run.model.predict(params, np.array([x]))[:, 0] == pytest.approx(np.full(len(outer), y), abs=1e-12)


@pytest.mark.parametrize(("step", "houses"), [(4, []), (20_000, [2]), (200_000, [1, 3]), (2_000_000, [1, 2, 3, 4])])
def test_a_ring_stands_around_each_house_that_is_met(
    panel: tuple[Replay, MovingLandscape], step: float, houses: list[int]
) -> None:
    replay, landscape = panel
    replay.step = step
    chart = Chart(WIDE, *FAR)
    rings = MetHouses(chart, landscape.creases, replay, Pen())
    data = replay.trajectory.data
    places = chart.to_screen(data.x, data.y)[[house - 1 for house in houses]]
    assert np.array_equal(rings.middles, places)
    # They are drawn again whenever the creases come or the run goes on.
    assert {chart, replay, landscape.creases} <= set(rings.sources)


def test_a_crease_does_not_flicker_at_the_rim_of_a_fold() -> None:
    hidden = np.zeros((2, 20), dtype=bool)
    hidden[0, [8, 15]] = True
    hidden[1, 6:], hidden[1, 9] = True, False
    steady = _without_gaps(hidden)
    assert not steady[0].any()
    assert np.flatnonzero(np.diff(steady[1])).size == 1


def test_a_polyline_keeps_its_corners() -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [3.0, 1.0], [4.0, 0.0]])
    assert np.array_equal(_corners(points), points[[0, 2, 4]])


@pytest.mark.parametrize("step", [0, 10, 5000])
def test_the_arrow_points_downhill(panel: tuple[Replay, MovingLandscape], step: float) -> None:
    replay, landscape = panel
    replay.step = step
    run = replay.trajectory
    along = (landscape.point.arrow_tip() - landscape.point.position)[:2]
    slope = gradient(run.model, run.loss_function, replay.params, run.data)[2:]
    # Both axes of the window have nearly one scale, so the arrow runs along minus the gradient on the floor.
    cosine = float(along @ slope) / float(np.linalg.norm(along) * np.linalg.norm(slope))
    assert cosine < -0.99


def test_the_run_never_leaves_the_window(run: Trajectory) -> None:
    assert WINDOW.contains(run.params[:, 2:]).all()
    assert float(run.loss.max()) < WINDOW.ceiling


def test_the_first_steps_add_up_as_they_are_written_and_can_be_seen(run: Trajectory) -> None:
    replay = Replay(run)
    arithmetic = StepArithmetic(replay, -0.35, 1.3, Pen(), decimals=5)
    for step in range(1, 5):
        replay.step = float(step)
        for new, old, _, slope in arithmetic.cells():
            change = 0.00005 * float(slope.strip("()").replace(MINUS, "-"))
            assert f"{float(old) - change:.5f}" == new
            assert new != old


@pytest.mark.parametrize("chart", [tanh_chart, leaky_relu_chart])
def test_a_function_of_the_pre_activation_has_its_letter(chart: Callable[..., ActivationChart]) -> None:
    panel = chart(WIDE, Pen())
    panel.trace.drawn = panel.trace.slope = 1.0
    texts = [box.text for part in (panel.axes, panel.trace) for box in painted_texts(part)]
    letters = {letter for text in texts for letter in re.findall(r"\b[a-z]\b", text)}
    assert letters == {"a"}
    for derivation in (TANH, TANH_SLOPE, LEAKY_RELU, LEAKY_RELU_SLOPE):
        for latex in (derivation.left, *(line.latex for line in derivation.lines)):
            assert not re.search(r"\bx\b", latex), latex


def test_the_numbers_of_the_graph_multiply_out(run: Trajectory) -> None:
    x, y = float(run.data.x[HOUSE]), float(run.data.y[HOUSE])
    graph = GraphPanel(
        chain_rule(run.model, run.loss_function, run.params[0], x, y), (LEFT, -2.85, RIGHT, 2.35), Pen(), write=narrow
    )

    def shown(value: float) -> float:
        return float(narrow(value).replace(MINUS, "-"))

    for source, target in {edge for name in run.model.parameters for edge in graph.path(name)}:
        product = shown(graph.derivative(target)) * shown(graph.local((source, target)))
        assert shown(product) == shown(graph.derivative(source)), (source, target)
    assert shown(1 - shown(graph.value("z")) ** 2) == shown(graph.local(("a1", "z")))
    assert shown(shown(graph.value("prediction")) - y) == shown(graph.value("r"))
    graph.forward = graph.columns
    inner = [box for box in painted_texts(graph) if box.size < Size.LABEL]
    assert len(inner) == len(graph.computed) + 6
    assert max(box.right - box.left for box in inner) < graph.box[0] - 0.03


def test_the_last_step_is_that_of_the_run(run: Trajectory) -> None:
    before, after = last_params(run)
    assert np.array_equal(after, run.params[-1])
    assert float(mean_loss(run.model, run.loss_function, before, run.data)) == float(run.loss_before_last_step)
    trace = LastStep(WIDE, run, Pen()).trace
    assert trace.lowest < min(float(run.loss_before_last_step), run.final_loss)
    share, least = trace.deepest
    assert 0 < share < 1
    assert least == trace.lowest == float(trace.losses(np.array([share]))[0])


def test_a_curve_behind_the_data_is_drawn_before_it(run: Trajectory) -> None:
    chart = Chart(WIDE, *FAR)
    panel = network_panel(chart, run, Probe(run.final_params), Pen())
    line = line_layer(chart, run, best_line(run.data)[0], Pen())
    panel.put_behind(line)
    order = panel.submobjects
    assert order.index(line) < order.index(panel.layer) < order.index(panel.dots)
    # The dots are drawn again whenever it moves.
    assert line in panel.dots.sources


@pytest.mark.parametrize("size", [Size.BODY, Size.FORMULA, Size.LARGE])
def test_a_live_number_keeps_the_distance_of_a_formula(size: float) -> None:
    pen = Pen()
    label, number = painted_texts(LiveNumber("J", "loss", lambda: 5.0, lambda _: "5", (0.0, 0.0), pen, size=size))
    whole, name, digit = (float(pen.math(latex, size).width) for latex in ("J = 5", "J =", "5"))
    # A digit's ink begins a few hundredths of an em into its cell.
    beside = (number.right - number.left - digit) / 2
    assert number.left + beside - label.right == pytest.approx(whole - name - digit, abs=0.02 * size)


def test_the_forecast_stays_below_its_bound(run: Trajectory) -> None:
    chart = Chart(WIDE, *FAR)
    forecasts = Forecasts(chart, run, (5.0, 7.0), Pen())
    # Also as they are written.
    assert round(float(forecasts.values.max()), 2) < round(forecasts.bound, 2)
    assert forecasts.bound == float(run.final_params[2] + run.final_params[3])
    assert run.final_params[2] > 0
    assert f"{forecasts.values[0] / 10:.2f}" == "1.22"
    assert chart.y_range[1] > forecasts.bound


@pytest.fixture(scope="module")
def film() -> Film:
    return filmed(TanhNetworkFit)


def test_no_text_overlaps_leaves_the_frame_or_is_too_small(film: Film) -> None:
    nothing_overlaps(film)
    all_is_inside_the_frame(film, 0.2)
    nothing_is_too_small(film)


def test_beats_can_be_followed(film: Film) -> None:
    rehearsal = film[0]
    assert 90 <= rehearsal.duration <= 179
    for beat in rehearsal.beats:
        assert 5 <= beat.end - beat.start <= 25, beat
