"""What lectures can say: the catalogue of their templates, and how keys of lesson files are found in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from scenes.batch.asking.catalogue import SOURCES, Entry
from scenes.kit.words.message import fields
from scenes.kit.words.own_words import PLACEHOLDERS, as_key

CATALOGUE = SOURCES / "messages.pot"
"""Made by `make messages` from the templates in the sources; translators know its format."""

_VALUE = r"(?:#\d+|\$#\d+\$|\w+|\\[^$]*)"
"""What stands for a value in a key that is no template: a number by its place, a word, or mathematics."""


@dataclass(frozen=True)
class Messages:
    """The templates of a lecture, its captions and its labels."""

    templates: tuple[str, ...]

    def find(self, key: str) -> str:
        """The template that a key of a lesson file stands for; "" if there is none."""
        wanted = as_key(key)
        if wanted in self._by_key:
            return self._by_key[wanted]
        return next((template for pattern, template in self._patterns if pattern.fullmatch(wanted)), "")

    def closest(self, key: str) -> str:
        """The template that may be meant; "" if nothing is near."""
        shapes = {_shape(template): template for template in self.templates}
        near = difflib.get_close_matches(_shape(key), shapes, n=1, cutoff=0.6)
        return shapes[near[0]] if near else ""

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {as_key(template): template for template in self.templates}

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        return [(_pattern(template), template) for template in self.templates if _values(template)]


def _shape(text: str) -> str:
    """What can be compared of a key and a template, whatever a value is called in them."""
    return re.sub(r"#\d+|\{\w+\}", "#", as_key(text))


def _values(template: str) -> list[str]:
    return [name for name in fields(template) if name not in PLACEHOLDERS]


def _pattern(template: str) -> re.Pattern[str]:
    # As in `FIELD`: other braces are LaTeX's.
    named = "|".join(rf"(?<![\w}}^_\\])\{{{name}\}}" for name in _values(template))
    pieces = re.split(rf"(#\d+|{named})", as_key(template))
    return re.compile(
        "".join(f"(?:{re.escape(piece)}|{_VALUE})" if k % 2 else re.escape(piece) for k, piece in enumerate(pieces))
    )


@cache
def messages_of(entry: Entry) -> Messages:
    """All that a lecture can say, whatever the data: what stands in its own sources and in the kit's."""
    module = entry.name.replace("-", "_")
    own = (f"scenes/{module}.py", f"scenes/parts/{module}/", "scenes/kit/")
    return Messages(tuple(template for template, places in _catalogue() if _any_starts(places, own)))


def _any_starts(places: Iterable[str], beginnings: tuple[str, ...]) -> bool:
    return any(place.startswith(beginnings) for place in places)


@cache
def _catalogue() -> tuple[tuple[str, tuple[str, ...]], ...]:
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    return tuple((str(one.id), tuple(place for place, _ in one.locations)) for one in catalogue if one.id)
