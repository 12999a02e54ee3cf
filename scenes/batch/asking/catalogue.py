"""Which lectures there are: read from the sources of `scenes/`, without importing Manim."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import scenes
from fitting.errors import InputError, suggestion

if TYPE_CHECKING:
    from scenes.kit.story.lecture import Lecture

SOURCES = Path(scenes.__file__).parent


@dataclass(frozen=True)
class Entry:
    """A lecture.

    Attributes:
        name: What the command line calls it: the name of its file.
        title: Its title.
        question: The question it answers.
        model: The model it is about.
        own_data_refused: Why it takes no data and steps of users; "" if it does.
        window_refused: Why its landscape shows no other window; "" if it does.
        steps_refused: Why it shows no batches and no updates one after the other; "" if it does.
        loss: The loss that it is about; "" if any.
        beats: Names of its beats.
        after: The lecture that it is taught after; "" for one that begins.
        scene: Name of its class.
    """

    name: str
    title: str
    question: str
    model: str
    own_data_refused: str
    window_refused: str
    steps_refused: str
    loss: str
    beats: tuple[str, ...]
    after: str
    scene: str

    @property
    def module(self) -> str:
        """Name of its module."""
        return f"{scenes.__name__}.{self.name.replace('-', '_')}"

    def load(self) -> type[Lecture]:
        """Import the lecture, and Manim with it."""
        return cast("type[Lecture]", getattr(import_module(self.module), self.scene))


def catalogue() -> list[Entry]:
    """All lectures, as they are taught: every class in `scenes/*.py` that has a title and a question."""
    sources = sorted(SOURCES.glob("*.py"))
    return in_teaching_order([entry for source in sources for entry in _entries(source, source.stat().st_mtime_ns)])


@cache
def _entries(source: Path, changed: int) -> tuple[Entry, ...]:
    """The lectures of a file that was last changed then."""
    found = []
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            texts = _texts(node)
            if {"title", "question", "model"} <= texts.keys():
                found.append(
                    Entry(
                        name=source.stem.replace("_", "-"),
                        title=texts["title"],
                        question=texts["question"],
                        model=texts["model"],
                        own_data_refused=texts.get("own_data_refused", ""),
                        window_refused=texts.get("window_refused", ""),
                        steps_refused=texts.get("steps_refused", ""),
                        loss=texts.get("loss", ""),
                        beats=_beats(node),
                        after=texts.get("after", ""),
                        scene=node.name,
                    )
                )
    return tuple(found)


def in_teaching_order(entries: Sequence[Entry]) -> list[Entry]:
    """Each lecture, followed by those that come after it; of several at one place the first by name comes first.

    Of those that come after none, or after one that there is not, the ones that are followed begin: a lecture that
    says nothing of its place stands behind the course.
    """
    names, followed = {entry.name for entry in entries}, {entry.after for entry in entries}
    ordered: list[Entry] = []

    def follow(entry: Entry) -> None:
        if entry not in ordered:
            ordered.append(entry)
            for later in entries:
                if later.after == entry.name:
                    follow(later)

    for entry in sorted(entries, key=lambda entry: (entry.after in names, entry.name not in followed)):
        follow(entry)
    return ordered


def choose(names: Iterable[str]) -> list[Entry]:
    """The lectures of these names.

    Raises:
        InputError: There is none of a name.
    """
    known = {entry.name: entry for entry in catalogue()}
    chosen = []
    for name in names:
        if name not in known:
            raise InputError(f"unknown lecture {name!r}; {suggestion(name, known)}")
        chosen.append(known[name])
    return chosen


def _texts(node: ast.ClassDef) -> dict[str, str]:
    """Attributes of a class whose value is a text."""
    return {
        target.id: statement.value.value
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _beats(node: ast.ClassDef) -> tuple[str, ...]:
    """What stands in the `@beat("...")` of a class' methods."""
    return tuple(
        decorator.args[0].value
        for method in node.body
        if isinstance(method, ast.FunctionDef)
        for decorator in method.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "beat"
        and isinstance(decorator.args[0], ast.Constant)
        and isinstance(decorator.args[0].value, str)
    )
