"""From an engine's picture to outlines: filled shapes in em, on a baseline, with the names of their colours."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise

import numpy as np
import svgelements

from fitting.arrays import Array
from fitting.errors import InputError

POINTS_PER_EM = 10.0
"""Engines compile at 10 pt, so that outlines divided by this are in units of one em."""

BASELINE = "#010000"
"""Colour of the mark that says where the baseline is."""

_XLINK = "{http://www.w3.org/1999/xlink}href"


class TypesettingError(InputError):
    """A formula that its engine would not compile; the message names the source and the engine's reason."""


@dataclass(frozen=True)
class Outline:
    """One filled shape.

    Attributes:
        points: Cubic Bezier points (4 k, 3) in em, y upwards, the baseline at y = 0; k curves, as Manim stores them.
        tag: Name given by `\\textcolor{name}{...}`, or "" where none was.
    """

    points: Array
    tag: str


@dataclass(frozen=True)
class Typeset:
    """A compiled formula: its outlines, left edge at x = 0, and the width it takes in em."""

    outlines: tuple[Outline, ...]
    width: float


def read_svg(svg: bytes, tags: dict[str, str]) -> Typeset:
    """The outlines of an engine's picture.

    Args:
        svg: The picture, with a mark in the colour `BASELINE` on the baseline.
        tags: Names by the colours that stand for them, as hex.

    Raises:
        TypesettingError: The mark is missing.
    """
    root = ET.parse(BytesIO(svg)).getroot()
    symbols = {element.get("id", ""): element for element in root.iter() if element.get("id")}
    shapes: list[tuple[Array, str]] = []
    _walk(root, np.eye(3), "#000000", symbols, shapes)
    baseline = next((points for points, fill in shapes if fill == BASELINE), None)
    if baseline is None:
        raise TypesettingError("the baseline mark is missing from the engine's output")
    origin_y = float(baseline[:, 1].max())
    kept = [(points, tags.get(fill, "")) for points, fill in shapes if fill != BASELINE and len(points)]
    left = min((float(points[:, 0].min()) for points, _ in kept), default=0.0)
    right = max((float(points[:, 0].max()) for points, _ in kept), default=0.0)
    outlines = []
    for points, tag in kept:
        flipped = np.zeros((len(points), 3))
        flipped[:, 0] = (points[:, 0] - left) / POINTS_PER_EM
        flipped[:, 1] = (origin_y - points[:, 1]) / POINTS_PER_EM
        flipped.flags.writeable = False
        outlines.append(Outline(flipped, tag))
    return Typeset(tuple(outlines), (right - left) / POINTS_PER_EM)


def _walk(
    element: ET.Element,
    transform: Array,
    fill: str,
    symbols: dict[str, ET.Element],
    shapes: list[tuple[Array, str]],
) -> None:
    """Collect filled shapes in page coordinates (points, y downwards)."""
    tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
    if tag in ("defs", "style", "clipPath"):
        return
    if element.get("transform"):
        matrix = svgelements.Matrix(element.get("transform"))
        transform = transform @ np.array(
            [[matrix.a, matrix.c, matrix.e], [matrix.b, matrix.d, matrix.f], [0.0, 0.0, 1.0]]
        )
    stroke = element.get("stroke", "none")
    own = element.get("fill")
    if own not in (None, "none"):
        fill = str(own).lower()
    if tag == "use":
        shift = np.eye(3)
        shift[:2, 2] = float(element.get("x", 0)), float(element.get("y", 0))
        symbol = symbols[(element.get(_XLINK) or element.get("href") or "").removeprefix("#")]
        paths = [symbol] if symbol.get("d") else [child for child in symbol if child.get("d")]
        for path in paths:
            shapes.append((_apply(transform @ shift, _curves(path.get("d", ""))), fill))
        return
    if tag == "path" and stroke != "none":
        curves = _bar(_curves(element.get("d", "")), float(element.get("stroke-width", 1)))
        shapes.append((_apply(transform, curves), stroke.lower()))
    elif tag == "path":
        shapes.append((_apply(transform, _curves(element.get("d", ""))), fill))
    elif tag == "rect":
        x, y, width, height = (float(element.get(key, 0)) for key in ("x", "y", "width", "height"))
        shapes.append((_apply(transform, _curves(f"M{x} {y}h{width}v{height}h{-width}Z")), fill))
    for child in element:
        _walk(child, transform, fill, symbols, shapes)


def _apply(transform: Array, curves: Array) -> Array:
    return curves @ transform[:2, :2].T + transform[:2, 2]


@cache
def _curves(path: str) -> Array:
    """An SVG path as cubic Bezier curves, (4 k, 2)."""
    curves: list[tuple[complex, complex, complex, complex]] = []
    for segment in svgelements.Path(path):
        if isinstance(segment, svgelements.Move) or segment.start is None or segment.end is None:
            continue
        start, end = complex(segment.start), complex(segment.end)
        if isinstance(segment, svgelements.CubicBezier):
            curves.append((start, complex(segment.control1), complex(segment.control2), end))
        elif isinstance(segment, svgelements.QuadraticBezier):
            control = complex(segment.control)
            curves.append((start, start + 2 / 3 * (control - start), end + 2 / 3 * (control - end), end))
        elif start != end:
            curves.append((start, start + (end - start) / 3, start + (end - start) * 2 / 3, end))
    flat = np.array(curves, dtype=np.complex128).reshape(-1)
    result = np.stack([flat.real, flat.imag], axis=1) if len(flat) else np.zeros((0, 2))
    result.flags.writeable = False
    return result


def _bar(curves: Array, width: float) -> Array:
    """A stroked straight line (fraction bars, roots) as the filled rectangle it is."""
    start, end = curves[0], curves[-1]
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-12)
    across = np.array([-along[1], along[0]]) * width / 2
    corners = [start - across, end - across, end + across, start + across, start - across]
    sides = [np.stack([a, a + (b - a) / 3, a + (b - a) * 2 / 3, b]) for a, b in pairwise(corners)]
    return np.concatenate(sides)
