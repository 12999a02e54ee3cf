"""The writer of a film: segments that stay, frames that are counted, and the file that is made of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from manim.scene.scene_file_writer import SceneFileWriter

from scenes.kit.drawing.camera import LectureFileWriter, unfinished


def test_an_unfinished_film_stands_beside_the_finished_one_under_another_name() -> None:
    film = Path("films", "linear.mp4")
    assert unfinished(film).parent == film.parent
    assert unfinished(film).name.startswith(".")
    assert unfinished(film).name.endswith("-linear.mp4")


def test_all_segments_of_a_film_stay_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    for most, kept in ((-1, -1), (0, 3), (2, 3), (10, 10)):
        writer = object.__new__(LectureFileWriter)
        writer.settings = Settings(max_files_cached=most)
        writer.partial_movie_files = ["a", "b", "c"]
        monkeypatch.setattr(SceneFileWriter, "finish", lambda self: None)
        monkeypatch.setattr("scenes.kit.drawing.camera.replace", lambda old, **new: Settings(**new))
        writer.finish()
        assert writer.settings.max_files_cached == kept


class Settings(SimpleNamespace):
    """Settings of a writer, as far as they matter here."""


def test_frames_are_counted_as_often_as_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    monkeypatch.setattr(SceneFileWriter, "write_frame", lambda self, pixels, *, repeat: counted.append(-repeat))
    writer = object.__new__(LectureFileWriter)
    frame = np.zeros((2, 2, 4), np.uint8)
    writer.write_frame(frame)
    writer.on_frames = counted.append  # type: ignore[method-assign]
    writer.write_frame(frame)
    writer.write_frame(frame, repeat=3)
    assert counted == [-1, -1, 1, -3, 3]


def test_without_an_encoder_manim_makes_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(SceneFileWriter, "_create_segment_encoder", lambda self, target: "Manim's")
    writer = object.__new__(LectureFileWriter)
    writer.video_encoder = None
    assert writer._create_segment_encoder(tmp_path / "a.mp4") == "Manim's"


def test_a_gif_is_made_only_where_one_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[str] = []
    for name in ("write_gif", "join_parts"):
        monkeypatch.setattr(
            f"scenes.kit.drawing.camera.{name}",
            lambda files, output, rate, name=name: (made.append(name), output.write_bytes(b"film")),
        )
    writer = object.__new__(LectureFileWriter)
    writer.video_encoder = SimpleNamespace(frame_rate=Fraction(15))
    writer.combine_files(["a"], tmp_path / "new" / "film.mp4")
    writer.combine_files(["a"], tmp_path / "film.gif", create_gif=True)
    assert made == ["join_parts", "write_gif"]
    assert (tmp_path / "new" / "film.mp4").read_bytes() == b"film"
