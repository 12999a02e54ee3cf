"""Every number and every line of the lecture on backpropagation."""

from __future__ import annotations

import numpy as np
import pytest
from layout_checks import stand_apart
from painted import painted_texts

from fitting import LOSSES, MODELS, chain_rule, fit, gradient, mean_loss
from fitting.derivation import Point
from scenes.backpropagation import HOUSE, NUDGE, Backpropagation
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.graph.layout import place, read
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import symbol
from scenes.parts.backpropagation.backward_code import CODE, FORWARD
from scenes.parts.backpropagation.chain_product import ChainProduct
from scenes.parts.backpropagation.code_listing import ADVANCE, CodeListing
from scenes.parts.backpropagation.gradient_table import sample_derivatives
from scenes.parts.backpropagation.network_descent import KinkMark, passed, residual_number
from scenes.parts.backpropagation.network_folds import folds
from scenes.parts.backpropagation.nudge_lines import HALF, NudgeLines
from scenes.parts.backpropagation.relu_network import (
    DEAD,
    FACTORS,
    SLOPE_OF_ABS,
    graph_at,
    kink,
    residual,
    turn_at_the_third,
)
from scenes.parts.backpropagation.resting_place import resting_table, signs_at_the_end

RUN = Backpropagation.run()
START = RUN.params[0]
SAMPLES = range(len(RUN.data.x))
STARTS = (START, np.array([-1.0, 1.5, -0.4, 2.0]), np.array([-1.0, -0.5, 0.7, 0.2]))


def at(params: np.ndarray, sample: int) -> Point:
    return Point(params, RUN.data.x[sample : sample + 1], RUN.data.y[sample : sample + 1])


def panel(params: np.ndarray = START, sample: int = HOUSE) -> GraphPanel:
    return GraphPanel(graph_at(RUN, params, sample), (LEFT, -1.0, RIGHT, 3.2), Pen())


