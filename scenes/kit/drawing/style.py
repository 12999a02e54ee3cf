"""Every colour, size and duration of the lectures.

A concept has one colour everywhere: in the plot, in the formula and in the readout. The hues follow Okabe and Ito's
colour-blind safe set (2008), lightened for the dark theme and darkened for the light one until text in them has a
contrast of at least 4.5:1 against the background (WCAG 2.2, success criterion 1.4.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FRAME_HEIGHT = 8.0
"""Height of the frame in Manim units; the width follows from the aspect ratio 16:9."""

FRAME_WIDTH = FRAME_HEIGHT * 16 / 9

MARGIN = 0.36
"""What stays empty along the frame's edges."""

SMALLEST_TEXT = FRAME_HEIGHT / 36
"""The smallest permitted font size, in Manim units: 30 of 1080 pixels."""


class Size:
    """Font sizes in Manim units: the height of one em."""

    TICK = 0.25
    LABEL = 0.28
    BODY = 0.34
    CAPTION = 0.36
    FORMULA = 0.40
    LARGE = 0.52
    TITLE = 0.80


class Duration:
    """Durations in seconds at the default pace. All are whole frames at 15, 30 and 60 frames a second."""

    BRIEF = 4 / 15
    QUICK = 6 / 15
    SHORT = 10 / 15
    NORMAL = 15 / 15
    LONG = 30 / 15


class Stroke:
    """Line widths in Manim units."""

    HAIR = 0.012
    GRID = 0.016
    THIN = 0.025
    NORMAL = 0.04
    CURVE = 0.06


DOT_RADIUS = 0.095


@dataclass(frozen=True)
class Palette:
    """The colours of a theme.

    Attributes:
        name: What `--theme` calls it.
        background: The empty frame.
        text: Ordinary text.
        muted: Text that may be overlooked: ticks, units, what is not being talked about.
        grid: Lines behind everything else.
        concepts: Concept name to colour; the same names are used by `\\textcolor{...}` in formulas.
        surface: Name of the colour map of a landscape, lowest to highest.
        contour: Contour lines on the surface, as hex with alpha.
        outline: The rim around points, so that they stand out on a surface of any colour.
    """

    name: str
    background: str
    text: str
    muted: str
    grid: str
    concepts: Mapping[str, str]
    surface: tuple[str, ...]
    contour: str
    outline: str

    def __getitem__(self, concept: str) -> str:
        """The colour of a concept; ordinary text for a name that has none."""
        return self.concepts.get(concept, self.text)


DARK = Palette(
    name="dark",
    background="#11141C",
    text="#ECEEF2",
    muted="#A3ABBA",
    grid="#2C3342",
    concepts={
        "data": "#F5E663",
        "model": "#5AB4F0",
        "residual": "#F0824A",
        "loss": "#F2A922",
        "gradient": "#FFFFFF",
        **dict.fromkeys(("W", "W1", "W2"), "#35C29A"),
        **dict.fromkeys(("b", "b1", "b2"), "#EA8DC4"),
        "rate": "#C9B8FF",
        "muted": "#A3ABBA",
    },
    surface=("#3B1F5B", "#3F4788", "#31688E", "#21908C", "#35B779", "#A5DB36"),
    contour="#FFFFFF66",
    outline="#0B0D12",
)

LIGHT = Palette(
    name="light",
    background="#FBFBF8",
    text="#1A1D24",
    muted="#596072",
    grid="#DDDFE3",
    concepts={
        "data": "#525A00",
        "model": "#0067A8",
        "residual": "#B8430B",
        "loss": "#8F5E00",
        "gradient": "#1A1D24",
        **dict.fromkeys(("W", "W1", "W2"), "#00755A"),
        **dict.fromkeys(("b", "b1", "b2"), "#A8317D"),
        "rate": "#5B43B8",
        "muted": "#596072",
    },
    surface=("#5C4A86", "#5D72A8", "#5A93B5", "#62B0A8", "#86CB97", "#CDE58B"),
    contour="#1A1D2466",
    outline="#FFFFFF",
)

THEMES: Mapping[str, Palette] = {theme.name: theme for theme in (DARK, LIGHT)}
