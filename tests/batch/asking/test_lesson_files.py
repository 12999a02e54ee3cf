"""Lesson files: what each key does, and what makes two of them the same."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lesson_files import FLATS, GERMAN, HOUSES, OWN, asked, lesson_file

from fitting import InputError, fit
from scenes.batch.asking.asked import requests
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
