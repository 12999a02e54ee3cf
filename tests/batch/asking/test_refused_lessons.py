"""What is said to a lesson file that is wrong: file, key, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lesson_files import OWN, asked, lesson_file

from fitting.errors import InputErrors
from scenes.batch.asking.asked import requests
from scenes.batch.asking.catalogue import catalogue

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("lesson_folder")


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
