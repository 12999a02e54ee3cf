"""The descent on its landscape: point, path and arrow lie on the surface."""

from __future__ import annotations

import numpy as np
import pytest
from landscapes import landscape_panel
from painted import painted

from scenes.kit.panels.landscape.point import downhill
from scenes.kit.panels.landscape.surface import CONTOURS


def test_a_panel_fades_as_one_and_its_parts_lie_upon_each_other() -> None:
    shown = landscape_panel()
    assert shown.submobjects == [shown.axes, shown.surface, shown.trail]
    assert shown.opacity == 1.0
    shown.opacity = 0.25
    assert {part.opacity for part in shown.submobjects} == {0.25}
    assert (shown.view.azimuth, shown.view.elevation) == (-22.0, 30.0)
    assert 5 < CONTOURS < 15


def test_the_arrow_is_tangent_to_the_surface_and_leads_down() -> None:
    shown = landscape_panel()
    trail, box, run = shown.trail, shown.box, shown.trail._replay.trajectory
    for record in (0, 3):
        trail._replay.step = float(record)
        arrow = trail.arrow_tip() - trail.position
        slope, params = run.gradient[record], run.params[record]
        share = np.linalg.norm(slope) / np.linalg.norm(run.gradient[0])
        assert np.linalg.norm(arrow) == pytest.approx(max(0.95 * share, 0.55))
        assert arrow[2] < 0
        # A small step against the gradient goes where the arrow points, on the surface itself.
        moved = params - 1e-6 * slope
        lower = float(np.mean((run.model.predict(moved, run.data.x) - run.data.y) ** 2))
        way = box.place(moved, np.array(lower)) - box.place(params, np.array(float(run.loss[record])))
        # The surface bends away from the tangent by the step's share.
        assert way / np.linalg.norm(way) == pytest.approx(arrow / np.linalg.norm(arrow), abs=1e-4)
        assert downhill(box, slope, np.linalg.norm(arrow)) == pytest.approx(arrow)


def test_the_point_lies_on_the_surface_at_its_parameters_and_the_path_leads_to_it() -> None:
    shown = landscape_panel()
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