@pytest.mark.parametrize("params", STARTS, ids=["start", "another", "dead"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_factors_are_the_graphs_local_derivatives(params: np.ndarray, sample: int) -> None:
    edges = read(graph_at(RUN, params, sample)).edges
    for edge, factor in FACTORS.items():
        assert factor.value(at(params, sample)) == pytest.approx(edges[edge], abs=1e-12), edge


@pytest.mark.parametrize("params", STARTS, ids=["start", "another", "dead"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_products_are_the_derivatives(params: np.ndarray, sample: int) -> None:
    graph, values = panel(params, sample), {edge: factor.value for edge, factor in FACTORS.items()}
    here = at(params, sample)
    jacobian = RUN.model.jacobian(params, here.x)[0] * np.sign(residual(here))
    for k, name in enumerate(RUN.model.parameters):
        product = float(np.prod([values[edge](here) for edge in graph.path(name)]))
        assert product == pytest.approx(jacobian[k], abs=1e-12)
        assert product == pytest.approx(graph.derivative(name), abs=1e-12)
        step = np.zeros(4)
        step[k] = 1e-6
        high, low = (float(np.abs(RUN.model.predict(params + s * step, here.x) - here.y)[0]) for s in (1, -1))
        # Central differences of a function that is linear here: rounding of 1e-16 / 1e-6 is left.
        assert product == pytest.approx((high - low) / 2e-6, abs=1e-8)


@pytest.mark.parametrize("sample", SAMPLES)
def test_lines_of_the_slope_of_the_loss_are_equal(sample: int) -> None:
    here = at(START, sample)
    assert SLOPE_OF_ABS.wrong(here, np.sign(residual(here)), 1e-8) == {}


def test_nudge() -> None:
    graph = panel()
    graph.follow_nudge("W1", graph_at(RUN, START + np.array([NUDGE, 0, 0, 0]), HOUSE))
    expected = {"W1": 0.01, "a1": 0.03, "z": 0.03, "prediction": 0.021, "r": 0.021, "loss": -0.021}
    for name, change in expected.items():
        assert graph.change(name) == pytest.approx(change, abs=1e-12), name
    for source, target in graph.path("W1"):
        assert graph.change(target) == pytest.approx(graph.local((source, target)) * graph.change(source), abs=1e-12)
    assert graph.change("loss") / NUDGE == pytest.approx(graph.derivative("W1"))


def test_a_number_wears_the_colour_of_the_letter_that_it_is_put_in_for() -> None:
    product = ChainProduct(panel(), "W1", FACTORS, -1.6, Pen())
    product.terms = product.count
    written = [box.text for box in painted_texts(product)]
    assert [r"\textcolor{data}{3}" in text for text in written].count(True) == 1
    assert [r"\textcolor{W2}{0.7}" in text for text in written].count(True) == 1


def test_the_program_has_the_letters_of_the_graph() -> None:
    graph = panel()
    forward = {line.split(" = ")[0] for line, _ in CODE[:FORWARD]}
    assert forward < set(graph.computed)
    back = {name for line, _ in CODE[FORWARD:] for name in line.split(" = ")[0].split(", ")}
    assert back == {f"d{name}" for name in (*forward, *RUN.model.parameters)}


def test_number_lines_show_the_slopes_as_lengths() -> None:
    graph = panel()
    graph.follow_nudge("W1", graph_at(RUN, START + np.array([NUDGE, 0, 0, 0]), HOUSE))
    lines = NudgeLines(graph, "W1", -1.3, Pen())
    graph.nudge = 1.0
    assert [lines.place(name) != lines.middle(name) for name in lines.names] == [True] + [False] * 5
    graph.nudge = 6.0
    moved = {name: lines.place(name) - lines.middle(name) for name in lines.names}
    for source, target in graph.path("W1"):
        assert moved[target] == pytest.approx(graph.local((source, target)) * moved[source])
    for name in lines.names:
        assert LEFT - 1e-9 <= lines.middle(name) - HALF < lines.middle(name) + HALF <= RIGHT + 1e-9
        assert abs(moved[name]) < HALF


def test_numbers_of_the_house() -> None:
    graph = panel()
    values = {"x": 3, "y": 4.5, "a1": 1.4, "z": 1.4, "prediction": 1.18, "r": -3.32, "loss": 3.32}
    for name, value in values.items():
        assert graph.value(name) == pytest.approx(value), name
    derivatives = {
        "W1": -2.1,
        "b1": -0.7,
        "W2": -1.4,
        "b2": -1,
        "a1": -0.7,
        "z": -0.7,
        "prediction": -1,
        "r": -1,
        "loss": 1,
    }
    for name, derivative in derivatives.items():
        assert graph.derivative(name) == pytest.approx(derivative), name


def test_mean_over_the_houses_is_the_gradient_of_the_run() -> None:
    by_sample = sample_derivatives(RUN, START)
    for sample in SAMPLES:
        assert by_sample[sample] == pytest.approx(list(graph_at(RUN, START, sample).gradient.values()))
    assert by_sample.mean(axis=0) == pytest.approx(RUN.gradient[0])
    assert RUN.gradient[0] == pytest.approx([-1.4, -0.35, -0.85, -0.5])
    assert RUN.params[1] == pytest.approx(START - RUN.learning_rate[0] * RUN.gradient[0])
    assert RUN.params[1] == pytest.approx([0.307, 0.50175, 0.70425, 0.2025])


@pytest.mark.parametrize("params", [*STARTS, RUN.params[100]], ids=["start", "another", "dead", "step 100"])
def test_the_code_gives_the_gradient(params: np.ndarray) -> None:
    assert 6 <= len(CODE) <= 10
    scope = dict(zip(("W1", "b1", "W2", "b2"), params.tolist(), strict=True))
    scope |= {"np": np, "x": RUN.data.x, "y": RUN.data.y}
    exec("\n".join(line for line, _ in CODE), scope)
    found = [scope[f"d{name}"] for name in ("W1", "b1", "W2", "b2")]
    assert found == pytest.approx(gradient(RUN.model, RUN.loss_function, params, RUN.data))


def test_what_is_said_of_the_end() -> None:
    assert RUN.gradient[-1] == pytest.approx(np.zeros(4), abs=1e-12)
    end = RUN.model.predict(RUN.params[-1], RUN.data.x) - RUN.data.y
    assert sorted(np.sign(end)) == [-1, -1, 1, 1]
    assert RUN.loss[-1] == pytest.approx(1.05)
    residuals, signs = signs_at_the_end(RUN)
    assert residuals == pytest.approx(end)
    # Both sums of the table are 0; with the unit on everywhere all slopes are made of them.
    assert (RUN.params[-1, 0] * RUN.data.x + RUN.params[-1, 1] > 0).all()
    assert (signs.sum(), (signs * RUN.data.x).sum()) == (0, 0)
    better = turn_at_the_third(RUN)
    assert mean_loss(RUN.model, RUN.loss_function, better, RUN.data) == pytest.approx(0.2)
    places = [kink(params) for params in RUN.params]
    assert places[0] == pytest.approx(-5 / 3)
    assert places[-1] > 0.3


def test_the_loss_bends_where_the_curve_reaches_a_house() -> None:
    signs = np.sign([RUN.model.predict(params, RUN.data.x) - RUN.data.y for params in RUN.params[:200]])
    reached = sorted(int(steps[0]) for steps in map(np.flatnonzero, np.diff(signs, axis=0).T) if len(steps))
    assert reached == [23, 128]
    assert [passed(RUN, sample) for sample in (1, HOUSE)] == [24, 129], "at these steps it is on the other side"
    # Until house 3 is reached, the one bend is there where the curve reaches house 2.
    falls = np.diff(RUN.loss[:129])
    assert np.abs(np.diff(falls)).argmax() in (22, 23)


def test_the_rate_is_one_number() -> None:
    """The film says a rate once; one that went down in stairs would need words."""
    for run in (RUN, fit("relu-network", start=DEAD)):
        assert np.ptp(run.learning_rate) == 0


def test_the_curve_hops_across_house_3_until_it_rests() -> None:
    third = passed(RUN, HOUSE)
    x, y = RUN.data.x[HOUSE : HOUSE + 1], RUN.data.y[HOUSE]
    residuals = np.array([float(RUN.model.predict(params, x)[0] - y) for params in RUN.params])
    hops = np.flatnonzero(np.diff(np.sign(residuals)))
    assert hops[0] == third - 1
    assert len(set(np.sign(residuals[third : third + 5]))) == 2, "the steps that are taken one by one show it"
    # To the end: no pause of more than a few steps, and never far from the house.
    assert np.diff([*hops, RUN.total_steps]).max() <= 5
    assert np.abs(residuals[third:]).max() < 0.1
    replay = Replay(RUN)
    number = residual_number(Chart((-6.0, -2.0, 0.0, 2.0), (-2.4, 4.5), (-1.0, 10.5)), replay, HOUSE, Pen())
    for step in (third - 1, third, third + 1):
        replay.step = float(step)
        assert float(number.text.replace("−", "-")) == pytest.approx(residuals[step], abs=5e-4)


def test_it_is_at_rest() -> None:
    assert (RUN.params[-1] - RUN.learning_rate[-1] * RUN.gradient[-1] == RUN.params[-1]).all()
    _, written = resting_table(RUN, 0.0, 0.0, Pen())
    assert written.source.endswith("(0, 0, 0, 0)$"), "what is shown is the record's gradient"


def test_the_dead_unit() -> None:
    dead = fit("relu-network", start=DEAD)
    assert (DEAD["W1"] * dead.data.x + DEAD["b1"] < 0).all()
    assert (dead.gradient[:, :3] == 0).all()
    assert (dead.params[:, :3] == dead.params[0, :3]).all()
    assert dead.loss[-1] == pytest.approx(2.95)
    # The flat line stops once two houses lie on either side.
    assert sorted(np.sign(dead.params[-1, 3] - dead.data.y)) == [-1, -1, 1, 1]


def test_kink_mark_stands_where_the_inner_line_is_zero() -> None:
    replay = Replay(RUN)
    mark = KinkMark(Chart((-6.0, -2.0, 0.0, 2.0), (-2.4, 4.5), (-1.0, 10.5)), replay, Pen())
    for step in (0.0, 10.5, 676.0):
        replay.step = step
        assert replay.params[0] * mark.place + replay.params[1] == pytest.approx(0, abs=1e-12)
        w1, b1, *_ = replay.params
        assert float(mark.written.replace("−", "-")) == pytest.approx(-b1 / w1, abs=5e-4), "what the readout says"


# The graph panel, for any model


@pytest.mark.parametrize("loss", ["mae", "mse"])
@pytest.mark.parametrize("name", sorted(MODELS))
def test_groups_multiply_to_the_derivatives_of_any_model(name: str, loss: str) -> None:
    model = MODELS[name]
    params = np.array(model.notes.start)
    graph = chain_rule(model, LOSSES[loss], params, 3.0, 4.5)
    reading = read(graph)
    summed = dict.fromkeys(reading.values, 0.0) | {"loss": 1.0}
    for target in reversed(reading.computed):
        for (source, fed), local in reading.edges.items():
            if fed == target:
                summed[source] += summed[target] * local
    for node, derivative in graph.gradient.items():
        assert summed[node] == pytest.approx(derivative), node
    places = list(place(reading).values())
    assert len(set(places)) == len(places), "two nodes in one place"
    columns = {node: column for node, (column, _) in place(reading).items()}
    assert all(columns[source] < columns[target] for source, target in reading.edges)


def test_the_way_back_takes_parameters_before_what_lies_behind() -> None:
    graph = panel()
    order = sorted(("loss", "r", "prediction", "W2", "b2", "z", "a1", "W1", "b1"), key=graph.stage)
    assert order == ["loss", "r", "prediction", "W2", "b2", "z", "a1", "W1", "b1"]
    assert graph.stage("b1") == graph.stages


def test_formulas_of_the_nodes() -> None:
    formulas = {name: formula(symbol) for name, formula in read(graph_at(RUN, START, HOUSE)).formulas.items()}
    assert formulas == {
        "a1": r"W_1 \cdot x + b_1",
        "z": r"\operatorname{ReLU}(a_1)",
        "prediction": r"W_2 \cdot z + b_2",
        "r": r"\hat{y} - y",
        "loss": r"\left|r\right|",
    }


def test_sums_below_the_nodes_are_what_they_say() -> None:
    graph = panel()
    assert [graph.with_numbers(name) for name in graph.computed] == [
        r"\textcolor{W1}{0.3} \cdot \textcolor{data}{3} + \textcolor{b1}{0.5}",
        r"\operatorname{ReLU}(1.4)",
        r"\textcolor{W2}{0.7} \cdot 1.4 + \textcolor{b2}{0.2}",
        r"\textcolor{model}{1.18} - \textcolor{data}{4.5}",
        r"\left|\textcolor{residual}{-3.32}\right|",
    ]


def test_stages_end_in_the_prediction() -> None:
    x = np.linspace(-4, 4.5, 50)
    *_, last = folds(START, Pen())
    last.curve.turned = 1.0
    assert last.curve.value(x) == pytest.approx(RUN.model.predict(START, x))


def test_lights() -> None:
    graph = panel()
    lit = graph.lights("z", ("z", "prediction"))
    assert lit.sum() == 2
    with pytest.raises(KeyError):
        graph.lights("nothing")


def test_factors_stand_below_their_edges() -> None:
    graph = panel()
    product = ChainProduct(graph, "W1", FACTORS, -1.6, Pen())
    product.terms, product.result = product.count, 1.0
    boxes = painted_texts(product)
    for edge in graph.path("W1"):
        below = [box for box in boxes if abs((box.left + box.right) / 2 - graph.edge_middle(edge)[0]) < 1e-6]
        assert len(below) == 3, edge


def test_program_text_is_monospaced() -> None:
    listing = CodeListing([line for line, _ in CODE], 0.0, 2.0, Pen(), size=0.34)
    listing.lines = float(len(CODE))
    for box, (line, _) in zip(painted_texts(listing), CODE, strict=True):
        assert box.text == line
        assert box.right - box.left == pytest.approx(len(line) * ADVANCE * 0.34)


def test_a_factor_comes_row_by_row() -> None:
    product = ChainProduct(panel(), "W1", FACTORS, -1.6, Pen())
    product.terms = 0.3
    (fraction,) = painted_texts(product)
    product.terms = 1.0
    assert [box.bottom for box in painted_texts(product)] == sorted(
        (box.bottom for box in painted_texts(product)), reverse=True
    )
    assert painted_texts(product)[0] == fraction
    assert len(painted_texts(product)) == 3


def test_in_a_box_the_number_comes_once_the_name_has_made_room() -> None:
    graph = panel()
    for forward in np.linspace(0.0, graph.columns, 61).tolist():
        graph.forward = forward
        stand_apart(painted_texts(graph), f"forward {forward:.2f}")


def test_the_flat_line_of_a_dead_unit_rises_to_house_2() -> None:
    dead = fit("relu-network", start=DEAD)
    # Steps of the rate, 0.005, times a slope of at most 1.
    assert dead.final_params[3] == pytest.approx(dead.data.y[1], abs=0.005)
    assert float(np.ptp(dead.params[:, :3], axis=0).max()) == 0.0


def test_signs_of_a_comparison_stay_apart() -> None:
    """In ">=" neither fills its cell."""
    for sign, most in ((">", 0.8), ("=", 0.9)):
        listing = CodeListing([sign], 0.0, 0.0, Pen(), size=0.34)
        assert listing._stamps[sign].width <= most * ADVANCE * 0.34 + 1e-9
