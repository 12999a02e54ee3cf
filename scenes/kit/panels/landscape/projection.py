"""From a landscape's parameters and losses to the screen: a box seen from an azimuth and an elevation.

Orthographic, so that equal lengths stay equal and a turning box never changes its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import Mobject, smooth

from fitting.arrays import Array
from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Tween
from scenes.kit.subject.window import Window

_HEIGHT = 0.56
"""Height of the box in lengths of its longer side."""

_TICKS = 0.62
"""Room for ticks and names outside the box, in Manim units."""


AIR = 0.18
"""How far below the top of the room the axis of the loss ends, at least: its name reaches over that."""

_LOWEST = 1.5
"""Height of the room below which a box is not made smaller for it."""


class View(Mobject):  # type: ignore[misc]
    """Where a landscape is seen from.

    Attributes:
        azimuth: Angle around the vertical axis in degrees; at 0 the first parameter grows to the right.
        elevation: Angle above the horizon in degrees; 90 looks straight down.
    """

    def __init__(self, azimuth: float, elevation: float) -> None:
        super().__init__()
        self.azimuth = azimuth
        self.elevation = elevation

    def turn(self, to: tuple[float, float], run_time: float) -> Tween:
        """Turn the landscape to another azimuth and elevation."""
        azimuth, elevation = to
        return Tween(self, run_time, smooth, azimuth=azimuth, elevation=elevation)


@dataclass(frozen=True)
class Box:
    """The window as a box in space, and its place on the screen.

    Attributes:
        window: Parameters and losses it holds.
        center: Screen position of the middle of its floor.
        sides: Lengths along first parameter, second parameter and loss, in Manim units.
    """

    window: Window
    center: tuple[float, float]
    sides: tuple[float, float, float]

    @classmethod
    def within(
        cls,
        window: Window,
        region: Rect,
        views: Sequence[tuple[float, float]],
        surface: tuple[Array, Array],
        air: float = AIR,
    ) -> Box:
        """The largest box whose floor, ticks and surface stay inside a region from all views.

        Both parameters have one scale if the window has; else its floor is a square.

        Args:
            window: Parameters and losses it holds.
            region: Left, bottom, right and top of the screen it may take.
            views: (azimuth, elevation) in degrees.
            surface: Parameters (..., 2) and losses (...) of the surface.
            air: How far below the top of the region the axis of the loss ends, at least.
        """
        width, depth = window.first[1] - window.first[0], window.second[1] - window.second[0]
        longest = max(width, depth)
        sides = (width / longest, depth / longest) if window.one_scale else (0.8, 0.8)
        unit = cls(window, (0.0, 0.0), (*sides, _HEIGHT))
        floor = np.array([[x, y, 0.0] for x in (-1, 1) for y in (-1, 1)]) / 2 * unit.sides
        below = surface[1] <= window.ceiling
        points = np.concatenate([floor, unit.place(surface[0][below], surface[1][below])])
        shown = np.concatenate([unit.project(points, View(*view))[0] for view in views])
        (left, low), (right, high) = shown.min(axis=0), shown.max(axis=0)
        top, beyond = region[3], 0.0
        while True:
            top -= beyond
            room = region[2] - region[0] - 2 * _TICKS, top - region[1] - _TICKS
            scale = min(room[0] / (right - left), room[1] / (high - low))
            center = (
                (region[0] + region[2]) / 2 - scale * (left + right) / 2,
                (region[1] + _TICKS + top) / 2 - scale * (low + high) / 2,
            )
            box = cls(window, center, (sides[0] * scale, sides[1] * scale, _HEIGHT * scale))
            # A surface that is low on the left leaves the axis that stands there above itself, with its letter.
            beyond = max(box.axis_top(View(*view)) for view in views) + air - region[3]
            if beyond < 0.01 or room[1] < _LOWEST:
                return box

    def axis_top(self, view: View) -> float:
        """Where the axis of the loss ends, which stands at the floor's leftmost corner."""
        corners = np.array([[x, y, 0.0] for x in (-1, 1) for y in (-1, 1)]) / 2 * self.sides
        screen, _ = self.project(corners, view)
        corner = corners[int(np.argmin(screen[:, 0]))] + np.array([0.0, 0.0, self.sides[2]])
        return float(self.project(corner, view)[0][1])

    def place(self, params: Array, loss: Array) -> Array:
        """Params (..., 2) and losses (...) as points of the box, (..., 3), its floor centred at the origin."""
        (w0, w1), (b0, b1) = self.window.first, self.window.second
        x = ((params[..., 0] - w0) / (w1 - w0) - 0.5) * self.sides[0]
        y = ((params[..., 1] - b0) / (b1 - b0) - 0.5) * self.sides[1]
        z = np.asarray(loss) / self.window.ceiling * self.sides[2]
        return np.stack(np.broadcast_arrays(x, y, z), axis=-1)

    def project(self, points: Array, view: View) -> tuple[Array, Array]:
        """Points of the box (..., 3) as the screen shows them.

        Returns:
            Screen positions (..., 2) and depths towards the viewer (...), all in Manim units.
        """
        turn, tilt = np.radians(view.azimuth), np.radians(view.elevation)
        x, y, z = points[..., 0], points[..., 1], points[..., 2]
        right = x * np.cos(turn) - y * np.sin(turn)
        away = x * np.sin(turn) + y * np.cos(turn)
        up = z * np.cos(tilt) + away * np.sin(tilt)
        depth = z * np.sin(tilt) - away * np.cos(tilt)
        screen = np.stack([right + self.center[0], up + self.center[1]], axis=-1)
        return screen, depth
