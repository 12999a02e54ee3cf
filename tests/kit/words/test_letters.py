"""Names of quantities as LaTeX."""

from __future__ import annotations

import re

import pytest

from scenes.kit.drawing.style import THEMES
from scenes.kit.words import letters
from scenes.kit.words.letters import CONCEPTS, symbol


@pytest.mark.parametrize(
    ("name", "latex"),
    [("W", "W"), ("W1", "W_1"), ("b2", "b_2"), ("a10", "a1_0"), ("1", "1"), ("ab", "ab"), ("a1b", "a1b"), ("loss", "L"),
     ("prediction", r"\hat{y}")],
)  # fmt: skip
def test_a_digit_at_a_names_end_is_its_index(name: str, latex: str) -> None:
    assert symbol(name) == latex


def test_every_letter_is_in_the_colour_of_a_concept() -> None:
    written = {name: latex for name, latex in vars(letters).items() if name.isupper() and isinstance(latex, str)}
    tags = {name: re.findall(r"\\textcolor\{(\w+)\}", latex) for name, latex in written.items()}
    assert {name for name, found in tags.items() if not found} == {"MSE", "CE"}, "without a colour of their own"
    for theme in THEMES.values():
        assert {tag for found in tags.values() for tag in found} | set(CONCEPTS.values()) <= set(theme.concepts)
