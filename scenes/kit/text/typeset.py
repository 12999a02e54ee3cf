"""From source text to glyph outlines: Typst by default, a LaTeX installation on request.

This file alone knows the two engines. Everything on screen is written in LaTeX; Typst gets it through `tylax`.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise

import numpy as np
import svgelements

from fitting.arrays import Array
from fitting.errors import InputError
from scenes.kit.words.captions import signed

POINTS_PER_EM = 10.0
"""Both engines compile at 10 pt, so that outlines divided by this are in units of one em."""

_EXOTIC = 0x370
"""Characters from here on are looked for in the fonts of the system, too."""

_UNASSIGNED = "\U0010fffd"
"""A character that no font has."""

_BASELINE = "#010000"
_TAG_BASE = 0x020000
_XLINK = "{http://www.w3.org/1999/xlink}href"


class TypesettingError(InputError):
    """A formula that its engine would not compile; the message names the source and the engine's reason."""


@dataclass(frozen=True)
class Outline:
    """One filled shape.

    Attributes:
        points: Cubic Bezier points (4 k, 3) in em, y upwards, the baseline at y = 0; k curves, as Manim stores them.
        tag: Name given by `\\textcolor{name}{...}`, or "" where none was.
        color: Colour of the source as hex, for shapes with a colour of their own.
    """

    points: Array
    tag: str


@dataclass(frozen=True)
class Typeset:
    """A compiled formula: its outlines, left edge at x = 0, and the width it takes in em."""

    outlines: tuple[Outline, ...]
    width: float


Known = dict[tuple[str, str, str], Typeset]
"""Formulas that are compiled, by source, engine and alignment."""

_known: Known = {}
_collections: list[Known] = []


def typeset(source: str, engine: str = "typst", align: str = "center") -> Typeset:
    """Compile a line or paragraph, once in a process.

    Args:
        source: Prose with `$...$` for mathematics in LaTeX; a newline breaks the line. A `\\x00` stands before and
            after text that comes from a user: it is set literally, whatever it contains.
        engine: "typst" or "latex".
        align: "left", "center" or "right", for several lines.

    Raises:
        TypesettingError: The engine rejects the source.
    """
    key = source, engine, align
    if key not in _known:
        if engine == "typst":
            _find_glyphs(source)
        tags = _tags(source)
        svg = _typst_svg(source, tags, align) if engine == "typst" else _latex_svg(source, tags, align)
        _known[key] = _read_svg(svg, {_tag_color(k): tag for k, tag in enumerate(tags)})
    for collection in _collections:
        collection[key] = _known[key]
    return _known[key]


def _find_glyphs(source: str) -> None:
    """See that every character of a text has a glyph.

    Raises:
        TypesettingError: No font has one of them.
    """
    for kind, piece in _pieces(source):
        missing = [character for character in dict.fromkeys(piece) if kind == "text" and not _has_glyph(character)]
        if missing:
            raise TypesettingError(
                f"{piece!r}: no font here has {', '.join(f'{c!r} ({_named(c)})' for c in missing[:3])}"
                f"{f' and {len(missing) - 3} more' if len(missing) > 3 else ''}: "
                f"install one that does ({_font_for(missing[0])}), or write it in other characters"
            )


@cache
def _has_glyph(character: str) -> bool:
    if ord(character) < _EXOTIC or unicodedata.category(character)[0] in "ZCM":
        return True
    # What no font has is drawn as a box; a bitmap has no outlines.
    outlines = _outlines(character)
    return bool(outlines) and not (
        len(outlines) == 1
        and outlines[0].shape == _outlines(_UNASSIGNED)[0].shape
        and np.allclose(outlines[0], _outlines(_UNASSIGNED)[0])
    )


@cache
def _outlines(character: str) -> list[Array]:
    svg = _typst_svg(f"\x00{character}\x00", (), "left")
    return [outline.points for outline in _read_svg(svg, {}).outlines]


def _named(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}")


def _font_for(character: str) -> str:
    """A font that has it."""
    script = _named(character).split()[0]
    if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH"):
        return "Noto Sans CJK; Debian: apt install fonts-noto-cjk"
    if unicodedata.category(character) == "So":
        return "DejaVu Sans or Symbola; Debian: apt install fonts-dejavu fonts-symbola"
    return f"Noto Sans {script.title()}; Debian: apt install fonts-noto-core"


