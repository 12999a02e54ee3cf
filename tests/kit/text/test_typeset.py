"""What is set by a typesetter: as it was written, in its colours, on its baseline."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig
from other_converter import assert_same, by_the_other_converter

from fitting import InputError
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.look import Look
from scenes.kit.text.formula import Pen, digits
from scenes.kit.text.outlines import TypesettingError
from scenes.kit.text.typeset import collected, know, typeset
from scenes.kit.words.captions import literal

PEN = Pen()

SOURCES = ("$x$", r"$\displaystyle \frac{1}{2}$", r"A caption, and $\alpha$.", literal("50 % of $_#1 · 2"), "−1.5")


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


@pytest.mark.parametrize("digit", ["0", "8"])
def test_a_digit_stands_in_the_middle_of_its_cell(digit: str) -> None:
    known = digits("typst")
    ink = known.outlines[digit].points[:, 0]
    # Fonts round to thousandths of an em.
    assert float(ink.min() + ink.max()) / 2 == pytest.approx(known.advances[digit] / 2, abs=0.005)


def test_commas_are_commas() -> None:
    assert len(PEN.math(r"-1.5, \quad -2.5").glyphs) == 9


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


@pytest.mark.parametrize(
    "formula", ["{x", "x}", r"\left( x", r"\textcolor{W}{x", r"\color{W} x", r"\foo", "\ue000", r"^_\limits"]
)
def test_what_the_converter_would_leave_out_is_refused(formula: str) -> None:
    with pytest.raises(TypesettingError):
        typeset(f"${formula}$")


FORMULAS = (
    r"\sigma'(a) = \sigma(a) (1 - \sigma(a))", r"\frac{a, b}{c}", r"\sqrt{a, b}", r"x_{i,j}", "1{,}000", "1,000",
    r"a \ b \! c \, d", r"a\_b", r"\bigl( x \bigr)", r"\text{*a* _b_ #c @d}", r"\text{50\% of it}",
    r"\textcolor{W}{W}(x)", r"\textcolor{W}{W}_1(x)", r"\textcolor{W}{W}[x]", r"\textcolor{W}{W}'",
    r"\textcolor{W}{W_1}^2",
    r"\textcolor{W}{\textcolor{b}{b} + 1}", r"\hat{\textcolor{W}{W}}", r"\frac{\textcolor{W}{-1}}{\textcolor{b}{b}}",
    r"\textcolor{W}{(}x\textcolor{W}{)}", r"\begin{cases} x & \text{if} \ x > 0 \\ s \cdot x & \text{else} \end{cases}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\lim_{h \to 0} \frac{f(x+h) - f(x)}{h}", r"\left\{ a \right\}",
    r"\underbrace{\textcolor{W}{W}}_{\text{the slope}}", r"\operatorname{LeakyReLU}(a)", r"\mathbf{x}^\top \mathbf{w}",
)  # fmt: skip
"""What films might say, beside what they do."""


def test_other_formulas_are_those_of_another_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    with collected() as known:
        for formula in FORMULAS:
            typeset(rf"$\displaystyle {formula}$")
    assert_same(by_the_other_converter(known, monkeypatch))


def test_primes_are_primes() -> None:
    """Of a second derivative too, where the other converter sets quotation marks."""
    once, twice = typeset("$f'(x)$"), typeset("$f''(x)$")
    heights = [float(np.ptp(content.outlines[1].points[:, 1])) for content in (once, twice)]
    assert heights[1] == pytest.approx(heights[0])
    assert 0.1 < twice.width - once.width < 0.25


@pytest.mark.skipif(shutil.which("latex") is None, reason="no TeX installation")
@pytest.mark.parametrize("source", SOURCES)
def test_latex_sets_the_same_formula_in_the_same_place(source: str, tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path)}):
        ours, theirs = typeset(source), typeset(source, "latex")
    # Both are Computer Modern in its kinds; widths differ by kerning and by the space around signs.
    assert theirs.width == pytest.approx(ours.width, rel=0.15)
    tops = [max(outline.points[:, 1].max() for outline in content.outlines) for content in (ours, theirs)]
    assert tops[1] == pytest.approx(tops[0], abs=0.05)


def test_a_missing_tex_installation_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(InputError, match="latex not found; install TeX"):
        Lesson(look=Look(typesetter="latex"))


def test_numbers_in_painting_and_in_formulas_are_set_alike() -> None:
    places, width = digits("typst").places("1.5·10^−6")
    content = digits("typst").set("1.5·10^−6")
    assert len(content.outlines) == len(places) == 8
    assert content.width == width
    raised = [y for _, _, y, scale in places if scale < 1]
    assert len(raised) == 2
    assert min(raised) > 0.3


def test_a_bracket_behind_a_power_stands_on_the_line() -> None:
    places, _ = digits("typst").places("(2.72·10^−9)")
    heights = {character: (rise, scale) for character, _, rise, scale in places}
    assert heights[")"] == heights["("] == (0.0, 1.0)
    assert heights["9"][0] > 0


def test_a_minus_sign_on_the_screen_is_no_hyphen() -> None:
    pen = Pen()
    for write in (pen.number, pen.text):
        hyphen, minus = (write(text).runs() for text in ("-96.70", "−96.70"))
        assert [len(outlines) for _, outlines in hyphen] == [len(outlines) for _, outlines in minus]
        for (_, ours), (_, theirs) in zip(hyphen, minus, strict=True):
            for one, other in zip(ours, theirs, strict=True):
                np.testing.assert_array_equal(one.points, other.points)


def test_a_fraction_stands_around_its_baseline_and_ems_are_ems() -> None:
    fraction = typeset(r"$\displaystyle \frac{1}{2}$")
    points = np.concatenate([outline.points for outline in fraction.outlines])
    assert points[:, 0].min() == pytest.approx(0.0)
    assert points[:, 0].max() == pytest.approx(fraction.width)
    assert points[:, 1].min() < -0.3 < 0.6 < points[:, 1].max() < 1.5
    # A capital is some 0.7 em high, and stands on the line.
    (letter,) = typeset("H").outlines
    assert np.ptp(letter.points[:, 1]) == pytest.approx(0.69, abs=0.05)
    assert letter.points[:, 1].min() == pytest.approx(0.0, abs=0.01)
    with pytest.raises(ValueError, match="read-only"):
        letter.points[0, 0] = 1.0


def test_a_fractions_bar_is_a_thin_rectangle_as_long_as_what_it_divides() -> None:
    outlines = typeset(r"$\displaystyle \frac{a + b}{c}$").outlines
    spans = [(float(np.ptp(outline.points[:, 0])), float(np.ptp(outline.points[:, 1]))) for outline in outlines]
    width, height = max(spans)
    numerator = np.concatenate([outline.points for outline in outlines if outline.points[:, 1].min() > 0.4])
    assert width >= np.ptp(numerator[:, 0])
    assert 0.02 < height < 0.08
    (bar,) = (outline for outline, span in zip(outlines, spans, strict=True) if span == (width, height))
    assert bar.points.shape == (16, 3)
    corners = bar.points.reshape(-1, 4, 3)
    assert np.array_equal(corners[:, 3][:-1], corners[:, 0][1:])
    # What is drawn as lines are curves whose handles lie at thirds.
    for start, first, second, end in corners:
        assert first == pytest.approx(start + (end - start) / 3)
        assert second == pytest.approx(start + (end - start) * 2 / 3)


def test_tags_are_those_of_the_innermost_colour() -> None:
    tags = [outline.tag for outline in typeset(r"$\textcolor{W}{x} + \textcolor{b}{y} \cdot z$").outlines]
    assert tags == ["W", "", "b", "", ""]


def test_what_is_set_once_is_known_and_collected_again() -> None:
    first = typeset("$q_7$")
    with collected() as known:
        assert typeset("$q_7$") is first
    assert known == {("$q_7$", "typst", "center"): first}
    typeset("$q_8$")
    assert len(known) == 1, "after the block nothing is collected"
    know({("no formula {", "typst", "center"): first})
    assert typeset("no formula {") is first


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_lines_are_aligned(align: str, share: float) -> None:
    content = typeset("llllllll\nl", align=align)
    (*above, below) = content.outlines
    left, right = float(below.points[:, 0].min()), float(below.points[:, 0].max())
    room = content.width - (right - left)
    assert left == pytest.approx(share * room, abs=0.02)
    assert below.points[:, 1].min() == pytest.approx(0.0, abs=0.01), "the last line's baseline"
    assert all(outline.points[:, 1].min() > 0.9 for outline in above)
