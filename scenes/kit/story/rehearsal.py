"""A film without drawing it: how long it is, where its beats are, and single frames of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import DL, UR, Mobject, Scene, config, tempconfig

from scenes.kit.drawing.camera import LectureRenderer
from scenes.kit.drawing.painting import TextBox
from scenes.kit.story.lecture import Beat, Lecture
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Formula

type_pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Rehearsal:
    """What is known of a film before it is drawn.

    Attributes:
        title: Its title.
        question: Its question.
        duration: Length in seconds.
        frames: Number of frames at the configured rate.
        frame_time: Seconds a frame.
        beats: Its chapters.
        captions: Start, end and text of every caption.
    """

    title: str
    question: str
    duration: float
    frames: int
    frame_time: float
    beats: tuple[Beat, ...]
    captions: tuple[tuple[float, float, str], ...]


class StillsRenderer(LectureRenderer):
    """Draws only the frames at given times, and encodes nothing."""

    def __init__(self, times: Sequence[float] = ()) -> None:
        super().__init__(skip_animations=True)
        self._wanted = sorted(times)
        self._play_start = 0.0
        self.stills: list[type_pixels] = []
        self.texts: list[list[TextBox]] = []

    @property
    def is_drawing(self) -> bool:
        """Whether a frame is still wanted."""
        return len(self.stills) < len(self._wanted)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play without drawing, but for the frames that are wanted."""
        self._play_start = self.time
        super().play(scene, *args, **kwargs)

    def frame_times(self, run_time: float) -> list[float]:
        """The wanted times of this play, and its end."""
        return [*(time - self._play_start for time in self._due(run_time)), run_time]

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> type_pixels | None:
        """Frames are drawn whole."""
        self.static_image = None
        return None

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw the frame if it is wanted."""
        wanted = self._wanted[len(self.stills) :]
        if wanted and self._play_start + time >= wanted[0] - 1e-6 and time < scene.duration - 1e-6:
            self._keep(scene)

    def update_frame(self, scene: Scene, mobjects: Iterable[Mobject] | None = None, **kwargs: Any) -> None:
        """Nothing: only `render` and `freeze_current_frame` draw."""

    def freeze_current_frame(self, duration: float) -> None:
        """Draw the still picture, once for each time wanted of it."""
        for _ in self._due(duration):
            self._keep(self._scene)

    def init_scene(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Remember the scene: a frozen frame is asked for without it."""
        self._scene = scene
        super().init_scene(scene, *args, **kwargs)

    def finish(self, scene: Scene) -> list[type_pixels]:
        """The stills; times after the last frame show the last frame."""
        while len(self.stills) < len(self._wanted):
            self._keep(scene)
        return self.stills

    def _due(self, run_time: float) -> list[float]:
        end = self._play_start + run_time
        return [time for time in self._wanted[len(self.stills) :] if self._play_start - 1e-6 <= time < end - 1e-6]

    def _keep(self, scene: Scene) -> None:
        self.camera.texts = []
        super().update_frame(scene)
        self.stills.append(self.camera.pixel_array.copy())
        self.texts.append(self.camera.texts + [box for mobject in scene.mobjects for box in _boxes(mobject)])


def _boxes(mobject: Mobject) -> list[TextBox]:
    if not isinstance(mobject, Formula):
        return [box for child in mobject.submobjects for box in _boxes(child)]
    if mobject.opacity <= 0 or not mobject.submobjects:
        return []
    (left, bottom, _), (right, top, _) = mobject.get_corner(DL), mobject.get_corner(UR)
    return [TextBox(mobject.source, float(left), float(bottom), float(right), float(top), mobject.size)]


def rehearse(scene_class: type[Lecture], lesson: Lesson | None = None) -> Rehearsal:
    """Play a lecture without drawing: some seconds for a film of two minutes."""
    scene, _ = perform(scene_class, lesson, ())
    captions = tuple(
        (caption.start.total_seconds(), caption.end.total_seconds(), str(caption.content))
        for caption in scene.renderer.file_writer.subcaptions
    )
    duration = float(scene.time)
    rate = float(config.frame_rate)
    told, frames = scene.lesson, round(duration * rate)
    return Rehearsal(told.title, told.question, duration, frames, 1 / rate, tuple(scene.beats), captions)


@dataclass(frozen=True)
class Words:
    """What a film says, as keys for own words: its templates, in which values stand in braces.

    Attributes:
        captions: By beat.
        labels: In the order of their appearance.
    """

    captions: dict[str, list[str]]
    labels: list[str]


def words(scene_class: type[Lecture], lesson: Lesson | None = None) -> Words:
    """The words of a lecture, also where the lesson has others."""
    scene, _ = perform(scene_class, lesson, ())
    captions = {
        beat: list(dict.fromkeys(message.template for message in messages)) for beat, messages in scene.said.items()
    }
    return Words(captions, list(scene.pen.labels.seen))


def stills(scene_class: type[Lecture], lesson: Lesson | None = None, times: Sequence[float] = ()) -> list[type_pixels]:
    """Draw the frames of a lecture at given times.

    Args:
        scene_class: The lecture.
        lesson: What it is about.
        times: Seconds from the film's start, ascending.

    Returns:
        A frame each, (height, width, 4) uint8 RGBA.
    """
    scene, renderer = perform(scene_class, lesson, times)
    return renderer.finish(scene)


def text_boxes(
    scene_class: type[Lecture], lesson: Lesson | None = None, times: Sequence[float] = ()
) -> list[list[TextBox]]:
    """Where every text stands in the frames at given times: for checks of a lecture's layout."""
    scene, renderer = perform(scene_class, lesson, times)
    renderer.finish(scene)
    return renderer.texts


def perform(
    scene_class: type[Lecture], lesson: Lesson | None, times: Sequence[float]
) -> tuple[Lecture, StillsRenderer]:
    """Play a lecture, drawing the frames at given times; the lecture as it is at its end, and what was drawn."""
    with tempconfig({"format": "none", "progress_bar": "none"}):
        renderer = StillsRenderer(times)
        scene = scene_class(lesson, renderer=renderer)
        scene.render()
    return scene, renderer
