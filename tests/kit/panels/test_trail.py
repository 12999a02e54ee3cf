"""The descent on its landscape: point, path and arrow lie on the surface."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from painted import painted

from fitting import Dataset, fit
from scenes.kit.drawing.frame import RIGHT_HALF
from scenes.kit.drawing.painting import Canvas
from scenes.kit.panels.landscape.panel import CONTOURS, LandscapePanel, tangent
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

PEN = Pen()
_X = np.arange(1.0, 11.0)


def panel(start_b: float = 1.0, **options: object) -> LandscapePanel:
    run = fit(data=Dataset(_X, 2 * _X + 3), start={"W": 0.0, "b": start_b}, learning_rate=0.01, steps=9)
    window = Window((-0.4, 2.8), (0.5, 4.0), 260.0)
    return LandscapePanel(Replay(run), window, RIGHT_HALF, [(-22.0, 30.0)], PEN, 16)


def test_a_panel_fades_as_one_and_its_parts_lie_upon_each_other() -> None:
    shown = panel()
    assert shown.submobjects == [shown.axes, shown.surface, shown.trail]
    assert shown.opacity == 1.0
    shown.opacity = 0.25
    assert {part.opacity for part in shown.parts} == {0.25}
    assert (shown.view.azimuth, shown.view.elevation) == (-22.0, 30.0)
    assert 5 < CONTOURS < 15


def test_the_arrow_is_tangent_to_the_surface_and_leads_down() -> None:
    shown = panel()
    trail = shown.trail
    run = trail._replay.trajectory
    for step in (0.0, 3.0):
        trail._replay.step = step
        direction = trail.arrow_tip() - trail.position
        slope = run.gradient[int(step)]
        assert direction / np.linalg.norm(direction) == pytest.approx(
            tangent(shown.box, slope) / np.linalg.norm(tangent(shown.box, slope))
        )
        assert direction[2] < 0
        share = np.linalg.norm(slope) / np.linalg.norm(run.gradient[0])
        assert np.linalg.norm(direction) == pytest.approx(max(0.95 * share, 0.55))
    # A small step along it changes the loss as the surface does.
    box, params, gradient_ = shown.box, run.params[0], run.gradient[0]
    step_ = 1e-6
    moved = params - step_ * gradient_
    lower = float(np.mean((run.model.predict(moved, run.data.x) - run.data.y) ** 2))
    way = box.place(moved, np.array(lower)) - box.place(params, np.array(float(run.loss[0])))
    assert way / step_ == pytest.approx(tangent(box, gradient_), rel=1e-3)


def test_the_point_lies_on_the_surface_at_its_parameters_and_the_path_leads_to_it() -> None:
    shown = panel()
    trail, box = shown.trail, shown.box
    trail._replay.step = 4.0
    record = painted(trail)
    (dot,) = record.of("disc")
    run = trail._replay.trajectory
    place, _ = box.project(box.place(run.params[4], run.loss[4])[None], shown.view)
    assert dot.points == pytest.approx(place)
    arrow, = record.of("arrow")  # fmt: skip
    assert arrow.points[0] == pytest.approx(dot.points[0])
    outline, path = record.of("line")
    assert path.points[-1] == pytest.approx(dot.points[0])
    start, _ = box.project(box.place(run.params[:1], run.loss[:1]), shown.view)
    assert path.points[0] == pytest.approx(start[0])
    assert outline.width > path.width
    assert (outline.opacity, path.opacity) == (0.6, 1.0)
    for k in (1, 2, 3):
        mark, _ = box.project(box.place(run.params[k], run.loss[k])[None], shown.view)
        assert np.linalg.norm(path.points - mark, axis=1).min() < 0.02
    trail.recent = 2.0
    shorter = painted(trail).of("line")[-1]
    assert len(shorter.points) < len(path.points)
    trail.path = trail.arrow = trail.point = 0.0
    assert not painted(trail).marks


def test_what_leaves_the_window_has_no_point() -> None:
    shown = panel(start_b=4.5)
    assert not painted(shown.trail).of("disc")


def test_the_arrow_fades_where_only_rounding_is_left_of_the_gradient() -> None:
    trail = panel().trail
    run = trail._replay.trajectory
    for share, opacity in ((1.0, 1.0), (1e-5, 1.0), (1e-6, 0.5), (1e-7, 0.0)):
        trail._steepest = float(np.linalg.norm(run.gradient[0])) / share
        assert trail._significance() == pytest.approx(opacity)


def test_what_lies_behind_the_surface_is_hidden_and_what_lies_before_it_is_not() -> None:
    shown = panel()
    pixels = np.zeros((360, 640, 4), dtype=np.uint8)
    surface = cairo.ImageSurface.create_for_data(pixels, cairo.FORMAT_ARGB32, 640, 360)
    shown.surface.paint(Canvas(cairo.Context(surface), pixels, 45.0))
    inner = shown.surface._points[3:-3, 3:-3]
    points = inner[inner[..., 2] < 0.8 * shown.box.sides[2]]
    turn, tilt = np.radians([shown.view.azimuth, shown.view.elevation])
    towards = np.array([-np.sin(turn) * np.cos(tilt), -np.cos(turn) * np.cos(tilt), np.sin(tilt)])
    assert len(points) > 20
    assert shown.surface.hides(points - 0.5 * towards).all()
    assert not shown.surface.hides(points + 20.0 * towards).any()
    # It is drawn where the box says: the pixels there are not empty.
    screen, _ = shown.box.project(points, shown.view)
    columns, rows = np.round(320 + 45 * screen[:, 0]).astype(int), np.round(180 - 45 * screen[:, 1]).astype(int)
    assert (pixels[rows, columns, 3] == 255).all()
    assert not shown.surface.hides(np.array([[1e30, 0.0, 0.0], [0.0, -1e30, 0.0]])).any()
