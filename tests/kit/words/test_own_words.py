"""Own words for what a lecture says, found by what it says."""

from __future__ import annotations

import tomllib

import pytest

from scenes.kit.words.labels import Labels
from scenes.kit.words.message import Count, Fixed, Message, Name, Number, message
from scenes.kit.words.own_words import OwnWords, by_number, filled, quoted

NAMES = {"name": Name("N"), "title": Name("T")}


def said(own: OwnWords, beat: str, words: Message) -> str | None:
    found = own.caption(beat, words.keys())
    return None if found is None else words.source(found[1])


def test_numbers_are_those_of_the_run() -> None:
    own = OwnWords({"A": {"In #1 steps, $W_1^2$ to $#2$.": "Nach #1 Schritten: $#2 + x^2$, nach #1.", "name": "B"}})
    taken = message("In {steps} steps, $W_1^2$ to ${end}$.", steps=Count(999), end=Fixed(-2.5, 1))
    assert said(own, "A", taken) == "Nach 999 Schritten: $-2.5 + x^2$, nach 999."
    moved = taken.with_values({"steps": Count(7), "end": Number(2e-5)})
    assert said(own, "another beat", moved) == "Nach 7 Schritten: $2.0\\cdot 10^{-5} + x^2$, nach 7."
    assert own.caption("A", message("In {steps} steps, $W_2^2$ to $1$.", steps=Count(10)).keys()) is None
    assert (own.name("A"), own.name("C")) == ("B", "C")


def test_numbers_change_their_notation_between_prose_and_mathematics() -> None:
    own = OwnWords({"A": {"#1, $#2$": "$#1$, #2"}})
    assert said(own, "A", message("10,000, $-2$")) == "$10{,}000$, −2"
    assert said(own, "A", message("5, $2 \\cdot 10^{-5}$")) == "$5$, $2 \\cdot 10^{-5}$"
    found = own.caption("A", message("1, $2$").keys())
    assert found is not None
    assert found[0] == ': [wording."A"] "#1, $#2$"'


def test_keys_may_have_the_numbers_that_the_film_shows() -> None:
    assert by_number("$16.7$ across, $0.299$ along") == (*by_number("$#1$ across, $#2$ along")[:1], ["16.7", "0.299"])


def test_labels_are_whole_prose_and_the_words_inside_formulas() -> None:
    labels = Labels({"#1 of #2 {name}": "#1 von #2 {name}", "at $x = #1$": "bei $x = #1$", "curvature": "Krümmung"})
    counted = message("{k} of {n} {name}", **NAMES, k=Count(3), n=Count(8))
    assert labels.prose(counted) == "3 von 8 \x00N\x00"
    assert labels.prose(message("at $x = {at}$", at=Number(2.5, 2))) == "bei $x = 2.5$"
    assert labels.formula(r"\alpha < \frac{2}{\text{curvature }} \cdot \text{at}") == (
        r"\alpha < \frac{2}{\text{Krümmung }} \cdot \text{at}"
    )
    assert labels.prose(message("{title}", **NAMES)) == "\x00T\x00"
    untouched = ["$x_i$", "?", "10,000"]
    assert [labels.prose(message(text, **NAMES)) for text in untouched] == untouched
    assert list(labels.seen) == ["{k} of {n} {name}", "at $x = {at}$", "curvature", "at"]


@pytest.mark.parametrize(
    ("caption", "key", "numbers"),
    [
        ("In 10,000 steps", "In #1 steps", ["10,000"]),
        ("$10{,}000$ or $10\\,000$", "$#1$ or $#2$", ["10{,}000", "10\\,000"]),
        ("to $-2.5 \\cdot 10^{-6}$", "to $#1$", ["-2.5 \\cdot 10^{-6}"]),
        ("$W_1 x^2 + W_{12}^{3}$, a1", "$W_1 x^2 + W_{12}^{3}$, a1", []),
        ("#2 of #1", "#1 of #2", ["#2", "#1"]),
        ("−3, -3 and $(x)3$", "#1, #2 and $(x)3$", ["−3", "-3"]),
        ("one\n two", "one two", []),
    ],
)
def test_numbers_of_a_caption_are_those_of_a_run_and_no_indices(caption: str, key: str, numbers: list[str]) -> None:
    found = by_number(caption)
    assert found[0] == key
    assert found[1] == numbers


def test_words_under_the_captions_own_beat_go_first() -> None:
    own = OwnWords({"A": {"so": "a"}, "B": {"so": "b"}, "C": {"name": "so"}}, source="film.toml")
    assert own.caption("B", ["so"]) == ('film.toml: [wording."B"] "so"', "b")
    assert own.caption("C", ["so"]) == ('film.toml: [wording."A"] "so"', "a")
    assert own.caption("A", ["name"]) is None, "a beat's name is no caption"
    assert own.where("A") == 'film.toml: [wording."A"]'


def test_labels_stand_beside_the_beats() -> None:
    own = OwnWords.of({"A": {"name": "Eins"}, "labels": {"step": "Schritt"}}, "film.toml")
    assert (own.beats, own.labels, own.source) == ({"A": {"name": "Eins"}}, {"step": "Schritt"}, "film.toml")
    assert OwnWords.of({}).labels == {}


def test_numbers_stand_in_prose_and_in_mathematics_as_these_write_them() -> None:
    assert filled("#1, $#1$, #2, $#2$", ["1\u20092", "-3"]) == "1\u20092, $1\\,2$, −3, $-3$"
    assert filled("$#2$ #1", ["2 \\cdot 10^{5}", "10,000"]) == "$10{,}000$ $2 \\cdot 10^{5}$"


@pytest.mark.parametrize("text", ["plain", "it's", r"$\alpha$", r"it's $\alpha$", 'a "b"', r'"$\alpha$" # #1', "é\t"])
def test_a_key_in_a_message_can_be_copied_into_a_file(text: str) -> None:
    assert tomllib.loads(f"{quoted(text)} = 1") == {text: 1}
