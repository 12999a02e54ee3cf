"""What a painting writes, without a scene around it."""

from __future__ import annotations

import cairo
import numpy as np

from scenes.kit.drawing.painting import Canvas, Painting, TextBox


def painted_texts(painting: Painting) -> list[TextBox]:
    """Where its texts stand now."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8)
    canvas = Canvas(cairo.Context(surface), np.zeros((8, 8, 4), dtype=np.uint8), 1.0)
    canvas.texts = []
    painting.paint(canvas)
    return canvas.texts
