"""What must hold of every panel in every frame: each check is found by the panel's type, whatever lecture it is in.

A panel's `sources` say what it reads. A check takes the source's numbers, works out anew what the panel has to show,
and compares; it never asks one panel about itself alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from compared import Shown, downhill, loss_at, now, on_surface, recorded_gradient, replay_of, same, says, source

from fitting import mean_loss
from scenes.kit.drawing.painting import Painting
from scenes.kit.panels.curves import CurveLine
from scenes.kit.panels.fit import FitLayer
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.panels.landscape.panel import Trail
from scenes.kit.panels.live import LiveNumber, StepArithmetic
from scenes.kit.panels.loss_curve import LossTrace
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.several_runs import RunNumbers, RunTable, RunTrace
from scenes.kit.panels.slice_curve import SliceTrace
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.parts.cost.probed_landscape import ProbePoint
from scenes.parts.cost.residual_rows import ResidualRows
from scenes.parts.derivative.secant import QuotientTable, Secant
from scenes.parts.gradient_descent.contour_map import MapTrail
from scenes.parts.gradient_descent.parabola_panel import CurvePoint, StepTrail, Walk
from scenes.parts.gradient_descent.rate_comparison import WalkNumbers
from scenes.parts.gradient_descent.step_table import StepTable
from scenes.parts.sigmoid.landscape_mark import DescentNumbers, LandscapePoint, StepCount
from scenes.parts.tanh_network.moving_landscape import MovingPoint, MovingSurface

Check = Callable[[Any, Shown], bool | None]
"""Fails, or returns whether there was something to compare; None for yes."""

CHECKS: list[tuple[type[Painting], Check]] = []


def checks(*kinds: type[Painting]) -> Callable[[Check], Check]:
    """Make a function the check of panels of some types."""

    def register(check: Check) -> Check:
        CHECKS.extend((kind, check) for kind in kinds)
        return check

    return register


def state(panel: Painting) -> tuple[object, ...]:
    """The numbers that a panel reads: a frame in which they stand still shows what the one before did."""
    numbers: list[object] = [panel.arrow if isinstance(panel, (Trail, MovingPoint)) else 0.0]
    for one in panel.sources:
        if isinstance(one, Replay):
            numbers.append(one.step)
            continue
        moved = [getattr(one, name, 0.0) for name in ("step", "stage", "value")]
        numbers += [number for number in moved if isinstance(number, (float, int))]
        if hasattr(one, "params"):
            numbers.append(np.asarray(one.params).tobytes())
    return tuple(numbers)


# Landscapes


@checks(Trail)
def the_descent_on_the_surface(panel: Trail, shown: Shown) -> None:
    replay = replay_of(panel)
    params, loss, record = now(replay)
    on_surface(panel.box, panel.position, params[:2], loss)
    slope = recorded_gradient(replay.trajectory, record)
    if panel.arrow > 0 and np.linalg.norm(slope) > 0:
        downhill(panel.box, panel.position, panel.arrow_tip(), slope[:2])


@checks(MovingPoint)
def the_point_on_the_moving_surface(panel: MovingPoint, shown: Shown) -> None:
    replay = replay_of(panel)
    run = replay.trajectory
    params, loss, record = now(replay)
    on_surface(panel.box, panel.position, params[2:], loss)
    slope = recorded_gradient(run, record)
    if panel.arrow > 0 and np.linalg.norm(slope[2:]) > 0:
        downhill(panel.box, panel.position, panel.arrow_tip(), slope[2:])


@checks(MovingSurface)
def the_surface_of_the_present_hidden_layer(panel: MovingSurface, shown: Shown) -> None:
    replay = replay_of(panel)
    params, losses = now(replay)[0], panel.losses()
    first, second = panel.grid
    for row, column in ((0, 0), (5, -1), (-1, 7)):
        vertex = np.array([*params[:2], first[column], second[row]])
        same(losses[row, column], loss_at(replay.trajectory, vertex))


@checks(ProbePoint, LandscapePoint)
def the_point_that_is_moved_by_hand(panel: ProbePoint | LandscapePoint, shown: Shown) -> None:
    params = next(one.params for one in panel.sources if hasattr(one, "params"))
    box = panel.box if isinstance(panel, ProbePoint) else panel.panel.box
    on_surface(box, panel.position, params, loss_at(panel.trajectory, params))
    for layer in shown.of(FitLayer):
        if layer.curve > 0 and panel.trajectory.model.parameters == ("W", "b"):
            np.testing.assert_array_equal(layer.params, params)


# Fits and loss curves


@checks(FitLayer)
def the_fit_of_the_point(panel: FitLayer, shown: Shown) -> bool:
    replay, x = source(panel, Replay), np.array([1.0, 2.5])
    if replay is not None:
        params = now(replay)[0]
        same(panel.params, params, absolute=1e-12)
        same(panel.predict(x), replay.trajectory.model.predict(params, x), 1e-7)
    return replay is not None


@checks(CurveLine)
def the_curve_of_a_run(panel: CurveLine, shown: Shown) -> bool:
    replay, x = source(panel, Replay), np.array([1.0, 2.5])
    if replay is not None:
        same(panel.function(x), replay.trajectory.model.predict(now(replay)[0], x), 1e-7)
    return replay is not None


@checks(LossTrace, RunTrace)
def the_loss_curve_ends_at_the_point(panel: LossTrace | RunTrace, shown: Shown) -> None:
    replay = replay_of(panel)
    (place, height), loss = panel.end(), now(replay)[1]
    same(10**place - 1, replay.moment.step)
    same(10**height if isinstance(panel, RunTrace) else height, loss)


# Numbers of a descent


@checks(Readout)
def the_readout_is_the_points(panel: Readout, shown: Shown) -> None:
    replay = replay_of(panel)
    params, loss, record = now(replay)
    for text, value in zip(panel.texts(), (*params, loss, replay.trajectory.learning_rate[record]), strict=True):
        says(text, float(value))
    here, *there = panel.steps()
    says(here, float(replay.trajectory.steps[record]))
    for text in there:
        says(text, float(replay.trajectory.steps[record + 1]))


@checks(DescentNumbers)
def the_numbers_of_a_descent(panel: DescentNumbers, shown: Shown) -> None:
    replay = replay_of(panel)
    params, loss, _ = now(replay)
    for text, value in zip(panel.texts(), (*params, loss), strict=True):
        says(text, float(value))


@checks(StepCount)
def the_step_is_a_records(panel: StepCount, shown: Shown) -> None:
    replay = replay_of(panel)
    says(panel.text, float(replay.trajectory.steps[now(replay)[2]]))


@checks(RunNumbers)
def the_numbers_of_one_run(panel: RunNumbers, shown: Shown) -> None:
    replay = replay_of(panel)
    params, loss, record = now(replay)
    values = replay.trajectory.steps[record], params[panel.parameter], loss
    for text, value in zip(panel.texts(), values, strict=True):
        says(text, float(value))


@checks(RunTable)
def the_numbers_of_several_runs(panel: RunTable, shown: Shown) -> None:
    replays = [one for one in panel.sources if isinstance(one, Replay)]
    for replay, texts in zip(replays, panel.texts(), strict=True):
        _, loss, record = now(replay)
        says(texts[0], float(replay.trajectory.steps[record]))
        says(texts[1], loss)


@checks(StepArithmetic)
def the_arithmetic_of_a_step(panel: StepArithmetic, shown: Shown) -> None:
    replay = replay_of(panel)
    run = replay.trajectory
    before = max(min(int((run.steps < replay.step).sum()) - 1, len(run.steps) - 2), 0)
    for k, (texts, values) in enumerate(zip(panel.cells(), panel.values(), strict=True)):
        new, old, rate, slope = values
        assert (new, old) == (run.params[before + 1, k], run.params[before, k])
        if run.steps[before + 1] == run.steps[before] + 1:
            same(new, old - rate * slope, absolute=1e-12)
        for text, value in zip(texts, values, strict=True):
            says(text, float(f"{value:.4g}") if value == rate else value)


@checks(LiveNumber)
def a_live_number_is_the_points(panel: LiveNumber, shown: Shown) -> None:
    says(panel.text, panel.value())
    replay = source(panel, Replay)
    if replay is None:
        return
    (params, loss, record), run = now(replay), replay.trajectory
    trails = [trail.ends()[0][0] for trail in shown.of(MapTrail)]
    if panel.concept in run.model.parameters:
        k = run.model.parameters.index(panel.concept)
        known = [params[k], run.params[record, k], *(place[k] for place in trails)]
    elif panel.concept == "loss":
        walks = [point.place for point in shown.of(CurvePoint) if isinstance(point.place, Walk)]
        known = [loss, *(loss_at(run, place) for place in trails)]
        known += [walk.descent.losses[walk.record] for walk in walks]
    else:
        steps = [record, *(trail.record for trail in shown.of(MapTrail))]
        known = [run.steps[k] for k in steps] if panel.concept == "muted" else [panel.value()]
    same(np.min(np.abs(np.array(known) - panel.value())), 0.0)


# One parameter alone, and maps


@checks(SliceTrace)
def the_slice_at_the_probe(panel: SliceTrace, shown: Shown) -> None:
    run, probe = panel.trajectory, source(panel, Probe)
    assert probe is not None
    same(panel.here(), loss_at(run, probe.params))
    step = np.zeros(len(probe.params))
    step[panel.parameter] = 1e-5
    rise = (loss_at(run, probe.params + step) - loss_at(run, probe.params - step)) / 2e-5
    # Central differences: of their truncation and rounding, so much is left.
    same(panel.slope(), rise, 1e-5, absolute=1e-5)


@checks(CurvePoint)
def the_point_on_the_curve(panel: CurvePoint, shown: Shown) -> None:
    value, loss = panel.position
    cut, params = panel.cut, panel.cut.params.copy()
    params[cut.parameter] = value
    same(loss, mean_loss(cut.model, cut.loss_function, params, cut.data))
    if isinstance(panel.place, Walk):
        values, step = panel.place.descent.values, panel.place.clock.step
        done = int(min(step, len(values) - 1) + 1e-9)
        ends = values[done : done + 2]
        assert ends.min() - 1e-12 <= value <= ends.max() + 1e-12
        if abs(step - done) < 1e-9:
            assert value == values[done]


@checks(StepTrail)
def the_steps_go_down(panel: StepTrail, shown: Shown) -> None:
    descent, done = panel.walk.descent, panel.walk.record
    for step in range(min(done + 1, descent.steps)):
        start, end = panel.arrow(step)
        assert start[1] == end[1]
        assert (end[0] - start[0]) * descent.slopes[step] <= 0


@checks(WalkNumbers)
def the_numbers_of_a_walk(panel: WalkNumbers, shown: Shown) -> None:
    descent = panel.walk.descent
    done = int(min(panel.walk.clock.step, descent.steps) + 1e-9)
    for text, value in zip(panel.texts(), (descent.values[done], descent.losses[done]), strict=True):
        says(text, float(value))


@checks(StepTable)
def the_table_of_a_walk(panel: StepTable, shown: Shown) -> None:
    descent = panel.walk.descent
    step = min(int(panel.walk.clock.step + 1e-9), descent.steps - 1)
    values = descent.values
    row = step + 1, values[step], descent.slice.slope(values[step]), values[step + 1] - values[step]
    for text, value in zip(panel.cells(step), row, strict=True):
        says(text, float(value))


@checks(MapTrail)
def the_point_on_the_map(panel: MapTrail, shown: Shown) -> None:
    clock = next(one for one in panel.sources if hasattr(one, "step"))
    done = int(min(clock.step, len(panel.path) - 1) + 1e-9)
    ends = panel.path[done : done + 2]
    assert (ends.min(axis=0) - 1e-12 <= panel.end()).all()
    assert (panel.end() <= ends.max(axis=0) + 1e-12).all()
    if abs(clock.step - done) < 1e-9:
        np.testing.assert_array_equal(panel.end(), panel.path[done])
    # Numbers are a record's, and so is the point.
    assert all(any((place == end).all() for end in ends) for place, _ in panel.ends())
    np.testing.assert_array_equal(panel.ends()[0][0], panel.path[done])


# Graphs, tables, secants


@checks(GraphPanel)
def the_graph_of_a_sample(panel: GraphPanel, shown: Shown) -> None:
    run = shown.run
    params = np.array([panel.value(name) for name in run.model.parameters])
    x, y = panel.value("x"), panel.value("y")
    prediction = run.model.predict(params, np.array([x]))
    same(panel.value("loss"), run.loss_function.value(prediction, np.array([y]))[0])
    slope = run.loss_function.slope(prediction, np.array([y]))[0] * run.model.jacobian(params, np.array([x]))[0]
    found = [panel.derivative(name) for name in run.model.parameters]
    same(found, slope, absolute=1e-12)


@checks(ResidualRows)
def the_table_of_the_line(panel: ResidualRows, shown: Shown) -> None:
    probe, data = source(panel, Probe), panel.lines.trajectory.data
    assert probe is not None
    predictions = panel.lines.trajectory.model.predict(probe.params, data.x)
    for k, texts in enumerate(panel.cells()):
        residual = float(predictions[k] - data.y[k])
        values = data.x[k], predictions[k], data.y[k], residual, residual**2
        for text, value in zip(texts, values, strict=True):
            says(text, float(value))


@checks(QuotientTable)
def the_quotient_of_the_secant(panel: QuotientTable, shown: Shown) -> None:
    secant = source(panel, Secant)
    assert secant is not None
    h = max(round(secant.h, 2), 0.01)
    rise = secant.height(secant.at + h) - secant.height(secant.at)
    for text, value in zip(panel.rows()[-1], (h, rise, rise / h), strict=True):
        says(text, value)
