"""A computation graph on the screen: when numbers come, and what is written."""

from __future__ import annotations

import numpy as np
import pytest
from graphs import graph, panel
from painted import Record, painted

from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.graph.panel import BOX, CHIP
from scenes.kit.text.formula import Pen

PEN = Pen()


def numbers(record: Record) -> list[str]:
    return [box.text for box in record.texts if "$" not in box.text]


@pytest.mark.parametrize(
    ("forward", "known"),
    [(0.0, set()), (1.0, {"2", "3", "−1", "4"}), (1.5, {"2", "3", "−1", "4"}), (2.0, {"2", "3", "−1", "4", "5"}),
     (4.0, {"2", "3", "−1", "4", "5", "1"})],
)  # fmt: skip
def test_values_come_column_by_column(forward: float, known: set[str]) -> None:
    assert set(numbers(painted(panel(forward=forward)))) == known


def test_a_value_stands_in_its_box_under_its_name() -> None:
    shown = panel(forward=4.0)
    record = painted(shown)
    x, y = shown.position("prediction")
    value, name = record.text("5"), next(b for b in record.texts if b.text == r"$\displaystyle \hat{y}$")
    for box in (value, name):
        assert (box.left + box.right) / 2 == pytest.approx(x, abs=0.02)
        assert y - BOX[1] / 2 < box.bottom < box.top < y + BOX[1] / 2
    assert value.top < name.bottom + 0.08
    alone = next(b for b in painted(panel()).texts if b.text == name.text)
    assert (alone.bottom + alone.top) / 2 == pytest.approx(y, abs=0.08), "in the middle until the number comes"


def test_formulas_stand_above_their_nodes_while_they_are_shown() -> None:
    shown = panel()
    formula = next(box for box in painted(shown).texts if r"\cdot" in box.text)
    x, y = shown.position("prediction")
    assert (formula.left + formula.right) / 2 == pytest.approx(x)
    assert y + BOX[1] / 2 < formula.bottom < y + BOX[1] / 2 + 0.2
    assert not [box for box in painted(panel(operations=0.0)).texts if r"\cdot" in box.text]


@pytest.mark.parametrize(
    ("backward", "chips"),
    [(0.0, []), (0.6, []), (1.0, ["1"]), (2.0, ["1", "2"]), (3.0, ["1", "2", "2"]), (5.0, ["1", "2", "2", "6", "2"])],
)
def test_derivatives_come_stage_by_stage(backward: float, chips: list[str]) -> None:
    found = numbers(painted(panel(backward=backward, locals=0.0)))
    assert sorted(found) == sorted(chips)


def test_the_derivative_of_an_upper_node_stands_above_it_and_others_below() -> None:
    shown = panel(backward=5.0, locals=0.0)
    record = painted(shown)
    away = BOX[1] / 2 + 0.05 + CHIP / 2
    for name, text, side in (("W", "6", 1), ("b", "2", -1), ("loss", "1", -1)):
        x, y = shown.position(name)
        boxes = [b for b in record.texts if b.text == text and abs((b.left + b.right) / 2 - x) < 0.01]
        assert any((box.bottom + box.top) / 2 == pytest.approx(y + side * away, abs=0.04) for box in boxes)


def test_local_derivatives_stand_on_the_edges_that_the_way_back_has_reached() -> None:
    for backward, texts in ((1.0, []), (1.2, ["×2"]), (5.0, ["×2", "×1", "×3", "×1"])):
        found = [text for text in numbers(painted(panel(backward=backward))) if text.startswith("×")]
        assert sorted(found) == sorted(texts)
    shown = panel(backward=5.0)
    box = painted(shown).text("×3")
    x, y = shown.edge_middle(("W", "prediction"))
    assert ((box.left + box.right) / 2, (box.bottom + box.top) / 2) == pytest.approx((x, y), abs=0.05)
    assert shown.local(("W", "prediction")) == 3.0
    assert shown.derivative("W") == 6.0
    assert "y" not in {edge[0] for edge in shown.path("W")}
    assert shown.path("W") == (("W", "prediction"), ("prediction", "r"), ("r", "loss"))


