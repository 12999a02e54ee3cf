"""The fit: dots, curve, residuals, squares, arrows and the forecast stand where data and parameters say."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from painted import Record, painted

from fitting import MODELS, Dataset, house_prices
from scenes.kit.drawing.painting import Canvas
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.data_dots import FEW, DataDots
from scenes.kit.panels.fit import FitLayer, FitPanel
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen

PEN, DATA = Pen(), house_prices()
LINE = MODELS["linear"]
PARAMS = np.array([2.0, -1.0])


def chart() -> Chart:
    return Chart((-6.0, -3.0, 0.0, 3.0), (0.0, 5.0), (-2.0, 10.0))


def layer(data: Dataset = DATA, params: np.ndarray = PARAMS, **shown: float) -> FitLayer:
    found = FitLayer(chart(), data, LINE, Probe(params), PEN)
    for name, value in shown.items():
        setattr(found, name, value)
    return found


def many(count: int) -> Dataset:
    return Dataset(np.linspace(0.5, 4.5, count), np.linspace(0.0, 8.0, count))


def test_nothing_is_shown_before_it_is_asked_for() -> None:
    record = painted(layer())
    assert not record.marks
    assert not record.texts


def test_a_line_is_drawn_as_far_as_it_has_come() -> None:
    for drawn, end in ((1.0, 5.0), (0.5, 2.5), (0.0, 0.0)):
        (mark,) = painted(layer(curve=0.8, drawn=drawn)).marks
        assert mark.points == pytest.approx(chart().to_screen([0.0, end], [-1.0, 2 * end - 1]))
        assert (mark.color, mark.width, mark.opacity) == (PEN.palette["model"], Stroke.CURVE, 0.8)


def test_a_bent_curve_is_drawn_through_many_inputs_or_through_those_it_is_given() -> None:
    cubic = MODELS["cubic"]
    params = np.linspace(-0.1, 0.2, len(cubic.parameters))
    bent = FitLayer(chart(), DATA, cubic, Probe(params), PEN)
    bent.curve, bent.drawn = 1.0, 0.5
    (mark,) = painted(bent).marks
    assert len(mark.points) == 80
    x = np.linspace(0.0, 5.0, 160)[:80]
    assert mark.points == pytest.approx(chart().to_screen(x, cubic.predict(params, x)))
    bent.sample(np.array([0.0, 1.0, 2.0, 4.0]))
    assert bent.corners.tolist() == [0.0, 1.0, 2.0, 4.0]
    bent.drawn = 0.0
    assert len(painted(bent).marks[0].points) == 2


def test_a_steep_line_keeps_its_place_in_the_plane() -> None:
    """However far off its ends are: cut at a unit beyond the plane, on its own line."""
    steep = np.array([1e7, -2.5e7])
    (mark,) = painted(layer(params=steep, curve=1.0, drawn=1.0)).marks
    assert np.abs(mark.points).max() <= 1e4
    _, bottom, _, top = chart().plane
    (x0, y0), (x1, y1) = mark.points
    assert (y0, y1) == pytest.approx((bottom - 1, top + 1))
    for x in (x0, x1):
        assert x == pytest.approx(float(chart().to_screen(2.5, 0.0)[0]), abs=1e-3)
    level = np.array([0.0, 1e9])
    (mark,) = painted(layer(params=level, curve=1.0, drawn=1.0)).marks
    assert (mark.points[:, 1] == 1e4).all()


def test_residuals_go_from_each_point_to_the_line() -> None:
    (mark,) = painted(layer(residuals=0.7)).marks
    starts = chart().to_screen(DATA.x, DATA.y)
    ends = chart().to_screen(DATA.x, 2 * DATA.x - 1)
    assert mark.points == pytest.approx(np.concatenate([starts, ends]))
    assert (mark.color, mark.opacity) == (PEN.palette["residual"], 0.7)
    assert Stroke.NORMAL < mark.width < Stroke.CURVE
    assert painted(layer(many(FEW), residuals=1.0)).marks
    assert not painted(layer(many(FEW + 1), residuals=1.0)).marks, "more would be a smear"


def test_squares_are_squares_of_the_residuals_and_open_to_the_side_with_room() -> None:
    record = painted(layer(squares=0.5))
    corners, feet = chart().to_screen(DATA.x, DATA.y), chart().to_screen(DATA.x, 2 * DATA.x - 1)
    middle = chart().plane[[0, 2]].mean()
    polygons, rims = record.of("polygon"), record.of("line")
    assert len(polygons) == len(rims) == len(DATA)
    for polygon, rim, (x, y), (_, foot) in zip(polygons, rims, corners, feet, strict=True):
        side = abs(foot - y)
        low, high = polygon.points.min(axis=0), polygon.points.max(axis=0)
        assert high - low == pytest.approx([side, side])
        assert (low[1], high[1]) == pytest.approx((min(y, foot), max(y, foot)))
        assert (low[0] if x < middle else high[0]) == pytest.approx(x)
        assert rim.points == pytest.approx(np.vstack([polygon.points, polygon.points[:1]]))
        assert polygon.opacity == pytest.approx(0.22 * 0.5)
        assert rim.opacity == pytest.approx(0.8 * 0.5)


@pytest.mark.parametrize(("count", "fill", "rim"), [(6, 0.22, 0.8), (12, 0.11, 8 / 12), (200, 0.022, 0.8 / 6)])
def test_many_squares_are_fainter_and_no_more_than_sixty(count: int, fill: float, rim: float) -> None:
    record = painted(layer(many(count), squares=1.0))
    assert len(record.of("polygon")) == min(count, FEW)
    assert record.of("polygon")[0].opacity == pytest.approx(fill)
    assert record.of("line")[0].opacity == pytest.approx(rim)


@pytest.mark.parametrize(("count", "arrows"), [(4, 4), (8, 8), (9, 6)])
def test_arrows_go_from_where_the_line_was_to_where_it_is(count: int, arrows: int) -> None:
    lifted = layer(many(count), lift=0.6)
    lifted.ghost = np.array([1.0, 1.0])
    record = painted(lifted)
    x = many(count).x if count == arrows else np.linspace(0.5, 4.5, 6)
    found = record.of("arrow")
    assert len(found) == arrows
    assert np.stack([mark.points[0] for mark in found]) == pytest.approx(chart().to_screen(x, x + 1))
    assert np.stack([mark.points[1] for mark in found]) == pytest.approx(chart().to_screen(x, 2 * x - 1))
    assert {(mark.opacity, mark.width) for mark in found} == {(0.6, 0.05)}
    (dashed,) = record.of("line")
    assert dashed.points == pytest.approx(chart().to_screen([0.0, 5.0], [1.0, 6.0]))
    assert dashed.opacity == pytest.approx(0.33)
    assert dashed.dash == (0.12, 0.09)


def test_a_reference_is_dashed() -> None:
    shown = layer(reference=0.4)
    shown.reference_params = np.array([0.0, 3.0])
    (mark,) = painted(shown).marks
    assert mark.points == pytest.approx(chart().to_screen([0.0, 5.0], [3.0, 3.0]))
    assert (mark.opacity, mark.width, mark.dash) == (0.4, Stroke.THIN, (0.12, 0.09))


def test_a_forecast_is_read_from_the_axis_up_to_the_line_and_over() -> None:
    shown = layer(forecast=0.9)
    assert shown.forecast_x == DATA.x.max()
    shown.forecast_x = 3.0
    record = painted(shown)
    (path,), (dot,) = record.of("line"), record.of("disc")
    x, y = chart().to_screen(3.0, 5.0)
    left, bottom, _, _ = chart().plane
    assert path.points == pytest.approx(np.array([[x, bottom], [x, y], [left, y]]))
    assert dot.points == pytest.approx(np.array([[x, y]]))
    assert (path.dash, path.width, path.opacity, dot.opacity) == ((0.1, 0.08), Stroke.THIN, 0.9, 0.9)
    assert DOT_RADIUS < dot.width < 1.5 * DOT_RADIUS


def test_before_it_is_known_a_question_mark_stands_over_its_input() -> None:
    shown = layer(question=0.5)
    shown.forecast_x = 3.0
    record = painted(shown)
    (line,), (mark,) = record.of("line"), record.texts
    x = float(chart().to_screen(3.0, 0.0)[0])
    _, bottom, _, top = chart().plane
    middle = bottom + 0.62 * (top - bottom)
    assert (mark.text, (mark.left + mark.right) / 2) == ("?", pytest.approx(x))
    assert line.points == pytest.approx(np.array([[x, bottom], [x, middle - 0.2]]))
    assert mark.bottom == pytest.approx(middle, abs=0.05)
    assert (line.dash, line.opacity) == ((0.1, 0.08), 0.5)


def test_points_arrive_one_after_the_other() -> None:
    dots = DataDots(chart(), DATA, PEN)
    assert [mark.width for mark in painted(dots).of("disc")] == [DOT_RADIUS] * 4
    places = np.vstack([mark.points for mark in painted(dots).of("disc")])
    assert places == pytest.approx(chart().to_screen(DATA.x, DATA.y))
    for arrived, sizes in ((0.0, []), (0.1, [0.5]), (0.5, [1.0, 1.0, 0.5]), (0.9, [1.0, 1.0, 1.0, 1.0])):
        dots.arrived = arrived
        assert [mark.width / DOT_RADIUS for mark in painted(dots).of("disc")] == pytest.approx(sizes)
    assert painted(DataDots(chart(), many(FEW), PEN)).of("disc")


class Strokes(Record):
    """Counts the round strokes of no length that many points are."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = 100.0


