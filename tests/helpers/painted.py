"""What a painting writes, without a scene around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cairo
import numpy as np
from manim import Mobject

from scenes.kit.drawing.painting import Canvas, Painting, TextBox


def painted_texts(painting: Painting) -> list[TextBox]:
    """Where its texts stand now."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8)
    canvas = Canvas(cairo.Context(surface), np.zeros((8, 8, 4), dtype=np.uint8), 1.0)
    canvas.texts = []
    painting.paint(canvas)
    return canvas.texts


def in_order(boxes: Iterable[TextBox]) -> list[str]:
    """What texts say from left to right, formulas without what makes them formulas."""
    return [box.text.removeprefix(r"$\displaystyle ").strip("$") for box in sorted(boxes, key=lambda box: box.left)]


@dataclass(frozen=True)
class Mark:
    """What a painting has drawn, in Manim units.

    Attributes:
        kind: "line", "segments", "polygon", "disc" or "arrow"; "fill" or "stroke" of a path of the painting's own.
        points: Its points (k, 2): of segments starts before ends, of an arrow start and end, of a disc its middle, of a
            path the lower left and upper right corner of its box.
        color: As it was asked for.
        width: Of a line, or a disc's radius; 0 for polygons.
        opacity: That of the painting not counted.
        rim: Colour around a disc or arrow.
        dash: Of a line.
    """

    kind: str
    points: np.ndarray
    color: str
    width: float = 0.0
    opacity: float = 1.0
    rim: str | None = None
    dash: tuple[float, ...] = ()


class Watched:
    """A Cairo context that tells a record which paths are filled and stroked on it.

    Args:
        context: Does what it is told.
        record: Is told of it.
    """

    def __init__(self, context: Any, record: Record) -> None:
        self._context, self._record = context, record

    def __getattr__(self, name: str) -> Any:
        if name in ("fill", "fill_preserve", "stroke"):
            x0, y0, x1, y1 = self._context.path_extents()
            kind, width = ("stroke", self._context.get_line_width()) if name == "stroke" else ("fill", 0.0)
            self._record.marks.append(
                Mark(kind, np.array([[x0, y0], [x1, y1]]), self._record.ink[0], width, self._record.ink[1])
            )
        return getattr(self._context, name)


class Record(Canvas):
    """A canvas that remembers what is drawn, in the order of drawing, beside where texts are set."""

    def __init__(self) -> None:
        surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8)
        super().__init__(cairo.Context(surface), np.zeros((8, 8, 4), dtype=np.uint8), 1.0)
        self.context: Any = Watched(self.context, self)
        self.ink = ("", 1.0)
        self.texts: list[TextBox] = []
        self.marks: list[Mark] = []

    def set_color(self, color: str, opacity: float = 1.0) -> None:
        self.ink = color, opacity
        super().set_color(color, opacity)

    def line(self, points: Any, color: str, width: float, opacity: float = 1.0, dash: Any = ()) -> None:
        self.marks.append(Mark("line", np.array(points), color, width, opacity, None, tuple(dash)))

    def segments(self, starts: Any, ends: Any, color: str, width: float, opacity: float = 1.0, dash: Any = ()) -> None:
        points = np.concatenate([starts, ends])
        self.marks.append(Mark("segments", points, color, width, opacity, None, tuple(dash)))

    def polygon(self, points: Any, color: str, opacity: float = 1.0) -> None:
        self.marks.append(Mark("polygon", np.array(points), color, 0.0, opacity))

    def disc(self, x: float, y: float, radius: float, color: str, rim: str | None = None, opacity: float = 1.0) -> None:
        self.marks.append(Mark("disc", np.array([[x, y]]), color, radius, opacity, rim))

    def arrow(
        self, start: Any, end: Any, color: str, width: float, opacity: float = 1.0, rim: str | None = None
    ) -> None:
        self.marks.append(Mark("arrow", np.array([start, end]), color, width, opacity, rim))

    def of(self, kind: str, color: str = "") -> list[Mark]:
        """The marks of one kind, and of one colour if it is given."""
        return [mark for mark in self.marks if mark.kind == kind and color in ("", mark.color)]

    def text(self, part: str) -> TextBox:
        """The only text that has a part."""
        (found,) = (box for box in self.texts if part in box.text)
        return found


def painted(*mobjects: Mobject) -> Record:
    """What paintings and groups of them draw now."""
    record = Record()
    for part in (part for mobject in mobjects for part in mobject.get_family()):
        if isinstance(part, Painting):
            record.alpha = part.opacity
            part.paint(record)
    return record
