"""A hidden folder beside the final places, where things stand until they are whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from fitting.errors import InputError

_PREFIX, _LOCK = ".work-", ".lock"


@contextmanager
def workspace(out: Path) -> Iterator[Path]:
    """A folder on the same disk as `out`. It goes when the work ends; what a killed process left goes now.

    Raises:
        InputError: The directory cannot be written, or another call is at work there.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        bench = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
        # Locked for as long as its process lives, however that ends.
        lock = FileLock(bench / _LOCK)
        lock.acquire()
    except OSError as error:
        raise InputError(
            f"{out}: cannot be written: {error.strerror}; choose another directory with --out DIR"
        ) from None
    try:
        yield bench
    finally:
        # Some systems do not remove what is open.
        lock.release()
        shutil.rmtree(bench, ignore_errors=True)


def _sweep(out: Path) -> None:
    for left in out.glob(f"{_PREFIX}*"):
        if not (left / _LOCK).exists():
            # Begun by a process that is about to lock it, or was killed before it could.
            with suppress(OSError):
                left.rmdir()
            continue
        lock = FileLock(left / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(
                f"{out}: another call is at work there; wait for it, or choose another directory with --out DIR"
            ) from None
        lock.release()
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Whatever the disk refuses while a file is written is told with the file's name.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    try:
        yield
    except OSError as error:
        # Those of libraries may have no name, or a number and text alone as FFmpeg's.
        raise OSError(error.errno, error.strerror or str(error), error.filename or str(file)) from error
