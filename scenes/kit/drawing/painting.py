"""Paintings: mobjects that draw themselves straight into the frame, and the animation that moves them.

Stock Manim redraws what moves by building new mobjects; its cost is Python, not pixels. A `Painting` keeps a few
numbers (a step, an opacity, an angle), and paints from them with some calls to Cairo. `Tween` moves those numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cairo
import numpy as np
import numpy.typing as npt
from manim import Animation, Mobject, linear, smooth

from scenes.kit.drawing.style import Duration

type_pixels = npt.NDArray[np.uint8]


def array(*values: float) -> Any:
    """Parameters as an array that tweens can move."""
    return np.array(values, dtype=np.float64)


@dataclass(frozen=True)
class TextBox:
    """Where a text stood in a frame, in Manim units: what tests of a lecture's layout look at.

    Attributes:
        text: What it says.
        left: Its box.
        bottom: Its box.
        right: Its box.
        top: Its box.
        size: Its font size.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@cache
def rgba(color: str) -> tuple[float, float, float, float]:
    """A colour "#RRGGBB" or "#RRGGBBAA" as four numbers in 0..1."""
    digits = color.removeprefix("#")
    red, green, blue, *alpha = (int(digits[k : k + 2], 16) / 255 for k in range(0, len(digits), 2))
    return red, green, blue, alpha[0] if alpha else 1.0


def ramp(colors: Sequence[str], count: int) -> npt.NDArray[np.float64]:
    """So many colours from the first to the last of a colour map, (count, 3) in 0..255."""
    stops = np.array([rgba(color)[:3] for color in colors]) * 255
    place = np.linspace(0.0, len(stops) - 1.0, count)
    return np.stack([np.interp(place, np.arange(len(stops)), stops[:, k]) for k in range(3)], axis=-1)


