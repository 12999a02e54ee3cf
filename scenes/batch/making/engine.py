"""Many films at once: outlines first, then chapters, each film put together as soon as its last chapter is there.

Workers that would have nothing to do while outlines are made begin with chapters.

One film that fails does not stop the others. Whatever is drawn is kept, so that a call that was cut short, by whatever,
goes on where it stopped.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitting.errors import InputError
from scenes.batch.asking.request import Request
from scenes.batch.making.bundle import bundle_folder, formats_there, other_film, publish, up_to_date
from scenes.batch.making.settings import FORMATS, QUALITIES
from scenes.batch.making.starting import died
from scenes.batch.making.store import Store
from scenes.batch.making.tasks import REPORT_EVERY, Job, OtherVersion, Outline, Part, code_of, draw, outline
from scenes.batch.making.workers import Workers
from scenes.kit.drawing.versions import versions

if TYPE_CHECKING:
    from fitting import Trajectory

ATTEMPTS = 3
"""How often a task is given out whose worker dies of it, and how often in a row workers that die before they begin."""

WITHOUT_WORKERS = 60.0
"""Seconds to wait for a first worker when a cluster has lost all of its own."""

Report = Callable[[Mapping[str, Any]], None]
"""Gets what happens, as one flat mapping an event: `event`, `film`, and more."""

_Task = tuple[str, int]
"""Format and number of a chapter; ("", -1) is the outline."""

_OUTLINE: _Task = ("", -1)


@dataclass
class Film:
    """A film that is being made.

    Attributes:
        request: What it is asked to be.
        out: The directory of all films.
        formats: Formats that are wanted, and those that are there already.
        quality: Letter of the quality.
        made_from: All that its frames depend on.
        store: Its parts.
        paths: Its files, once it is made.
        failure: Why it cannot be made; "" as long as it can.
        kept: Whether it was there already.
        error: What the failure was raised as.
        missing: Tasks that are still to be done.
        drawn: Tasks that this call has done.
        outline: How it goes, once that is known.
        replaces: In what a film that it takes the place of differs; "" if there is none.
        trajectory: The run, where it is made from own data or options.
        strict: Whether it fails where something of it cannot be read.
    """

    request: Request
    out: Path
    formats: tuple[str, ...]
    quality: str
    made_from: dict[str, Any]
    store: Store
    paths: list[Path] = field(default_factory=list)
    failure: str = ""
    kept: bool = False
    error: BaseException | None = None
    missing: set[_Task] = field(default_factory=set)
    drawn: set[_Task] = field(default_factory=set)
    outline: Outline | None = None
    replaces: str = ""
    trajectory: Trajectory | None = None
    strict: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self.request.name

    @property
    def bundle(self) -> Path:
        """The folder of its bundle."""
        return bundle_folder(self.out, self.name)

    @property
    def drawn_as(self) -> list[str]:
        """The formats of the parts that it needs."""
        return list(dict.fromkeys(FORMATS[name].drawn_as for name in self.formats))


def planned(request: Request, out: Path, quality: str, formats: Sequence[str]) -> Film:
    """A film to be made, and what it would be made from. Quick: nothing is imported or fitted for it.

    Raises:
        InputError: Its data cannot be read.
    """
    made_from = {
        "code": code_of(request.entry),
        "request": request.digest(),
        "quality": list(QUALITIES[quality]),
        "versions": versions(),
    }
    folder = bundle_folder(out, request.name)
    wanted = tuple(dict.fromkeys([*formats, *formats_there(folder, made_from)]))
    store = Store(out, request.name, made_from)
    return Film(request, out, wanted, quality, made_from, store, replaces=other_film(folder, made_from))


def is_made(film: Film) -> bool:
    """Whether a film is there, made from the same, and undamaged."""
    return up_to_date(film.bundle, film.made_from, film.formats)


def make(films: Sequence[Film], bench: Path, workers: Workers, report: Report) -> None:
    """Make films with whatever workers there are. What became of each stands in it afterwards.

    Args:
        films: What is to be made.
        bench: A folder on the films' disk for what is not whole yet.
        workers: Who draws.
        report: Gets what happens.

    Raises:
        InputError: What is asked for cannot be used; nothing has been drawn then.
        OSError: The disk is full, or was taken away; or workers die before they begin.
    """
    _Making(films, bench, workers, report).run()


class _Making:
    def __init__(self, films: Sequence[Film], bench: Path, workers: Workers, report: Report) -> None:
        self._films, self._bench = films, bench
        self._workers, self._report = workers, report
        self._jobs: dict[str, Job] = {}
        self._running: dict[Future[Any], tuple[Film, _Task]] = {}
        self._attempts: dict[tuple[str, _Task], int] = {}
        self._in_vain = 0

    def run(self) -> None:
        for film in self._films:
            film.outline = film.store.outline()
            if film.outline is not None:
                self._plan(film)
            if film.outline is None or film.missing:
                self._prepare(film)
            else:
                self._publish(film)
        self._begin_early()
        alone_since: float | None = None
        while self._running:
            done, _ = wait(self._running, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in done:
                if future in self._running:
                    self._take(*self._running.pop(future), future)
            if done or self._workers.alive():
                alone_since = None
            elif alone_since is None:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > WITHOUT_WORKERS:
                raise InputError(
                    "the cluster has no worker left; start some and run the same command again: it goes on"
                )

    def _begin_early(self) -> None:
        """Give chapters to workers for whom there is no outline to make."""
        films = [film for film, _ in self._running.values()]
        ahead = [
            (film, (drawn_as, k))
            for k in range(max((len(film.request.entry.beats) for film in films), default=0))
            for film in films
            for drawn_as in film.drawn_as
            if k < len(film.request.entry.beats) and not film.store.has(drawn_as, k)
        ]
        for film, task in ahead[: max(0, self._workers.size - len(films))]:
            self._submit(film, task)

    def _prepare(self, film: Film) -> None:
        """Ask for the outline."""
        request = film.request
        self._jobs[film.name] = Job(
            film=film.name,
            request=request,
            quality=film.quality,
            code=film.made_from["code"],
            versions=film.made_from["versions"],
            channel=self._workers.channel,
            threads=self._workers.threads,
            trajectory=film.trajectory or request.trajectory(),
        )
        self._submit(film, _OUTLINE)

    def _submit(self, film: Film, task: _Task) -> None:
        job, executor = self._jobs[film.name], self._workers.executor
        future: Future[Any]
        try:
            if task == _OUTLINE:
                future = executor.submit(outline, job)
            else:
                future = executor.submit(draw, job, task[1], task[0])
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self._running[future] = film, task

    def _plan(self, film: Film) -> None:
        """What of a film is still to be drawn."""
        assert film.outline is not None
        chapters = range(len(film.outline.chapters))
        wanted = {(drawn_as, k) for drawn_as in film.drawn_as for k in chapters}
        film.missing = {task for task in wanted if not film.store.has(*task)}
        before = wanted - film.missing - film.drawn
        there = sum(film.store.parts[f"{drawn_as} {k}"]["frames"] for drawn_as, k in before)
        self._report(
            {
                "event": "planned",
                "film": film.name,
                "frames": film.outline.frames * len(film.drawn_as) + _gif_frames(film),
                "frames_there": there,
                "chapters": len(chapters),
            }
        )

    def _take(self, film: Film, task: _Task, future: Future[Any]) -> None:
        if film.failure and (future.cancelled() or future.exception() is not None):
            return
        try:
            result = future.result()
        except BrokenExecutor:
            self._mend(film, task)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
                raise
            self._fail(film, error)
        except Exception as error:
            self._fail(film, error)
        else:
            self._in_vain = 0
            if isinstance(result, Outline):
                self._outlined(film, result)
            else:
                self._drawn(film, task, result)

    def _outlined(self, film: Film, result: Outline) -> None:
        film.outline = result
        film.store.keep_outline(result)
        if film.failure:
            return
        for fault in result.faults:
            self._report({"event": "fault", "film": film.name, "fault": fault})
        if result.faults and film.strict:
            self._fail(film, InputError(*result.faults[:1]))
            return
        self._jobs[film.name] = replace(self._jobs[film.name], prepared=result.prepared, trajectory=None)
        self._plan(film)
        lengths = [end - start for _, start, end in result.chapters]
        begun = {task for other, task in self._running.values() if other is film}
        # The longest first, so that no worker draws alone at the end.
        for task in sorted(film.missing - begun, key=lambda task: (-lengths[task[1]], task)):
            self._submit(film, task)
        if not film.missing:
            self._publish(film)

    def _drawn(self, film: Film, task: _Task, part: Part) -> None:
        # Kept also if the film has failed meanwhile: the next call goes on from here.
        film.store.keep(*task, part)
        film.missing.discard(task)
        film.drawn.add(task)
        self._workers.begun.discard((film.name, *task))
        self._report(
            {
                "event": "part",
                "film": film.name,
                "kind": task[0],
                "chapter": task[1],
                "frames": part.frames,
                "seconds": round(part.seconds, 3),
                "processor_seconds": round(part.processor, 3),
            }
        )
        if film.outline is not None and not film.missing and not film.failure:
            self._publish(film)

    def _publish(self, film: Film) -> None:
        assert film.outline is not None
        entry, request = film.request.entry, film.request
        about = {
            "lecture": entry.name,
            "model": entry.model,
            "theme": request.look.theme,
            "captions_in_film": request.look.captions,
            "made_from": film.made_from,
        }
        word = {"event": "frames", "film": film.name, "chapter": 0, "kind": "gif", "worker": os.getpid()}
        whole, told = _gif_frames(film), 0.0

        def on_frames(count: int) -> None:
            nonlocal told
            if count == whole or time.monotonic() - told >= REPORT_EVERY:
                told = time.monotonic()
                self._report({**word, "frames": count})

        film.paths = publish(
            film.bundle, self._bench, about, film.outline, film.store, film.quality, film.formats, on_frames
        )
        self._report({"event": "made", "film": film.name, "files": [str(path) for path in film.paths]})

    def _fail(self, film: Film, error: BaseException) -> None:
        film.error = error
        text = " ".join(str(error).split()) or "no reason given"
        if isinstance(error, OtherVersion):
            text = f"a worker has {text}; install the same version there and start it again"
        elif not isinstance(error, (InputError, OSError)):
            text = f"{type(error).__name__}: {text}"
        film.failure = text
        for future in [future for future, (other, _) in self._running.items() if other is film]:
            future.cancel()
        self._report({"event": "failed", "film": film.name, "reason": text})

    def _mend(self, film: Film, task: _Task) -> None:
        """A worker died, and with it the pool: what it had not finished goes to a new one."""
        if self._workers.renew is None:
            self._fail(film, RuntimeError("the workers are gone"))
            return
        lost = [(film, task), *(self._running.pop(future) for future in list(self._running) if _is_lost(future))]
        begun = [(other, its) for other, its in lost if (other.name, *its) in self._workers.begun]
        self._workers.begun.clear()
        words = self._workers.last_words()
        self._in_vain = 0 if begun else self._in_vain + 1
        if self._in_vain >= ATTEMPTS:
            raise ChildProcessError(died(words))
        self._workers.executor = self._workers.renew()
        self._report({"event": "worker lost", "tasks_lost": len(begun)})
        for other, its in begun:
            self._attempts[other.name, its] = self._attempts.get((other.name, its), 0) + 1
            if self._attempts[other.name, its] >= ATTEMPTS and not other.failure:
                said = f" Its last words: {words}" if words else ""
                self._fail(other, RuntimeError(f"its worker died {ATTEMPTS} times; is there enough memory?{said}"))
        for other, its in lost:
            if not other.failure:
                self._submit(other, its)


def _gif_frames(film: Film) -> int:
    """Frames that are encoded when the film is put together; a GIF alone has some."""
    if "gif" not in film.formats or film.outline is None:
        return 0
    from scenes.kit.drawing.gif import gif_frames

    return gif_frames(film.outline.frames, Fraction(QUALITIES[film.quality][2]))


def _is_lost(future: Future[Any]) -> bool:
    return not future.done() or future.cancelled() or isinstance(future.exception(), BrokenExecutor)
