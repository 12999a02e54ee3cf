"""What fades as one."""

from __future__ import annotations

from scenes.kit.drawing.painting import Group, Painting, hide, show


def test_a_group_and_the_groups_in_it_fade_as_one() -> None:
    one, two, three = (Painting() for _ in range(3))
    inner = Group(two, three)
    outer = Group(one, inner)
    (appear,) = show(outer)
    assert [part.opacity for part in (outer, one, inner, two, three)] == [0.0] * 5
    appear.begin()
    appear.interpolate(0.5)
    assert [part.opacity for part in (outer, one, inner, two, three)] == [0.5] * 5
    appear.finish()
    (leave,) = hide(outer)
    leave.begin()
    leave.interpolate(0.75)
    assert [part.opacity for part in (one, two, three)] == [0.25] * 3
    assert leave.is_remover()
