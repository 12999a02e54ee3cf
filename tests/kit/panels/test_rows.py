"""Numbers in rows: what they say at a step, and where they stand."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from painted import Record, painted
from scenes.kit.panels.small_readout import small_readout

from fitting import fit
from scenes.kit.drawing.frame import LEFT, READOUT, RIGHT
from scenes.kit.panels.by_hand import parameter_values
from scenes.kit.panels.live import EQUALS_GAP, LiveNumber, StepArithmetic
from scenes.kit.panels.readout import Readout, rate_format
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import fixed, shown

PEN = Pen()


def in_order(record: Record) -> list[str]:
    """Texts from left to right."""
    return [box.text.removeprefix(r"$\displaystyle ").strip("$") for box in sorted(record.texts, key=lambda b: b.left)]


def apart(record: Record) -> float:
    """The least distance of two texts in a row."""
    boxes = sorted(record.texts, key=lambda box: box.left)
    return min(right.left - left.right for left, right in pairwise(boxes))


def test_a_readout_says_parameters_loss_rate_and_step() -> None:
    replay = Replay(fit(steps=2000))
    readout = Readout(replay, -6.0, 6.0, 2.5, PEN)
    replay.step = 1000.0
    record = painted(readout)
    run = replay.trajectory
    record_of = int(np.searchsorted(run.steps, 1000))
    assert in_order(record)[::2][:4] == ["W =", "b =", "J =", r"\alpha ="]
    values = [shown(text) for text in in_order(record)[1::2][:4]]
    expected = [*run.params[record_of], run.loss[record_of], run.learning_rate[record_of]]
    assert values == pytest.approx(expected, abs=5e-4)
    assert in_order(record)[-2:] == ["step", "1000"]
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


def test_on_the_way_both_steps_stand_beside_an_arrow() -> None:
    replay = Replay(fit())
    readout = Readout(replay, -6.0, 6.0, 2.5, PEN)
    replay.step = 3.5
    record = painted(readout)
    assert in_order(record)[-4:] == ["step", "3", r"\to", "4"]
    assert apart(record) > 0.05
    assert record.text("step").right < min(box.left for box in record.texts if box.text == "3")
    assert max(box.right for box in record.texts) == pytest.approx(6.0)


def test_rates_are_written_as_given_or_with_digits_of_the_last() -> None:
    assert rate_format(np.array([0.05, 0.05]))(0.05) == "0.05"
    write = rate_format(np.array([0.1, 0.05, 0.00123]))
    assert (write(0.1), write(0.00123)) == ("0.10000", "0.00123")
    assert rate_format(np.array([0.5, 0.25]))(0.25) == "0.2500"
    assert rate_format(np.array([1e-6, 5e-7]))(5e-7) == "5.0·10^−7"


def test_a_live_number_stands_behind_its_name() -> None:
    value = [1.5]
    live = LiveNumber("W", "W", lambda: value[0], partial(fixed, decimals=2), (1.0, 2.0), PEN, size=0.5)
    for number, text in ((1.5, "1.50"), (-2.0, "−2.00")):
        value[0] = number
        assert live.text == text
        name, digits = painted(live).texts
        assert name.left == pytest.approx(1.0)
        assert digits.text == text
        assert digits.left - name.right == pytest.approx(0.5 * EQUALS_GAP)
        assert digits.bottom == pytest.approx(2.0)
        assert (name.size, digits.size) == (0.5, 0.5)
    # As wide as in a formula.
    formula = PEN.math("W = 1.50", 0.5)
    value[0] = 1.5
    name, digits = painted(live).texts
    assert digits.right - name.left == pytest.approx(float(formula.width), abs=0.05)


def test_a_small_readout_fills_the_frame_evenly() -> None:
    replay = Replay(fit("cubic", steps=50))
    fields = small_readout(replay, PEN, decimals=2, loss_decimals=1)
    replay.step = 10.0
    record = painted(*fields.submobjects)  # type: ignore[arg-type]
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


@pytest.mark.parametrize("step", [0.0, 1.0, 2.5, 5.0])
def test_the_arithmetic_is_that_of_the_step_that_is_made(step: float) -> None:
    replay = Replay(fit(steps=5))
    arithmetic = StepArithmetic(replay, -6.0, 1.0, PEN)
    replay.step = step
    run, record = replay.trajectory, {0.0: 0, 1.0: 0, 2.5: 2, 5.0: 4}[step]
    for k, (new, old, rate, slope) in enumerate(arithmetic.values()):
        assert (new, old) == (run.params[record + 1, k], run.params[record, k])
        assert (rate, slope) == (run.learning_rate[record], run.gradient[record, k])
        assert new == pytest.approx(old - rate * slope)
    drawn = painted(arithmetic)
    rows = [[box for box in drawn.texts if abs(box.bottom - y) < 0.3] for y in (1.0, 0.3)]
    for row, name, cells in zip(rows, "Wb", arithmetic.cells(), strict=True):
        said = in_order_of(row)
        equals = said[-2]
        assert equals in ("=", r"\approx")
        new, old, rate, slope = cells
        assert said == [name, ":=", old, "-", rate, r"\cdot", slope, equals, new]
        assert slope.startswith("(")
        assert slope.endswith(")")
        assert min(box.left for box in row) == pytest.approx(-6.0)
        if record == 0:
            assert max(box.right for box in row) <= -6.0 + StepArithmetic.ROOM
    for one, other in zip(sorted_of(rows[0])[1:], sorted_of(rows[1])[1:], strict=True):
        # In columns: numbers at their right edges, signs in their middles.
        edges = abs(one.right - other.right), abs(one.left + one.right - other.left - other.right)
        assert min(edges) < 0.02
    for row in rows:
        assert min(b.left - a.right for a, b in pairwise(sorted_of(row))) > 0.05


def sorted_of(row):  # type: ignore[no-untyped-def]
    return sorted(row, key=lambda box: box.left)


def in_order_of(row) -> list[str]:  # type: ignore[no-untyped-def]
    return [box.text.removeprefix(r"$\displaystyle ").strip("$") for box in sorted_of(row)]


def test_equals_signs_are_true_of_the_numbers_as_they_are_shown() -> None:
    replay = Replay(fit(steps=40))
    arithmetic = StepArithmetic(replay, -6.0, 1.0, PEN)
    signs = set()
    for step in range(1, 41):
        replay.step = float(step)
        drawn = painted(arithmetic)
        for (new, old, rate, slope), y in zip(arithmetic.cells(), (1.0, 0.3), strict=True):
            (sign,) = (
                text for text in in_order_of([b for b in drawn.texts if abs(b.bottom - y) < 0.3])
                if text in ("=", r"\approx")
            )  # fmt: skip
            unit = 10.0 ** -len(new.partition(".")[2])
            difference = abs(shown(old) - shown(rate) * shown(slope.strip("()")) - shown(new))
            assert (difference <= 0.5 * unit * (1 + 1e-5)) == (sign == "=")
            signs.add(sign)
    assert "=" in signs


def test_values_moved_by_hand_stand_apart_and_are_short() -> None:
    for params, more in (((0.2, 0.9), (1.0, 1.0)), ((-7e5, 123456.0), (1e6, 1e6))):
        probe = Probe(np.array(params))
        record = painted(*parameter_values(probe, more, -6.0, 2.0, PEN).submobjects)  # type: ignore[arg-type]
        first, second = (box for box in record.texts if "=" in box.text)
        assert (first.left, second.left - first.left) == pytest.approx((-6.0, 2.9))
        assert in_order(record)[::2] == ["W =", "b ="]
        assert [shown(text) for text in in_order(record)[1::2]] == pytest.approx(params, rel=2e-3)
        probe.params = probe.params + np.array(more)
        moved = painted(*parameter_values(probe, more, -6.0, 2.0, PEN).submobjects)  # type: ignore[arg-type]
        values = in_order(moved)[1::2]
        assert max(map(len, values)) <= 9
