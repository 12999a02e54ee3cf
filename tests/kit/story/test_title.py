"""A film's title: its card, its row above everything, and what becomes of long ones."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from scenes.kit.drawing.frame import HEADER
from scenes.kit.drawing.style import FRAME_WIDTH, MARGIN, Size
from scenes.kit.story.title import LEFT, RIGHT, Header, title_card
from scenes.kit.text.formula import Formula, Pen

PEN = Pen()


def test_the_row_keeps_to_the_frames_margins() -> None:
    assert (LEFT, RIGHT) == (-FRAME_WIDTH / 2 + MARGIN, FRAME_WIDTH / 2 - MARGIN)


def card(title: str, question: str) -> list[Formula]:
    return [part for part in title_card(title, question, PEN).submobjects if isinstance(part, Formula)]


def test_a_short_title_stands_large_over_its_question_in_the_middle() -> None:
    head, asked = card("A line", "How does it fit?")
    assert (head.size, asked.size) == (Size.TITLE, Size.LARGE)
    for text, baseline in ((head, 0.35), (asked, -0.65)):
        assert float(text.get_center()[0]) == pytest.approx(0.0)
        assert text.baseline == pytest.approx(baseline)
    assert asked.get_top()[1] < head.get_bottom()[1]
    assert head.glyphs[0].get_fill_color().to_hex() == PEN.palette.text
    assert asked.glyphs[0].get_fill_color().to_hex() == PEN.palette.muted


def test_a_long_title_is_set_smaller_and_a_longer_one_is_cut() -> None:
    head = card("a title of some words that is too long for its size", "?")[0]
    assert Size.FORMULA < head.size < Size.TITLE
    assert 0.97 * (RIGHT - LEFT) < float(head.width) <= RIGHT - LEFT
    cut = card("W" * 70, "?")[0]
    assert cut.size == Size.FORMULA
    assert "…" in cut.source
    assert RIGHT - LEFT - 0.6 < float(cut.width) <= RIGHT - LEFT


def test_a_long_question_stands_in_two_halves() -> None:
    question = "how does a descent find the lowest place of a valley that it has never seen from above"
    _, upper, lower = card("A line", question)
    assert (upper.source + lower.source).replace("\x00", "").replace(" ", "") == question.replace(" ", "")
    assert abs(len(upper.source) - len(lower.source)) <= 8
    assert upper.baseline - lower.baseline == pytest.approx(1.4 * Size.LARGE)
    assert upper.baseline == pytest.approx(-0.65)
    for line in (upper, lower):
        assert float(line.get_center()[0]) == pytest.approx(0.0)
        assert float(line.width) < RIGHT - LEFT
    _, first, second = card("A line", "m" * 90)
    assert "…" in first.source
    assert "…" in second.source


def header(current: int, title: str = "A line") -> tuple[Header, list[str]]:
    names = ["The data", "The model", "The end"]
    found = Header(title, names, PEN)
    found.current = current
    return found, names


@pytest.mark.parametrize("current", [0, 1, 2])
def test_the_row_has_title_number_and_name_of_the_beat_and_a_mark_for_each(current: int) -> None:
    row, names = header(current)
    record = painted(row)
    title, beat = record.texts
    assert (title.text.strip("\x00"), title.left, title.size) == ("A line", pytest.approx(LEFT), Size.BODY)
    assert beat.text.replace("\x00", "") == f"{current + 1} of 3 {names[current]}"
    assert (beat.left - title.right, beat.size) == (pytest.approx(0.35), Size.LABEL)
    marks = record.of("line")
    colors = [PEN.palette.muted] * current + [PEN.palette.text] + [PEN.palette.grid] * (2 - current)
    assert [mark.color for mark in marks] == colors
    for k, mark in enumerate(marks):
        assert mark.points[:, 1].tolist() == [HEADER + 0.1] * 2
        assert mark.points[:, 0] == pytest.approx(np.array([-0.24, 0.0]) + RIGHT - 0.3 * (2 - k))
        assert mark.width == 0.05
    assert beat.right < marks[0].points[0, 0]


def test_the_rows_title_leaves_room_for_the_longest_name_and_the_marks() -> None:
    row, _ = header(1, "W" * 60)
    record = painted(row)
    title, beat = record.texts
    assert "…" in title.text
    assert beat.right + 0.2 < record.of("line")[0].points[0, 0] + 0.06
    assert record.of("line")[0].points[0, 0] - beat.right < 1.0, "and takes what there is"
