"""Everything that moves shows the same step, in every frame of every lecture, at any frame rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest
from compared import Shown
from manim import Mobject, Scene, tempconfig
from sync_checks import CHECKS, Check, state

from scenes.batch.asking.catalogue import catalogue
from scenes.kit.drawing.camera import LectureRenderer
from scenes.kit.drawing.painting import Painting
from scenes.kit.panels.readout import Readout
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.replay import Replay
from scenes.linear import LinearFit

LECTURES = [entry.name for entry in catalogue()]
RATES = (15, 30)

NOTHING_TO_CHECK: dict[str, str] = {}
"""Lectures in which nothing follows anything, each with its reason."""


class Inspector(LectureRenderer):
    """Draws nothing, but looks at every frame: at all panels, found by their types.

    Attributes:
        ran: How often each check was made.
        steps: Of the replays on the scene, frame by frame.
        readouts: What readouts said, frame by frame.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ran: Counter[str] = Counter()
        self.steps: list[float] = []
        self.readouts: list[tuple[str, ...]] = []
        self._watched: list[tuple[Painting, Check]] = []
        self._before: dict[int, tuple[object, ...]] = {}
        self._first: dict[int, tuple[object, ...]] = {}

    @property
    def is_drawing(self) -> bool:
        """Captions need not be set: nobody sees them."""
        return False

    def update_frame(self, scene: Scene, mobjects: Iterable[Mobject] | None = None, **kwargs: Any) -> None:
        """Nothing is drawn."""

    def save_static_frame_data(self, scene: Any, static_mobjects: Iterable[Mobject]) -> None:
        """A play begins: find what is to be looked at."""
        self._scene = scene
        self._shown = Shown(scene.mobjects, scene.lesson.trajectory)
        self._watched = [
            (one, check) for one in self._shown.paintings for kind, check in CHECKS if isinstance(one, kind)
        ]
        self._moving = {id(member) for leaf in scene.moving_mobjects for member in leaf.get_family()}
        self._first = {id(panel): state(panel) for panel, _ in self._watched}
        self._before = {}

    def render(self, scene: Any, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Look at a frame of a play."""
        self.time += 1 / self.camera.frame_rate
        self._look()

    def freeze_current_frame(self, duration: float) -> None:
        """Look at a picture that stands."""
        self.time += duration
        self._look()

    def _look(self) -> None:
        for panel, check in self._watched:
            if panel.opacity <= 0:
                continue
            key = state(panel)
            if self._before.get(id(panel)) == key:
                continue
            self._before[id(panel)] = key
            where = f"{self._scene.beats[-1].name if self._scene.beats else 'opening'}, {self.time:.2f} s"
            # What changes must be drawn anew, or the frame shows what was.
            assert key == self._first[id(panel)] or id(panel) in self._moving, f"{type(panel).__name__} stands: {where}"
            try:
                self.ran[check.__name__] += check(panel, self._shown) is not False
            except AssertionError as error:
                raise AssertionError(f"{where}: {check.__name__}: {error}") from error
        self.steps.extend(replay.step for replay in self._shown.of(Replay))
        self.readouts.extend(tuple(number.text for number in readout.numbers) for readout in self._shown.of(Readout))


@cache
def inspected(name: str, rate: int) -> tuple[Inspector, Any]:
    """A lecture played to its end, and what was found on the way."""
    scene_class = next(entry for entry in catalogue() if entry.name == name).load()
    with tempconfig({"pixel_width": 32, "pixel_height": 18, "frame_rate": rate, "format": "none",
                     "progress_bar": "none", "disable_caching": True}):  # fmt: skip
        renderer = Inspector()
        scene = scene_class(renderer=renderer)
        scene.render()
    return renderer, scene


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", LECTURES)
def test_panels_agree_in_every_frame(name: str, rate: int) -> None:
    renderer, _ = inspected(name, rate)
    if name in NOTHING_TO_CHECK:
        assert not renderer.ran.total(), f"{name} has something to check now; take it off the list"
    else:
        assert renderer.ran.total(), (
            f"{name}: no panel that is known; write a check of its panels, or say why there is none"
        )


def test_every_check_is_made_somewhere() -> None:
    ran = {check for name in LECTURES for check, times in inspected(name, RATES[0])[0].ran.items() if times}
    assert {check.__name__ for _, check in CHECKS} == ran


@pytest.mark.parametrize("rate", RATES)
def test_the_run_is_shown_from_its_start_to_its_end(rate: int) -> None:
    renderer, scene = inspected("linear", rate)
    assert len(renderer.steps) > 100
    assert renderer.steps[0] == 0
    assert (np.diff(renderer.steps) >= 0).all()
    assert scene.replay.step == scene.trajectory.total_steps == 10_000
    assert renderer.readouts[0] == ("0.2000", "0.8554", "17.749", "0.005000")
    assert renderer.readouts[-1][:3] == ("2.9393", "−3.2980", "1.103")


def test_film_is_equally_long_at_every_frame_rate() -> None:
    lengths = []
    for rate in (15, 30, 60):
        with tempconfig({"pixel_width": 32, "pixel_height": 18, "frame_rate": rate}):
            lengths.append(rehearse(LinearFit).duration)
    assert lengths[0] == pytest.approx(lengths[1]) == pytest.approx(lengths[2])
