from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig

from fitting import InputError
from scenes.batch.asking.catalogue import Entry, catalogue
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.look import Look
from scenes.kit.text import typeset as typeset_module
from scenes.kit.text.formula import Pen, digits
from scenes.kit.text.typeset import Known, Typeset, TypesettingError, collected, typeset
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


def _in_tex2typst(latex: str) -> str:
    from tex2typst import tex2typst

    return str(tex2typst(latex))


def _by_the_other_converter(known: Known, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Typeset, Typeset]]:
    """What was set, as it is and as tex2typst has it."""
    pytest.importorskip("tex2typst", reason="tex2typst has no wheel for this machine")
    monkeypatch.setattr(typeset_module, "_typst_math", _in_tex2typst)
    monkeypatch.setattr(typeset_module, "_known", {})
    return {source: (ours, typeset(source, engine, align)) for (source, engine, align), ours in known.items()}


def _assert_same(both: dict[str, tuple[Typeset, Typeset]]) -> None:
    for source, (ours, theirs) in both.items():
        assert [outline.tag for outline in ours.outlines] == [outline.tag for outline in theirs.outlines], source
        for own, other in zip(ours.outlines, theirs.outlines, strict=True):
            np.testing.assert_array_equal(own.points, other.points, source)


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_formulas_of_a_film_are_those_of_another_converter(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    with collected() as known:
        rehearse(entry.load())
    formulas = {key: content for key, content in known.items() if "$" in key[0]}
    assert len(formulas) >= 10
    _assert_same(_by_the_other_converter(formulas, monkeypatch))


def test_other_formulas_are_those_of_another_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    with collected() as known:
        for formula in FORMULAS:
            typeset(rf"$\displaystyle {formula}$")
    _assert_same(_by_the_other_converter(known, monkeypatch))


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


def _without_a_font() -> str:
    """A character that no font of this machine has."""
    return next(c for c in "城ท🙂あ\U00012000\U00016800\U0001b170" if not typeset_module._has_glyph(c))


def test_what_no_font_has_is_told_and_not_drawn_as_a_box() -> None:
    missing = _without_a_font()
    with pytest.raises(TypesettingError, match="no font here has") as told:
        Pen().text("{name} of them", name=f"ab {missing}")
    assert missing in str(told.value)
    assert "apt install" in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_other_scripts_that_the_fonts_have_are_drawn() -> None:
    for text in ("жизнь", "ώρα", "שלום", "½ ≤ ℃ →"):
        assert typeset(literal(text)).outlines


def test_a_name_does_not_turn_what_follows_it() -> None:
    turned = typeset(literal("ab\N{RIGHT-TO-LEFT OVERRIDE}cd") + " efg")
    plain = typeset(literal("abdc") + " efg")
    ends = [[float(outline.points[:, 0].min()) for outline in one.outlines[-3:]] for one in (turned, plain)]
    # What follows stands in its own order, each letter right of the one before.
    assert ends[0] == sorted(ends[0])
    assert np.diff(ends[0]) == pytest.approx(np.diff(ends[1]), abs=1e-6)
