"""Stamps and numerals: where a text stands on a canvas, and what it covers there."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from painted import Record

from scenes.kit.drawing.painting import Canvas
from scenes.kit.text.formula import Pen, digits
from scenes.kit.text.stamp import Ink, Numerals, Stamp, _traced

PEN = Pen()
SIDE, SCALE = 240, 40.0
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class Sheet:
    """A canvas of 6 x 6 units, its corner at (0, 0), y upwards."""

    def __init__(self) -> None:
        self.pixels = np.zeros((SIDE, SIDE, 4), dtype=np.uint8)
        surface = cairo.ImageSurface.create_for_data(self.pixels, cairo.FORMAT_ARGB32, SIDE, SIDE)
        context = cairo.Context(surface)
        context.translate(0, SIDE)
        context.scale(SCALE, -SCALE)
        self.canvas = Canvas(context, self.pixels, SCALE)
        self.canvas.texts = []

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of what is covered."""
        rows, columns = np.nonzero(self.pixels[..., 3] > 40)
        return columns.min() / SCALE, (SIDE - 1 - rows.max()) / SCALE, (columns.max() + 1) / SCALE, (
            SIDE - rows.min()
        ) / SCALE  # fmt: skip


@pytest.mark.parametrize("anchor", SHARES)
def test_a_stamp_stands_where_its_edge_was_put_and_its_box_says_so(anchor: str) -> None:
    # Where a formula stood when it was prepared is no matter.
    formula = PEN.math(r"\frac{1}{2} x", 0.8).at(3.0, -2.0)
    stamp, sheet = Stamp(formula), Sheet()
    stamp.draw(sheet.canvas, 3.0, 2.5, anchor)
    (box,) = sheet.canvas.texts or []
    assert stamp.width == pytest.approx(float(formula.width))
    assert box.left == pytest.approx(3.0 - SHARES[anchor] * stamp.width)
    assert (box.text, box.size) == (formula.source, 0.8)
    assert box.right - box.left == pytest.approx(stamp.width)
    assert (box.bottom - 2.5, box.top - 2.5) == pytest.approx(
        (float(formula.get_bottom()[1]) + 2.0, float(formula.get_top()[1]) + 2.0)
    )
    assert sheet.box == pytest.approx((box.left, box.bottom, box.right, box.top), abs=1.5 / SCALE)


def test_a_stamp_of_nothing_has_no_width() -> None:
    stamp, sheet = Stamp(PEN.text(" ")), Sheet()
    stamp.draw(sheet.canvas, 1.0, 1.0)
    assert stamp.width == 0.0
    assert not sheet.pixels.any()
    (box,) = sheet.canvas.texts or []
    assert (box.left, box.bottom, box.right, box.top) == (1.0, 1.0, 1.0, 1.0)


def test_what_cannot_be_seen_is_not_noted() -> None:
    stamp, numerals = Stamp(PEN.text("x")), Numerals("typst", 0.5, "#FFFFFF")
    for opacity, alpha, notes in ((0.0, 1.0, 0), (1.0, 0.0, 0), (0.5, 0.5, 2)):
        record = Record()
        record.alpha = alpha
        stamp.draw(record, 0.0, 0.0, opacity=opacity)
        numerals.draw(record, "1", 0.0, 0.0, opacity=opacity)
        assert len(record.texts) == notes
    silent = Record()
    silent.texts = None  # type: ignore[assignment]
    stamp.draw(silent, 0.0, 0.0)
    numerals.draw(silent, "1", 0.0, 0.0)


def test_a_stamp_is_drawn_in_its_colours_at_its_opacity() -> None:
    sheet = Sheet()
    Stamp(PEN.math(r"\textcolor{W}{-}", 2.0)).draw(sheet.canvas, 1.0, 2.0, opacity=0.5)
    middle = sheet.pixels[sheet.pixels[..., 3] == sheet.pixels[..., 3].max()][0].astype(float)
    assert middle[3] == pytest.approx(128, abs=2)
    red, green, blue = (int(PEN.palette["W"][k : k + 2], 16) for k in (1, 3, 5))
    assert middle[:3] / middle[3] * 255 == pytest.approx([red, green, blue], abs=4)


def test_a_halo_surrounds_the_glyphs() -> None:
    bare, rimmed = Sheet(), Sheet()
    stamp = Stamp(PEN.math("-", 2.0))
    stamp.draw(bare.canvas, 2.0, 3.0)
    stamp.draw(rimmed.canvas, 2.0, 3.0, halo="#00FF00")
    grown = np.array(rimmed.box) - np.array(bare.box)
    assert grown == pytest.approx([-0.045, -0.045, 0.045, 0.045], abs=1.5 / SCALE)
    outside = (rimmed.pixels[..., 3] > 200) & (bare.pixels[..., 3] == 0)
    assert (rimmed.pixels[outside][:, [0, 2]] < 10).all()
    assert (rimmed.pixels[bare.pixels[..., 3] == 255] == bare.pixels[bare.pixels[..., 3] == 255]).all()


