"""A chart: what stands in its plane stands where its axes say."""

from __future__ import annotations

from itertools import pairwise

import cairo
import numpy as np
import pytest
from painted import painted_texts

from fitting import house_prices
from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.data_dots import DataDots
from scenes.kit.text.formula import Pen


@pytest.mark.parametrize("slope", [-3.0, 0.0, 0.5, 40.0])
def test_a_tangent_has_its_slope_in_the_charts_coordinates_and_its_length_on_the_screen(slope: float) -> None:
    chart = Chart((-6.0, -2.0, 0.0, 2.0), (-2.0, 4.0), (0.0, 10.0))
    start, end = chart.tangent(1.0, 3.0, slope, 0.9)
    assert (start + end) / 2 == pytest.approx(chart.to_screen(1.0, 3.0))
    assert np.linalg.norm(end - start) == pytest.approx(1.8)
    (left, bottom), (right, top) = chart.to_screen([0.0, 1.0], [0.0, 1.0])
    across, up = (end - start) / (right - left, top - bottom)
    assert across > 0
    assert up / across == pytest.approx(slope)


@pytest.mark.parametrize("right", [-1.0, 1.5, 5.0])
def test_ticks_of_an_axis_stand_apart_however_narrow_the_chart_is(right: float) -> None:
    pen = Pen()
    chart = Chart((-6.0, -2.0, right, 2.0), (0.0, 520_000.0), (0.0, 10.0))
    texts = painted_texts(ChartAxes(chart, pen.text("x"), pen.text("y"), pen))
    ticks = sorted((text for text in texts if "000" in text.text), key=lambda text: text.left)
    assert len(ticks) >= 2
    assert all(other.left - one.right > 0.1 for one, other in pairwise(ticks))


@pytest.mark.parametrize(("x_range", "seen"), [((0.0, 5.0), 4), ((1.5, 5.0), 3), ((2.5, 4.5), 2)])
def test_no_dot_is_drawn_outside_the_plane(x_range: tuple[float, float], seen: int) -> None:
    chart = Chart((4.0, 0.0, 8.0, 8.0), x_range, (-20.0, 20.0))
    places = chart.to_screen(house_prices().x, 0.0)[:, 0]
    assert (places > chart.plane[0]).sum() == seen
    assert places.min() > 0
    surface = cairo.ImageSurface(cairo.FORMAT_A8, 800, 800)
    context = cairo.Context(surface)
    context.scale(100, 100)
    DataDots(chart, house_prices(), Pen()).paint(Canvas(context, np.zeros((8, 8, 4), dtype=np.uint8), 100.0))
    columns = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(800, -1).any(axis=0)
    assert columns[np.round(100 * places).astype(int)].tolist() == (places > chart.plane[0]).tolist()


@pytest.mark.parametrize("air", [0.0, 0.3])
def test_only_within_it_is_what_leaves_the_plane_cut_off(air: float) -> None:
    chart = Chart((0.0, 0.0, 4.0, 4.0), (0.0, 1.0), (0.0, 1.0), air=(1.0, 1.0, 1.0, 1.0))
    surface = cairo.ImageSurface(cairo.FORMAT_A8, 40, 40)
    context = cairo.Context(surface)
    context.scale(10, 10)
    canvas = Canvas(context, np.zeros((40, 40, 4), dtype=np.uint8), 10.0)
    everywhere = [(0.0, 2.0), (4.0, 2.0)]
    with chart.clipped(canvas, air):
        canvas.line(everywhere, "#FFFFFF", 4.0)
    surface.flush()
    seen = np.frombuffer(surface.get_data(), np.uint8).reshape(40, -1)[:, :40] > 0
    inside = np.arange(40)[seen.any(axis=0)]
    assert (inside[0], inside[-1]) == (10 - 10 * air, 29 + 10 * air)
    assert np.array_equal(seen.any(axis=0), seen.any(axis=1))
    canvas.line(everywhere, "#FFFFFF", 4.0)
    surface.flush()
    assert np.frombuffer(surface.get_data(), np.uint8).reshape(40, -1)[:, :40].all()
