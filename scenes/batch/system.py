"""What systems differ in: how processes begin and end, their signals, and names that one of them keeps for itself."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

FORKS = sys.platform == "linux"
"""Whether workers are forked from a process that has imported what all need; elsewhere each imports it."""

MOST_PROCESSES = 61 if sys.platform == "win32" else None
"""How many processes a pool can have; None where there is no limit. Windows waits for 63 things at most."""

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """This process, on Linux, is killed when the one that started it ends, however that is."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Where workers fork: Ctrl-C waits for the block's end, and processes that are started in it never hear of it."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def name_problem(file: PurePath) -> str:
    """What makes the name of a lesson file unfit for its film's folder; "" if nothing does.

    A folder that is handed out must arrive on every system, so names that Windows cannot have are none anywhere.

    Args:
        file: The lesson file; its name without the ending is the film's.

    Source:
        Microsoft, "Naming Files, Paths, and Namespaces".
    """
    name = file.stem
    if _DEVICES.fullmatch(name.partition(".")[0].rstrip()):
        reason = f"Windows keeps the name {name!r} for itself"
    elif character := _FORBIDDEN.search(name):
        reason = f"Windows has no {character[0]!r} in names"
    elif name.endswith((".", " ")):
        reason = "on Windows no name ends in a dot or a space"
    else:
        return ""
    return f"{reason}, and the film's folder is handed out under this name"
