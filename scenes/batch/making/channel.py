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
    with tempfile.TemporaryDirectory(prefix="lectures-") as folder, _ear(Path(folder)) as ear:
        password = os.urandom(8).hex().encode()
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                if select.select([ear], [], [], 0.1)[0]:
                    word = ear.recv(4096)
                    if word.startswith(password):
                        hear(json.loads(word.removeprefix(password)))

        listener = threading.Thread(target=listen, name="channel", daemon=True)
        listener.start()
        try:
            yield _LOCAL + json.dumps([password.decode(), ear.getsockname()])
        finally:
            over.set()
            listener.join()


def _ear(folder: Path) -> socket.socket:
    """What hears datagrams: a socket in a folder, or on the loopback where there are none or its path is too long."""
    if hasattr(socket, "AF_UNIX"):
        ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            ear.bind(str(folder / "words"))
            return ear
        except OSError:
            ear.close()
    ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ear.bind(("127.0.0.1", 0))
    return ear


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
        password, address = json.loads(channel.removeprefix(_LOCAL))
        in_folder = isinstance(address, str)
        with socket.socket(socket.AF_UNIX if in_folder else socket.AF_INET, socket.SOCK_DGRAM) as mouth:
            mouth.setblocking(False)

            def say(word: Word) -> None:
                # Whoever listens may be gone, or busy: a film does not wait for its progress bar.
                with contextlib.suppress(OSError):
                    mouth.sendto(f"{password}{json.dumps(word)}".encode(), address if in_folder else tuple(address))

            yield say
    elif channel.startswith(_CLUSTER):
        from distributed import get_worker

        worker, topic = get_worker(), channel.removeprefix(_CLUSTER)
        yield lambda word: worker.log_event(topic, word)
    else:
        yield lambda word: None
