"""Where panels stand in the lectures that show one fit: what explains it on the right, what follows it below."""

from __future__ import annotations

from scenes.kit.drawing.style import FRAME_WIDTH, MARGIN

Rect = tuple[float, float, float, float]
"""Left, bottom, right and top, in Manim units."""

HEADER = 3.56

LEFT, RIGHT = -FRAME_WIDTH / 2 + MARGIN, FRAME_WIDTH / 2 - MARGIN

READOUT = 2.86

CAPTION = -3.22

CAPTION_LEADING = 0.5

WIDE = (LEFT, -2.75, -0.3, 3.2)
"""The fit while it is explained."""

UPPER = (LEFT, -0.85, -0.55, 2.6)
"""The fit above the loss curve, or above the numbers of a step."""

LOWER = (LEFT, -2.72, -0.55, -0.72)
"""The loss curve."""

RIGHT_HALF = (-0.3, -2.75, RIGHT, 2.55)
"""The landscape."""

COLUMN = 0.6
"""Left edge of what is written beside the fit."""

ROOM = RIGHT - COLUMN
"""How wide it may be."""


def columns(rect: Rect, count: int, gap: float) -> list[Rect]:
    """A rect's equal columns from left to right, so far apart."""
    left, bottom, right, top = rect
    width = (right - left + gap) / count
    return [(left + k * width, bottom, left + (k + 1) * width - gap, top) for k in range(count)]
