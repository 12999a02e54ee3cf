"""Why a run ended: what is said of it holds for the run."""

from dataclasses import replace

import numpy as np
import pytest

from fitting import MODELS, Dataset, StopReason, fit, hessian, least_squares, mean_loss, why_it_ended
from fitting.ending import idle_parameters

DEAD = {"W1": -1.0, "b1": -0.5, "W2": 0.7, "b2": 0.2}


def test_a_unit_that_is_off_for_all_data_is_named_with_what_can_still_learn():
    run = fit("relu-network", start=DEAD)
    inner = run.final_params[0] * run.data.x + run.final_params[1]
    assert run.stop_reason is StopReason.PARAMETERS_FIXED
    assert (inner < 0).all()
    said = why_it_ended(run)
    assert said.startswith("W1, b1 and W2 move no prediction of these 4 houses")
    assert said.endswith("only b2 can learn")


@pytest.mark.parametrize("start", [{"W": 5.0, "b": 20.0}, {"W": 50.0, "b": 200.0}, {"W": -40.0, "b": -10.0}])
def test_a_plateau_is_told_whether_steps_change_nothing_or_next_to_nothing(start):
    run = fit("sigmoid", "mse", start=start, steps=50)
    assert run.final_loss > 20
    assert why_it_ended(run).startswith("a plateau: no parameter moves any prediction")


def test_the_cross_entropy_has_no_plateau():
    run = fit("sigmoid", start={"W": 50.0, "b": 200.0}, steps=50)
    assert run.loss[1] < run.loss[0]
    assert why_it_ended(run) == ""


def test_a_step_that_rounding_swallows_is_not_called_a_minimum():
    run = fit("linear", learning_rate=1e-20)
    assert run.total_steps == 0
    assert "lost in rounding" in why_it_ended(run)
    # At a larger rate, as it says, the run goes on.
    assert fit("linear", learning_rate=1e-3, steps=5).total_steps == 5


@pytest.mark.parametrize("targets", [[2.0, 3.0, 5.0, 9.0], [3.0, 5.0, 7.0, 9.0], [5.0, 5.0, 5.0, 5.0]])
@pytest.mark.parametrize("rates", [{}, {"learning_rate": 1e-9}, {"learning_rate": 1e-30}])
def test_of_a_start_at_the_minimum_there_is_nothing_to_say(targets, rates):
    data = Dataset([1.0, 2.0, 3.0, 4.0], targets)
    best = dict(zip("Wb", least_squares(MODELS["linear"], data).tolist(), strict=True))
    assert why_it_ended(fit("linear", data=data, start=best, steps=50, **rates)) == ""


def test_what_fits_has_nothing_left_to_learn():
    level = Dataset([1.0, 2.0, 3.0, 4.0], [3.0, 3.0, 3.0, 3.0])
    assert why_it_ended(fit("linear", "mae", level, start={"W": 0.0, "b": 3.0}, learning_rate=0.1, steps=9)) == ""
    network = fit("relu-network", "mse", level)
    assert idle_parameters(network) == ("W1", "b1")
    assert why_it_ended(network) == ""


def test_an_end_on_a_kink_is_no_saddle():
    # Predictions just below 0, where the leaky output bends: differences of gradients across it are no curvature.
    run = fit("tanh-network", "mse", Dataset([0.0, 1.0, 2.0], [0.0, 0.0, 0.0]), steps=3000)
    assert run.stop_reason is StopReason.GRADIENT_SMALL
    assert why_it_ended(run) == ""


def test_a_valley_whose_floor_is_lost_in_rounding_is_told():
    years = Dataset([2011.0, 2012.0, 2013.0, 2014.0, 2015.0], [255.0, 349.0, 449.0, 554.0, 660.0])
    run = fit("cubic", "mse", years)
    assert run.stop_reason is StopReason.PARAMETERS_FIXED
    assert run.final_loss > 0.9
    assert "along the flattest it is too small" in why_it_ended(run)


