"""Places of the frame, and what stands in front of what."""

from __future__ import annotations

import pytest

from scenes.kit.drawing.frame import columns
from scenes.kit.drawing.painting import Painting, ramp


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
