"""What is shown of a run's parameters: windows, slices, nudges, ranges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fitting import Dataset, fit, gradient, least_squares, mean_loss
from fitting.plane import Plane
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.ranges import in_descent_units, in_file_units, left_out, shown_ranges
from scenes.kit.subject.window import Window, landscape_window, loss_axis, nudges, slice_span, told_apart

_X = np.arange(1.0, 11.0)
LARGE = Dataset(20 * _X + 100, 5000 * _X + 1000 * np.sin(_X))
"""In units of its own the descent stands far from the file's."""

WB = Plane.shown("Wb")

GROWING = {"learning_rate": 0.125, "steps": 60}


def test_a_probe_has_its_own_copy_of_the_parameters() -> None:
    start = [1.0, 2.0]
    probe = Probe(np.array(start))
    probe.params[0] = 5.0
    assert start == [1.0, 2.0]
    assert probe.params.dtype == np.float64


def test_a_window_has_its_edges_inside() -> None:
    window = Window((-1.0, 2.0), (0.0, 5.0), 3.0)
    inside = [(-1, 0), (2, 5), (0, 1)]
    outside = [(-1.1, 1), (2.1, 1), (0, -0.1), (0, 5.1)]
    assert window.contains(np.array(inside, dtype=float)).all()
    assert not window.contains(np.array(outside, dtype=float)).any()


def test_ranges_of_a_run_in_the_files_units_are_its_own() -> None:
    run = fit()
    assert run.units.is_identity
    assert in_descent_units(run, {"W": (1.0, 2.0)}) == {"W": (1.0, 2.0)}
    assert in_file_units(run, np.array([1.5, 2.5]), 1) == 2.5


@pytest.mark.parametrize("grows", [False, True])
def test_ranges_go_to_the_descents_units_and_back(grows: bool) -> None:
    run = fit(data=LARGE)
    if grows:
        run = replace(run, params=run.params[::-1], loss=run.loss[::-1])
    assert run.grows == grows
    assert not run.units.is_identity
    ends = run.params[0] if run.grows else run.final_params
    around = run.params_in_file_units(ends)
    for k, name in enumerate("Wb"):
        asked = float(around[k]) - 3.0, float(around[k]) + 2.0
        low, high = in_descent_units(run, {name: asked})[name]
        assert low < ends[k] < high
        for place, value in zip((low, high), asked, strict=True):
            params = ends.copy()
            params[k] = place
            assert in_file_units(run, params, k) == pytest.approx(value)
            # Another parameter is taken from where the run ends, whatever it is here.
            params[1 - k] += 1.0
            assert in_file_units(run, params, k) == pytest.approx(value)


def test_what_a_range_leaves_out_is_named_with_what_it_must_hold() -> None:
    run = fit()
    start, end = run.params[0], run.final_params
    holds = {"W": (float(start[0]), float(end[0]))}
    assert list(left_out(run, holds)) == [], "its edges are inside"
    (said,) = left_out(run, {"W": (float(start[0]) + 1e-6, 5.0), "b": (-10.0, 10.0)})
    assert said.startswith("W from ")
    assert "leaves out the start of the descent: it must hold 0.2 to 2.9393" in said
    (said,) = left_out(run, {"b": (5.0, 6.0)})
    assert "leaves out the start and the end of the descent" in said
    growing = fit(**GROWING)
    (said,) = left_out(growing, {"W": (1.0, 2.0)})
    assert said.endswith("the start of the descent: it must hold 0.2"), "a run that grows has no end to be shown"


@pytest.mark.parametrize("options", [{}, GROWING, {"data": LARGE}, {"start": {"W": 0.0, "b": 0.0}, **GROWING}])
def test_shown_ranges_are_round_and_hold_the_run_with_air(options: dict[str, object]) -> None:
    run = fit(**options)  # type: ignore[arg-type]
    found = shown_ranges(run)
    assert list(found) == ["W", "b"]
    assert list(left_out(run, found)) == []
    for k, (low, high) in enumerate(found.values()):
        ends = [in_file_units(run, params, k) for params in (run.params[0], run.params[0 if run.grows else -1])]
        span = max(ends) - min(ends)
        air = 0.5 * span or 0.5 * abs(ends[0]) or 1.0
        unit = 10.0 ** np.floor(np.log10(air))
        assert min(ends) - air - unit <= low <= min(ends) - air
        assert max(ends) + air <= high <= max(ends) + air + unit
        assert [round(end / unit) * unit for end in (low, high)] == pytest.approx([low, high])


