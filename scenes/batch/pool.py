"""Films drawn by several processes at once: chapters are shared out, and joined when all of a film are there."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

from scenes.batch.chapters import Job, draw_chapter, join
from scenes.batch.film import Work, publish, workshop
from scenes.batch.progress import progress


def films(works: Sequence[Work], file_format: str, jobs: int) -> Iterator[Path]:
    """Make films, several chapters at a time; each film appears as soon as it is whole.

    Args:
        works: What is to be made.
        file_format: mp4, webm or gif.
        jobs: Number of processes.
    """
    with processes(jobs) as executor:
        yield from drawn_by(executor, works, file_format)


def drawn_by(executor: Executor, works: Sequence[Work], file_format: str) -> Iterator[Path]:
    """Make films with the workers of an executor, whatever and wherever they are."""
    drawn = "mp4" if file_format == "gif" else file_format
    tasks = [(which, chapter) for which, work in enumerate(works) for chapter in range(len(work.rehearsal.beats))]
    # The longest first, so that no worker draws alone at the end.
    tasks.sort(key=lambda task: -_frames(works[task[0]], task[1]))
    running: dict[Future[bytes], tuple[int, int]] = {
        executor.submit(
            draw_chapter, Job(works[which].entry, works[which].lesson, chapter, works[which].quality, drawn)
        ): (
            which,
            chapter,
        )
        for which, chapter in tasks
    }
    parts: list[dict[int, bytes]] = [{} for _ in works]
    with ExitStack() as stack:
        frames = sum(work.rehearsal.frames for work in works)
        advance = stack.enter_context(progress(", ".join(work.name for work in works), frames))
        for done in as_completed(running):
            which, chapter = running[done]
            work = works[which]
            parts[which][chapter] = done.result()
            advance(_frames(work, chapter))
            if len(parts[which]) == len(work.rehearsal.beats):
                yield from _joined(work, [parts[which][k] for k in sorted(parts[which])], file_format)
                parts[which].clear()


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """A pool of processes of this machine, which end at once when this one is interrupted."""
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_main_one)
    try:
        yield executor
    except BaseException:
        for process in list((executor._processes or {}).values()):
            process.terminate()
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def _leave_interrupts_to_the_main_one() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _frames(work: Work, chapter: int) -> int:
    beat = work.rehearsal.beats[chapter]
    return round((beat.end - beat.start) / work.rehearsal.frame_time)


def _joined(work: Work, parts: Sequence[bytes], file_format: str) -> list[Path]:
    with workshop(work.out, work.name) as bench:
        made = bench / f"{work.name}.{file_format}"
        join(parts, made, work.rehearsal.beats, Fraction(round(1 / work.rehearsal.frame_time)))
        return publish(work, made, bench)
