"""What workers do: find out how a film goes, and draw one chapter of it.

A worker plays the lecture up to its chapter without drawing, draws the chapter, and gives back its encoded frames.
Tasks and results are plain values, so that they can go to another process or machine; Manim is imported by workers
alone.
"""

from __future__ import annotations

import functools
import json
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from scenes.batch.asking.request import Request
from scenes.batch.making.channel import Hear, speaker
from scenes.batch.making.provenance import code_digest
from scenes.batch.making.settings import settings
from scenes.batch.making.workspace import naming
from scenes.kit.drawing.versions import versions

if TYPE_CHECKING:
    from fitting import Trajectory
    from scenes.batch.asking.catalogue import Entry
    from scenes.kit.subject.lesson import Lesson

REPORT_EVERY = 0.2
"""Seconds between two words of a worker about its frames."""

LONG = 1 << 14
"""Bytes of an array from which it pays not to copy it."""

_one_at_a_time = threading.Lock()
"""Manim's settings are those of a process: a worker with several threads draws with one."""

_stopped = threading.Event()


class OtherVersion(RuntimeError):
    """A worker has other sources or other packages than the process that asks."""


class Stopped(RuntimeError):
    """The film is no longer wanted."""


@dataclass(frozen=True)
class Job:
    """A film, as its workers need to know it.

    Attributes:
        film: Its name.
        request: What it is asked to be.
        quality: Letter of the quality.
        code: Digest of the sources, which the worker's own must equal.
        versions: Versions of packages, likewise.
        channel: Where to tell of progress.
        threads: Threads of the encoder.
        trajectory: The run, where it is made from own data or options; None once `prepared` has it.
        prepared: The outline's, once it is known. A chapter can be drawn without it: whoever does fits the model and
            sets the formulas too.
    """

    film: str
    request: Request
    quality: str
    code: str
    versions: dict[str, str]
    channel: str = ""
    threads: int = 1
    trajectory: Trajectory | None = None
    prepared: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Outline:
    """What is known of a film before it is drawn, and the run that it shows.

    Attributes:
        title: Its title.
        question: Its question.
        frames: Number of frames.
        duration: Seconds.
        chapters: Name, start and end of each.
        captions: Start, end and text of each.
        prepared: The lesson and its formulas, `packed`, so that those who draw need not fit and typeset again.
        run: The trajectory as an `.npz` file.
        run_json: The trajectory as JSON, for the page.
        faults: What cannot be read of a film with words or data of a user; a line each.
        seconds: Processor seconds it took to find out.
    """

    title: str
    question: str
    frames: int
    duration: float
    chapters: tuple[tuple[str, float, float], ...]
    captions: tuple[tuple[float, float, str], ...]
    prepared: tuple[bytes, ...]
    run: bytes
    run_json: str
    faults: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Part:
    """A chapter as a film of its own.

    Attributes:
        content: The file.
        frames: Number of its frames.
        seconds: Wall seconds it took.
        processor: Processor seconds it took, the replay up to the chapter included.
    """

    content: bytes
    frames: int
    seconds: float
    processor: float


_Task = TypeVar("_Task", bound=Callable[..., Any])


def told_plainly(task: _Task) -> _Task:
    """Leave behind what an error of the disk came from: FFmpeg's errors do not survive the way to another process."""

    @functools.wraps(task)
    def done(*arguments: Any) -> Any:
        try:
            return task(*arguments)
        except OSError as error:
            problem = error
        # Here, where nothing is handled any more, it is raised without a context.
        problem.__cause__ = problem.__context__ = None
        raise problem

    return cast("_Task", done)


def packed(value: Any) -> tuple[bytes, ...]:
    """A value, pickled; long arrays stand beside it, so that `unpacked` need not copy them."""
    arrays: list[bytes] = []

    def beside(buffer: pickle.PickleBuffer) -> bool:
        content = buffer.raw()
        if content.nbytes >= LONG:
            arrays.append(bytes(content))
        return content.nbytes < LONG

    return pickle.dumps(value, protocol=5, buffer_callback=beside), *arrays


def unpacked(pieces: tuple[bytes, ...]) -> Any:
    """What was packed. Its long arrays are the bytes themselves: they are in memory once, and cannot be written to."""
    return pickle.loads(pieces[0], buffers=pieces[1:])


def get_ready() -> None:
    """Import what all tasks need."""
    import scenes.kit.story.rehearsal  # noqa: F401


def code_of(entry: Entry) -> str:
    """A hash of all sources that a film of a lecture comes from: the lecture's, and those of these tasks."""
    return code_digest(entry.module, __name__)


