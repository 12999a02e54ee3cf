"""Manim's settings for a film: the project's `manim.cfg` from whatever directory, and no chatter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from manim import config, logger, tempconfig

from scenes.batch.catalogue import SOURCES

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
def settings(quality: str, file_format: str = "", **more: Any) -> Iterator[None]:
    """Use the settings of a quality and a format.

    Args:
        quality: A letter of `QUALITIES`.
        file_format: mp4, webm or gif; "" where nothing is encoded.
        **more: Further settings of Manim.
    """
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
        if file_format == "webm":
            config.video_encoder_options = _VP9
        try:
            yield
        finally:
            logger.setLevel(level)
