"""What numba compiles, and where it keeps it: in a folder of its own, so that the next process need not wait.

The folder is `LECTURES_CACHE`, or `lectures` in the user's cache folder. Where it cannot be written, as in a container
that runs as another user, everything works all the same, and each process compiles anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

VARIABLE = "LECTURES_CACHE"


def compiled(function: Callable[..., Any], kept: bool = True, **options: Any) -> Any:
    """A function compiled by numba, from the cache if it is there.

    Dividing by 0 gives what it gives in NumPy.

    Args:
        function: In what numba compiles.
        kept: Whether what comes out may be kept; not of a function whose source is no file.
        **options: What `numba.njit` takes.
    """
    # Imported here: numba alone takes longer to import than a short run takes in all.
    from numba import njit

    return njit(cache=kept and cache_folder() is not None, error_model="numpy", **options)(function)


@cache
def cache_folder() -> Path | None:
    """Where compiled code is kept, once numba has been told; None, and a note on stderr, where it cannot be."""
    from numba import config

    if config.CACHE_DIR:
        # NUMBA_CACHE_DIR, which numba reads itself.
        return Path(config.CACHE_DIR)
    folder = wanted_folder()
    problem = not_writable(folder)
    if problem:
        if parent_process() is None:
            print(f"Note: {folder}: {problem}; code is compiled anew each time. {REMEDY}", file=sys.stderr)
        return None
    config.CACHE_DIR = str(folder)
    return folder


REMEDY = f"Set {VARIABLE} to a folder that can be written."


def wanted_folder() -> Path:
    """Where compiled code is to be kept."""
    given = os.environ.get(VARIABLE, "")
    return Path(given).expanduser() if given else user_cache_path("lectures")


def not_writable(folder: Path) -> str:
    """Why a folder cannot be made or written; "" if it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)
