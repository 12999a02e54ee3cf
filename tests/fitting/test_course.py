"""How a descent goes, on a loss of which every step is known: two axes, along each of which a rate multiplies."""

from dataclasses import replace

import numpy as np
import pytest

from fitting import Constant, Dataset, Linear, SquaredError, Staircase, StopReason, descend
from fitting.course import Course, Kind

LEAST = 1.0
"""Loss at the optimum, and variance of the targets."""

OPTIMUM = np.array([0.0, 5.0])


def run(rate, way, steps=200, width=3.0, schedule=None, noise=1.0, optimum=OPTIMUM):
    """A descent on J = width^2 W^2 + (b - b*)^2 + noise^2 from so far beside the optimum.

    A step multiplies W by 1 - 2 width^2 rate, and b - b* by 1 - 2 rate.
    """
    data = Dataset([-width, -width, width, width], noise * np.array([1.0, -1.0, 1.0, -1.0]) + optimum[1])
    return descend(Linear(), SquaredError(), data, optimum + way, schedule or Constant(rate), steps)


def judged(trajectory):
    return Course.of(trajectory, OPTIMUM)


def course(*arguments, **options):
    return Course.of(run(*arguments, **options), options.get("optimum", OPTIMUM))


def kind(*arguments, **options):
    return course(*arguments, **options).kind


def test_curvatures_are_those_of_the_hessian():
    found = course(0.05, (1.0, 3.0))
    assert (found.steep, found.flat) == pytest.approx((18.0, 2.0), rel=1e-12)
    assert found.product == pytest.approx(0.9, rel=1e-12)


@pytest.mark.parametrize(
    ("factor", "fall", "overshoots"),
    [(0.0299, 1, False), (-0.0299, 1, True), (0.0301, 2, False), (-0.0301, 2, True), (0.5, 6, False), (-0.5, 6, True)],
)
def test_the_wall_ends_where_3_percent_of_the_distance_are_left(factor, fall, overshoots):
    found = course((1 - factor) / 18, (1.0, 3.0))
    assert (found.fall, found.overshoots, found.kind) == (fall, overshoots, Kind.VALLEY)


def test_where_the_wall_does_not_end_the_fall_is_the_whole_run():
    assert course(0.001, (1.0, 3.0), steps=7).fall == 7


def test_the_fall_is_counted_in_steps_and_not_in_records():
    whole = run(0.001, (1.0, 3.0), 1000)
    names = ("steps", "params", "loss", "gradient", "learning_rate")
    thinned = replace(whole, **{name: getattr(whole, name)[::50] for name in names})
    # 0.982^k <= 0.03 from k = 194 on.
    assert judged(whole).fall == 194
    found = judged(thinned)
    assert (found.fall, found.lowest) == (200, 1000)


@pytest.mark.parametrize(("width", "what"), [(1.0, Kind.BOWL), (1.999, Kind.BOWL), (2.001, Kind.VALLEY)])
def test_a_valley_is_more_than_four_times_as_steep_as_its_floor(width, what):
    assert kind(0.1, (1.0, 3.0), width=width) is what


@pytest.mark.parametrize(
    ("start", "what"),
    [((1.0, 9.9), Kind.VALLEY), ((1.0, 10.1), Kind.OTHER), ((9.9, 1.0), Kind.VALLEY), ((10.1, 1.0), Kind.OTHER)],
)
def test_wall_and_floor_are_a_tenth_of_the_way_each(start, what):
    # A step takes nearly all of the wall, so that what is left is along the floor.
    assert kind(0.99 / 18, start) is what


def test_no_floor_is_left_behind_a_wall_that_takes_longer():
    # -0.98 across and 0.78 along: at the foot of the wall the floor has been walked.
    assert kind(0.11, (1.0, 3.0), steps=2000) is Kind.OTHER
    # 0.8 both ways: whichever distance is longer stays it.
    assert kind(0.1, (1.0, 1.1), steps=100) is Kind.VALLEY
    assert kind(0.1, (1.0, 0.9), steps=100) is Kind.OTHER
    # -0.818 across, 0.798 along: the shorter one from the 44th step on, where a thousandth of the way is left.
    assert kind(0.101, (1.0, 3.0), steps=100) is Kind.VALLEY


