"""`lectures new`: write a lesson file: a lecture with your data, title, wording."""

from __future__ import annotations

import json
import os
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fitting.errors import InputError
from fitting.whole_file import write
from scenes.batch.asking.asked import requests
from scenes.batch.asking.names import name_problem
from scenes.batch.verbs.options import look_options, run_options
from scenes.kit.words.own_words import LABELS, NAME, quoted

if TYPE_CHECKING:
    from pydantic import BaseModel

    from fitting import Trajectory
    from scenes.batch.asking.request import Request

_HEAD = """\
# A lesson: one film, in the lecturer's own terms.
#   lectures check {file}     says what of it cannot be read, and which key causes that
#   lectures stills {file}    draws it in pictures, in seconds
#   lectures render {file}    films it
# A line that begins with "# " explains. A line that begins with "#" and a key can be used: take the "#" away.
"""

_WORDING = """\
# Words: to the left what the lecture says, to the right what the film says. Change or translate what is right.
# $...$ is mathematics, in LaTeX. What stands in braces, as {steps}, is a value of the run: it may stand anywhere in
# your words, inside $...$ too. #1, #2, ... work as well, left and right: they are the numbers, in the order in which
# the lecture says them. Words that are not here stay as they are. Other data may have other words: they can stand here
# too. `lectures check` says which words do not fit.

# Captions, beat by beat: at most two lines of 42 characters. {x}, {y}, {item} and {items} are names of the data, known
# to every caption. "name" is what the row above the picture calls the beat, at most 30 characters.
"""

_LABELS = """\
# Labels: all other words in the picture, also those inside formulas. Most have little more room than they take;
# `lectures check` says which others do not fit.
"""


@click.command("new")
@click.argument("file", metavar="FILE.toml")
@click.option("--lecture", default="linear", show_default=True, metavar="NAME", help="`lectures list` has them.")
@click.option("--force", is_flag=True, help="Replace FILE.toml if it exists.")
@look_options
@run_options
def command(file: str, lecture: str, force: bool, **options: Any) -> None:
    """Write a lesson file: every key with its meaning, range and default, and the film's captions.

    Options that are given are written into it. Films of other data have other captions: give the data here.

    \b
    lectures new my-course/line.toml
    lectures new my-course/flats.toml --data flats.csv --x area --y price
    lectures new my-course/sigmoid.toml --lecture sigmoid
    """
    path = Path(file).expanduser()
    if path.suffix.lower() != ".toml":
        raise InputError(f"{path}: the name of a lesson file ends in .toml")
    if problem := name_problem(path):
        raise InputError(f"{path}: {problem}; choose another")
    if path.exists() and not force:
        raise InputError(f"{path}: exists already; choose another name, or replace it with --force")
    # A course may begin with its first lesson; a longer way that is not there is rather a slip.
    if not path.parent.parent.is_dir():
        raise InputError(f"{path.parent.parent}: no such directory; make it first")
    data = Path(options["data"] or "").expanduser()
    if data.exists() and not (data.is_file() or data.is_dir()):
        raise InputError(f"{data}: can be read only once; a lesson file names a file of data: save them in one first")
    (request,) = requests([lecture], **options)
    trajectory = request.trajectory()
    given = {name for name, value in options.items() if value is not None}
    _write(path, example(request, path, given, trajectory))
    click.echo(path)


