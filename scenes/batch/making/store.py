"""Parts of films that are already drawn, each with its hash: what a call that was cut short has left for the next."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fitting.whole_file import write
from scenes.batch.making.tasks import Outline, Part

FOLDER = ".parts"


def sha256(content: bytes) -> str:
    """The hash by which a file is known again."""
    return hashlib.sha256(content).hexdigest()


def key(made_from: Mapping[str, Any]) -> str:
    """A name for what a film is made from: equal for what makes equal frames."""
    return sha256(json.dumps(made_from, sort_keys=True).encode())[:16]


class Store:
    """The parts of one film, made from one thing.

    Its manifest is written after the part that it speaks of, so a part is either whole and known, or drawn again.

    Args:
        out: The directory of all films.
        film: Name of the film.
        made_from: Code, request, settings and versions.

    Attributes:
        parts: What is known of each part, by format and chapter, such as "mp4 3".
    """

    def __init__(self, out: Path, film: str, made_from: Mapping[str, Any]) -> None:
        self._film = out / FOLDER / film
        self.folder = self._film / key(made_from)
        self._made_from = made_from
        self.parts: dict[str, dict[str, Any]] = {}
        with suppress(OSError, ValueError, KeyError):
            known = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
            if known["made_from"] == made_from:
                self.parts = known["parts"]

    def outline(self) -> Outline | None:
        """How the film goes, if it is known; enough to join its parts, not to draw any."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            known = json.loads((self.folder / "outline.json").read_text(encoding="utf-8"))
            run = (self.folder / "run.npz").read_bytes()
            if sha256(run) == known.pop("run"):
                chapters = tuple((str(name), float(start), float(end)) for name, start, end in known.pop("chapters"))
                captions = tuple((float(start), float(end), str(text)) for start, end, text in known.pop("captions"))
                faults = tuple(map(str, known.pop("faults")))
                return Outline(**known, chapters=chapters, captions=captions, faults=faults, run=run, prepared=())
        return None

    def keep_outline(self, outline: Outline) -> None:
        """Keep how the film goes.

        Raises:
            OSError: The disk is full, or cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        write(self.folder / "run.npz", outline.run)
        known = {**asdict(outline), "run": sha256(outline.run)}
        del known["prepared"]
        write(self.folder / "outline.json", json.dumps(known, ensure_ascii=False))

    def path(self, drawn_as: str, chapter: int) -> Path:
        """Where a part is."""
        return self.folder / f"{chapter:03}.{drawn_as}"

    def has(self, drawn_as: str, chapter: int) -> bool:
        """Whether a part is there and undamaged."""
        known = self.parts.get(f"{drawn_as} {chapter}")
        if known is None:
            return False
        try:
            return sha256(self.path(drawn_as, chapter).read_bytes()) == known["sha256"]
        except OSError:
            return False

    def keep(self, drawn_as: str, chapter: int, part: Part) -> None:
        """Keep a part.

        Raises:
            OSError: The disk is full, or cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        write(self.path(drawn_as, chapter), part.content)
        self.parts[f"{drawn_as} {chapter}"] = {
            "sha256": sha256(part.content),
            "bytes": len(part.content),
            "frames": part.frames,
            "seconds": round(part.seconds, 3),
            "processor_seconds": round(part.processor, 3),
        }
        manifest = {"made_from": self._made_from, "parts": self.parts}
        write(self.folder / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))

    def forget(self) -> None:
        """Remove all parts."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.parts = {}

    def forget_others(self) -> None:
        """Remove the parts of what this film was made from before."""
        for other in self._film.iterdir():
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)
