"""What must hold of every panel in every frame: each check is found by the panel's type, whatever lecture it is in.

A panel's `sources` say what it reads. A check takes the source's numbers, works out anew what the panel has to show,
and compares; it never asks one panel about itself alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from compared import Shown, downhill, loss_at, now, on_surface, recorded_gradient, replay_of, same, says, source

from fitting.slices import Slice
from scenes.kit.drawing.painting import Painting
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.panels.curves import CurveLine
from scenes.kit.panels.fit import FitLayer
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.panels.landscape.point import SurfacePoint
from scenes.kit.panels.landscape.trail import Trail
from scenes.kit.panels.live import LiveNumber
from scenes.kit.panels.loss_curve import LossTrace
from scenes.kit.panels.readout import StepWay
from scenes.kit.panels.several_runs import RunTable, RunTrace
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.parts.cost.residual_rows import ResidualRows
from scenes.parts.derivative.secant import QuotientTable, Secant
from scenes.parts.gradient_descent.contour_map import MapTrail
from scenes.parts.gradient_descent.parabola_panel import Clock, StepTrail, Walk
from scenes.parts.gradient_descent.step_table import StepTable
from scenes.parts.tanh_network.moving_landscape import MovingSurface

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
    numbers: list[object] = [panel.arrow if isinstance(panel, SurfacePoint) else 0.0]
    for one in panel.sources:
        if isinstance(one, Replay):
            numbers.append(one.step)
            continue
        moved = [getattr(one, name, 0.0) for name in ("step", "approach", "value")]
        numbers += [number for number in moved if isinstance(number, (float, int))]
        if hasattr(one, "params"):
            numbers.append(np.asarray(one.params).tobytes())
    return tuple(numbers)


# Landscapes


@checks(SurfacePoint)
def the_point_on_the_surface(panel: SurfacePoint, shown: Shown) -> bool:
    box, replay = panel.surface.box, source(panel, Replay)
    if replay is None:
        return _by_hand(panel, shown)
    params, loss, record = now(replay)
    # A landscape of four parameters is over the last two.
    over = slice(len(params) - 2, len(params))
    on_surface(box, panel.position, params[over], loss)
    slope = recorded_gradient(replay.trajectory, record)[over]
    if panel.arrow > 0 and np.linalg.norm(slope) > 0:
        downhill(box, panel.position, panel.arrow_tip(), slope)
    return True


def _by_hand(panel: SurfacePoint, shown: Shown) -> bool:
    """A point that is moved by hand, on the surface of the descent that is shown there, or else of the lecture's."""
    params = next((one.params for one in panel.sources if hasattr(one, "params")), None)
    if params is None:
        return False
    runs = [replay_of(trail).trajectory for trail in shown.of(Trail) if trail.surface is panel.surface]
    run = runs[0] if runs else shown.run
    on_surface(panel.surface.box, panel.position, params, loss_at(run, params))
    for layer in shown.of(FitLayer):
        if layer.curve > 0 and run.model.parameters == ("W", "b"):
            np.testing.assert_array_equal(layer.params, params)
    return True


@checks(MovingSurface)
def the_surface_of_the_present_hidden_layer(panel: MovingSurface, shown: Shown) -> None:
    replay = replay_of(panel)
    params, grid = now(replay)[0], panel.landscape
    for row, column in ((0, 0), (5, -1), (-1, 7)):
        vertex = np.array([*params[:2], grid.first[column], grid.second[row]])
        same(grid.loss[row, column], loss_at(replay.trajectory, vertex))


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


@checks(StepWay)
def the_steps_are_those_around_the_point(panel: StepWay, shown: Shown) -> None:
    replay = replay_of(panel)
    record = now(replay)[2]
    here, *there = panel.steps()
    says(here, float(replay.trajectory.steps[record]))
    for text in there:
        says(text, float(replay.trajectory.steps[record + 1]))


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
        the_number_of_a_walk(panel, shown)
        return
    (params, loss, record), run = now(replay), replay.trajectory
    trails = [trail.ends()[0][0] for trail in shown.of(MapTrail)]
    if panel.concept in run.model.parameters:
        k = run.model.parameters.index(panel.concept)
        known = [params[k], *(place[k] for place in trails)]
    elif panel.concept == "loss":
        walks = [walk for point in shown.of(CurvePoint) if (walk := source(point, Walk)) is not None]
        known = [loss, *(loss_at(run, place) for place in trails)]
        known += [walk.descent.losses[walk.record] for walk in walks]
    elif panel.concept == "rate":
        known = [run.learning_rate[record]]
    else:
        steps = [record, *(trail.record for trail in shown.of(MapTrail))]
        known = [run.steps[k] for k in steps] if panel.concept == "muted" else [panel.value()]
    same(np.min(np.abs(np.array(known) - panel.value())), 0.0)


def the_number_of_a_walk(panel: LiveNumber, shown: Shown) -> None:
    """Of one of the descents that go by the number's own clock."""
    clock = source(panel, Clock)
    if clock is None:
        return
    known = []
    for walk in (walk for point in shown.of(CurvePoint) if (walk := source(point, Walk)) is not None):
        done = int(min(clock.step, walk.descent.steps) + 1e-9)
        own = {"loss": walk.descent.losses[done], "muted": float(done)}
        known.append(own.get(panel.concept, walk.descent.values[done]))
    same(np.min(np.abs(np.array(known) - panel.value())), 0.0)


# One parameter alone, and maps


@checks(CurvePoint)
def the_point_on_the_curve(panel: CurvePoint, shown: Shown) -> None:
    (value, height), h = panel.position, 1e-5
    rise = (float(panel.function(value + h)) - float(panel.function(value - h))) / (2 * h)
    # Central differences: of their truncation and rounding, so much is left.
    same(panel.slope, rise, 1e-5, absolute=1e-5)
    cut, probe, walk = getattr(panel.function, "__self__", None), source(panel, Probe), source(panel, Walk)
    if isinstance(cut, Slice):
        params = np.array(cut.params if probe is None else probe.params)
        params[cut.parameter] = value
        same(height, loss_at(cut.run, params))
    if walk is not None:
        values, step = walk.descent.values, walk.clock.step
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
