"""One chapter of a film at a time: the unit of work that is shared out.

A worker plays the lecture up to its chapter without drawing, draws the chapter, and gives back its encoded frames.
Chapters of one film have the same encoder settings, so that they are joined without encoding again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import cast

import av
from av.container import InputContainer
from manim import config

from scenes.batch.catalogue import Entry
from scenes.batch.settings import settings
from scenes.kit.camera import LectureRenderer
from scenes.kit.gif import write_gif
from scenes.kit.lecture import Beat
from scenes.kit.lesson import Lesson

_TIME_BASE = Fraction(1, 1000)


@dataclass(frozen=True)
class Job:
    """A chapter to be drawn. It can be sent to another process or machine.

    Attributes:
        entry: The lecture.
        lesson: What it is about.
        chapter: Number of the chapter, from 0.
        quality: Letter of the quality.
        file_format: mp4 or webm.
    """

    entry: Entry
    lesson: Lesson
    chapter: int
    quality: str
    file_format: str


def draw_chapter(job: Job) -> bytes:
    """The chapter as a film of its own."""
    with tempfile.TemporaryDirectory(prefix="chapter-") as folder:
        more = {"media_dir": folder, "format": job.file_format, "output_file": "chapter", "max_inflight_encoders": 1}
        with settings(job.quality, job.file_format, **more):
            # As many encoders run as there are workers: each keeps to one core.
            config.video_encoder_options = {**config.video_encoder_options, "threads": "1"}
            renderer = LectureRenderer(job.chapter)
            job.entry.load()(job.lesson, renderer=renderer).render()
            return Path(renderer.file_writer.output_plan.primary_artifact).read_bytes()


def join(parts: Sequence[bytes], output: Path, beats: Sequence[Beat], frame_rate: Fraction) -> None:
    """Write chapters one after the other, as they are, with their names as chapters of the container.

    Args:
        parts: Films of one kind.
        output: The whole film.
        beats: Names and times of the chapters.
        frame_rate: Frames a second.
    """
    with tempfile.TemporaryDirectory(prefix="parts-") as folder:
        files = []
        for k, part in enumerate(parts):
            files.append(Path(folder) / f"{k:03}.part")
            files[-1].write_bytes(part)
        listing = BytesIO("".join(f"file 'file:{file.as_posix()}'\n" for file in files).encode())
        if output.suffix == ".gif":
            write_gif(listing.getvalue(), output, frame_rate)
            return
        with (
            av.open(listing, options={"safe": "0"}, format="concat") as source,
            av.open(str(output), "w") as film,
        ):
            video = source.streams.video[0]
            stream = film.add_stream_from_template(template=video)
            film.set_chapters(
                [
                    {
                        "id": k,
                        "start": round(beat.start * 1000),
                        "end": round(beat.end * 1000),
                        "time_base": _TIME_BASE,
                        "metadata": {"title": beat.name},
                    }
                    for k, beat in enumerate(beats)
                ]
            )
            for packet in cast("InputContainer", source).demux(video):
                if packet.dts is None:
                    continue
                # Times of a part do not always follow those of the one before: FFmpeg makes them anew.
                packet.dts = None
                packet.stream = stream
                film.mux(packet)
