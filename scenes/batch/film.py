"""One film: rendered beside its final place, and put there when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manim import config, logger, tempconfig

from fitting.errors import InputError
from scenes.batch.catalogue import SOURCES
from scenes.kit.camera import LectureFileWriter, LectureRenderer
from scenes.kit.lecture import Lecture
from scenes.kit.lesson import Lesson

QUALITIES = {
    "l": (854, 480, 15),
    "m": (1280, 720, 30),
    "h": (1920, 1080, 60),
    "p": (2560, 1440, 60),
    "k": (3840, 2160, 60),
}
"""Width, height and frames a second, by Manim's letters."""

_VP9 = {"crf": "30", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"}


@contextmanager
def settings(quality: str, **more: Any) -> Iterator[None]:
    """Manim's settings for a quality: the project's `manim.cfg` from whatever directory, and no chatter."""
    width, height, rate = QUALITIES[quality]
    level = logger.level
    logger.setLevel("WARNING")
    with tempconfig({}):
        project = SOURCES.parent / "manim.cfg"
        if project.exists():
            config.digest_file(project)
        config.update(
            {"pixel_width": width, "pixel_height": height, "frame_rate": rate, "progress_bar": "none",
             "verbosity": "WARNING", "disable_caching": True, **more}
        )  # fmt: skip
        try:
            yield
        finally:
            logger.setLevel(level)


def render_film(
    lecture: type[Lecture],
    lesson: Lesson,
    name: str,
    out: Path,
    quality: str,
    file_format: str,
    on_frames: Callable[[int], None],
) -> list[Path]:
    """Film a lecture.

    Args:
        lecture: The lecture.
        lesson: What it is about.
        name: The film's name, without ending.
        out: Where it goes.
        quality: A letter of `QUALITIES`.
        file_format: mp4, webm or gif.
        on_frames: Called with the number of frames whenever some have been written.

    Returns:
        The film and its captions.

    Raises:
        InputError: The directory cannot be written.
        OSError: The disk is full, or was taken away.
    """
    with workshop(out, name) as bench:
        more: dict[str, Any] = {"media_dir": str(bench), "format": file_format, "output_file": name}
        with settings(quality, **more):
            if file_format == "webm":
                config.video_encoder_options = _VP9
            renderer = _Reporting(on_frames)
            scene = lecture(lesson, renderer=renderer)
            try:
                scene.render()
            except RuntimeError as error:
                # Manim wraps what the encoder met: a full disk is told as what it is.
                if isinstance(error.__cause__, OSError):
                    raise OSError(error.__cause__.errno, error.__cause__.strerror, str(out)) from error
                raise
            plan = renderer.file_writer.output_plan
            film = Path(plan.primary_artifact)
            made = [replace(film, out / f"{name}.{file_format}")]
            captions = film.with_suffix(".srt")
            if captions.exists():
                made.append(replace(captions, out / f"{name}.srt"))
            return made


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
