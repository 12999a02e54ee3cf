"""The keys of a Look, as the command's help and a lesson file tell of them."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any

from scenes.kit.subject.look import Look

KEYS: dict[str, Field[Any]] = {key.name: key for key in fields(Look)}
"""The keys of a Look, by name."""

ABOUT = {
    "theme": "Colours.",
    "typesetter": "What sets formulas; latex needs a TeX installation.",
    "captions": "Whether captions stand on the screen; the .srt file has them anyway.",
    "pace": "Factor on all durations: at 1.5 the film takes half as long again.",
}
"""What each is. It stands here and not beside the key: where the sources of a film change, it is made again."""


def default(name: str) -> Any:
    """What a key is where neither a caller nor the environment says anything."""
    key = KEYS[name]
    return key.metadata["known"][0] if key.default is MISSING else key.default
