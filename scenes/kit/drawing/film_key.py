"""What the pictures of a film depend on, as a key: for Manim's cache of segments.

Manim hashes every attribute of every mobject at each play. Here a film is a function of its sources, the files that it
reads, its lesson and the camera: with the same ones, the play of the same number draws the same frames.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from manim import config

import fitting
import scenes
from scenes.kit.drawing.versions import versions

_LIBRARIES = tuple(f"{sysconfig.get_path(name)}{os.sep}" for name in ("stdlib", "platstdlib"))
_INSTALLED = {"site-packages", "dist-packages"}

_opened: set[str] = set()


def film_key(scene: Any, *drawn: object) -> str:
    """A digest of all that the frames of a film depend on so far; "" where that is not known.

    It is not known of a film whose source is no file, as in a notebook, or that is about no lesson.

    Args:
        scene: The film, with its `lesson`.
        *drawn: What else its frames depend on: sizes, rates, the encoder.
    """
    source = getattr(sys.modules.get(type(scene).__module__), "__file__", None)
    lesson = getattr(scene, "lesson", None)
    if source is None or lesson is None:
        return ""
    digest = hashlib.sha256(_code())
    for path in sorted({*_own_modules(), *_read(Path(source).resolve().parent)}):
        if path.is_file():
            digest.update(f"{path}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    digest.update(repr((type(scene).__qualname__, drawn)).encode())
    digest.update(pickle.dumps(lesson))
    return digest.hexdigest()


def seen_so_far() -> tuple[int, int]:
    """Another one than before where modules or files may have come to those that a film depends on."""
    return len(sys.modules), len(_opened)


@cache
def _code() -> bytes:
    """All sources of this project, and versions of what draws and encodes."""
    digest = hashlib.sha256(repr(versions()).encode())
    for package in (fitting, scenes):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


def _own_modules() -> Iterator[Path]:
    """Sources of the film and of its helpers, wherever they stand: neither Python's, nor installed, nor of here."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.partition(".")[0] in ("fitting", "scenes") or not isinstance(file, str) or not file.endswith(".py"):
            continue
        path = Path(file)
        if not file.startswith(_LIBRARIES) and _INSTALLED.isdisjoint(path.parts):
            yield path.resolve()


def _read(directory: Path) -> Iterator[Path]:
    """Files that were opened beside the film, or where Manim was called: no modules, and nothing that Manim made."""
    media = Path(config.get_dir("media_dir")).resolve()
    for path in (Path(file).resolve() for file in list(_opened)):
        home = next((home for home in (directory, Path.cwd()) if path.is_relative_to(home)), None)
        if home is None or path.is_relative_to(media) or path.suffix in (".py", ".pyc"):
            continue
        parts = path.relative_to(home).parts
        if not any(part.startswith(".") or part in _INSTALLED for part in parts):
            yield path


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str) and "r" in (arguments[1] or ""):
        _opened.add(str(Path(arguments[0]).absolute()))


# Whichever library reads them: data of a film are seldom in its source.
sys.addaudithook(_note)
