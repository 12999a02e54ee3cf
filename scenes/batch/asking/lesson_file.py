"""A lesson file: TOML in, a request out. All that is wrong with it is found at once, and before anything is drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fitting import LOSSES, MODELS, InputError, house_prices, read_csv
from fitting.errors import InputErrors, suggestion
from fitting.fit import objections
from fitting.plane import Plane
from scenes.batch.asking.catalogue import Entry, choose
from scenes.batch.asking.lesson_schema import Data, Fit, LessonFile
from scenes.batch.asking.looks import KEYS
from scenes.batch.asking.messages import messages_of
from scenes.batch.asking.names import name_problem
from scenes.batch.asking.own_words import problems
from scenes.batch.asking.request import OTHER_STEPS, Request
from scenes.kit.subject.look import Look
from scenes.kit.words.own_words import OwnWords, quoted

_EXPECTED = {
    "string_type": "expected text in quotes",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "list_type": "expected two numbers, as in [-2, 3.5]",
    "too_short": "expected two numbers, as in [-2, 3.5]",
    "too_long": "expected two numbers, as in [-2, 3.5]",
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "finite_number": "expected a finite number",
}

_IN_PLACE = {"learning_rate": 0.01, "final_learning_rate": 0.001}
"""For values that cannot be read, so that what depends on them is not told as wrong too."""


def read_lesson(file: Path, look: Mapping[str, Any], given: Mapping[str, Any]) -> Request:
    """Read a lesson file.

    Args:
        file: Its path; the data's path in it is relative to its folder.
        look: Options of the command that go before its [film].
        given: Options of the command that go before its [data] and [fit].

    Raises:
        InputErrors: All that is wrong with it, a line each, with file and key.
    """
    if problem := name_problem(file):
        raise InputErrors(f"{file}: {problem}; rename the file")
    raw = _toml(file)
    found: list[str] = []
    try:
        written = LessonFile.model_validate(raw)
    except ValidationError as error:
        errors = error.errors()
        found.extend(f"{file}: {_told(item, raw)}" for item in errors)
        if any(item["loc"][:1] == ("lecture",) for item in errors):
            raise InputErrors(*found) from None
        written = LessonFile.model_validate(_without(raw, errors))
    (entry,) = choose([written.lecture])
    request = _request(file, entry, written, look, given)
    found.extend(_objections(request, file, given, written))
    if found:
        raise InputErrors(*found)
    return request


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{file}: no such file; `lectures new {file}` writes one") from None
    except IsADirectoryError:
        raise InputError(f"{file}: a directory; expected a lesson file") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}; check its permissions") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8 text; expected a lesson file, as `lectures new` writes it") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f'{file}: not TOML: {error}; text stands in quotes, as in title = "My title"') from None


def _told(error: ErrorDetails, raw: Any) -> str:
    """One of pydantic's errors as a line: where, what was expected, what was given."""
    *tables, key = error["loc"]
    given = error["input"]
    if error["type"] == "extra_forbidden":
        known = _keys(tables)
        kind = "key" if tables or not isinstance(given, dict) else "table"
        homes = [table for table in ("film", "data", "fit") if not tables and key in _keys([table])]
        if homes:
            return f"{key}: unknown key here; it belongs into [{homes[0]}]"
        return f"{_place(tables, key)}: unknown {kind}; {suggestion(str(key), known)}"
    if error["type"] == "missing":
        return f"lecture: missing; {suggestion('', [entry.name for entry in _lectures()])}"
    if error["type"] == "value_error":
        reason = str(error["ctx"]["error"])
    elif error["type"] in _EXPECTED:
        reason = f"{_EXPECTED[error['type']]}; got {_shown(given)}"
    else:
        reason = error["msg"].replace("Input should be", "must be").replace("String should have", "must have")
        reason = f"{reason}; got {len(given) if error['type'] == 'string_too_long' else _shown(given)}"
    return f"{_place(tables, key)}: {reason}"


def _lectures() -> list[Entry]:
    from scenes.batch.asking.catalogue import catalogue

    return catalogue()


def _keys(tables: list[int | str]) -> list[str]:
    """Keys that a table can have."""
    model: type[BaseModel] = LessonFile
    for table in tables:
        annotation = model.model_fields[str(table)].annotation
        assert isinstance(annotation, type)
        model = annotation
    return list(model.model_fields)


def _place(tables: list[int | str], key: int | str) -> str:
    """Where a key stands, as its file writes it: `[fit] steps`, `[wording."The data"] 'Four houses.'`."""
    path = [*tables, key]
    if path[0] == "wording" and len(path) > 1:
        return f'[wording."{path[1]}"]' + "".join(f" {quoted(str(piece))}" for piece in path[2:])
    if len(path) == 1:
        return f"[{key}]" if key in LessonFile.model_fields and key != "lecture" else str(key)
    return f"[{path[0]}] " + " ".join(f"value {piece + 1}" if isinstance(piece, int) else piece for piece in path[1:])


def _shown(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)


