"""GIFs in two passes: one to choose 256 colours for the whole film, one to write it with them.

Manim keeps all frames in memory until the palette is known and dithers them, which for a film of two minutes takes
gigabytes and makes every frame differ from the one before. Flat colours need no dithering, and then only what moves is
written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

HEIGHT = 480
"""Most lines of a GIF: larger ones take minutes to make, and hundreds of megabytes."""

RATE = 20
"""Most frames a second of a GIF.

Its delays are hundredths of a second, and browsers play one below 20 ms as 100 ms.
"""

_SAMPLES = 8
"""Of so many frames one is looked at for the palette."""


def gif_stride(frame_rate: Fraction) -> int:
    """Of so many frames of a film a GIF shows one."""
    return math.ceil(frame_rate / RATE)


def gif_frames(frames: int, frame_rate: Fraction) -> int:
    """How many frames the GIF of a film has."""
    return -(-frames // gif_stride(frame_rate))


def write_gif(
    parts: Sequence[Path | str],
    output: Path,
    frame_rate: Fraction,
    on_frames: Callable[[int], None] = lambda count: None,
) -> None:
    """Write parts of a film as one GIF: at most `HEIGHT` lines, at most `RATE` frames a second.

    Args:
        parts: The films, in their order.
        output: The GIF.
        frame_rate: The film's frames a second.
        on_frames: Told after each frame how many there are.
    """
    stride = gif_stride(frame_rate)
    frames = sum(map(_length, parts))
    # The last frame stands for what is left: the film's need not be a multiple of the stride.
    rest = (frames - (gif_frames(frames, frame_rate) - 1) * stride) / frame_rate
    palette = _palette(parts, stride)
    with av.open(str(output.absolute()), "w", options={"final_delay": str(max(2, round(100 * rest)))}) as gif:
        graph = Graph()
        first = next(_decoded(parts, stride))
        pictures, colors = _buffer(graph, first), _buffer(graph, palette)
        scale = graph.add("scale", _size(first))
        use, sink = graph.add("paletteuse", "dither=none:diff_mode=rectangle"), graph.add("buffersink")
        pictures.link_to(scale)
        scale.link_to(use, 0, 0)
        colors.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()
        colors.push(palette)
        colors.push(None)
        stream: Any = None
        written = 0
        for frame in _with_end(_decoded(parts, stride)):
            pictures.push(frame)
            for ready in _pulled(graph):
                if stream is None:
                    stream = gif.add_stream("gif", rate=frame_rate / stride)
                    stream.width, stream.height, stream.pix_fmt = ready.width, ready.height, "pal8"
                ready.pts, ready.time_base = written, stride / frame_rate
                written += 1
                gif.mux(stream.encode(ready))
                on_frames(written)
        gif.mux(stream.encode())


def _palette(parts: Sequence[Path | str], stride: int) -> VideoFrame:
    graph = Graph()
    sampled = _decoded(parts, stride * _SAMPLES)
    first = next(sampled)
    frames, scale = _buffer(graph, first), graph.add("scale", _size(first))
    generate, sink = graph.add("palettegen", "stats_mode=full"), graph.add("buffersink")
    frames.link_to(scale)
    scale.link_to(generate)
    generate.link_to(sink)
    graph.configure()
    frames.push(first)
    for frame in _with_end(sampled):
        frames.push(frame)
    return next(_pulled(graph))


def _size(frame: VideoFrame) -> str:
    """Arguments of FFmpeg's scale that leave small films as they are."""
    height = min(frame.height, HEIGHT)
    return f"{round(frame.width * height / frame.height)}:{height}:flags=area"


def _buffer(graph: Graph, frame: VideoFrame) -> FilterContext:
    return graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, 25)
    )


def _decoded(parts: Sequence[Path | str], stride: int) -> Iterator[VideoFrame]:
    """One of so many frames of all parts, with times of their own: each part's begin at 0 again."""
    number = 0
    for part in parts:
        with av.open(str(Path(part).absolute())) as source:
            source.streams.video[0].thread_type = "AUTO"
            for frame in source.decode(video=0):
                if number % stride == 0:
                    frame.pts = number // stride
                    yield frame
                number += 1


def _length(part: Path | str) -> int:
    with av.open(str(Path(part).absolute())) as source:
        return sum(packet.pts is not None for packet in source.demux(video=0))


def _with_end(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame | None]:
    yield from frames
    yield None


def _pulled(graph: Graph) -> Iterator[Any]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
