"""The sigmoid lecture: its derivations, its numbers, and what its panels show."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from layout_checks import Film, all_is_inside_the_frame, filmed, nothing_is_too_small, nothing_overlaps
from painted import painted_texts

from fitting import LOSSES, Trajectory, gradient, mean_loss
from fitting.derivation import Point
from fitting.differences import central_difference
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitLayer, FitPanel
from scenes.kit.panels.landscape.trail import Trail
from scenes.kit.panels.live import LiveNumber
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.probe import Probe, Spot
from scenes.kit.subject.replay import Replay
from scenes.kit.text.derivation import write
from scenes.kit.text.formula import Pen
from scenes.parts.sigmoid.cost_curves import CostCurves
from scenes.parts.sigmoid.derivations import Strike
from scenes.parts.sigmoid.formulas import COST, ENTROPY, LINKS, MODEL, PREDICTED, SIGMOID, TRUE, UPDATE
from scenes.parts.sigmoid.landscapes import (
    ENTROPY_WINDOW,
    FREE,
    STUCK,
    WALK,
    compared,
    descent,
    error_landscape,
)
from scenes.parts.sigmoid.longer_beats import FarView, PlateauWalk
from scenes.parts.sigmoid.marks import ForecastMarks, SigmoidMarks
from scenes.parts.sigmoid.slopes import (
    ENTROPY_SLOPE,
    ERROR_SLOPE,
    SIGMOID_SLOPE,
    sigmoid,
    sigmoid_slope,
)
from scenes.parts.sigmoid.tables import slopes_there
from scenes.sigmoid import SigmoidFit

PEN = Pen()


@pytest.fixture(scope="module")
def entropy_run() -> Trajectory:
    return descent("cross-entropy", STUCK)


def _points(run: Trajectory) -> list[Point]:
    return [Point(run.params[record], run.data.x, run.data.y) for record in (0, 5, 500, -1)]


def test_derivations_end_where_central_differences_do(free_run: Trajectory) -> None:
    for derivation in (SIGMOID_SLOPE, ERROR_SLOPE, ENTROPY_SLOPE):
        assert len(derivation.lines) >= 3
    for at in _points(free_run):
        inner = at.params[0] * at.x + at.params[1]
        assert SIGMOID_SLOPE.wrong(Point(x=inner), central_difference(sigmoid, inner), 1e-9) == {}
        assert SIGMOID_SLOPE.wrong(Point(x=inner), sigmoid_slope(inner), 1e-9) == {}
        exact = gradient(free_run.model, LOSSES["mse"], at.params, free_run.data)[0]
        assert ERROR_SLOPE.wrong(at, exact) == {}
        assert ERROR_SLOPE.value(at) == pytest.approx(exact, rel=1e-9, abs=1e-12)
        # b moves what the sigmoid is given by as much. Near the ceiling of 20 the cost bends too much for differences:
        # of the first house.
        first = Point(at.params, at.x[:1], at.y[:1])
        assert ENTROPY_SLOPE.wrong(first, first.difference(ENTROPY.value, 1)) == {}


def test_all_formulas_are_those_of_the_model_and_of_its_costs(free_run: Trajectory) -> None:
    run, data = free_run, free_run.data
    for at in _points(run):
        predictions, inner = run.model.predict(at.params, at.x), at.params[0] * at.x + at.params[1]
        entropy = LOSSES["cross-entropy"]
        expected = (
            (MODEL, predictions),
            (PREDICTED, predictions / 20),
            (TRUE, at.y / 20),
            *zip(LINKS, (predictions - at.y, predictions, inner), strict=True),
            (ENTROPY, entropy.value(predictions, at.y)),
            (COST, mean_loss(run.model, entropy, at.params, data)),
        )
        assert SIGMOID.wrong(Point(x=inner), sigmoid(inner), 1e-15) == {}
        for formula, exact in expected:
            assert formula.wrong(at, exact, 1e-9) == {}, formula.left
        assert UPDATE.value(at) == pytest.approx(gradient(run.model, entropy, at.params, data)[0], rel=1e-9, abs=1e-9)


def test_the_sigmoids_slope_keeps_its_digits_far_out() -> None:
    assert float(sigmoid_slope(40.0)) == pytest.approx(np.exp(-40.0), rel=1e-12)
    assert float(sigmoid_slope(-2.0)) == pytest.approx(float(sigmoid(-2.0) * (1 - sigmoid(-2.0))), rel=1e-12)


@pytest.mark.parametrize("params", [FREE, (1.0, -4.0), (-0.5, 1.0)])
def test_the_notes_update_is_the_gradient_of_the_cross_entropy_only(
    params: tuple[float, float], notes_run: Trajectory
) -> None:
    error, update, entropy = slopes_there(np.array(params), notes_run)
    exact = gradient(notes_run.model, LOSSES["cross-entropy"], np.array(params), notes_run.data)
    np.testing.assert_allclose(update, exact, rtol=1e-10)
    # A central difference of step 1e-5.
    np.testing.assert_allclose(entropy, update, rtol=1e-7)
    assert np.abs(error - update).max() > 1


def test_the_notes_digits_come_out(notes_run: Trajectory) -> None:
    # "The second is the one in the learner's notes."
    assert f"{notes_run.final_params[0]:.10f}" == "1.1346469402"
    assert f"{notes_run.final_params[1]:.10f}" == "-4.6482628586"
    assert notes_run.loss_function.name == "cross-entropy"


def test_the_free_start_reaches_the_optimum(free_run: Trajectory) -> None:
    assert free_run.final_params == pytest.approx([1.15636, -4.72300], abs=1e-5)
    assert free_run.final_loss == pytest.approx(0.012054, abs=1e-6)


def test_the_cross_entropy_frees_the_stuck_start(entropy_run: Trajectory) -> None:
    assert entropy_run.final_params == pytest.approx([1.1347, -4.6486], abs=5e-5)
    assert np.linalg.norm(entropy_run.gradient[0]) > 50
    assert entropy_run.steps[-1] == 10_000


def test_the_cross_entropy_has_no_plateau(notes_run: Trajectory) -> None:
    model, data, entropy = notes_run.model, notes_run.data, LOSSES["cross-entropy"]
    for params in itertools.product(ENTROPY_WINDOW.first, ENTROPY_WINDOW.second):
        slopes = gradient(model, entropy, np.array(params), data)
        # On the plateaus of the squared error it is below 1e-8.
        assert np.linalg.norm(slopes) > 10, params


def test_a_long_name_of_the_height_keeps_off_the_surface(entropy_run: Trajectory) -> None:
    for side in compared((Replay(entropy_run), Replay(entropy_run)), PEN):
        (name,) = [box for box in painted_texts(side.panel.axes) if "J_" in box.text]
        box = side.panel.box
        x, y, z = box.sides
        corners = np.array([[one * x / 2, other * y / 2, z] for one in (-1, 1) for other in (-1, 1)])
        assert name.right < box.project(corners, side.panel.view)[0][:, 0].min() + 0.3


def test_points_lie_on_the_landscape(stuck_run: Trajectory, free_run: Trajectory) -> None:
    replay, free = Replay(stuck_run), Replay(free_run)
    panel = error_landscape(replay, PEN, 16)
    trail, probe = Trail(free, panel.plane, panel.surface, PEN), Probe(np.array(WALK[1]))
    chart = Chart((-6.0, -2.0, 0.0, 2.0), (0.0, 10.0), (0.0, 20.0))
    curve = FitPanel(chart, (), stuck_run.data, stuck_run.model, probe, PEN)
    walk = PlateauWalk(panel, stuck_run, curve, PEN)
    walk.walker.params = probe.params
    for step in (0.0, 0.4, 17.3, 9000.5):
        free.step = step
        loss = float(mean_loss(free_run.model, free_run.loss_function, free.params, free_run.data))
        np.testing.assert_allclose(trail.position, panel.box.place(free.params, np.asarray(loss)))
    loss = float(mean_loss(free_run.model, free_run.loss_function, probe.params, free_run.data))
    np.testing.assert_allclose(walk.point.position, panel.box.place(probe.params, np.asarray(loss)))


def test_compared_landscapes_show_their_own_descent(entropy_run: Trajectory) -> None:
    replay = Replay(entropy_run)
    _, side = compared((Replay(entropy_run), replay), PEN)
    replay.step = 10_000.0
    loss = side.panel.trail.position[2] / side.panel.box.sides[2] * ENTROPY_WINDOW.ceiling
    assert loss == pytest.approx(entropy_run.final_loss)
    numbers = [one for one in side.get_family() if isinstance(one, LiveNumber)]
    assert [number.text for number in numbers] == ["1.135", "−4.649", "16.44"]


def test_the_sigmoids_marks(notes_run: Trajectory) -> None:
    chart = Chart((-6, -3, 0, 3), (0.0, 10.0), (0.0, 22.0))
    probe = Probe(np.array([2.0, -5.0]))
    marks = SigmoidMarks(chart, probe, 20.0, PEN)
    at = np.array([marks.center - 1e-5, marks.center, marks.center + 1e-5])
    low, middle, high = notes_run.model.predict(probe.params, at).tolist()
    assert middle == pytest.approx(10.0)
    # A central difference of step 1e-5.
    assert (high - low) / 2e-5 == pytest.approx(marks.steepness, rel=1e-8)
    floors = np.array([10.0, 100.0])
    far = ForecastMarks(chart, floors, notes_run.model.predict(notes_run.final_params, floors), PEN)
    assert far.rise == 2463


def test_strikes_go_through_the_part_that_stands_twice() -> None:
    formula = write(ENTROPY_SLOPE, PEN, 0.0, 0.0).lines[1]
    strike = Strike(formula, "gradient", 2, "#FFFFFF")
    (first, second) = strike._lines
    # The factor stands below a fraction bar first, and right of it then.
    assert first[1][0] < second[0][0]
    assert first[1][1] < second[1][1]
    # Both are the same five characters and brackets.
    np.testing.assert_allclose(first[1] - first[0], second[1] - second[0], atol=1e-2)


@pytest.mark.parametrize("a", [-4.0, 0.0, 2.5, 8.0])
def test_the_curves_of_both_costs_are_those_of_the_first_house(a: float, notes_run: Trajectory) -> None:
    data = notes_run.data
    points = CostCurves((-6, -3, 0, 3), data, Spot(a), PEN).dots
    at = Point(np.array([0.0, a]), data.x, data.y)
    entropy = LOSSES["cross-entropy"].value(notes_run.model.predict(at.params, data.x), data.y)
    squared, crossed = (point.position[1] for point in points)
    assert squared == pytest.approx(float((20 * sigmoid(a) - data.y[0]) ** 2))
    assert crossed == pytest.approx(float(entropy[0]), rel=1e-9)
    for point in points:
        rise = float(point.function(a + 1e-5)) - float(point.function(a - 1e-5))
        # A central difference of step 1e-5 of a cost of some hundreds.
        assert point.slope == pytest.approx(rise / 2e-5, rel=1e-6, abs=1e-5)
    assert points[1].slope == pytest.approx(float(ENTROPY_SLOPE.value(at)[0]))


def test_prices_far_out_differ_by_what_is_said(notes_run: Trajectory) -> None:
    texts = [stamp.text for pair in FarView(Lesson(notes_run), notes_run, PEN).marks.texts for stamp in pair]
    near, far = (int(re.sub(r"\D", "", text)) for text in texts if text.endswith("EUR"))
    assert (near, far, far - near) == (1_997_537, 2_000_000, 2463)


@pytest.fixture(scope="module")
def film() -> Film:
    return filmed(SigmoidFit, late=True)


def test_texts_do_not_overlap_and_stay_inside(film: Film) -> None:
    nothing_overlaps(film)
    all_is_inside_the_frame(film)
    nothing_is_too_small(film)


def test_the_films_length(film: Film) -> None:
    assert 90 <= film[0].duration < 180
    for beat in film[0].beats:
        assert 5 <= beat.end - beat.start <= 25, beat


def test_the_far_view_draws_the_bend_smoothly(notes_run: Trajectory) -> None:
    far = FarView(Lesson(notes_run), notes_run, PEN)
    (layer,) = (member for member in far.get_family() if isinstance(member, FitLayer))
    x = np.linspace(-2.0, 106.0, 20_000)
    corners = layer.corners
    drawn = np.interp(x, corners, layer.predict(corners))
    assert (corners[0], corners[-1]) == (-2.0, 106.0)
    # A pixel of 1080 is 0.03 there.
    assert np.abs(drawn - layer.predict(x)).max() < 0.03


def test_formulas_stand_beside_a_curve(film: Film) -> None:
    for beat in film[0].beats:
        if beat.name in ("The slope of the sigmoid", "The gradient", "Why the factor cancels"):
            for time, boxes in zip(film[1], film[2], strict=True):
                if beat.start + 2 < time < beat.end:
                    # The ticks of its axis.
                    assert {"−5", "0", "5"} <= {box.text for box in boxes}, time


def test_what_the_captions_say_is_drawn(film: Film) -> None:
    ((start, end),) = [(start, end) for start, end, text in film[0].captions if text.startswith("The sigmoid rises")]
    for time, boxes in zip(film[1], film[2], strict=True):
        if start + 1 < time < end:
            # Its axes stand beside the data's: ticks from 0 to 1.
            assert {"0.0", "1.0"} <= {box.text for box in boxes}, time
