"""Messages: values in prose and in mathematics, own words for them, keys of lesson files."""

from __future__ import annotations

import pytest

from scenes.kit.words.captions import plain
from scenes.kit.words.message import Count, Exact, Fixed, InWords, Math, Message, Name, Number, Shown, Value, message
from scenes.kit.words.numbers import THIN_SPACE


@pytest.mark.parametrize(
    ("value", "prose", "mathematics"),
    [
        (Number(0.123456), "0.123", "0.123"),
        (Number(-0.123456, 2), "−0.12", "-0.12"),
        (Number(1.5e-7), r"$1.5\cdot 10^{-7}$", r"1.5\cdot 10^{-7}"),
        (Fixed(2.0, 3), "2.000", "2.000"),
        (Exact(0.25), "0.25", "0.25"),
        (Exact(1 / 3, 2), "0.33", "0.33"),
        (Count(9999), "9999", "9999"),
        (Count(12_345), r"$12\,345$", r"12\,345"),
        (InWords(3), "three", "three"),
        (InWords(3, capital=True), "Three", "Three"),
        (InWords(13), "13", "13"),
        (Shown(f"1{THIN_SPACE}000{THIN_SPACE}000"), r"$1\,000\,000$", r"1\,000\,000"),
        (Math(r"x^2"), "$x^2$", "x^2"),
    ],
)
def test_a_value_is_written_once_for_prose_and_once_for_mathematics(value: Value, prose: str, mathematics: str) -> None:
    assert message("it is {it}, $a = {it}$", it=value).source() == f"it is {prose}, $a = {mathematics}$"


def test_braces_of_latex_are_no_values() -> None:
    said = message(r"$\textcolor{loss}{J} = {loss}$, $x_{loss}^{loss}$", loss=Number(1.5))
    assert said.source() == r"$\textcolor{loss}{J} = 1.5$, $x_{loss}^{loss}$".replace("1.5", "1.50")


def test_names_of_users_are_text() -> None:
    said = message("{x} is {{it}}, $x$", x=Name("a_{b} $5 #1"))
    assert plain(said.source()) == "a_{b} $5 #1 is {it}, x"


def test_a_name_that_looks_like_a_value_is_not_one() -> None:
    assert plain(message("{x} $= {size}$", x=Name("{size}"), size=Count(2)).source()) == "{size} = 2"


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        message("{x} and {y}", x=Name("a")).source()


def test_own_words_use_values_by_name_or_by_number() -> None:
    said = message("At {x} = ${ahead}$ it is {answer} of 7.", x=Name("age"), ahead=Exact(8), answer=Fixed(1.5, 2))
    assert said.keys() == (said.keys()[0], "At {x} = $#1$ it is #2 of #3.")
    for words in ("#2 bei {x} = $#1$, #3", "{answer} bei {x} = ${ahead}$, 7"):
        assert plain(said.source(words)) == "1.50 bei age = 8, 7"


def test_the_template_is_a_key_too() -> None:
    assert message("About {miss} of 4.", miss=Count(3)).keys()[0] == "About {miss} of #1."


def test_a_template_as_own_words_says_the_same() -> None:
    """Also where it has numbers of its own between its values."""
    said = message(r"$\alpha = {rate}$ is a tenth of $1 / {curvature}$", rate=Exact(0.05), curvature=Number(2.0))
    assert said.source(said.template) == said.source()


def test_more_values_may_be_there_than_are_used() -> None:
    more = Message("{steps} steps").with_values({"steps": Count(2), "x": Name("age")})
    assert more.source() == "2 steps"
    assert more.source("{x}: {steps}") == "\x00age\x00: 2"
