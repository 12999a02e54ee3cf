"""x264's settings by time, size and fidelity, on frames of the film: a 2-D part and a part with the landscape.

PSNR is that of all samples of all frames compared, luma and chroma as they are stored (yuv420p), between what the
encoder got and what a decoder gives back. Manim's default is what libx264 does with crf 23: preset medium, no tune.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter

import av
import numpy as np
from contest import fastest
from manim import tempconfig
from play_clock import BeatClock, Pixels
from table import print_table

from scenes.kit.drawing.encoding import OPTIONS
from scenes.linear import LinearFit

PARTS = (("The model", 30), ("The descent", 300))
"""Beats, and how many of their moving frames to leave out: the landscape turns in the middle of its beat."""

FRAMES = 80
"""Consecutive frames of each part."""

RATE = 60
QUALITIES = (17, 18, 19, 20, 23)
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium")
TUNES = ("", "animation")
COMPARED = 6
"""Every so many frames one is compared."""


@dataclass(frozen=True)
class Settings:
    """Settings of x264; `tune` may be empty."""

    crf: int
    preset: str
    tune: str = ""

    @property
    def options(self) -> dict[str, str]:
        """As the encoder takes them."""
        tune = {"tune": self.tune} if self.tune else {}
        return {"crf": str(self.crf), "preset": self.preset, **tune}


MANIM = Settings(23, "medium")


def frames_of(beat: str, first: int) -> list[av.VideoFrame]:
    """Moving frames of a beat from one on, in the encoder's pixel format."""
    frames: list[av.VideoFrame] = []
    numbers = itertools.count()

    def keep(pixels: Pixels) -> None:
        if first <= next(numbers) < first + FRAMES:
            frames.append(av.VideoFrame.from_numpy_buffer(pixels, format="rgba").reformat(format="yuv420p"))

    settings = {"pixel_width": 1920, "pixel_height": 1080, "frame_rate": RATE, "format": "none", "progress_bar": "none"}
    with tempconfig(settings):
        renderer = BeatClock((beat,))
        renderer.on_frame = keep
        LinearFit(renderer=renderer).render()
    return frames


def encode(frames: Sequence[av.VideoFrame], settings: Settings) -> tuple[float, bytes]:
    """Encode frames into memory; returns milliseconds a frame, and the file."""
    file = io.BytesIO()
    start = perf_counter()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE, options=settings.options)
        stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        for k, frame in enumerate(frames):
            frame.pts, frame.time_base = k, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return 1000 * (perf_counter() - start) / len(frames), file.getvalue()


def psnr(frames: Sequence[av.VideoFrame], file: bytes) -> float:
    """Peak signal-to-noise ratio in dB."""
    with av.open(io.BytesIO(file)) as container:
        errors = [
            _squared_error(decoded.to_ndarray(), frames[k].to_ndarray())
            for k, decoded in enumerate(container.decode(video=0))
            if k % COMPARED == 0
        ]
    return float(10 * np.log10(255**2 / max(float(np.mean(errors)), 1e-9)))


def _squared_error(first: Pixels, second: Pixels) -> float:
    difference = np.subtract(first, second, dtype=np.int16).astype(np.float32).ravel()
    return float(difference @ difference) / difference.size


def report(repeats: int) -> None:
    """Print all settings from the fastest to the slowest; a star where the picture is no worse than Manim's."""
    frames = [frame for part in PARTS for frame in frames_of(*part)]
    every = [Settings(*choice) for choice in itertools.product(QUALITIES, PRESETS, TUNES)]
    files: dict[Settings, bytes] = {}

    def turn(settings: Settings) -> float:
        taken, files[settings] = encode(frames, settings)
        return taken

    times = fastest({settings: (lambda settings=settings: turn(settings)) for settings in every}, repeats)
    fidelity = {settings: psnr(frames, files[settings]) for settings in every}
    ours = OPTIONS["libx264"]
    rows = []
    for settings in sorted(every, key=lambda settings: times[settings]):
        note = "Manim" if settings == MANIM else "film" if settings.options == ours else ""
        star = "*" if fidelity[settings] >= fidelity[MANIM] else ""
        row = (f"crf {settings.crf} {settings.preset} {settings.tune}", f"{times[settings]:.2f}")
        size = len(files[settings]) / len(files[MANIM])
        ratio = times[settings] / times[MANIM]
        rows.append((*row, f"{ratio:.2f}", f"{size:.2f}", f"{fidelity[settings]:.2f}", star, note))
    title = f"x264 on {len(frames)} frames of the film (*: PSNR no lower than with Manim's default)"
    print_table(title, ("", "ms a frame", "time", "size", "PSNR, dB", "", ""), rows)
