"""All that lectures say is found by those who translate it: every caption and label, whatever the data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from lesson_files import SMALL
from lessons import LESSONS
from manim import tempconfig

from scenes.batch.asking.catalogue import Entry, catalogue
from scenes.batch.asking.messages import messages_of
from scenes.kit.story.rehearsal import words

SCENES = Path(__file__).parents[2] / "scenes"
SPEAKING = [*sorted(SCENES.glob("*.py")), *sorted((SCENES / "kit").rglob("*.py")), *sorted((SCENES / "parts").rglob("*.py"))]
SAYS = {"say", "text", "message"}
FILMS = [
    (entry, data)
    for entry in catalogue()
    for data in (["notes"] if entry.own_data_refused else [name for name in LESSONS])
]


@pytest.mark.parametrize(("entry", "data"), FILMS, ids=lambda value: getattr(value, "name", value))
def test_all_that_is_said_stands_in_the_catalogue(entry: Entry, data: str) -> None:
    with tempconfig(SMALL):
        said = words(entry.load(), None if entry.own_data_refused else LESSONS[data]())
    templates = set(messages_of(entry).templates)
    assert not [text for texts in said.captions.values() for text in texts if text not in templates]
    assert not [text for text in said.labels if text not in templates]


@pytest.mark.parametrize("source", SPEAKING, ids=lambda path: path.relative_to(SCENES).as_posix())
def test_a_template_stands_where_it_is_said(source: Path) -> None:
    """What is put together or handed on as a bare string cannot be collected: others are messages."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    bound = dict(_bindings(tree))
    found = []
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args and _called(call) in SAYS and _strings(call.args[0], bound):
            found.append(f"{source.name}:{call.lineno}: {ast.unparse(call)}")
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        'self.say(f"step {k}")',
        'self.say("step " + str(k))',
        'self.say("{k}".format(k=k))',
        'words = "step"\nself.say(words)',
        'for head in ("a", "b"):\n    pen.text(head)',
        '[pen.text(head, size) for head, size in zip(("a", "b"), (1, 2))]',
        'HEADS = ("a", "b")\npen.text(HEADS[k])',
        "def f(words: str):\n    pen.text(words)",
        "class Role:\n    said: str\nself.say(role.said)",
    ],
)
def test_templates_that_cannot_be_collected_are_found(code: str) -> None:
    tree = ast.parse(code)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in SAYS]
    assert any(_strings(call.args[0], dict(_bindings(tree))) for call in calls)


@pytest.mark.parametrize(
    "code",
    [
        'self.say("step {k}", k=Count(k))',
        "self.say(wording.opening(lesson))",
        "first, second = wording.sweep(1, 2)\nself.say(first)",
        'for said in (message("a"), message("b")):\n    pen.text(said)',
        'pen.text(message("a") if more else message("b"))',
        "def f(words: Message):\n    pen.text(words)",
        "class Role:\n    said: Message\nself.say(role.said)",
    ],
)
def test_templates_that_can_be_collected_are_none_of_them(code: str) -> None:
    tree = ast.parse(code)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in SAYS]
    assert not any(_strings(call.args[0], dict(_bindings(tree))) for call in calls)
