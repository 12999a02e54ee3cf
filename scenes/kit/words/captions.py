"""Captions: what a film says, short enough to be read while it happens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from scenes.kit.words.numbers import THIN_SPACE

LINE = 42
"""Characters a line, at most."""

LINES = 2

READING_SPEED = 17.0
"""Characters a second, at most."""

_SYMBOLS = {
    r"\alpha": "α", r"\nabla": "∇", r"\partial": "∂", r"\cdot": "·", r"\times": "×", r"\approx": "≈",
    r"\tanh": "tanh", r"\sigma": "σ", r"\lim": "lim", r"\log": "log", r"\to": "→", r"\quad": " ", r"\infty": "∞",
    r"\prime": "′", r"\Delta": "Δ", r"\lambda": "λ", r"\,": " ", r"\sum": "Σ", r"\le": "≤", r"\ge": "≥", r"\sqrt": "√",
    r"\hat{y}": "ŷ", r"\left|": "|", r"\right|": "|",
}  # fmt: skip

_LOWERED = str.maketrans("0123456789ij", "₀₁₂₃₄₅₆₇₈₉ᵢⱼ")

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


_DIRECTIONS = frozenset(("R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "PDF"))
"""Of characters that are not written from left to right, or change how others are."""

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""One of these in a text would end its isolation before its end."""

_THOUSANDS = re.compile(r"(?<=\d)\\,(?=\d{3})")

_HYPHEN = re.compile(r"(?<![\w.)\]])-(?=\.?\d)")


def signed(prose: str) -> str:
    """Prose whose numbers have a minus sign, where Python writes a hyphen."""
    return _HYPHEN.sub("−", prose)


def plain(template: str) -> str:
    """A caption as text without markup, for the .srt file and for counting characters."""
    # Between the marks of user text a dollar is a dollar.
    parts = template.split("\x00")
    parts[::2] = [_plain_prose(part) for part in parts[::2]]
    return "".join(parts)


def _plain_prose(template: str) -> str:
    pieces = template.split("$")
    pieces[::2] = [signed(piece) for piece in pieces[::2]]
    pieces[1::2] = [_plain_mathematics(piece) for piece in pieces[1::2]]
    return "".join(pieces)


def _plain_mathematics(piece: str) -> str:
    piece = re.sub(r"\\textcolor\{\w+\}", "", piece)
    for command, write in _GROUPS.items():
        piece = _with_groups(piece, command, write)
    piece = _THOUSANDS.sub(THIN_SPACE, piece)
    # The space that ends a command is not one on the screen.
    piece = re.sub(r"(\\nabla|\\partial|\\Delta|(?<=\d)\\cdot(?= 10\^)) +", r"\1", piece)
    for latex, symbol in sorted(_SYMBOLS.items(), key=lambda item: -len(item[0])):
        piece = piece.replace(latex, symbol)
    piece = re.sub(r"\\([A-Za-z]+) ?", lambda found: _letter(found[1]), piece)
    piece = re.sub(r"\^\{?(-?\d+)\}?", lambda found: found[1].translate(_RAISED), piece)
    piece = re.sub(r"_\{?([0-9ij]+)\}?", lambda found: found[1].translate(_LOWERED), piece)
    return re.sub(r"[{}]", "", piece.replace("-", "−").replace("{,}", ","))


def _with_groups(piece: str, command: str, write: Callable[..., str]) -> str:
    """A piece of LaTeX in which a command and the groups behind it are written as text."""
    arguments = write.__code__.co_argcount
    while (start := piece.find(command + "{")) >= 0:
        groups: list[str] = []
        at = start + len(command)
        while len(groups) < arguments and piece[at : at + 1] == "{":
            end = _closing(piece, at)
            groups.append(piece[at + 1 : end])
            at = end + 1
        if len(groups) < arguments:
            break
        piece = piece[:start] + write(*groups) + piece[at:]
    return piece


def _closing(piece: str, opening: int) -> int:
    """Where the brace closes that opens there; the end where none does."""
    depth = 0
    for at in range(opening, len(piece)):
        depth += {"{": 1, "}": -1}.get(piece[at], 0)
        if depth == 0:
            return at
    return len(piece)


def _as_one(piece: str) -> str:
    """In brackets where it is a sum or a product."""
    return f"({piece})" if re.search(r"[-+/]|\\cdot|\\frac", piece) else piece


def _letter(name: str) -> str:
    """A Greek letter; another command by its name."""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.removeprefix('var').upper().replace('LAMBDA', 'LAMDA')}")
    except KeyError:
        return name


_GROUPS: dict[str, Callable[..., str]] = {
    r"\frac": lambda above, below: f"{_as_one(above)}/{_as_one(below)}",
    r"\sqrt": lambda under: f"√{_as_one(under)}",
    r"\text": lambda words: words,
    r"\mathrm": lambda words: words,
    r"\operatorname": lambda words: words,
}
"""How commands with groups are read, the outermost first."""


def reading_time(template: str) -> float:
    """Seconds a caption must stand: its characters at a speed below the limit, and a moment to notice it."""
    return len(plain(template)) / (READING_SPEED - 0.5) + 0.4


def wrap(source: str) -> str:
    """Break a caption into at most two lines, the upper one not much longer than the lower.

    Args:
        source: Prose with `$...$`; words inside mathematics and inside text of users stay together.

    Raises:
        ValueError: It is longer than two lines of 42 characters.
    """
    source = source.replace("\n", " ")
    if len(plain(source)) <= LINE:
        return source
    words = _words(source)
    best: tuple[int, str] | None = None
    for cut in range(1, len(words)):
        upper, lower = " ".join(words[:cut]), " ".join(words[cut:])
        a, b = len(plain(upper)), len(plain(lower))
        # A line that ends where the sentence pauses reads best.
        score = abs(a - b) - (14 if upper[-1] in ".,:;?" else 0)
        if max(a, b) <= LINE and (best is None or score < best[0]):
            best = score, f"{upper}\n{lower}"
    if best is None:
        raise ValueError(f"caption longer than {LINES} lines of {LINE} characters: {plain(source)!r}")
    return best[1]


def fits(source: str) -> bool:
    """Whether a caption can be broken into lines."""
    try:
        wrap(source)
    except ValueError:
        return False
    return True


def literal(text: str) -> str:
    """Mark text of a user, so that nothing in it is taken for markup, nor for the direction of what surrounds it."""
    return "\x00" + isolated(" ".join(text.replace("\x00", "").split())) + "\x00"


def isolated(text: str) -> str:
    """Text of a user whose direction ends where it ends (Unicode's FSI and PDI), where it has one of its own."""
    text = text.translate(_ISOLATES)
    if any(unicodedata.bidirectional(character) in _DIRECTIONS for character in text):
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
    return text


def shorten(text: str, longest: int) -> str:
    """A name of a user, cut to so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _words(source: str) -> list[str]:
    words, current, inside = [], "", ""
    for character in source:
        if inside:
            inside = "" if character == inside else inside
        elif character in "$\x00":
            inside = character
        if character == " " and not inside:
            words.append(current)
            current = ""
        else:
            current += character
    return [*words, current]
