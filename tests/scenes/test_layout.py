"""What a strict eye would see in any lecture's frames: overlaps, text outside the frame, text too small."""

from __future__ import annotations

import itertools

import pytest
from lessons import LESSONS
from manim import tempconfig

from scenes.batch.asking.catalogue import catalogue
from scenes.kit.drawing.painting import TextBox
from scenes.kit.drawing.style import FRAME_HEIGHT, FRAME_WIDTH, SMALLEST_TEXT
from scenes.kit.story.rehearsal import Rehearsal, rehearse, text_boxes
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import LINE, LINES, READING_SPEED

LECTURES = [entry.load() for entry in catalogue()]
FILMS = [(lecture, name) for lecture in LECTURES for name in LESSONS if name == "notes" or not lecture.own_data_refused]
"""Every lecture on its own run, and on all kinds of data where its question allows them."""

TOUCH = 0.02
"""Boxes of italic letters reach over their neighbours' by a pixel or two of 1080."""


@pytest.fixture(scope="module", params=FILMS, ids=lambda film: f"{film[0].__name__}, {film[1]}")
def film(request: pytest.FixtureRequest) -> tuple[Rehearsal, list[float], list[list[TextBox]]]:
    lecture, name = request.param
    lesson = Lesson(lecture.run()) if name == "notes" else LESSONS[name]()
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearsal = rehearse(lecture, lesson)
        times = {(start + end) / 2 for start, end, _ in rehearsal.captions}
        for beat in rehearsal.beats:
            times |= {beat.start + 0.01, (beat.start + beat.end) / 2, beat.end - 0.07}
        ordered = sorted(times)
        return rehearsal, ordered, text_boxes(lecture, lesson, ordered)


def test_no_text_stands_on_another(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    for time, boxes in zip(film[1], film[2], strict=True):
        for k, one in enumerate(boxes):
            for other in boxes[:k]:
                across = min(one.right, other.right) - max(one.left, other.left)
                up = min(one.top, other.top) - max(one.bottom, other.bottom)
                assert not (across > TOUCH and up > TOUCH), f"at {time:.1f} s {one.text!r} stands on {other.text!r}"


def test_all_text_is_inside_the_frame(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    for time, boxes in zip(film[1], film[2], strict=True):
        assert boxes, f"no text at {time:.1f} s"
        for box in boxes:
            assert box.left > -FRAME_WIDTH / 2, f"at {time:.1f} s {box.text!r} leaves the frame on the left"
            assert box.right < FRAME_WIDTH / 2, f"at {time:.1f} s {box.text!r} leaves the frame on the right"
            assert box.bottom > -FRAME_HEIGHT / 2, f"at {time:.1f} s {box.text!r} leaves the frame below"
            assert box.top < FRAME_HEIGHT / 2, f"at {time:.1f} s {box.text!r} leaves the frame above"


def test_no_text_is_too_small(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    smallest = min((box for boxes in film[2] for box in boxes), key=lambda box: box.size)
    assert smallest.size >= SMALLEST_TEXT, smallest


def test_captions_can_be_read(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    assert len(film[0].captions) >= 10
    for start, end, text in film[0].captions:
        lines = text.split("\n")
        assert len(lines) <= LINES, text
        assert max(map(len, lines)) <= LINE, text
        assert len(text) / (end - start) <= READING_SPEED, text


def test_captions_do_not_overlap_in_time(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    for (_, end, text), (start, _, _) in zip(film[0].captions, film[0].captions[1:], strict=False):
        assert end <= start + 1e-6, text


def test_beats_are_of_a_length_that_can_be_followed(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    for beat in film[0].beats:
        assert 5 <= beat.end - beat.start <= 25, beat
    assert film[0].duration <= 180


def test_beats_follow_each_other_without_gaps(film: tuple[Rehearsal, list[float], list[list[TextBox]]]) -> None:
    beats = film[0].beats
    assert beats[0].start == 0
    assert beats[-1].end == pytest.approx(film[0].duration)
    for one, following in itertools.pairwise(beats):
        assert one.end == pytest.approx(following.start)
