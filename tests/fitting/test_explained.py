"""The share of the targets' variance that a fit explains: exact fractions, correlations, and what rounding leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fitting import Dataset, explained, fit, least_squares
from fitting.explained import rounding

_RANDOM = np.random.default_rng(3)
_TEN = np.arange(1.0, 11.0)


def of_the_best(data: Dataset) -> float | None:
    run = fit(data=data, steps=2)
    return explained(run, least_squares(run.model, run.data))


@pytest.mark.parametrize(
    ("x", "y", "share"),
    [
        ([1.0, 2.0, 3.0], [1.0, 2.0, 2.0], 0.75),
        (np.arange(1.0, 9.0), [1.0] * 7 + [50.0], 1 / 3),
        ([0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0], 0.0),
        ([-2.0, -1.0, 0.0, 1.0, 2.0], [4.0, 1.0, 0.0, 1.0, 4.0], 0.0),
        ([1.0, 3.0], [2.0, -1.0], 1.0),
        (_TEN, 2 * _TEN + 3, 1.0),
        (1e9 + _TEN, 1e12 + 3 * _TEN, 1.0),
        (_TEN, np.full(10, 0.1), None),
    ],
)
def test_shares_that_are_known(x: list[float], y: list[float], share: float | None) -> None:
    found = of_the_best(Dataset(x, y))
    if share in (None, 0.0, 1.0):
        assert found == share
    else:
        assert found == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
def test_of_a_best_line_it_is_the_squared_correlation_in_any_unit(size: float) -> None:
    x, y = _RANDOM.normal(size=40), _RANDOM.normal(size=40)
    y = 0.5 * x + y
    correlation = np.corrcoef(x, y)[0, 1]
    assert of_the_best(Dataset(size * x + 3 * size, y / size)) == pytest.approx(correlation**2, rel=1e-9)


def test_it_is_1_only_where_every_residual_is_rounding() -> None:
    """A millionth of a millionth of the spread beside the line is not rounding."""
    y = 2 * _TEN
    y[4] += 1e-10
    found = of_the_best(Dataset(_TEN, y))
    assert found is not None
    assert 1 - 1e-15 < found < 1


def test_it_is_below_0_where_the_mean_would_be_better_and_none_where_there_is_no_end() -> None:
    run = fit(steps=1)
    line = np.array([0.0, 100.0])
    share = explained(run, line)
    assert share == pytest.approx(1 - np.mean((100 - run.data.y) ** 2) / np.var(run.data.y))
    assert share is not None
    assert share < 0
    assert explained(run, np.array([1e200, 0.0])) is None


def test_it_is_of_squares_whatever_the_run_minimised() -> None:
    run, other = fit(steps=3), fit(steps=3, loss="mae")
    moved = replace(other, params=run.params)
    assert explained(moved, run.final_params) == explained(run, run.final_params)


def test_rounding_is_a_share_of_the_numbers_that_it_comes_from() -> None:
    near, far = (fit(data=Dataset(at + _TEN, _TEN), steps=1) for at in (0.0, 1e9))
    assert rounding(far, far.data.y) > 1e7 * rounding(near, near.data.y)
    best = least_squares(far.model, far.data)
    predictions = far.model.predict(best, far.data.x)
    assert np.abs(predictions - far.data.y).max() <= rounding(far, predictions)