@pytest.mark.parametrize("data", [None, Dataset(10 * _X, 30 * _X + 13)])
def test_a_landscapes_window_holds_descent_and_optimum_with_air(data: Dataset | None) -> None:
    run = fit(data=data, learning_rate=1e-4, steps=50) if data else fit()
    best = least_squares(run.model, run.data)
    window = landscape_window(run, WB)
    assert window.ceiling == pytest.approx(1.3 * run.loss[0])
    assert window.contains(np.vstack([run.params, best])).all()
    low, high = np.vstack([run.params, best]).min(axis=0), np.vstack([run.params, best]).max(axis=0)
    for (first, last), start, end in zip((window.first, window.second), low, high, strict=True):
        assert (first + last) / 2 == pytest.approx((start + end) / 2)
    half = (high - low) / 2
    assert half.max() < 6 * half.min()
    widths = np.array([np.ptp(window.first), np.ptp(window.second)]) / 2
    grown = half + 0.55 * half.min()
    # On one scale: neither side shorter than 0.62 of the other.
    assert widths == pytest.approx(np.maximum(grown, 0.62 * grown.max()))


def test_of_a_run_that_grows_the_window_holds_the_steps_until_four_times_its_loss() -> None:
    run = fit(**GROWING)
    window = landscape_window(run, WB)
    assert window.ceiling == pytest.approx(1.3 * 3.2 * run.loss[0])
    assert window.contains(run.params[run.loss <= window.ceiling]).all()
    assert not window.contains(run.params).all()


def test_where_one_parameter_hardly_moves_it_is_shown_as_far_as_doubles_the_loss() -> None:
    run = fit(data=Dataset(100 * _X, 300 * _X + 1.2), learning_rate=1e-6, steps=20)
    assert run.units.is_identity
    best = least_squares(run.model, run.data)
    points = np.vstack([run.params, best])
    half = np.ptp(points, axis=0) / 2
    assert half.max() >= 6 * half.min()
    slopes = run.model.jacobian(run.params[0], run.data.x)
    reach = np.sqrt(run.loss[0] / (slopes**2).mean(axis=0))
    window = landscape_window(run, WB)
    widths = np.array([np.ptp(window.first), np.ptp(window.second)]) / 2
    assert widths == pytest.approx(np.maximum(1.4 * half, 0.5 * reach))


def test_in_standard_units_both_parameters_have_one_scale() -> None:
    run = fit(data=LARGE, start={"W": 240.0, "b": -20_000.0})
    best = least_squares(run.model, run.data)
    points = np.vstack([run.params[run.loss <= 1.3 * run.loss[0]], best])
    half = np.ptp(points, axis=0) / 2
    window = landscape_window(run, WB)
    widths = np.array([np.ptp(window.first), np.ptp(window.second)]) / 2
    if half.max() >= 6 * half.min():
        assert widths == pytest.approx(np.maximum(1.4 * half, half.max()))


def test_a_window_that_is_asked_for_is_shown() -> None:
    run = fit()
    window = landscape_window(run, WB, {"b": (-7.0, 7.0)})
    assert window.second == (-7.0, 7.0)
    assert window.first == landscape_window(run, WB).first


def test_of_a_network_the_window_is_over_its_outer_parameters() -> None:
    run = fit("tanh-network", steps=2000, learning_rate=5e-3)
    window = landscape_window(run, Plane.shown(run.model.parameters))
    assert window.contains(run.params[:, 2:]).all()
    assert not window.contains(run.params[:, 2:] + 10.0).any()


@pytest.mark.parametrize("data", [LARGE, Dataset(_X, 2 * _X + 3)])
def test_of_a_start_that_is_the_best_the_window_can_be_read(data: Dataset) -> None:
    best = least_squares(fit(data=data, steps=1).model, data)
    run = fit(data=data, start=dict(zip("Wb", best, strict=True)), steps=1)
    window = landscape_window(run, WB)
    corner = np.array([window.first[1], window.second[1]])
    lifted = run.model.predict(corner, run.data.x) - run.model.predict(run.params[0], run.data.x)
    assert np.abs(lifted).max() > 0.05 * np.ptp(run.data.y)


