"""Tables: columns, their right edges, and what stands below them."""

from __future__ import annotations

from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import total_row
from scenes.kit.words.labels import Labels


def test_a_label_without_room_is_set_smaller() -> None:
    pen = Pen(labels=Labels({"sum": "eine ziemlich lange Summe"}))
    row = total_row("sum", [("1.5", "#ffffff", 2.5)], 0.0, 0.0, pen)
    label, number = (part for part in row.submobjects if isinstance(part, Formula))
    assert label.source == "eine ziemlich lange Summe"
    assert float(label.get_right()[0]) < float(number.get_left()[0]) - 0.1
