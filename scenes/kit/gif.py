"""GIFs in two passes: one to choose 256 colours for the whole film, one to write it with them.

Manim keeps all frames in memory until the palette is known and dithers them, which for a film of two minutes takes
gigabytes and makes every frame differ from the one before. Flat colours need no dithering, and then only what moves is
written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame


def write_gif(segments: bytes, output: Path, frame_rate: Fraction) -> None:
    """Write segments of a film as one GIF.

    Args:
        segments: A list of files as FFmpeg's concat demuxer reads it.
        output: The GIF.
        frame_rate: Its frames a second.
    """
    palette = _palette(segments)
    with av.open(BytesIO(segments), options={"safe": "0"}, format="concat") as source, av.open(str(output), "w") as gif:
        video = source.streams.video[0]
        stream = gif.add_stream("gif", rate=frame_rate)
        stream.width, stream.height, stream.pix_fmt = video.width, video.height, "pal8"
        graph = Graph()
        frames, colors = graph.add_buffer(template=video), _buffer(graph, palette)
        use, sink = graph.add("paletteuse", "dither=none:diff_mode=rectangle"), graph.add("buffersink")
        frames.link_to(use, 0, 0)
        colors.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()
        colors.push(palette)
        colors.push(None)
        written = 0
        for frame in _with_end(_decoded(source)):
            frames.push(frame)
            for ready in _pulled(graph):
                ready.pts, ready.time_base = written, 1 / frame_rate
                written += 1
                gif.mux(stream.encode(ready))
        gif.mux(stream.encode())


def _palette(segments: bytes) -> VideoFrame:
    with av.open(BytesIO(segments), options={"safe": "0"}, format="concat") as source:
        graph = Graph()
        frames, generate, sink = (
            graph.add_buffer(template=source.streams.video[0]),
            graph.add("palettegen", "stats_mode=full"),
            graph.add("buffersink"),
        )
        frames.link_to(generate)
        generate.link_to(sink)
        graph.configure()
        for frame in _with_end(_decoded(source)):
            frames.push(frame)
        return next(_pulled(graph))


def _buffer(graph: Graph, frame: VideoFrame) -> FilterContext:
    return graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, 25)
    )


def _decoded(source: Any) -> Iterator[VideoFrame]:
    """Frames with times of their own: each segment's begin at 0 again."""
    for number, frame in enumerate(source.decode(video=0)):
        frame.pts = number
        yield frame


def _with_end(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame | None]:
    yield from frames
    yield None


def _pulled(graph: Graph) -> Iterator[Any]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
