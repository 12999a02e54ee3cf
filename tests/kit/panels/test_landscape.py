"""The landscape: its arrow's direction, and where the arrow's label goes."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted_texts

from fitting import Dataset, fit
from scenes.kit.drawing.frame import RIGHT_HALF
from scenes.kit.panels.landscape.panel import LandscapePanel, tangent
from scenes.kit.panels.landscape.projection import View
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
    steep, flat = tangent(box, slope)[:2], tangent(box, size * slope)[:2]
    assert flat / np.linalg.norm(flat) == pytest.approx(steep / np.linalg.norm(steep), rel=1e-12)


def test_the_arrows_label_keeps_off_the_axis_on_the_right() -> None:
    panel = _panel()
    panel.trail.label = 1.0
    panel.trail._replay.step = 2.0
    (label,) = [text for text in painted_texts(panel.trail) if "nabla" in text.text]
    assert label.right < panel.trail._right_edge(label.bottom)
    tip, _ = panel.box.project(panel.trail.arrow_tip()[None], panel.view)
    assert label.left < tip[0, 0], "it would not have had room beside the tip"


def test_a_view_turns_to_where_it_is_asked_to() -> None:
    view = View(-36.0, 30.0)
    turning = view.turn((-22.0, 40.0), 2.0)
    turning.begin()
    assert (view.azimuth, view.elevation) == (-36.0, 30.0)
    turning.finish()
    assert (view.azimuth, view.elevation, turning.run_time) == (-22.0, 40.0, 2.0)
