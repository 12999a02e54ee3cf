"""Progress of long work: bars on a terminal, some lines elsewhere, or a JSON line an event."""

from __future__ import annotations

import json
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from scenes.batch.making.engine import Report

LINES = 20
"""Lines that a whole call takes where there is no terminal."""


@contextmanager
def reporting(as_json: bool, films: int) -> Iterator[Report]:
    """Show what happens. Gives the function that is told, by whatever thread.

    Args:
        as_json: One JSON object a line, on stdout.
        films: How many films will be planned.
    """
    count, turn = Count(films), threading.Lock()

    def one_at_a_time(report: Report) -> Report:
        def told(event: Mapping[str, Any]) -> None:
            with turn:
                report(event)

        return told

    if as_json:
        yield one_at_a_time(JsonLines(count))
    elif sys.stderr.isatty():
        with Bars(count) as bars:
            yield one_at_a_time(bars)
    else:
        yield one_at_a_time(Lines(count))


class Count:
    """Frames of all films: how many there are to be, how many there are, how fast they come.

    Attributes:
        total: Frames of each film that has been planned.
        over: Films that are made, or have failed.
    """

    def __init__(self, films: int) -> None:
        self._films = films
        self._start: float | None = None
        self._before: dict[str, int] = {}
        self._drawn: dict[tuple[str, str, int], int] = {}
        self.over: set[str] = set()
        self.total: dict[str, int] = {}

    def take(self, event: Mapping[str, Any]) -> None:
        """Count what an event tells. Of a film that is made or has failed nothing counts any more: words come late."""
        if event.get("film") in self.over:
            return
        if event["event"] == "planned":
            self.total[event["film"]] = event["frames"]
            self._before[event["film"]] = event["frames_there"]
        elif event["event"] in ("frames", "part") and event["chapter"] >= 0:
            # The speed is that of drawing: what it takes to get there is not counted.
            self._start = self._start or time.monotonic()
            self._drawn[event["film"], event["kind"], event["chapter"]] = event["frames"]
        elif event["event"] in ("made", "failed"):
            self.over.add(event["film"])
            # What will not be made is not waited for.
            self.total[event["film"]] = self.done(event["film"])

    def done(self, film: str) -> int:
        """Frames of a film that are there."""
        return self._before.get(film, 0) + sum(frames for key, frames in self._drawn.items() if key[0] == film)

    @property
    def all_done(self) -> int:
        """Frames of all films that are there."""
        return sum(map(self.done, self.total))

    @property
    def all_total(self) -> int:
        """Frames of all films that have been planned."""
        return sum(self.total.values())

    @property
    def is_planned(self) -> bool:
        """Whether the length of every film is known."""
        return len(self.total) >= self._films

    @property
    def speed(self) -> float:
        """Frames a second since the first one."""
        if self._start is None:
            return 0.0
        return sum(self._drawn.values()) / max(time.monotonic() - self._start, 1.0)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take; None as long as that cannot be said."""
        if not self.is_planned or self.speed <= 0:
            return None
        return (self.all_total - self.all_done) / self.speed


class JsonLines:
    """Progress for programs."""

    def __init__(self, count: Count) -> None:
        self._count, self._start = count, time.monotonic()

    def __call__(self, event: Mapping[str, Any]) -> None:
        """Print an event."""
        self._count.take(event)
        more: dict[str, Any] = {"seconds_since_start": round(time.monotonic() - self._start, 3)}
        if event["event"] == "frames":
            more |= {"all_frames_done": self._count.all_done, "all_frames": self._count.all_total}
        click.echo(json.dumps({**event, **more}, ensure_ascii=False))


class Lines:
    """Progress as lines of text, on stderr."""

    def __init__(self, count: Count) -> None:
        self._count, self._told = count, 0

    def __call__(self, event: Mapping[str, Any]) -> None:
        """Tell what happened, and now and then how far all is."""
        count = self._count
        count.take(event)
        if event["event"] == "made":
            click.echo(f"{event['film']}: made", err=True)
        elif event["event"] == "failed":
            click.echo(f"{event['film']}: failed: {event['reason']}", err=True)
        elif event["event"] == "worker lost":
            click.echo("a worker died; what it was at is drawn again", err=True)
        elif event["event"] in _NOTES:
            click.echo(_NOTES[event["event"]](event), err=True)
        elif count.is_planned and count.all_total:
            step = count.all_done * LINES // count.all_total
            if step > self._told:
                self._told = step
                done, left = f"{count.all_done:,} of {count.all_total:,} frames", math.ceil(count.seconds_left or 0)
                click.echo(f"{done}, {count.speed:.0f} frames/s, {left} s left", err=True)


def _replaces(event: Mapping[str, Any]) -> str:
    return (
        f"{event['film']}: the film that is there, of {event['differs_in']}, is replaced when this one is made; "
        "to keep both, give this one another --out DIR"
    )


def _fault(event: Mapping[str, Any]) -> str:
    return f"Warning: {event['fault']}"


_NOTES: dict[str, Callable[[Mapping[str, Any]], str]] = {"replaces": _replaces, "fault": _fault}
"""What is told once, in one line, by the event."""


class _Speed(ProgressColumn):
    def __init__(self, count: Count, whole: TaskID) -> None:
        super().__init__()
        self._count, self._whole = count, whole

    def render(self, task: Task) -> Text:
        if task.id != self._whole:
            return Text("")
        left = self._count.seconds_left
        speed = f"{self._count.speed:.0f} frames/s"
        if left is None:
            return Text(speed)
        minutes, seconds = divmod(math.ceil(left), 60)
        return Text(f"{speed}, {minutes}:{seconds:02} left")


class Bars:
    """Progress as bars on a terminal, on stderr: one for all, one for each film that is being drawn."""

    def __init__(self, count: Count) -> None:
        self._count = count
        # Names of lessons are users' texts, not markup.
        columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._whole = self._progress.add_task("all", total=None)
        self._progress.columns = (*self._progress.columns, _Speed(count, self._whole))
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def __call__(self, event: Mapping[str, Any]) -> None:
        """Show what happened."""
        count, film = self._count, event.get("film", "")
        count.take(event)
        if event["event"] in ("frames", "part") and film in count.total and film not in count.over:
            if film not in self._bars:
                self._bars[film] = self._progress.add_task(film, total=count.total[film])
            self._progress.update(self._bars[film], completed=count.done(film))
        elif event["event"] in ("made", "failed") and film in self._bars:
            self._progress.remove_task(self._bars.pop(film))
        elif event["event"] == "worker lost":
            self._progress.console.print("a worker died; what it was at is drawn again", markup=False)
        elif event["event"] in _NOTES:
            self._progress.console.print(_NOTES[event["event"]](event), markup=False)
        total = count.all_total if count.is_planned else None
        self._progress.update(self._whole, completed=count.all_done, total=total)
