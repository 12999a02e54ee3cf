"""What a strict eye would see in a film's frames: overlaps, text outside the frame, text too small."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from manim import tempconfig

from scenes.kit.drawing.painting import TextBox
from scenes.kit.drawing.style import FRAME_HEIGHT, FRAME_WIDTH, SMALLEST_TEXT
from scenes.kit.story.lecture import Lecture
from scenes.kit.story.rehearsal import Rehearsal, rehearse, text_boxes
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import LINE, LINES, READING_SPEED

Film = tuple[Rehearsal, list[float], list[list[TextBox]]]
"""How a film goes, moments of it, and the texts that stand at each."""

TOUCH = 0.02
"""Boxes of italic letters reach over their neighbours' by a pixel or two of 1080."""


SMALL = {"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}
"""Texts stand in a small frame where they stand in a large one."""


def filmed(lecture: type[Lecture], lesson: Lesson | None = None, late: bool = False) -> Film:
    """A film at the middle of each caption, and, if `late`, at its end; and at three moments of each beat."""
    with tempconfig(SMALL):
        rehearsal = rehearse(lecture, lesson)
        times = {(start + end) / 2 for start, end, _ in rehearsal.captions}
        if late:
            times |= {end - 0.07 for _, end, _ in rehearsal.captions}
        for beat in rehearsal.beats:
            times |= {beat.start + 0.01, (beat.start + beat.end) / 2, beat.end - 0.07}
        ordered = sorted(times)
        return rehearsal, ordered, text_boxes(lecture, lesson, ordered)


def stand_apart(boxes: Sequence[TextBox], when: str) -> None:
    """None of these texts stands on another."""
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        up = min(one.top, other.top) - max(one.bottom, other.bottom)
        assert not (across > TOUCH and up > TOUCH), f"{when}: {one.text!r} stands on {other.text!r}"


def nothing_overlaps(film: Film) -> None:
    """No text stands on another."""
    for time, boxes in zip(film[1], film[2], strict=True):
        stand_apart(boxes, f"at {time:.1f} s")


def all_is_inside_the_frame(film: Film, air: float = 0.0) -> None:
    """No text leaves the frame, or comes nearer to its sides than so much: nearer than 0.2 looks cut off."""
    for time, boxes in zip(film[1], film[2], strict=True):
        assert boxes, f"no text at {time:.1f} s"
        for box in boxes:
            assert box.left > air - FRAME_WIDTH / 2, f"at {time:.1f} s {box.text!r} leaves the frame on the left"
            assert box.right < FRAME_WIDTH / 2 - air, f"at {time:.1f} s {box.text!r} leaves the frame on the right"
            assert box.bottom > -FRAME_HEIGHT / 2, f"at {time:.1f} s {box.text!r} leaves the frame below"
            assert box.top < FRAME_HEIGHT / 2, f"at {time:.1f} s {box.text!r} leaves the frame above"


def nothing_is_too_small(film: Film) -> None:
    """All text is as large as style asks."""
    smallest = min((box for boxes in film[2] for box in boxes), key=lambda box: box.size)
    assert smallest.size >= SMALLEST_TEXT, smallest


def captions_can_be_read(film: Film) -> None:
    """Captions fit their lines, and stand long enough."""
    assert len(film[0].captions) >= 10
    for start, end, text in film[0].captions:
        lines = text.split("\n")
        assert len(lines) <= LINES, text
        assert max(map(len, lines)) <= LINE, text
        assert len(text) / (end - start) <= READING_SPEED, text
