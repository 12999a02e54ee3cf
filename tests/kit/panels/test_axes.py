"""Axes of a chart: where ticks, their texts and the titles stand; and how few there are where there is no room."""

from __future__ import annotations

import numpy as np
import pytest
from painted import Record, painted

from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.text.formula import Pen

PEN = Pen()
RECT = (-6.0, -2.0, 0.0, 2.0)


def axes(chart: Chart, **options: object) -> Record:
    return painted(ChartAxes(chart, PEN.text("across"), PEN.text("up"), PEN, **options))  # type: ignore[arg-type]


def test_the_plane_leaves_room_for_ticks_below_and_on_the_left() -> None:
    plane = Chart(RECT, (0.0, 1.0), (0.0, 1.0)).plane
    assert plane == pytest.approx([-5.22, -1.28, -0.15, 1.58])
    assert Chart(RECT, (0.0, 1.0), (0.0, 1.0), (1.0, 2.0, 0.5, 0.25)).plane == pytest.approx([-5.0, 0.0, -0.5, 1.75])


def test_ends_of_the_ranges_are_ends_of_the_plane() -> None:
    chart = Chart(RECT, (-2.0, 4.0), (10.0, 30.0))
    left, bottom, right, top = chart.plane
    assert chart.to_screen([-2.0, 4.0], [10.0, 30.0]) == pytest.approx(np.array([[left, bottom], [right, top]]))
    assert chart.to_screen(1.0, 20.0) == pytest.approx([(left + right) / 2, (bottom + top) / 2])
    assert chart.to_screen(1.0, [10.0, 30.0]).shape == (2, 2)


def test_every_tick_has_its_line_and_its_text_beside_it() -> None:
    chart = Chart(RECT, (0.0, 10.0), (0.0, 3.0))
    record = axes(chart)
    left, bottom, right, _ = chart.plane
    levels = record.of("line", PEN.palette.grid)
    assert [float(mark.points[0, 1]) for mark in levels] == pytest.approx(
        chart.to_screen(0.0, [0.0, 1.0, 2.0, 3.0])[:, 1].tolist()
    )
    for mark in levels:
        (y,) = {round(float(height), 9) for height in mark.points[:, 1]}
        assert mark.points[:, 0].tolist() == pytest.approx([left, right])
        beside = [box for box in record.texts if abs(box.right - (left - 0.14)) < 1e-6 and box.bottom < y < box.top]
        assert len(beside) == 1, "a text beside each, in its middle"
    axis, *marks = record.of("line", PEN.palette.muted)
    assert axis.points == pytest.approx(np.array([[left, bottom], [right, bottom]]))
    assert axis.width == Stroke.THIN
    assert len(marks) == 6
    for mark, value in zip(marks, range(0, 11, 2), strict=True):
        x = float(chart.to_screen(value, 0.0)[0])
        assert mark.points == pytest.approx(np.array([[x, bottom], [x, bottom - 0.07]]))
        below = [
            box for box in record.texts
            if box.text == str(value) and abs((box.left + box.right) / 2 - x) < 0.03 and box.top < bottom - 0.07
        ]  # fmt: skip
        assert len(below) == 1
    # Their texts stand under the marks, above the title.
    assert all(box.bottom > bottom - 0.36 for box in record.texts if box.top < bottom and box.text != "across")


def test_titles_stand_at_the_ends_of_the_axes() -> None:
    chart = Chart(RECT, (0.0, 10.0), (0.0, 3.0))
    record = axes(chart)
    left, bottom, right, top = chart.plane
    across, up = record.text("across"), record.text("up")
    assert across.right == pytest.approx(right)
    assert bottom - 0.72 < across.bottom < across.top < bottom - 0.32
    widest = min(box.left for box in record.texts if box.right < left)
    assert up.left == pytest.approx(widest)
    assert top < up.bottom < top + 0.25


def test_powers_of_ten_stand_beside_the_titles() -> None:
    chart = Chart(RECT, (0.0, 5e7), (0.0, 3e-6))
    record = axes(chart)
    right, top = float(chart.plane[2]), float(chart.plane[3])
    x_factor, y_factor = record.text("10^7"), record.text("10^−6")
    across, up = record.text("across"), record.text("up")
    assert x_factor.right == pytest.approx(right)
    assert across.right == pytest.approx(x_factor.left - 0.18)
    assert y_factor.left == pytest.approx(up.right + 0.18)
    bottom = float(chart.plane[1])
    for box, baseline in ((x_factor, bottom - 0.68), (across, bottom - 0.68), (y_factor, top + 0.2), (up, top + 0.2)):
        assert box.bottom == pytest.approx(baseline, abs=0.08)


@pytest.mark.parametrize(("height", "every"), [(6.0, 1), (3.0, 2), (2.2, 4), (1.3, 8)])
def test_a_low_chart_leaves_out_levels(height: float, every: int) -> None:
    chart = Chart((-6.0, 0.0, 0.0, height), (0.0, 10.0), (0.0, 8.0), (0.78, 0.72, 0.15, 0.42))
    y_ticks = Ticks(list(range(9)), [f"{k}.5" for k in range(9)])
    record = axes(chart, y_ticks=y_ticks)
    assert [box.text for box in record.texts if ".5" in box.text] == [f"{k}.5" for k in range(0, 9, every)]
    gap = (chart.plane[3] - chart.plane[1]) / 8
    assert every * gap >= 1.5 * Size.TICK or every == 8
    assert every == 1 or every / 2 * gap < 1.5 * Size.TICK


@pytest.mark.parametrize("width", [6.0, 3.0, 2.0, 1.5])
def test_a_narrow_chart_leaves_out_marks(width: float) -> None:
    chart = Chart((0.0, -2.0, width, 2.0), (0.0, 8.0), (0.0, 1.0))
    record = axes(chart, x_ticks=Ticks(list(range(9)), [f"{k}00" for k in range(9)]))
    shown = [int(box.text) // 100 for box in record.texts if box.text.endswith("00")]
    every = shown[1] if len(shown) > 1 else 8
    assert shown == list(range(0, 9, every))
    gap = (chart.plane[2] - chart.plane[0]) / 8
    broad = max(box.right - box.left for box in record.texts if box.text.endswith("00"))
    assert every == 8 or every * gap >= broad + 0.12
    assert every == 1 or every / 2 * gap < broad + 0.12


def test_ticks_of_another_unit_stand_where_its_numbers_are() -> None:
    marks = Ticks.round((-1.0, 1.0), mean=100.0, scale=50.0)
    values = [float(text) for text in marks.texts]
    assert values == [60.0, 80.0, 100.0, 120.0, 140.0]
    assert [100.0 + 50.0 * place for place in marks.places] == pytest.approx(values)
    assert marks.rest == ""
    assert Ticks([0.0], ["0"]).beside(PEN) is None
    assert len(Ticks.round((0.0, 5.0)).places) == 6
    assert len(Ticks.round((0.0, 5.0), 3).places) == 3


def test_axes_have_six_ticks_unless_fewer_are_asked_for() -> None:
    chart = Chart(RECT, (0.0, 5.0), (0.0, 5.0))
    assert len(axes(chart).of("line", PEN.palette.grid)) == 6
    assert len(axes(chart, most=3).of("line", PEN.palette.grid)) == 3
