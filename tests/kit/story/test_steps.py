"""What lectures are told with."""

from __future__ import annotations

from typing import ClassVar

import pytest
from manim import tempconfig

from fitting import Trajectory, fit
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.replay import Replay


class Steps(Lecture):
    """Four steps, one by one."""

    title = question = "Steps"
    model = "linear"
    ends: ClassVar[list[tuple[float, float]]] = []
    """Time and step after each call."""

    @classmethod
    def run(cls) -> Trajectory:
        return fit(steps=5)

    def construct(self) -> None:
        """One beat."""
        self.the_steps()

    @beat("The steps")
    def the_steps(self) -> None:
        """Each from where the one before ended."""
        replay = Replay(self.lesson.trajectory)
        self.say("Step by step.")
        for steps in (1, 2), (4,):
            self.take_steps(replay, steps, 1.0)
            self.ends.append((self.time, replay.step))


def test_steps_are_taken_one_by_one() -> None:
    Steps.ends.clear()
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearse(Steps)
    assert [step for _, step in Steps.ends] == [2.0, 4.0]
    assert [time for time, _ in Steps.ends] == pytest.approx([2.0, 3.0])