def test_networks_on_large_targets_are_not_called_idle():
    data = Dataset([1.0, 2.0, 3.0, 4.0], [1e12, 3e12, 4e12, 9e12])
    run = fit("tanh-network", "mse", data, learning_rate=1e-15, steps=20)
    assert float(np.linalg.norm(run.gradient[-1])) > 1e10
    assert why_it_ended(run) == ""


def test_a_saddle_is_told():
    # In x -> -x the data are even, and so is a line through the origin's loss in W1 and W2 around 0.
    data = Dataset([-2.0, -1.0, 1.0, 2.0], [1.0, 2.0, 4.0, 5.0])
    run = fit("tanh-network", "mse", data, start={"W1": 1e-9, "b1": 0.0, "W2": 1e-9, "b2": 3.0}, learning_rate=0.1)
    assert run.final_loss < 0.9 * run.loss[0], "beside a saddle a run falls away from it"
    on_it = fit("tanh-network", "mse", data, start=dict.fromkeys(("W1", "b1", "W2"), 0.0) | {"b2": 3.0}, steps=9)
    assert on_it.loss[0] == on_it.final_loss
    assert "only b2 can learn" in why_it_ended(on_it)


def test_cancelling_signs_are_told_of_the_absolute_error():
    run = fit("relu-network")
    assert run.stop_reason is StopReason.PARAMETERS_FIXED
    assert np.linalg.norm(run.gradient[-1]) < 1e-12
    assert "signs of the residuals" in why_it_ended(run)


@pytest.mark.parametrize("model", ["linear", "cubic"])
def test_of_a_minimum_there_is_nothing_more_to_say(model):
    assert why_it_ended(fit(model, learning_rate=0.0004 if model == "cubic" else 0.05, steps=60_000)) == ""


def test_small_inputs_do_not_make_a_line_idle():
    data = Dataset([1e-9, 2e-9, 3e-9], [1.0, 2.0, 4.0])
    assert idle_parameters(fit("linear", data=data)) == ()


def test_a_line_that_would_leave_the_shares_is_told_so():
    data = Dataset([0.5, 1.0, 1.5, 2.0], [0.0, 0.0, 1.0, 1.0])
    run = fit("linear", "cross-entropy", data, constants={"scale": 1}, learning_rate=1.0, start={"W": 0.1, "b": 0.3})
    assert run.stop_reason is StopReason.DIVERGED
    assert "out of 0 to 1" in why_it_ended(run)
    ahead = run.final_params - run.gradient[-1]
    predictions = run.model.predict(ahead, data.x)
    assert predictions.min() < 0 or predictions.max() > 1
    # The gradient over all data would have stayed; that of a batch did not.
    rates = {"learning_rate": 0.05, "batch_size": 1}
    stochastic = fit("linear", "cross-entropy", data, constants={"scale": 1}, start={"W": 0.1, "b": 0.1}, **rates)
    ahead = stochastic.final_params - 0.05 * stochastic.gradient[-1]
    assert np.isfinite(mean_loss(stochastic.model, stochastic.loss_function, ahead, data))
    assert "out of 0 to 1" in why_it_ended(stochastic)


def ended_at(params, model="relu-network", targets=(1.0, 2.0, 3.0, 4.0)):
    """A run that has ended there."""
    data = Dataset([1.0, 2.0, 3.0, 4.0], targets)
    start = dict(zip(MODELS[model].parameters, params, strict=True))
    return fit(model, "mse", data, start=start, learning_rate=1e-30, steps=1)


@pytest.mark.parametrize(("inner", "idle"), [(-17.4, ("W",)), (-17.6, ("W", "b"))])
def test_a_parameter_is_idle_if_its_size_moves_no_prediction_by_a_millionth_of_the_range(inner, idle):
    # |b| 20 e^b is 1.1 and 0.9 millionths of 8.8; of W, whose size is 1, it is x e^b: a quarter of that at most.
    run = fit("sigmoid", "mse", start={"W": 0.0, "b": inner}, steps=1, learning_rate=1e-9)
    assert idle_parameters(run) == idle
    if len(idle) == 1:
        assert why_it_ended(run).startswith("W moves no prediction of these 4 houses")


