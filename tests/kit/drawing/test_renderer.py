"""Frames of a renderer: which it draws, over what, and how many it hands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Circle, Scene, Square, tempconfig
from PIL import Image

from scenes.kit.drawing.camera import FramePool, LectureCamera, LectureRenderer, straight
from scenes.kit.drawing.painting import Canvas, Painting

TINY = {"pixel_width": 64, "pixel_height": 36, "frame_rate": 15, "format": "none"}
WHITE = (255,) * 4


class Half(Painting):
    """The left or the right half of the frame in white."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._side = side

    def paint(self, canvas: Canvas) -> None:
        x = 8.0 * self._side
        canvas.polygon([(0.0, -8.0), (x, -8.0), (x, 8.0), (0.0, 8.0)], "#FFFFFF")


@pytest.fixture
def scene() -> Iterator[Scene]:
    with tempconfig(TINY):
        yield Scene(renderer=LectureRenderer())


def halves(renderer: LectureRenderer) -> tuple[bool, bool]:
    """Whether the left and the right half are white."""
    pixels = renderer.camera.pixel_array
    return tuple(pixels[18, 16]) == WHITE, tuple(pixels[18, 48]) == WHITE


def test_what_moves_is_drawn_over_what_stands_still(scene: Scene) -> None:
    renderer, left, right = scene.renderer, Half(-1), Half(1)
    scene.add(left, right)
    renderer.update_frame(scene)
    assert halves(renderer) == (True, True), "all of it, over nothing"
    kept = renderer.save_static_frame_data(scene, [left])
    assert kept is renderer.static_image
    assert halves(renderer) == (True, False)
    before = renderer.camera.pixel_array
    renderer.update_frame(scene, [right])
    assert halves(renderer) == (True, True)
    assert renderer.camera.pixel_array is not before, "the encoder may still hold the last frame"
    renderer.update_frame(scene, [])
    assert halves(renderer) == (True, False), "the picture of what stands still is as it was"


def test_nothing_is_drawn_where_a_play_is_skipped(scene: Scene) -> None:
    renderer, left = scene.renderer, Half(-1)
    renderer.update_frame(scene)
    renderer.skip_animations = True
    assert renderer.save_static_frame_data(scene, [left]) is None
    assert renderer.static_image is None
    handed: list[Any] = []
    renderer.add_frame = lambda *frame, **options: handed.append(frame)  # type: ignore[method-assign]
    renderer.render(scene, 0.0, [left])
    assert not handed
    renderer.update_frame(scene, [left], ignore_skipping=False)
    assert halves(renderer) == (False, False)
    renderer.update_frame(scene, [left])
    assert halves(renderer) == (True, False), "but for a last frame that is asked for"
    renderer.skip_animations = False
    renderer.render(scene, 0.0, [left])
    assert handed == [(renderer.camera.pixel_array,)]


@pytest.mark.parametrize(("seconds", "frames"), [(1.0, 15), (0.3, 4), (0.31, 5), (0.01, 1), (2 / 15 - 1e-9, 2)])
def test_a_play_has_as_many_frames_as_it_is_long(scene: Scene, seconds: float, frames: int) -> None:
    renderer = scene.renderer
    assert renderer.frame_times(seconds) == [k / 15 for k in range(frames)]
    handed: list[int] = []
    renderer.add_frame = lambda frame, num_frames=1: handed.append(num_frames)  # type: ignore[method-assign]
    renderer.freeze_current_frame(seconds)
    assert handed == [frames]
    renderer.skip_animations = True
    assert renderer.frame_times(seconds) == [seconds], "a skipped play only sees its end"


def test_a_chapter_that_is_skipped_is_not_drawn(scene: Scene) -> None:
    renderer = scene.renderer
    assert renderer.chapter is None
    assert renderer.is_drawing
    renderer.file_writer.next_section("one", "", skip_animations=True)
    assert not renderer.is_drawing
    renderer.file_writer.next_section("two", "", skip_animations=False)
    assert renderer.is_drawing
    renderer._original_skipping_status = True
    assert not renderer.is_drawing


class About(Scene):
    lesson = "a"


