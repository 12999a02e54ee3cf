"""One film: rendered beside its final place, and put there when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import srt
from PIL import Image

from fitting.errors import InputError
from scenes.batch.catalogue import Entry
from scenes.batch.progress import progress
from scenes.batch.settings import settings
from scenes.kit.camera import LectureFileWriter, LectureRenderer
from scenes.kit.lesson import Lesson
from scenes.kit.rehearsal import Rehearsal, rehearse, stills


@dataclass(frozen=True)
class Work:
    """A film to be made.

    Attributes:
        entry: The lecture.
        lesson: What it is about.
        out: The directory that it goes to.
        quality: Letter of the quality.
        rehearsal: Its length, chapters and captions.
    """

    entry: Entry
    lesson: Lesson
    out: Path
    quality: str
    rehearsal: Rehearsal

    @property
    def name(self) -> str:
        """The film's name, without ending."""
        return self.entry.name


def rehearsed(entry: Entry, lesson: Lesson, out: Path, quality: str) -> Work:
    """A film to be made, once there is a place for it and its length is known.

    Raises:
        InputError: The directory cannot be written.
    """
    with workshop(out, entry.name) as bench, settings(quality, media_dir=str(bench)):
        return Work(entry, lesson, out, quality, rehearse(entry.load(), lesson))


def film(work: Work, file_format: str) -> list[Path]:
    """Make a film in this process.

    Args:
        work: What is to be made.
        file_format: mp4, webm or gif.

    Returns:
        The film and its captions.

    Raises:
        OSError: The disk is full, or was taken away.
    """
    with workshop(work.out, work.name) as bench, progress(work.name, work.rehearsal.frames) as advance:
        more: dict[str, Any] = {"media_dir": str(bench), "format": file_format, "output_file": work.name}
        with settings(work.quality, file_format, **more):
            renderer = _Reporting(advance)
            scene = work.entry.load()(work.lesson, renderer=renderer)
            try:
                scene.render()
            except RuntimeError as error:
                # Manim wraps what the encoder met: a full disk is told as what it is.
                if isinstance(error.__cause__, OSError):
                    raise OSError(error.__cause__.errno, error.__cause__.strerror, str(work.out)) from error
                raise
            made = Path(renderer.file_writer.output_plan.primary_artifact)
        return publish(work, made, bench)


def last_frame(work: Work) -> Path:
    """The film's last frame as a picture."""
    with workshop(work.out, work.name) as bench, settings(work.quality, media_dir=str(bench)):
        (last,) = stills(work.entry.load(), work.lesson, [work.rehearsal.duration])
        Image.fromarray(last).save(bench / "last.png")
        return replace(bench / "last.png", work.out / f"{work.name}.png")


def publish(work: Work, made: Path, bench: Path) -> list[Path]:
    """Give a film and its captions their final names."""
    captions = bench / "captions.srt"
    captions.write_text(subtitles(work.rehearsal), encoding="utf-8")
    return [
        replace(made, work.out / f"{work.name}{made.suffix}"),
        replace(captions, work.out / f"{work.name}.srt"),
    ]


def subtitles(rehearsal: Rehearsal) -> str:
    """A film's captions as an `.srt` file has them."""
    lines = [
        srt.Subtitle(k, timedelta(seconds=start), timedelta(seconds=end), text)
        for k, (start, end, text) in enumerate(rehearsal.captions, start=1)
    ]
    return str(srt.compose(lines))


class _Reporting(LectureRenderer):
    """Reports the frames that have been written."""

    def __init__(self, on_frames: Callable[[int], None]) -> None:
        super().__init__()
        self._on_frames = on_frames

    def init_scene(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Let the file writer, which exists from here on, report."""
        super().init_scene(scene, *args, **kwargs)
        writer: LectureFileWriter = self.file_writer
        writer.on_frames = self._on_frames


@contextmanager
def workshop(out: Path, name: str) -> Iterator[Path]:
    """A hidden folder beside the final place, on the same disk; it goes when the work is done or has failed.

    Raises:
        InputError: The directory cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        bench = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=out))
    except OSError as error:
        raise InputError(
            f"{out}: cannot be written: {error.strerror}; choose another directory with --out DIR"
        ) from None
    try:
        yield bench
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def replace(made: Path, final: Path) -> Path:
    """Give something finished its final name; what stood there before goes at that moment and not before."""
    os.replace(made, final)
    return final
