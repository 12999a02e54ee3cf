"""Frames of a film without the film: stills at given times, and where every text stands in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import Mobject, tempconfig
from told import LONG, RUN, SMALL, Spot, film

from scenes.kit.drawing.frame import CAPTION, CAPTION_LEADING
from scenes.kit.drawing.painting import Canvas, Tween
from scenes.kit.drawing.style import Size
from scenes.kit.story.rehearsal import rehearse, stills, text_boxes
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.look import Look
from scenes.kit.text.formula import Formula
from scenes.kit.words.own_words import OwnWords


@pytest.fixture(autouse=True)
def small():  # type: ignore[no-untyped-def]
    with tempconfig(SMALL):
        yield


def test_a_caption_of_two_lines_stands_around_the_place_of_one() -> None:
    one, two = LONG[:20], LONG
    found = []
    for text in (one, two):
        (boxes, *_) = text_boxes(film(lambda self, text=text: self.say(text)), Lesson(RUN), [0.2])
        found.append(next(box for box in boxes if box.text.startswith("A caption")))
    for box in found:
        assert (box.left + box.right) / 2 == pytest.approx(0.0, abs=1e-6)
        assert box.size == Size.CAPTION
        assert (box.bottom + box.top) / 2 == pytest.approx(CAPTION - CAPTION_LEADING / 4, abs=0.2)
    assert found[1].top - found[1].bottom > CAPTION_LEADING
    assert found[1].top > found[0].top
    assert found[1].bottom < found[0].bottom


def test_baselines_of_captions_are_half_a_line_from_their_middle() -> None:
    baselines: list[float] = []

    def tell(self: Any) -> None:
        for text in ("A caption.", LONG):
            self.say(text)
            baselines.append(self._caption.baseline)

    text_boxes(film(tell), Lesson(RUN), [60.0])
    assert baselines == pytest.approx([CAPTION - CAPTION_LEADING / 2, CAPTION - CAPTION_LEADING])


@pytest.mark.parametrize("captions", [True, False])
def test_own_captions_stand_on_the_screen_if_captions_do(captions: bool) -> None:
    own = OwnWords({"First": {"Short.": "Kurz."}})
    kind = film(lambda self: self.say("Short."))
    boxes = text_boxes(kind, Lesson(RUN, Look(captions=captions), own_words=own), [0.2])[0]
    assert any("Kurz" in box.text for box in boxes) == captions


def test_a_still_at_the_end_of_a_play_is_what_comes_after() -> None:
    def tell(self: Any) -> None:
        spot = Spot()
        self.add(spot)
        self.play(Tween(spot, 1.0, value=1.0))
        self.clear()
        self.rest(1.0)

    frames = stills(film(tell), Lesson(RUN), [14 / 15, 1.0])
    assert [int(frame[18, 32, 0]) == 255 for frame in frames] == [True, False]


def test_captions_may_be_left_off_the_screen_and_are_said_all_the_same() -> None:
    kind = film(lambda self: self.say(LONG))
    boxes = text_boxes(kind, Lesson(RUN, Look(captions=False)), [0.2])[0]
    assert not [box for box in boxes if "caption" in box.text]
    assert len(rehearse(kind, Lesson(RUN, Look(captions=False))).captions) == 2


def test_stills_are_the_frames_at_their_times() -> None:
    def tell(self: Any) -> None:
        self.add(Spot())
        self.rest(1.0)
        self.clear()
        self.rest(1.0)

    frames = stills(film(tell), Lesson(RUN), [0.0, 0.9, 1.0, 1.5, 99.0])
    assert [int(frame[18, 32, 0]) == 255 for frame in frames] == [True, True, False, False, False]
    assert frames[0].shape == (36, 64, 4)


def test_stills_of_something_that_moves_show_it_on_its_way() -> None:
    values: list[float] = []

    class Seen(Spot):
        def paint(self, canvas: Canvas) -> None:
            values.append(self.value)

    def tell(self: Any) -> None:
        spot = Seen()
        self.add(spot)
        self.play(Tween(spot, 2.0, lambda share: share, value=1.0))

    assert len(stills(film(tell), Lesson(RUN), [0.0, 0.5, 1.0])) == 3
    assert values == pytest.approx([0.0, 0.25, 0.5])


def test_formulas_have_boxes_where_they_are_seen() -> None:
    def tell(self: Any) -> None:
        seen, hidden = self.pen.text("seen").at(-2.0, 1.0), self.pen.text("hidden")
        hidden.opacity = 0.0
        self.add(Mobject().add(seen), hidden)
        self.rest(1.0)

    boxes = text_boxes(film(tell), Lesson(RUN), [0.5])[0]
    (box,) = (one for one in boxes if one.text in ("seen", "hidden"))
    formula: Formula = film(tell)(Lesson(RUN)).pen.text("seen").at(-2.0, 1.0)
    assert (box.left, box.bottom) == pytest.approx((-2.0, float(formula.get_bottom()[1])))
    assert (box.right, box.top) == pytest.approx((float(formula.get_right()[0]), float(formula.get_top()[1])))
    assert np.isfinite(box.size)
