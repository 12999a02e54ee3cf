"""A computation graph on the screen: where nodes stand, when numbers come, and what is written."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from painted import Mark, Record, painted

from fitting import LOSSES, MODELS, chain_rule
from scenes.kit.drawing.painting import Canvas
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.graph.panel import BOX, CHIP, NARROW, GraphPanel, _rounded
from scenes.kit.text.formula import Pen

PEN = Pen()
RECT = (-6.0, -2.0, 6.0, 3.0)
PARAMS = np.array([2.0, -1.0])


def graph(w: float = 2.0, x: float = 3.0, y: float = 4.0, b: float = -1.0):  # type: ignore[no-untyped-def]
    return chain_rule(MODELS["linear"], LOSSES["mse"], np.array([w, b]), x, y)


def panel(**shown: float) -> GraphPanel:
    found = GraphPanel(graph(), RECT, PEN)
    for name, value in shown.items():
        setattr(found, name, value)
    return found


def test_nodes_fill_their_place_and_leave_room_for_chips() -> None:
    shown = panel()
    assert shown.columns == 4.0
    assert shown.box == BOX
    assert shown.stages == 5
    xs = {name: shown.position(name) for name in ("x", "prediction", "r", "loss")}
    assert xs["x"][0] - BOX[0] / 2 == pytest.approx(-6.0)
    assert xs["loss"][0] + BOX[0] / 2 == pytest.approx(6.0)
    assert np.diff([x for x, _ in xs.values()]) == pytest.approx([(12 - BOX[0]) / 3] * 3)
    assert {y for _, y in xs.values()} == {0.5}
    assert shown.position("W")[1] + BOX[1] / 2 + 0.05 + CHIP == pytest.approx(3.0)
    assert shown.position("b")[1] - BOX[1] / 2 - 0.05 - CHIP == pytest.approx(-2.0)
    assert [shown.column(name) for name in ("W", "prediction", "loss")] == [1.0, 2.0, 4.0]
    assert [shown.stage(name) for name in ("loss", "b")] == [1.0, 5.0]


@pytest.mark.parametrize(("name", "columns", "width"), [("sigmoid", 6, BOX[0]), ("tanh-network", 7, NARROW)])
def test_more_than_six_columns_have_narrow_nodes(name: str, columns: int, width: float) -> None:
    model = MODELS[name]
    long = GraphPanel(chain_rule(model, LOSSES["mse"], np.full(len(model.parameters), 0.5), 1.0, 2.0), RECT, PEN)
    assert (long.columns, long.box) == (columns, (width, BOX[1]))


def test_an_edge_ends_beside_the_nodes_apart_from_other_edges() -> None:
    shown = panel()
    for name, fan in (("W", 0.2), ("x", 0.0), ("b", -0.2)):
        (x0, y0), (x1, y1) = shown.position(name), shown.position("prediction")
        middle = (x0 + x1) / 2, (y0 + y1 + fan) / 2
        assert shown.edge_middle((name, "prediction")) == pytest.approx(middle)
    record = painted(shown)
    lines = record.of("line")
    assert len(lines) == 6
    half = BOX[0] / 2 + 0.07
    starts = {tuple(np.round(mark.points[0], 6)) for mark in lines}
    assert tuple(np.round((shown.position("W")[0] + half, shown.position("W")[1]), 6)) in starts
    for line, head in zip(lines, record.of("polygon"), strict=True):
        tip, one, other = head.points
        assert np.linalg.norm(tip - line.points[1]) == pytest.approx(0.15)
        assert (one + other) / 2 == pytest.approx(line.points[1])
        assert np.linalg.norm(one - other) == pytest.approx(0.15)
        direction = line.points[1] - line.points[0]
        assert direction @ (one - other) == pytest.approx(0.0)
        assert direction @ (tip - line.points[1]) > 0
        assert (line.width, line.opacity, line.color) == (Stroke.THIN, 0.75, PEN.palette.muted)


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


def test_a_key_stands_in_the_upper_right_corner() -> None:
    assert not [box for box in painted(panel()).texts if "slope" in box.text]
    record = painted(panel(legend=1.0))
    edge, loss = (box for box in record.texts if "slope" in box.text)
    assert max(edge.right, loss.right) == pytest.approx(RECT[2])
    assert edge.left == pytest.approx(loss.left)
    assert edge.bottom - loss.bottom == pytest.approx(0.44, abs=0.12)
    assert RECT[3] - 0.6 < edge.bottom < edge.top < RECT[3]
    chips = [box for box in record.texts if box.text in ("×1", "1")]
    assert [box.text for box in chips] == ["×1", "1"]
    for chip in chips:
        assert (chip.left + chip.right) / 2 == pytest.approx(edge.left - 0.45)


def test_numbers_are_put_in_for_names() -> None:
    shown = panel()
    written = shown.with_numbers("prediction")
    assert written == r"\textcolor{W}{2} \cdot \textcolor{data}{3} + \textcolor{b}{(-1)}"
    assert shown.with_numbers("loss") == r"\textcolor{residual}{1}^2"


def sides(mark: Mark) -> tuple[float, ...]:
    """Middle, width and height of a path."""
    return (*mark.points.mean(axis=0).tolist(), *np.ptp(mark.points, axis=0).tolist())


def test_nodes_are_boxes_with_a_rim_in_their_colour() -> None:
    shown = panel()
    shown.lit = shown.lights("r")
    record = painted(shown)
    for name, color, width in (
        ("W", "W", Stroke.THIN), ("x", "data", Stroke.THIN), ("r", "residual", Stroke.THIN + Stroke.NORMAL)
    ):  # fmt: skip
        (rim,) = (
            mark for mark in record.of("stroke") if sides(mark)[:2] == pytest.approx(shown.position(name), abs=0.01)
        )
        assert sides(rim)[2:] == pytest.approx(BOX, abs=0.01)
        assert (rim.color, rim.width) == (PEN.palette[color], pytest.approx(width))
        back, front = (
            mark for mark in record.of("fill") if sides(mark)[:2] == pytest.approx(shown.position(name), abs=0.01)
        )
        assert (back.color, back.opacity) == (PEN.palette.background, 1.0)
        assert (front.color, front.opacity) == (PEN.palette.grid, pytest.approx(1.0 if name == "r" else 0.45))


def test_chips_are_as_wide_as_their_numbers() -> None:
    shown = panel(backward=5.0)
    record = painted(shown)
    middle = shown.edge_middle(("W", "prediction"))
    (chip,) = (m for m in record.of("stroke") if sides(m)[:2] == pytest.approx(middle, abs=0.01))
    number = record.text("×3")
    assert sides(chip)[2:] == pytest.approx((number.right - number.left + 0.16, CHIP), abs=0.01)
    assert (chip.color, chip.opacity, chip.width) == (PEN.palette["gradient"], pytest.approx(0.55), Stroke.GRID)
    x, y = shown.position("W")
    place = x, y + BOX[1] / 2 + 0.05 + CHIP / 2
    (filled,) = (
        m for m in record.of("fill", PEN.palette["gradient"]) if sides(m)[:2] == pytest.approx(place, abs=0.01)
    )
    number = record.text("6")
    assert sides(filled)[2:] == pytest.approx((number.right - number.left + 0.26, CHIP), abs=0.01)
    assert number.left - filled.points[0, 0] == pytest.approx(0.13, abs=0.01)


def test_a_number_outside_comes_as_its_stage_ends() -> None:
    for backward, opacity in ((0.7, None), (0.85, 0.5), (1.0, 1.0)):
        chips = painted(panel(backward=backward, locals=0.0)).of("fill", PEN.palette["gradient"])
        assert [mark.opacity for mark in chips] == ([] if opacity is None else [pytest.approx(opacity)])


def test_boxes_have_round_corners() -> None:
    surface = cairo.ImageSurface(cairo.FORMAT_A8, 400, 400)
    context = cairo.Context(surface)
    context.scale(100, 100)
    canvas = Canvas(context, np.zeros((4, 4, 4), dtype=np.uint8), 100.0)
    _rounded(canvas, 2.0, 1.5, 3.0, 2.0, 0.5)
    context.fill()
    covered = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(400, -1)[:, :400]
    assert covered.sum() / 255 / 100**2 == pytest.approx(6.0 - (4 - np.pi) * 0.25, abs=0.01)
    for x, y in ((0.6, 0.6), (3.4, 0.6), (3.4, 2.4), (0.6, 2.4)):
        assert covered[round(100 * y), round(100 * x)] == 0
