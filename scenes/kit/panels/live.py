"""Numbers that follow what they describe: by themselves, and in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.letters import symbol

EQUALS_GAP = 0.334
"""Between an equals sign and the cell of a digit, in em: what a formula leaves there."""

_MEASURED = 500
"""Of the values that a number runs through, how many are written to find the widest."""


class LiveNumber(Painting):
    """A name, an equals sign, and a value that is read anew for every frame.

    Args:
        name: LaTeX before the equals sign, or a text that stands without one.
        concept: Name of its colour: what the number is.
        value: Reads it.
        write: How it is written.
        place: Left edge and baseline.
        pen: Writes the name.
        sources: What it reads.
        size: Of both.
        gap: Between name and value, in Manim units; that of a formula if None.
        values: What it runs through, for the room that it takes.

    Attributes:
        concept: Name of its colour.
        value: Reads it.
        place: Left edge and baseline.
        values: What it runs through, for the room that it takes.
        name_width: Of name and equals sign.
    """

    def __init__(
        self,
        name: str | Formula,
        concept: str,
        value: Callable[[], float],
        write: Callable[[float], str],
        place: tuple[float, float],
        pen: Pen,
        *sources: Mobject,
        size: float = Size.FORMULA,
        gap: float | None = None,
        values: Array | None = None,
    ) -> None:
        super().__init__(*sources)
        self.concept, self.value, self.place = concept, value, place
        self.values, self._write = values, write
        self._gap = EQUALS_GAP * size if gap is None else gap
        color = pen.palette[concept]
        self._name = Stamp(pen.math(f"{name} =", size, color) if isinstance(name, str) else name)
        self.name_width = self._name.width
        self._numerals = Numerals(pen.engine, size, color)

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return self._write(self.value())

    @property
    def room(self) -> float:
        """Width of name and value, whatever that becomes."""
        values = np.array([self.value()]) if self.values is None else self.values
        some = values[:: max(1, len(values) // _MEASURED)]
        shown = {*some.tolist(), float(values[-1]), float(values.min()), float(values.max())}
        return self.name_width + self._gap + max(self._numerals.width(self._write(value)) for value in shown)

    def paint(self, canvas: Canvas) -> None:
        """Set name and value."""
        x, y = self.place
        self._name.draw(canvas, x, y)
        self._numerals.draw(canvas, self.text, x + self.name_width + self._gap, y)


def in_row(numbers: Sequence[LiveNumber], left: float, baseline: float, apart: float) -> Group:
    """Numbers beside each other: each in the room that it takes, with so much between them."""
    for number in numbers:
        number.place = left, baseline
        left += number.room + apart
    return Group(*numbers)


def centered(numbers: Sequence[LiveNumber], center: float, baseline: float, apart: float) -> Group:
    """The same around the middle of the row."""
    width = sum(number.room for number in numbers) + apart * (len(numbers) - 1)
    return in_row(numbers, center - width / 2, baseline, apart)


def parameter_numbers(
    probe: Probe,
    write: Callable[[float], str],
    places: Iterable[tuple[float, float]],
    pen: Pen,
    size: float = Size.FORMULA,
    names: Sequence[str] = ("W", "b"),
) -> list[LiveNumber]:
    """Parameters as they are moved by hand, each in its place."""

    def value(k: int) -> Callable[[], float]:
        return lambda: float(probe.params[k])

    return [
        LiveNumber(symbol(name), name, value(k), write, place, pen, probe, size=size)
        for k, (name, place) in enumerate(zip(names, places, strict=True))
    ]
