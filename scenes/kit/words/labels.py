"""Labels: words in the picture that are no captions, and a lesson's own words for them.

A label is prose as the lecture writes it, its mathematics included ("at $x = 5$"), or the words inside a formula's
`\\text{...}`. Its values have names, which stand in braces in its key, as in captions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from scenes.kit.words.message import Message
from scenes.kit.words.own_words import by_number, filled, spaced

IN_FORMULAS = re.compile(r"(?P<before>\\text\{\s*)(?P<words>[^{}]*?)(?P<after>\s*\})")
"""Words inside a formula."""

_FIELD = re.compile(r"\{[^{}]*\}")
_LETTER = re.compile(r"[^\W\d_]")


def is_label(template: str) -> bool:
    """Whether there are words in a template that are neither mathematics nor names of the data."""
    return any(_LETTER.search(_FIELD.sub("", prose)) for prose in template.split("$")[::2])


@dataclass
class Labels:
    """Puts a lesson's own words in place of a lecture's labels, and remembers which labels there were.

    Attributes:
        own: Own words by the label that they stand for.
        seen: Templates of the labels so far, in the order of their appearance.
        set_in: What was set in place of labels so far, and the keys of own words that say so.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    seen: dict[str, None] = field(default_factory=dict)
    set_in: dict[str, dict[str, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = {by_number(key)[0]: (key, words) for key, words in self.own.items()}

    def prose(self, said: Message) -> str:
        """The source of prose with `$...$`, in the lesson's words."""
        if not is_label(said.template):
            return said.with_template(self.formula(said.template)).source()
        keys = said.keys()
        self.seen[said.template] = None
        written, own = next((self._words[key] for key in keys if key in self._words), ("", ""))
        source = said.source("" if own in keys else own)
        if written:
            self.set_in.setdefault(source, {})[written] = None
        return source

    def formula(self, latex: str) -> str:
        """A formula whose `\\text{...}` is in the lesson's words."""
        return IN_FORMULAS.sub(lambda found: found["before"] + self._worded(found["words"]) + found["after"], latex)

    def _worded(self, label: str) -> str:
        if not _LETTER.search(label):
            return label
        key, numbers = by_number(label)
        self.seen[spaced(label)] = None
        written, own = self._words.get(key, ("", key))
        if own == key:
            return label
        words = filled(own, numbers)
        self.set_in.setdefault(words, {})[written] = None
        return words
