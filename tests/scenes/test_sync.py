"""Everything that moves during a descent shows the same step, in every frame, at any frame rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from lessons import LESSONS
from manim import Mobject, Scene, tempconfig

from fitting import gradient, mean_loss
from scenes.kit.camera import LectureRenderer
from scenes.linear import LinearFit


class Inspector(LectureRenderer):
    """Draws nothing, but looks at every frame of the beats that descend."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[float] = []
        self.shown: list[tuple[str, ...]] = []

    def update_frame(self, scene: Scene, mobjects: Iterable[Mobject] | None = None, **kwargs: Any) -> None:
        pass

    def render(self, scene: Any, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        self.time += 1 / self.camera.frame_rate
        if hasattr(scene, "landscape"):
            self.inspect(scene)

    def freeze_current_frame(self, duration: float) -> None:
        self.time += duration

    def inspect(self, scene: LinearFit) -> None:
        trajectory, replay, trail = scene.trajectory, scene.replay, scene.landscape.trail
        moment = replay.moment
        self.steps.append(moment.step)
        self.shown.append(tuple(scene.readout.texts()))
        loss = float(mean_loss(trajectory.model, trajectory.loss_function, moment.params, trajectory.data))
        # The point is on the surface: rounding of the loss apart.
        assert moment.loss == pytest.approx(loss, rel=1e-12)
        height = trail.position[2] / scene.landscape.box.sides[2] * scene.landscape.box.window.ceiling
        assert height == pytest.approx(loss, rel=1e-9)
        # The fit is the point's.
        np.testing.assert_array_equal(scene.fit.layer.params, moment.params)
        # The loss curve ends at the point's loss, at the point's step.
        if hasattr(scene, "curve"):
            place, end = scene.curve.trace.end()
            assert end == moment.loss
            assert 10**place - 1 == pytest.approx(moment.step, abs=1e-6)
        # The arrow goes down: its shadow is along -gradient of the record whose numbers are shown.
        slope = gradient(trajectory.model, trajectory.loss_function, trajectory.params[moment.record], trajectory.data)
        shadow = (trail.arrow_tip() - trail.position)[:2]
        sides = np.array(scene.landscape.box.sides[:2])
        window = scene.landscape.box.window
        spans = np.array([window.first[1] - window.first[0], window.second[1] - window.second[0]])
        direction = shadow / sides * spans
        cosine = direction @ -slope / (np.linalg.norm(direction) * np.linalg.norm(slope))
        assert cosine == pytest.approx(1.0, abs=1e-9)


@pytest.fixture(scope="module", params=[15, 60])
def inspected(request: pytest.FixtureRequest) -> tuple[Inspector, LinearFit]:
    with tempconfig({"pixel_width": 32, "pixel_height": 18, "frame_rate": request.param, "format": "none",
                     "progress_bar": "none", "disable_caching": True}):  # fmt: skip
        renderer = Inspector()
        scene = LinearFit(LESSONS["notes"](), renderer=renderer)
        scene.render()
    return renderer, scene


def test_frames_agree_and_the_run_is_shown_to_its_end(inspected: tuple[Inspector, LinearFit]) -> None:
    renderer, scene = inspected
    assert len(renderer.steps) > 100
    assert renderer.steps[0] == 0
    assert scene.replay.step == scene.trajectory.total_steps == 10_000
    assert (np.diff(renderer.steps) >= 0).all()


def test_numbers_on_screen_are_those_of_a_record(inspected: tuple[Inspector, LinearFit]) -> None:
    renderer, _ = inspected
    assert renderer.shown[0] == ("0.2000", "0.8554", "17.749", "0.005000")
    assert renderer.shown[-1][:3] == ("2.9393", "−3.2980", "1.1030"[:5])


def test_film_is_equally_long_at_every_frame_rate() -> None:
    from scenes.kit.rehearsal import rehearse

    lengths = []
    for rate in (15, 30, 60):
        with tempconfig({"pixel_width": 32, "pixel_height": 18, "frame_rate": rate}):
            lengths.append(rehearse(LinearFit).duration)
    assert lengths[0] == pytest.approx(lengths[1]) == pytest.approx(lengths[2])
