"""What a lecture can say, whatever the data: read from its sources, without importing Manim."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenes.batch.catalogue import SOURCES, Entry
from scenes.kit.own_words import by_number

_COMPUTED = "\ue000"
"""Stands for what a source computes; a character that nobody writes."""

_LETTERS = 10
"""A text of fewer letters around what is computed could be anything."""


@dataclass(frozen=True)
class Vocabulary:
    """Texts in the sources of a lecture, all its captions among them, as own words look captions up.

    Attributes:
        texts: Those that stand there as they are.
        patterns: What those must match that are computed in part.
    """

    texts: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def holds(self, caption: str) -> bool:
        """Whether the lecture can say it."""
        wanted = by_number(caption)[0]
        return wanted in self.texts or any(pattern.fullmatch(wanted) for pattern in self.patterns)

    def closest(self, caption: str) -> str:
        """What may be meant; "" if nothing is near."""
        near = difflib.get_close_matches(by_number(caption)[0], self.texts, n=1, cutoff=0.6)
        return near[0] if near else ""


@cache
def vocabulary(entry: Entry) -> Vocabulary:
    """Read the texts of a lecture."""
    texts = {text for source in _sources(entry) for text in _texts(ast.parse(source.read_text(encoding="utf-8")))}
    looked_up = {by_number(text)[0] for text in texts}
    computed = {text for text in looked_up if _COMPUTED in text}
    return Vocabulary(
        frozenset(looked_up - computed),
        tuple(
            re.compile(
                "".join(
                    r"#\d+" if piece.startswith("#") else ".+?" if piece == _COMPUTED else re.escape(piece)
                    for piece in re.split(rf"(#\d+|{_COMPUTED})", text)
                )
            )
            for text in computed
            if sum(character.isalpha() for character in text) >= _LETTERS
        ),
    )


def _sources(entry: Entry) -> Iterator[Path]:
    module = entry.name.replace("-", "_")
    yield SOURCES / f"{module}.py"
    yield SOURCES / "kit" / "wording.py"
    yield from sorted((SOURCES / "parts" / module).glob("*.py"))


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(piece.value) if isinstance(piece, ast.Constant) else _COMPUTED for piece in node.values)
        else:
            continue
        # A caption is a sentence on one line.
        if " " in text and "\n" not in text:
            yield text
