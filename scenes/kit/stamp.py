"""Text prepared for painting: traced once, then stamped wherever a painting wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cairo

from scenes.kit.formula import THIN_SPACE_EM, Formula, digits

if TYPE_CHECKING:
    from scenes.kit.painting import Canvas

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
        self._runs = formula.runs()
        self._paths: list[tuple[str, cairo.Path]] | None = None

    def draw(
        self,
        canvas: Canvas,
        x: float,
        y: float,
        anchor: str = "left",
        opacity: float = 1.0,
        color: str | None = None,
    ) -> None:
        """Fill it with its baseline at y and its left, center or right edge at x; in its own colours if none is given."""
        context = canvas.context
        context.save()
        context.translate(x - _SHARE[anchor] * self.width - self._left, y - self._baseline)
        if self._paths is None:
            self._paths = [(run_color, _traced(context, outlines)) for run_color, outlines in self._runs]
        for run_color, path in self._paths:
            context.new_path()
            context.append_path(path)
            canvas.set_color(color or run_color, opacity)
            context.fill()
        context.restore()


def _traced(context: cairo.Context[Any], outlines: list[Any]) -> cairo.Path:
    context.new_path()
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
        self._paths: dict[str, cairo.Path] = {}

    def width(self, text: str) -> float:
        """Width of a number in Manim units."""
        return sum(self._advance(character) for character in text) * self._size

    def draw(self, canvas: Canvas, text: str, x: float, y: float, anchor: str = "left", opacity: float = 1.0) -> None:
        """Set a number with its baseline at y and its left, center or right edge at x."""
        context = canvas.context
        context.save()
        context.translate(x - _SHARE[anchor] * self.width(text), y)
        context.scale(self._size, self._size)
        for character in text:
            outline = self._digits.outlines.get(character)
            if outline is not None:
                if character not in self._paths:
                    self._paths[character] = _traced(context, [outline])
                context.new_path()
                context.append_path(self._paths[character])
                canvas.set_color(self._color, opacity)
                context.fill()
            context.translate(self._advance(character), 0.0)
        context.restore()

    def _advance(self, character: str) -> float:
        return self._digits.advances.get(character, THIN_SPACE_EM)
