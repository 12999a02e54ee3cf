"""Chapters joined to films: times, alpha, GIFs that play as fast as the film."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec
from PIL import Image
from shorts import Short, made, request

from scenes.batch.asking.catalogue import Entry
from scenes.batch.making.joining import join
from scenes.batch.making.settings import FORMATS, QUALITIES
from scenes.batch.making.tasks import told_plainly
from scenes.kit.drawing.camera import SegmentEncoder, straight
from scenes.kit.drawing.encoding import OPTIONS
from scenes.kit.drawing.gif import HEIGHT, RATE, gif_frames

WIDTH, LINES = 64, 36
LENGTHS = (1, 31, 2, 7, 40)


def part(file: Path, frames: int, rate: int, codec: str = "libx264", pixels: str = "yuv420p") -> Path:
    """A chapter of plain frames with a bar that moves on by its width every frame."""
    container = file.suffix.removeprefix(".")
    options = {"libx264": (("bf", "3"), ("preset", "medium")), "prores_ks": tuple(OPTIONS["prores_ks"].items())}.get(
        codec, ()
    )
    spec = VideoEncoderSpec(container, codec, pixels, WIDTH, LINES, Fraction(rate), options)
    encoder = SegmentEncoder(target=file, spec=spec)
    for k in range(frames):
        picture = np.full((LINES, WIDTH, 4), (40, 90, 200, 255), np.uint8)
        picture[:, 4 * k % WIDTH : 4 * k % WIDTH + 4] = 255
        encoder.write_frame(picture)
    encoder.finish()
    return file


def parts(folder: Path, ending: str, rate: int, lengths: Sequence[int] = LENGTHS, **encoder: str) -> list[Path]:
    return [part(folder / f"{k:03}{ending}", length, rate, **encoder) for k, length in enumerate(lengths)]


@pytest.mark.parametrize("rate", [15, 24, 30, 60])
@pytest.mark.parametrize(
    ("ending", "codec", "pixels"),
    [(".mp4", "libx264", "yuv420p"), (".webm", "libvpx-vp9", "yuv420p"), (".mov", "prores_ks", "yuva444p10le")],
)
def test_every_frame_lasts_equally_long(tmp_path: Path, ending: str, codec: str, pixels: str, rate: int) -> None:
    film = tmp_path / f"film{ending}"
    join(parts(tmp_path, ending, rate, codec=codec, pixels=pixels), film, [("One", 0.0, 1.0)], rate)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        clock = stream.time_base
        assert stream.average_rate == rate
    assert clock is not None
    assert len(frames) == sum(LENGTHS)
    # WebM's clock has thousandths of a second; the others' hit every frame.
    assert [frame.pts for frame in frames] == [round(Fraction(k, rate) / clock) for k in range(len(frames))]
    assert ending == ".webm" or (Fraction(1, rate) / clock).denominator == 1


def test_films_are_joined_wherever_they_are(tmp_path: Path) -> None:
    """Whatever stands in a path: it is no listing, no pattern and no address."""
    for name in ("it's", "two\nlines", "50% %03d", "C:here", "ü 中", "file:x", "-f"):
        folder = tmp_path / name
        folder.mkdir()
        drawn = parts(folder, ".mp4", 15, (2, 3))
        for film in (folder / "film.mp4", folder / "film.gif"):
            join(drawn, film, [], 15)
            assert film.stat().st_size > 0


@pytest.mark.parametrize("rate", [15, 24, 25, 30, 50, 60])
def test_a_gif_is_as_long_as_its_film_and_browsers_play_its_delays(tmp_path: Path, rate: int) -> None:
    frames, told = rate * 3, list[int]()
    gif = tmp_path / "film.gif"
    join(parts(tmp_path, ".mp4", rate, (frames - 2, 2)), gif, [], rate, told.append)
    with Image.open(gif) as picture:
        delays = []
        for k in range(picture.n_frames):
            picture.seek(k)
            delays.append(picture.info["duration"])
    # Browsers take a delay below 20 ms for one of 100 ms.
    assert min(delays) >= 20
    assert sum(delays) == pytest.approx(3000, rel=0.01)
    assert len(delays) <= 3 * RATE
    assert told == list(range(1, gif_frames(frames, Fraction(rate)) + 1))


def test_a_gif_of_a_large_film_is_small(tmp_path: Path) -> None:
    spec = VideoEncoderSpec("mp4", "libx264", "yuv420p", 1280, 720, Fraction(30), ())
    encoder = SegmentEncoder(target=tmp_path / "000.mp4", spec=spec)
    encoder.write_frame(np.full((720, 1280, 4), (0, 160, 80, 255), np.uint8), repeat=4)
    encoder.finish()
    join([tmp_path / "000.mp4"], tmp_path / "film.gif", [], 30)
    with Image.open(tmp_path / "film.gif") as gif:
        assert gif.size == (853, HEIGHT)
        assert np.abs(np.asarray(gif.convert("RGB"))[240, 400].astype(int) - (0, 160, 80)).max() < 6


def test_colours_leave_the_camera_as_films_with_alpha_hold_them() -> None:
    soft = np.array([[[100, 50, 0, 128], [0, 0, 0, 0], [10, 20, 30, 255]]], np.uint8)
    np.testing.assert_array_equal(straight(soft), [[[199, 100, 0, 128], [0, 0, 0, 0], [10, 20, 30, 255]]])


@pytest.mark.parametrize("kind", [name for name, chosen in FORMATS.items() if chosen.transparent])
def test_a_transparent_film_over_the_opaque_ones_ground_is_the_opaque_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setitem(QUALITIES, "l", (320, 180, 15))
    monkeypatch.setattr(Entry, "load", lambda self: Short)
    (film,) = made([request()], tmp_path, kind)
    opaque = frames_of(film.bundle / "short.mp4")[-1].to_ndarray(format="rgb24").astype(float)
    seen_through = frames_of(film.bundle / f"short{FORMATS[kind].ending}")[-1].to_ndarray(format="rgba").astype(float)
    ground = opaque[0, 0]
    share = seen_through[..., 3:] / 255
    assert (share < 0.05).mean() > 0.7, "there is something behind what is drawn"
    assert share.max() > 0.95
    laid_over = seen_through[..., :3] * share + ground * (1 - share)
    # Encoded twice, once with half the colours: a dark seam around every letter would be some 20.
    assert np.abs(laid_over - opaque).mean() < 2.5
    edges = (share[..., 0] > 0.2) & (share[..., 0] < 0.8)
    assert abs((laid_over - opaque)[edges].mean()) < 8


def frames_of(film: Path) -> list[av.VideoFrame]:
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        if stream.codec_context.name != "vp9":
            return list(container.decode(stream))
        # FFmpeg's own decoder leaves the alpha channel out.
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        return [frame for packet in container.demux(stream) for frame in decoder.decode(packet)]


def test_a_film_for_editors_is_prores_4444(tmp_path: Path) -> None:
    film = tmp_path / "film.mov"
    join(parts(tmp_path, ".mov", 15, (2, 3), codec="prores_ks", pixels="yuva444p10le"), film, [], 15)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.codec_tag == "ap4h"
        assert stream.codec_context.pix_fmt.startswith("yuva444p")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("ending", [".mp4", ".webm", ".mov", ".gif"])
def test_a_full_disk_is_told_with_the_films_name(tmp_path: Path, ending: str) -> None:
    codec = {".webm": "libvpx-vp9", ".mov": "prores_ks"}.get(ending, "libx264")
    pixels = "yuva444p10le" if ending == ".mov" else "yuv420p"
    drawn = parts(tmp_path, ".mp4" if ending == ".gif" else ending, 15, (9, 2), codec=codec, pixels=pixels)
    film = tmp_path / f"film{ending}"
    film.symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        join(drawn, film, [], 15)
    assert (caught.value.errno, caught.value.filename) == (28, str(film))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_of_another_process_is_told(tmp_path: Path) -> None:
    """A cluster sends an error with all that it came from."""
    from tblib import pickling_support

    drawn = parts(tmp_path, ".mp4", 15, (9, 2))
    film = tmp_path / "film.mp4"
    film.symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        told_plainly(lambda: join(drawn, film, [], 15))()
    pickling_support.install(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.errno, again.filename) == (28, str(film))
