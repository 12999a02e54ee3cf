"""Look: how a film looks and how fast it goes, in one value. Known before Manim is imported."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field, fields
from typing import Any

from fitting.errors import InputError, suggestion
from scenes.kit.drawing.style import THEMES


def _one_of(name: str, known: Collection[str]) -> Any:
    """A key whose default is the first that is known, or what `LECTURES_NAME` says."""
    variable = f"LECTURES_{name.upper()}"

    def default() -> str:
        value = os.environ.get(variable) or next(iter(known))
        _check(f"{variable}: unknown {name}", value, known)
        return value

    return field(default_factory=default, metadata={"known": tuple(known)})


@dataclass(frozen=True)
class Look:
    """How a film looks and how fast it goes.

    A key is declared here and nowhere else: the command's options, the keys of a lesson file and the hash of a request
    are made of these fields, and of what their metadata say is `known`, or within which `bounds`.

    Attributes:
        theme: Name of a palette.
        typesetter: What sets formulas; "latex" needs a TeX installation.
        captions: Whether captions stand on the screen; the .srt file has them in any case.
        pace: Factor on all durations; at 1.5 the film takes half as long again.

    Raises:
        InputError: A value is not known, or out of bounds; the environment's are told as such.
    """

    theme: str = _one_of("theme", THEMES)
    typesetter: str = _one_of("typesetter", ("typst", "latex"))
    captions: bool = True
    pace: float = field(default=1.0, metadata={"bounds": (0.2, 5.0)})

    def __post_init__(self) -> None:
        for key in fields(self):
            value = getattr(self, key.name)
            if "known" in key.metadata:
                _check(f"unknown {key.name}", value, key.metadata["known"])
            elif "bounds" in key.metadata:
                low, high = key.metadata["bounds"]
                if not low <= value <= high:
                    raise InputError(f"{key.name} must be from {low:g} to {high:g}; got {value:g}")


def _check(problem: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise InputError(f"{problem} {value!r}; {suggestion(value, known)}")
