"""What must hold of every formula: its letters are those of the kit, in their colours."""

from __future__ import annotations

import re

_IN_COLOUR = re.compile(r"\\textcolor\{(?:data|model)\}\{(?:[^{}]|\{[^{}]*\})*\}")
_NAME_ALONE = re.compile(r"\$(?:\\displaystyle )?x(?: =)?\$")
"""The name of an input before its value or above its column: the whole text has its colour."""


def bare_letters(source: str) -> list[str]:
    """Inputs and predictions in a formula's source that have no colour of their own, and predictions with a prime."""
    plain = _NAME_ALONE.sub("", _IN_COLOUR.sub("", source))
    mathematics = " ".join(plain.split("$")[1::2])
    return re.findall(r"(?<![A-Za-z\\])x(?![A-Za-z])|\\hat\{y\}|y\'|y\^\\prime", mathematics)
