"""Formulas on the screen: where they stand, what they are coloured, how wide they may be."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.drawing.style import LIGHT, Size
from scenes.kit.text.formula import THIN_SPACE_EM, Pen, digits
from scenes.kit.words.labels import Labels
from scenes.kit.words.numbers import THIN_SPACE

PEN = Pen()


@pytest.mark.parametrize("anchor", ["left", "center", "right"])
def test_an_edge_and_the_baseline_are_put(anchor: str) -> None:
    formula = PEN.math(r"\frac{1}{2}").at(-2.0, 1.5, anchor)
    edges = {"left": formula.get_left(), "center": formula.get_center(), "right": formula.get_right()}
    assert float(edges[anchor][0]) == pytest.approx(-2.0)
    assert formula.baseline == pytest.approx(1.5)
    moved = formula.shift(np.array([0.5, 0.25, 0.0]))
    assert moved is formula
    assert (float(edges[anchor][0]), formula.baseline) == pytest.approx((-2.0, 1.75))


def test_a_formula_is_as_large_as_it_is_asked_to_be() -> None:
    small, large = PEN.math("x", 0.25), PEN.math("x", 0.5)
    assert float(large.width) == pytest.approx(2 * float(small.width))
    assert (small.size, PEN.math("x").size, PEN.text("x").size) == (0.25, Size.FORMULA, Size.BODY)
    assert PEN.number("1").size == Size.TICK


def test_what_is_wider_than_its_room_is_set_smaller() -> None:
    free = PEN.text("a rather long text")
    exact = PEN.text("a rather long text", room=float(free.width))
    assert exact.size == free.size
    tight = PEN.text("a rather long text", room=float(free.width) / 2)
    assert float(tight.width) == pytest.approx(float(free.width) / 2, rel=1e-3)
    assert tight.size == pytest.approx(free.size / 2)
    assert PEN.math("x + y", room=0.2).width <= 0.2 + 1e-6


def test_colours_are_those_of_the_pen_the_concept_or_the_call() -> None:
    formula = Pen(LIGHT).math(r"\textcolor{W}{W} + 1", color="#123456")
    colors = [glyph.get_fill_color().to_hex() for glyph in formula.glyphs]
    assert colors == [LIGHT["W"].upper(), "#123456", "#123456"]
    assert [(color, len(outlines)) for color, outlines in formula.runs()] == [(colors[0], 1), ("#123456", 2)]
    assert {glyph.get_fill_color().to_hex() for glyph in PEN.text("ab").glyphs} == {PEN.palette.text}
    assert formula.recolor("#654321") is formula
    assert {glyph.get_fill_color().to_hex() for glyph in formula.glyphs} == {"#654321"}


def test_runs_are_outlines_where_the_glyphs_stand_now() -> None:
    formula = PEN.math("x").at(3.0, 1.0)
    ((_, (outline,)),) = formula.runs()
    assert outline.points[:, 0].min() == pytest.approx(3.0)
    assert outline.points is formula.glyphs[0].points


def test_glyphs_of_one_colour_do_not_share_what_changes() -> None:
    one, other = PEN.math("x"), PEN.math("x")
    assert (one.opacity, other.opacity) == (1.0, 1.0)
    one.opacity = 0.0
    one.recolor("#000000")
    assert other.glyphs[0].get_fill_opacity() == 1.0
    assert other.glyphs[0].get_fill_color().to_hex() == PEN.palette.text
    assert one.opacity == 0.0
    assert other.glyphs[0].get_stroke_width() == 0


def test_a_formula_is_measured_by_the_ends_of_its_curves() -> None:
    formula = PEN.math("x + y")
    ends = formula.get_points_defining_boundary()
    assert len(ends) == 2 * sum(len(glyph.points) // 4 for glyph in formula.glyphs)
    assert set(map(tuple, ends.tolist())) <= {
        tuple(point) for glyph in formula.glyphs for point in glyph.points.tolist()
    }
    assert PEN.text(" ").get_points_defining_boundary().shape == (0, 3)


def test_a_pen_writes_labels_in_the_lessons_words() -> None:
    pen = Pen(labels=Labels({"step": "Schritt"}))
    assert pen.text("step").source == "Schritt"
    assert pen.math(r"\text{step}").source == r"$\displaystyle \text{Schritt}$"
    assert pen.text("{x}", x="step").source == "\x00step\x00", "what users write is none"
    assert pen == Pen(), "labels make no other pen"


@pytest.mark.parametrize("align", ["left", "right"])
def test_lines_of_a_text_are_aligned(align: str) -> None:
    formula = PEN.text("llllll\nl", align=align)
    last, edges = formula.glyphs[-1], (formula.get_left(), formula.get_right())
    distance = [abs(float(last.get_left()[0] - edges[0][0])), abs(float(last.get_right()[0] - edges[1][0]))]
    assert (distance[0] < distance[1]) == (align == "left")


def test_places_of_a_number_follow_each_other_by_their_advances() -> None:
    known = digits("typst")
    places, width = known.places("1 2-(3^4)5")
    assert [character for character, *_ in places] == ["1", "2", "−", "(", "3", "4", ")", "5"]
    advance = known.advances
    xs = [x for _, x, _, _ in places]
    assert xs[:2] == pytest.approx([0.0, advance["1"] + THIN_SPACE_EM])
    assert xs[5] - xs[4] == pytest.approx(advance["3"])
    assert xs[6] - xs[5] == pytest.approx(0.7 * advance["4"]), "what is raised is smaller"
    assert width == pytest.approx(xs[7] + advance["5"])
    assert [(rise, scale) for _, _, rise, scale in places[4:]] == [(0.0, 1.0), (0.36, 0.7), (0.0, 1.0), (0.0, 1.0)]
    _, raised = known.places("^1 2")
    assert raised == pytest.approx(0.7 * (2 * advance["1"] + THIN_SPACE_EM))
    assert known.places(f"1{THIN_SPACE}2")[1] == known.places("1 2")[1]
    assert 0.1 < THIN_SPACE_EM < 0.25


def test_digits_of_a_number_take_the_room_they_take_in_a_text() -> None:
    known = digits("typst")
    # What one more in a text makes it wider by.
    for character in "1+":
        wider = [float(PEN.text("|" + character * count + "|", 1.0).width) for count in (1, 2)]
        assert known.advances[character] == pytest.approx(wider[1] - wider[0], abs=0.03)
    for character in "0+(":
        assert known.outlines[character].points[:, 0].max() <= known.advances[character] + 0.02
        assert known.outlines[character].points[:, 0].min() >= -0.02
    set_apart = known.set("^00")
    heights = [float(np.ptp(outline.points[:, 1])) for outline in set_apart.outlines]
    assert heights == pytest.approx([0.7 * float(np.ptp(known.outlines["0"].points[:, 1]))] * 2)
    apart = [float(outline.points[:, 0].min()) for outline in set_apart.outlines]
    assert apart[1] - apart[0] == pytest.approx(0.7 * known.advances["0"])
    bottoms = [float(outline.points[:, 1].min()) for outline in set_apart.outlines]
    assert bottoms == pytest.approx([0.36] * 2, abs=0.03)
    with pytest.raises(KeyError):
        known.set("a")


@pytest.mark.parametrize("name", ["W" * 30, "i" * 30, "the average number of rooms in a house"])
def test_a_name_is_set_smaller_before_it_is_cut(name: str) -> None:
    whole = float(PEN.text("$x$: {name}", 0.4, name=name).width)
    assert PEN.fitted("$x$: {name}", whole, (0.4, 0.3), name=name).size == 0.4
    assert PEN.fitted("$x$: {name}", 0.8 * whole, (0.4, 0.3), name=name).size == 0.3
    assert "…" not in PEN.fitted("$x$: {name}", 0.8 * whole, (0.4, 0.3), name=name).source
    cut = PEN.fitted("$x$: {name}", 0.4 * whole, (0.4, 0.3), name=name)
    assert "…" in cut.source
    assert 0.25 * whole < float(cut.width) <= 0.4 * whole
