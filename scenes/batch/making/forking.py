"""Processes that are forked from one that has imported what all of them need; where there are such, on Linux."""

from __future__ import annotations

import threading
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, ForkServerProcess

from scenes.batch.making.starting import died, last_words, main_set_aside, told_to_a_file
from scenes.batch.making.system import interrupts_held

_PRELOAD = "scenes.batch.making.fork_server"


class _Forked(ForkServerProcess):
    def start(self) -> None:
        _ensure_running()
        try:
            with main_set_aside():
                super().start()
        except (EOFError, ConnectionError) as error:
            raise ChildProcessError(died(last_words())) from error


class _Context(ForkServerContext):
    Process = _Forked  # type: ignore[assignment]


def fork_context() -> ForkServerContext:
    """How processes are forked from one that is started now, and ends with this one."""
    context = _Context()
    context.set_forkserver_preload([_PRELOAD])
    # It ends with this process: to interrupt it on its own would only make it complain.
    resource_tracker.ensure_running()
    _ensure_running()
    # To start a process waits for the import; in a thread, so that this one can be interrupted.
    first = threading.Thread(target=_start_one, name="first", daemon=True)
    first.start()
    first.join()
    return context


def _start_one() -> None:
    # Whoever starts the next one is told of what is wrong.
    with suppress(ChildProcessError):
        _Forked(target=_nothing).start()


def _nothing() -> None:
    pass


def _ensure_running() -> None:
    with interrupts_held(), main_set_aside(), told_to_a_file():
        forkserver.ensure_running()
