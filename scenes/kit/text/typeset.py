"""From source text to what an engine makes of it: Typst by default, a LaTeX installation on request.

This file alone knows the two engines. Everything on screen is written in LaTeX; Typst gets it through `tylax`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np

from fitting.arrays import Array
from scenes.kit.text.outlines import BASELINE, POINTS_PER_EM, Typeset, TypesettingError, read_svg
from scenes.kit.words.captions import signed

_EXOTIC = 0x370
"""Characters from here on are looked for in the fonts of the system, too."""

_UNASSIGNED = "\U0010fffd"
"""A character that no font has."""

_TAG_BASE = 0x020000


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
        _known[key] = read_svg(svg, {_tag_color(k): tag for k, tag in enumerate(tags)})
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
    return [outline.points for outline in read_svg(svg, {}).outlines]


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
        f'#box(width: 0pt, place(bottom + left, rect(width: 1pt, height: 1pt, fill: rgb("{BASELINE}"))))'
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
    marker = rf"{{\color[HTML]{{{BASELINE[1:]}}}\rlap{{\rule{{1pt}}{{1pt}}}}}}"
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