@contextmanager
def collected() -> Iterator[Known]:
    """What is set inside of the `with` block, for another process to `know`."""
    collection: Known = {}
    _collections.append(collection)
    try:
        yield collection
    finally:
        _collections.remove(collection)


def know(known: Known) -> None:
    """Take over what another process has compiled."""
    _known.update(known)


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Cut source into ("text" | "math" | "break", content)."""
    for k, part in enumerate(source.split("\x00")):
        if k % 2:
            yield "text", part
            continue
        for j, piece in enumerate(part.split("$")):
            if j % 2:
                yield "math", piece
            else:
                for i, line in enumerate(signed(piece).split("\n")):
                    if i:
                        yield "break", ""
                    if line:
                        yield "text", line


def _tags(source: str) -> tuple[str, ...]:
    names = [part.split("}", 1)[0] for part in source.split(r"\textcolor{")[1:]]
    return tuple(dict.fromkeys(names))


def _tag_color(index: int) -> str:
    """A colour no design uses, so that a shape's colour says which tag it stands under."""
    return f"#{_TAG_BASE + index + 1:06x}"


_LEFT_RIGHT = re.compile(r"\\(left|right)(?![A-Za-z])")
_BIG = re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])")
"""Sizes of brackets, which tylax would leave out with the bracket."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_WHOLE = re.compile(
    r"\\textcolor\{(?P<tag>\w+)\}\s*\{|(?P<text>\\text\s*\{)|(?P<sign>\\[ !_]|,)|(?P<other>\\.)", re.DOTALL
)
"""What is put into Typst as it is: tylax colours mathematics as text, takes text for markup, and leaves signs out."""

_SIGNS = {r"\ ": " med ", r"\!": "#h(-math.thin.amount)", r"\_": r"\_", ",": r"\,"}

_ESCAPED = re.compile(r"\\([%#&_{}])")

_STAND_INS = range(0xE000, 0xF900)
"""Unicode's private characters: each stands for what is put in as it is, while the rest is converted."""

_STAND_IN = re.compile(r"[\uE000-\uF8FF]")


def _typst_math(latex: str) -> str:
    """Mathematics in Typst's words.

    Raises:
        TypesettingError: Brackets of the source do not match, or tylax leaves something out.
    """
    from tylax import L2TOptions, latex_to_typst

    sides = [found[1] for found in _LEFT_RIGHT.finditer(latex)]
    if _STAND_IN.search(latex) or _group_end(f"{latex}}}", 0) != len(latex) or sides.count("left") * 2 != len(sides):
        raise TypesettingError(f"LaTeX not understood: {latex!r}: brackets do not match")
    wholes: list[str] = []
    rest, at = "", 0
    for found in _WHOLE.finditer(latex):
        if found["other"] or found.start() < at:
            continue
        rest += latex[at : found.start()] + chr(_STAND_INS[len(wholes)])
        at = found.end()
        if found["sign"]:
            wholes.append(_SIGNS[found["sign"]])
            continue
        end = _group_end(latex, at)
        inside, at = latex[at:end], end + 1
        if found["text"]:
            wholes.append(_string(_ESCAPED.sub(r"\1", inside)))
        else:
            wholes.append(f"#text(fill: {found['tag']})[${_typst_math(inside)}$]")
    # Without slashes: a comma of a fraction would be outside of it.
    options = L2TOptions(frac_to_slash=False)
    try:
        converted = latex_to_typst(_BIG.sub("", rest + latex[at:]), options=options)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # What Rust calls a panic is no Exception.
        raise TypesettingError(f"LaTeX not understood: {latex!r}: {error}") from None
    if "/*" in converted:
        raise TypesettingError(f"LaTeX not understood: {latex!r}")
    # A prime stands at what is before it.
    converted = re.sub(r"\s+(?=')", "", converted)
    return _STAND_IN.sub(lambda found: wholes[_STAND_INS.index(ord(found[0]))], converted)


def _group_end(latex: str, at: int) -> int:
    """Where the group ends that has begun before `at`; -1 if it does not."""
    depth = 1
    for found in _BRACE.finditer(latex, at):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return -1


