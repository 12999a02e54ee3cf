"""Messages: what a film says, as a template in one piece and typed values for what is not the same in every film.

A template is a literal in the sources, so that all of them can be collected for translators; a value knows how it is
written in prose and inside mathematics. What is said is never put together from pieces of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Protocol

from scenes.kit.words.captions import literal
from scenes.kit.words.numbers import THIN_SPACE, count, fixed, latex_number, number, significant
from scenes.kit.words.own_words import as_key, by_number, filled

FIELD = re.compile(r"(?<![\w}^_\\])\{(\w+)\}")
"""A value in mathematics; braces that follow a command, another group, ^ or _ are LaTeX's."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Value(Protocol):
    """What a message sets in."""

    def prose(self) -> str:
        """As it stands in prose, as the source of a caption."""

    def latex(self) -> str:
        """As it stands between two dollars."""


class _Written:
    """A value with a text, as the numbers of the screen are written."""

    def text(self) -> str:
        raise NotImplementedError

    def prose(self) -> str:
        # Lines never break between thousands, and a power is raised.
        text = self.text()
        return f"${latex_number(text)}$" if THIN_SPACE in text or "^" in text else text

    def latex(self) -> str:
        return latex_number(self.text())


@dataclass(frozen=True)
class Number(_Written):
    """A number with so many digits."""

    value: float
    digits: int = 3

    def text(self) -> str:
        """As `numbers.number` writes it."""
        return number(self.value, self.digits)


@dataclass(frozen=True)
class Fixed(_Written):
    """A number with so many decimals."""

    value: float
    decimals: int

    def text(self) -> str:
        """As `numbers.fixed` writes it."""
        return fixed(self.value, self.decimals)


@dataclass(frozen=True)
class Exact(_Written):
    """A round number, without zeros behind its last digit; `digits` of it, where it is not round by itself."""

    value: float
    digits: int = 10

    def text(self) -> str:
        """As `numbers.significant` writes it."""
        return significant(float(f"{self.value:.{self.digits}g}"))


@dataclass(frozen=True)
class Count(_Written):
    """How many things there are."""

    things: int

    def text(self) -> str:
        """As `numbers.count` writes it."""
        return count(self.things)


@dataclass(frozen=True)
class InWords(_Written):
    """How many things there are, as one says it: in words up to twelve; `Capital` at the start of a sentence."""

    things: int
    capital: bool = False

    def text(self) -> str:
        """A word, or digits where no word is short enough."""
        if self.things >= len(_NUMBERS):
            return count(self.things)
        return _NUMBERS[self.things].capitalize() if self.capital else _NUMBERS[self.things]


@dataclass(frozen=True)
class Shown(_Written):
    """A number as the panel beside the caption writes it."""

    written: str

    def text(self) -> str:
        """That text."""
        return self.written


@dataclass(frozen=True)
class Name:
    """Text of a user: set literally, whatever it contains."""

    text: str

    def prose(self) -> str:
        """The text, marked."""
        return literal(self.text)

    def latex(self) -> str:
        """Names stand in prose alone.

        Raises:
            ValueError: Always.
        """
        raise ValueError(f"a name inside mathematics: {self.text!r}")


@dataclass(frozen=True)
class Math:
    """A piece of mathematics."""

    source: str

    def prose(self) -> str:
        """Between dollars."""
        return f"${self.source}$"

    def latex(self) -> str:
        """As it is."""
        return self.source


@dataclass(frozen=True)
class Message:
    """What is said.

    Attributes:
        template: Prose with `$...$` for mathematics and `{name}` for values, in both.
        values: What is set in, by name. There may be more than the template asks for: own words may use them.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def source(self, words: str = "") -> str:
        """The source of a caption: the template, or own words in its place, with the values.

        Args:
            words: Own words. Numbers stand in them by their names, or as #1, #2, ... in the template's order.

        Raises:
            KeyError: A value that is asked for is not there.
        """
        return set_in(filled(words, self._by_number()[1]) if words else self.template, self.values)

    def keys(self) -> tuple[str, str]:
        """What it is called in a lesson file: its template, and what it says with #1, #2, ... for its numbers."""
        return as_key(self.template), self._by_number()[0]

    def with_values(self, values: Mapping[str, Value]) -> Message:
        """The message with other or more values."""
        return Message(self.template, {**self.values, **values})

    def with_template(self, template: str) -> Message:
        """Another template with the same values."""
        return Message(template, self.values)

    def _by_number(self) -> tuple[str, list[str]]:
        numbers = {name: value for name, value in self.values.items() if not isinstance(value, Name)}
        return by_number(set_in(self.template, numbers, partly=True))


def message(template: str, /, **values: Value) -> Message:
    """A message. Templates are collected where they stand in calls of this name: they are literals.

    Args:
        template: As `Message` has it.
        **values: What is set in.
    """
    return Message(template, values)


def said(template: str, values: Mapping[str, str | Value]) -> Message:
    """A message of a template and values, of which strings are text of users."""
    return Message(template, {name: Name(it) if isinstance(it, str) else it for name, it in values.items()})


def fields(template: str) -> list[str]:
    """Names of the values that a template asks for, in their order.

    Raises:
        ValueError: A brace of its prose has no partner.
    """
    found: list[str] = []
    for k, piece in enumerate(template.split("$")):
        named = (
            FIELD.findall(piece) if k % 2 else [name for _, name, _, _ in Formatter().parse(piece) if name is not None]
        )
        found.extend(named)
    return found


def set_in(template: str, values: Mapping[str, Value], partly: bool = False) -> str:
    """A template with its values, and with apostrophes that are some.

    Args:
        template: Prose and mathematics; two braces in prose are one.
        values: By name. In mathematics a brace is LaTeX's, unless it names a value.
        partly: Whether fields without a value stay.

    Raises:
        KeyError: Prose asks for a value that is not there.
    """
    pieces = template.split("$")
    for k, piece in enumerate(pieces):
        if k % 2:
            pieces[k] = FIELD.sub(lambda found: _latex(found, values), piece)
        elif partly:
            pieces[k] = FIELD.sub(lambda found: _prose(found, values), piece)
        else:
            prose = {name: value.prose() for name, value in values.items()}
            pieces[k] = piece.replace("'", "’").format(**prose)
    return "$".join(pieces)


def _latex(found: re.Match[str], values: Mapping[str, Value]) -> str:
    value = values.get(found[1])
    # In mathematics {x} is a letter in braces: no name of a user stands there.
    return found[0] if value is None or isinstance(value, Name) else value.latex()


def _prose(found: re.Match[str], values: Mapping[str, Value]) -> str:
    return values[found[1]].prose() if found[1] in values else found[0]