def test_a_wall_is_walked_down_on_one_side_or_from_side_to_side():
    # A first step across, -0.35, and then 0.324 on the side where it has come.
    mixed = Staircase(0.075, 0.0001, 2, 2)
    assert kind(0.0, (1.0, 3.0), schedule=mixed) is Kind.OTHER
    assert kind(mixed(0), (1.0, 3.0)) is kind(mixed(1), (1.0, 3.0)) is Kind.VALLEY


def test_a_run_that_grows_is_told_first():
    assert kind(0.12, (1.0, 3.0), steps=2000) is Kind.GROWS


def test_a_run_that_rises_before_it_falls_is_none_of_these():
    # Across -1.25 and then -0.126; along 0.75 and 0.875. One of them outweighs the other.
    found = course(0.0, (1.0, 9.0), schedule=Staircase(0.125, 0.0001, 2, 2), steps=100)
    rising = course(0.0, (3.0, 0.1), schedule=Staircase(0.125, 0.0001, 2, 2), steps=200)
    assert (found.falls, rising.falls, rising.kind) == (True, False, Kind.OTHER)


def test_a_rise_by_rounding_is_none():
    whole = run(0.05, (1.0, 3.0))
    for share, falls in ((0.5e-9, True), (2e-9, False)):
        losses = whole.loss.copy()
        losses[-1] = losses[-2] + share * losses[0]
        assert judged(replace(whole, loss=losses)).falls is falls


def test_constant_rates_are_told_from_others():
    assert course(0.05, (1.0, 3.0)).constant
    stairs = course(0.0, (1.0, 3.0), schedule=Staircase(0.05, 0.01, 4, 100))
    assert not stairs.constant
    assert stairs.product == pytest.approx(0.05 * 18)


def test_a_start_at_the_optimum_can_only_end_there():
    found = course(0.05, (0.0, 0.0), steps=5)
    assert (found.kind, found.began) == (Kind.THERE, True)
    # A billionth of the loss is rounding; 4e-9 of it are not.
    assert course(0.05, (0.0, 2e-5), steps=50).began
    assert not course(0.05, (0.0, 6e-5), steps=50).began


def test_of_data_on_a_line_errors_in_the_twelfth_digit_are_none():
    on_a_line = {"noise": 0.0, "optimum": np.array([0.0, 1e6]), "steps": 50}
    assert course(0.05, (0.0, 0.9e-6), **on_a_line).began
    assert not course(0.05, (0.0, 1.1e-6), **on_a_line).began


def test_what_is_left_is_a_share_of_the_distance_at_the_start():
    found = course(0.05, (1.0, 3.0), steps=20)
    assert found.left == pytest.approx(np.hypot(0.1**20, 3 * 0.9**20) / np.hypot(1, 3), rel=1e-9)


def test_the_lowest_record_of_a_run_that_rises_is_the_one_before():
    # -1.01 across and 0.777 along: the wall's rise outweighs the floor's fall at some step.
    found = course(0.1117, (0.3, 3.0), steps=60)
    losses = run(0.1117, (0.3, 3.0), steps=60).loss
    assert 0 < found.lowest < 60
    assert losses[found.lowest] == losses.min()


@pytest.mark.parametrize(("start", "near"), [((0.01, 0.1), 1e-3 * (9e-4 + 0.01)), ((10.0, 30.0), 1e-3 * LEAST)])
def test_a_run_arrives_at_a_thousandth_of_the_gain_or_of_the_targets_variance(start, near):
    # What is left of the loss is b^2 (0.9)^2k; of W nothing.
    arrives = int(np.ceil(np.log(near / start[1] ** 2) / np.log(0.81)))
    assert kind(0.05, start, steps=arrives - 1) is Kind.SHORT
    assert kind(0.05, start, steps=arrives) is not Kind.SHORT


