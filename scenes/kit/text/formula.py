"""Formulas and text on the screen: LaTeX in, Manim mobjects out.

All text goes this way, so one pen decides engine, font and colours for a whole lecture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Self

import numpy as np
from manim import VGroup, VMobject

from fitting.arrays import Array
from scenes.kit.drawing.style import DARK, Palette, Size
from scenes.kit.text.outlines import Outline, Typeset
from scenes.kit.text.typeset import typeset
from scenes.kit.words.captions import literal, shorten
from scenes.kit.words.labels import Labels
from scenes.kit.words.message import Message, Name, Value, said
from scenes.kit.words.numbers import MINUS, THIN_SPACE

_DIGITS = "0123456789.,+−=×·()/∞?"
THIN_SPACE_EM = 0.17

_RAISED, _SMALL = 0.36, 0.7
"""Height in em and size of what a `^` raises."""


class Formula(VGroup):
    """A piece of text: a group of glyphs that knows its baseline and its named parts.

    Attributes:
        source: What was typeset.
        size: Font size (one em) in Manim units.
    """

    def __init__(self, content: Typeset, source: str, size: float, color: str, palette: Palette) -> None:
        super().__init__()
        self.source = source
        self.size = size
        self._tags = [outline.tag for outline in content.outlines]
        self.add(
            *(
                _glyph(outline.points * size, palette[outline.tag] if outline.tag else color)
                for outline in content.outlines
            )
        )
        # The origin of the text, kept as a glyph without outline: it moves along with every shift and scaling.
        self._origin = _glyph(np.zeros((1, 3)), color)
        self._opacity = 1.0

    @classmethod
    def of(cls, source: str, pen: Pen, size: float, color: str | None = None, align: str = "left") -> Formula:
        """Typeset a source in which user text is already marked as literal."""
        return cls(typeset(source, pen.engine, align), source, size, color or pen.palette.text, pen.palette)

    @property
    def glyphs(self) -> list[VMobject]:
        """The glyphs in drawing order."""
        return list(self.submobjects)

    def runs(self) -> list[tuple[str, list[Outline]]]:
        """Outlines of neighbouring glyphs of one colour together, where they stand now, for painting."""
        found: list[tuple[str, list[Outline]]] = []
        for glyph, tag in zip(self.submobjects, self._tags, strict=True):
            color = glyph.get_fill_color().to_hex()
            if not found or found[-1][0] != color:
                found.append((color, []))
            found[-1][1].append(Outline(glyph.points, tag))
        return found

    @property
    def opacity(self) -> float:
        """Opacity of all glyphs; tween it to fade."""
        return self._opacity

    @opacity.setter
    def opacity(self, value: float) -> None:
        self._opacity = value
        for glyph in self.submobjects:
            glyph.fill_rgbas[:, 3] = value

    def part(self, tag: str) -> VGroup:
        """The glyphs that stand under `\\textcolor{tag}{...}`.

        Raises:
            KeyError: The formula has no such part.
        """
        found = [glyph for glyph, name in zip(self.submobjects, self._tags, strict=True) if name == tag]
        if not found:
            raise KeyError(f"{self.source!r} has no part {tag!r}; it has {sorted(set(self._tags) - {''})}")
        return VGroup(*found)

    @property
    def baseline(self) -> float:
        """Height of the (last) baseline in the frame."""
        return float(self._origin.points[0, 1])

    @baseline.setter
    def baseline(self, y: float) -> None:
        self.shift(np.array([0.0, y - self.baseline, 0.0]))

    def at(self, x: float, y: float, anchor: str = "left") -> Self:
        """Put the left, center or right edge at `x` and the baseline at `y`."""
        edge = {"left": self.get_left, "center": self.get_center, "right": self.get_right}[anchor]()
        return self.shift(np.array([x - float(edge[0]), y - self.baseline, 0.0]))

    def shift(self, *vectors: object) -> Self:
        """Move, baseline included."""
        super().shift(*vectors)
        self._origin.shift(*vectors)
        return self

    def get_points_defining_boundary(self) -> Array:
        """Where the curves of the glyphs start and end: what Manim measures by."""
        ends = [glyph.points.reshape(-1, 4, 3)[:, ::3] for glyph in self.submobjects]
        return np.concatenate(ends).reshape(-1, 3) if ends else np.zeros((0, 3))

    def recolor(self, color: str) -> Self:
        """Give every glyph one colour."""
        for glyph in self.submobjects:
            glyph.set_fill(color)
        return self


def _glyph(points: Array, color: str) -> VMobject:
    # A lecture has thousands of glyphs, and Manim takes 0.2 ms to make one: they are copies of one of each colour. What
    # Manim changes in place, lists and arrays, is each glyph's own; it replaces everything else when it changes it.
    model = _blank_glyph(color)
    glyph = VMobject.__new__(VMobject)
    glyph.__dict__.update(model.__dict__)
    glyph.points = points
    glyph.submobjects, glyph.updaters = [], []
    for name in _RGBAS:
        setattr(glyph, name, getattr(model, name).copy())
    return glyph


_RGBAS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")


@cache
def _blank_glyph(color: str) -> VMobject:
    return VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0)


@dataclass(frozen=True)
class Pen:
    """Writes in the colours of a palette, with the engine and the labels of a lesson."""

    palette: Palette = DARK
    engine: str = "typst"
    labels: Labels = field(default_factory=Labels, compare=False)

    def math(
        self, latex: str, size: float = Size.FORMULA, color: str | None = None, room: float | None = None
    ) -> Formula:
        """A formula in display style. Parts under `\\textcolor{concept}{...}` take the concept's colour.

        Args:
            latex: Its source.
            size: Font size in Manim units.
            color: Ordinary text if None.
            room: Width that it may take: set smaller where it would be wider.
        """
        return self._within(room, rf"$\displaystyle {self.labels.formula(latex)}$", size, color)

    def text(
        self,
        words: str | Message,
        size: float = Size.BODY,
        color: str | None = None,
        align: str = "left",
        room: float | None = None,
        **values: str | Value,
    ) -> Formula:
        """Prose with `$...$` mathematics.

        Args:
            words: A message, or its template, in which `{name}` stands for a value.
            size: Font size in Manim units.
            color: Ordinary text if None.
            align: How several lines stand: "left", "center", "right".
            room: Width that it may take: set smaller where it would be wider.
            **values: What is set into a template; a string is text of a user, set literally whatever it contains.
        """
        if isinstance(words, str):
            words = said(words, values)
        return self._within(room, self.labels.prose(words), size, color, align)

    def fitted(
        self, words: str | Message, room: float, sizes: Sequence[float], color: str | None = None, **name: str
    ) -> Formula:
        """Prose with one name of a user, on one line: smaller where it is long, and cut only where that is not enough.

        Args:
            words: A message, or its template, with a field for the name.
            room: Width that it may take.
            sizes: Font sizes in Manim units, the best first.
            color: Ordinary text if None.
            **name: The name, under that of its field.
        """
        ((field_name, whole),) = name.items()
        if isinstance(words, str):
            words = Message(words)

        def written(text: str, size: float) -> Formula:
            return self.text(words.with_values({field_name: Name(text)}), size, color)

        for size in sizes:
            formula = written(whole, size)
            if formula.width <= room:
                return formula
        longest = len(whole)
        while formula.width > room and longest > 2:
            longest = min(longest - 1, int(longest * room / float(formula.width)) + 1)
            formula = written(shorten(whole, longest), sizes[-1])
        return formula

    def _within(self, room: float | None, source: str, size: float, color: str | None, align: str = "left") -> Formula:
        formula = Formula.of(source, self, size, color, align)
        if room is None or formula.width <= room:
            return formula
        return Formula.of(source, self, size * room / float(formula.width), color, align)

    def number(self, text: str, size: float = Size.TICK, color: str | None = None) -> Formula:
        """Digits and signs, laid out from outlines made once: for ticks and tables with many numbers."""
        content = digits(self.engine).set(text)
        return Formula(content, text, size, color or self.palette.text, self.palette)


@dataclass(frozen=True)
class Digits:
    """Outlines and advance widths of the characters that numbers are made of, in em."""

    outlines: dict[str, Outline]
    advances: dict[str, float]

    def places(self, text: str) -> tuple[list[tuple[str, float, float, float]], float]:
        """Where the characters of a number stand: (character, x, y, scale) each, and the width of all, in em.

        What follows a `^` is raised, up to a closing bracket; spaces are thin.
        """
        placed, x, y, scale = [], 0.0, 0.0, 1.0
        for character in text.replace("-", MINUS):
            if character == ")":
                y, scale = 0.0, 1.0
            if character == "^":
                y, scale = _RAISED, _SMALL
            elif character in (" ", THIN_SPACE):
                x += THIN_SPACE_EM * scale
            else:
                placed.append((character, x, y, scale))
                x += self.advances[character] * scale
        return placed, x

    def set(self, text: str) -> Typeset:
        """Lay a number out on the baseline.

        Raises:
            KeyError: A character that numbers do not have.
        """
        places, width = self.places(text)
        outlines = [
            Outline(self.outlines[character].points * scale + np.array([x, y, 0.0]), "")
            for character, x, y, scale in places
        ]
        return Typeset(tuple(outlines), width)


@cache
def digits(engine: str) -> Digits:
    """The digits of an engine. Each is set between two bars, whose distance is the width it takes.

    What is empty of a bar's own width lies half before its ink: places are counted from there, as they are in text.
    """
    outlines, advances = {}, {}
    bar = typeset("||", engine, "left")
    empty = _left(bar.outlines[1]) - _left(bar.outlines[0])
    beside = (empty - float(np.ptp(bar.outlines[0].points[:, 0]))) / 2
    for character in _DIGITS:
        first, *middle, last = typeset(literal(f"|{character}|"), engine, "left").outlines
        advance = _left(last) - _left(first) - empty
        points = np.concatenate([outline.points for outline in middle]) - np.array([empty - beside, 0.0, 0.0])
        outlines[character] = Outline(points, "")
        advances[character] = advance
    return Digits(outlines, advances)


def _left(outline: Outline) -> float:
    return float(outline.points[:, 0].min())
