"""The numbers that the page draws are those of the run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from fitting import Dataset, InputError, Linear, SquaredError, StopReason, Trajectory, fit, gradient, mean_loss
from fitting.plane import Plane
from scenes.kit.subject.window import Window, landscape_window
from scenes.page.contours import SIGNIFICANT, SLICES, contours, slice_records
from scenes.page.run_data import RECORDS, chosen_records, run_data

ROUNDED = 5.1e-7
"""Half a unit of the seventh digit of 1.000000, and rounding of what is computed again."""

SEEN = 5.5e-5
"""Likewise of the five digits of a grid, whose places are rounded too."""


def _flats() -> Trajectory:
    x = np.linspace(20, 300, 40)
    y = 2500 * x + 150_000 + 40_000 * np.random.default_rng(7).normal(size=40)
    return fit(data=Dataset(x, y, x_name="area", y_name="price", source="flats.csv"))


RUNS: dict[str, Callable[[], Trajectory]] = {
    "linear": fit,
    "sigmoid": lambda: fit("sigmoid"),
    "sigmoid, mse": lambda: fit("sigmoid", "mse"),
    "cubic": lambda: fit("cubic"),
    "relu": lambda: fit("relu-network"),
    "dead unit": lambda: fit("relu-network", start={"W1": -1, "b1": -0.5, "W2": 0.7, "b2": 0.2}),
    "tanh": lambda: fit("tanh-network", steps=20_000, learning_rate=5e-3),
    "standard units": _flats,
    "diverging": lambda: fit(learning_rate=0.125),
    "diverging at once": lambda: fit("cubic", learning_rate=0.005),
    "one step": lambda: fit(steps=1),
}


@pytest.fixture(scope="module", params=RUNS, name="run")
def _run(request: pytest.FixtureRequest) -> tuple[Trajectory, dict[str, Any]]:
    trajectory = RUNS[request.param]()
    return trajectory, run_data(trajectory)


def _window(trajectory: Trajectory) -> Window:
    return landscape_window(trajectory, Plane.shown(trajectory.model.parameters))


def test_it_is_json_of_a_bearable_size(run: tuple[Trajectory, dict[str, Any]]) -> None:
    text = json.dumps(run[1], allow_nan=False)
    assert len(text) < 500_000
    assert json.loads(text) == run[1]


def test_records_are_those_of_the_run(run: tuple[Trajectory, dict[str, Any]]) -> None:
    trajectory, data = run
    at = np.searchsorted(trajectory.steps, data["steps"])
    assert trajectory.steps[at].tolist() == data["steps"]
    assert data["steps"][0] == 0
    assert data["steps"][-1] == trajectory.total_steps
    params = np.array(data["standard_params"] or data["params"])
    np.testing.assert_allclose(params, trajectory.params[at], rtol=ROUNDED)
    np.testing.assert_allclose(data["learning_rate"], trajectory.learning_rate[at], rtol=ROUNDED)
    for k in (0, len(at) // 2, len(at) - 1):
        there = gradient(trajectory.model, trajectory.loss_function, trajectory.params[at[k]], trajectory.data)
        np.testing.assert_allclose(data["gradient"][k], there, rtol=ROUNDED, atol=1e-15)


def test_losses_and_curves_are_those_of_the_parameters_beside_them(run: tuple[Trajectory, dict[str, Any]]) -> None:
    trajectory, data = run
    unit = trajectory.loss_in_file_units(1.0)
    for k in (0, len(data["steps"]) // 3, len(data["steps"]) - 1):
        exact = trajectory.params[np.searchsorted(trajectory.steps, data["steps"][k])]
        loss = mean_loss(trajectory.model, trajectory.loss_function, exact, trajectory.data)
        assert data["loss"][k] == pytest.approx(float(loss) * unit, rel=ROUNDED)
        in_file = trajectory.params_in_file_units(exact)
        np.testing.assert_allclose(data["params"][k], in_file, rtol=ROUNDED)
        curve = trajectory.file_model.predict(in_file, np.array(data["curve"]["x"]))
        # Relative to the largest: where a curve crosses 0, places rounded to 7 digits show.
        np.testing.assert_allclose(data["curve"]["y"][k], curve, rtol=ROUNDED, atol=1e-6 * np.abs(curve).max())
        if data["predictions"] is not None:
            predicted = trajectory.file_model.predict(in_file, trajectory.file_data.x)
            np.testing.assert_allclose(data["predictions"][k], predicted, rtol=ROUNDED, atol=1e-12)


def test_grids_are_the_loss_over_the_last_two_parameters(run: tuple[Trajectory, dict[str, Any]]) -> None:
    trajectory, data = run
    shown, unit = data["landscape"], trajectory.loss_in_file_units(1.0)
    at = np.searchsorted(trajectory.steps, data["steps"])
    assert shown["parameters"] == list(trajectory.model.parameters[-2:])
    assert len(shown["records"]) == len(shown["losses"]) <= SLICES
    for record, grid in zip(shown["records"], shown["losses"], strict=True):
        others = trajectory.params[at[record]][:-2]
        for row, column in ((0, 0), (5, 20), (len(grid) - 1, 3)):
            params = np.array([*others, shown["first"][column], shown["second"][row]])
            loss = mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data)
            assert grid[row][column] == pytest.approx(float(loss) * unit, rel=SEEN)
    np.testing.assert_allclose(shown["path"], trajectory.params[at][:, -2:], rtol=ROUNDED)


def test_window_and_ceiling_are_the_films(run: tuple[Trajectory, dict[str, Any]]) -> None:
    trajectory, shown = run[0], run[1]["landscape"]
    window = _window(trajectory)
    for axis, (low, high) in zip((shown["first"], shown["second"]), window.ranges, strict=True):
        np.testing.assert_allclose([axis[0], axis[-1]], [low, high], rtol=ROUNDED)
        assert low < high
    assert shown["one_scale"] == window.one_scale
    assert shown["levels"][-1] == pytest.approx(trajectory.loss_in_file_units(window.ceiling), rel=SEEN)
    start = trajectory.params[0][-2:]
    assert window.contains(start)
    assert not np.isin(start, window.ranges).any()


def test_arrows_point_along_minus_the_gradient(run: tuple[Trajectory, dict[str, Any]]) -> None:
    trajectory, data = run
    sides = np.ptp(_window(trajectory).ranges, axis=1)
    steepest = np.linalg.norm(trajectory.gradient[0][-2:])
    for arrow, slope in zip(data["landscape"]["arrow"], np.array(data["gradient"]), strict=True):
        if arrow is None:
            assert not np.linalg.norm(slope[-2:]) > 1.01 * SIGNIFICANT * steepest
            continue
        along = -slope[-2:] / np.linalg.norm(slope[-2:])
        np.testing.assert_allclose(np.array(arrow) / np.linalg.norm(arrow), along, atol=1e-6)
        assert 0.069 < np.linalg.norm(arrow / sides) < 0.171


def test_the_point_goes_where_the_arrow_points() -> None:
    for trajectory in (fit(), _flats()):
        data = run_data(trajectory)
        path = np.array(data["landscape"]["path"])
        for k in range(5):
            step, arrow = path[k + 1] - path[k], np.array(data["landscape"]["arrow"][k])
            # The path is rounded to 7 digits, its steps to fewer.
            assert step @ arrow == pytest.approx(np.linalg.norm(step) * np.linalg.norm(arrow), rel=1e-6)


def test_in_standard_units_the_files_are_shown_and_the_difference_is_told() -> None:
    trajectory = _flats()
    data = run_data(trajectory)
    # Computed anew from the file's numbers alone.
    losses = mean_loss(Linear(), SquaredError(), np.array(data["params"]), trajectory.file_data)
    np.testing.assert_allclose(data["loss"], losses, rtol=1e-5)
    np.testing.assert_allclose(data["data"]["y"], trajectory.file_data.y, rtol=ROUNDED)
    assert data["landscape"]["standard"]
    assert any("standard units: (area − 160" in note for note in data["notes"])
    assert run_data(fit())["standard_params"] is None


def test_records_are_thinned_by_step_on_a_log_scale() -> None:
    steps = fit("tanh-network", steps=20_000).steps
    chosen = chosen_records(steps)
    assert len(chosen) <= RECORDS < len(steps)
    # The first steps are the longest.
    assert chosen[:16].tolist() == list(range(16))
    assert chosen[-1] == len(steps) - 1
    assert (np.diff(chosen) > 0).all()
    # No gap of more than a twentieth of the axis.
    assert np.diff(np.log10(1.0 + steps[chosen[16:]])).max() < np.log10(20_000) / 20
    assert chosen_records(steps[:RECORDS]).tolist() == list(range(RECORDS))


def test_the_loss_has_the_axis_of_the_films(run: tuple[Trajectory, dict[str, Any]]) -> None:
    trajectory, data = run
    losses = np.array(data["loss"])
    assert (
        data["loss_axis"]["log"] == (losses.max() > 30 * losses[0]) == (trajectory.stop_reason is StopReason.DIVERGED)
    )
    low, high = data["loss_axis"]["range"]
    shown = np.log10(losses) if data["loss_axis"]["log"] else losses
    assert (low <= shown).all()
    assert (shown < high).all()


@pytest.mark.parametrize("names", [("W1", "W2"), ("b2", "b1"), ("W2", "b2")])
def test_any_plane_can_be_shown(names: tuple[str, str]) -> None:
    trajectory = fit("tanh-network", steps=300, learning_rate=5e-3)
    plane = Plane.of(trajectory.model.parameters, names)
    shown = contours(trajectory, np.arange(0, 301, 30), plane)
    assert shown["parameters"] == list(names)
    assert sorted([*names, *shown["others"]]) == sorted(trajectory.model.parameters)
    for record, grid in zip(shown["records"], shown["losses"], strict=True):
        there = np.array([shown["first"][20], shown["second"][5]])
        loss = trajectory.loss_at(plane.through(trajectory.params[30 * record], there))
        assert grid[5][20] == pytest.approx(float(loss), rel=SEEN)
        place = shown["path"][record]
        np.testing.assert_allclose(place, plane.on(trajectory.params[30 * record]), rtol=ROUNDED)
        down = trajectory.gradient_at(trajectory.params[30 * record]) @ plane.directions.T
        assert np.array(shown["arrow"][record]) @ down < 0


def test_slices_are_denser_where_the_other_parameters_move() -> None:
    still = np.zeros((100, 2))
    moving = np.column_stack([np.linspace(0, 3, 100), np.ones(100)])
    at = slice_records(np.vstack([still, moving]))
    assert (at[0], at[-1]) == (0, 199)
    assert len(at) <= SLICES
    assert (at >= 100).sum() > 1.5 * (at < 100).sum()


def test_what_is_not_finite_is_none() -> None:
    run = fit(learning_rate=0.125)
    broken = replace(
        run,
        loss=np.append(run.loss[:-1], np.inf),
        gradient=np.vstack([run.gradient[:-1], [np.nan, -np.inf]]),
    )
    data = run_data(broken)
    json.dumps(data, allow_nan=False)
    assert data["loss"][-1] is None
    assert data["gradient"][-1] == [None, None]
    assert data["landscape"]["arrow"][-1] is None
    assert data["diverged"]
    assert any("diverged" in note for note in data["notes"])


def test_a_run_that_grows_is_told_and_shown_as_a_diverging_one() -> None:
    grown, diverged = run_data(fit(learning_rate=0.125, steps=60)), run_data(fit(learning_rate=0.125))
    assert (grown["grows"], grown["diverged"], diverged["grows"]) == (True, False, True)
    assert any("grows" in note for note in grown["notes"])
    for part in ("first", "second", "levels"):
        assert grown["landscape"][part] == diverged["landscape"][part]
    assert grown["landscape"]["levels"][-1] == pytest.approx(1.3 * 3.2 * grown["loss"][0], rel=1e-3)
    assert not run_data(fit(steps=60))["grows"]


def test_many_rows_are_thinned_and_it_is_told() -> None:
    x = np.linspace(0, 10, 5000)
    data = run_data(fit(data=Dataset(x, 3 * x + np.sin(x)), steps=5))
    assert len(data["data"]["x"]) == len(data["data"]["y"]) == 400
    assert data["predictions"] is None
    assert "Shown are 400 of 5000 rows; the run used them all." in [n.replace("\u2009", "") for n in data["notes"]]


def test_several_descents_are_refused() -> None:
    run = fit(steps=3)
    several = replace(run, params=np.stack([run.params, run.params], axis=1))
    with pytest.raises(InputError, match="one descent"):
        run_data(several)
