"""Colours can be told apart and read."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scenes.kit.drawing.painting import rgba
from scenes.kit.drawing.style import SMALLEST_TEXT, THEMES, Palette, Size


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgba(color)[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_of_every_colour_can_be_read(theme: Palette) -> None:
    for name, color in {"text": theme.text, "muted": theme.muted, **theme.concepts}.items():
        assert contrast(color, theme.background) >= 4.5, name


def perceived(color: str) -> np.ndarray:
    """The colour in OKLab (Ottosson, 2020), (3,)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgba(color)[:3]]
    cones = np.array([[0.41222, 0.53633, 0.05145], [0.21190, 0.68070, 0.10740], [0.08830, 0.28172, 0.62998]])
    to_lab = np.array([[0.21045, 0.79362, -0.00407], [1.97800, -2.42859, 0.45059], [0.02590, 0.78277, -0.80868]])
    return np.asarray(to_lab @ np.cbrt(cones @ linear))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_no_two_concepts_have_one_colour(theme: Palette) -> None:
    names = ("data", "model", "residual", "loss", "W", "b", "rate")
    for one, other in itertools.combinations(names, 2):
        # Some 0.02 is just noticeable side by side; dots and letters stand far apart.
        assert np.linalg.norm(perceived(theme[one]) - perceived(theme[other])) > 0.09, (one, other)


def test_themes_know_the_same_concepts() -> None:
    assert len({frozenset(theme.concepts) for theme in THEMES.values()}) == 1


def test_no_size_is_below_the_smallest() -> None:
    sizes = {name: size for name, size in vars(Size).items() if name.isupper()}
    assert min(sizes.values()) >= SMALLEST_TEXT
