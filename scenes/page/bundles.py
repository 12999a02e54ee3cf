"""Bundles: what rendering leaves behind for each lecture, read and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fitting.errors import InputError
from scenes.page.run_data import SCHEMA

PLAYABLE = ("mp4", "webm")
"""Films that browsers play, best first."""

_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_FileName = Annotated[str, Field(pattern=r"^[^/\\\x00]+$")]


class _Read(BaseModel):
    """Values of a manifest; what it holds beyond them is none of the page's business."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Chapter(_Read):
    """A chapter, in seconds from the film's start."""

    name: str
    start: _Seconds
    end: _Seconds


class Caption(_Read):
    """A caption, in seconds from the film's start."""

    text: str
    start: _Seconds
    end: _Seconds


class Manifest(_Read):
    """What the page reads of `manifest.json`.

    Attributes:
        films: File names by kind, such as "mp4".
        captions_in_film: Whether captions stand in the picture, so that the player need not show them.
    """

    schema_number: Literal[1] = Field(alias="schema")
    lecture: str
    title: str
    question: str
    model: str
    theme: Literal["dark", "light"]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    frame_rate: _Positive
    duration: _Positive
    films: dict[str, _FileName] = Field(min_length=1)
    poster: _FileName
    chapters: tuple[Chapter, ...] = Field(min_length=1, strict=False)
    captions: tuple[Caption, ...] = Field(strict=False)
    captions_in_film: bool = True


@dataclass(frozen=True, eq=False)
class Bundle:
    """A lecture that has been rendered.

    Attributes:
        folder: Where its files are; named after the bundle.
        manifest: What they are.
        run: Its run as `run_data` made it; None if it has none.
    """

    folder: Path
    manifest: Manifest
    run: dict[str, Any] | None

    @property
    def name(self) -> str:
        """The bundle's name: its lecture's, or that of a lesson file."""
        return self.folder.name

    @property
    def film(self) -> str:
        """File name of the film that the page plays."""
        return next(self.manifest.films[kind] for kind in PLAYABLE if kind in self.manifest.films)

    @property
    def run_digest(self) -> str:
        """The same for bundles of the same run."""
        return hashlib.sha256(json.dumps(self.run, sort_keys=True).encode()).hexdigest()


def read_bundles(lectures: Path) -> tuple[list[Bundle], list[str]]:
    """All bundles of a folder by name, and what is wrong with those that cannot be shown, a line each.

    A bundle whose run cannot be read is shown without it, and has a line too.
    """
    found, wrong = [], []
    for folder in sorted(lectures.iterdir()) if lectures.is_dir() else []:
        if folder.name.startswith(".") or not (folder / "manifest.json").exists():
            continue
        bundle, problem = read_bundle(folder)
        if problem:
            wrong.append(problem)
        if bundle is not None:
            found.append(bundle)
    return found, wrong


def read_bundle(folder: Path) -> tuple[Bundle | None, str]:
    """A bundle, None if it cannot be shown; and what is wrong with it, "" if nothing is."""
    try:
        manifest = _manifest(folder)
    except InputError as error:
        return None, f"{error}; left out: render it again"
    try:
        return Bundle(folder, manifest, _run(folder / "trajectory.json")), ""
    except InputError as error:
        return Bundle(folder, manifest, None), f"{error}; shown without its run: render it again"


def in_teaching_order(bundles: Sequence[Bundle], lectures: Sequence[str]) -> list[Bundle]:
    """Lectures in the order in which they are taught, then own lessons by name."""
    place = {name: k for k, name in enumerate(lectures)}
    return sorted(bundles, key=lambda bundle: (place.get(bundle.name, len(place)), bundle.name))


def explored_with(bundles: Sequence[Bundle]) -> dict[str, Bundle]:
    """With which lecture the run of each can be explored, by name.

    Several films may tell of one run. It is explored once: with the film that is named after the run's model, or else
    with the one that is taught last and has told the most of it.
    """
    runs: dict[str, list[Bundle]] = {}
    for bundle in bundles:
        if bundle.run is not None:
            runs.setdefault(bundle.run_digest, []).append(bundle)
    hosts = {}
    for sharing in runs.values():
        named = [bundle for bundle in sharing if bundle.manifest.lecture == bundle.manifest.model]
        hosts.update({bundle.name: (named or sharing)[0 if named else -1] for bundle in sharing})
    return hosts


def _manifest(folder: Path) -> Manifest:
    file = folder / "manifest.json"
    try:
        manifest = Manifest.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{file}: {where + ': ' if where else ''}{first['msg']}") from None
    if not set(PLAYABLE) & manifest.films.keys():
        raise InputError(f"{file}: films: none that a browser plays ({' or '.join(PLAYABLE)})")
    for name in (*manifest.films.values(), manifest.poster):
        if name in (".", "..") or not (folder / name).is_file():
            raise InputError(f"{file}: names {name!r}, which is not there")
    return manifest


def _run(file: Path) -> dict[str, Any] | None:
    try:
        run = json.loads(file.read_bytes(), parse_constant=_refuse)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InputError(f"{file}: not JSON: {error}") from None
    if not isinstance(run, dict) or run.get("schema") != SCHEMA:
        raise InputError(f"{file}: expected a run of schema {SCHEMA}")
    return run


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")
