"""What a strict eye would see in a film: texts on each other, outside the frame, too small, too short to read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenes.kit.drawing.painting import TextBox
from scenes.kit.drawing.style import FRAME_HEIGHT, FRAME_WIDTH, SMALLEST_TEXT
from scenes.kit.story.lecture import Lecture
from scenes.kit.story.rehearsal import Rehearsal, perform, rehearse
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import LINE, LINES, READING_SPEED, plain

TOUCH = 0.02
"""Boxes of italic letters reach over their neighbours' by a pixel or two of 1080."""


@dataclass(frozen=True)
class Fault:
    """Something that cannot be read.

    Attributes:
        time: When it is first seen, in seconds from the film's start.
        beat: Name of the beat it is seen in.
        what: What is wrong, with the texts that it is about.
        keys: Where in a lesson's file these come from; those that are the lecture's own are not named.
    """

    time: float
    beat: str
    what: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{' and '.join(self.keys)}: " if self.keys else ""
        return f"{where}{self.what}, in {self.beat!r} at {self.time:.1f} s"


def find_faults(lecture: type[Lecture], lesson: Lesson | None = None) -> list[Fault]:
    """All of a film: at the middle of each caption, and at the start, middle and end of each beat; each fault once."""
    rehearsal = rehearse(lecture, lesson)
    times = moments(rehearsal)
    scene, renderer = perform(lecture, lesson, times)
    renderer.finish(scene)
    found: dict[tuple[str, str], Fault] = {}
    for time, boxes in zip(times, renderer.texts, strict=True):
        beat = _beat_at(rehearsal, time)
        for what, texts in faults_of(boxes):
            keys = tuple(dict.fromkeys(filter(None, map(scene.origin, texts))))
            found.setdefault((beat, what), Fault(time, beat, what, keys))
    found.update({(fault.beat, fault.what): fault for fault in _hurried(rehearsal)})
    return sorted(found.values(), key=lambda fault: fault.time)


def _beat_at(rehearsal: Rehearsal, time: float) -> str:
    return next((beat.name for beat in rehearsal.beats if time < beat.end), rehearsal.beats[-1].name)


def moments(rehearsal: Rehearsal) -> list[float]:
    """When a film is looked at: in the middle of each caption, and at three moments of each beat."""
    times = {(start + end) / 2 for start, end, _ in rehearsal.captions}
    for beat in rehearsal.beats:
        times |= {beat.start + 0.01, (beat.start + beat.end) / 2, beat.end - 0.07}
    return sorted(times)


def faults_of(boxes: Sequence[TextBox]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is wrong with the texts of one frame: a sentence, and the texts that it is about."""
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        up = min(one.top, other.top) - max(one.bottom, other.bottom)
        if across > TOUCH and up > TOUCH:
            yield f"{_shown(one)} and {_shown(other)} stand on each other", (one.text, other.text)
    for box in boxes:
        sides = {
            "left": box.left + FRAME_WIDTH / 2,
            "right": FRAME_WIDTH / 2 - box.right,
            "below": box.bottom + FRAME_HEIGHT / 2,
            "above": FRAME_HEIGHT / 2 - box.top,
        }
        yield from (
            (f"{_shown(box)} leaves the frame {side if side in ('below', 'above') else f'on the {side}'}", (box.text,))
            for side, room in sides.items()
            if room <= 0
        )
        if box.size < SMALLEST_TEXT:
            yield f"{_shown(box)} is too small to be read", (box.text,)


def _hurried(rehearsal: Rehearsal) -> Iterator[Fault]:
    for start, end, text in rehearsal.captions:
        lines = text.split("\n")
        beat = _beat_at(rehearsal, start)
        shown = f'"{" ".join(lines)}"'
        if len(lines) > LINES or max(map(len, lines)) > LINE:
            yield Fault(start, beat, f"{shown} is longer than {LINES} lines of {LINE} characters", ())
        if len(text) / (end - start) > READING_SPEED:
            yield Fault(start, beat, f"{shown} stands for {end - start:.1f} s: too short to be read", ())


def _shown(box: TextBox) -> str:
    text = " ".join(plain(box.text.replace(r"\displaystyle", "")).split())
    return f'"{text}"'
