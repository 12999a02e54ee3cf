"""What a LaTeX installation would be given, without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenes.kit.text.outlines import TypesettingError
from scenes.kit.text.typeset import _latex_svg
from scenes.kit.words.captions import literal


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, str]]:
    """Body and preamble of each document."""
    documents: list[tuple[str, str]] = []

    def document(body: str, environment: str | None, tex_template: Any) -> Path:
        assert environment is None
        documents.append((body, tex_template.get_texcode_for_expression(body)))
        (tmp_path / "out.svg").write_bytes(b"<svg/>")
        return tmp_path / "out.svg"

    monkeypatch.setattr("manim.utils.tex_file_writing.tex_to_svg_file", document)
    return documents


@pytest.mark.parametrize(("align", "column"), [("left", "l"), ("center", "c"), ("right", "r")])
def test_lines_are_rows_of_a_table_with_one_column(given: list[tuple[str, str]], align: str, column: str) -> None:
    assert _latex_svg("one $x$\ntwo", (), align) == b"<svg/>"
    ((body, _),) = given
    assert body.startswith(rf"\begin{{tabular}}{{@{{}}{column}@{{}}}}one $x$\\ two")
    # The baseline is that of the last line.
    assert body.index("[HTML]{010000}") > body.index("two")


def test_text_of_users_is_escaped_and_mathematics_is_not(given: list[tuple[str, str]]) -> None:
    _latex_svg(literal("50 % of a_b + {c}") + " $a_b$", (), "left")
    assert r"50 \% of a\_b $+$ \{c\} $a_b$" in given[0][0]


def test_every_tag_has_a_colour_that_tells_it(given: list[tuple[str, str]]) -> None:
    _latex_svg(r"$\textcolor{W}{x} \textcolor{b}{y}$", ("W", "b"), "left")
    assert r"\definecolor{W}{HTML}{020001}\definecolor{b}{HTML}{020002}" in given[0][1]


def test_what_latex_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **options: object) -> Path:
        raise ValueError("Missing $ inserted")

    monkeypatch.setattr("manim.utils.tex_file_writing.tex_to_svg_file", refused)
    with pytest.raises(TypesettingError, match=r"LaTeX would not typeset 'a': Missing"):
        _latex_svg("a", (), "left")
