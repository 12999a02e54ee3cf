"""All that lectures say is found by those who translate it: every caption and label, whatever the data."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from lesson_files import SMALL
from lessons import LESSONS
from manim import tempconfig

from scenes.batch.asking.catalogue import Entry, catalogue
from scenes.batch.asking.messages import messages_of
from scenes.kit.story.rehearsal import words

SCENES = Path(__file__).parents[2] / "scenes"
SPEAKING = sorted([*SCENES.glob("*.py"), *(SCENES / "kit").rglob("*.py"), *(SCENES / "parts").rglob("*.py")])
SAYS = {"say", "text", "message"}
FILMS = [(entry, data) for entry in catalogue() for data in (["notes"] if entry.own_data_refused else LESSONS)]


@pytest.mark.parametrize(("entry", "data"), FILMS, ids=lambda value: getattr(value, "name", value))
def test_all_that_is_said_stands_in_the_catalogue(entry: Entry, data: str) -> None:
    with tempconfig(SMALL):
        said = words(entry.load(), None if entry.own_data_refused else LESSONS[data]())
    templates = set(messages_of(entry).templates)
    assert not [text for texts in said.captions.values() for text in texts if text not in templates]
    assert not [text for text in said.labels if text not in templates]


@pytest.mark.parametrize("source", SPEAKING, ids=lambda path: path.relative_to(SCENES).as_posix())
def test_a_template_stands_where_it_is_said(source: Path) -> None:
    """What is put together, or handed on as a string, cannot be collected: others are messages."""
    found = list(bare(source.read_text(encoding="utf-8"), fields_of_all()))
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        'self.say(f"step {k}")',
        'self.say("step " + str(k))',
        'self.say("{k}".format(k=k))',
        'pen.text("a" if more else "b")',
        'words = "step"\nself.say(words)',
        'for head in ("a", "b"):\n    pen.text(head)',
        '[pen.text(head, size) for head, size in zip(("a", "b"), (1, 2))]',
        'HEADS = ("a", "b")\ndef f():\n    pen.text(HEADS[k])',
        "def f(words: str):\n    pen.text(words)",
        "class Role:\n    said: str\nself.say(role.said)",
    ],
)
def test_what_cannot_be_collected_is_found(code: str) -> None:
    assert list(bare(code, fields(ast.parse(code))))


@pytest.mark.parametrize(
    "code",
    [
        'self.say("step {k}", k=Count(k))',
        "self.say(wording.opening(lesson))",
        "first, second = wording.sweep(1, 2)\nself.say(first)",
        'for said in (message("a"), message("b")):\n    pen.text(said)',
        'pen.text(message("a") if more else message("b"))',
        "def f(words: Message):\n    pen.text(words)",
        'def f(words: Message):\n    pen.text(words)\ndef g():\n    words = "other"',
        "class Role:\n    said: Message\nself.say(role.said)",
    ],
)
def test_what_can_be_collected_is_none_of_it(code: str) -> None:
    assert not list(bare(code, fields(ast.parse(code))))


Bound = dict[str, list[ast.expr]]
"""What may stand behind a name."""

TEXT = ast.Constant("")


def bare(code: str, known: Bound) -> Iterator[str]:
    """Calls that say a string which is no literal of theirs: `known` are fields of classes."""
    tree = ast.parse(code)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    of_module = bindings(node for node in ast.walk(tree) if id(node) not in inside)
    yield from _bare_calls((node for node in ast.walk(tree) if id(node) not in inside), known | of_module)
    for function in functions:
        yield from _bare_calls(ast.walk(function), known | of_module | bindings(ast.walk(function)))


def _bare_calls(nodes: Iterable[ast.AST], bound: Bound) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and node.args and _name(node.func) in SAYS:
            template = node.args[0]
            if not isinstance(template, ast.Constant) and is_text(template, bound):
                yield f"line {node.lineno}: {ast.unparse(node)}"


def bindings(nodes: Iterable[ast.AST]) -> Bound:
    """What stands behind names: assigned, gone through, or of a type."""
    found: Bound = defaultdict(list)
    for node in nodes:
        targets, value = _binding(node)
        for name in (inner for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Name)):
            found[name.id].append(value)
        if isinstance(node, ast.arg):
            found[node.arg] += [TEXT] if _is_text_type(node.annotation) else []
    return dict(found)


def _binding(node: ast.AST) -> tuple[list[ast.expr], ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets, node.value
    if isinstance(node, ast.For):
        return [node.target], node.iter
    if isinstance(node, ast.comprehension):
        return [node.target], node.iter
    return [], TEXT


def fields(tree: ast.AST) -> Bound:
    """Fields of classes, as `.name`: those that are text."""
    declared = [
        node for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    return {f".{_name(node.target)}": [TEXT] for node in declared if _is_text_type(node.annotation)}


@cache
def fields_of_all() -> Bound:
    """Fields of all classes that are text; `name` and the like may be something else in another class."""
    trees = [ast.parse(source.read_text(encoding="utf-8")) for source in SPEAKING]
    return {name: value for tree in trees for name, value in fields(tree).items()}


def is_text(node: ast.expr, bound: Bound) -> bool:
    """Whether a value may be, or hold, a string that is in no message."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.Name(id=name):
            # What is made of itself is what it was before.
            others = {other: values for other, values in bound.items() if other != name}
            return any(is_text(value, others) for value in bound.get(name, []))
        case ast.Attribute(attr=name):
            return f".{name}" in bound
        case ast.Subscript(value=inner) | ast.Starred(value=inner):
            return is_text(inner, bound)
        case ast.BinOp(left=left, right=right):
            return is_text(left, bound) or is_text(right, bound)
        case ast.IfExp(body=body, orelse=other):
            return is_text(body, bound) or is_text(other, bound)
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Dict(values=items):
            return any(is_text(item, bound) for item in items)
        case ast.Call(func=ast.Attribute(value=inner)) if is_text(inner, bound):
            return True
        case ast.Call(func=ast.Name(id="zip" | "enumerate" | "reversed"), args=items):
            return any(is_text(item, bound) for item in items)
    return False


def _name(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _is_text_type(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation) == "str"