def test_where_a_parameter_does_nothing_its_range_stays_near() -> None:
    run = fit("relu-network", start={"W1": -1, "b1": -0.5, "W2": 0.7, "b2": 0.2}, steps=500)
    window = landscape_window(run, Plane.shown(run.model.parameters))
    assert np.ptp(run.params[:, 2]) == 0
    assert 0.1 < np.ptp(window.first) < 100


@pytest.mark.parametrize(
    ("losses", "axis"),
    [
        ([4.0, 2.0, 1e-9], (False, (0.0, 4.32))),
        ([4.0, 120.0], (False, (0.0, 129.6))),
        ([4.0, 121.0, 2.0], (True, (0.0, 3.0))),
        ([4.0, 1e5, np.inf, np.nan], (True, (0.0, 6.0))),
        ([0.0, 0.0], (False, (0.0, 1.0))),
    ],
)
def test_a_loss_that_grows_by_powers_of_ten_has_a_logarithmic_axis(
    losses: list[float], axis: tuple[bool, tuple[float, float]]
) -> None:
    logarithmic, span = loss_axis(np.array(losses))
    assert logarithmic == axis[0]
    assert span == pytest.approx(axis[1])


def test_records_are_told_apart_on_a_log_clock() -> None:
    steps = np.arange(1001)
    kept = told_apart(steps, 0.05)
    assert kept[:8].tolist() == list(range(8))
    assert kept[-1] == 1000
    assert len(kept) <= 3 / 0.05 + 2
    assert np.diff(np.log10(1.0 + steps[kept[8:]])).max() < 2 * 0.05
    assert told_apart(steps[:1], 0.05).tolist() == [0]


def test_a_slice_holds_its_start_and_its_lowest_place_in_the_middle() -> None:
    run = fit()
    low, high = slice_span(run)
    start = run.params[0]
    middle = np.array([(low + high) / 2, start[1]])
    assert gradient(run.model, run.loss_function, middle, run.data)[0] == pytest.approx(0.0, abs=1e-9)
    assert (high - low) / 2 == pytest.approx(1.2 * abs(middle[0] - start[0]))
    assert mean_loss(run.model, run.loss_function, middle, run.data) < run.loss[0]


def test_a_slice_of_a_start_that_is_the_best_is_as_wide_as_turns_the_line() -> None:
    data = Dataset(_X, 2 * _X + 3)
    low, high = slice_span(fit(data=data, start={"W": 2.0, "b": 3.0}, learning_rate=0.01, steps=1))
    assert (low + high) / 2 == pytest.approx(2.0)
    assert (high - low) / 2 == pytest.approx(1.2 * 0.2 * 18 / 9)
    low, high = slice_span(
        fit(data=Dataset(_X, np.full(10, 5.0)), start={"W": 0.0, "b": 5.0}, learning_rate=0.01, steps=1)
    )
    assert (high - low) / 2 == pytest.approx(1.2 * 0.2 * 1 / 9), "of equal targets 1 is the range"


def test_over_a_slice_the_loss_is_never_flat() -> None:
    random = np.random.default_rng(4)
    for run in (
        fit(data=Dataset(_X - 5, (_X - 5) ** 2), steps=1),
        fit(data=Dataset(_X, random.normal(size=10)), steps=1),
    ):
        low, high = slice_span(run)
        ends = np.array([[at, run.params[0, 1]] for at in (low, (low + high) / 2, high)])
        losses = mean_loss(run.model, run.loss_function, ends, run.data)
        assert losses[[0, 2]] == pytest.approx(1.5 * losses[1])


@pytest.mark.parametrize(
    ("height", "expected"),
    # Of W: one more lifts the line by at most 10 where x goes to 10.
    [(10 / 0.9, (1.0, 1.0)), (50.0, (1.0, 1.0)), (130.0, (1.0, 10.0)), (1000.0, (10.0, 100.0)), (0.5, (0.01, 0.1))],
)
def test_nudges_can_be_seen_and_are_1_or_a_power_of_ten(height: float, expected: tuple[float, float]) -> None:
    data = Dataset(_X, np.linspace(0.0, height, 10))
    found = nudges(fit(data=data, start={"W": 0.0, "b": 0.0}, learning_rate=1e-9, steps=1))
    for size, slope in zip(found, (10.0, 1.0), strict=True):
        share = size * slope / height
        assert 0.05 < share <= 0.8
        assert np.log10(size) == pytest.approx(round(np.log10(size)))