def test_pulses_run_forward_along_the_edges_and_back() -> None:
    shown = panel(forward=1.3)
    discs = painted(shown).of("disc", PEN.palette["model"])
    # Half of the way to the second column, on its three edges.
    middles = [shown.edge_middle((name, "prediction")) for name in ("W", "x", "b")]
    found = sorted(map(tuple, np.vstack([disc.points for disc in discs]).tolist()))
    assert np.array(found) == pytest.approx(np.array(sorted(middles)))
    back = panel(backward=1.35)
    (disc,) = painted(back).of("disc", PEN.palette["gradient"])
    assert disc.points[0] == pytest.approx(back.edge_middle(("r", "loss")))
    assert not painted(panel(forward=1.0)).of("disc")
    assert not painted(panel(backward=2.0)).of("disc")


def test_what_is_lit_is_bright_and_wide() -> None:
    shown = panel()
    shown.lit = shown.lights("r", ("r", "loss"))
    assert shown.lit.sum() == 2.0
    record = painted(shown)
    wide = [mark for mark in record.of("line") if mark.width == Stroke.CURVE]
    glow = [mark for mark in record.of("line") if mark.width == 0.17]
    assert len(wide) == len(glow) == 1
    assert (wide[0].color, wide[0].opacity, glow[0].opacity) == (PEN.palette["gradient"], 1.0, 0.25)
    assert wide[0].points[0][0] > shown.position("r")[0]


def test_a_nudge_runs_from_its_node_to_the_loss() -> None:
    shown = panel()
    shown.follow_nudge("W", graph(w=2.5))
    assert [shown.change(name) for name in ("W", "prediction", "r")] == pytest.approx([0.5, 1.5, 1.5])
    assert shown.change("loss") == pytest.approx(2.5**2 - 1)
    assert not numbers(painted(shown))
    shown.nudge = 0.4
    assert shown.nudged("W") == pytest.approx(1.0)
    shown.nudge = 0.2
    assert shown.nudged("W") == pytest.approx(0.5)
    shown.nudge = 1.8
    assert [shown.nudged(name) for name in ("W", "prediction", "r")] == pytest.approx([1.0, 0.5, 0.0])
    record = painted(shown)
    assert {"+0.5", "+1.5", "×3"} <= set(numbers(record))
    up, half = record.of("arrow")
    assert up.points[1] - up.points[0] == pytest.approx([0.0, 0.28])
    assert half.points[1] - half.points[0] == pytest.approx([0.0, 0.14])
    assert up.width == half.width < 0.15
    box = record.text("+0.5")
    assert box.right < up.points[0, 0] < box.right + 0.3
    x, y = shown.position("W")
    assert (box.left + box.right) / 2 == pytest.approx(x - 0.12)
    assert (up.points[:, 1].mean(), box.bottom) == pytest.approx((y + BOX[1] / 2 + 0.05 + CHIP / 2,) * 2, abs=0.1)
    shown.follow_nudge("b", graph(b=-1.5))
    shown.nudge = 1.0
    (down,) = painted(shown).of("arrow")
    assert down.points[1, 1] < down.points[0, 1]


def test_another_sample_shows_other_numbers_in_the_same_places() -> None:
    shown = panel(forward=4.0)
    place_of = shown.position("r")
    shown.show(graph(x=1.0, y=0.0))
    assert (shown.value("r"), shown.position("r")) == (1.0, place_of)
    assert shown.value("x") == 1.0


def test_numbers_are_put_in_for_names() -> None:
    shown = panel()
    written = shown.with_numbers("prediction")
    assert written == r"\textcolor{W}{2} \cdot \textcolor{data}{3} + \textcolor{b}{(-1)}"
    assert shown.with_numbers("loss") == r"\textcolor{residual}{1}^2"


def test_a_number_outside_comes_as_its_stage_ends() -> None:
    for backward, opacity in ((0.7, None), (0.85, 0.5), (1.0, 1.0)):
        chips = painted(panel(backward=backward, locals=0.0)).of("fill", PEN.palette["gradient"])
        assert [mark.opacity for mark in chips] == ([] if opacity is None else [pytest.approx(opacity)])
