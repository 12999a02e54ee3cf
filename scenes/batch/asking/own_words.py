"""What can be found wrong with own words before a film is played."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter

from fitting.errors import suggestion
from scenes.batch.asking.vocabulary import Vocabulary
from scenes.kit.words.captions import LINE, LINES, fill_in, plain, wrap
from scenes.kit.words.own_words import LABELS, LONGEST_NAME, NAME, NUMBER, PLACEHOLDERS, OwnWords, as_key, spaced


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
    if not 1 <= len(spaced(text)) <= LONGEST_NAME:
        return f"must have 1 to {LONGEST_NAME} characters; got {len(spaced(text))}"
    return ""


def _problem(key: str, text: str, placeholders: Collection[str]) -> str:
    if not text.strip():
        return "empty; leave the line out to keep the lecture's words"
    if text.count("$") % 2:
        return "an odd number of $: mathematics stands between two of them"
    count = len(NUMBER.findall(as_key(key)))
    for number in NUMBER.findall(text):
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
    from scenes.kit.text.typeset import TypesettingError, typeset

    pieces = text.split("$")[1::2]
    for piece in pieces:
        if "#" in NUMBER.sub("", piece):
            return f"bad mathematics: ${piece}$: # stands for a number, as in #1"
    try:
        # In one go: an engine takes longer to start than to set a line.
        typeset(" ".join(f"${NUMBER.sub('1', piece)}$" for piece in pieces))
    except TypesettingError as error:
        return f"bad mathematics: {error}"
    return ""
