"""GIFs: at most 480 lines and 20 frames a second, as long as their film."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from scenes.kit.drawing.gif import _size, gif_frames, gif_stride, write_gif

RED, GREEN, BLUE = COLORS = (250, 0, 0), (0, 250, 0), (0, 0, 250)


def film(path: Path, colors: list[tuple[int, int, int]], rate: int, size: tuple[int, int] = (32, 24)) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv444p"
        for color in colors:
            picture = np.full((size[1], size[0], 3), color, np.uint8)
            # The palette is chosen from one frame of eight: each has all colours somewhere.
            picture[-8:, :8], picture[-8:, 8:16], picture[-8:, 16:] = COLORS
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path


def shown(path: Path) -> list[tuple[tuple[int, ...], int]]:
    """Colour and milliseconds of each picture."""
    found = []
    with Image.open(path) as gif:
        for k in range(gif.n_frames):
            gif.seek(k)
            found.append((gif.convert("RGB").getpixel((5, 5)), int(gif.info["duration"])))
    return found


@pytest.mark.parametrize(("rate", "stride"), [(15, 1), (20, 1), (21, 2), (30, 2), (40, 2), (60, 3), (61, 4)])
def test_a_gif_shows_no_more_than_20_frames_a_second(rate: int, stride: int) -> None:
    assert gif_stride(Fraction(rate)) == stride
    assert gif_frames(1, Fraction(rate)) == 1
    assert gif_frames(stride + 1, Fraction(rate)) == 2
    assert gif_frames(10 * stride, Fraction(rate)) == 10


def test_parts_follow_each_other_and_the_last_picture_stands_for_what_is_left(tmp_path: Path) -> None:
    parts = [film(tmp_path / "1.mp4", [RED] * 3, 30), film(tmp_path / "2.mp4", [RED, GREEN, GREEN, BLUE], 30)]
    counted: list[int] = []
    write_gif(parts, tmp_path / "film.gif", Fraction(30), counted.append)
    found = shown(tmp_path / "film.gif")
    colors = [max(range(3), key=color.__getitem__) for color, _ in found]
    # Of 7 frames the first of every two: red, red, green or what follows, and the last one alone.
    assert colors[0] == 0
    assert colors[-1] == 2
    assert counted == [1, 2, 3, 4]
    # Hundredths of a second; the last picture stands for one frame of 1/30 s.
    assert sum(time for _, time in found) == pytest.approx(1000 * 7 / 30, abs=15)
    assert found[-1][1] == 30


def test_large_films_are_made_smaller_and_small_ones_stay() -> None:
    frames = {height: av.VideoFrame(round(height * 16 / 9), height, "yuv420p") for height in (240, 480, 1080)}
    assert [_size(frame).partition(":flags")[0] for frame in frames.values()] == ["427:240", "853:480", "853:480"]


def test_no_picture_is_shorter_than_browsers_play(tmp_path: Path) -> None:
    write_gif([film(tmp_path / "1.mp4", [RED] * 6 + [GREEN], 120)], tmp_path / "film.gif", Fraction(120))
    assert shown(tmp_path / "film.gif")[-1][1] == 20
