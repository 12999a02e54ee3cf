"""Standard units: mean 0 and standard deviation 1, of columns of any size; and the way back."""

from dataclasses import replace

import numpy as np
import pytest

from fitting import Dataset, Standardization

SHAPE = np.array([1.0, 2.0, 4.0, 9.0])
"""Mean 4, variance (9 + 4 + 0 + 25) / 4."""


@pytest.mark.parametrize("size", [1e-300, 1e-5, 1.0, 1e160, 4e306])
@pytest.mark.parametrize("moved", [0.0, -40.0])
def test_columns_of_any_size_get_mean_0_and_deviation_1(size, moved):
    data = Dataset(size * (SHAPE + moved), -size * (SHAPE + moved))
    units = Standardization.of(data)
    assert units.x_mean == pytest.approx(size * (4 + moved), rel=1e-14)
    assert units.x_scale == units.y_scale == pytest.approx(size * np.sqrt(9.5), rel=1e-13)
    standard = units.apply(data)
    for column in (standard.x, standard.y):
        # Of values some ten deviations away from 0 rounding is some 1e-15.
        assert column.mean() == pytest.approx(0.0, abs=1e-13)
        assert column.std() == pytest.approx(1.0, rel=1e-13)


def test_the_way_back_gives_the_data_and_keeps_their_names():
    data = Dataset(SHAPE, 3 - SHAPE**2, "area", "price")
    units = Standardization.of(data)
    back = units.restore(units.apply(data))
    np.testing.assert_allclose([back.x, back.y], [data.x, data.y], rtol=1e-14)
    assert (back.x_name, back.y_name) == ("area", "price")


def test_columns_that_may_not_be_moved_are_scaled_alone():
    data = Dataset(SHAPE, 2 * SHAPE)
    both, x_stays, y_stays = (Standardization.of(data, *moves) for moves in ((), (False, True), (True, False)))
    assert x_stays == replace(both, x_mean=0.0)
    assert y_stays == replace(both, y_mean=0.0)


@pytest.mark.parametrize("level", [0.0, 0.1, -7e5, 1e300])
def test_equal_targets_are_not_scaled(level):
    # The mean of three times 0.1 is not 0.1: their deviation is rounding.
    units = Standardization.of(Dataset([1.0, 2.0, 3.0], [level] * 3))
    assert (units.y_mean, units.y_scale) == (pytest.approx(level, rel=1e-15), 1.0)


def test_a_spread_above_rounding_is_one():
    # Deviations of 1e-13 and 1e-15 of the values, in numbers that float64 tells apart.
    for spread, scaled in ((2.0**-42, True), (2.0**-51, False)):
        units = Standardization.of(Dataset([1.0, 2.0], [1.0 - spread, 1.0]))
        assert (units.y_scale != 1.0) is scaled


def test_the_files_own_units_leave_the_data_as_they_are():
    data, own = Dataset(SHAPE, SHAPE), Standardization.identity()
    assert own == Standardization(0.0, 1.0, 0.0, 1.0)
    assert own.is_identity
    assert own.apply(data) is data
    assert own.restore(data) is data
    for k in range(4):
        numbers = [0.0, 1.0, 0.0, 1.0]
        numbers[k] = 2.0
        assert not Standardization(*numbers).is_identity
