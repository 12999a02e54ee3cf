"""What systems differ in: how processes begin and end, their signals, and names that one of them keeps for itself."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
