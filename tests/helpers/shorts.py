"""Films of seconds, for tests of what makes films."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from fitting import Trajectory, fit
from scenes.batch.asking.catalogue import choose
from scenes.batch.asking.request import Request
from scenes.batch.making import tasks
from scenes.batch.making.engine import Film, make, planned
from scenes.batch.making.workers import Workers
from scenes.batch.making.workspace import workspace
from scenes.kit.story.lecture import beat
from scenes.kit.subject.look import Look
from scenes.linear import LinearFit


class Short(LinearFit):
    """Two beats of the lecture, on a run of five steps."""

    @classmethod
    def run(cls) -> Trajectory:
        return fit(steps=5)

    def construct(self) -> None:
        self.prepare()
        self.the_data()
        self.the_best()

    @beat("The best")
    def the_best(self) -> None:
        self.say("That was all.")


class Here(Executor):
    """Does tasks at once, in this thread, and remembers which."""

    def __init__(self) -> None:
        self.done: list[tuple[str, tuple[Any, ...]]] = []

    def submit(self, task: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        # A test may have put something else in the task's place.
        task = getattr(tasks, task.__name__)
        try:
            future.set_result(task(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        self.done.append((task.__name__, args[1:]))
        return future

    @property
    def chapters(self) -> list[int]:
        """The chapters that were drawn."""
        return [args[0] for name, args in self.done if name == "draw"]


def request(name: str = "short", **options: Any) -> Request:
    return dataclasses.replace(Request(name, choose(["linear"])[0], look=Look(pace=0.2)), **options)


def each_key_changed(look: Look) -> list[Look]:
    """A look again and again, each time with another value of one key."""
    changed = []
    for key in dataclasses.fields(look):
        values = key.metadata.get("known") or key.metadata.get("bounds") or (True, False)
        other = next(value for value in values if value != getattr(look, key.name))
        changed.append(dataclasses.replace(look, **{key.name: other}))
    return changed


def made(
    requests: Sequence[Request],
    out: Path,
    *formats: str,
    executor: Executor | None = None,
    size: int = 1,
    events: Any = None,
) -> list[Film]:
    """Make films, as the command does."""
    films = [planned(one, out, "l", ("mp4", *formats)) for one in requests]

    def report(event: Mapping[str, Any]) -> None:
        if events is not None:
            events.append(dict(event))

    with workspace(out) as bench:
        make(films, bench, Workers(executor or Here(), size), report)
    return films
