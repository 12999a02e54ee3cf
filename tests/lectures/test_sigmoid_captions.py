"""What the sigmoid lecture's captions say, compared with the runs, the numbers and the letters beside them."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from layout_checks import SMALL, Film
from manim import tempconfig

from fitting import LOSSES, Trajectory, gradient, mean_loss
from scenes.kit.drawing.painting import TextBox
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.live import parameter_numbers
from scenes.kit.story.rehearsal import rehearse, text_boxes
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import DIP
from scenes.kit.text.formula import Pen
from scenes.kit.words.letters import CE, J_CE, J_MSE, MSE
from scenes.kit.words.numbers import MINUS
from scenes.parts.sigmoid.landscapes import STUCK, WALK
from scenes.parts.sigmoid.marks import SigmoidMarks, center_numbers, parameter_text
from scenes.parts.sigmoid.slopes import SCALE, sigmoid_slope
from scenes.parts.sigmoid.tables import rates
from scenes.parts.sigmoid.two_fits import TwoFits
from scenes.sigmoid import SigmoidFit

PEN = Pen()


@pytest.fixture(scope="module")
def film() -> Film:
    with tempconfig(SMALL):
        rehearsal = rehearse(SigmoidFit)
        times = sorted(start + share * (end - start) for start, end, _ in rehearsal.captions for share in (0.5, 0.95))
        return rehearsal, times, text_boxes(SigmoidFit, None, times)


def test_on_the_walk_falls_what_is_said_to_fall(stuck_run: Trajectory) -> None:
    run, x = stuck_run, stuck_run.data.x
    edge, ravine, foot = (np.array(place) for place in WALK)

    def on_the_way(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        params = start + (end - start) * np.linspace(0.0, 1.0, 200)[:, None]
        return run.model.predict(params, x), mean_loss(run.model, run.loss_function, params, run.data)

    predictions, losses = on_the_way(np.array(STUCK), edge)
    # "All four predictions are 20": to the digits of the table that follows.
    assert np.abs(predictions - 20).max() < 5e-3
    predictions, losses = on_the_way(edge, ravine)
    assert (np.diff(predictions, axis=0) < 0).all()
    assert (np.diff(losses) < 0).all()
    # "One after the other": each is half way down before the next is.
    half = [int(np.argmax(column < 10)) for column in predictions.T[:3]]
    assert half == sorted(set(half))
    price = run.data.y[-1]
    predictions, losses = on_the_way(ravine, foot)
    assert predictions[0, -1] > price > predictions[-1, -1]
    assert (np.diff(losses) > 0).all()


def test_the_walk_ends_on_the_lowest_plateau_above_the_ravine(stuck_run: Trajectory) -> None:
    run = stuck_run
    ravine, foot = (float(mean_loss(run.model, run.loss_function, np.array(place), run.data)) for place in WALK[1:])
    assert run.model.predict(np.array(WALK[-1]), run.data.x) == pytest.approx([0] * 4, abs=1e-3)
    # A plateau has every prediction at 0 or 20, the 20s together at one end: a sigmoid is monotonic.
    plateaus = [np.where(np.arange(4) < k, *ends) for k in range(5) for ends in ((0, 20), (20, 0))]
    lowest = min(float(np.mean((plateau - run.data.y) ** 2)) for plateau in plateaus)
    # Two decimals stand on the screen.
    assert foot == pytest.approx(lowest, abs=5e-3)
    assert ravine < lowest


def test_the_first_step_turns_the_curve_over_and_the_next_ones_bring_it_back(free_run: Trajectory) -> None:
    w = free_run.params[:, 0]
    assert w[0] > 0 > w[1]
    assert (np.diff(w[1:5]) > 0).all()
    # "So long": the next ones are less than a tenth of it.
    lengths = np.linalg.norm(np.diff(free_run.params[:4], axis=0), axis=1)
    assert lengths[1:].max() < 0.1 * lengths[0]
    assert w[-1] > 0
    assert (np.diff(free_run.loss) <= 1e-12).all()


def test_a_flat_house_adds_hardly_anything_where_the_gradient_is_large(stuck_run: Trajectory) -> None:
    data, params = stuck_run.data, np.array([4.0, -9.0])
    inner = params[0] * data.x + params[1]
    residual = stuck_run.model.predict(params, data.x) - data.y
    terms = 2 / 4 * residual * SCALE * sigmoid_slope(inner) * data.x
    exact = gradient(stuck_run.model, stuck_run.loss_function, params, stuck_run.data)[0]
    assert terms.sum() == pytest.approx(exact)
    # "Where that is 0, so is the gradient" would be true of no more than one house.
    assert abs(terms[0]) < 0.05 < 20 < abs(exact)


@pytest.mark.parametrize("share", np.linspace(0.0, 1.0, 23).tolist())
def test_numbers_multiply_out_while_their_parameters_move(share: float) -> None:
    probe = Probe(np.array([1.0 + 0.7 * share, -5.0 - 3.1 * share]))
    numbers = parameter_numbers(probe, parameter_text, ((0.0, 0.0), (1.0, 0.0)), PEN)
    w, b = (float(number.text.replace(MINUS, "-")) for number in numbers)
    half, steep = (float(number.text) for number in center_numbers(probe, (0.0, 0.0), PEN))
    # Rounded to two decimals.
    assert half == pytest.approx(-b / w, abs=5.001e-3)
    assert steep == pytest.approx(20 * w / 4, abs=1e-9)
    marks = SigmoidMarks(Chart((-6, -3, 0, 3), (0.0, 10.0), (0.0, 22.0)), probe, SCALE, PEN)
    # What is drawn is where the numbers say: to a hair's breadth.
    assert half == pytest.approx(marks.center, abs=0.05)


def _number(boxes: list[TextBox], name: str) -> float:
    """What stands right of a name and its equals sign."""
    (label,) = [box for box in boxes if box.text == rf"$\displaystyle {name} =$"]
    right = [box for box in boxes if box.left >= label.right and abs(box.bottom - label.bottom) < 0.1]
    return float(min(right, key=lambda box: box.left).text.replace(MINUS, "-"))


def test_what_a_caption_says_to_move_moves(film: Film) -> None:
    """From the first third of its time, by more than a hair, and in one direction."""
    moves = {
        ("Twice the W", "W"): 1, ("Less b", "b"): -1, ("Walk down", "J"): -1, ("The last one falls", "J"): 1,
        ("One step takes", "J"): -1, ("One step takes", "W"): -1, ("The next steps", "W"): 1,
    }  # fmt: skip
    spans = {text: (start, end) for start, end, text in film[0].captions}
    wanted = [next(span for text, span in spans.items() if text.startswith(words)) for words, _ in moves]
    times = [np.linspace(start + 0.01, end - 0.07, 6).tolist() for start, end in wanted]
    ordered = sorted(set(itertools.chain.from_iterable(times)))
    with tempconfig(SMALL):
        shown = dict(zip(ordered, text_boxes(SigmoidFit, None, ordered), strict=True))
    for (words, name), moments in zip(moves, times, strict=True):
        numbers = np.array([_number(shown[time], name) for time in moments])
        moved = moves[words, name] * np.diff(numbers)
        # A point that glides from one record to the next may dip by as much.
        assert (moved >= -DIP * np.ptp(numbers)).all(), (words, name, numbers)
        assert moved[:2].sum() > 0.02 * abs(numbers[0]), (words, name, numbers)


def test_captions_need_no_notes_to_be_understood(film: Film) -> None:
    said = " ".join(text.replace("\n", " ") for _, _, text in film[0].captions)
    assert not re.search(r"float64|course notes|notes’ digits", said, re.IGNORECASE)
    # Whose notes they are is said where they are first named.
    assert said.index("notes") == said.index("learner’s notes behind this film") + len("learner’s ")


def test_each_cost_has_a_name_of_its_own(film: Film) -> None:
    ((start, end),) = [(beat.start, beat.end) for beat in film[0].beats if beat.name == "No plateau"]
    shown = [boxes for time, boxes in zip(film[1], film[2], strict=True) if start + 2 < time < end - 1]
    assert shown
    for boxes in shown:
        for letter in (MSE, CE):
            # At the axis, over the number, and in the title.
            assert sum(letter in box.text for box in boxes) == 3
    # L is the loss of one house: no cost is called so.
    for box in itertools.chain.from_iterable(film[2]):
        formula = re.sub(r"\\[a-zA-Z]+", "", "".join(box.text.split("$")[1::2]))
        assert not re.search(r"L(?!_)", formula), box


def test_two_curves_are_seen_close_by_and_one_from_afar(free_run: Trajectory, notes_run: Trajectory) -> None:
    fits = TwoFits((free_run, notes_run), (-6.0, -2.75, -0.3, 3.2), ((-0.5, 10.8), (-1.0, 22.0)), PEN)
    apart = []
    for zoom in (0.0, 1.0):
        fits.chart.zoom = zoom
        x = np.linspace(*fits.chart.x_range, 50)
        first, second = (fits.chart.to_screen(x, curve.function(x))[:, 1] for curve in fits.curves)
        apart.append(np.abs(first - second))
    assert apart[0].max() < 1.5 * Stroke.CURVE
    assert apart[1].min() > 4 * Stroke.CURVE
    # The tallest house is between them.
    house = free_run.data.x[-1:]
    above, below = (float(curve.function(house)[0]) for curve in fits.curves)
    assert above > free_run.data.y[-1] > below


def test_the_film_goes_close_enough_to_see_two_curves(film: Film) -> None:
    ((_, end),) = [(start, end) for start, end, text in film[0].captions if text.startswith("Close to the tallest")]
    after = next(boxes for time, boxes in zip(film[1], film[2], strict=True) if time > end)
    texts = {box.text for box in after}
    # Ticks that would be in one place from afar, and a name at each curve.
    assert {"9.2", "9.4", "9.6", "9.8"} <= texts
    assert {rf"$\displaystyle {letter}$" for letter in (J_MSE, J_CE)} <= texts


def test_rates_of_the_fits_are_those_of_their_runs(free_run: Trajectory, notes_run: Trajectory) -> None:
    assert rates(free_run) == "0.005"
    assert rates(notes_run) == r"0.005 \to 0.000149"
    assert notes_run.learning_rate[-1] == pytest.approx(0.000149)


def test_the_stuck_start_does_not_move(stuck_run: Trajectory) -> None:
    assert stuck_run.total_steps == 10_000
    # "Not one digit of the cost changes."
    assert set(stuck_run.loss.tolist()) == {stuck_run.loss[0]}
    assert stuck_run.loss[0] == pytest.approx(266.31, abs=1e-8)
    assert np.abs(stuck_run.final_params - STUCK).max() < 2e-7
    assert np.abs(stuck_run.gradient).max() < 3e-9


def test_each_fit_is_better_by_its_own_cost(free_run: Trajectory, notes_run: Trajectory) -> None:
    def cost(run: Trajectory, loss: str) -> float:
        return float(mean_loss(run.model, LOSSES[loss], run.final_params, run.data))

    assert cost(free_run, "mse") < cost(notes_run, "mse")
    assert cost(notes_run, "cross-entropy") < cost(free_run, "cross-entropy")