def test_an_ink_covers_what_filling_its_path_would_wherever_it_stands() -> None:
    path = _traced([digits("typst").outlines["8"]])
    ink = Ink(path)
    for x, y, size in ((1.0, 1.0, 2.0), (1.013, 2.27, 2.0), (3.5, 1.0, 1.0), (1.0, 1.0, 2.0)):
        ours, filled = Sheet(), Sheet()
        for sheet in (ours, filled):
            context = sheet.canvas.context
            context.translate(x, y)
            context.scale(size, size)
            sheet.canvas.set_color("#FFFFFF")
        ink.fill(ours.canvas.context)
        filled.canvas.context.append_path(path)
        filled.canvas.context.fill()
        # A mask and a fill round otherwise.
        np.testing.assert_allclose(ours.pixels.astype(int), filled.pixels.astype(int), atol=24)
        assert ours.pixels.any()


def test_masks_are_used_again_on_the_same_part_of_a_pixel_and_are_not_too_many() -> None:
    ink, sheet = Ink(_traced([digits("typst").outlines["1"]])), Sheet()
    context = sheet.canvas.context

    def fill(x: float) -> int:
        context.save()
        context.translate(x, 1.0)
        ink.fill(context)
        context.restore()
        return len(ink._masks)

    assert [fill(x) for x in (1.0, 2.0, 1.0 + 0.25 / SCALE)] == [1, 1, 2]
    counts = [fill(1.0 + k / 64 / SCALE) for k in range(1, 60)]
    assert max(counts) == Ink.MOST == 32
    assert counts[-1] < 32


def test_a_mask_is_as_large_as_its_ink_and_a_pixel_around_it() -> None:
    ink, sheet = Ink(_traced([digits("typst").outlines["8"]])), Sheet()
    sheet.canvas.context.translate(2.0, 3.0)
    ink.fill(sheet.canvas.context)
    ((mask, left, top),) = ink._masks.values()
    rows, columns = np.nonzero(sheet.pixels[..., 3])
    width, height = columns.max() - columns.min() + 1, rows.max() - rows.min() + 1
    assert width + 2 <= mask.get_width() <= width + 4
    assert height + 2 <= mask.get_height() <= height + 4
    x, y = sheet.canvas.context.user_to_device(0.0, 0.0)
    assert (columns.min() - x - left, rows.min() - y - top) == pytest.approx((1.0, 1.0), abs=1.01)


def test_a_closed_outline_is_traced_as_one_and_the_next_begins_anew() -> None:
    kinds = [kind for kind, _ in _traced([digits("typst").outlines["8"], digits("typst").outlines["1"]])]
    moves = kinds.count(cairo.PathDataType.MOVE_TO)
    curves = kinds.count(cairo.PathDataType.CURVE_TO)
    # An 8 has three closed outlines, a 1 has one.
    assert moves == 4
    assert curves > 20


@pytest.mark.parametrize("anchor", SHARES)
def test_numerals_stand_where_their_edge_was_put(anchor: str) -> None:
    numerals, sheet = Numerals("typst", 0.7, "#FFFFFF"), Sheet()
    width = numerals.width("1234.5")
    assert width == pytest.approx(0.7 * digits("typst").places("1234.5")[1])
    numerals.draw(sheet.canvas, "1234.5", 3.0, 2.0, anchor)
    (box,) = sheet.canvas.texts or []
    left = 3.0 - SHARES[anchor] * width
    assert (box.text, box.size) == ("1234.5", 0.7)
    assert (box.left, box.bottom, box.right) == pytest.approx((left, 2.0, left + width))
    # Its box reaches as high as its digits do.
    assert sheet.box[1:] == pytest.approx((2.0, left + width, box.top), abs=0.06)
    assert sheet.box[0] == pytest.approx(left, abs=0.1)


def test_a_power_of_ten_is_raised_and_smaller() -> None:
    low, high = Sheet(), Sheet()
    numerals = Numerals("typst", 1.0, "#FFFFFF")
    numerals.draw(low.canvas, "7", 2.0, 2.0)
    numerals.draw(high.canvas, "^7", 2.0, 2.0)
    (left, bottom, right, top), (raised_left, raised_bottom, raised_right, raised_top) = low.box, high.box
    assert raised_right - raised_left == pytest.approx(0.7 * (right - left), abs=0.05)
    assert raised_bottom - bottom == pytest.approx(0.36, abs=0.05)
    assert raised_top - raised_bottom == pytest.approx(0.7 * (top - bottom), abs=0.05)


def test_a_formula_and_numerals_set_a_number_alike() -> None:
    ours, theirs = Sheet(), Sheet()
    Numerals("typst", 0.6, PEN.palette.text).draw(ours.canvas, "−1 234.5·10^6", 1.0, 2.0)
    formula = PEN.number("−1 234.5·10^6", 0.6)
    Stamp(formula).draw(theirs.canvas, 1.0 + (float(formula.get_left()[0])), 2.0)
    assert np.abs(ours.pixels.astype(int) - theirs.pixels.astype(int)).mean() < 0.5
