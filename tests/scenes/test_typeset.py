from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.formula import Pen, digits
from scenes.kit.typeset import TypesettingError, literal, typeset

PEN = Pen()


def test_parts_have_their_concepts_colours() -> None:
    formula = PEN.math(r"\textcolor{W}{W} \cdot x + \textcolor{b}{b}")
    assert {glyph.get_fill_color().to_hex() for glyph in formula.part("W")} == {PEN.palette["W"].upper()}
    assert len(formula.part("b")) == 1
    with pytest.raises(KeyError, match="has no part 'loss'"):
        formula.part("loss")


@pytest.mark.parametrize(
    "name", ["$100_{#a}", 'quote " and \\ slash', "*bold* _it_ @ref <l>", "été à 20 °C", "// no", "=x", "- l"]
)
def test_text_of_users_is_set_as_it_is(name: str) -> None:
    """As many glyphs as visible characters: none was taken for markup."""
    glyphs = len(typeset(literal(name)).outlines)
    assert glyphs >= sum(not character.isspace() for character in name) - 1  # "ff" and the like may become one
    assert glyphs <= sum(not character.isspace() for character in name)


def test_baselines_agree_between_text_and_mathematics() -> None:
    text, formula = PEN.text("x").at(0, 1.0), PEN.math(r"\frac{1}{2} x").at(2, 1.0)
    assert text.baseline == formula.baseline == pytest.approx(1.0)
    assert formula.get_bottom()[1] < 1.0 < formula.get_top()[1]
    assert abs(float(text.get_bottom()[1]) - 1.0) < 0.02  # an x stands on the baseline


def test_digits_are_equally_wide() -> None:
    advances = digits("typst").advances
    assert np.ptp([advances[d] for d in "0123456789"]) < 1e-6
    assert PEN.number("11").width == pytest.approx(PEN.number("17").width, abs=0.05)


def test_several_lines_and_alignment() -> None:
    assert PEN.text("one\ntwo").height > 1.5 * PEN.text("one").height


def test_a_formula_that_cannot_be_set_says_so() -> None:
    with pytest.raises(TypesettingError, match="frac"):
        typeset(r"$\frac{1}$")


def test_fading_and_moving() -> None:
    formula = PEN.math("x^2").at(1, 1)
    formula.opacity = 0.25
    assert all(glyph.get_fill_opacity() == pytest.approx(0.25) for glyph in formula.glyphs)
    formula.baseline = 2.0
    assert formula.baseline == pytest.approx(2.0)