@pytest.mark.parametrize(("count", "radius", "opacity"), [(120, 0.5**0.25, 0.9), (6000, 0.01**0.25, 0.4)])
def test_many_points_are_small_and_translucent(
    count: int, radius: float, opacity: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, float, float]] = []
    monkeypatch.setattr(
        "scenes.kit.panels.data_dots._splat",
        lambda canvas, points, radius, color, opacity: drawn.append((len(points), radius, opacity)),
    )
    dots = DataDots(chart(), many(count), PEN)
    for arrived, shown in ((1.0, count), (0.5, count // 2), (0.0, 1)):
        dots.arrived = arrived
        painted(dots)
        assert drawn[-1] == (shown, pytest.approx(DOT_RADIUS * radius), pytest.approx(opacity))


def test_curve_and_dots_follow_another_source_and_few_dots_are_redrawn_with_it() -> None:
    data, first, second = many(5), Probe(PARAMS), Probe(np.array([0.0, 4.0]))
    for count, redrawn in ((5, True), (FEW, True), (FEW + 1, False)):
        data = many(count)
        axes = [ChartAxes(chart(), PEN.text("x"), PEN.text("y"), PEN) for _ in range(2)]
        panel = FitPanel(chart(), axes, data, LINE, first, PEN)
        assert [ruler.opacity for ruler in panel.rulers] == [1.0, 0.0]
        panel.follow(second)
        assert panel.layer.params.tolist() == [0.0, 4.0]
        assert panel.layer.predict(np.array([7.0])) == pytest.approx([4.0])
        assert panel.layer.predict(np.array([7.0]), PARAMS) == pytest.approx([13.0])
        assert (second in panel.dots.sources) == redrawn
        assert (panel.submobjects.index(panel.dots) > panel.submobjects.index(panel.layer)) == redrawn


def test_a_dot_on_the_planes_edge_is_whole_with_its_rim() -> None:
    plane = Chart((0.0, 0.0, 4.0, 4.0), (0.0, 1.0), (0.0, 1.0), air=(1.0, 1.0, 1.0, 1.0))
    surface = cairo.ImageSurface(cairo.FORMAT_A8, 800, 800)
    context = cairo.Context(surface)
    context.scale(200, 200)
    edges = Dataset(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    DataDots(plane, edges, PEN).paint(Canvas(context, np.zeros((800, 800, 4), dtype=np.uint8), 200.0))
    surface.flush()
    seen = np.frombuffer(surface.get_data(), np.uint8).reshape(800, -1)[:, :800] > 0
    # The rim is 0.55 radii wide, half of it outside; to a pixel.
    reach = 1.275 * DOT_RADIUS
    for axis in (0, 1):
        inked = np.flatnonzero(seen.any(axis=axis)) / 200
        assert (inked[0], inked[-1]) == pytest.approx((1 - reach, 3 + reach), abs=0.01)
