"""What rounding leaves of a zero is told from small numbers by what predictions are made of."""

from __future__ import annotations

import numpy as np
import pytest

from fitting import Dataset, fit
from scenes.kit.subject.rounding import SHARE, nothing


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e9])
def test_a_parameter_is_nothing_where_its_share_of_every_prediction_is(scale: float) -> None:
    x = scale * np.arange(1.0, 5.0)
    run = fit(data=Dataset(x, 3e6 * x), start={"W": 0.0, "b": 0.0}, learning_rate=1e-9, steps=1)
    zero = nothing(run)
    y = float(run.data.y.max())
    assert zero.params == pytest.approx([SHARE * y / run.data.x.max(), SHARE * y])
    assert zero.slopes == pytest.approx([SHARE * 2 * y * run.data.x.max(), SHARE * 2 * y])
    assert zero.loss == pytest.approx((SHARE * y) ** 2)


def test_equal_targets_are_measured_by_the_start() -> None:
    run = fit(data=Dataset([1, 2, 3], [5, 5, 5]))
    zero = nothing(run)
    assert (zero.params > 0).all()
    assert (np.abs(run.params[:, 0]) <= zero.params[0]).all()
