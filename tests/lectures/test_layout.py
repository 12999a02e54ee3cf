"""What a strict eye would see in any lecture's frames: overlaps, text outside the frame, text too small."""

from __future__ import annotations

import itertools

import pytest
from layout_checks import (
    Film,
    all_is_inside_the_frame,
    captions_can_be_read,
    filmed,
    nothing_is_too_small,
    nothing_overlaps,
)
from lessons import LESSONS

from scenes.batch.asking.catalogue import catalogue
from scenes.kit.subject.lesson import Lesson

LECTURES = [entry.load() for entry in catalogue()]
FILMS = [(lecture, name) for lecture in LECTURES for name in LESSONS if name == "notes" or not lecture.own_data_refused]
"""Every lecture on its own run, and on all kinds of data where its question allows them."""


@pytest.fixture(scope="module", params=FILMS, ids=lambda film: f"{film[0].__name__}, {film[1]}")
def film(request: pytest.FixtureRequest) -> Film:
    lecture, name = request.param
    lesson = Lesson(lecture.run()) if name == "notes" else LESSONS[name]()
    return filmed(lecture, lesson)


def test_no_text_stands_on_another(film: Film) -> None:
    nothing_overlaps(film)


def test_all_text_is_inside_the_frame(film: Film) -> None:
    all_is_inside_the_frame(film)


def test_no_text_is_too_small(film: Film) -> None:
    nothing_is_too_small(film)


def test_captions_can_be_read(film: Film) -> None:
    captions_can_be_read(film)


def test_captions_do_not_overlap_in_time(film: Film) -> None:
    for (_, end, text), (start, _, _) in zip(film[0].captions, film[0].captions[1:], strict=False):
        assert end <= start + 1e-6, text


def test_beats_are_of_a_length_that_can_be_followed(film: Film) -> None:
    for beat in film[0].beats:
        assert 5 <= beat.end - beat.start <= 25, beat
    assert film[0].duration <= 180


def test_beats_follow_each_other_without_gaps(film: Film) -> None:
    beats = film[0].beats
    assert beats[0].start == 0
    assert beats[-1].end == pytest.approx(film[0].duration)
    for one, following in itertools.pairwise(beats):
        assert one.end == pytest.approx(following.start)
