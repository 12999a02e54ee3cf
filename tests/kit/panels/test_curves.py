"""Curves: how they are drawn, where they end, where their labels go, and how a chart zooms."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from fitting import house_prices
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.curves import CurveDots, CurveLine, EndLabels, KeyLine, Look, ZoomChart
from scenes.kit.panels.three_models import NAMES, fitted_curve, looks, names, three_runs
from scenes.kit.text.formula import Pen

PEN = Pen()
LOOK = Look("#123456", (0.2, 0.1), 0.07)


def chart() -> Chart:
    return Chart((0.0, 0.0, 6.0, 6.0), (0.0, 10.0), (0.0, 10.0), (1.0, 1.0, 1.0, 1.0))


def test_a_curve_is_drawn_from_its_left_end_as_far_as_it_has_come() -> None:
    curve = CurveLine(chart(), lambda x: x**2 / 10, LOOK, span=(2.0, 8.0))
    for drawn, end in ((1.0, 8.0), (0.5, 5.0), (0.0, 2.0)):
        curve.drawn = drawn
        (mark,) = painted(curve).of("line")
        values = np.linspace(2.0, end, len(mark.points))
        assert mark.points == pytest.approx(chart().to_screen(values, values**2 / 10), abs=1e-4)
        assert (mark.color, mark.width, mark.dash) == ("#123456", 0.07, (0.2, 0.1))
        assert len(mark.points) >= 60
    assert (CurveLine(chart(), np.sin, LOOK).left, CurveLine(chart(), np.sin, LOOK).right) == (0.0, 10.0)


def test_a_wild_curve_stays_within_what_cairo_holds() -> None:
    (mark,) = painted(CurveLine(chart(), lambda x: 1e9 * (x - 5), LOOK)).of("line")
    assert np.abs(mark.points).max() == 1e3


@pytest.mark.parametrize(
    ("slope", "offset", "end"),
    # Where it ends: at its last input, at the upper edge, at the lower edge, at its left end above the plane.
    [(1.0, 0.0, (10.0, 10.0)), (0.5, 1.0, (10.0, 6.0)), (2.0, 0.0, (5.0, 10.0)), (-2.0, 10.0, (5.0, 0.0)),
     (0.0, 12.0, (10.0, 10.0)), (0.0, -2.0, (10.0, 0.0))],
)  # fmt: skip
def test_a_curve_ends_where_it_leaves_the_plane(slope: float, offset: float, end: tuple[float, float]) -> None:
    curve = CurveLine(chart(), lambda x: slope * x + offset, LOOK)
    assert curve.end == pytest.approx(chart().to_screen(*end).tolist())


def test_a_curve_that_goes_beyond_the_chart_ends_at_the_chart() -> None:
    curve = CurveLine(chart(), lambda x: 0 * x + 4.0, LOOK, span=(1.0, 30.0))
    assert curve.end == pytest.approx(chart().to_screen(10.0, 4.0).tolist())
    curve.right = 7.0
    assert curve.end == pytest.approx(chart().to_screen(7.0, 4.0).tolist())


def test_labels_stand_right_of_their_curves_and_apart_from_each_other() -> None:
    heights = (5.0, 5.2, 9.0, 5.1)
    curves = [CurveLine(chart(), lambda x, h=h: 0 * x + h, LOOK) for h in heights]
    labels = EndLabels(curves, [PEN.text(name) for name in "abcd"])
    places = labels.places()
    assert [x for x, _ in places] == pytest.approx([5.22] * 4)
    free = float(chart().to_screen(0.0, 9.0)[1])
    assert places[2][1] == pytest.approx(free), "one that is alone stays at its curve"
    crowd = [places[k][1] for k in (0, 3, 1)]
    assert np.diff(crowd) == pytest.approx([0.46, 0.46], abs=0.03), "in the order of their curves"
    assert np.mean(crowd) == pytest.approx(float(chart().to_screen(0.0, 5.1)[1]))
    record = painted(labels)
    for name, (x, y) in zip("abcd", places, strict=True):
        box = record.text(name)
        assert box.left == pytest.approx(x)
        assert box.bottom < y < box.top


def test_points_on_curves_stand_over_a_dashed_line() -> None:
    record = painted(CurveDots(chart(), 4.0, [2.0, 7.0, 5.0], [LOOK, Look("#aa0000"), LOOK], "#000000", "#bbbbbb"))
    (rule,) = record.of("line")
    x = float(chart().to_screen(4.0, 0.0)[0])
    assert rule.points == pytest.approx(np.array([[x, 1.0], [x, float(chart().to_screen(4.0, 7.0)[1])]]))
    assert (rule.color, rule.width, rule.dash) == ("#bbbbbb", Stroke.THIN, (0.1, 0.08))
    dots = record.of("disc")
    assert np.vstack([dot.points for dot in dots]) == pytest.approx(chart().to_screen(4.0, [2.0, 7.0, 5.0]))
    assert [dot.color for dot in dots] == ["#123456", "#aa0000", "#123456"]
    assert {(dot.rim, dot.width) for dot in dots} == {("#000000", DOT_RADIUS)}


def test_a_key_looks_as_its_curve() -> None:
    (mark,) = painted(KeyLine(LOOK, 1.0, 2.0, 3.0)).marks
    assert mark.points.tolist() == [[1.0, 3.0], [2.0, 3.0]]
    assert (mark.color, mark.width, mark.dash) == ("#123456", 0.07, (0.2, 0.1))


def test_a_zoom_goes_through_its_ranges_in_equal_factors() -> None:
    ranges = [((0.0, 1.0), (0.0, 2.0)), ((0.0, 4.0), (-1.0, 1.0)), ((-10.0, 54.0), (0.0, 32.0))]
    zoomed = ZoomChart((0.0, 0.0, 6.0, 6.0), ranges, (1.0, 1.0, 1.0, 1.0))
    assert (zoomed.zoom, zoomed.x_range, zoomed.y_range) == (0.0, *ranges[0])
    for zoom, (x_range, y_range) in enumerate(ranges):
        zoomed.zoom = float(zoom)
        assert (zoomed.x_range, zoomed.y_range) == (pytest.approx(x_range), pytest.approx(y_range))
        assert zoomed.zoom == zoom
    zoomed.zoom = 0.5
    assert zoomed.x_range == pytest.approx((0.0, 2.0)), "half way its scale is the geometric mean"
    assert zoomed.y_range == pytest.approx((-0.5, 1.5)), "of equal lengths it is shifted evenly"
    zoomed.zoom = 1.5
    assert np.ptp(zoomed.x_range) == pytest.approx(16.0)
    assert np.ptp(zoomed.y_range) == pytest.approx(8.0)
    # One point of the plane stays: x with (x - 0) / 4 = (x + 10) / 64.
    low, high = zoomed.x_range
    still = 10 / 15
    assert (still - low) / (high - low) == pytest.approx(still / 4)


def test_three_models_are_told_apart_by_dash_width_and_colour() -> None:
    found = looks(PEN.palette)
    assert len({look.color for look in found}) == len({look.dash for look in found}) == 3
    assert found[2].dash == ()
    for look in found:
        assert 0.03 < look.width < 0.08
        assert all(0.02 < length < 0.3 for length in look.dash)
    assert found[0].dash[0] > found[0].dash[1]
    assert found[1].dash[0] < found[1].dash[1]
    for name, text, look in zip(NAMES, names(PEN, 0.3), found, strict=True):
        assert (text.source, text.size) == (name.template, 0.3)
        assert text.glyphs[0].get_fill_color().to_hex() == look.color


def test_three_models_are_fitted_by_the_same_loss_on_the_same_data() -> None:
    runs = three_runs()
    for k, run in enumerate(runs):
        assert run.loss_function.name == "mse"
        assert run.data.source == house_prices().source
        assert run.final_loss < run.loss[0]
        curve = fitted_curve(chart(), run, k, PEN.palette)
        assert curve.drawn == 0.0
        assert curve.function(np.array([2.0])) == pytest.approx(run.model.predict(run.final_params, np.array([2.0])))
