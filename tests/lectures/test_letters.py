r"""A letter means one thing, in one colour, in all that the lectures set for the screen.

Captions are prose: their letters are not coloured, and a rehearsal does not set them. Muted titles of axes stand back.
The names in a program's lines, `\mathtt`, are the program's. Numbers are not looked at, nor what is only measured.

A derivative that is set as a whole is one quantity, and may wear one colour: the gradient's (the arrow's name, a
slope), or that of what it is by (a factor of the chain rule that is followed from line to line, a step in W).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from lesson_files import SMALL
from manim import tempconfig

from scenes.batch.asking.catalogue import catalogue
from scenes.kit.drawing.style import DARK
from scenes.kit.panels.chart import ChartAxes
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.text.formula import Formula
from scenes.kit.text.stamp import Stamp

LECTURES = [entry.name for entry in catalogue()]

CONCEPTS = {
    "W": "W", "b": "b", "x": "data", "y": "data", r"\hat{y}": "model", "r": "residual", "J": "loss", "L": "loss",
    r"\alpha": "rate",
}  # fmt: skip
"""What a letter means, with any index: that gives it its colour."""

ANOTHER_MEANING: Mapping[str, Mapping[str, str]] = {"derivative": {"y": "b"}}
"""Letters that mean something else in one lecture: there f has the inputs x and y, as in every calculus book, and y has
the colour of a landscape's second direction."""

_LETTER = re.compile(r"\\hat\{y\}|\\alpha(?![a-zA-Z])|[WbxyrJL]")
_PROSE = re.compile(r"\\(?:text|mathrm|operatorname|mathtt)\{[^{}]*\}")
_PRIMED = re.compile(r"y(?:_\w|_\{[^{}]*\})?(?:'|\^\{?(?:'|\\prime))")
_COLOR = re.compile(r"\\textcolor\{(\w+)\}\{")
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|.)")
_INSIDE = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
_DERIVATIVE = re.compile(
    rf"\\frac\{{(?:\\partial|d)\b{_INSIDE}\}}\{{(?:\\partial|d)\s*(?P<below>{_INSIDE})\}}"
    r"|(?:\\partial\b|d)[^/&=]*/\s*(?:\\partial\b|d)\s*(?P<after>\S+)"
    r"|\\nabla \w"
)


def letters(source: str, color: str) -> Iterator[tuple[str, str]]:
    """The letters of a text's mathematics that mean something, each with the colour that it wears.

    Args:
        source: Prose with `$...$`, as a formula keeps it.
        color: Of what stands under no `\\textcolor`.
    """
    for latex in source.split("$")[1::2]:
        yield from _in_mathematics(latex, color)


def _in_mathematics(latex: str, color: str) -> Iterator[tuple[str, str]]:
    worn, place = [color], 0
    while place < len(latex):
        if found := _PROSE.match(latex, place):
            place = found.end()
        elif found := _COLOR.match(latex, place):
            worn.append(DARK[found[1]])
            place = found.end()
        elif (found := _DERIVATIVE.match(latex, place)) and worn[-1] in _of_a_derivative(found):
            place = found.end()
        elif found := _LETTER.match(latex, place):
            yield found[0], worn[-1]
            place = found.end()
        elif found := _COMMAND.match(latex, place):
            place = found.end()
        else:
            if latex[place] == "{":
                worn.append(worn[-1])
            elif latex[place] == "}":
                worn.pop()
            place += 1


def _of_a_derivative(found: re.Match[str]) -> set[str]:
    """Colours that a derivative may wear as a whole; none if it has colours of its own."""
    if "textcolor" in found[0]:
        return set()
    by = _LETTER.search(found["below"] or found["after"] or "")
    return {DARK["gradient"], *([DARK[CONCEPTS[by[0]]]] if by else [])}


def wrong(lecture: str, source: str, color: str) -> list[str]:
    """Letters in another colour than their concept's."""
    concepts = {**CONCEPTS, **ANOTHER_MEANING.get(lecture, {})}
    return [letter for letter, worn in letters(source, color) if worn != DARK[concepts[letter]]]


def primed(source: str) -> bool:
    """Whether a y wears a prime: a prediction of old. A prime is a derivative and nothing else."""
    return any(_PRIMED.search(_PROSE.sub("", latex)) for latex in source.split("$")[1::2])


def written(lecture: str) -> tuple[tuple[str, str], ...]:
    """All that a lecture sets for the screen: source, and the colour of what has none of its own."""
    return rehearsed(lecture)[0]


