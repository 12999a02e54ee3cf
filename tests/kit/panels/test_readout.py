"""The row of a descent's numbers: what it says at a step, and where it stands."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from painted import Record, in_order, painted, painted_texts

from fitting import fit
from scenes.kit.drawing.frame import LEFT, READOUT, RIGHT
from scenes.kit.drawing.style import Size
from scenes.kit.panels.readout import DescentNumbers, Readout, rate_format, small_readout
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import count, shown

PEN = Pen()


def apart(record: Record) -> float:
    """The least distance of two texts in a row."""
    boxes = sorted(record.texts, key=lambda box: box.left)
    return min(right.left - left.right for left, right in pairwise(boxes))


def test_numbers_of_a_descent_are_those_of_its_point() -> None:
    replay = Replay(fit(steps=20_000))
    found = DescentNumbers(replay, PEN, Size.BODY, gap=0.2)
    numbers = found.parameter(1, str), found.loss(str, "L"), found.rate(), found.step()
    for replay.step in (0.0, 0.5, 3.0, 20_000.0):
        moment, run = replay.moment, replay.trajectory
        b, loss, rate, step = (number.value() for number in numbers)
        assert (b, loss) == (moment.params[1], moment.loss)
        assert (rate, step) == (run.learning_rate[moment.record], run.steps[moment.record])
    label, number = painted_texts(found.step(equals=False))
    assert (label.text, number.text) == ("step", count(20_000))
    assert number.left - label.right == pytest.approx(0.2)
    assert painted_texts(numbers[1])[0].text == r"$\displaystyle L =$"


def test_a_readout_says_parameters_loss_rate_and_step() -> None:
    replay = Replay(fit(steps=2000))
    readout = Readout(replay, -6.0, 6.0, 2.5, PEN)
    replay.step = 1000.0
    record = painted(readout)
    run = replay.trajectory
    record_of = int(np.searchsorted(run.steps, 1000))
    assert in_order(record.texts)[::2][:4] == ["W =", "b =", "J =", r"\alpha ="]
    values = [shown(text) for text in in_order(record.texts)[1::2][:4]]
    expected = [*run.params[record_of], run.loss[record_of], run.learning_rate[record_of]]
    assert values == pytest.approx(expected, abs=5e-4)
    assert in_order(record.texts)[-2:] == ["step", "1000"]
    assert record.text("W =").left == pytest.approx(-6.0)
    assert record.text("1000").right == pytest.approx(6.0)
    assert all(2.3 < box.bottom <= 2.52 for box in record.texts)
    assert apart(record) > 0.1


def test_a_readouts_fields_stand_still_while_its_numbers_change() -> None:
    replay = Replay(fit(steps=300))
    readout = Readout(replay, -6.0, 6.0, 2.5, PEN)
    places = []
    for step in (0.0, 1.0, 150.0, 300.0):
        replay.step = step
        record = painted(readout)
        places.append([round(box.left, 9) for box in record.texts if "=" in box.text])
        assert apart(record) > 0.1
    assert places == [places[0]] * 4
    gaps = np.diff(places[0])
    numbers = [box for box in painted(readout).texts if box.text.startswith(("2", "−", "0", "1"))]
    assert gaps.min() > 1.0
    assert numbers


@pytest.mark.parametrize(("last", "steps"), [(10_000, ("3", "4")), (60, ("41", "42"))])
def test_on_the_way_both_steps_stand_beside_an_arrow(last: int, steps: tuple[str, str]) -> None:
    replay = Replay(fit(steps=last))
    readout = Readout(replay, -6.0, 6.0, 2.5, PEN)
    replay.step = float(steps[0]) + 0.5
    record = painted(readout)
    assert in_order(record.texts)[-4:] == ["step", steps[0], r"\to", steps[1]]
    assert apart(record) > 0.05
    here, arrow, there = sorted(record.texts, key=lambda box: box.left)[-3:]
    # But for what a font leaves beside a digit.
    assert arrow.left - here.right == pytest.approx(there.left - arrow.right, abs=0.02)
    assert max(box.right for box in record.texts) == pytest.approx(6.0)


def test_the_readout_names_both_steps_on_the_way() -> None:
    replay = Replay(fit())
    readout = Readout(replay, -6.0, 6.0, 2.8, PEN)
    assert readout.way.steps() == ("0",)
    replay.step = 0.5
    assert readout.way.steps() == ("0", "1")
    assert shown(readout.numbers[2].text) == pytest.approx(replay.moment.loss, abs=5e-4)
    replay.step = 1.0
    assert readout.way.steps() == ("1",)
    jumping = Replay(fit(learning_rate=0.125, steps=60))
    jumping.step = 4.3
    assert Readout(jumping, -6.0, 6.0, 2.8, PEN).way.steps() == ("4",)


def test_rates_are_written_as_given_or_with_digits_of_the_last() -> None:
    assert rate_format(np.array([0.05, 0.05]))(0.05) == "0.05"
    write = rate_format(np.array([0.1, 0.05, 0.00123]))
    assert (write(0.1), write(0.00123)) == ("0.10000", "0.00123")
    assert rate_format(np.array([0.5, 0.25]))(0.25) == "0.2500"
    assert rate_format(np.array([1e-6, 5e-7]))(5e-7) == "5.0·10^−7"


def test_a_small_readout_fills_the_frame_evenly() -> None:
    replay = Replay(fit("cubic", steps=50))
    fields = small_readout(replay, PEN, decimals=2, loss_decimals=1)
    replay.step = 10.0
    record = painted(fields)
    names = replay.trajectory.model.parameters
    assert len(record.texts) == 2 * (len(names) + 2)
    boxes = sorted(record.texts, key=lambda box: box.left)
    assert boxes[0].left == pytest.approx(LEFT)
    assert boxes[-1].right <= RIGHT + 1e-6
    assert boxes[-1].right > RIGHT - 0.3
    assert {round(box.bottom, 6) for box in boxes[1::2]} == {READOUT}
    values = [shown(box.text) for box in boxes[1::2]]
    assert values[: len(names)] == pytest.approx(replay.params, abs=0.005)
    assert values[-2] == pytest.approx(replay.moment.loss, abs=0.05)
    assert values[-1] == 10.0
    assert all("." in box.text and len(box.text.partition(".")[2]) == 2 for box in boxes[1 : 2 * len(names) : 2])
    assert apart(record) > 0.05


@pytest.mark.parametrize(("final", "fields"), [(0.0001, 7), (None, 6)])
def test_a_rate_is_shown_where_it_changes(final: float | None, fields: int) -> None:
    run = fit("relu-network", learning_rate=0.005, final_learning_rate=final)
    assert len(small_readout(Replay(run), PEN).submobjects) == fields
