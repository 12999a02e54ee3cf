"""From a landscape's parameters and losses to the screen: a box seen from an azimuth and an elevation.

Orthographic, so that equal lengths stay equal and a turning box never changes its size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import Mobject

type_array = npt.NDArray[np.float64]


class View(Mobject):  # type: ignore[misc]
    """Where a landscape is seen from. Tween its angles to turn it.

    Attributes:
        azimuth: Angle around the vertical axis in degrees; at 0 the first parameter grows to the right.
        elevation: Angle above the horizon in degrees; 90 looks straight down.
    """

    def __init__(self, azimuth: float, elevation: float) -> None:
        super().__init__()
        self.azimuth = azimuth
        self.elevation = elevation


@dataclass(frozen=True)
class Window:
    """The part of the landscape that is shown.

    Attributes:
        first: Range of the first parameter (horizontal axis of the landscape).
        second: Range of the second parameter.
        ceiling: Loss at which the surface is cut.
    """

    first: tuple[float, float]
    second: tuple[float, float]
    ceiling: float

    def contains(self, params: type_array) -> npt.NDArray[np.bool_]:
        """Which of params (..., 2) lie inside."""
        inside: npt.NDArray[np.bool_] = (
            (params[..., 0] >= self.first[0])
            & (params[..., 0] <= self.first[1])
            & (params[..., 1] >= self.second[0])
            & (params[..., 1] <= self.second[1])
        )
        return inside


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

    def place(self, params: type_array, loss: type_array) -> type_array:
        """Params (..., 2) and losses (...) as points of the box, (..., 3), its floor centred at the origin."""
        (w0, w1), (b0, b1) = self.window.first, self.window.second
        x = ((params[..., 0] - w0) / (w1 - w0) - 0.5) * self.sides[0]
        y = ((params[..., 1] - b0) / (b1 - b0) - 0.5) * self.sides[1]
        z = np.asarray(loss) / self.window.ceiling * self.sides[2]
        return np.stack(np.broadcast_arrays(x, y, z), axis=-1)

    def project(self, points: type_array, view: View) -> tuple[type_array, type_array]:
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