def test_segments_have_names_of_their_film_and_number_where_there_is_a_cache() -> None:
    names = []
    for uncached in (False, True):
        with tempconfig({**TINY, "disable_caching": uncached}):
            scene = About(renderer=LectureRenderer())
            for number in (0, 1, 1):
                scene.renderer.num_plays = number
                names.append(scene.renderer._segment(scene))
    assert names[3:] == ["uncached_00000", "uncached_00001", "uncached_00001"]
    first, second, again = names[:3]
    assert second == again != first
    assert len(first) == 64


def test_chapters_have_segments_of_their_own() -> None:
    with tempconfig({**TINY, "disable_caching": False}):
        names = {
            chapter: (scene := About(renderer=LectureRenderer(chapter))).renderer._segment(scene)
            for chapter in (None, 0, 1)
        }
    assert len(set(names.values())) == 3


def test_what_can_be_seen_through_has_its_whole_colour() -> None:
    pixels = np.array([[[120, 50, 0, 200], [128, 64, 1, 128], [9, 8, 7, 255], [0, 0, 0, 0], [10, 10, 9, 9]]], np.uint8)
    expected = [[153, 64, 0, 200], [255, 128, 2, 128], [9, 8, 7, 255], [0, 0, 0, 0], [255, 255, 255, 9]]
    assert straight(pixels)[0].tolist() == expected
    assert pixels[0, 0].tolist() == [120, 50, 0, 200], "the frame itself stays"


def test_backgrounds_are_as_cairo_has_them(tmp_path: Path) -> None:
    with tempconfig(TINY):
        half = LectureCamera(background_color="#FF8000", background_opacity=0.5)
        assert half.pixel_array.shape == (36, 64, 4)
        assert half.pixel_array[7, 9].tolist() == [127, 64, 0, 127]
        whole = LectureCamera(background_color="#FF8000")
        assert (whole.pixel_array == (255, 128, 0, 255)).all()
        Image.new("RGBA", (64, 36), (1, 2, 3, 255)).save(tmp_path / "ground.png")
        assert LectureCamera(background_image=str(tmp_path / "ground.png")).pixel_array[7, 9].tolist() == [1, 2, 3, 255]


def test_a_painting_is_given_the_frame_its_scale_and_its_opacity() -> None:
    seen: list[tuple[bool, float, float, object]] = []

    class Asking(Painting):
        def paint(self, canvas: Canvas) -> None:
            seen.append((canvas.pixels is camera.pixel_array, canvas.scale, canvas.alpha, canvas.texts))

    with tempconfig(TINY):
        camera = LectureCamera()
        faint, hidden = Asking(), Asking()
        faint.opacity, hidden.opacity = 0.25, 0.0
        camera.capture_mobjects([faint, hidden, Asking()])
        camera.texts = []
        camera.capture_mobjects([faint])
    # 36 lines for 8 units.
    assert seen == [(True, 4.5, 0.25, None), (True, 4.5, 1.0, None), (True, 4.5, 0.25, [])]


def test_invisible_fills_and_strokes_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    for name in ("apply_fill", "apply_stroke", "set_cairo_context_path"):
        monkeypatch.setattr(LectureCamera, name, lambda *args, name=name: drawn.append(name))
    with tempconfig(TINY):
        camera = LectureCamera()
    path, fill, stroke = "set_cairo_context_path", "apply_fill", "apply_stroke"
    for shape, expected in (
        (Square(fill_opacity=1.0, stroke_width=0), [path, fill]),
        (Square(fill_opacity=0.0, stroke_width=2), [path, stroke]),
        (Square(fill_opacity=0.5, stroke_width=2, stroke_opacity=0.5), [path, fill, stroke]),
        (Circle(fill_opacity=0.0, stroke_width=2, stroke_opacity=0.0), []),
    ):
        drawn.clear()
        camera.display_vectorized(shape, None)
        assert drawn == expected


def test_a_buffer_is_prepared_once_and_used_again_when_it_is_let_go() -> None:
    prepared: list[int] = []
    pool = FramePool((3, 5, 4), lambda buffer: prepared.append(id(buffer)))
    for _ in range(3):
        buffer = pool.take()
        assert (buffer.shape, buffer.dtype) == ((3, 5, 4), np.uint8)
        del buffer
    assert len(prepared) == 1
