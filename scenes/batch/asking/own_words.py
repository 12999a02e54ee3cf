"""What can be found wrong with own words before a film is played."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fitting.errors import suggestion
from scenes.batch.asking.messages import Messages
from scenes.kit.words.captions import LINE, LINES, plain, wrap
from scenes.kit.words.message import Math, Name, fields, set_in
from scenes.kit.words.own_words import (
    LABELS,
    LONGEST_NAME,
    NAME,
    NUMBER,
    PLACEHOLDERS,
    OwnWords,
    as_key,
    quoted,
    spaced,
)


def problems(words: OwnWords, beats: Collection[str], messages: Messages) -> Iterator[str]:
    """What can be found wrong with own words without playing the lecture.

    Words for captions and labels that this film does not have are allowed: other data have others, and one
    translation serves them all.

    Args:
        words: The words.
        beats: Names of the lecture's beats.
        messages: What the lecture can say.

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
                reason = (
                    _unknown("caption", key, messages) or _problem(key, text, messages, PLACEHOLDERS) or _too_long(text)
                )
            if reason:
                yield f"{words.where(beat, key)}: {reason}"
    for key, text in words.labels.items():
        reason = _unknown("label", key, messages) or _problem(key, text, messages, ())
        if reason:
            yield f"{words.where(LABELS, key)}: {reason}"


def _unknown(kind: str, key: str, messages: Messages) -> str:
    if messages.find(key):
        return ""
    close = messages.closest(key)
    hint = f"did you mean {quoted(close)}?" if close else f"`lectures new` writes all {kind}s of a film"
    return f"no such {kind} in this lecture; {hint}"


def _problem_of_name(text: str) -> str:
    if not 1 <= len(spaced(text)) <= LONGEST_NAME:
        return f"must have 1 to {LONGEST_NAME} characters; got {len(spaced(text))}"
    return ""


def _problem(key: str, text: str, messages: Messages, names: Collection[str]) -> str:
    if not text.strip():
        return "empty; leave the line out to keep the lecture's words"
    if text.count("$") % 2:
        return "an odd number of $: mathematics stands between two of them"
    template = messages.find(key)
    # A beat's name in the header is text, as the names of the data are.
    named = [name for name in fields(template) if name not in (*PLACEHOLDERS, NAME)]
    count = len(NUMBER.findall(as_key(template))) + len(named)
    for number in NUMBER.findall(text):
        if not 1 <= int(number) <= count:
            there = f"{count or 'no'} number{'' if count == 1 else 's'}"
            return f"#{number}: what these words stand for has {there} (#1, #2, ...)"
    known = list(dict.fromkeys([*names, *fields(template)]))
    try:
        used = fields(text)
    except ValueError:
        return f"a single brace; use {''.join(f'{{{name}}}, ' for name in known)}or {{{{ and }}}}"
    for name in used:
        # In mathematics, what is no value is a letter in braces.
        if name not in known and f"{{{name}}}" in "".join(text.split("$")[::2]):
            return f"unknown {{{name}}}; " + (suggestion(name, known) if known else "no names here")
    return _problem_of_mathematics(text, named)


def _too_long(text: str) -> str:
    # Values are not known yet: what is too long without them is too long.
    without = set_in(text, {name: Name("") for name in fields(text)})
    try:
        wrap(without)
    except ValueError:
        return f"longer than {LINES} lines of {LINE} characters: {len(plain(without))}"
    return ""


def _problem_of_mathematics(text: str, named: Collection[str]) -> str:
    from scenes.kit.text.outlines import TypesettingError
    from scenes.kit.text.typeset import typeset

    pieces = text.split("$")[1::2]
    for piece in pieces:
        if "#" in NUMBER.sub("", piece):
            return f"bad mathematics: ${piece}$: # stands for a number, as in #1"
    try:
        # In one go: an engine takes longer to start than to set a line.
        one = {name: Math("1") for name in named}
        typeset(set_in(" ".join(f"${NUMBER.sub('1', piece)}$" for piece in pieces), one))
    except TypesettingError as error:
        return f"bad mathematics: {error}"
    return ""