def _without(raw: Mapping[str, Any], errors: list[ErrorDetails]) -> dict[str, Any]:
    """What is left of a file without the keys that cannot be read."""
    left = {key: dict(value) if isinstance(value, dict) else value for key, value in raw.items()}
    for error in errors:
        table, *rest = (str(piece) for piece in error["loc"])
        if not rest:
            left.pop(table, None)
        elif table == "wording" and len(rest) > 1 and isinstance(left.get(table, {}).get(rest[0]), dict):
            left[table][rest[0]] = {key: text for key, text in left[table][rest[0]].items() if key != rest[1]}
        elif table in left and rest[0] in left[table]:
            del left[table][rest[0]]
            if rest[0] in _IN_PLACE:
                left[table][rest[0]] = _IN_PLACE[rest[0]]
    return left


def _request(
    file: Path, entry: Entry, written: LessonFile, look: Mapping[str, Any], given: Mapping[str, Any]
) -> Request:
    film, data = _values(written.film), _values(written.data)
    keys = {name: film.pop(name) for name in KEYS if name in film}
    fit = {"constants" if key == "set" else key: value for key, value in _values(written.fit).items()}
    fit.pop("model", None)
    if "file" in data:
        fit["data"] = str(file.parent / Path(data.pop("file")).expanduser())
    fit.update({key: data.pop(key) for key in ("x", "y") if key in data})
    return Request(
        file.stem,
        entry,
        {**fit, **given},
        Look(**{**keys, **look}),
        labels=data,
        window={name: (low, high) for name, (low, high) in written.window.items()},
        wording=written.wording,
        source=str(file),
        **film,
    )


def _values(table: BaseModel) -> dict[str, Any]:
    return table.model_dump(exclude_none=True)


def _objections(request: Request, file: Path, given: Mapping[str, Any], written: LessonFile) -> Iterator[str]:
    """What is wrong with keys that can be read."""
    entry = request.entry
    if written.fit.model not in (None, entry.model):
        yield f"{file}: [fit] model: the lecture {entry.name} is about {entry.model!r}; got {written.fit.model!r}"
    if entry.own_data_refused:
        tables = {"data": _values(written.data), "fit": _values(written.fit), "window": written.window}
        for table, keys in tables.items():
            for key in keys:
                if key != "model":
                    yield f"{file}: [{table}] {key}: not with the lecture {entry.name}: {entry.own_data_refused}"
        yield from (f"{file}: {_key(key, given)}: not with the lecture {entry.name}" for key in given)
    else:
        if entry.steps_refused:
            others = [key for key in OTHER_STEPS if request.fit.get(key)]
            yield from (f"{file}: {_key(key, given)}: not with this lecture: {entry.steps_refused}" for key in others)
        yield from (f"{file}: {problem}" for problem in _of_the_run(request, given))
        yield from (f"{file}: [window] {problem}" for problem in _of_the_window(request))
    if request.wording:
        words = OwnWords.of(request.wording, request.source)
        yield from problems(words, entry.beats, messages_of(entry))


def _of_the_run(request: Request, given: Mapping[str, Any]) -> Iterator[str]:
    fit, entry = dict(request.fit), request.entry
    path, x, y, loss = (fit.pop(key, None) for key in ("data", "x", "y", "loss"))
    # Of this nothing can be wrong.
    fit.pop("one_after_other", None)
    rows: int | None = len(house_prices()) if path is None else None
    if path is None:
        for key in (key for key in ("x", "y") if request.fit.get(key) is not None):
            yield f'{_key(key, given)}: the column of a file: give the file too, as in file = "houses.csv"'
    else:
        try:
            rows = len(read_csv(Path(path).expanduser(), x, y))
        except InputError as error:
            yield f"{_key('data', given)}: {error}"
    if entry.loss and loss not in (None, entry.loss):
        yield f"{_key('loss', given)}: the lecture {entry.name} is about {entry.loss!r}; got {loss!r}"
        loss = entry.loss
    model = MODELS[entry.model]
    chosen = LOSSES[loss or model.notes.loss]
    for key, message in objections(model, chosen, path is not None, rows=rows, **fit):
        yield f"{_key(key, given)}: {message}"


def _of_the_window(request: Request) -> Iterator[str]:
    entry = request.entry
    known = Plane.shown(MODELS[entry.model].parameters).names
    for name, (low, high) in request.window.items():
        if entry.window_refused:
            yield f"{name}: not with the lecture {entry.name}: {entry.window_refused}"
        elif name not in known:
            yield f"{name}: unknown parameter; {suggestion(name, known)}"
        elif not low < high:
            yield f"{name}: must run from a smaller to a larger number; got [{low:g}, {high:g}]"


def _key(name: str, given: Mapping[str, Any]) -> str:
    """Where a value of the run comes from: a key of the file, or an option of the command."""
    if name in given:
        return "--set" if name == "constants" else f"--{name.replace('_', '-')}"
    name = {"constants": "set", "data": "file"}.get(name, name)
    return f"[data] {name}" if name in Data.model_fields else f"[fit] {name}" if name in Fit.model_fields else name
