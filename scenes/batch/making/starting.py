"""How processes of this machine are started: alone, and with their last words kept.

They do not import the script that films are asked for in: one without `if __name__ == "__main__"` would ask again in
each of them. What they print goes to a file, since it would be mixed with progress, or with JSON; of those that die, it
says why.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType


class _Spawned(SpawnProcess):
    def start(self) -> None:
        with main_set_aside(), told_to_a_file():
            super().start()


class Spawning(SpawnContext):
    """How processes are started that begin with nothing."""

    Process = _Spawned  # type: ignore[assignment]


def died(words: str) -> str:
    """What to say of workers that die before they have begun with anything, and of their last words."""
    return f"workers end before they have begun; the last one said: {words or 'nothing'}"


def last_words(since: int = 0) -> str:
    """The last line that a worker has printed since `words_so_far` was this; "" if there is none."""
    with _words().open("rb") as file:
        file.seek(since)
        lines = file.read().decode(errors="replace").split("\n")
    return next((" ".join(line.split()) for line in reversed(lines) if line.strip()), "")


def words_so_far() -> int:
    """A moment, for `last_words`."""
    return _words().stat().st_size


@contextmanager
def main_set_aside() -> Iterator[None]:
    """Processes that are started meanwhile find no script to import."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def told_to_a_file() -> Iterator[None]:
    """Processes that are started meanwhile print into the file of words."""
    kept: dict[int, int] = {}
    with _words().open("ab") as file:
        for stream in (1, 2):
            # There may be none: a service has closed it.
            with suppress(OSError):
                kept[stream] = os.dup(stream)
                os.dup2(file.fileno(), stream)
        try:
            yield
        finally:
            for stream, own in kept.items():
                os.dup2(own, stream)
                os.close(own)


@cache
def _words() -> Path:
    """A file for what workers print. It goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="lectures-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "words"
    file.touch()
    return file
