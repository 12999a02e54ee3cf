"""Tables: columns end at their right edges, rows stand on their baselines, totals below them."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from scenes.kit.drawing.style import Stroke
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Rule, Table
from scenes.kit.words.labels import Labels

PEN = Pen()


def _table(ruled: bool = True) -> Table:
    columns = [
        Column(PEN.text("$x$"), ["1", "2", "⋮"], "#ff0000", 1.0),
        Column(PEN.text("$y$"), ["10.5", "−2.0", "⋮"], "#00ff00", 3.0, "8.5"),
    ]
    return Table(columns, -2.0, 1.0, PEN, 0.6, ruled)


def _right(formula: Formula) -> float:
    return float(formula.get_right()[0])


def test_columns_end_at_their_right_edges() -> None:
    table = _table()
    for group in (table.head, *table.rows[:2]):
        x, y = (part for part in group.submobjects if isinstance(part, Formula))
        assert (_right(x), _right(y)) == pytest.approx((-1.0, 1.0))
        assert x.baseline == pytest.approx(y.baseline)


def test_rows_stand_on_their_baselines() -> None:
    table = _table()
    assert [row.submobjects[0].baseline for row in table.rows] == pytest.approx([table.baseline(k) for k in range(3)])
    assert table.baseline(0) - table.baseline(1) == pytest.approx(0.6)
    assert table.baseline(0) < table.head.submobjects[0].baseline == pytest.approx(1.0)
    assert [cell.source for cell in table.rows[1].submobjects] == ["2", "−2.0"]


@pytest.mark.parametrize("lower", [0.06, 0.22])
def test_totals_stand_below_their_columns(lower: float) -> None:
    table = _table()
    rule, label, total = table.totals("sum", lower).submobjects
    assert isinstance(rule, Rule)
    assert total.source == "8.5"
    assert _right(total) == pytest.approx(1.0)
    assert total.baseline == label.baseline == pytest.approx(table.baseline(3) - lower)
    assert float(label.get_left()[0]) == pytest.approx(-2.0)


def test_a_table_goes_without_its_line() -> None:
    assert [sum(isinstance(part, Rule) for part in _table(ruled).head.submobjects) for ruled in (True, False)] == [1, 0]


def test_a_label_without_room_is_set_smaller() -> None:
    pen = Pen(labels=Labels({"sum": "eine ziemlich lange Summe"}))
    column = Column(pen.text("$x$"), ["1.5"], "#ffffff", 2.5, "1.5")
    row = Table([column], 0.0, 0.0, pen).totals("sum")
    label, number = (part for part in row.submobjects if isinstance(part, Formula))
    assert label.source == "eine ziemlich lange Summe"
    assert float(label.get_right()[0]) < float(number.get_left()[0]) - 0.1


def test_cells_have_their_column_s_colour_and_the_line_is_below_the_head() -> None:
    table = _table()
    assert table.rows[0].submobjects[0].glyphs[0].get_fill_color().to_hex() == "#FF0000"
    (rule,) = painted(*(part for part in table.head.submobjects if isinstance(part, Rule))).marks
    assert rule.points == pytest.approx(np.array([[-2.0, 0.84], [1.0, 0.84]]))
    assert (rule.color, rule.width) == (PEN.palette.muted, Stroke.GRID)
    dots = table.rows[2].submobjects[0]
    assert -1.0 - 0.3 < _right(dots) < -1.0 - 0.1, "under the middle of the numbers"
