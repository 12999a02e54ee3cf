"""What stands in a bundle: the poster's moment, the formats that stay, and what tells one film from another."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec
from PIL import Image

from scenes.batch.making.bundle import _poster, formats_there, other_film
from scenes.batch.making.tasks import Outline
from scenes.kit.drawing.camera import SegmentEncoder

RATE, FRAMES = 10, 50
OUTLINE = Outline("", "", FRAMES, 5.0, (), (), b"", b"", "{}", (), 0.0)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Five seconds that grow brighter: frame k is a grey of 5 k."""
    file = tmp_path / "film.mp4"
    encoder = SegmentEncoder(
        target=file, spec=VideoEncoderSpec("mp4", "libx264", "yuv420p", 64, 36, Fraction(RATE), ())
    )
    for k in range(FRAMES):
        encoder.write_frame(np.dstack([np.full((36, 64, 3), 5 * k, np.uint8), np.full((36, 64), 255, np.uint8)]))
    encoder.finish()
    return file


def frame_of_poster(film: Path, outline: Outline) -> int:
    poster = film.with_name("poster.png")
    _poster(film, outline, poster)
    return round(float(np.asarray(Image.open(poster).convert("L")).mean()) / 5)


CHAPTERS = (("Short", 0.0, 1.0), ("Long", 1.0, 3.0), ("The best", 3.0, 5.0))
CAPTIONS = ((0.2, 0.9, "one"), (1.0, 1.5, "two"), (1.6, 2.6, "three"), (3.0, 5.0, "four"))


def test_the_poster_is_under_the_last_caption_of_the_longest_chapter_but_the_last(film: Path) -> None:
    outline = replace(OUTLINE, chapters=CHAPTERS, captions=CAPTIONS)
    # At 1.6 + 0.7 s, where frame 23 begins to stand.
    assert frame_of_poster(film, outline) == pytest.approx(23, abs=1)
    # A caption may end with its chapter, but for rounding.
    outline = replace(outline, captions=(*CAPTIONS[:2], (2.0, 3.0 + 1e-9, "three"), *CAPTIONS[3:]))
    assert frame_of_poster(film, outline) == pytest.approx(27, abs=1)


def test_of_one_chapter_or_without_captions_there_is_a_poster_too(film: Path) -> None:
    alone = replace(OUTLINE, chapters=(("Only", 0.0, 5.0),), captions=((0.0, 1.0, "one"), (2.0, 4.0, "two")))
    assert frame_of_poster(film, alone) == pytest.approx(34, abs=1)
    # In the middle of all up to the chapter's end.
    assert frame_of_poster(film, replace(OUTLINE, chapters=CHAPTERS)) == pytest.approx(15, abs=1)


MADE_FROM = {"code": "a", "request": "b", "quality": [854, 480, 15], "versions": {"numpy": "2"}}


def there(folder: Path, **changed: Any) -> Path:
    """A folder in which a film stands that is made from something."""
    films = {"mp4": "film.mp4", "gif": "film.gif", "of another program": "film.x"}
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"films": films, "made_from": {**MADE_FROM, **changed}}))
    return folder


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({}, ""),
        ({"code": "c", "versions": {}}, ""),
        ({"request": "c"}, "other data or options"),
        ({"quality": [1, 2, 3]}, "another quality"),
        ({"request": "c", "quality": [1, 2, 3]}, "other data or options, another quality"),
    ],
)
def test_a_film_is_another_one_by_its_request_and_quality(
    tmp_path: Path, changed: dict[str, Any], differs: str
) -> None:
    assert other_film(there(tmp_path / "film", **changed), MADE_FROM) == differs


def test_formats_of_the_same_film_stay(tmp_path: Path) -> None:
    assert formats_there(there(tmp_path / "same"), MADE_FROM) == ("mp4", "gif")
    assert formats_there(there(tmp_path / "other", code="c"), MADE_FROM) == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"films": []}', '{"films": {}, "made_from": "b"}'])
def test_what_is_no_manifest_is_no_film(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert (other_film(tmp_path, MADE_FROM), formats_there(tmp_path, MADE_FROM)) == ("", ())
