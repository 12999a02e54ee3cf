"""Films by chapters on all cores, against the stock command that makes one film in one process.

Each lecture is made by `manim render` and by `lectures render --jobs CORES`, each from start-up to finished files;
then all of them in one call. Processor time is that of all processes. From the times of that call's parts follows how
long it would take on more cores, if those were like these: outlines first, then the longest part to whoever is free.
"""

from __future__ import annotations

import heapq
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from film import Clock, adopt_orphans, render
from table import print_table

from scenes.batch.asking.catalogue import catalogue, choose

CORES = os.cpu_count() or 1
MORE_CORES = (4, 16, 64)


@dataclass(frozen=True)
class Run:
    """What a call took, and what the bundles say that it made."""

    clock: Clock
    bundles: list[dict[str, Any]]

    @property
    def frames(self) -> int:
        return sum(bundle["frames"] for bundle in self.bundles)


def batch(names: Sequence[str], quality: str) -> Run:
    """Make films with the command."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from scenes.batch.command import main; main()", "render", *names]
        with clock:
            subprocess.run(
                [*command, "--quality", quality, "--jobs", str(CORES), "--out", folder], check=True, capture_output=True
            )
        found = sorted(Path(folder).glob("lectures/*/manifest.json"))
        return Run(clock, [json.loads(path.read_text(encoding="utf-8")) for path in found])


def makespan(bundles: Sequence[dict[str, Any]], cores: int) -> float:
    """Seconds until all parts are drawn on so many cores."""
    free = [0.0] * cores
    ready: dict[str, float] = {}
    for bundle in bundles:
        start = heapq.heappop(free)
        ready[bundle["name"]] = start + bundle["outline_processor_seconds"]
        heapq.heappush(free, ready[bundle["name"]])
    parts = [(part["seconds"], bundle["name"]) for bundle in bundles for part in bundle["parts"].values()]
    for seconds, name in sorted(parts, reverse=True):
        start = max(heapq.heappop(free), ready[name])
        heapq.heappush(free, start + seconds)
    return max(free)


def report(repeats: int, quality: str, lectures: Sequence[str]) -> None:
    """Print the table of the lectures, that of the whole, and the makespans."""
    names = [entry.name for entry in catalogue()] if "all" in lectures else [entry.name for entry in choose(lectures)]
    adopt_orphans()
    rows = []
    for name in names:
        turns = []
        for _ in range(repeats):
            with tempfile.TemporaryDirectory() as folder:
                serial, _ = render(name, Path(folder), quality)
            turns.append((serial, batch([name], quality)))
        serial_wall, serial_processor = (min(getattr(one, kind) for one, _ in turns) for kind in ("wall", "processor"))
        wall, processor = (min(getattr(one.clock, kind) for _, one in turns) for kind in ("wall", "processor"))
        frames = turns[0][1].frames
        figures = (f"{1000 * serial_processor / frames:.1f}", f"{1000 * processor / frames:.1f}")
        times = (f"{serial_wall:.1f}", f"{wall:.1f}", f"{wall / serial_wall:.2f}")
        rows.append((name, f"{frames:,}", *times, *figures, f"{processor / serial_processor:.2f}"))
    head = ("", "frames", "serial, s", "batch, s", "ratio", "serial, CPU ms a frame", "batch", "ratio")
    print_table(
        f"manim render -q{quality} against lectures render --jobs {CORES} (targets: both ratios at most 1)", head, rows
    )
    whole = batch(names, quality)
    clock = whole.clock
    busy = clock.processor / clock.wall / CORES
    title = f"lectures render, {len(names)} lectures, {CORES} jobs on {CORES} cores (target: busy at least 0.9)"
    figures = (
        f"{clock.wall:.0f}",
        f"{clock.processor:.0f}",
        f"{busy:.2f}",
        f"{1000 * clock.processor / whole.frames:.1f}",
    )
    print_table(
        title, ("frames", "wall, s", "processor, s", "busy", "CPU ms a frame"), [(f"{whole.frames:,}", *figures)]
    )
    spans = [(str(cores), f"{makespan(whole.bundles, cores):.0f}") for cores in (CORES, *MORE_CORES)]
    print_table("makespan, from the times of those parts", ("cores", "s"), spans)
