"""What is written of the mean squared error is checked: every line, at points of a run."""

from __future__ import annotations

import numpy as np
import pytest

from fitting import Trajectory, fit, gradient, mean_loss
from fitting.derivation import Point
from scenes.kit.words.mean_squared_error import CUBIC, LINE, PowerCurve

RUNS = {"linear": LINE, "cubic": CUBIC}


@pytest.fixture(params=RUNS)
def found(request: pytest.FixtureRequest) -> tuple[PowerCurve, Trajectory]:
    return RUNS[request.param], fit(request.param)


@pytest.mark.parametrize("record", [0, 5, 500, -1])
def test_all_lines_are_what_the_model_and_its_gradient_are(found: tuple[PowerCurve, Trajectory], record: int) -> None:
    curve, run = found
    data, at = run.data, Point(run.params[record], run.data.x, run.data.y)
    predictions = run.model.predict(at.params, data.x)
    assert curve.prediction.wrong(at, predictions, 1e-12) == {}
    assert curve.residual.wrong(at, predictions - data.y, 1e-12) == {}
    assert curve.cost.wrong(at, mean_loss(run.model, run.loss_function, at.params, data), 1e-12) == {}
    tolerance = 1e-8 if curve is LINE else 1e-7
    for parameter in (0, 1):
        assert curve.effect(parameter).wrong(at, run.model.jacobian(at.params, data.x)[:, parameter], 1e-12) == {}
        # Differences are good to about 1e-10 of what is differentiated; residuals of the cubic weigh up to 64.
        exact = gradient(run.model, run.loss_function, at.params, data)[parameter]
        assert curve.slope(parameter).wrong(at, exact, tolerance) == {}
        assert curve.slope(parameter).wrong(at, at.difference(curve.cost.value, parameter), tolerance) == {}
        assert len(curve.slope(parameter).lines) == 4


def test_a_wrong_line_would_be_found() -> None:
    run = fit()
    at = Point(run.params[0], run.data.x, run.data.y)
    halved = float(np.mean(at.params[0] * at.x + at.params[1] - at.y))
    assert len(LINE.slope(1).wrong(at, halved)) == 4
