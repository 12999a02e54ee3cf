"""Labels: which words of the picture can be said in a lesson's own words."""

from __future__ import annotations

import pytest

from scenes.kit.words.labels import Labels, is_label
from scenes.kit.words.message import Count, message


@pytest.mark.parametrize("template", ["at $x = 5$", "{items} left", "$x$ or $y$", "é"])
def test_words_beside_mathematics_and_names_are_labels(template: str) -> None:
    assert is_label(template)


@pytest.mark.parametrize("template", ["$x$", "{title}", "$a$ {x} $b$", "10,000", "?", "_", "{x}, {y}: 3"])
def test_mathematics_names_and_numbers_are_none(template: str) -> None:
    assert not is_label(template)


def test_a_formula_keeps_the_space_inside_its_words() -> None:
    labels = Labels({"if": "falls"})
    assert labels.formula(r"x \text{ if } x > 0 \text{else}") == r"x \text{ falls } x > 0 \text{else}"
    assert list(labels.seen) == ["if", "else"]


def test_words_of_prose_that_is_only_mathematics_are_found_inside_it() -> None:
    labels = Labels({"mean": "Mittel"})
    assert labels.prose(message(r"$\text{mean}$")) == r"$\text{Mittel}$"


def test_a_label_may_be_given_with_the_numbers_of_one_run() -> None:
    assert Labels({"step 3 of 8": "Schritt #1 von #2"}).prose(message("step 12 of 5,000")) == "Schritt 12 von 5,000"


def test_a_label_without_own_words_stays_as_it_was_written() -> None:
    labels = Labels({"at $x = {at}$": "at $x = {at}$"})
    said = message("at $x = {at}$", at=Count(-2)), message("two  spaces")
    assert [labels.prose(one) for one in said] == ["at $x = -2$", "two  spaces"]
    assert list(labels.seen) == ["at $x = {at}$", "two  spaces"]


def test_what_has_no_letter_is_no_label_inside_formulas() -> None:
    labels = Labels({"#1": "eins"})
    assert labels.formula(r"\text{1}") == r"\text{1}"
    assert not labels.seen
