"""Where tasks run: processes of this machine, or a Dask cluster; both behind `concurrent.futures.Executor`."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import parent_process
from multiprocessing.context import BaseContext
from typing import Any

from fitting.errors import InputError
from scenes.batch.making.channel import Hear, Word, cluster_channel, local_channel
from scenes.batch.making.starting import Spawning, last_words, words_so_far
from scenes.batch.making.system import FORKS, MOST_PROCESSES
from scenes.batch.making.tasks import get_ready, identity, stop

PATIENCE = 10.0
"""Seconds in which a scheduler must answer, and then a first worker be there."""


_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")


@dataclass
class Workers:
    """An executor, and how its workers are heard.

    Attributes:
        executor: Runs tasks.
        size: How many tasks it runs at the same time.
        channel: What workers are told to speak on.
        threads: Threads for the encoder of each.
        renew: Makes a new executor in place of one that broke; None where the executor mends itself.
        alive: Whether there is anybody to do the work.
        begun: Film, format and chapter of the tasks that a worker has told of.
        last_words: The last line that a worker has printed since the executor was made.
    """

    executor: Executor
    size: int = 1
    channel: str = ""
    threads: int = 1
    renew: Callable[[], Executor] | None = None
    alive: Callable[[], bool] = lambda: True
    begun: set[tuple[str, str, int]] = field(default_factory=set)
    last_words: Callable[[], str] = lambda: ""


@contextmanager
def processes(jobs: int, hear: Hear) -> Iterator[Workers]:
    """Processes of this machine. They end at once when this one is interrupted, or is no more.

    Args:
        jobs: Their number.
        hear: Gets what they tell.
    """
    jobs = min(jobs, MOST_PROCESSES or jobs)
    pools: list[ProcessPoolExecutor] = []
    how, started = context(), words_so_far()

    def renew() -> ProcessPoolExecutor:
        nonlocal started
        for broken in pools:
            broken.shutdown(wait=False)
        started = words_so_far()
        pools.append(ProcessPoolExecutor(jobs, mp_context=how, initializer=_depend_on_the_main_process))
        for _ in range(jobs):
            # All begin to import now, and not one after the other as tasks come.
            pools[-1].submit(get_ready)
        return pools[-1]

    begun: set[tuple[str, str, int]] = set()

    def note(word: Word) -> None:
        begun.add((word["film"], word["kind"], word["chapter"]))
        hear(word)

    with local_channel(note) as channel:
        threads = max(1, (os.cpu_count() or 1) // jobs)
        try:
            yield Workers(renew(), jobs, channel, threads, renew, begun=begun, last_words=lambda: last_words(started))
        except BaseException:
            for process in list((pools[-1]._processes or {}).values()):
                process.kill()
            # They are dead, so there is nothing to wait for but that the pool's own threads and locks go.
            pools[-1].shutdown(cancel_futures=True)
            raise
        pools[-1].shutdown()


@contextmanager
def cluster(address: str, hear: Hear) -> Iterator[Workers]:
    """The workers of a Dask scheduler.

    Args:
        address: Such as tcp://HOST:8786, or tls://HOST:8786 with certificates configured as Dask wants them.
        hear: Gets what they tell.

    Raises:
        InputError: There is no scheduler, no worker, or a worker of another version.
    """
    if not _ADDRESS.fullmatch(address):
        raise InputError(f"--scheduler: got {address!r}; expected tcp://HOST:PORT or tls://HOST:PORT")
    try:
        from distributed import Client, Security
    except ImportError:
        raise InputError('--scheduler needs the package distributed: pip install "lectures[cluster]"') from None
    if address.startswith("tls:") and Security().get_connection_args("client")["ssl_context"] is None:
        raise InputError(f"{address}: no certificates are configured for this machine; see docs/cluster.md, TLS")
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split()).partition(" after ")[0]
        raise InputError(
            f"{address}: no scheduler answers ({reason}); start one with: dask scheduler, or leave --scheduler out"
        ) from None
    try:
        _check(client, address)
        executor = client.get_executor(pure=False)

        def size() -> int:
            return len(client.scheduler_info(n_workers=-1)["workers"])

        with cluster_channel(client, hear) as channel:
            try:
                yield Workers(executor, size(), channel, alive=lambda: size() > 0)
            except BaseException:
                executor.shutdown(wait=False)
                client.run(stop, on_error="ignore")
                raise
    finally:
        client.close(timeout=1)


def _check(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise InputError(f"{address}: the scheduler has no workers; start some with: dask worker {address}") from None
    own = _own_identity()
    for worker, found in client.run(identity, on_error="return").items():
        if isinstance(found, Exception):
            problem = f"cannot load this project ({' '.join(str(found).split())})"
        else:
            other = [name for name, version in own.items() if found.get(name) != version]
            if not other:
                continue
            problem = f"has {other[0]} {found.get(other[0])}, not {own[other[0]]}"
            if other == ["lectures"]:
                problem = "has other sources of this project"
        raise InputError(f"{worker}: this worker {problem}; install the same version there and start it again")


def _own_identity() -> dict[str, str]:
    return identity()


def _depend_on_the_main_process() -> None:
    from tqdm import tqdm

    # Manim's progress bars, unused here, would lock across processes: of a killed one the lock would stay behind.
    tqdm.set_lock(threading.RLock())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    main = parent_process()
    if main is not None:

        def follow() -> None:
            main.join()
            os._exit(1)

        # Whatever ends the main process, `kill -9` included, ends this one.
        threading.Thread(target=follow, name="follow", daemon=True).start()


def context(method: str = "forkserver" if FORKS else "spawn") -> BaseContext:
    """How processes are started: on Linux forked from one that has imported Manim, elsewhere each imports it."""
    if method == "spawn":
        return Spawning()
    from scenes.batch.making.forking import fork_context

    return fork_context()
