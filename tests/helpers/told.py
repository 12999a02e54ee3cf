"""Films of two beats, the first of which a test tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fitting import fit
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.story.lecture import Lecture, beat

RUN = fit(steps=2)
SMALL = {"pixel_width": 64, "pixel_height": 36, "frame_rate": 15}
LONG = "A caption of many words takes a while to be read."


class Spot(Painting):
    """A white disc in the middle."""

    value = 0.0

    def paint(self, canvas: Canvas) -> None:
        canvas.disc(0.0, 0.0, 2.0, "#FFFFFF")


class Film(Lecture):
    title, question, model = "A film", "What is it?", "linear"
    tell: Callable[[Any], None]

    @classmethod
    def run(cls):  # type: ignore[no-untyped-def]
        return RUN

    def construct(self) -> None:
        self.marks: dict[str, float] = {}
        self.first()
        self.second()

    @beat("First")
    def first(self) -> None:
        type(self).tell(self)

    @beat("Second")
    def second(self) -> None:
        self.say("The end.")


def film(tell: Callable[[Any], None]) -> type[Film]:
    return type("Told", (Film,), {"tell": staticmethod(tell)})
