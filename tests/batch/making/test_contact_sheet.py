"""A contact sheet: where each frame and its label are."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageColor

from scenes.batch.making.contact_sheet import COLUMNS, GAP, LABEL, WIDTH, contact_sheet
from scenes.kit.drawing.style import THEMES

COLOURS = ["#ff0000", "#00ff00", "#0000ff", "#ffff00"]
HEIGHT = 360


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_frames_stand_in_rows_with_labels_below(theme: str) -> None:
    frames = [Image.new("RGB", (1280, 720), colour) for colour in COLOURS]
    page = contact_sheet(frames, ["Label"] * len(frames), theme)
    # Three a row: four take two rows.
    assert page.size == (GAP + COLUMNS * (WIDTH + GAP), GAP + 2 * (HEIGHT + LABEL + GAP))
    pixels = np.asarray(page)
    ground = pixels[0, 0].copy()
    for k, colour in enumerate(COLOURS):
        left, top = GAP + k % 3 * (WIDTH + GAP), GAP + k // 3 * (HEIGHT + LABEL + GAP)
        frame = pixels[top : top + HEIGHT, left : left + WIDTH]
        assert (frame == ImageColor.getrgb(colour)).all()
        label = pixels[top + HEIGHT : top + HEIGHT + LABEL, left : left + WIDTH]
        rows, columns = np.nonzero((label != ground).any(axis=-1))
        assert len(rows) > 20
        assert (rows.min() >= 4, columns.min() >= 4, rows.max() < LABEL) == (True, True, True)
        text = ImageColor.getrgb(THEMES[theme].text)
        assert (label == text).all(axis=-1).any()
    # Where the second row has no more frames there is nothing.
    assert (pixels[GAP + HEIGHT + LABEL + GAP :, GAP + WIDTH + GAP :] == ground).all()


def test_the_height_is_that_of_the_frames_shape() -> None:
    page = contact_sheet([Image.new("RGB", (400, 400))], [""], "dark")
    assert page.height == GAP + WIDTH + LABEL + GAP
