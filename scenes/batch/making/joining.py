"""Chapters joined to a film; all formats but a GIF as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

from scenes.batch.making.workspace import naming
from scenes.kit.drawing.gif import write_gif
from scenes.kit.drawing.joining import Chapter, join_parts


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
        on_frames: Told after each frame of a GIF how many there are.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    with naming(output):
        if output.suffix == ".gif":
            write_gif(parts, output, Fraction(frame_rate), on_frames)
        else:
            join_parts(parts, output, Fraction(frame_rate), chapters)
