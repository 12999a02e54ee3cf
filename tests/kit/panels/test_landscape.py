"""The landscape: what of a line it hides, its point and arrow, and where the arrow's label goes."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted_texts

from fitting import Dataset, fit
from scenes.kit.drawing.frame import RIGHT_HALF
from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.landscape.axes import BoxAxes
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.landscape.point import SHORTEST, SurfacePoint, downhill
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.panels.landscape.surface import stretches
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

_X = np.arange(1.0, 11.0)


def _panel(start_b: float = 1.0) -> LandscapePanel:
    run = fit(data=Dataset(_X, 2 * _X + 3), start={"W": 0.0, "b": start_b}, learning_rate=0.01, steps=9)
    return LandscapePanel(Replay(run), Window((-0.4, 2.8), (0.5, 4.0), 260.0), RIGHT_HALF, [(-22.0, 30.0)], Pen())


@pytest.mark.parametrize("size", [1e-3, 1e-9, 1e-15])
def test_the_direction_keeps_its_digits_on_flat_ground(size: float) -> None:
    box, slope = _panel().box, np.array([0.7313, -1.9127])
    steep, flat = downhill(box, slope, 0.9), downhill(box, size * slope, 0.9)
    assert np.linalg.norm(flat) == pytest.approx(0.9)
    assert flat[:2] / np.linalg.norm(flat[:2]) == pytest.approx(steep[:2] / np.linalg.norm(steep[:2]), rel=1e-12)
    assert not downhill(box, np.zeros(2), 0.9).any()


def test_the_arrows_label_keeps_off_the_axis_on_the_right() -> None:
    panel = _panel()
    panel.trail.label = 1.0
    panel.trail._replay.step = 2.0
    (label,) = [text for text in painted_texts(panel.trail) if "nabla" in text.text]
    assert label.right < panel.trail._right_edge(label.bottom)
    tip, _ = panel.box.project(panel.trail.arrow_tip()[None], panel.view)
    assert label.left < tip[0, 0], "it would not have had room beside the tip"


def _discs(point: SurfacePoint, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many points are drawn."""
    drawn: list[object] = []
    monkeypatch.setattr(Canvas, "disc", lambda *given: drawn.append(given))
    painted_texts(point)
    return len(drawn)


@pytest.mark.parametrize(
    ("params", "height", "seen"),
    [((0.0, 1.0), 259.0, 1), ((0.0, 1.0), 261.0, 0), ((3.0, 1.0), 10.0, 0), ((2.8, 4.0), 0.0, 1)],
)
def test_a_point_outside_of_the_box_is_not_drawn(
    params: tuple[float, float], height: float, seen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = SurfacePoint(_panel().surface, lambda: (np.array(params), height), Pen())
    assert _discs(point, monkeypatch) == seen


def test_arrows_shorten_with_the_slope_if_the_steepest_is_known() -> None:
    surface, slope = _panel().surface, np.array([3.0, 4.0])
    for size, steepest, length in ((1.0, None, 0.9), (1e-3, None, 0.9), (1.0, 5.0, 0.9), (0.8, 5.0, 0.72),
                                   (2.0, 5.0, 0.9), (1e-3, 5.0, SHORTEST)):  # fmt: skip
        gradient = size * slope
        point = SurfacePoint(surface, lambda: (np.zeros(2), 1.0), Pen(), gradient=lambda gradient=gradient: gradient,
                             steepest=steepest, length=0.9)  # fmt: skip
        assert np.linalg.norm(point.arrow_tip() - point.position) == pytest.approx(length)


def test_a_point_without_slopes_has_no_arrow() -> None:
    point = SurfacePoint(_panel().surface, lambda: (np.ones(2), 1.0), Pen())
    assert np.array_equal(point.arrow_tip(), point.position)


def test_a_line_on_a_surface_is_cut_where_it_is_hidden_and_where_it_ends() -> None:
    screen = np.arange(20.0).reshape(10, 2)
    inside, hidden = np.ones(10, dtype=bool), np.zeros(10, dtype=bool)
    hidden[3:5] = inside[8:] = True
    inside[7] = False
    pieces = [(piece[:, 0] / 2, seen) for piece, seen in stretches(screen, inside, hidden)]
    # A piece reaches to the next one's first point, but not outside.
    for (places, seen), (start, end, expected) in zip(
        pieces, ((0, 3, True), (3, 5, False), (5, 6, True), (8, 9, True)), strict=True
    ):
        assert (places[0], places[-1], seen) == (start, end, expected)


@pytest.mark.parametrize(("corner", "zeros"), [(True, 3), (False, 1)])
def test_where_two_edges_begin_there_need_be_no_ticks(corner: bool, zeros: int) -> None:
    window, view = Window((0.0, 2.2), (0.0, 2.2), 8.5), View(24.0, 28.0)
    grid = np.zeros((2, 2, 2)), np.zeros((2, 2))
    box = Box.within(window, RIGHT_HALF, [(24.0, 28.0)], grid)
    axes = BoxAxes(("x", "y"), box, view, Pen(), r"\textcolor{model}{f}", most=3, corner=corner)
    texts = [text.text for text in painted_texts(axes)]
    assert texts.count("0") == zeros
    assert any("{f}" in text for text in texts)


def test_a_view_turns_to_where_it_is_asked_to() -> None:
    view = View(-36.0, 30.0)
    turning = view.turn((-22.0, 40.0), 2.0)
    turning.begin()
    assert (view.azimuth, view.elevation) == (-36.0, 30.0)
    turning.finish()
    assert (view.azimuth, view.elevation, turning.run_time) == (-22.0, 40.0, 2.0)
