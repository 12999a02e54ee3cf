"""Places of the frame: inside it, and beside each other; and what sizes and durations are to each other."""

from __future__ import annotations

import pytest

from scenes.kit.drawing import frame
from scenes.kit.drawing.frame import columns
from scenes.kit.drawing.painting import Painting, ramp
from scenes.kit.drawing.style import (
    DARK,
    DOT_RADIUS,
    FRAME_HEIGHT,
    FRAME_WIDTH,
    MARGIN,
    THEMES,
    Duration,
    Palette,
    Size,
    Stroke,
)

PLACES = {
    name: place for name, place in vars(frame).items() if isinstance(place, tuple) and len(place) == 4
}  # left, bottom, right, top


def test_the_frame_is_16_to_9() -> None:
    assert FRAME_HEIGHT == 8.0
    assert pytest.approx(16 / 9) == FRAME_WIDTH / FRAME_HEIGHT
    assert FRAME_WIDTH / 2 - MARGIN == frame.RIGHT == -frame.LEFT
    assert 0.2 < MARGIN < 0.5


@pytest.mark.parametrize("name", PLACES)
def test_every_place_is_inside_the_margins_above_captions_and_below_the_header(name: str) -> None:
    left, bottom, right, top = PLACES[name]
    assert frame.LEFT <= left < right <= frame.RIGHT
    assert frame.CAPTION + Size.CAPTION < bottom < top < frame.HEADER
    assert right - left > 5.0
    assert top - bottom > 1.8


def test_places_that_are_used_together_do_not_overlap() -> None:
    # The titles of a chart stand that far inside of its place.
    assert frame.LOWER[3] - 0.2 < frame.UPPER[1] < frame.LOWER[3]
    assert frame.UPPER[3] < frame.READOUT
    for place in (frame.UPPER, frame.LOWER, frame.WIDE):
        assert place[2] <= frame.RIGHT_HALF[0]
    assert frame.RIGHT_HALF[3] < frame.READOUT < frame.HEADER
    assert frame.WIDE[2] < frame.COLUMN
    assert pytest.approx(frame.RIGHT) == frame.COLUMN + frame.ROOM


def test_header_and_two_lines_of_a_caption_are_inside_the_frame() -> None:
    assert frame.HEADER + Size.BODY < FRAME_HEIGHT / 2
    assert frame.HEADER > FRAME_HEIGHT / 2 - MARGIN - Size.BODY
    assert frame.CAPTION - 1.5 * frame.CAPTION_LEADING > -FRAME_HEIGHT / 2
    assert Size.CAPTION < frame.CAPTION_LEADING < 2 * Size.CAPTION


def test_durations_are_whole_frames_and_grow() -> None:
    durations = [Duration.BRIEF, Duration.QUICK, Duration.SHORT, Duration.NORMAL, Duration.LONG]
    for rate in (15, 30, 60):
        assert all(abs(rate * duration - round(rate * duration)) < 1e-9 for duration in durations)
    assert durations == sorted(set(durations))
    assert (Duration.NORMAL, Duration.LONG) == (1.0, 2.0)
    assert 0.2 < Duration.BRIEF < Duration.QUICK < 0.5 < Duration.SHORT < 0.8


def test_sizes_and_strokes_grow_and_are_seen() -> None:
    sizes = [Size.TICK, Size.LABEL, Size.BODY, Size.CAPTION, Size.FORMULA, Size.LARGE, Size.TITLE]
    assert sizes == sorted(set(sizes))
    assert sizes[0] >= FRAME_HEIGHT / 36
    assert sizes[-1] < 1.0
    strokes = [Stroke.HAIR, Stroke.GRID, Stroke.THIN, Stroke.NORMAL, Stroke.CURVE]
    assert strokes == sorted(set(strokes))
    # A pixel at 720 lines, and less than a dot.
    assert strokes[0] >= FRAME_HEIGHT / 720
    assert strokes[-1] < DOT_RADIUS < 2 * strokes[-1]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_name_without_a_colour_is_ordinary_text(theme: Palette) -> None:
    assert theme["no concept"] == theme.text
    assert theme["W1"] == theme["W"] != theme.text
    assert THEMES["dark"] is DARK


def test_columns_share_a_rect_and_keep_their_distance() -> None:
    first, second, third = columns((-3.0, -1.0, 4.0, 2.0), 3, 0.5)
    assert first[0] == -3.0
    assert third[2] == pytest.approx(4.0)
    for left, right in ((first, second), (second, third)):
        assert right[0] - left[2] == pytest.approx(0.5)
        assert right[2] - right[0] == pytest.approx(left[2] - left[0])
    assert {(bottom, top) for _, bottom, _, top in (first, second, third)} == {(-1.0, 2.0)}


def test_what_stands_in_front_is_redrawn_with_all_that_is_behind_it() -> None:
    clock, other = Painting(), Painting()
    far, middle, near = Painting(clock), Painting(), Painting(other)
    near.in_front_of(middle)
    assert near.sources == (other, middle)
    # Also with what gets behind it later, and with what that reads by then.
    middle.in_front_of(far)
    assert set(near.sources) == {other, middle, far, clock}
    far.reads = (other,)
    assert set(near.sources) == {other, middle, far}


def test_a_ramp_goes_through_its_colours() -> None:
    assert ramp(("#000000", "#0000FF", "#00FF00"), 5).tolist() == [
        [0, 0, 0],
        [0, 0, 127.5],
        [0, 0, 255],
        [0, 127.5, 127.5],
        [0, 255, 0],
    ]
