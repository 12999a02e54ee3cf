"""Chapters joined to a film, as they are: nothing is encoded again, except for a GIF."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import cast

import av
from av.container import InputContainer

from scenes.batch.subtitles import Chapter

_TIME_BASE = Fraction(1, 1000)


def join(parts: Sequence[Path], output: Path, chapters: Sequence[Chapter], frame_rate: int) -> None:
    """Write films of one kind one after the other, with their names as chapters of the container.

    Args:
        parts: The films.
        output: The whole film; a GIF if it is named so.
        chapters: Names and times.
        frame_rate: Frames a second.
    """
    listing = "".join(f"file '{_quoted(part)}'\n" for part in parts).encode()
    if output.suffix == ".gif":
        from scenes.kit.gif import write_gif

        write_gif(listing, output, Fraction(frame_rate))
        return
    with (
        av.open(BytesIO(listing), options={"safe": "0"}, format="concat") as source,
        av.open(str(output), "w", options={"movflags": "faststart"} if output.suffix == ".mp4" else {}) as film,
    ):
        video = source.streams.video[0]
        stream = film.add_stream_from_template(template=video)
        film.set_chapters(
            [
                {
                    "id": k,
                    "start": round(start * 1000),
                    "end": round(end * 1000),
                    "time_base": _TIME_BASE,
                    "metadata": {"title": name},
                }
                for k, (name, start, end) in enumerate(chapters)
            ]
        )
        for packet in cast("InputContainer", source).demux(video):
            if packet.dts is None:
                continue
            # Times of a part do not always follow those of the one before: FFmpeg makes them anew.
            packet.dts = None
            packet.stream = stream
            film.mux(packet)


def _quoted(part: Path) -> str:
    return f"file:{part.resolve().as_posix()}".replace("'", r"'\''")
