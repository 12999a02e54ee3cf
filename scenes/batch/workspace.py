"""A hidden folder beside the final places, where things stand until they are whole."""

from __future__ import annotations

import os
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


def replace(made: Path, final: Path) -> Path:
    """Give something finished its final name; what stood there before goes at that moment and not before."""
    os.replace(made, final)
    return final


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Whatever the disk refuses while a file is written is told with the file's name.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    try:
        yield
    except OSError as error:
        # Those of libraries may have no name, or a number and text alone as FFmpeg's, and do not all survive a pickle.
        raise OSError(error.errno, error.strerror or str(error), error.filename or str(file)) from error


def write(final: Path, content: bytes | str) -> Path:
    """Write a file that is whole or not there at all.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    partial = final.with_name(f".{final.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            # Otherwise a machine that loses power may keep the name and lose the content.
            os.fsync(file.fileno())
        return replace(partial, final)
    except BaseException as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(final)) from error
        raise