@pytest.mark.parametrize("spread", [0.01, 1.0, 1000.0])
def test_weights_before_an_output_are_of_the_targets_size_or_1(spread):
    # What W2 is multiplied with: 1.1 or 0.9 millionths of the range, over W2's usual size.
    for share, idle in ((1.1e-6, ("W1", "b1")), (0.9e-6, ("W1", "b1", "W2"))):
        hidden = share * spread / max(spread, 1.0)
        run = ended_at((0.0, hidden, 0.0, 0.0), targets=np.array([0.0, 0.5, 0.5, 1.0]) * spread)
        assert idle_parameters(run) == idle


@pytest.mark.parametrize(("beside", "said"), [(2.9e-9, False), (3.1e-9, True)])
def test_residuals_of_a_billionth_of_the_targets_are_none(beside, said):
    run = ended_at((-1.0, -1.0, 0.5, 3.0 + beside), targets=(3.0, 3.0, 3.0, 3.0))
    assert ("only b2 can learn" in why_it_ended(run)) is said


@pytest.mark.parametrize(("beyond", "said"), [(0.7e-9, False), (1.4e-9, True)])
def test_a_gradient_that_promises_a_billionth_of_the_loss_leads_on(beyond, said):
    data = Dataset([-1.0, -1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0])
    # J = W^2 + b^2 + 1, least at 0.
    run = fit("linear", "mse", data, start={"W": 0.0, "b": beyond**0.5}, learning_rate=1e-30, steps=1)
    assert run.stop_reason is StopReason.PARAMETERS_FIXED
    assert ("a larger learning rate would go on" in why_it_ended(run)) is said


@pytest.mark.parametrize(("rate", "part"), [(0.04, "a larger learning rate would go on"), (0.06, "too small")])
def test_a_rate_of_a_tenth_of_what_the_steepest_direction_bears_is_not_made_larger(rate, part):
    data = Dataset([-1.0, -1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0])
    run = fit("linear", "mse", data, start={"W": 1.0, "b": 0.0}, learning_rate=rate, steps=1)
    # Both curvatures are 2.
    assert part in why_it_ended(replace(run, stop_reasons=(StopReason.PARAMETERS_FIXED,)))


@pytest.mark.parametrize(("bias", "saddle"), [(0.5, True), (-0.5, False)])
def test_a_saddle_falls_away_along_the_most_negative_curvature(bias, saddle):
    # Of even data a unit that is flat has no slope: by its bend it lies on a crest of the loss in W1, or in a valley.
    data = Dataset([-2.0, -1.0, 1.0, 2.0], [0.0, 3.0, 3.0, 0.0])
    start = {"W1": 0.0, "b1": bias, "W2": 1.0, "b2": 1.5 - np.tanh(bias)}
    run = fit("tanh-network", "mse", data, start=start, learning_rate=1e-3, steps=1)
    curvatures = np.linalg.eigvalsh(hessian(run.model, run.loss_function, run.final_params, data))
    assert (float(curvatures[0]) < -0.1) is saddle
    assert why_it_ended(run).startswith("a saddle") is saddle


@pytest.mark.parametrize(("share", "said"), [(0.7e-9, False), (1.4e-9, True)])
def test_of_a_loss_that_is_no_parabola_the_curvatures_promise(share, said):
    data = Dataset([-1.0, -1.0, 1.0, 1.0], [0.25, 0.75, 0.25, 0.75])
    # Least at shares of 1/2: 2 log 2, of curvature 8 in W and b.
    start = {"W": 0.0, "b": 0.5 + (share * 2 * np.log(2) / 4) ** 0.5}
    run = fit("linear", "cross-entropy", data, constants={"scale": 1.0}, start=start, learning_rate=1e-30, steps=1)
    assert ("a larger learning rate would go on" in why_it_ended(run)) is said