class Canvas:
    """What a painting draws on: Cairo in Manim's coordinates, and the frame's pixels.

    Attributes:
        context: A Cairo context whose user space is Manim's frame, y upwards.
        pixels: The frame, (height, width, 4) uint8, for what writes pixels itself.
        scale: Pixels a Manim unit.
        alpha: Factor on every opacity.
        texts: Where texts are drawn is noted here, if it is a list.
    """

    def __init__(self, context: cairo.Context[Any], pixels: type_pixels, scale: float) -> None:
        self.context = context
        self.pixels = pixels
        self.scale = scale
        self.alpha = 1.0
        self.texts: list[TextBox] | None = None

    def set_color(self, color: str, opacity: float = 1.0) -> None:
        """Choose the colour of the next fill or stroke."""
        red, green, blue, alpha = rgba(color)
        # Manim's frames are RGBA in memory and Cairo's BGRA, so red and blue change places.
        self.context.set_source_rgba(blue, green, red, alpha * opacity * self.alpha)

    def line(
        self,
        points: npt.NDArray[np.float64] | Sequence[Sequence[float]],
        color: str,
        width: float,
        opacity: float = 1.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Stroke a polyline through points (k, 2)."""
        if len(points) < 2:
            return
        context = self.context
        context.new_path()
        for x, y in points.tolist() if isinstance(points, np.ndarray) else points:
            context.line_to(x, y)
        self.set_color(color, opacity)
        context.set_line_width(width)
        context.set_line_join(cairo.LineJoin.ROUND)
        context.set_line_cap(cairo.LineCap.BUTT if dash else cairo.LineCap.ROUND)
        context.set_dash(list(dash))
        context.stroke()
        context.set_dash([])

    def segments(
        self,
        starts: npt.NDArray[np.float64],
        ends: npt.NDArray[np.float64],
        color: str,
        width: float,
        opacity: float = 1.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Stroke separate segments, (k, 2) each, in one go."""
        context = self.context
        context.new_path()
        for (x0, y0), (x1, y1) in zip(starts.tolist(), ends.tolist(), strict=True):
            context.move_to(x0, y0)
            context.line_to(x1, y1)
        self.set_color(color, opacity)
        context.set_line_width(width)
        context.set_line_cap(cairo.LineCap.BUTT)
        context.set_dash(list(dash))
        context.stroke()
        context.set_dash([])

    def polygon(
        self, points: npt.NDArray[np.float64] | Sequence[Sequence[float]], color: str, opacity: float = 1.0
    ) -> None:
        """Fill a polygon with corners (k, 2)."""
        context = self.context
        context.new_path()
        for x, y in points:
            context.line_to(float(x), float(y))
        context.close_path()
        self.set_color(color, opacity)
        context.fill()

    def disc(self, x: float, y: float, radius: float, color: str, rim: str | None = None, opacity: float = 1.0) -> None:
        """Fill a circle, with a rim around it that sets it off from what lies behind."""
        context = self.context
        context.new_path()
        context.arc(x, y, radius, 0.0, 2 * np.pi)
        if rim is not None:
            self.set_color(rim, opacity)
            context.set_line_width(radius * 0.55)
            context.stroke_preserve()
        self.set_color(color, opacity)
        context.fill()

    def arrow(
        self,
        start: Sequence[float],
        end: Sequence[float],
        color: str,
        width: float,
        opacity: float = 1.0,
        rim: str | None = None,
    ) -> None:
        """A straight arrow with a filled head, one shape; one too short for its head shrinks as a whole."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = float(np.hypot(dx, dy))
        if length < 1e-6:
            return
        head = min(width * 4.6, length * 0.6)
        ux, uy = dx / length, dy / length
        shaft, wing, neck = min(width, head * 0.3) / 2, head * 0.42, length - head
        profile = [(0, shaft), (neck, shaft), (neck, wing), (length, 0), (neck, -wing), (neck, -shaft), (0, -shaft)]
        context = self.context
        context.new_path()
        for along, across in profile:
            context.line_to(start[0] + ux * along - uy * across, start[1] + uy * along + ux * across)
        context.close_path()
        if rim is not None:
            self.set_color(rim, opacity)
            context.set_line_width(width * 0.6)
            context.set_line_join(cairo.LineJoin.ROUND)
            context.stroke_preserve()
        self.set_color(color, opacity)
        context.fill()


class Painting(Mobject):
    """A mobject that paints itself.

    Attributes:
        opacity: 0 hides it, 1 shows it whole.
        reads: Mobjects whose numbers it reads.
    """

    def __init__(self, *sources: Mobject) -> None:
        super().__init__()
        # Manim leaves out mobjects without points; this one stands for the whole painting.
        self.points = np.zeros((1, 3))
        self.opacity = 1.0
        self.reads: tuple[Mobject, ...] = sources
        self._behind: tuple[Painting, ...] = ()

    @property
    def sources(self) -> tuple[Mobject, ...]:
        """It is redrawn while one of these moves: what it reads, what it stands in front of, and that one's sources."""
        return *self.reads, *(source for other in self._behind for source in (other, *other.sources))

    def in_front_of(self, *others: Painting) -> None:
        """Stand in front of others, also while they move: from now on it is drawn again whenever one of them is."""
        self._behind += others

    def paint(self, canvas: Canvas) -> None:
        """Draw onto the canvas; its `alpha` already holds this painting's opacity."""
        raise NotImplementedError


class Tween(Animation):  # type: ignore[misc]
    """Move attributes of a mobject from where they are to given values.

    Values may be floats or arrays. Nothing is copied, so it costs the same however much a painting shows.
    """

    def __init__(
        self,
        mobject: Mobject,
        run_time: float = Duration.NORMAL,
        rate_func: Callable[[float], float] = smooth,
        remover: bool = False,
        **values: Any,
    ) -> None:
        super().__init__(mobject, run_time=run_time, rate_func=rate_func, remover=remover)
        self._values = values
        self._from: dict[str, Any] = {}

    def begin(self) -> None:
        """Remember where the attributes start."""
        self._from = {name: getattr(self.mobject, name) for name in self._values}
        self.interpolate(0.0)

    def finish(self) -> None:
        """Leave exactly the given values."""
        for name, value in self._values.items():
            setattr(self.mobject, name, value)

    def interpolate_mobject(self, alpha: float) -> None:
        """Set every attribute on its way."""
        eased = self.rate_func(min(max(alpha, 0.0), 1.0))
        for name, value in self._values.items():
            start = self._from[name]
            setattr(self.mobject, name, start + (value - start) * eased)

    def get_all_mobjects(self) -> Sequence[Mobject]:
        """Only the mobject: there is no copy to keep up to date."""
        return (self.mobject,)


def show(*mobjects: Mobject, run_time: float = Duration.SHORT) -> list[Tween]:
    """Fade in."""
    for mobject in mobjects:
        mobject.opacity = 0.0
    return [Tween(mobject, run_time, linear, opacity=1.0) for mobject in mobjects]


def hide(*mobjects: Mobject, run_time: float = Duration.BRIEF) -> list[Tween]:
    """Fade out, and take off the scene."""
    return [Tween(mobject, run_time, linear, remover=True, opacity=0.0) for mobject in mobjects]


class Group(Mobject):  # type: ignore[misc]
    """Things that fade as one."""

    def __init__(self, *members: Mobject) -> None:
        super().__init__()
        self.add(*members)
        self._opacity = 1.0

    @property
    def opacity(self) -> float:
        """Opacity of every member."""
        return self._opacity

    @opacity.setter
    def opacity(self, value: float) -> None:
        self._opacity = value
        for member in self.submobjects:
            member.opacity = value
