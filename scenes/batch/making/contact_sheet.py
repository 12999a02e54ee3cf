"""Many frames on one page, each with what it is and when."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from scenes.kit.drawing.style import THEMES

WIDTH, COLUMNS, GAP, LABEL = 640, 3, 12, 30
"""Width of a picture, pictures a row, space between them, and room for a label, in pixels."""


def contact_sheet(frames: Sequence[Image.Image], labels: Sequence[str], theme: str) -> Image.Image:
    """Lay frames out in rows.

    Args:
        frames: Pictures of one size.
        labels: What stands under each.
        theme: Name of the theme whose colours the page takes.
    """
    palette = THEMES[theme]
    height = round(WIDTH * frames[0].height / frames[0].width)
    rows = -(-len(frames) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + LABEL + GAP) + GAP), palette.grid)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=18)
    for k, (frame, label) in enumerate(zip(frames, labels, strict=True)):
        left, top = GAP + k % COLUMNS * (WIDTH + GAP), GAP + k // COLUMNS * (height + LABEL + GAP)
        page.paste(frame.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS), (left, top))
        draw.text((left + 4, top + height + 4), label, fill=palette.text, font=font)
    return page
