"""Collect what lectures can say: writes scenes/messages.pot, or with `--check` says whether it is current.

Templates are literals in calls of `message`, `say`, `text` and `beat`, and the words inside formulas' `\\text{...}`.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
POT = ROOT / "scenes" / "messages.pot"
CALLS = {"message", "say", "text", "beat"}
LETTER = re.compile(r"[^\W\d_]")
NO_WORDS = re.compile(r"\$[^$]*\$|\{\w+\}")
"""Mathematics and values: a template of nothing else says the same in every language."""

IN_FORMULAS = re.compile(r"\\text\{\s*([^{}]*?)\s*\}")


def main(arguments: list[str]) -> int:
    """Write the catalogue, or compare it with the one that is there."""
    written = collected()
    if "--check" not in arguments:
        POT.write_bytes(written)
        return 0
    if POT.exists() and POT.read_bytes() == written:
        return 0
    print(f"{POT.relative_to(ROOT)} is not what lectures say: run `make messages`", file=sys.stderr)
    return 1


def collected() -> bytes:
    """The catalogue as a file: every template once, with the files that it stands in."""
    catalog = Catalog(project="lectures", charset="utf-8", fuzzy=False)
    catalog.header_comment = "# What lectures can say. Made by `make messages`; do not edit."
    for source in sorted((ROOT / "scenes").rglob("*.py")):
        place = source.relative_to(ROOT).as_posix()
        for template in dict.fromkeys(templates(source)):
            catalog.add(template, locations=[(place, 0)])
    catalog.mime_headers = ()  # type: ignore[misc]
    made = io.BytesIO()
    write_po(made, catalog, width=0, include_lineno=False, omit_header=True)
    return made.getvalue()


def templates(source: Path) -> Iterator[str]:
    """The templates of a file, in their order."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CALLS and node.args and isinstance(node.args[0], ast.Constant):
                value = node.args[0].value
                if isinstance(value, str) and LETTER.search(NO_WORDS.sub("", value)):
                    yield value
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (words for words in IN_FORMULAS.findall(node.value) if LETTER.search(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
