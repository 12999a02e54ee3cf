"""Own words: captions, names of beats and labels in place of a lecture's, for a translation or another class.

A caption is found by what it says, as in a gettext catalogue: such keys survive captions that are added, removed or
moved; one whose caption has been rewritten is noticed, where a number would name another caption in silence; and keys
for the captions of other data can stand beside them.
Numbers in a caption are those of a run. In keys and in own words they stand as #1, #2, ... in their order, so that
other data bring their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Protocol

from fitting.errors import suggestion
from scenes.kit.captions import LINE, LINES, fill_in, plain, wrap

NAME = "name"
"""Key of a beat's own name."""

LABELS = "labels"
"""Where labels stand, beside the beats."""


class Vocabulary(Protocol):
    """What a lecture can say: its captions, or its labels."""

    def holds(self, text: str) -> bool:
        """Whether it can say a text."""

    def closest(self, text: str) -> str:
        """The text that may be meant, or ""."""


PLACEHOLDERS = ("x", "y", "item", "items")
"""Names of the data that captions may use in braces."""

LONGEST_NAME = 30
"""Characters of a beat's name: there is no more room in the header."""

_TOKEN = re.compile(
    r"(?P<kept>[_^]\{[^{}]*\}|[_^].|\\[A-Za-z]+|[A-Za-z][A-Za-z0-9]*)"
    r"|(?P<number>\#\d+|(?<![\w)}])[-−]?\d+(?:(?:,|\{,\}|\\,|[\u2009\u202f\u00a0])\d{3})*(?:\.\d+)?(?:\s*\\cdot\s*10\^\{-?\d+\})?)"
)
_NUMBER = re.compile(r"#(\d+)")


def by_number(caption: str) -> tuple[str, list[str]]:
    """A caption with #1, #2, ... in place of its numbers, and these; indices and powers are no numbers."""
    found: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        if match["number"] is None:
            return match[0]
        found.append(match[0])
        return f"#{len(found)}"

    return _spaced(_TOKEN.sub(replaced, caption)), found


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

    def caption(self, beat: str, said: str) -> tuple[str, str] | None:
        """Own words for a caption of the lecture, the beat and key they stand under, and its numbers in them.

        Words under the caption's own beat go first; a caption that has moved to another beat keeps its words.

        Returns:
            Where they stand, for a message, and the words; None where the caption stays.
        """
        wanted, numbers = by_number(said)
        for place in sorted(self.beats, key=lambda name: name != beat):
            for key, words in self.beats[place].items():
                if key != NAME and _key(key) == wanted:
                    return self.where(place, key), filled(words, numbers)
        return None

    def where(self, beat: str, key: str = "") -> str:
        """Where words stand, for a message."""
        return f'{self.source}: [wording."{beat}"]' + (f" {key!r}" if key else "")


def problems(words: OwnWords, beats: Collection[str], captions: Vocabulary, labels: Vocabulary) -> Iterator[str]:
    """What can be found wrong with own words without playing the lecture.

    Words for captions and labels that this film does not have are allowed: other data have others, and one
    translation serves them all.

    Args:
        words: The words.
        beats: Names of the lecture's beats.
        captions: What the lecture can say in captions.
        labels: What it can say in labels.

    Yields:
        Each problem, with file and key.
    """
    for beat, own in words.beats.items():
        if beat not in beats:
            yield f"{words.where(beat)}: no such beat; {suggestion(beat, beats)}"
            continue
        for key, text in own.items():
            if key == NAME:
                reason = _problem_of_name(text)
            else:
                reason = _unknown("caption", key, captions) or _problem(key, text, PLACEHOLDERS) or _too_long(text)
            if reason:
                yield f"{words.where(beat, key)}: {reason}"
    for key, text in words.labels.items():
        reason = _unknown("label", key, labels) or _problem(key, text, [name for name, *_ in _fields(key)])
        if reason:
            yield f"{words.where(LABELS, key)}: {reason}"


def _unknown(kind: str, key: str, known: Vocabulary) -> str:
    if known.holds(key):
        return ""
    close = known.closest(key)
    hint = f"did you mean {close!r}?" if close else f"`lectures new` writes all {kind}s of a film"
    return f"no such {kind} in this lecture; {hint}"


def _problem_of_name(text: str) -> str:
    if not 1 <= len(_spaced(text)) <= LONGEST_NAME:
        return f"must have 1 to {LONGEST_NAME} characters; got {len(_spaced(text))}"
    return ""


def _problem(key: str, text: str, placeholders: Collection[str]) -> str:
    if not text.strip():
        return "empty; leave the line out to keep the lecture's words"
    if text.count("$") % 2:
        return "an odd number of $: mathematics stands between two of them"
    count = len(_NUMBER.findall(_key(key)))
    for number in _NUMBER.findall(text):
        if not 1 <= int(number) <= count:
            there = f"{count or 'no'} number{'' if count == 1 else 's'}"
            return f"#{number}: what these words stand for has {there} (#1, #2, ...)"
    try:
        fields = _fields(text)
    except ValueError:
        return f"a single brace; use {''.join(f'{{{name}}}, ' for name in placeholders)}or {{{{ and }}}}"
    for name, form, how in fields:
        if name not in placeholders or form or how:
            return f"unknown {{{name}}}; " + (suggestion(name, placeholders) if placeholders else "no names here")
    return _problem_of_mathematics(text)


def _fields(text: str) -> list[tuple[str, str | None, str | None]]:
    """What stands in braces in prose: name, format and conversion.

    Raises:
        ValueError: A brace without its partner.
    """
    parsed = (field for prose in text.split("$")[::2] for field in Formatter().parse(prose))
    return [(name, form, how) for _, name, form, how in parsed if name is not None]


def _too_long(text: str) -> str:
    # The names of the data are not known yet: what is too long without them is too long.
    without = fill_in(text, **dict.fromkeys(PLACEHOLDERS, ""))
    try:
        wrap(without)
    except ValueError:
        return f"longer than {LINES} lines of {LINE} characters: {len(plain(without))}"
    return ""


def _problem_of_mathematics(text: str) -> str:
    from scenes.kit.typeset import TypesettingError, typeset

    pieces = text.split("$")[1::2]
    for piece in pieces:
        if "#" in _NUMBER.sub("", piece):
            return f"bad mathematics: ${piece}$: # stands for a number, as in #1"
    try:
        # In one go: an engine takes longer to start than to set a line.
        typeset(" ".join(f"${_NUMBER.sub('1', piece)}$" for piece in pieces))
    except TypesettingError as error:
        return f"bad mathematics: {error}"
    return ""


def filled(words: str, numbers: Sequence[str]) -> str:
    """Own words with the numbers of what they stand for, as prose and as mathematics write them."""
    pieces = words.split("$")
    for k, piece in enumerate(pieces):
        write = _in_mathematics if k % 2 else _in_prose
        pieces[k] = _NUMBER.sub(lambda match, write=write: write(numbers[int(match[1]) - 1]), piece)  # type: ignore[misc]
    return "$".join(pieces)


def _in_mathematics(number: str) -> str:
    number = re.sub(r"(?<=\d),(?=\d)", "{,}", number.replace("−", "-"))
    return re.sub("[\u2009\u202f\u00a0]", r"\\,", number)


def _in_prose(number: str) -> str:
    return f"${number}$" if "\\" in number or "{" in number else number.replace("-", "−")


def _key(key: str) -> str:
    """A key as captions are looked up: numbers may be written out, as the film shows them."""
    return by_number(key)[0]


def _spaced(text: str) -> str:
    return " ".join(text.split())
