"""How workers tell what they are at while they are at it: an `Executor` itself only brings results.

A worker that is killed in the middle of a word must not silence the others, so there are no queues and no locks: on one
machine each word is a datagram, on a cluster an event of the scheduler. Words may be lost; nothing but progress bars
depends on them.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Word = dict[str, Any]
Hear = Callable[[Word], None]

_LOCAL, _CLUSTER = "local:", "cluster:"


@contextmanager
def local_channel(hear: Hear) -> Iterator[str]:
    """Listen to the processes of this machine; gives the name under which they speak."""
    with tempfile.TemporaryDirectory(prefix="lectures-") as folder:
        path = Path(folder) / "words"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
            ear.bind(str(path))
            over = threading.Event()

            def listen() -> None:
                while not over.is_set():
                    if select.select([ear], [], [], 0.1)[0]:
                        hear(json.loads(ear.recv(4096)))

            listener = threading.Thread(target=listen, name="channel", daemon=True)
            listener.start()
            try:
                yield f"{_LOCAL}{path}"
            finally:
                over.set()
                listener.join()


@contextmanager
def cluster_channel(client: Any, hear: Hear) -> Iterator[str]:
    """Listen to the workers of a Dask cluster; gives the name under which they speak."""
    topic = f"lectures-{os.getpid()}-{os.urandom(4).hex()}"

    def event(stamped: tuple[float, Word]) -> None:
        hear(stamped[1])

    client.subscribe_topic(topic, event)
    try:
        yield f"{_CLUSTER}{topic}"
    finally:
        client.unsubscribe_topic(topic)


@contextmanager
def speaker(channel: str) -> Iterator[Hear]:
    """What a worker calls to be heard on a channel; nothing is said where there is none."""
    if channel.startswith(_LOCAL):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
            mouth.setblocking(False)

            def say(word: Word) -> None:
                # Whoever listens may be gone, or busy: a film does not wait for its progress bar.
                with contextlib.suppress(OSError):
                    mouth.sendto(json.dumps(word).encode(), channel.removeprefix(_LOCAL))

            yield say
    elif channel.startswith(_CLUSTER):
        from distributed import get_worker

        worker, topic = get_worker(), channel.removeprefix(_CLUSTER)
        yield lambda word: worker.log_event(topic, word)
    else:
        yield lambda word: None
