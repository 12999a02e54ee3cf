"""The drawing in docs/architecture.md: rooms and the imports between them, as they are.

`architecture.py` draws it again; `architecture.py --check` fails where it is not what the imports say.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import grimp

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
ROOMS = (
    *("scenes.batch.verbs", "scenes.batch.making", "scenes.batch.asking", "scenes.page", "scenes.parts"),
    *("scenes.kit.story", "scenes.kit.panels", "scenes.kit.subject", "scenes.kit.text", "scenes.kit.words"),
    *("scenes.kit.drawing", "fitting"),
)
_DRAWN = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)


def room(module: str) -> str:
    """The room that a module is in; lectures are the files of `scenes` itself, "" is the command's entry."""
    for name in ROOMS:
        if module == name or module.startswith(f"{name}."):
            return name
    return "lectures" if re.fullmatch(r"scenes\.\w+", module) and module not in ("scenes.kit", "scenes.batch") else ""


def drawing() -> str:
    """Mermaid: an arrow for each pair of rooms of which one imports the other, but not where a longer way says so."""
    graph = grimp.build_graph("fitting", "scenes")
    arrows = {
        (room(importer), room(imported))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }
    direct = {(start, end) for start, end in arrows if start and end and start != end}
    shown = sorted((start, end) for start, end in direct if not leads(direct - {(start, end)}, start, end))
    name = {full: full.removeprefix("scenes.").replace(".", "/") for full in (*ROOMS, "lectures")}
    node = {full: full.replace(".", "_") for full in name}
    lines = [*(f"    {node[full]}[{name[full]}]" for full in name), *(f"    {node[a]} --> {node[b]}" for a, b in shown)]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```", ""])


def leads(arrows: set[tuple[str, str]], start: str, end: str) -> bool:
    """Whether arrows lead from one room to another."""
    nexts = {b for a, b in arrows if a == start}
    return end in nexts or any(leads(arrows, room, end) for room in nexts)


def main() -> None:
    """Draw, or check."""
    page, drawn = PAGE.read_text(encoding="utf-8"), drawing()
    if "--check" not in sys.argv:
        PAGE.write_text(_DRAWN.sub(lambda _: drawn, page), encoding="utf-8")
    elif drawn not in page:
        sys.exit(f"{PAGE.name}: the drawing is not what the imports are; draw it again: make drawing")


if __name__ == "__main__":
    main()
