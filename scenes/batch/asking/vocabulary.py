"""What a lecture can say, whatever the data: read from its sources, without importing Manim."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenes import kit, parts
from scenes.batch.asking.catalogue import SOURCES, Entry
from scenes.kit.story import wording
from scenes.kit.words.labels import IN_FORMULAS, is_label
from scenes.kit.words.own_words import by_number

_COMPUTED = "\ue000"
"""Stands for what a source computes; a character that nobody writes."""


@dataclass(frozen=True)
class Vocabulary:
    """Texts in the sources of a lecture, as own words look them up.

    Attributes:
        texts: Those that stand there as they are.
        patterns: What those must match that are computed in part.
    """

    texts: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, texts: Iterable[str], letters: int) -> Vocabulary:
        """Look texts up, with a private character for what is computed.

        Args:
            texts: The texts.
            letters: With fewer letters around what is computed, a text could be anything.
        """
        looked_up = {by_number(text)[0] for text in texts}
        computed = {text for text in looked_up if _COMPUTED in text}
        enough = (text for text in computed if sum(map(str.isalpha, text)) >= letters)
        return cls(frozenset(looked_up - computed), tuple(map(_pattern, enough)))

    def holds(self, text: str) -> bool:
        """Whether the lecture can say it."""
        wanted = by_number(text)[0]
        return wanted in self.texts or any(pattern.fullmatch(wanted) for pattern in self.patterns)

    def closest(self, text: str) -> str:
        """What may be meant; "" if nothing is near."""
        near = difflib.get_close_matches(by_number(text)[0], self.texts, n=1, cutoff=0.6)
        return near[0] if near else ""


def _pattern(text: str) -> re.Pattern[str]:
    pieces = re.split(rf"(#\d+|{_COMPUTED})", text)
    return re.compile(
        "".join(
            r"#\d+" if piece.startswith("#") else ".+?" if piece == _COMPUTED else re.escape(piece) for piece in pieces
        )
    )


@cache
def captions_of(entry: Entry) -> Vocabulary:
    """The captions of a lecture: sentences on one line of its own sources."""
    sources = [*_own_sources(entry), Path(wording.__file__)]
    return Vocabulary.of((text for text in _texts(sources) if " " in text), letters=10)


@cache
def labels_of(entry: Entry) -> Vocabulary:
    """The labels of a lecture: words on one line of its own sources and the kit's, also those in formulas."""
    texts = list(_texts([*_own_sources(entry), *sorted(Path(kit.__path__[0]).rglob("*.py"))]))
    in_formulas = [found["words"] for text in texts for found in IN_FORMULAS.finditer(text)]
    return Vocabulary.of([*filter(is_label, texts), *in_formulas], letters=2)


def _own_sources(entry: Entry) -> Iterator[Path]:
    module = entry.module.rpartition(".")[2]
    yield SOURCES / f"{module}.py"
    yield from sorted(Path(parts.__path__[0], module).glob("*.py"))


def _texts(sources: Iterable[Path]) -> Iterator[str]:
    for source in sources:
        yield from _texts_of(source)


@cache
def _texts_of(source: Path) -> frozenset[str]:
    texts = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            pieces = (str(piece.value) if isinstance(piece, ast.Constant) else _COMPUTED for piece in node.values)
            texts.add("".join(pieces))
    return frozenset(text for text in texts if "\n" not in text)
