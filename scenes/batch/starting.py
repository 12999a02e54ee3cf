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
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext, ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from scenes.batch.system import FORKS, interrupts_held

_PRELOAD = "scenes.batch.fork_server"


class _Spawned(SpawnProcess):
    """Begins with an empty interpreter."""

    def start(self) -> None:
        with _main_set_aside(), _told_to_a_file():
            super().start()


class _Forked(ForkServerProcess):
    """Is forked from a process that has imported what all need."""

    def start(self) -> None:
        _ensure_fork_server()
        try:
            with _main_set_aside():
                super().start()
        except (EOFError, ConnectionError) as error:
            raise ChildProcessError(died(last_words())) from error


class _SpawnContext(SpawnContext):
    Process = _Spawned  # type: ignore[assignment]


class _ForkServerContext(ForkServerContext):
    Process = _Forked  # type: ignore[assignment]


def context(method: str = "forkserver" if FORKS else "spawn") -> BaseContext:
    """How processes are started: on Linux forked from one that has imported Manim, elsewhere each imports it."""
    if method == "spawn":
        return _SpawnContext()
    chosen = _ForkServerContext()
    chosen.set_forkserver_preload([_PRELOAD])
    # It ends with this process: to interrupt it on its own would only make it complain.
    resource_tracker.ensure_running()
    _ensure_fork_server()
    # To start a process waits for the import; in a thread, so that this one can be interrupted.
    first = threading.Thread(target=_start_one, args=(chosen,), name="first", daemon=True)
    first.start()
    first.join()
    return chosen


def died(words: str) -> str:
    """What to say of workers that die before they have begun with anything, and of their last words."""
    return f"workers end before they have begun; the last one said: {words or 'nothing'}"


def last_words(since: int = 0) -> str:
    """The last line that a worker has printed after a moment; "" if there is none."""
    with _words().open("rb") as file:
        file.seek(since)
        lines = file.read().decode(errors="replace").split("\n")
    return next((" ".join(line.split()) for line in reversed(lines) if line.strip()), "")


def words_so_far() -> int:
    """A moment, for `last_words`."""
    return _words().stat().st_size


def _start_one(chosen: BaseContext) -> None:
    # Whoever starts the next one is told of what is wrong.
    with suppress(ChildProcessError):
        chosen.Process(target=_nothing).start()  # type: ignore[attr-defined]


def _nothing() -> None:
    pass


def _ensure_fork_server() -> None:
    with interrupts_held(), _main_set_aside(), _told_to_a_file():
        forkserver.ensure_running()


@contextmanager
def _main_set_aside() -> Iterator[None]:
    """Processes that are started meanwhile find no script to import."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _told_to_a_file() -> Iterator[None]:
    """Processes that are started meanwhile print into the file of words."""
    kept: dict[int, Any] = {}
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
