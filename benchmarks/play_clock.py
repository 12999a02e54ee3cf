"""Renderers that time plays: of a whole scene, or of one beat of a lecture whose other beats are not drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Mobject, Scene
from manim.renderer.cairo_renderer import CairoRenderer

from scenes.kit.drawing.camera import LectureRenderer

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Timed:
    """What one play took.

    Attributes:
        seconds: From its call until its last frame was drawn, and encoded if the scene writes a film.
        still: What the picture of all that stands still took of those seconds; a play draws it once.
        frames: How many were drawn; plays in which nothing moves are not timed.
        turned: Whether the camera was somewhere else afterwards.
    """

    seconds: float
    still: float
    frames: int
    turned: bool


class PlayClock(CairoRenderer):  # type: ignore[misc]
    """A stock renderer that times each play as a whole: animations, updaters, drawing, encoding.

    Args:
        view: Where the camera of a scene is.

    Attributes:
        plays: The times.
        on_frame: Gets every frame, if it is set.
    """

    def __init__(self, view: Callable[[Any], object], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plays: list[Timed] = []
        self.on_frame: Callable[[Pixels], None] | None = None
        self._view = view
        self._drawn = 0
        self._still = 0.0

    def wants(self, scene: Scene) -> bool:
        """Whether the coming play is to be drawn and timed."""
        return True

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play, against the clock."""
        wanted = self.wants(scene)
        self._original_skipping_status = not wanted
        # What an earlier play left to the encoder is not this one's.
        self.file_writer.join_all_encode_jobs()
        self._drawn = 0
        before = self._view(scene) if wanted else None
        start = perf_counter()
        super().play(scene, *args, **kwargs)
        self.file_writer.join_all_encode_jobs()
        seconds = perf_counter() - start
        if wanted and self._drawn:
            self.plays.append(Timed(seconds, self._still, self._drawn, bool(self._view(scene) != before)))

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> Pixels | None:
        """Draw what stands still during a play."""
        start = perf_counter()
        picture: Pixels | None = super().save_static_frame_data(scene, static_mobjects)
        self._still = perf_counter() - start
        return picture

    def render(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Draw a frame of a play."""
        super().render(scene, *args, **kwargs)
        if not self.skip_animations:
            self._drawn += 1
            if self.on_frame is not None:
                self.on_frame(self.camera.pixel_array)


class BeatClock(PlayClock, LectureRenderer):  # type: ignore[misc]
    """The lectures' renderer, drawing and timing some beats alone.

    Args:
        beats: Names of the beats.
        view: Where the camera of the lecture is.
    """

    def __init__(self, beats: tuple[str, ...], view: Callable[[Any], object] = lambda scene: None) -> None:
        super().__init__(view)
        self._beats = beats

    def wants(self, scene: Any) -> bool:
        """Whether a wanted beat is on."""
        return bool(scene.beats) and scene.beats[-1].name in self._beats
