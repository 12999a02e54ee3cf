"""Gradients, Jacobians, Hessian and landscape, each against something that is computed in another way."""

from decimal import Decimal, localcontext
from itertools import product

import numpy as np
import pytest

from fitting import (
    LOSSES,
    MODELS,
    AbsoluteError,
    CrossEntropy,
    Dataset,
    Linear,
    ReluNetwork,
    Sigmoid,
    SquaredError,
    Standardization,
    TanhNetwork,
    chain_rule,
    fit,
    gradient,
    hessian,
    house_prices,
    landscape,
    mean_loss,
    objective,
)
from fitting.plane import Plane

PAIRS = list(product(MODELS.values(), LOSSES.values()))
NAMES = [f"{model.name}-{loss.name}" for model, loss in PAIRS]


NEAR = {
    "linear": np.array([2.1, 0.4]),
    "sigmoid": np.array([0.7, -2.0]),
    "cubic": np.array([0.12, 0.6]),
    "relu-network": np.array([1.3, -1.7, 1.5, 0.9]),
    "tanh-network": np.array([0.8, -2.3, 5.0, 6.0]),
}


def params_of(model, shape=()):
    return np.random.default_rng(7).normal(size=(*shape, len(model.parameters)))


@pytest.mark.parametrize(("model", "loss"), PAIRS, ids=NAMES)
def test_gradient_equals_central_differences(model, loss):
    # Parameters of predictions inside (0, 20), where the cross-entropy is defined, and away from kinks.
    data, params, h = house_prices(), NEAR[model.name], 1e-5
    differences = [
        (mean_loss(model, loss, params + shift, data) - mean_loss(model, loss, params - shift, data)) / (2 * h)
        for shift in h * np.eye(len(params))
    ]
    # Truncation is h^2 = 1e-10 of the third derivative, rounding 1e-16 * loss / h = 1e-10: both far below 1e-7.
    np.testing.assert_allclose(gradient(model, loss, params, data), differences, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_jacobian_equals_central_differences_and_broadcasts(model):
    x, params, h = np.array([-1.5, 0.3, 2.0]), params_of(model, (2, 5)), 1e-6
    jacobian = model.jacobian(params, x)
    assert model.predict(params, x).shape == (2, 5, 3)
    assert jacobian.shape == (2, 5, 3, params.shape[-1])
    for k, shift in enumerate(h * np.eye(params.shape[-1])):
        differences = (model.predict(params + shift, x) - model.predict(params - shift, x)) / (2 * h)
        # Rounding is 1e-16 * prediction / h = 1e-9.
        np.testing.assert_allclose(jacobian[..., k], differences, atol=1e-8)
    # Broadcasting must not change a bit: the same operations, element by element.
    np.testing.assert_array_equal(jacobian[1, 3], model.jacobian(params[1, 3], x))


def test_linear_gradient_by_hand():
    # W = 0, b = 0: residual = -y. dJ/dW = -2 mean(x y) = -2 * 55.2 / 4, dJ/db = -2 mean(y) = -2 * 16.2 / 4.
    found = gradient(Linear(), SquaredError(), np.zeros(2), house_prices())
    # Sums of four numbers: a few units in the last place.
    np.testing.assert_allclose(found, [-27.6, -8.1], rtol=1e-14)


def test_hessian_has_the_curvatures_of_the_facts():
    data = house_prices()
    matrix = hessian(Linear(), SquaredError(), np.array([0.2, 0.86]), data)
    design = np.stack([data.x, np.ones(4)], axis=-1)
    # The loss is quadratic, so only rounding of the gradient counts: 1e-15 / (2 * 6e-6) = 1e-10, times some 20.
    np.testing.assert_allclose(matrix, 2 / 4 * design.T @ design, atol=1e-7)
    # facts.md prints them to two and three digits.
    np.testing.assert_allclose(np.linalg.eigvalsh(matrix), [0.299, 16.70], rtol=2e-3)


def test_landscape_is_the_mean_loss_and_its_rows_are_the_second_parameter():
    data = house_prices()
    grid = landscape(fit(steps=1), Plane.shown("Wb"), np.zeros(2), ((-2.0, 3.5), (-4.0, 5.0)), 7)
    assert (grid.first[0], grid.first[-1], grid.second[0], grid.second[-1]) == (-2.0, 3.5, -4.0, 5.0)
    for row, column in ((0, 6), (4, 1)):
        residual = grid.first[column] * data.x + grid.second[row] - data.y
        # Two ways to sum four squares.
        assert grid.loss[row, column] == pytest.approx(np.dot(residual, residual) / 4, rel=1e-14)


def test_many_parameters_on_many_data_equal_them_one_by_one():
    # 300 * 20,000 numbers are more than one portion holds: the result must not show where portions meet.
    from fitting import Dataset

    rng = np.random.default_rng(3)
    data = Dataset(rng.normal(size=20_000), rng.normal(size=20_000))
    params = rng.normal(size=(20, 15, 2))
    together = mean_loss(Linear(), SquaredError(), params, data)
    alone = [[mean_loss(Linear(), SquaredError(), one, data) for one in row] for row in params]
    # Sums of 20,000 positive numbers in another order: some 1e-15.
    np.testing.assert_allclose(together, alone, rtol=1e-13)


def test_no_array_on_the_way_holds_more_numbers_than_its_bound(monkeypatch):
    sizes = []

    class Watched(Linear):
        def predict(self, params, x):
            sizes.append(super().predict(params, x).size)
            return super().predict(params, x)

        def jacobian(self, params, x):
            sizes.append(super().jacobian(params, x).size)
            return super().jacobian(params, x)

    monkeypatch.setattr(objective, "_MOST", 50)
    params = np.random.default_rng(3).normal(size=(6, 5, 2))
    for function in (mean_loss, gradient):
        np.testing.assert_array_equal(
            function(Watched(), SquaredError(), params, house_prices()),
            [[function(Linear(), SquaredError(), one, house_prices()) for one in row] for row in params],
        )
        assert 40 <= max(sizes) <= 50
        sizes.clear()


def test_every_model_has_a_point_where_it_is_checked():
    assert set(NEAR) == set(MODELS)


@pytest.mark.parametrize(("model", "loss"), PAIRS, ids=NAMES)
def test_chain_rule_equals_value_gradient_and_jacobian(model, loss):
    data, params = house_prices(), NEAR[model.name]
    for x, y, prediction, slopes in zip(
        data.x, data.y, model.predict(params, data.x), model.jacobian(params, data.x), strict=True
    ):
        graph = chain_rule(model, loss, params, x, y)
        assert graph.prediction.value == pytest.approx(prediction, rel=1e-13)
        assert graph.loss.value == pytest.approx(loss.value(np.array([prediction]), np.array([y]))[0], rel=1e-12)
        outer = loss.slope(np.array([prediction]), np.array([y]))[0]
        # Two orders of the same multiplications.
        np.testing.assert_allclose(list(graph.gradient.values()), outer * slopes, rtol=1e-12, atol=1e-14)
        assert graph.prediction.derivative == pytest.approx(outer, rel=1e-12)


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_parameters_change_units_and_back(model):
    units = Standardization.of(Dataset([20.0, 70.0, 300.0], [5e5, 7e5, 9e5]), model.moves_x, model.moves_y)
    standard = model.in_standard_units(units)
    x, params = np.array([20.0, 100.0, 250.0]), NEAR[model.name]
    in_file = model.to_file_units(params, units)
    # The same curve: what it says of x in one kind of units it says in the other.
    there = units.y_mean + units.y_scale * standard.predict(params, (x - units.x_mean) / units.x_scale)
    np.testing.assert_allclose(standard.in_file_units(units).predict(in_file, x), there, rtol=1e-9)
    np.testing.assert_allclose(model.to_standard_units(in_file, units), params, rtol=1e-9)
    if model.constants.keys() == {"scale"}:
        assert standard.in_file_units(units).constants["scale"] == pytest.approx(20.0)


def test_subgradients_at_kinks_are_the_stated_ones():
    relu, tanh, exact = ReluNetwork(), TanhNetwork(slope=0.25), AbsoluteError()
    one = np.array([1.0])
    # q = W1 x + b1 = 0: ReLU' = 1, as ReLU(q) = q at q >= 0.
    np.testing.assert_array_equal(relu.jacobian(np.array([1.0, -1.0, 2.0, 0.0]), one)[0], [2.0, 2.0, 0.0, 1.0])
    # The outer sum is 0: LeakyReLU' is its slope.
    np.testing.assert_array_equal(tanh.jacobian(np.array([0.0, 0.0, 1.0, 0.0]), one)[0], [0.25, 0.25, 0.0, 0.25])
    np.testing.assert_array_equal(exact.slope(np.array([3.0, 2.0, 4.0]), np.full(3, 3.0)), [0.0, -1.0, 1.0])
    graph = chain_rule(relu, exact, np.array([1.0, -1.0, 2.0, 0.0]), 1.0, -5.0)
    assert graph.gradient == {"W1": 2.0, "b1": 2.0, "W2": 0.0, "b2": 1.0}


def test_saturated_sigmoid_does_not_warn_and_keeps_its_slope():
    sigmoid = Sigmoid()
    params = np.array([5.0, 20.0])
    slopes = sigmoid.jacobian(params, np.array([1.0, 4.0]))[:, 1]
    # sigma'(a) = e^-a for large a: 20 e^-25 and 20 e^-40.
    np.testing.assert_allclose(slopes, 20 * np.exp([-25.0, -40.0]), rtol=1e-10)
    assert sigmoid.predict(np.array([1.0, -800.0]), np.array([1.0]))[0] == 0.0


SHARES = [0.0, 0.3, 0.5, 1.0]


@pytest.mark.parametrize("scale", [1.0, 20.0])
@pytest.mark.parametrize("inner", [-1e4, -800.0, -40.0, -3.0, 0.0, 2.0, 37.0, 40.0, 750.0, 1e4])
def test_cross_entropy_of_a_sigmoid_is_exact_for_any_logit(inner, scale):
    sigmoid, loss = Sigmoid(scale=scale), CrossEntropy(scale=scale)
    for share in SHARES:
        data, params = Dataset([1.0, 3.0], [scale * share] * 2), np.array([0.0, inner])
        # log sigma(a) = -log(1 + e^-a), in 40 digits.
        with localcontext() as context:
            context.prec, context.Emin, context.Emax = 40, -99999, 99999
            on = (1 + (-Decimal(inner)).exp()).ln()
            exact = 2 * Decimal(scale) * (Decimal(share) * on + (1 - Decimal(share)) * (on + Decimal(inner)))
            slope = 2 * Decimal(scale) * (1 / (1 + (-Decimal(inner)).exp()) - Decimal(share))
        value = float(mean_loss(sigmoid, loss, params, data))
        # Shares of 0.3 are rounded, and 0.3 * 20 / 20 is rounded twice: some 1e-16 of a logit of 1e4.
        assert value == pytest.approx(float(exact), rel=1e-13, abs=1e-300)
        assert value >= 0.0
        np.testing.assert_allclose(
            gradient(sigmoid, loss, params, data), [2 * float(slope), float(slope)], rtol=1e-13, atol=1e-14
        )


@pytest.mark.parametrize("share", SHARES)
def test_cross_entropy_of_a_prediction_is_one_function_with_its_slope_and_least_at_the_target(share):
    loss, h = CrossEntropy(scale=2.0), 1e-6
    target = np.array([2.0 * share])
    inside = np.linspace(0.01, 1.99, 67)
    slopes = loss.slope(inside, target)
    differences = (loss.value(inside + h, target) - loss.value(inside - h, target)) / (2 * h)
    # Truncation: h^2 times a third derivative of at most 4 / 0.01^3.
    np.testing.assert_allclose(slopes, differences, rtol=1e-5, atol=1e-5)
    entropy = float(loss.value(target, target)[0])
    assert entropy >= 0
    assert (loss.value(np.linspace(-3.0, 5.0, 801), target) >= entropy - 1e-12).all()
    outside = np.array([-1e-9, -5.0, 2.0 + 1e-9, 7.0])
    assert np.isposinf(loss.value(outside, target)).all()
    assert np.isnan(loss.slope(outside, target)).all()


def test_a_loss_at_the_ends_of_the_shares_is_that_of_the_limit():
    loss = CrossEntropy(scale=1.0)
    ends = np.array([0.0, 1.0])
    np.testing.assert_array_equal(loss.value(ends, ends), [0.0, 0.0])
    np.testing.assert_array_equal(loss.slope(ends, ends), [2.0, -2.0])
    np.testing.assert_array_equal(loss.value(ends, ends[::-1]), [np.inf, np.inf])
