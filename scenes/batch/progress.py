"""Progress of long work: a bar on a terminal, some lines elsewhere. It goes to stderr; results go to stdout."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

LINES = 10
"""Lines that a whole film takes where there is no terminal."""


class FramesPerSecond(ProgressColumn):
    """How fast frames are made."""

    def render(self, task: Task) -> Text:
        """Such as `98 frames/s`."""
        return Text(f"{task.speed:.0f} frames/s" if task.speed else "")


@contextmanager
def progress(name: str, frames: int) -> Iterator[Callable[[int], None]]:
    """Show how many of a film's frames are made. Gives the function to call with the number of new ones."""
    if sys.stderr.isatty():
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            FramesPerSecond(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        ) as bar:
            task = bar.add_task(name, total=frames)
            yield lambda count: bar.advance(task, count)
    else:
        yield Lines(name, frames).advance


class Lines:
    """Progress as lines of text."""

    def __init__(self, name: str, frames: int) -> None:
        self._name, self._frames = name, frames
        self._done = self._told = 0
        self._start = time.monotonic()

    def advance(self, count: int) -> None:
        """Tell each time another tenth is done."""
        self._done += count
        if self._done * LINES // self._frames > self._told:
            self._told = self._done * LINES // self._frames
            speed = self._done / max(time.monotonic() - self._start, 1e-6)
            left = max(self._frames - self._done, 0) / speed
            click.echo(
                f"{self._name}: {self._done} of {self._frames} frames, {speed:.0f} frames/s, {left:.0f} s left",
                err=True,
            )
