"""The runs that are known: the notes' digits, exact optima, plateaus, dead units."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from fitting import (
    AbsoluteError,
    Constant,
    Cubic,
    InputError,
    ReluNetwork,
    Sigmoid,
    SquaredError,
    StopReason,
    descend,
    fit,
    house_prices,
    least_squares,
    mean_loss,
)

DATA = house_prices()


def test_sigmoid_has_the_notes_digits_with_the_cross_entropy():
    trajectory = fit("sigmoid")
    assert trajectory.loss_function.name == "cross-entropy"
    np.testing.assert_allclose(trajectory.final_params, [1.1346469402126882, -4.6482628586296135], rtol=0, atol=1e-12)
    # Their "loss" is the squared error before the last update, whatever they descended.
    last = trajectory.final_params + trajectory.learning_rate[-1] * trajectory.gradient[-1]
    assert mean_loss(Sigmoid(), SquaredError(), last, DATA) == pytest.approx(0.014018127818400896, rel=1e-6)


def test_sigmoid_optima():
    squared = fit("sigmoid", "mse", start={"W": 0.2, "b": 0.28}, learning_rate=0.005)
    np.testing.assert_allclose(squared.final_params, [1.15635958, -4.72300276], atol=2e-6)
    assert squared.final_loss == pytest.approx(0.012054050, rel=1e-6)
    entropy = fit("sigmoid", learning_rate=0.01, steps=60_000)
    np.testing.assert_allclose(entropy.final_params, [1.13474082, -4.64858595], atol=1e-7)
    assert float(mean_loss(Sigmoid(), SquaredError(), entropy.final_params, DATA)) == pytest.approx(
        0.014001066, rel=1e-6
    )


def test_a_start_on_the_plateau_stays_there():
    stuck = fit("sigmoid", "mse", start={"W": 5.0, "b": 20.0}, learning_rate=0.005)
    assert stuck.final_loss == pytest.approx(266.31, abs=1e-3)
    np.testing.assert_allclose(stuck.final_params, [5.0, 20.0], atol=1e-6)


def test_cubic_optimum_and_the_end_of_stability():
    best = least_squares(Cubic(), DATA)
    np.testing.assert_allclose(best, [0.14108787, 0.52280335], atol=5e-9)
    assert float(mean_loss(Cubic(), SquaredError(), best, DATA)) == pytest.approx(0.013792887, rel=1e-6)
    assert Cubic().predict(best, np.array([5.0]))[0] == pytest.approx(18.159, abs=1e-3)
    np.testing.assert_allclose(fit("cubic").final_params, best, atol=2e-4)
    assert fit("cubic", learning_rate=0.0008, steps=10_000).final_loss < 0.0138
    assert fit("cubic", learning_rate=0.00083, steps=10_000).stop_reason is StopReason.DIVERGED


def test_relu_network_is_a_line_while_its_unit_is_on():
    trajectory = fit("relu-network")
    assert trajectory.loss_function.name == "mae"
    assert trajectory.final_loss == pytest.approx(1.05, abs=1e-3)


def test_a_dead_unit_moves_its_outer_bias_alone():
    trajectory = fit("relu-network", start={"W1": -1.0, "b1": -0.5, "W2": 0.7, "b2": 0.2})
    assert np.ptp(trajectory.params[:, :3], axis=0).tolist() == [0.0, 0.0, 0.0]
    assert trajectory.params[-1, 3] != 0.2
    # A constant's best mean absolute error is that of a median: (4.5 + 9.5 - 0.7 - 1.5) / 4.
    assert trajectory.final_loss == pytest.approx(2.95, abs=5e-3)
    assert (trajectory.gradient[:, :3] == 0).all()


def test_tanh_network_nearly_meets_four_points():
    trajectory = fit("tanh-network")
    assert trajectory.total_steps == 2_000_000
    assert trajectory.final_loss < 0.01
    assert len(trajectory.steps) <= 4002


@pytest.mark.parametrize("name", ["linear", "sigmoid", "cubic", "relu-network", "tanh-network"])
def test_compiled_and_plain_loops_agree_for_every_model(name):
    runs = [
        descend(run.model, run.loss_function, DATA, run.params[0], Constant(1e-4), 300, compiled=compiled)
        for run in [fit(name, steps=1)]
        for compiled in (False, True)
    ]
    # The same operations; numba may contract or order sums differently.
    np.testing.assert_allclose(runs[0].params, runs[1].params, rtol=1e-12)


def test_loops_that_two_processes_compiled_stay_two_in_a_third(tmp_path):
    def walked(*models: str) -> list[list[float]]:
        code = (
            "import sys, json; from fitting import *; print(json.dumps([descend(MODELS[name], SquaredError(), "
            "house_prices(), (0.2, 0.8), Constant(1e-4), 50, compiled=True).final_params.tolist() "
            "for name in sys.argv[1:]]))"
        )
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
        command = [sys.executable, "-c", code, *models]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        return json.loads(done.stdout)

    alone = [*walked("linear"), *walked("cubic")]
    assert alone[0] != alone[1]
    assert walked("linear", "cubic") == alone


def test_a_run_of_the_houses_is_made_once_in_a_process():
    assert fit("linear", steps=50) is fit("linear", steps=50)
    assert fit("linear", steps=50) is not fit("linear", steps=51)
    assert fit("linear", steps=50, learning_rate=0.001).final_loss != fit("linear", steps=50).final_loss


def test_batches_see_every_house_once_an_epoch():
    run = fit("linear", steps=1)
    start = np.array([0.2, 0.8])
    found = descend(run.model, run.loss_function, DATA, start, Constant(0.01), 2, batch_size=2, seed=3)
    order = np.random.default_rng(3).permutation(4)
    params = start
    for some in (order[:2], order[2:]):
        residual = params[0] * DATA.x[some] + params[1] - DATA.y[some]
        params = params - 0.01 * np.array([np.mean(2 * residual * DATA.x[some]), np.mean(2 * residual)])
    np.testing.assert_allclose(found.params[-1], params, rtol=1e-13)
    again = descend(run.model, run.loss_function, DATA, start, Constant(0.01), 2, batch_size=2, seed=3)
    np.testing.assert_array_equal(found.params, again.params)
    whole = descend(run.model, run.loss_function, DATA, start, Constant(0.01), 2, batch_size=4)
    full = descend(run.model, run.loss_function, DATA, start, Constant(0.01), 2)
    np.testing.assert_allclose(whole.params, full.params, rtol=1e-13)


def test_one_after_other_uses_what_has_just_moved():
    run = fit("linear", steps=1, learning_rate=0.05, one_after_other=True)
    w, b = run.params[0]
    w_new = w - 0.05 * np.mean(2 * (w * DATA.x + b - DATA.y) * DATA.x)
    b_new = b - 0.05 * np.mean(2 * (w_new * DATA.x + b - DATA.y))
    np.testing.assert_allclose(run.params[1], [w_new, b_new], rtol=1e-13)
    together = fit("linear", steps=1, learning_rate=0.05)
    assert together.params[1, 0] == pytest.approx(w_new)
    assert abs(together.params[1, 1] - b_new) > 0.1


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"model": "linear", "constants": {"scale": 20.0}}, "has no constant 'scale'"),
        ({"model": "sigmoid", "constants": {"scal": 20.0}}, "did you mean 'scale'"),
        ({"model": "sigmoid", "constants": {"scale": -1.0}}, "scale must be positive"),
        ({"model": "sigmoid", "constants": {"scale": 5.0}}, "from 0 to its scale of 5"),
        ({"model": "linear", "batch_size": 5}, "batch size"),
        ({"model": "linear", "batch_size": 0}, "batch size"),
    ],
)
def test_constants_and_batches_out_of_range(options, part):
    with pytest.raises(InputError, match=part):
        fit(**options)


def test_constants_are_kept_with_the_run(tmp_path):
    from fitting import Trajectory

    run = fit("sigmoid", constants={"scale": 30.0}, steps=3)
    assert run.model.constants == run.loss_function.constants == {"scale": 30.0}
    run.save(tmp_path / "run.npz")
    assert Trajectory.load(tmp_path / "run.npz").model.constants == {"scale": 30.0}


def test_exact_fit_of_mae_stays():
    params = np.array([1.0, 0.0, 1.0, 0.0])
    data = type(DATA)([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    trajectory = descend(ReluNetwork(), AbsoluteError(), data, params, Constant(0.1), 5)
    assert trajectory.stop_reason is StopReason.PARAMETERS_FIXED
    np.testing.assert_array_equal(trajectory.final_params, params)
