"""What cannot be read in a film: it is found, and the key of the lesson file that causes it is named."""

from __future__ import annotations

import pytest
from layout_checks import SMALL
from manim import tempconfig

from scenes.kit.drawing.painting import TextBox
from scenes.kit.drawing.style import FRAME_HEIGHT, FRAME_WIDTH, SMALLEST_TEXT
from scenes.kit.story.faults import TOUCH, faults_of, find_faults
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.own_words import OwnWords
from scenes.linear import LinearFit


def box(text: str, left: float, bottom: float, width: float = 1.0, height: float = 0.3, size: float = 0.4) -> TextBox:
    return TextBox(text, left, bottom, left + width, bottom + height, size)


@pytest.mark.parametrize(
    ("boxes", "what"),
    [
        ((box("a", 0, 0), box("b", 2, 0)), []),
        ((box("a", 0, 0), box("b", 1 - 0.9 * TOUCH, 0)), []),
        ((box("a", 0, 0), box("b", 1 - 2 * TOUCH, 0)), ['"a" and "b" stand on each other']),
        ((box("a", 0, 0), box("b", 0.5, 0.3 - 0.9 * TOUCH)), []),
        ((box("a", -FRAME_WIDTH / 2 - 0.1, 0),), ['"a" leaves the frame on the left']),
        ((box("a", FRAME_WIDTH / 2 - 0.9, 0),), ['"a" leaves the frame on the right']),
        ((box("a", 0, -FRAME_HEIGHT / 2 - 0.1),), ['"a" leaves the frame below']),
        ((box("a", 0, FRAME_HEIGHT / 2 - 0.2),), ['"a" leaves the frame above']),
        ((box("a", 0, 0, size=SMALLEST_TEXT - 0.001),), ['"a" is too small to be read']),
        ((box(r"$\displaystyle W_1$", 0, 0, size=0.1),), ['"W₁" is too small to be read']),
    ],
)
def test_what_is_wrong_with_the_texts_of_a_frame(boxes: tuple[TextBox, ...], what: list[str]) -> None:
    assert [told for told, _ in faults_of(boxes)] == what


def test_the_key_that_causes_a_fault_is_named() -> None:
    long = {"labels": {"exact optimum": "W" * 40, "descent": "Weg"}, "The data": {"name": "Daten"}}
    lesson = Lesson(own_words=OwnWords.of(long, "line.toml"))
    with tempconfig(SMALL):
        faults = find_faults(LinearFit, lesson)
    assert faults
    assert {fault.keys for fault in faults} == {('line.toml: [wording."labels"] "exact optimum"',)}
    assert {fault.beat for fault in faults} == {"The best line"}
    assert str(faults[0]).startswith('line.toml: [wording."labels"] "exact optimum": "WWWW')


def test_the_notes_film_has_no_fault() -> None:
    with tempconfig(SMALL):
        assert find_faults(LinearFit) == []
