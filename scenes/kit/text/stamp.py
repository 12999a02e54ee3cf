"""Text prepared for painting: traced once, then stamped wherever a painting wants it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import cairo

from scenes.kit.drawing.painting import TextBox
from scenes.kit.text.formula import Formula, digits

if TYPE_CHECKING:
    from scenes.kit.drawing.painting import Canvas

_HALO = 0.09
_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}


class Stamp:
    """A formula's outlines, one Cairo path a colour.

    Attributes:
        width: Width in Manim units.
        text: What it says.
    """

    def __init__(self, formula: Formula) -> None:
        self.text = formula.source
        self.width = float(formula.width) if formula.submobjects else 0.0
        self._left = float(formula.get_left()[0]) if formula.submobjects else 0.0
        self._baseline = formula.baseline
        self._size = formula.size
        self._low = float(formula.get_bottom()[1]) - self._baseline if formula.submobjects else 0.0
        self._high = float(formula.get_top()[1]) - self._baseline if formula.submobjects else 0.0
        self._runs = formula.runs()
        self._inks: list[tuple[str, Ink]] | None = None

    def draw(
        self,
        canvas: Canvas,
        x: float,
        y: float,
        anchor: str = "left",
        opacity: float = 1.0,
        halo: str | None = None,
    ) -> None:
        """Fill it with its baseline at y and its left, center or right edge at x.

        Args:
            canvas: Where to.
            x: Place of the edge that `anchor` names.
            y: Place of the baseline.
            anchor: "left", "center" or "right".
            opacity: Of the whole.
            halo: Colour of a rim that keeps it readable on a surface.
        """
        context = canvas.context
        left = x - _SHARE[anchor] * self.width
        if canvas.texts is not None and opacity * canvas.alpha > 0:
            box = TextBox(self.text, left, y + self._low, left + self.width, y + self._high, self._size)
            canvas.texts.append(box)
        context.save()
        context.translate(left - self._left, y - self._baseline)
        if self._inks is None:
            self._inks = [(run_color, Ink(_traced(outlines))) for run_color, outlines in self._runs]
        for run_color, ink in self._inks:
            if halo is not None:
                ink.rim(canvas, halo, opacity)
            canvas.set_color(run_color, opacity)
            ink.fill(context)
        context.restore()


class Ink:
    """A path that is filled in many frames: as a mask, which costs Cairo a tenth where it stays on the same spot.

    A mask is right for one place alone, up to whole pixels. One that is not used again is made all the same: to fill
    the path rounds otherwise, and a frame must not depend on the frames before it.
    """

    MOST = 32
    """Masks that are kept."""

    def __init__(self, path: cairo.Path) -> None:
        self._path = path
        self._masks: dict[tuple[float, ...], tuple[cairo.ImageSurface, int, int]] = {}

    def fill(self, context: cairo.Context[Any]) -> None:
        """Fill it where the context's user space has its origin, in the colour that is set."""
        matrix = context.get_matrix()
        x, y = math.floor(matrix.x0), math.floor(matrix.y0)
        place = (matrix.x0 - x, matrix.y0 - y, matrix.xx, matrix.xy, matrix.yx, matrix.yy)
        if place not in self._masks:
            if len(self._masks) >= self.MOST:
                self._masks.clear()
            self._masks[place] = self._mask(context, x, y)
        mask, left, top = self._masks[place]
        context.save()
        context.identity_matrix()
        context.mask_surface(mask, x + left, y + top)
        context.restore()

    def rim(self, canvas: Canvas, color: str, opacity: float) -> None:
        """Stroke it in a colour."""
        self._trace(canvas.context)
        canvas.set_color(color, opacity)
        canvas.context.set_line_width(_HALO)
        canvas.context.set_line_join(cairo.LineJoin.ROUND)
        canvas.context.stroke()

    def _trace(self, context: cairo.Context[Any]) -> None:
        context.new_path()
        context.append_path(self._path)

    def _mask(self, context: cairo.Context[Any], x: int, y: int) -> tuple[cairo.ImageSurface, int, int]:
        """How much of each pixel it covers, and where the mask's corner lies from the pixel of the origin."""
        self._trace(context)
        x0, y0, x1, y1 = context.path_extents()
        corners = [context.user_to_device(*corner) for corner in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
        left, top = (math.floor(min(corner[k] for corner in corners)) - 1 for k in (0, 1))
        right, bottom = (math.ceil(max(corner[k] for corner in corners)) + 1 for k in (0, 1))
        mask = cairo.ImageSurface(cairo.Format.A8, max(right - left, 1), max(bottom - top, 1))
        inner = cairo.Context(mask)
        matrix = context.get_matrix()
        inner.set_matrix(cairo.Matrix(matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0 - left, matrix.y0 - top))
        self._trace(inner)
        inner.fill()
        context.new_path()
        return mask, left - x, top - y


def _traced(outlines: list[Any]) -> cairo.Path:
    # Cairo keeps paths in fixed point of the pixels they are traced on. Traced where they are first drawn, glyphs would
    # look a shade different from one film to the next; on a grid of their own, 4096 to the unit, they never do.
    context = cairo.Context(cairo.ImageSurface(cairo.Format.A8, 1, 1))
    context.scale(4096, 4096)
    for outline in outlines:
        end: tuple[float, float] | None = None
        for x0, y0, x1, y1, x2, y2, x3, y3 in outline.points[:, :2].reshape(-1, 8).tolist():
            if end is None or abs(end[0] - x0) > 1e-9 or abs(end[1] - y0) > 1e-9:
                context.move_to(x0, y0)
            context.curve_to(x1, y1, x2, y2, x3, y3)
            end = (x3, y3)
    return context.copy_path()


class Numerals:
    """Numbers that change from frame to frame, set from digits traced once. All digits are equally wide."""

    def __init__(self, engine: str, size: float, color: str) -> None:
        self._digits = digits(engine)
        self._size, self._color = size, color
        self._inks: dict[str, Ink] = {}

    def width(self, text: str) -> float:
        """Width of a number in Manim units."""
        return self._digits.places(text)[1] * self._size

    def draw(self, canvas: Canvas, text: str, x: float, y: float, anchor: str = "left", opacity: float = 1.0) -> None:
        """Set a number with its baseline at y and its left, center or right edge at x."""
        context = canvas.context
        places, em = self._digits.places(text)
        width = em * self._size
        left = x - _SHARE[anchor] * width
        if canvas.texts is not None and opacity * canvas.alpha > 0:
            canvas.texts.append(TextBox(text, left, y, left + width, y + 0.66 * self._size, self._size))
        canvas.set_color(self._color, opacity)
        for character, along, rise, scale in places:
            if character not in self._inks:
                self._inks[character] = Ink(_traced([self._digits.outlines[character]]))
            context.save()
            context.translate(left + along * self._size, y + rise * self._size)
            context.scale(self._size * scale, self._size * scale)
            self._inks[character].fill(context)
            context.restore()
