"""Lesson files: what each key does, what is said to a wrong one, and what `lectures new` writes."""

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
from lessons import LESSONS
from manim import tempconfig

from fitting import InputError, fit, read_csv
from fitting.errors import InputErrors
from scenes.batch.catalogue import catalogue, choose
from scenes.batch.lesson_schema import Data, Film, Fit
from scenes.batch.options import requests
from scenes.batch.request import OTHER_STEPS, Request
from scenes.batch.vocabulary import vocabulary
from scenes.kit.lesson import Lesson
from scenes.kit.own_words import LONGEST_NAME, OwnWords, by_number
from scenes.kit.ranges import in_descent_units
from scenes.kit.rehearsal import Rehearsal, rehearse, said, text_boxes
from scenes.kit.stage import landscape_window
from scenes.linear import LinearFit

Run = Callable[..., tuple[int, str, str]]

GERMAN = Path(__file__).with_name("gerade.toml")
FLATS = "area;price;age\n" + "\n".join(f"{30 + 5 * k};{80 + 13 * k + (k % 4) * 9};{k % 7}" for k in range(24)) + "\n"
HOUSES = "floors,price\n1,0.7\n2,1.5\n3,4.5\n4,9.5\n"
SMALL = {"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}


@pytest.fixture(autouse=True)
def _course(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of lessons below the working directory."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "flats.csv").write_text(FLATS)
    (tmp_path / "course" / "houses.csv").write_text(HOUSES)
    monkeypatch.chdir(tmp_path)


def lesson_file(text: str, name: str = "line") -> str:
    path = Path("course", f"{name}.toml")
    path.write_text(text if "lecture" in text else f'lecture = "linear"\n{text}')
    return str(path)


def asked(text: str, **options: Any) -> Request:
    (request,) = requests([lesson_file(text)], **options)
    return request


OWN = '[data]\nfile = "flats.csv"\nx = "area"\ny = "price"\n'


def _run(text: str) -> Any:
    return asked(text).lesson().trajectory


EFFECTS: dict[str, tuple[str, Callable[[], Any], Any]] = {
    "film.title": ('title = "Flats"', lambda: asked(_film('title = "Flats"')).lesson().title, "Flats"),
    "film.question": ('question = "Why?"', lambda: asked(_film('question = "Why?"')).lesson().question, "Why?"),
    "film.theme": ('theme = "light"', lambda: asked(_film('theme = "light"')).lesson().theme, "light"),
    "film.typesetter": ('typesetter = "latex"', lambda: asked(_film('typesetter = "latex"')).typesetter, "latex"),
    "film.captions": ("captions = false", lambda: asked(_film("captions = false")).lesson().captions, False),
    "film.pace": ("pace = 2", lambda: asked(_film("pace = 2")).lesson().pace, 2.0),
    "data.file": ("", lambda: len(_run(OWN).data), 24),
    "data.x": ("", lambda: _run(OWN.replace('x = "area"', 'x = "age"')).data.x_name, "age"),
    "data.y": ("", lambda: _run(OWN.replace('y = "price"', 'y = "age"')).data.y_name, "age"),
    "data.x_name": ("", lambda: _run(OWN + 'x_name = "Fläche"').file_data.x_name, "Fläche"),
    "data.y_name": ("", lambda: _run('[data]\ny_name = "Preis"').data.y_name, "Preis"),
    "data.x_unit": ("", lambda: _run(OWN + 'x_unit = "m²"').file_data.x_unit, "m²"),
    "data.y_unit": ("", lambda: _run(OWN + 'y_unit = "1,000 EUR"').data.y_unit, "1,000 EUR"),
    "data.item": ("", lambda: asked(OWN + 'item = "flat"').lesson().words["item"], "flat"),
    "data.items": ("", lambda: asked(OWN + 'items = "flats"').lesson().words["items"], "flats"),
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
    Path("course", "other.csv").write_text(FLATS)
    assert asked(OWN.replace("flats.csv", "other.csv")).digest() == first
    Path("moved").mkdir()
    Path("moved", "flats.csv").write_text(FLATS)
    Path("moved", "another-name.toml").write_text(f'lecture = "linear"\n{OWN}')
    assert requests(["moved/another-name.toml"])[0].digest() == first
    Path("course", "flats.csv").write_text(FLATS.replace("80", "81"))
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
    lesson_file(GERMAN.read_text() + OWN.replace("[data]\n", "").replace("file", "\n[fit]\nsteps = 500 # file"))
    code = (
        "import sys\nfrom scenes.batch.options import requests\n"
        "(request,) = requests(['course/line.toml'])\nrequest.digest()\nassert request.trajectory() is not None\n"
        "print({name.split('.')[0] for name in sys.modules} & {'manim', 'cairo', 'av'})"
    )
    Path("course", "line.toml").write_text(GERMAN.read_text())
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_run_that_is_given_needs_no_file() -> None:
    request = asked(OWN)
    trajectory = request.trajectory()
    Path("course", "flats.csv").unlink()
    assert request.lesson(trajectory).trajectory is trajectory
    with pytest.raises(InputError, match=r"flats\.csv: no such file"):
        request.lesson()


# Options of the command


def test_options_that_are_given_go_before_the_file() -> None:
    text = '[film]\ntheme = "light"\ncaptions = false\n[fit]\nsteps = 9\nlearning_rate = 0.01\n'
    request = asked(text, theme="dark", captions=True, steps=4)
    assert (request.theme, request.captions) == ("dark", True)
    assert request.fit == {"steps": 4, "learning_rate": 0.01}
    untouched = asked(text, theme=None, typesetter=None, captions=None, steps=None, data=None)
    assert (untouched.theme, untouched.captions, untouched.fit["steps"]) == ("light", False, 9)


def test_the_command_leaves_alone_what_is_not_given(monkeypatch: pytest.MonkeyPatch, lectures: Run) -> None:
    seen: dict[str, Any] = {}

    def caught(names: Any, **options: Any) -> list[Request]:
        seen.update(options)
        raise InputError("seen")

    monkeypatch.setattr("scenes.batch.stills.requests", caught)
    assert lectures("stills", "x.toml")[0] == 2
    assert set(seen.values()) == {None}
    lectures("stills", "x.toml", "--captions", "--theme", "dark")
    assert (seen["captions"], seen["theme"]) == (True, "dark")


def test_data_of_a_file_are_beside_it_and_those_of_an_option_are_where_the_command_is() -> None:
    Path("here.csv").write_text(HOUSES)
    assert len(asked(OWN).lesson().data) == 24
    assert len(asked('[data]\nfile = "flats.csv"\n', data="here.csv").lesson().data) == 4


@pytest.mark.parametrize(
    "names", [("linear", "linear"), ("linear", "course/Linear.toml"), ("course/line.toml", "line.toml")]
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
    "missing data": ('[data]\nfile = "nowhere.csv"', ["[data] file:", "course/nowhere.csv", "no such file"]),
    "missing column": (OWN.replace("area", "aera"), ["[data] file:", "did you mean 'area'?"]),
    "column without a file": ('[data]\nx = "area"', ["[data] x:", "file"]),
    "window of an unknown parameter": ("[window]\nw = [1, 2]", ["[window] w:", "did you mean 'W'?"]),
    "window upside down": ("[window]\nW = [2, 1]", ["[window] W:", "[2, 1]"]),
    "window of one number": ("[window]\nW = [2]", ["[window] W: expected two numbers"]),
    "unknown beat": ('[wording."The dat"]\nname = "D"', ['[wording."The dat"]', "did you mean 'The data'?"]),
    "unknown caption": (
        '[wording."The data"]\n"What would a house with a garden cost?" = "W"',
        ['[wording."The data"] \'What would a house with a', "no such caption"],
    ),
    "rewritten caption": (
        '[wording."The model"]\n"Our model is a line: two numbers decide where it runs." = "W"',
        ["did you mean 'Our model is a straight line: two numbers decide where it runs.'?"],
    ),
}
CAPTION = '[wording."The model"]\n"One more in $b$ lifts it by #1, everywhere." = '
BAD |= {
    name: (CAPTION + text, ['[wording."The model"] \'One more in $b$', *parts])
    for name, (text, parts) in {
        "long caption": (f'"{"many words " * 9}"', ["longer than 2 lines of 42 characters"]),
        "unknown placeholder": ('"Um {itm} mehr"', ["unknown {itm}", "did you mean 'item'?"]),
        "attribute of a placeholder": ('"Um {item.__class__} mehr"', ["unknown {item.__class__}"]),
        "single brace": ('"Um { mehr"', ["a single brace"]),
        "number that is not there": ('"Um #2 mehr"', ["#2", "1 number"]),
        "bad mathematics": (r'"Um $\\fracc{1}$"', ["bad mathematics", "fracc"]),
        "code for mathematics": ('"Um $#read(1)$"', ["bad mathematics", "#"]),
        "odd dollar": ('"Um 1 $ mehr"', ["odd number of $"]),
        "nothing": ('""', ["empty"]),
        "a number": ("3", ["expected text in quotes"]),
    }.items()
}


@pytest.mark.parametrize(("text", "parts"), BAD.values(), ids=list(BAD))
def test_what_is_wrong_is_named_with_file_and_key(lectures: Run, text: str, parts: list[str]) -> None:
    code, out, err = lectures("stills", lesson_file(text))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("Error: course/line.toml: ")
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
        Path("course/line.toml").write_bytes(content)
    code, _, err = lectures("stills", "course/line.toml")
    assert code == 2
    assert err.startswith("Error: course/line.toml: ")
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
    assert (kept.title, kept.pace, kept.wording) == ("T", 2.0, {entry.beats[0]: {"name": "N"}})


def test_the_lecture_on_the_cost_takes_no_window() -> None:
    with pytest.raises(InputErrors, match=r"\[window\] W: .*the lines that it walks to"):
        asked('lecture = "cost"\n[window]\nW = [1, 2]')


# The window


def test_the_window_is_the_landscapes() -> None:
    run = asked("[window]\nW = [-2, 4]\n").lesson().trajectory
    optimum = np.array([2.94, -3.3])
    window = landscape_window(run, optimum, {"W": (-2.0, 4.0)})
    assert window.first == (-2.0, 4.0)
    assert window.second == landscape_window(run, optimum).second
    assert window.second != landscape_window(run, optimum, {"b": (-7.0, 7.0)}).second == (-7.0, 7.0)


def test_the_film_shows_the_window() -> None:
    lesson = asked("[window]\nW = [-2, 4]\nb = [-6, 5]\n").lesson()
    with tempconfig(SMALL):
        scene = LinearFit(lesson)
        scene.prepare()
        with tempconfig({"dry_run": True}):
            scene.begin_beat("The first steps")
    assert landscape_window(scene.trajectory, scene.optimum, scene.lesson.window).first == (-2.0, 4.0)


def test_in_standard_units_the_window_is_the_files() -> None:
    run = fit(data=read_csv("course/flats.csv", "area", "price"))
    assert not run.units.is_identity
    w, b = run.params_in_file_units(run.final_params)
    found = in_descent_units(run, {"W": (w - 1, w + 2), "b": (b - 30, b + 10)})
    for k, name in enumerate("Wb"):
        for end, place in zip(found[name], ((-1, 2), (-30, 10))[k], strict=True):
            params = run.final_params.copy()
            params[k] = end
            assert run.params_in_file_units(params)[k] == pytest.approx((w, b)[k] + place, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[window]\nW = [2, 3]", ["[window] W from 2 to 3 leaves out the start", "0.2 to 2.9393"]),
        ("[window]\nb = [0, 3]", ["[window] b from 0 to 3 leaves out the end", "-3.29796 to 0.855362"]),
        ("[window]\nW = [5, 6]\nb = [9, 10]", ["W from 5 to 6", "start and the end", "b from 9 to 10"]),
        (OWN + "[window]\nW = [100, 101]", ["W from 100 to 101"]),
    ],
)
def test_a_window_without_the_descent_is_refused(lectures: Run, text: str, parts: list[str]) -> None:
    code, _, err = lectures("stills", lesson_file(text))
    assert code == 2
    assert err.startswith("Error: course/line.toml: [window] ")
    for part in parts:
        assert part.replace("-", "−") in err.replace("-", "−")


def test_a_diverging_run_needs_its_start_alone() -> None:
    assert asked("[fit]\nlearning_rate = 0.125\n[window]\nW = [-2, 4]\nb = [-4, 4]").trajectory() is not None


# Wording


def test_numbers_are_those_of_the_run() -> None:
    words = OwnWords({"A": {"In #1 steps, $W_1^2$ to $#2$.": "Nach #1 Schritten: $#2 + x^2$, nach #1.", "name": "B"}})
    caption = words.caption("A", "In 10,000 steps, $W_1^2$ to $-2.5$.")
    assert caption is not None
    assert caption[1] == "Nach 10,000 Schritten: $-2.5 + x^2$, nach 10,000."
    moved = words.caption("another beat", "In 7 steps, $W_1^2$ to $2 \\cdot 10^{-5}$.")
    assert moved is not None
    assert moved[1] == "Nach 7 Schritten: $2 \\cdot 10^{-5} + x^2$, nach 7."
    assert words.caption("A", "In 10 steps, $W_2^2$ to $-2.5$.") is None
    assert (words.name("A"), words.name("C")) == ("B", "C")


def test_numbers_change_their_notation_between_prose_and_mathematics() -> None:
    words = OwnWords({"A": {"#1, $#2$": "$#1$, #2"}})
    assert words.caption("A", "10,000, $-2$") == (": [wording.\"A\"] '#1, $#2$'", "$10{,}000$, −2")
    caption = words.caption("A", "5, $2 \\cdot 10^{-5}$")
    assert caption is not None
    assert caption[1] == "$5$, $2 \\cdot 10^{-5}$"


def test_keys_may_have_the_numbers_that_the_film_shows() -> None:
    assert by_number("$16.7$ across, $0.299$ along") == (*by_number("$#1$ across, $#2$ along")[:1], ["16.7", "0.299"])


@pytest.fixture(scope="module")
def german() -> tuple[Lesson, Rehearsal, list[float], list[list[Any]]]:
    (request,) = requests([str(GERMAN)])
    lesson = request.lesson()
    with tempconfig(SMALL):
        rehearsal = rehearse(LinearFit, lesson)
        times = sorted({0.5, *((start + end) / 2 for start, end, _ in rehearsal.captions)})
        return lesson, rehearsal, times, text_boxes(LinearFit, lesson, times)


def test_a_translated_film_speaks_its_language(german: tuple[Lesson, Rehearsal, list[float], list[list[Any]]]) -> None:
    _lesson, rehearsal, _, boxes = german
    assert [beat.name for beat in rehearsal.beats][:2] == ["Die Daten", "Das Modell"]
    texts = [text.replace("\n", " ") for _, _, text in rehearsal.captions]
    assert texts[0] == "Vier Häuser: wie viele Etagen sie haben, und was sie kosten."
    assert "Dann kriecht er am Boden: Krümmung 16.7 quer, 0.299 längs." in texts
    assert not [text for text in texts if re.search(r"\b(the|and|is|of|One)\b", text)], "all captions are translated"
    shown = {box.text.replace("\x00", "") for frame in boxes for box in frame}
    assert {"Eine Ausgleichsgerade", "Preis, 100.000 €", "Etagen"} <= shown
    assert "1 of 8 Die Daten" in shown


def test_a_translated_film_is_laid_out_well(german: tuple[Lesson, Rehearsal, list[float], list[list[Any]]]) -> None:
    import test_layout

    film = german[1:]
    test_layout.test_no_text_stands_on_another(film)
    test_layout.test_all_text_is_inside_the_frame(film)
    test_layout.test_no_text_is_too_small(film)
    test_layout.test_captions_can_be_read(film)


@pytest.mark.parametrize("title", ["W" * 60, "Was Wohnungen in der Innenstadt einer großen Stadt kosten"])
def test_long_titles_stay_in_the_frame(title: str) -> None:
    import test_layout

    names = "".join(f'[wording."{beat}"]\nname = "{"m" * LONGEST_NAME}"\n' for beat in choose(["linear"])[0].beats)
    question = " ".join(["Wie findet der Gradientenabstieg"] * 3)[:90]
    lesson = asked(f'[film]\ntitle = "{title}"\nquestion = "{question}"\n{names}').lesson()
    times = [1.0, 9.0, 16.0]
    with tempconfig(SMALL):
        film = (rehearse(LinearFit, lesson), times, text_boxes(LinearFit, lesson, times))
    test_layout.test_no_text_stands_on_another(film)
    test_layout.test_all_text_is_inside_the_frame(film)
    test_layout.test_no_text_is_too_small(film)


def test_too_long_a_caption_of_long_names_is_named_with_file_and_key(lectures: Run) -> None:
    text = (
        '[wording."The gradient"]\n"Now in numbers: one residual for each {item}." = "' + "{items} {x} {y} " * 3 + '"'
    )
    labels = "".join(f'{key} = "{"n" * 40}"\n' for key in ("x_name", "y_name", "items"))
    code, _, err = lectures("stills", lesson_file(f"[data]\n{labels}{text}"), "--quality", "l")
    assert code == 2
    assert err.startswith('Error: course/line.toml: [wording."The gradient"] \'Now in numbers')
    assert "longer than 2 lines" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("data", ["large prices", "diverging", "four steps"])
@pytest.mark.parametrize("name", ["linear", "cost"])
def test_the_sources_hold_the_captions_of_all_data(name: str, data: str) -> None:
    (entry,) = choose([name])
    with tempconfig(SMALL):
        captions = said(entry.load(), LESSONS[data]())
    assert not [text for texts in captions.values() for text in texts if not vocabulary(entry).holds(text)]


# lectures new


def _used(text: str) -> str:
    """A lesson file with every line in use that can be."""
    return "\n".join(line[1:] if re.match(r"#[^ ]", line) else line for line in text.splitlines())


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_what_new_writes_is_valid_as_it_is_and_with_every_line_in_use(entry: Any, lectures: Run) -> None:
    assert lectures("new", "course/new.toml", "--lecture", entry.name)[:2] == (0, "course/new.toml\n")
    text = Path("course/new.toml").read_text()
    (plain,) = requests(["course/new.toml"])
    (lecture,) = requests([entry.name])
    assert plain.digest() == lecture.digest()
    Path("course/new.toml").write_text(_used(text))
    (used,) = requests(["course/new.toml"])
    assert (used.title, used.question) == (entry.title, entry.question)
    assert tuple(used.wording) == entry.beats
    assert all(key == own or key == "name" for words in used.wording.values() for key, own in words.items())
    if not entry.own_data_refused:
        keys = {*Fit.model_fields, *Data.model_fields} - {"seed", "model"}
        keys -= set(OTHER_STEPS if entry.steps_refused else ())
        assert {"set" if key == "constants" else "file" if key == "data" else key for key in used.fit} | set(
            used.labels
        ) == keys
        assert all("# seed = 1" in text or f"#{key} = " in text for key in keys)
    assert max(map(len, (line for line in text.splitlines() if line.startswith("# ")))) <= 120


def test_a_film_of_all_its_own_captions_is_the_same_film(lectures: Run) -> None:
    lectures("new", "course/new.toml", "--lecture", "linear")
    text = Path("course/new.toml").read_text()
    head, wording = text[: text.index("[film]")], text[text.index('[wording."') :]
    lesson = asked(head + _used(wording)).lesson()
    with tempconfig(SMALL):
        assert rehearse(LinearFit, lesson) == rehearse(LinearFit, Lesson())


def test_options_are_written_into_the_file(lectures: Run) -> None:
    options = ["--data", "course/flats.csv", "--x", "area", "--y", "price", "--theme", "light", "--steps", "50"]
    assert lectures("new", "course/new.toml", *options)[0] == 0
    (request,) = requests(["course/new.toml"])
    text = Path("course/new.toml").read_text()
    assert '\nfile = "flats.csv"\n' in text
    assert (request.theme, request.fit["steps"], len(request.lesson().data)) == ("light", 50, 24)
    assert "{items}, and of each of them {x} and {y}." in text, "captions are those of these data"


def test_new_replaces_nothing_unless_told_to(lectures: Run) -> None:
    path = lesson_file("")
    before = Path(path).read_text()
    code, _, err = lectures("new", path)
    assert code == 2
    assert "--force" in err
    assert Path(path).read_text() == before
    assert lectures("new", path, "--force")[0] == 0
    assert Path(path).read_text() != before


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["new", "course/new.txt"], ".toml"),
        (["new", "nowhere/new.toml"], "nowhere: no such directory"),
        (["new", "new.toml", "--lecture", "liner"], "did you mean 'linear'?"),
        (["new", "new.toml", "--lecture", "sigmoid", "--steps", "3"], "no --steps here"),
    ],
)
def test_new_says_what_is_wrong(lectures: Run, arguments: list[str], part: str) -> None:
    code, _, err = lectures(*arguments)
    assert code == 2
    assert part in err
    assert not Path("new.toml").exists()


def test_help_names_lesson_files(lectures: Run) -> None:
    assert "LESSON.toml" in lectures("stills", "--help")[1]
    out = lectures("new", "--help")[1]
    assert "--lecture" in out
    assert "--force" in out
