"""Lesson files: what each key does, and what is said to a wrong one."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lesson_files import FLATS, GERMAN, HOUSES, OWN, asked, lesson_file

from fitting import InputError, fit
from fitting.errors import InputErrors
from scenes.batch.asking.asked import requests
from scenes.batch.asking.catalogue import catalogue
from scenes.batch.asking.lesson_schema import Data, Film, Fit
from scenes.batch.asking.request import Request
from scenes.kit.words.message import Name

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("lesson_folder")


def _run(text: str) -> Any:
    return asked(text).lesson().trajectory


EFFECTS: dict[str, tuple[str, Callable[[], Any], Any]] = {
    "film.title": ('title = "Flats"', lambda: asked(_film('title = "Flats"')).lesson().title, "Flats"),
    "film.question": ('question = "Why?"', lambda: asked(_film('question = "Why?"')).lesson().question, "Why?"),
    "film.theme": ('theme = "light"', lambda: asked(_film('theme = "light"')).lesson().look.theme, "light"),
    "film.typesetter": ('typesetter = "latex"', lambda: asked(_film('typesetter = "latex"')).look.typesetter, "latex"),
    "film.captions": ("captions = false", lambda: asked(_film("captions = false")).lesson().look.captions, False),
    "film.pace": ("pace = 2", lambda: asked(_film("pace = 2")).lesson().look.pace, 2.0),
    "data.file": ("", lambda: len(_run(OWN).data), 24),
    "data.x": ("", lambda: _run(OWN.replace('x = "area"', 'x = "age"')).data.x_name, "age"),
    "data.y": ("", lambda: _run(OWN.replace('y = "price"', 'y = "age"')).data.y_name, "age"),
    "data.x_name": ("", lambda: _run(OWN + 'x_name = "Fläche"').file_data.x_name, "Fläche"),
    "data.y_name": ("", lambda: _run('[data]\ny_name = "Preis"').data.y_name, "Preis"),
    "data.x_unit": ("", lambda: _run(OWN + 'x_unit = "m²"').file_data.x_unit, "m²"),
    "data.y_unit": ("", lambda: _run(OWN + 'y_unit = "1,000 EUR"').data.y_unit, "1,000 EUR"),
    "data.item": ("", lambda: asked(OWN + 'item = "flat"').lesson().words["item"], Name("flat")),
    "data.items": ("", lambda: asked(OWN + 'items = "flats"').lesson().words["items"], Name("flats")),
    "fit.model": ("", lambda: _run('[fit]\nmodel = "linear"').model.name, "linear"),
    "fit.loss": ("", lambda: _run('[fit]\nloss = "mse"').loss_function.name, "mse"),
    "fit.start": ("", lambda: _run("[fit]\nstart = { W = 1, b = -2 }").params[0].tolist(), [1.0, -2.0]),
    "fit.seed": (
        "",
        lambda: _run("[fit]\nseed = 3").params[0].tolist(),
        np.random.default_rng(3).random(2).tolist(),
    ),
    "fit.learning_rate": (
        "",
        lambda: (_run("[fit]\nlearning_rate = 0.01").learning_rate[0], _run("[fit]\nsteps = 2").learning_rate[0]),
        (0.01, 0.005),
    ),
    "fit.final_learning_rate": (
        "",
        lambda: _run("[fit]\nlearning_rate = 0.02\nfinal_learning_rate = 0.01\nstairs = 2").final_learning_rate,
        0.015,
    ),
    "fit.stairs": (
        "",
        lambda: len(set(_run("[fit]\nsteps = 60\nstairs = 3").learning_rate.tolist())),
        3,
    ),
    "fit.steps": ("", lambda: _run("[fit]\nsteps = 7").total_steps, 7),
    "fit.batch_size": (
        "",
        lambda: _run('lecture = "cost"\n[fit]\nbatch_size = 2\nsteps = 9').final_loss,
        fit(batch_size=2, steps=9).final_loss,
    ),
    "fit.one_after_other": (
        "",
        lambda: _run('lecture = "cost"\n[fit]\none_after_other = true\nsteps = 9').final_loss,
        fit(one_after_other=True, steps=9).final_loss,
    ),
    "fit.set": ("", lambda: asked("[fit]\nset = {}").fit, {"constants": {}}),
}
"""For every key: what it changes, and what that must be. The empty text says that the check writes its own file."""


def _film(line: str) -> str:
    return f"[film]\n{line}\n"


def test_every_key_is_checked_for_its_effect() -> None:
    tables = {"film": Film, "data": Data, "fit": Fit}
    assert set(EFFECTS) == {f"{name}.{key}" for name, table in tables.items() for key in table.model_fields}


@pytest.mark.parametrize(("seen", "expected"), [(seen, value) for _, seen, value in EFFECTS.values()], ids=EFFECTS)
def test_every_key_has_its_effect(seen: Callable[[], Any], expected: Any) -> None:
    assert seen() == pytest.approx(expected) if isinstance(expected, (float, tuple)) else seen() == expected


PLAIN = '[film]\ntitle = "A"\n[fit]\nsteps = 9\n[window]\nW = [-1, 4]\n[wording."The data"]\nname = "D"\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "A"', 'title = "B"'),
        ('title = "A"', 'question = "A"'),
        ('title = "A"', 'title = "A"\ntheme = "light"'),
        ('title = "A"', 'title = "A"\npace = 1.5'),
        ('title = "A"', 'title = "A"\ncaptions = false'),
        ("steps = 9", "steps = 8"),
        ("W = [-1, 4]", "W = [-1, 5]"),
        ('name = "D"', 'name = "E"'),
        ("[fit]", '[data]\nitem = "flat"\n[fit]'),
        ('name = "D"', 'name = "D"\n[wording.labels]\nstep = "Schritt"'),
        ("[fit]", '[data]\nfile = "houses.csv"\n[fit]'),
        ('lecture = "linear"', 'lecture = "cost"\n'),
    ],
)
def test_the_digest_changes_with_what_is_asked_for(old: str, new: str) -> None:
    text = f'lecture = "linear"\n{PLAIN}'
    assert old in text
    changed = text.replace(old, new)
    if "cost" in new:
        text, changed = (
            part.replace("[window]\nW = [-1, 4]\n", "").replace("The data", "A line") for part in (text, changed)
        )
        text = text.replace("A line", "The data")
    assert asked(text).digest() == asked(text).digest()
    assert asked(text).digest() != asked(changed).digest()


def test_the_digest_is_that_of_the_data_and_not_of_where_they_are() -> None:
    first = asked(OWN).digest()
    Path("lessons", "other.csv").write_text(FLATS)
    assert asked(OWN.replace("flats.csv", "other.csv")).digest() == first
    Path("moved").mkdir()
    Path("moved", "flats.csv").write_text(FLATS)
    Path("moved", "another-name.toml").write_text(f'lecture = "linear"\n{OWN}')
    assert requests(["moved/another-name.toml"])[0].digest() == first
    Path("lessons", "flats.csv").write_text(FLATS.replace("80", "81"))
    assert asked(OWN).digest() != first


def test_the_digest_does_not_see_what_is_said_as_it_is_anyway() -> None:
    words = '[wording."The cost"]\nname = "The cost"\n'
    assert asked(f'[film]\ntitle = "Linear fit"\ntheme = "dark"\n{words}').digest() == asked("").digest()


def test_a_request_can_be_sent_and_compared() -> None:
    request = asked(PLAIN)
    sent = pickle.loads(pickle.dumps(request))
    assert sent == request
    assert hash(sent) == hash(request)
    assert len({request, sent, asked(PLAIN.replace("9", "8"))}) == 2


def test_reading_lessons_imports_nothing_that_draws() -> None:
    code = (
        "import sys\nfrom scenes.batch.asking.asked import requests\n"
        "(request,) = requests(['lessons/line.toml'])\nrequest.digest()\nassert request.trajectory() is not None\n"
        "print({name.split('.')[0] for name in sys.modules} & {'manim', 'cairo', 'av'})"
    )
    lesson_file(GERMAN.read_text())
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_run_that_is_given_needs_no_file() -> None:
    request = asked(OWN)
    trajectory = request.trajectory()
    Path("lessons", "flats.csv").unlink()
    assert request.lesson(trajectory).trajectory is trajectory
    with pytest.raises(InputError, match=r"flats\.csv: no such file"):
        request.lesson()


# Options of the command


def test_options_that_are_given_go_before_the_file() -> None:
    text = '[film]\ntheme = "light"\ncaptions = false\n[fit]\nsteps = 9\nlearning_rate = 0.01\n'
    request = asked(text, theme="dark", captions=True, steps=4)
    assert (request.look.theme, request.look.captions) == ("dark", True)
    assert request.fit == {"steps": 4, "learning_rate": 0.01}
    untouched = asked(text, theme=None, typesetter=None, captions=None, steps=None, data=None)
    assert (untouched.look.theme, untouched.look.captions, untouched.fit["steps"]) == ("light", False, 9)


def test_the_command_leaves_alone_what_is_not_given(monkeypatch: pytest.MonkeyPatch, lectures: Run) -> None:
    seen: dict[str, Any] = {}

    def caught(names: Any, **options: Any) -> list[Request]:
        seen.update(options)
        raise InputError("seen")

    monkeypatch.setattr("scenes.batch.verbs.stills.requests", caught)
    assert lectures("stills", "x.toml")[0] == 2
    assert set(seen.values()) == {None}
    lectures("stills", "x.toml", "--captions", "--theme", "dark")
    assert (seen["captions"], seen["theme"]) == (True, "dark")


def test_data_of_a_file_are_beside_it_and_those_of_an_option_are_where_the_command_is() -> None:
    Path("here.csv").write_text(HOUSES)
    assert len(asked(OWN).lesson().data) == 24
    assert len(asked('[data]\nfile = "flats.csv"\n', data="here.csv").lesson().data) == 4


@pytest.mark.parametrize(
    "names", [("linear", "linear"), ("linear", "lessons/Linear.toml"), ("lessons/line.toml", "line.toml")]
)
def test_two_films_of_one_name_are_refused(names: tuple[str, str]) -> None:
    for name in names:
        if name.endswith(".toml"):
            Path(name).write_text('lecture = "linear"')
    with pytest.raises(InputErrors) as raised:
        requests(names)
    assert all(name in str(raised.value) for name in names)
    assert len(raised.value.problems) == 1


# What is said to a wrong file

BAD: dict[str, tuple[str, list[str]]] = {
    "unknown lecture": ('lecture = "liner"', ["lecture:", "did you mean 'linear'?"]),
    "no lecture": ('[film]\ntitle = "lecture"', ["lecture: missing", "'linear'"]),
    "unknown table": ("[flim]\n", ["flim: unknown table", "did you mean 'film'?"]),
    "unknown key": ("[fit]\nstepps = 3", ["[fit] stepps: unknown key", "did you mean 'steps'?"]),
    "key of a table at the top": ("steps = 3", ["steps:", "it belongs into [fit]"]),
    "text for a number": ('[fit]\nsteps = "many"', ["[fit] steps: expected a whole number; got 'many'"]),
    "fraction for a count": ("[fit]\nsteps = 2.5", ["[fit] steps: expected a whole number; got 2.5"]),
    "number for text": ("[film]\ntitle = 3", ["[film] title: expected text in quotes; got 3"]),
    "text for a switch": ('[film]\ncaptions = "no"', ["[film] captions: expected true or false; got 'no'"]),
    "empty title": ('[film]\ntitle = " "', ["[film] title: empty"]),
    "long title": (f'[film]\ntitle = "{"t" * 61}"', ["[film] title:", "at most 60", "got 61"]),
    "long question": (f'[film]\nquestion = "{"t" * 91}"', ["[film] question:", "at most 90", "got 91"]),
    "unknown theme": ('[film]\ntheme = "drak"', ["[film] theme:", "did you mean 'dark'?"]),
    "too fast": ("[film]\npace = 0.1", ["[film] pace: must be greater than or equal to 0.2; got 0.1"]),
    "too slow": ("[film]\npace = 6", ["[film] pace:", "5; got 6"]),
    "another model": ('[fit]\nmodel = "cubic"', ["[fit] model:", "'linear'", "'cubic'"]),
    "unknown model": ('[fit]\nmodel = "linaer"', ["[fit] model:", "did you mean 'linear'?"]),
    "another loss": ('[fit]\nloss = "mae"', ["[fit] loss:", "'mse'", "'mae'"]),
    "no steps": ("[fit]\nsteps = 0", ["[fit] steps:", "positive", "got 0"]),
    "negative rate": ("[fit]\nlearning_rate = -1", ["[fit] learning_rate:", "positive", "-1"]),
    "infinite rate": ("[fit]\nlearning_rate = inf", ["[fit] learning_rate: expected a finite number"]),
    "more stairs than steps": ("[fit]\nsteps = 5\nstairs = 6", ["[fit] stairs:", "(5)", "got 6"]),
    "large batches": ('lecture = "cost"\n[fit]\nbatch_size = 5', ["[fit] batch_size:", "(4)", "got 5"]),
    "batches": ("[fit]\nbatch_size = 2", ["[fit] batch_size:", "steps that see all data"]),
    "updates one after the other": ("[fit]\none_after_other = true", ["[fit] one_after_other:", "at once"]),
    "start and seed": ("[fit]\nseed = 1\nstart = { W = 1, b = 1 }", ["[fit] seed:", "contradict"]),
    "start without b": ("[fit]\nstart = { W = 1 }", ["[fit] start:", "lacks b"]),
    "unknown constant": ("[fit]\nset = { scale = 3 }", ["[fit] set:", "'scale'"]),
    "stairs on own data": (OWN + "[fit]\nstairs = 4", ["[fit] stairs:", "learning rate"]),
    "missing data": ('[data]\nfile = "nowhere.csv"', ["[data] file:", "lessons/nowhere.csv", "no such file"]),
    "missing column": (OWN.replace("area", "aera"), ["[data] file:", "did you mean 'area'?"]),
    "column without a file": ('[data]\nx = "area"', ["[data] x:", "file"]),
    "window of an unknown parameter": ("[window]\nw = [1, 2]", ["[window] w:", "did you mean 'W'?"]),
    "window upside down": ("[window]\nW = [2, 1]", ["[window] W:", "[2, 1]"]),
    "window of one number": ("[window]\nW = [2]", ["[window] W: expected two numbers"]),
    "unknown beat": ('[wording."The dat"]\nname = "D"', ['[wording."The dat"]', "did you mean 'The data'?"]),
    "unknown caption": (
        '[wording."The data"]\n"What would a house with a garden cost?" = "W"',
        ['[wording."The data"] "What would a house with a', "no such caption"],
    ),
    "rewritten caption": (
        '[wording."The model"]\n"Our model is a line: two numbers decide where it runs." = "W"',
        ['did you mean "Our model is a straight line: two numbers decide where it runs."?'],
    ),
}
CAPTION = '[wording."The model"]\n"One more in $b$ lifts all of it by #1; one less takes it back." = '
BAD |= {
    name: (CAPTION + text, ['[wording."The model"] "One more in $b$', *parts])
    for name, (text, parts) in {
        "long caption": (f'"{"many words " * 9}"', ["longer than 2 lines of 42 characters"]),
        "unknown placeholder": ('"Um {itm} mehr"', ["unknown {itm}", "did you mean 'item'?"]),
        "attribute of a placeholder": ('"Um {item.__class__} mehr"', ["unknown {item.__class__}"]),
        "single brace": ('"Um { mehr"', ["a single brace"]),
        "number that is not there": ('"Um #2 mehr"', ["#2", "1 number "]),
        "bad mathematics": (r'"Um $\\fracc{1}$"', ["bad mathematics", "fracc"]),
        "code for mathematics": ('"Um $#read(1)$"', ["bad mathematics", "#"]),
        "odd dollar": ('"Um 1 $ mehr"', ["odd number of $"]),
        "nothing": ('""', ["empty"]),
        "a number": ("3", ["expected text in quotes"]),
    }.items()
}
LABEL = '[wording.labels]\n"#1 of #2 {name}" = '
BAD |= {
    "unknown label": ('[wording.labels]\n"exact optimun" = "W"', ["no such label", 'did you mean "exact optimum"?']),
    "name that the label has not": (
        LABEL + '"{x}: #1 von #2"',
        ['[wording."labels"] "#1 of #2 {name}"', "unknown {x}"],
    ),
    "number that the label has not": (LABEL + '"{name}: #3"', ["#3", "2 numbers "]),
    "name where there is none": ('[wording.labels]\nstep = "{x}"', ["unknown {x}", "no names here"]),
    "bad mathematics in a label": (LABEL + r'"$\\fracc{1}$"', ["bad mathematics", "fracc"]),
    "no label": (LABEL + '" "', ["empty"]),
}


@pytest.mark.parametrize(("text", "parts"), BAD.values(), ids=list(BAD))
def test_what_is_wrong_is_named_with_file_and_key(lectures: Run, text: str, parts: list[str]) -> None:
    code, out, err = lectures("stills", lesson_file(text))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("Error: lessons/line.toml: ")
    for part in parts:
        assert part in err
    assert not Path("media").exists()


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b'lecture = "linear', ["not TOML"]),
        (b"lecture = linear", ["not TOML", "quotes"]),
        (b"\xff\xfe", ["not UTF-8"]),
        (None, ["no such file", "lectures new"]),
    ],
)
def test_what_is_no_lesson_file(lectures: Run, content: bytes | None, parts: list[str]) -> None:
    if content is not None:
        Path("lessons/line.toml").write_bytes(content)
    code, _, err = lectures("stills", "lessons/line.toml")
    assert code == 2
    assert err.startswith("Error: lessons/line.toml: ")
    assert all(part in err for part in parts)


def test_all_that_is_wrong_with_all_files_is_told_at_once(lectures: Run) -> None:
    first = lesson_file(
        '[film]\npace = 9\n[fit]\nsteps = 0\nlearning_rate = "fast"\nfinal_learning_rate = 0.1\nstairs = 3\n'
        '[wording."The dat"]\nname = "D"\n',
        "a",
    )
    second = lesson_file('lecture = "sigmoid"\n[fit]\nsteps = 3\n[data]\nitem = "flat"\n', "b")
    third = lesson_file("lecture = 'linear'\n[film]\ntitel = 'x'", "c")
    code, _, err = lectures("stills", first, second, "liner", third)
    assert code == 2
    lines = err.splitlines()
    expected = [
        "a.toml: [film] pace:", "a.toml: [fit] learning_rate:", "a.toml: [fit] steps:", 'a.toml: [wording."The dat"]',
        "b.toml: [data] item:", "b.toml: [fit] steps:", "'liner'", "c.toml: [film] titel:",
    ]  # fmt: skip
    assert len(lines) == len(expected), "nothing that only follows from a wrong key"
    for part in expected:
        assert sum(part in line for line in lines) == 1, part


@pytest.mark.parametrize("entry", [e for e in catalogue() if e.own_data_refused], ids=lambda entry: entry.name)
@pytest.mark.parametrize("key", ['data]\nfile = "flats.csv"', "fit]\nsteps = 3", "window]\nW = [1, 2]"])
def test_a_lecture_that_takes_no_data_says_why(entry: Any, key: str) -> None:
    with pytest.raises(InputErrors, match=re.escape(entry.own_data_refused)) as raised:
        asked(f'lecture = "{entry.name}"\n[{key}\n')
    assert f"[{key.split(']')[0]}] {key.split()[1]}" in str(raised.value)
    kept = asked(f'lecture = "{entry.name}"\n[film]\ntitle = "T"\npace = 2\n[wording."{entry.beats[0]}"]\nname = "N"\n')
    assert (kept.title, kept.look.pace, kept.wording) == ("T", 2.0, {entry.beats[0]: {"name": "N"}})


def test_the_lecture_on_the_cost_takes_no_window() -> None:
    with pytest.raises(InputErrors, match=r"\[window\] W: .*the lines that it walks to"):
        asked('lecture = "cost"\n[window]\nW = [1, 2]')
