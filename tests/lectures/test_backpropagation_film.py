"""What the lecture on backpropagation says, caption by caption against the record, and its layout."""

from __future__ import annotations

import re

import numpy as np
import pytest
from layout_checks import (
    Film,
    all_is_inside_the_frame,
    captions_can_be_read,
    filmed,
    nothing_is_too_small,
    nothing_overlaps,
)

from fitting import LOSSES, fit, mean_loss
from scenes.backpropagation import HOUSE, NUDGE, Backpropagation
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.panels.graph.panel import GraphPanel
from scenes.kit.story.rehearsal import text_boxes
from scenes.kit.text.formula import Pen
from scenes.parts.backpropagation.backward_code import FORWARD
from scenes.parts.backpropagation.network_descent import passed
from scenes.parts.backpropagation.relu_network import DEAD, graph_at, kink, turn_at_the_third
from scenes.parts.backpropagation.resting_place import signs_at_the_end

RUN = Backpropagation.run()
START = RUN.params[0]


@pytest.fixture(scope="module")
def film() -> Film:
    return filmed(Backpropagation, late=True)


def test_captions_say_what_the_record_says(film: Film) -> None:
    def high(residuals: np.ndarray) -> str:
        words = ("no", "one", "two", "three", "four")
        return f"{words[int((residuals > 0).sum())]} predictions too high, {words[int((residuals < 0).sum())]} too low"

    graph = GraphPanel(graph_at(RUN, START, HOUSE), (LEFT, -1.0, RIGHT, 3.2), Pen())
    graph.follow_nudge("W1", graph_at(RUN, START + np.array([NUDGE, 0, 0, 0]), HOUSE))
    dead = fit("relu-network", start=DEAD)
    _, _, w2, b2 = START
    reached = int(np.abs(dead.final_params[3] - dead.data.y).argmin()) + 1
    better = mean_loss(RUN.model, RUN.loss_function, turn_at_the_third(RUN), RUN.data)
    expected = (
        f"W₂ makes z {'flatter' if 0 < w2 < 1 else 'steeper'}, b₂ {'lifts' if b2 > 0 else 'lowers'} it",
        f"The prediction is {abs(graph.value('r')):.2f} too {'low' if graph.value('r') < 0 else 'high'}.",
        f"L {'falls' if graph.change('loss') < 0 else 'rises'} by {abs(graph.change('loss')):.3f}.",
        f"Here the slope is {graph.local(('r', 'loss')):g}.",
        f"At r = 0 there is none: {LOSSES['mae'].slopes(np.zeros(1), np.zeros(1), ())[0]:g} is taken.",
        f"what came back, {graph.derivative('prediction'):g}, is multiplied by {graph.value('z'):g}.",
        f"a₁ is {'positive, the gate is open' if graph.value('a1') > 0 else 'negative, the gate is shut'}",
        f"The product is {graph.change('loss') / NUDGE:.2g}, the ratio that the nudge gave.",
        f"The {('first', 'second', 'third', 'fourth')[HOUSE]} is the one we followed.",
        f"at the rate α = {RUN.learning_rate[0]:g}.",
        f"{('one', 'two', 'three', 'four')[FORWARD - 1]} lines forward.",
        f"The kink starts at {kink(START):.3f}. Step by step it moves right.",
        f"At step {passed(RUN, 1)} the curve has passed house 2",
        f"At step {passed(RUN, 2)} the curve passes house 3, then hops back",
        f"In many hops the kink moves right, to {kink(RUN.final_params):.3f}.",
        f"At step {RUN.total_steps} the descent rests: {high(signs_at_the_end(RUN)[0])}.",
        f"J is {RUN.final_loss:.2f}. The dashed curve has {better:.1f}",
        f"the flat part rises to house {reached}, where J stops at {dead.final_loss:.2f}.",
    )
    said = [text.replace("\n", " ") for _, _, text in film[0].captions]
    for sentence in expected:
        assert any(sentence.replace("-", "−") in text for text in said), sentence
    # Right and flat: in single steps never back; of the hops one in four leads back, so none of them is promised.
    kinks = np.array([kink(params) for params in RUN.params])
    assert (np.diff(kinks[:6]) > 0).all()
    assert (np.diff(kinks[passed(RUN, HOUSE) + 5 :: 100]) > 0).all()
    assert (np.diff(kinks) < 0).any()
    assert not [text for text in said if "Hop by hop" in text]
    assert (RUN.params[:, 0] > 0).all()


def test_a_caption_about_a_step_stands_while_it_is_taken(
    film: Film,
) -> None:
    checked = 0
    for start, end, text in film[0].captions:
        named = re.search(r"At step (\d+)", text)
        if not named or "rests" in text:
            continue
        steps = []
        for boxes in text_boxes(Backpropagation, None, [start + 0.01, end - 0.1]):
            words = [box.text for box in boxes]
            steps.append(int(words[next(k for k, word in enumerate(words) if r"\text{step}" in word) + 1]))
        assert steps[0] < int(named[1]) <= steps[1], text
        checked += 1
    assert checked == 2


def test_texts_are_apart_inside_and_large_enough(film: Film) -> None:
    nothing_overlaps(film)
    all_is_inside_the_frame(film, 0.2)
    nothing_is_too_small(film)


def test_it_can_be_followed(film: Film) -> None:
    assert 100 <= film[0].duration <= 178
    for beat in film[0].beats:
        assert 5 <= beat.end - beat.start <= 25, beat
    captions_can_be_read(film)
