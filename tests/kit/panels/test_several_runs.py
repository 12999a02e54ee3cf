"""Several runs on one clock: a table with a row for each, and what is said of their rates."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from fitting import fit
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.curves import Look
from scenes.kit.panels.several_runs import RunTable, prediction, rate_text
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Runs
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import shown

PEN = Pen()
LOOKS = Look("#aa0000", (0.1, 0.2), 0.05), Look("#00aa00")


def table(runs: Runs) -> RunTable:
    names, rates = [PEN.text("one"), PEN.text("two")], [PEN.text("0.01"), PEN.text("0.02")]
    return RunTable(runs, LOOKS, names, rates, (-6.0, 2.0), (2.0, 3.5, 5.5), PEN)


def test_a_table_of_runs_has_a_row_for_each() -> None:
    runs = Runs([fit(steps=4, learning_rate=0.01), fit(steps=9, learning_rate=0.02)])
    runs.step = 6.0
    shown_table = table(runs)
    assert [step for step, _ in shown_table.texts()] == ["4", "6"]
    losses = [replay.moment.loss for replay in runs.replays]
    assert [shown(loss) for _, loss in shown_table.texts()] == pytest.approx(losses, rel=5e-4)
    record = painted(shown_table)
    rule, *keys = record.of("line")
    assert rule.points == pytest.approx(np.array([[-6.0, 1.84], [-0.5, 1.84]]))
    assert (rule.color, rule.width) == (PEN.palette.muted, Stroke.GRID)
    for k, (key, look, name, rate) in enumerate(zip(keys, LOOKS, ("one", "two"), ("0.01", "0.02"), strict=True)):
        y = 2.0 - 0.12 - (k + 1) * RunTable.LEADING
        assert key.points == pytest.approx(np.array([[-6.0, y + 0.1], [-6.0 + RunTable.KEY, y + 0.1]]))
        assert (key.color, key.width, key.dash) == (look.color, look.width, look.dash)
        assert record.text(name).left == pytest.approx(-6.0 + RunTable.KEY + 0.14)
        step, loss = shown_table.texts()[k]
        for text, right in ((rate, -4.0), (step, -2.5), (loss, -0.5)):
            (box,) = (b for b in record.texts if b.text == text and abs(b.bottom - y) < 0.03)
            assert box.right == pytest.approx(right)
    for heading, right in ((r"\alpha", -4.0), ("step", -2.5), ("J", -0.5)):
        (box,) = (b for b in record.texts if heading in b.text and b.top > 1.9)
        assert box.right == pytest.approx(right)
        assert box.bottom > 1.84
    assert 0.4 < RunTable.LEADING < 0.8


def test_a_runs_rate_is_said_as_one_number_or_as_both_ends() -> None:
    assert rate_text(fit(steps=2, learning_rate=0.05)).source() == "0.05"
    stairs = fit(steps=20, learning_rate=0.05, final_learning_rate=0.0123)
    assert rate_text(stairs).source() == f"0.05 to {stairs.final_learning_rate:.2g}"
    run = fit(steps=2)
    assert prediction(run.model, Probe(np.array([2.0, 1.0])))(np.array([3.0])) == pytest.approx([7.0])
