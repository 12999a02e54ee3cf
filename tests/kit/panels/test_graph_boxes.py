"""Boxes, edges and chips of a computation graph: where they stand, and how they look."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from graphs import RECT, panel
from painted import Mark, painted

from fitting import LOSSES, MODELS, chain_rule
from scenes.kit.drawing.painting import Canvas
from scenes.kit.drawing.style import Stroke
from scenes.kit.panels.graph.panel import BOX, CHIP, NARROW, GraphPanel, _rounded
from scenes.kit.text.formula import Pen

PEN = Pen()


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
