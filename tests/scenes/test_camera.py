"""The camera's short cuts change nothing but the time they take."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim import Circle, Square, VGroup, tempconfig
from manim._config.video_encoder import VideoEncoderSpec
from manim.camera.camera import Camera
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.kit.camera import FramePool, LectureCamera, SegmentEncoder
from scenes.kit.formula import Pen
from scenes.kit.painting import Canvas, Painting, Tween


def test_vmobjects_look_as_stock_manim_draws_them() -> None:
    shapes = VGroup(
        Square(fill_opacity=0.5), Circle(stroke_width=7).shift([1, 0, 0]), Circle(stroke_opacity=0).shift([-2, 0, 0]),
        Pen().math(r"\frac{1}{2}"),
    )  # fmt: skip
    with tempconfig({"pixel_width": 320, "pixel_height": 180}):
        stock, ours = Camera(), LectureCamera()
        stock.capture_mobjects([shapes])
        for _ in range(2):  # the second time from kept paths
            ours.reset()
            ours.capture_mobjects([shapes])
            # Strokes of no width and fills of no opacity are left out: that may not change a pixel.
            np.testing.assert_array_equal(ours.pixel_array, stock.pixel_array)
        shapes.shift([0.5, 0.25, 0])
        stock.reset()
        ours.reset()
        stock.capture_mobjects([shapes])
        ours.capture_mobjects([shapes])
        np.testing.assert_array_equal(ours.pixel_array, stock.pixel_array)


def test_a_frame_that_somebody_holds_is_not_drawn_over() -> None:
    attached: list[np.ndarray] = []  # as the camera's Cairo surfaces are
    pool = FramePool((2, 2, 4), attached.append)
    held = pool.take()
    other = pool.take()
    assert other is not held
    address = id(held)
    del held
    assert id(pool.take()) == address


def test_segments_hold_the_frames_that_stock_manim_would_write(tmp_path: Path) -> None:
    frames = [np.full((64, 96, 4), (k * 40, 90, 200, 255), np.uint8) for k in range(5)]
    spec = VideoEncoderSpec("mp4", "libx264", "yuv420p", 96, 64, Fraction(30), (("crf", "20"), ("preset", "veryfast")))
    decoded = []
    for encoder_class in (VideoSegmentEncoder, SegmentEncoder):
        target = tmp_path / f"{encoder_class.__name__}.mp4"
        encoder = encoder_class(target=target, spec=spec)
        for k, frame in enumerate(frames):
            encoder.write_frame(frame, repeat=1 + k)
        encoder.finish()
        with av.open(str(target)) as container:
            decoded.append(np.stack([frame.to_ndarray() for frame in container.decode(video=0)]))
    assert len(decoded[0]) == 15
    np.testing.assert_array_equal(decoded[0], decoded[1])


class Spot(Painting):
    value = 0.0

    def paint(self, canvas: Canvas) -> None:
        canvas.disc(0, 0, 1, "#FF8000")


def test_paintings_keep_their_colour_and_opacity() -> None:
    with tempconfig({"pixel_width": 64, "pixel_height": 36}):
        camera = LectureCamera(background_color="#000000")
        spot = Spot()
        camera.capture_mobjects([spot])
        np.testing.assert_array_equal(camera.pixel_array[18, 32], (255, 128, 0, 255))
        spot.opacity = 0.0
        camera.reset()
        camera.capture_mobjects([spot])
        assert camera.pixel_array[18, 32, 0] == 0


def test_tween_goes_from_where_it_is_to_exactly_there() -> None:
    spot = Spot()
    tween = Tween(spot, 1.0, value=1 / 3)
    tween.begin()
    tween.interpolate(0.5)
    assert 0 < spot.value < 1 / 3
    tween.finish()
    assert spot.value == 1 / 3


def test_a_film_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from manim.scene.scene_file_writer import SceneFileWriter

    from scenes.kit.camera import LectureFileWriter

    def broken(self: object, files: list[str], output: Path, *rest: object) -> None:
        output.write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(SceneFileWriter, "combine_files", broken)
    film = tmp_path / "film.mp4"
    film.write_bytes(b"older")
    with pytest.raises(OSError, match="No space"):
        LectureFileWriter.combine_files(object.__new__(LectureFileWriter), ["a"], film)
    assert film.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [film]
