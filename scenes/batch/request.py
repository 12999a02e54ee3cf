"""Request: what one film is asked to be, in plain values. Known before Manim is imported or anything is fitted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitting.errors import InputError
from scenes.batch.catalogue import Entry

if TYPE_CHECKING:
    from scenes.kit.lesson import Lesson


@dataclass(frozen=True)
class Request:
    """What one film is asked to be.

    Attributes:
        name: Name of the bundle: the lecture's, or that of its lesson file.
        entry: The lecture.
        fit: Options of the run: what `fitting.fit` takes, by name; and `data`, `x`, `y`, `x_unit`, `y_unit`.
            What is not there takes its default.
        theme: "dark" or "light".
        typesetter: "typst" or "latex".
        captions: Whether captions stand on the screen.
        pace: Factor on all durations.
        title: Title in place of the lecture's; "" for its own.
        question: Question in place of the lecture's; "" for its own.
        window: Range of each parameter that the landscape shows, in the file's units; empty for its own choice.
        wording: Captions in place of the lecture's, by their names.
    """

    name: str
    entry: Entry
    fit: Mapping[str, Any] = field(default_factory=dict)
    theme: str = "dark"
    typesetter: str = "typst"
    captions: bool = True
    pace: float = 1.0
    title: str = ""
    question: str = ""
    window: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """A hash of all that is asked for, the data themselves included. Its name is not part of it."""
        asked = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in ("name", "entry")}
        content = json.dumps({**asked, "lecture": self.entry.name}, sort_keys=True, default=dict)
        digest = hashlib.sha256(content.encode())
        if "data" in self.fit:
            try:
                digest.update(Path(self.fit["data"]).expanduser().read_bytes())
            except OSError as error:
                raise InputError(f"{self.fit['data']}: cannot be read: {error.strerror}") from None
        return digest.hexdigest()

    def trajectory(self):
        from scenes.batch.options import run

        return run(self.entry.model, **{"data": None, "x": None, "y": None, **self.fit}) if self.fit else None

    def lesson(self, trajectory=None) -> Lesson:
        """Fit, or take the lecture's own run where nothing else is asked for.

        Raises:
            InputError: What is asked for cannot be used, or not with this lecture.
        """
        if self.fit and self.entry.own_data_refused:
            option = next(iter(self.fit)).replace("_", "-")
            raise InputError(f"{self.entry.name}: no --{option} here: {self.entry.own_data_refused}")
        from scenes.kit.lesson import Lesson

        return Lesson(
            self.entry.load().run() if trajectory is None else trajectory,
            theme=self.theme,
            typesetter=self.typesetter,
            captions=self.captions,
            pace=self.pace,
        )
