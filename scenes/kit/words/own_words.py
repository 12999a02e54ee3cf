"""Own words: captions, names of beats and labels in place of a lecture's, for a translation or another class.

A caption is found by what it says, as in a gettext catalogue: such keys survive captions that are added, removed or
moved; one whose caption has been rewritten is noticed, where a number would name another caption in silence; and keys
for the captions of other data can stand beside them.
Numbers in a caption are those of a run. In keys and in own words they stand as #1, #2, ... in their order, so that
other data bring their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from fitting.errors import InputError

NAME = "name"
"""Key of a beat's own name."""

LABELS = "labels"
"""Where labels stand, beside the beats."""


PLACEHOLDERS = ("x", "y", "item", "items")
"""Names of the data that captions may use in braces."""

LONGEST_NAME = 30
"""Characters of a beat's name: there is no more room in the header."""

_TOKEN = re.compile(
    r"(?P<kept>[_^]\{[^{}]*\}|[_^].|\\[A-Za-z]+|[A-Za-z][A-Za-z0-9]*)"
    r"|(?P<number>\#\d+|(?<![\w)}])[-−]?\d+(?:(?:,|\{,\}|\\,|[\u2009\u202f\u00a0])\d{3})*(?:\.\d+)?(?:\s*\\cdot\s*10\^\{-?\d+\})?)"
)
NUMBER = re.compile(r"#(\d+)")


def by_number(caption: str) -> tuple[str, list[str]]:
    """A caption with #1, #2, ... in place of its numbers, and these; indices and powers are no numbers."""
    found: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        if match["number"] is None:
            return match[0]
        found.append(match[0])
        return f"#{len(found)}"

    return spaced(_TOKEN.sub(replaced, caption)), found


@dataclass(frozen=True)
class OwnWords:
    """What a film says in place of its lecture's words.

    Attributes:
        beats: For each beat, own words by the caption they stand for; and, under "name", its own name.
        labels: Own words by the label they stand for.
        source: The file they come from, for messages.
    """

    beats: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @classmethod
    def of(cls, wording: Mapping[str, Mapping[str, str]], source: str = "") -> OwnWords:
        """Those of a lesson file."""
        beats = {beat: words for beat, words in wording.items() if beat != LABELS}
        return cls(beats, wording.get(LABELS, {}), source)

    def name(self, beat: str) -> str:
        """What a beat is called."""
        return self.beats.get(beat, {}).get(NAME, beat)

    def caption(self, beat: str, keys: Collection[str]) -> tuple[str, str] | None:
        """Own words for a caption of the lecture.

        Words under the caption's own beat go first; a caption that has moved to another beat keeps its words.

        Args:
            beat: Where it is said.
            keys: What it can be called in a lesson file.

        Returns:
            Where they stand, for a message, and the words; None where the caption stays.
        """
        for place in sorted(self.beats, key=lambda name: name != beat):
            for key, words in self.beats[place].items():
                if key != NAME and as_key(key) in keys:
                    return self.where(place, key), words
        return None

    def where(self, beat: str, key: str = "") -> str:
        """Where words stand, for a message."""
        return f'{self.source}: [wording."{beat}"]' + (f" {quoted(key)}" if key else "")


def filled(words: str, numbers: Sequence[str]) -> str:
    """Own words with the numbers of what they stand for, as prose and as mathematics write them.

    Raises:
        InputError: They ask for a number that is not there.
    """
    asked = max((int(number) for number in NUMBER.findall(words)), default=0)
    if asked > len(numbers):
        raise InputError(f"#{asked}: what these words stand for has {len(numbers) or 'no'} numbers: {words!r}")
    pieces = words.split("$")
    for k, piece in enumerate(pieces):
        write = _in_mathematics if k % 2 else _in_prose
        pieces[k] = NUMBER.sub(lambda match, write=write: write(numbers[int(match[1]) - 1]), piece)  # type: ignore[misc]
    return "$".join(pieces)


def _in_mathematics(number: str) -> str:
    number = re.sub(r"(?<=\d),(?=\d)", "{,}", number.replace("−", "-"))
    return re.sub("[\u2009\u202f\u00a0]", r"\\,", number)


def _in_prose(number: str) -> str:
    return f"${number}$" if "\\" in number or "{" in number else number.replace("-", "−")


def quoted(text: str) -> str:
    """A text as a lesson file writes it: in single quotes where that leaves LaTeX's backslashes as they are."""
    return f"'{text}'" if "\\" in text and "'" not in text else json.dumps(text, ensure_ascii=False)


def as_key(key: str) -> str:
    """A key as captions are looked up: numbers may be written out, as the film shows them."""
    return by_number(key)[0]


def spaced(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())
