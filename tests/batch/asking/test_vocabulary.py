"""What a lecture can say: texts as they stand, with any numbers, and with anything where a source computes."""

from __future__ import annotations

import pytest

from scenes.batch.asking.vocabulary import _COMPUTED, Vocabulary

WORDS = Vocabulary.of(
    ["Four houses.", "It took 30 steps.", f"The rate is {_COMPUTED}: small.", f"a {_COMPUTED}"], letters=9
)


@pytest.mark.parametrize(
    "text",
    ["Four houses.", "It took 30 steps.", "It took 1,000 steps.", "It took #1 steps.", "The rate is low: small."],
)
def test_what_it_can_say(text: str) -> None:
    assert WORDS.holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Five houses.",
        "It took some steps.",
        "The rate is : small.",
        "The rate is low: small. And more",
        "Now. The rate is x: small.",
    ],
)
def test_what_it_cannot_say(text: str) -> None:
    assert not WORDS.holds(text)


@pytest.mark.parametrize(("letters", "holds"), [(8, True), (9, False)])
def test_with_few_letters_around_what_is_computed_a_text_could_be_anything(letters: int, holds: bool) -> None:
    assert Vocabulary.of([f"ab cd: {_COMPUTED} ef gh"], letters).holds("ab cd: x ef gh") is holds


def test_what_may_be_meant_is_near() -> None:
    assert WORDS.closest("Four house.") == "Four houses."
    assert WORDS.closest("It takes 7 steps.") == "It took #1 steps."
    assert WORDS.closest("Something else altogether") == ""