@told_plainly
def outline(job: Job) -> Outline:
    """Play a film without drawing it."""
    with _working(job), speaker(job.channel) as say:
        say({"film": job.film, "chapter": -1, "kind": "", "worker": os.getpid(), "frames": 0})
        from scenes.kit.story.rehearsal import rehearse
        from scenes.kit.text.typeset import collected
        from scenes.page.run_data import run_data

        began = time.process_time()
        with settings(job.quality), collected() as formulas:
            lesson = job.request.lesson(job.trajectory)
            rehearsal = rehearse(job.request.entry.load(), lesson)
            # The lectures' own films have been looked at.
            faults = faults_of(job.request, lesson) if job.request.brings_words else ()
        trajectory: Trajectory = lesson.trajectory
        return Outline(
            title=rehearsal.title,
            question=rehearsal.question,
            frames=rehearsal.frames,
            duration=rehearsal.duration,
            chapters=tuple((beat.name, beat.start, beat.end) for beat in rehearsal.beats),
            captions=rehearsal.captions,
            prepared=packed((lesson, formulas)),
            run=trajectory.npz(),
            run_json=json.dumps(run_data(trajectory), ensure_ascii=False, allow_nan=False, separators=(",", ":")),
            faults=faults,
            seconds=time.process_time() - began,
        )


def faults_of(request: Request, lesson: Lesson) -> tuple[str, ...]:
    """What of a film cannot be read, a line each, with the file and its key, or the film's name."""
    from scenes.kit.story.faults import find_faults

    # Texts stand in a small frame where they stand in a large one.
    with (
        tempfile.TemporaryDirectory(prefix="lectures-") as folder,
        settings("l", media_dir=folder, pixel_width=320, pixel_height=180),
    ):
        found = find_faults(request.entry.load(), lesson)
    name = request.source or request.name
    return tuple(str(fault) if request.source and fault.keys else f"{name}: {fault}" for fault in found)


@told_plainly
def draw(job: Job, chapter: int, drawn_as: str) -> Part:
    """Draw a chapter.

    Args:
        job: The film.
        chapter: Number of the chapter, from 0.
        drawn_as: A name of `FORMATS`.
    """
    with (
        _working(job),
        speaker(job.channel) as say,
        tempfile.TemporaryDirectory(prefix="lectures-") as folder,
        settings(job.quality, drawn_as, media_dir=folder, output_file="part", max_inflight_encoders=1),
    ):
        from manim import config

        began, processor = time.perf_counter(), time.process_time()
        config.video_encoder_options = {**config.video_encoder_options, "threads": str(job.threads)}
        reported = _Reported(say, {"film": job.film, "chapter": chapter, "kind": drawn_as, "worker": os.getpid()})
        renderer = _renderer(chapter, reported)
        scene = job.request.entry.load()(_lesson(job), renderer=renderer)
        try:
            scene.render()
        except RuntimeError as error:
            # Manim wraps what the encoder met: a full disk is told as what it is.
            if isinstance(error.__cause__, (OSError, Stopped)):
                with naming(Path(folder)):
                    raise error.__cause__ from None
            raise
        content = Path(renderer.file_writer.output_plan.primary_artifact).read_bytes()
        reported.tell()
        return Part(content, reported.frames, time.perf_counter() - began, time.process_time() - processor)


def _lesson(job: Job) -> Lesson:
    if not job.prepared:
        return job.request.lesson(job.trajectory)
    from scenes.kit.text.typeset import know

    lesson, formulas = unpacked(job.prepared)
    know(formulas)
    return cast("Lesson", lesson)


def identity() -> dict[str, str]:
    """What a worker is: its versions, and a digest of the sources that all films have."""
    return {**versions(), "lectures": code_digest(__name__)}


def stop() -> None:
    """Let the task that runs end at its next frame."""
    _stopped.set()


class _working:
    """A task's turn in this process, if this process is fit for it."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __enter__(self) -> None:
        job = self._job
        for name, found in versions().items():
            if found != job.versions.get(name):
                raise OtherVersion(f"{name} {found}, not {job.versions.get(name)}")
        if code_of(job.request.entry) != job.code:
            raise OtherVersion(f"other sources of the lecture {job.request.entry.name}")
        _one_at_a_time.acquire()
        _stopped.clear()

    def __exit__(self, *error: object) -> None:
        _one_at_a_time.release()


class _Reported:
    """Counts the frames that are written, and tells of them now and then."""

    def __init__(self, say: Hear, about: dict[str, Any]) -> None:
        self.frames = 0
        self._say, self._about, self._told = say, about, 0.0
        self.tell()

    def count(self, frames: int) -> None:
        if _stopped.is_set():
            raise Stopped
        self.frames += frames
        if time.monotonic() - self._told >= REPORT_EVERY:
            self.tell()

    def tell(self) -> None:
        self._told = time.monotonic()
        self._say({**self._about, "frames": self.frames})


def _renderer(chapter: int, reported: _Reported) -> Any:
    from scenes.kit.drawing.camera import LectureFileWriter, LectureRenderer

    class Reporting(LectureRenderer):
        def init_scene(self, scene: Any, *args: Any, **kwargs: Any) -> None:
            super().init_scene(scene, *args, **kwargs)
            writer: LectureFileWriter = self.file_writer
            writer.on_frames = reported.count

    return Reporting(chapter)
