"""Manim's settings for a film, from whatever directory, and no chatter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

QUALITIES = {
    "l": (854, 480, 15),
    "m": (1280, 720, 30),
    "h": (1920, 1080, 60),
    "p": (2560, 1440, 60),
    "k": (3840, 2160, 60),
}
"""Width, height and frames a second, by Manim's letters."""


@dataclass(frozen=True)
class Format:
    """A kind of film.

    Attributes:
        ending: How its file's name ends.
        drawn_as: The format whose parts it is made from.
        transparent: Whether there is nothing behind what is drawn.
        codec: Name of the encoder; Manim's choice for the ending if empty.
        pixel_format: What it encodes; likewise.
    """

    ending: str
    drawn_as: str
    transparent: bool = False
    codec: str = "auto"
    pixel_format: str = "auto"


FORMATS = {
    "mp4": Format(".mp4", "mp4"),
    "webm": Format(".webm", "webm"),
    "gif": Format(".gif", "mp4"),
    "transparent": Format("-transparent.webm", "transparent", transparent=True),
    "mov": Format("-transparent.mov", "mov", True, "prores_ks", "yuva444p10le"),
}
"""Formats by the names that the command line gives them."""


@contextmanager
def settings(quality: str, drawn_as: str = "", **more: Any) -> Iterator[None]:
    """Use the settings of a quality and a format; a `manim.cfg` in the working directory changes no picture.

    Args:
        quality: A letter of `QUALITIES`.
        drawn_as: A name of `FORMATS`; "" where nothing is encoded.
        **more: Further settings of Manim.
    """
    from manim import config, logger, tempconfig

    from scenes.kit.drawing.style import FRAME_HEIGHT, FRAME_WIDTH

    width, height, rate = QUALITIES[quality]
    level = logger.level
    logger.setLevel("WARNING")
    with tempconfig({}):
        frame = {"pixel_width": width, "pixel_height": height, "frame_width": FRAME_WIDTH, "frame_height": FRAME_HEIGHT}
        quiet = {"progress_bar": "none", "verbosity": "WARNING", "disable_caching": True}
        config.update({"frame_rate": rate, "video_encoder_options": {}, **frame, **quiet, **more})
        if drawn_as:
            chosen = FORMATS[drawn_as]
            # It warns that WebM is slow, on stdout, where others read JSON.
            logger.setLevel("ERROR")
            config.format = chosen.ending.rpartition(".")[2]
            logger.setLevel("WARNING")
            config.transparent = chosen.transparent
            config.video_codec, config.pixel_format = chosen.codec, chosen.pixel_format
        try:
            yield
        finally:
            logger.setLevel(level)
