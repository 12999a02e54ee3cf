"""The stock command that renders the lecture, against encoding that film's frames alone.

The command is `manim render` in a process of its own, from start-up to the finished file. The other side gets the same
frames, decoded from that file to RGBA, and does with every one what the film writer does: convert it and encode it,
with the project's settings, in one segment. A film of 1080p does not fit into memory, so frames come in blocks, and
the clock stands while a block is decoded. (The encoder's own threads may finish the last few frames of a block
meanwhile: some in a hundred.)

Two things make a ratio below 1 possible: the command converts a picture that stands still once and not for each of its
frames, and it encodes two segments side by side. Processor time, on all cores, is printed too: other programs disturb
it less than they disturb wall time.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import av
import numpy as np
from manim import Scene, tempconfig
from play_clock import Pixels
from table import print_table

from scenes.batch.asking.catalogue import catalogue, choose
from scenes.kit.drawing.camera import SegmentEncoder
from scenes.kit.drawing.encoding import OPTIONS, with_options

BLOCK = 100
TARGET = 1.35


@dataclass
class Clock:
    """Wall and processor seconds of what runs inside `with` blocks; those of finished descendants too."""

    wall: float = 0.0
    processor: float = 0.0

    def __enter__(self) -> None:
        self.wall -= perf_counter()
        self.processor -= _processor()

    def __exit__(self, *error: object) -> None:
        self.wall += perf_counter()
        _await_orphans()
        self.processor += _processor()


def adopt_orphans() -> None:
    """Have descendants whose parent has ended become children of this process, so that their time is counted."""
    if sys.platform == "linux":
        pr_set_child_subreaper = 36
        ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1)


def _await_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _processor() -> float:
    times = os.times()
    return process_time() + times.children_user + times.children_system


def render(name: str, folder: Path, quality: str) -> tuple[Clock, Path]:
    """Render the film; returns what it took and where the film is."""
    clock = Clock()
    with clock:
        command = [sys.executable, "-m", "manim", "render", f"-q{quality}", "--media_dir", str(folder)]
        source = f"scenes/{name.replace('-', '_')}.py"
        subprocess.run([*command, source], check=True, capture_output=True)
    (film,) = folder.glob("videos/*/*/*.mp4")
    return clock, film


def encode(film: Path, target: Path) -> tuple[Clock, int]:
    """Encode a film's frames again; returns what that alone took, and their number."""
    clock, count = Clock(), 0
    with av.open(str(film)) as source:
        stream = source.streams.video[0]
        settings = {"pixel_width": stream.width, "pixel_height": stream.height, "frame_rate": int(stream.average_rate)}
        with tempconfig({**settings, "format": "mp4", "media_dir": str(target.parent)}):
            spec = with_options(Scene().session_spec.video_encoder)
        buffers = [np.empty((stream.height, stream.width, 4), dtype=np.uint8) for _ in range(BLOCK)]
        frames = source.decode(stream)
        with clock:
            encoder = SegmentEncoder(target=target, spec=spec)
        while block := list(_fill(buffers, frames)):
            with clock:
                for pixels in block:
                    encoder.write_frame(pixels)
            count += len(block)
        with clock:
            encoder.finish()
    return clock, count


def _fill(buffers: list[Pixels], frames: Iterator[av.VideoFrame]) -> Iterator[Pixels]:
    for buffer, frame in zip(buffers, islice(frames, len(buffers)), strict=False):
        buffer[:] = frame.to_ndarray(format="rgba")
        yield buffer


def report(repeats: int, quality: str, lectures: Sequence[str]) -> None:
    """Print, for each lecture, both times and the ratio of the fastest."""
    names = [entry.name for entry in catalogue()] if "all" in lectures else [entry.name for entry in choose(lectures)]
    rows = [row for name in names for row in _film(name, repeats, quality)]
    title = f"manim render -q{quality}, encoder {dict(OPTIONS['libx264'])} (target: at most {TARGET:g})"
    print_table(title, ("", "frames", "command, s", "encoding alone, s", "ratio", "ms a frame", "alone"), rows)


def _film(name: str, repeats: int, quality: str) -> list[tuple[str, ...]]:
    turns: list[tuple[Clock, Clock]] = []
    count = 0
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            whole, film = render(name, Path(folder), quality)
            alone, count = encode(film, Path(folder) / "again.mp4")
        turns.append((whole, alone))
    rows = []
    for what, seconds in (("wall", lambda clock: clock.wall), ("processor", lambda clock: clock.processor)):
        whole_time, alone_time = (min(map(seconds, side)) for side in zip(*turns, strict=True))
        a_frame = (f"{1000 * time / count:.1f}" for time in (whole_time, alone_time))
        ratio = f"{whole_time / alone_time:.2f}"
        rows.append((f"{name}, {what}", f"{count:,}", f"{whole_time:.1f}", f"{alone_time:.1f}", ratio, *a_frame))
    return rows
