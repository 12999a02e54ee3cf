"""Films from requests: kept where nothing has changed, else made, and the page that shows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.batch.asking.request import Request
    from scenes.batch.making.engine import Film


def render(
    asked: Sequence[Request],
    out: Path,
    quality: str = "h",
    formats: Sequence[str] = ("mp4",),
    jobs: int = os.cpu_count() or 1,
    scheduler: str | None = None,
    again: bool = False,
    as_json: bool = False,
    strict: bool = False,
) -> list[Film]:
    """Make films, and the page that shows them.

    Args:
        asked: What they are asked to be.
        out: The directory of all films.
        quality: Letter of the quality.
        formats: Names of `FORMATS`, mp4 among them.
        jobs: Processes that draw.
        scheduler: Address of a Dask scheduler to draw with instead.
        again: Whether to draw also what has not changed.
        as_json: Whether progress is told in JSON.
        strict: Whether a film fails where something of it cannot be read, rather than being told of.

    Returns:
        The films, each with its files or the reason why it failed.

    Raises:
        InputError: The directory cannot be written, or there is no cluster.
        OSError: The disk is full, or was taken away.
    """
    from scenes.batch.making.engine import is_made, make, planned
    from scenes.batch.making.progress import reporting
    from scenes.batch.making.workspace import workspace

    films = [planned(request, out, quality, formats) for request in asked]
    for film in films:
        film.strict = strict
        film.kept = not again and is_made(film)
        if not film.kept:
            # Bad input is found before anything is drawn or written.
            film.trajectory = film.request.trajectory()
    waiting = [film for film in films if not film.kept]
    with ExitStack() as stack:
        report = stack.enter_context(reporting(as_json, len(waiting)))
        for film in films:
            if film.kept:
                report({"event": "kept", "film": film.name})
            elif film.replaces:
                report({"event": "replaces", "film": film.name, "differs_in": film.replaces})
        hear = _frames(report)
        workers = stack.enter_context(_workers(jobs, scheduler, hear)) if waiting else None
        bench = stack.enter_context(workspace(out))
        if again:
            for film in films:
                film.store.forget()
        if workers is not None:
            make(waiting, bench, workers, report)
        page = out / "index.html"
        # Where there is no film there is no page to be made.
        if (page.exists() or not all(film.failure for film in films)) and not _is_current(page, films):
            from scenes.batch.asking.catalogue import catalogue
            from scenes.page.gallery import write_gallery

            write_gallery(out, [entry.name for entry in catalogue()])
    return films


def _is_current(page: Path, films: Sequence[Film]) -> bool:
    try:
        made = page.stat().st_mtime_ns
        return all((film.bundle / "manifest.json").stat().st_mtime_ns <= made for film in films)
    except OSError:
        return False


def _frames(report: Callable[[Mapping[str, Any]], None]) -> Callable[[Mapping[str, Any]], None]:
    return lambda word: report({"event": "frames", **word})


def _workers(jobs: int, scheduler: str | None, hear: Callable[[Mapping[str, Any]], None]) -> Any:
    from scenes.batch.making.workers import cluster, processes

    return processes(jobs, hear) if scheduler is None else cluster(scheduler, hear)
