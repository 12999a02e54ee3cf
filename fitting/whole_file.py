"""Files that are written whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace(made: Path, final: Path) -> Path:
    """Give something finished its final name; what stood there before goes at that moment and not before."""
    os.replace(made, final)
    return final


def write(final: Path, content: bytes | str) -> Path:
    """Write a file that is whole or not there at all.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    # Two processes may write the same file: the later one stands.
    partial = final.with_name(f".{final.name}.{os.getpid()}.partial")
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