def test_rounding_of_the_loss_does_not_keep_a_run_from_arriving():
    whole = run(0.05, (1.0, 3.0))
    for share, what in ((0.5e-9, Kind.VALLEY), (2e-9, Kind.SHORT)):
        losses = np.maximum(whole.loss, (LEAST + 1e-3) * (1 + share))
        assert judged(replace(whole, loss=losses)).kind is what


def test_of_equal_targets_the_gain_alone_counts():
    data = Dataset([-3.0, -3.0, 3.0, 3.0], np.full(4, 0.1) + np.array([0.0, 1e-16, 0.0, 1e-16]))
    trajectory = descend(Linear(), SquaredError(), data, (1.0, 3.0), Constant(0.05), 60)
    assert Course.of(trajectory, np.array([0.0, 0.1])).kind is Kind.VALLEY


@pytest.mark.parametrize(
    ("rate", "start"), [(0.01, (0.0, 3.0)), (0.05, (0.0, 3.0)), (0.11, (1.0, 0.0)), (0.108, (2.0, 0.0))]
)
def test_steps_ahead_are_those_after_which_the_run_arrives(rate, start):
    taken, near = 5, 1e-3 * LEAST
    found = course(rate, start, steps=taken)
    assert found.kind is Kind.SHORT
    assert found.ahead > 10
    ahead = int(found.ahead)
    assert run(rate, start, steps=taken + ahead).final_loss - LEAST <= near * (1 + 1e-9)
    assert run(rate, start, steps=taken + ahead - 1).final_loss - LEAST > near


def test_the_direction_that_shrinks_least_decides_what_is_ahead():
    slow_floor, slow_wall = course(0.05, (1.0, 3.0), steps=5), course(0.11, (1.0, 3.0), steps=5)
    rest = [run(rate, (1.0, 3.0), steps=5).final_loss - LEAST for rate in (0.05, 0.11)]
    assert slow_floor.ahead == np.ceil(np.log(1e-3 / rest[0]) / (2 * np.log(0.9)))
    assert slow_wall.ahead == np.ceil(np.log(1e-3 / rest[1]) / (2 * np.log(0.98)))


def test_of_a_run_that_would_not_arrive_no_number_of_steps_is_ahead():
    assert course(0.1, (1.0, 3.0), steps=2).ahead < np.inf
    # At 2 / curvature it jumps from wall to wall; above it away from the floor.
    assert course(2 / 18, (1.0, 3.0), steps=2).ahead == np.inf
    assert course(0.12, (1.0, 3.0), steps=2).ahead == np.inf
    stuck = run(1e-30, (1.0, 3.0))
    assert stuck.stop_reason is StopReason.PARAMETERS_FIXED
    assert judged(stuck).ahead == np.inf


def test_only_directions_with_a_way_left_decide_what_is_ahead():
    # The start has the best W, whose curvature of 18 the rate would not allow.
    ahead = course(0.12, (0.0, 3.0), steps=2).ahead
    assert 0 < ahead < np.inf
    assert course(0.12, (0.0, 3.0), steps=2 + int(ahead)).ahead == 0.0
    # Of a rate so far above the bound rounding would be seen before.
    assert course(0.9, (0.0, 3.0), steps=1).ahead == np.inf


def test_of_a_run_that_has_arrived_nothing_is_ahead():
    assert course(0.05, (1.0, 3.0), steps=60).ahead == 0.0


def test_of_a_tiny_rate_the_steps_ahead_have_their_digits():
    rate = 1e-10
    rest = run(rate, (0.0, 3.0), steps=1).final_loss - LEAST
    # 1 - 2e-10 would keep six digits.
    assert course(rate, (0.0, 3.0), steps=1).ahead == pytest.approx(
        np.log(1e-3 / rest) / (2 * np.log1p(-2 * rate)), rel=1e-9
    )
