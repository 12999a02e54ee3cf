"""Which lectures there are, in the order in which they are taught."""

from __future__ import annotations

import random

import pytest

from fitting import InputError
from scenes.batch.asking.catalogue import Entry, catalogue, choose, in_teaching_order


def entry(name: str, after: str = "") -> Entry:
    return Entry(name, "", "", "linear", "", "", "", "", (), after, "")


@pytest.mark.parametrize("seed", range(5))
def test_a_course_is_followed_and_what_says_nothing_of_its_place_comes_last(seed: int) -> None:
    entries = [
        entry("apart"), entry("first"), entry("second", "first"), entry("third", "second"), entry("beside", "first"),
        entry("lost", "nowhere"),
    ]  # fmt: skip
    entries.sort(key=lambda one: one.name)
    ordered = [one.name for one in in_teaching_order(entries)]
    # After `first` both come that are taught after it, by name, each with what follows it.
    assert ordered == ["first", "beside", "second", "third", "apart", "lost"]
    random.Random(seed).shuffle(entries)
    shuffled = [one.name for one in in_teaching_order(entries)]
    assert shuffled[0] == "first"
    assert sorted(shuffled) == sorted(ordered)
    assert shuffled[shuffled.index("second") + 1] == "third"


def test_lectures_are_chosen_by_name_in_the_order_asked_for() -> None:
    names = [one.name for one in catalogue()]
    assert [one.name for one in choose(reversed(names))] == names[::-1]
    with pytest.raises(InputError, match="unknown lecture 'liner'; did you mean 'linear'"):
        choose(["liner"])
