"""Derivations on the screen: where their lines stand, and with which signs."""

from __future__ import annotations

import pytest

from fitting.derivation import Derivation, Line
from scenes.kit.text.derivation import write
from scenes.kit.text.formula import Pen

STEP = Derivation("w", (Line("w - a", lambda at: 0.0, ":="), Line("2", lambda at: 2.0)))


def test_lines_stand_below_each_other_their_signs_in_one_column() -> None:
    written = write(STEP, Pen(), -3.0, 2.0, size=0.4, leading=1.5)
    assert written.left.get_left()[0] == pytest.approx(-3.0)
    assert [line.baseline for line in (written.left, *written.lines)] == pytest.approx([2.0, 2.0, 0.5])
    edge = float(written.left.get_right()[0]) + 0.16
    assert [float(line.get_left()[0]) for line in written.lines] == pytest.approx([edge, edge])


def test_each_line_begins_with_its_sign() -> None:
    first, second = (line.source for line in write(STEP, Pen(), 0.0, 0.0).lines)
    assert ":= w - a" in first
    assert "= 2" in second
    assert ":=" not in second