def _string(text: str) -> str:
    """Text that Typst takes as it is."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _typst_svg(source: str, tags: tuple[str, ...], align: str) -> bytes:
    import typst

    body = []
    for kind, content in _pieces(source):
        if kind == "break":
            body.append("#linebreak()")
        elif kind == "text":
            body.append(f"#{_string(content)}")
        else:
            display = content.startswith(r"\displaystyle")
            converted = _typst_math(content.removeprefix(r"\displaystyle"))
            # As content, not as arguments: a comma in it is a comma.
            body.append(f"$#math.display(${converted}$)$" if display else f"${converted}$")
    lets = "".join(f'#let {tag} = rgb("{_tag_color(k)}")\n' for k, tag in enumerate(tags))
    document = (
        "#set page(width: auto, height: auto, margin: 20pt, fill: none)\n"
        f'#set text(size: {POINTS_PER_EM}pt, font: "New Computer Modern", number-width: "tabular")\n'
        f"#set par(leading: 0.55em)\n#set align({align})\n{lets}"
        f"{''.join(body)}"
        f'#box(width: 0pt, place(bottom + left, rect(width: 1pt, height: 1pt, fill: rgb("{_BASELINE}"))))'
    )
    # System fonts are searched only for scripts that the fonts inside the wheel lack: it costs 8 ms a formula, and
    # everything else must look the same on every machine.
    exotic = any(ord(character) >= _EXOTIC and kind == "text" for kind, piece in _pieces(source) for character in piece)
    try:
        return bytes(typst.compile(document.encode(), format="svg", ignore_system_fonts=not exotic))
    except Exception as error:
        raise TypesettingError(f"not typeset: {source!r}: {error}") from error


_LATEX_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "−": "$-$", "×": r"$\times$", "·": r"$\cdot$",
    "∞": r"$\infty$", "…": r"\dots{}", "+": "$+$", "=": "$=$", "<": "$<$", ">": "$>$", "²": "$^2$", "³": "$^3$",
}  # fmt: skip


def _latex_svg(source: str, tags: tuple[str, ...], align: str) -> bytes:
    from manim import TexTemplate
    from manim.utils.tex_file_writing import tex_to_svg_file

    body = []
    for kind, content in _pieces(source):
        if kind == "break":
            body.append(r"\\ ")
        elif kind == "text":
            body.append("".join(_LATEX_SPECIAL.get(character, character) for character in content))
        else:
            body.append(f"${content}$")
    colors = "".join(rf"\definecolor{{{tag}}}{{HTML}}{{{_tag_color(k)[1:].upper()}}}" for k, tag in enumerate(tags))
    marker = rf"{{\color[HTML]{{{_BASELINE[1:]}}}\rlap{{\rule{{1pt}}{{1pt}}}}}}"
    column = {"left": "l", "center": "c", "right": "r"}[align]
    # Of what every TeX installation has; dvisvgm cuts the page to its content.
    template = TexTemplate(documentclass=r"\documentclass[10pt]{article}")
    packages = r"\usepackage{xcolor,textcomp}\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}"
    template.add_to_preamble(rf"{packages}\pagestyle{{empty}}{colors}")
    # Lines end with \\ inside a tabular; the baseline mark belongs to the last of them, as with Typst.
    table = rf"\begin{{tabular}}{{@{{}}{column}@{{}}}}{''.join(body)}{marker}\end{{tabular}}"
    try:
        return tex_to_svg_file(table, environment=None, tex_template=template).read_bytes()
    except Exception as error:
        raise TypesettingError(f"LaTeX would not typeset {source!r}: {error}") from error


def _read_svg(svg: bytes, tags: dict[str, str]) -> Typeset:
    root = ET.parse(BytesIO(svg)).getroot()
    symbols = {element.get("id", ""): element for element in root.iter() if element.get("id")}
    shapes: list[tuple[Array, str]] = []
    _walk(root, np.eye(3), "#000000", symbols, shapes)
    baseline = next((points for points, fill in shapes if fill == _BASELINE), None)
    if baseline is None:
        raise TypesettingError("the baseline mark is missing from the engine's output")
    origin_y = float(baseline[:, 1].max())
    kept = [(points, tags.get(fill, "")) for points, fill in shapes if fill != _BASELINE and len(points)]
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
