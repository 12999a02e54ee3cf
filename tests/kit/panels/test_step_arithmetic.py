"""The arithmetic of a step: the run's own numbers, in columns, with signs that are true of them as they are shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from painted import in_order, painted

from fitting import fit
from scenes.kit.drawing.painting import TextBox
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import shown

PEN = Pen()


def sorted_of(row: list[TextBox]) -> list[TextBox]:
    return sorted(row, key=lambda box: box.left)


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
        said = in_order(row)
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


def test_equals_signs_are_true_of_the_numbers_as_they_are_shown() -> None:
    replay = Replay(fit(steps=40))
    arithmetic = StepArithmetic(replay, -6.0, 1.0, PEN)
    signs = set()
    for step in range(1, 41):
        replay.step = float(step)
        drawn = painted(arithmetic)
        for (new, old, rate, slope), y in zip(arithmetic.cells(), (1.0, 0.3), strict=True):
            (sign,) = (
                text for text in in_order([b for b in drawn.texts if abs(b.bottom - y) < 0.3])
                if text in ("=", r"\approx")
            )  # fmt: skip
            unit = 10.0 ** -len(new.partition(".")[2])
            difference = abs(shown(old) - shown(rate) * shown(slope.strip("()")) - shown(new))
            assert (difference <= 0.5 * unit * (1 + 1e-5)) == (sign == "=")
            signs.add(sign)
    assert "=" in signs


@pytest.mark.parametrize(
    ("model", "loss", "start"),
    [("linear", "mse", None), ("cubic", "mse", None), ("sigmoid", "mse", {"W": 0.2, "b": 0.28})],
)
def test_the_arithmetic_of_the_first_steps_adds_up_as_it_is_shown(
    model: str, loss: str, start: dict[str, float] | None
) -> None:
    replay = Replay(fit(model, loss, start=start))
    arithmetic = StepArithmetic(replay, 0.0, 0.0, PEN)
    for step in range(8):
        replay.step = float(step)
        for new, old, rate, slope in arithmetic.cells():
            last = 10.0 ** -len(new.partition(".")[2])
            computed = shown(old) - shown(rate) * shown(slope.strip("()"))
            # Half a unit of the last place for each parameter that is rounded, a tenth for rate times slope.
            assert shown(new) == pytest.approx(computed, abs=1.1 * last), (step, new, old, rate, slope)
