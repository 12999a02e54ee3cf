"""Parts of a film joined as they are: nothing is encoded again.

Manim's own way names the parts in a listing, whose times add up roundings, which stumbles over apostrophes, and which
leaves out what says that a film can be seen through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

Chapter = tuple[str, float, float]
"""Name, start and end in seconds."""

_TIME_BASE = Fraction(1, 1000)

_OWN = ("DURATION",)
"""What a container says of its stream anew."""


def join_parts(
    parts: Sequence[Path | str], output: Path, frame_rate: Fraction, chapters: Sequence[Chapter] = ()
) -> None:
    """Write films of one kind one after the other, every frame equally long.

    Args:
        parts: The films.
        output: The whole film.
        frame_rate: Frames a second.
        chapters: Names and times, for the container.
    """
    # A frame is encoded before those that it is predicted from later: so much earlier must the first one begin.
    lead = max(order - place for part in parts for order, (place, _) in enumerate(_packets(part, frame_rate)))
    options = {"movflags": "faststart"} if output.suffix in (".mp4", ".mov") else {}
    with av.open(str(output.absolute()), "w", options=options) as film:
        with av.open(str(Path(parts[0]).absolute())) as first:
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
            for order, (place, packet) in enumerate(_packets(part, frame_rate)):
                # In whole frames: the clocks of parts are too coarse to be added up.
                packet.time_base, packet.duration = 1 / frame_rate, 1
                packet.pts, packet.dts = before + place, before + order - lead
                packet.stream = stream
                film.mux(packet)
            before += order + 1


def _packets(part: Path | str, frame_rate: Fraction) -> Iterator[tuple[int, Any]]:
    """Packets of a film in the order of their decoding, each with the place of its frame."""
    with av.open(str(Path(part).absolute())) as source:
        video = source.streams.video[0]
        for packet in source.demux(video):
            if packet.pts is not None and packet.time_base is not None:
                yield round(packet.pts * packet.time_base * frame_rate), packet