def example(request: Request, path: Path, given: set[str], trajectory: Trajectory | None = None) -> str:
    """The text of a lesson file that asks for a film.

    Args:
        request: The film.
        path: Where the file will stand: paths in it are relative to its folder.
        given: Names of the options that are to be in it; all other keys are commented out.
        trajectory: The run, if it is known.
    """
    lines = [_HEAD.format(file=path), "# Which lecture this is: `lectures list` names them."]
    lines += [f"lecture = {_toml(request.entry.name)}", ""]
    from scenes.batch.asking.lesson_schema import Data, Film, Fit
    from scenes.batch.asking.request import OTHER_STEPS

    entry = request.entry
    lesson = request.lesson(trajectory)
    lines += _table("film", Film, _film(request), given)
    if entry.own_data_refused:
        lines += [*_wrapped(f"No [data], [fit] and [window] with this lecture: {entry.own_data_refused}."), ""]
    else:
        lines += _table("data", Data, _data(request, path), {"file" if name == "data" else name for name in given})
        left_out = OTHER_STEPS if entry.steps_refused else ()
        in_file = {"set" if name == "constants" else name for name in given}
        lines += _table("fit", Fit, _fit(request), in_file, left_out)
        lines += _window(entry.window_refused, lesson.trajectory)
    lines += _wording(request, lesson)
    return "\n".join(lines) + "\n"


def _film(request: Request) -> dict[str, Any]:
    entry = request.entry
    return {"title": entry.title, "question": entry.question, **asdict(request.look)}


def _data(request: Request, path: Path) -> dict[str, Any]:
    if "data" not in request.fit:
        return {}
    data = Path(request.fit["data"]).expanduser().resolve()
    columns = {name: request.fit[name] for name in ("x", "y") if name in request.fit}
    # To another drive, on Windows, no relative path leads.
    with suppress(ValueError):
        data = Path(os.path.relpath(data, path.parent.resolve()))
    return {"file": data.as_posix(), **columns}


def _fit(request: Request) -> dict[str, Any]:
    from fitting import MODELS

    model = MODELS[request.entry.model]
    values = {
        "model": model.name,
        "loss": model.notes.loss,
        "start": dict(zip(model.parameters, model.notes.start, strict=True)),
        "set": dict(model.defaults),
    }
    return {**values, **{"set" if key == "constants" else key: value for key, value in request.fit.items()}}


def _table(
    name: str, table: type[BaseModel], values: Mapping[str, Any], given: set[str], left_out: Sequence[str] = ()
) -> list[str]:
    """A table: every key below what it means, commented out unless it was given."""
    lines = [f"# {table.__doc__}", f"[{name}]"]
    for key, field in table.model_fields.items():
        if key in left_out:
            continue
        lines += _wrapped(str(field.description))
        shown = values.get(key, field.examples[0] if field.examples else None)
        if shown is not None:
            lines.append(f"{'' if key in given else '#'}{key} = {_toml(shown)}")
    return [*lines, ""]


def _window(refused: str, trajectory: Trajectory) -> list[str]:
    from scenes.kit.subject.ranges import shown_ranges

    if refused:
        return [*_wrapped(f"No [window] with this lecture: {refused}."), ""]
    lines = [
        "# The part of the landscape that is shown: lowest and highest value of a parameter, in the units of the data.",
        "# It must hold the start and the end of the descent. Default: chosen by the run.",
        "[window]",
    ]
    return [*lines, *(f"#{name} = {_toml(list(span))}" for name, span in shown_ranges(trajectory).items()), ""]


def _wording(request: Request, lesson: Any) -> Iterator[str]:
    """The film's captions and labels, which a rehearsal says."""
    from scenes.batch.making.settings import settings
    from scenes.kit.story.rehearsal import words

    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder, settings("l", media_dir=folder):
        said = words(request.entry.load(), lesson)
    yield _WORDING
    for beat, captions in said.captions.items():
        yield f"[wording.{_toml(beat)}]"
        yield f"#{NAME} = {_toml(beat)}"
        yield from (f"#{_toml(text)} = {_toml(text)}" for text in captions)
        yield ""
    yield _LABELS
    yield f"[wording.{_toml(LABELS)}]"
    yield from (f"#{_toml(text)} = {_toml(text)}" for text in said.labels)


def _wrapped(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, 116)]


def _toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_toml(item)}' for key, item in value.items())} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, str):
        return quoted(value)
    return json.dumps(value)


def _key(name: str) -> str:
    return name if name.isidentifier() and name.isascii() else _toml(name)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, in a folder that is made if it is missing."""
    try:
        path.parent.mkdir(exist_ok=True)
        write(path, text)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}; choose another directory") from None