@cache
def rehearsed(lecture: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What is written in a lecture, and its captions."""
    colors: dict[Formula, str] = {}
    titles: set[Formula] = set()
    found: dict[tuple[str, str], None] = {}
    make, place, stamp, axes = Formula.__init__, Formula.at, Stamp.__init__, ChartAxes.__init__

    def noted(self: Formula, content: Any, source: str, size: float, color: str, palette: Any) -> None:
        make(self, content, source, size, color, palette)
        colors[self] = color

    def shown(formula: Formula) -> None:
        if formula not in titles:
            found[formula.source, colors[formula]] = None

    def placed(self: Formula, *args: Any, **kwargs: Any) -> Formula:
        shown(self)
        return place(self, *args, **kwargs)

    def stamped(self: Stamp, formula: Formula) -> None:
        shown(formula)
        stamp(self, formula)

    def titled(self: ChartAxes, chart: Any, x_title: Formula, y_title: Formula, *args: Any, **kwargs: Any) -> None:
        titles.update(title for title in (x_title, y_title) if colors[title] == DARK.muted)
        axes(self, chart, x_title, y_title, *args, **kwargs)

    entry = next(entry for entry in catalogue() if entry.name == lecture)
    with pytest.MonkeyPatch.context() as patch, tempconfig(SMALL):
        patch.setattr(Formula, "__init__", noted)
        patch.setattr(Formula, "at", placed)
        patch.setattr(Stamp, "__init__", stamped)
        patch.setattr(ChartAxes, "__init__", titled)
        captions = rehearse(entry.load()).captions
    return tuple(found), tuple(text.replace("\n", " ") for _, _, text in captions)


@pytest.mark.parametrize("lecture", LECTURES)
def test_every_letter_wears_its_concepts_colour(lecture: str) -> None:
    assert sum(1 for source, color in written(lecture) for _ in letters(source, color)) > 10
    found = {source: wrong(lecture, source, color) for source, color in written(lecture)}
    assert not {source: wrongly for source, wrongly in found.items() if wrongly}


@pytest.mark.parametrize("lecture", LECTURES)
def test_a_prime_is_no_prediction(lecture: str) -> None:
    assert not [source for source, _ in written(lecture) if primed(source)]


UNIT = "price, 100,000 EUR"
"""The axis' title: a data set's unit is written as it was given."""

OTHER_WORDS = {
    "farther": r"\bfurther\b",
    "prices, where the cost is J": r"what they cost",
    "valley": r"\bravine\b",
    "money in EUR": r"floors cost almost \d+,",
    "by this line, five floors cost": r"\bwould cost \d",
    "thin spaces between thousands": r"\d,\d{3}\b",
}
"""How films speak of a thing, and how one of them once spoke of it."""


@pytest.mark.parametrize("lecture", LECTURES)
def test_one_thing_has_one_word_in_all_films(lecture: str) -> None:
    sources, captions = rehearsed(lecture)
    texts = [*captions, *(source for source, _ in sources if source != UNIT)]
    found = {word: [text for text in texts if re.search(other, text)] for word, other in OTHER_WORDS.items()}
    assert not {word: texts for word, texts in found.items() if texts}


@pytest.mark.parametrize(
    "lecture", ["backpropagation", "cubic", "gradient-descent", "linear", "sigmoid", "tanh-network"]
)
def test_a_step_gives_a_parameter_its_new_value_by_one_sign(lecture: str) -> None:
    assert any(":=" in source for source, _ in written(lecture))


@pytest.mark.parametrize(
    ("latex", "color", "letters"),
    [
        (r"\textcolor{W}{W} \cdot x + \textcolor{b}{b}", DARK.text, ["x"]),
        (r"\textcolor{W}{x_i^3} \, \textcolor{residual}{2 \, r_i}", DARK.text, ["x"]),
        (r"\textcolor{data}{\hat{y}_i} - \textcolor{data}{y_i}", DARK.text, [r"\hat{y}"]),
        (r"\alpha = 0.05", DARK["rate"], []),
        (r"\alpha \, \textcolor{loss}{J}", DARK.muted, [r"\alpha"]),
        (r"1 - \textcolor{W}{\alpha \cdot W_{\min}}", DARK.text, [r"\alpha"]),
        (r"\text{at best } \textcolor{loss}{\sqrt{J}} \quad L", DARK.text, ["L"]),
        (r"\frac{\partial J}{\partial W} =", DARK["gradient"], []),
        (r"\frac{\partial J}{\partial W} =", DARK.text, ["J", "W"]),
        (r"d \hat{y} / d x =", DARK["gradient"], []),
        (r"\partial r_1^2 / \partial a_1 =", DARK["gradient"], []),
        (r"d \hat{y} / d x =", DARK["W"], [r"\hat{y}", "x"]),
        (r"\textcolor{b}{\frac{\partial r_i}{\partial b}} \cdot \textcolor{b}{r_i}", DARK.text, ["r"]),
        (r"\textcolor{W}{\frac{\partial r_i}{\partial b}}", DARK.text, ["r", "b"]),
        (r"-\nabla J", DARK["gradient"], []),
        (r"-\nabla J", DARK.text, ["J"]),
        (r"\mathtt{W} \text{ of W } \max x", DARK.text, ["x"]),
    ],
)  # fmt: skip
def test_a_wrong_colour_is_found(latex: str, color: str, letters: list[str]) -> None:
    assert wrong("linear", rf"which is $\displaystyle {latex}$ by r", color) == letters


@pytest.mark.parametrize("latex", ["y'(5)", "y'_i", "y_i'", r"y^\prime", r"y^{\prime}", "dy'/dx"])
def test_a_primed_prediction_is_found(latex: str) -> None:
    assert primed(f"${latex}$")


@pytest.mark.parametrize("latex", [r"\sigma'(a)", r"\textcolor{model}{\sigma}'(a)", r"\hat{y}", r"\tanh'(a)"])
def test_the_prime_of_a_derivative_stays(latex: str) -> None:
    assert not primed(f"a valley's ${latex}$")
