"""What the pictures of a film depend on, as a key: for Manim's cache of segments.

Manim hashes every attribute of every mobject at each play. Here a film is a function of its sources, its lesson and
the camera: with the same three, the play of the same number draws the same frames.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import fitting
import scenes

PACKAGES = ("manim", "numpy", "numba", "av", "pycairo", "typst", "tylax")
"""What draws and encodes."""


def film_key(scene: Any, *drawn: object) -> str:
    """A digest of all that the frames of a film depend on; "" where that is not known.

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
    for path in _beside(Path(source).resolve().parent):
        digest.update(path.read_bytes())
    digest.update(repr((type(scene).__qualname__, drawn)).encode())
    digest.update(pickle.dumps(lesson))
    return digest.hexdigest()


@cache
def _code() -> bytes:
    """All sources of this project, and versions of what draws and encodes."""
    digest = hashlib.sha256(repr([platform.python_version(), *((name, version(name)) for name in PACKAGES)]).encode())
    for package in (fitting, scenes):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


def _beside(directory: Path) -> Iterator[Path]:
    """Sources of the film's own modules: those that were imported from its directory."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    paths = (Path(file).resolve() for file in files if isinstance(file, str) and file.endswith(".py"))
    return iter(sorted(path for path in paths if path.is_relative_to(directory) and "site-packages" not in path.parts))
