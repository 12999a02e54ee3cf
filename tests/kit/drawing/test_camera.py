"""The camera's short cuts change nothing but the time they take."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim import Circle, Scene, Square, VGroup, tempconfig
from manim._config.video_encoder import VideoEncoderSpec
from manim.camera.camera import Camera
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.kit.drawing import camera
from scenes.kit.drawing.camera import FramePool, LectureCamera, LectureFileWriter, LectureRenderer, SegmentEncoder
from scenes.kit.drawing.painting import Canvas, Painting, Tween
from scenes.kit.text.formula import Pen


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


@pytest.mark.parametrize("ending", [".mp4", ".gif"])
def test_a_film_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    def broken(files: list[str], output: Path, *rest: object) -> None:
        output.write_bytes(b"half")
        raise OSError("No space left on device")

    for name in ("write_gif", "join_parts"):
        monkeypatch.setattr(camera, name, broken)
    film = tmp_path / f"film{ending}"
    film.write_bytes(b"older")
    writer = object.__new__(LectureFileWriter)
    writer.video_encoder = VideoEncoderSpec("mp4", "libx264", "yuv420p", 96, 64, Fraction(30), ())
    with pytest.raises(OSError, match="No space"):
        writer.combine_files(["a"], film, create_gif=ending == ".gif")
    assert film.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [film]


def test_stock_manims_films_can_be_seen_through_too_wherever_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "it's a course, 50%"
    config = {
        "media_dir": str(folder), "pixel_width": 64, "pixel_height": 36, "frame_rate": 15, "format": "webm",
        "transparent": True, "disable_caching": True, "progress_bar": "none", "video_encoder_options": {},
    }  # fmt: skip
    with tempconfig(config):
        scene = TwoParts(renderer=LectureRenderer())
        scene.render()
        film = Path(scene.renderer.file_writer.output_plan.primary_artifact)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert {key.lower(): text for key, text in stream.metadata.items()}["alpha_mode"] == "1"
        assert sum(1 for _ in container.decode(stream)) == 8


class TwoParts(Scene):
    def construct(self) -> None:
        self.wait(4 / 15)
        self.wait(4 / 15)
