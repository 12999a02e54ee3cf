"""Tables: columns, their right edges, and what stands below them."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Rule, table, total_row
from scenes.kit.words.labels import Labels


def test_a_label_without_room_is_set_smaller() -> None:
    pen = Pen(labels=Labels({"sum": "eine ziemlich lange Summe"}))
    row = total_row("sum", [("1.5", "#ffffff", 2.5)], 0.0, 0.0, pen)
    label, number = (part for part in row.submobjects if isinstance(part, Formula))
    assert label.source == "eine ziemlich lange Summe"
    assert float(label.get_right()[0]) < float(number.get_left()[0]) - 0.1


def texts(group: Group) -> dict[str, Formula]:
    return {part.source: part for part in group.submobjects if isinstance(part, Formula)}


def edge(formula: Formula) -> float:
    return float(formula.get_right()[0])


def test_cells_stand_below_their_heading_at_its_right_edge() -> None:
    pen = Pen()
    columns = [
        Column(pen.text("x"), ["1", "22", ""], "#ff0000", 1.0),
        Column(pen.text("y"), ["3.5", "⋮", "4"], "#00ff00", 2.5),
    ]
    group = table(columns, -3.0, 2.0, pen, leading=0.4)
    found = texts(group)
    assert list(found) == ["x", "1", "22", "y", "3.5", r"$\displaystyle \vdots$", "4"]
    for name, right in (("x", -2.0), ("1", -2.0), ("22", -2.0), ("y", -0.5), ("3.5", -0.5), ("4", -0.5)):
        assert edge(found[name]) == pytest.approx(right)
    dots = found[r"$\displaystyle \vdots$"]
    assert -0.5 - 0.3 < edge(dots) < -0.5 - 0.1, "under the middle of the numbers"
    assert found["x"].baseline == found["y"].baseline == pytest.approx(2.0)
    for k, row in enumerate((("1", "3.5"), ("22",), ("4",))):
        for name in row:
            assert found[name].baseline == pytest.approx(2.0 - 0.14 - (k + 1) * 0.4)
    assert found["1"].glyphs[0].get_fill_color().to_hex() == "#FF0000"
    (rule,) = painted(*(part for part in group.submobjects if isinstance(part, Rule))).marks
    assert rule.points == pytest.approx(np.array([[-3.0, 1.84], [-0.5, 1.84]]))
    assert (rule.color, rule.width) == (pen.palette.muted, Stroke.GRID)
    assert found["x"].get_bottom()[1] > 1.84 > found["1"].get_top()[1]


def test_rows_are_half_a_unit_apart_if_nothing_is_said() -> None:
    pen = Pen()
    found = texts(table([Column(pen.text("x"), ["1", "2"], "#ffffff", 1.0)], 0.0, 0.0, pen))
    assert found["1"].baseline - found["2"].baseline == pytest.approx(0.5)


def test_a_total_stands_under_its_columns_below_a_rule() -> None:
    pen = Pen()
    row = total_row("sum", [("1.5", "#ff0000", 2.0), ("22", "#00ff00", 3.5)], -1.0, 0.5, pen)
    found = texts(row)
    assert float(found["sum"].get_left()[0]) == pytest.approx(-1.0)
    assert (edge(found["1.5"]), edge(found["22"])) == pytest.approx((1.0, 2.5))
    assert [formula.baseline for formula in found.values()] == pytest.approx([0.44] * 3)
    (rule,) = painted(*(part for part in row.submobjects if isinstance(part, Rule))).marks
    assert rule.points == pytest.approx(np.array([[-1.0, 0.82], [2.5, 0.82]]))
    assert found["1.5"].get_top()[1] < 0.82
    assert found["sum"].size == Size.BODY, "there is room for it"
