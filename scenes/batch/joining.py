"""Chapters joined to a film, as they are: nothing is encoded again, except for a GIF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from scenes.batch.subtitles import Chapter
from scenes.batch.workspace import naming

_TIME_BASE = Fraction(1, 1000)

_OWN = ("DURATION",)
"""What a container says of its stream anew."""


def join(
    parts: Sequence[Path],
    output: Path,
    chapters: Sequence[Chapter],
    frame_rate: int,
    on_frames: Callable[[int], None] = lambda count: None,
) -> None:
    """Write films of one kind one after the other, with their names as chapters of the container.

    Args:
        parts: The films.
        output: The whole film; a GIF if it is named so.
        chapters: Names and times.
        frame_rate: Frames a second.
        on_frames: Told how many frames of a GIF there are, now and then.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    with naming(output):
        if output.suffix == ".gif":
            from scenes.kit.gif import write_gif

            write_gif(parts, output, Fraction(frame_rate), on_frames)
        else:
            _copy(parts, output, chapters, Fraction(frame_rate))


def _copy(parts: Sequence[Path], output: Path, chapters: Sequence[Chapter], rate: Fraction) -> None:
    # A frame is encoded before those that it is predicted from later: so much earlier must the first one begin.
    lead = max(order - place for part in parts for order, (place, _) in enumerate(_packets(part, rate)))
    options = {"movflags": "faststart"} if output.suffix in (".mp4", ".mov") else {}
    with av.open(str(output.absolute()), "w", options=options) as film:
        with av.open(str(parts[0].absolute())) as first:
            video = first.streams.video[0]
            stream = film.add_stream_from_template(template=video)
            # A container of the same kind: what this says of the encoding, ProRes' variant for one, holds there too.
            stream.codec_context.codec_tag = video.codec_context.codec_tag
            # Of some streams the metadata alone say that they can be seen through.
            stream.metadata.update({key: text for key, text in video.metadata.items() if key not in _OWN})
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
        before = 0
        for part in parts:
            order = -1
            for order, (place, packet) in enumerate(_packets(part, rate)):
                # In whole frames: the clocks of parts are too coarse to be added up.
                packet.time_base, packet.duration = 1 / rate, 1
                packet.pts, packet.dts = before + place, before + order - lead
                packet.stream = stream
                film.mux(packet)
            before += order + 1


def _packets(part: Path, rate: Fraction) -> Iterator[tuple[int, Any]]:
    """Packets of a film in the order of their decoding, each with the place of its frame."""
    with av.open(str(part.absolute())) as source:
        video = source.streams.video[0]
        for packet in source.demux(video):
            if packet.pts is not None and packet.time_base is not None:
                yield round(packet.pts * packet.time_base * rate), packet
