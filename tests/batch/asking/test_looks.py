"""The keys of a Look: each is an option of the command and a key of a lesson file, and told of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fitting import InputError
from scenes.batch.asking.asked import requests
from scenes.batch.asking.lesson_schema import Film
from scenes.batch.asking.looks import ABOUT, KEYS, default
from scenes.batch.verbs import render, stills
from scenes.kit.subject.look import Look

Run = Callable[..., tuple[int, str, str]]


def test_every_key_is_an_option_and_a_key_of_lesson_files_and_is_told_of() -> None:
    assert KEYS.keys() == ABOUT.keys() == Film.model_fields.keys() - {"title", "question"}
    for verb in (render, stills):
        options = {option.name: option for option in verb.command.params}
        for name in KEYS:
            assert ABOUT[name] in options[name].help
            assert ABOUT[name] in str(Film.model_fields[name].description)


def test_every_option_reaches_the_request() -> None:
    look = Look(theme="light", typesetter="latex", captions=False, pace=2.0)
    (request,) = requests(["linear"], steps=3, theme="light", typesetter="latex", captions=False, pace=2.0)
    assert (request.look, request.fit) == (look, {"steps": 3})
    (request,) = requests(["linear"], steps=3, **dict.fromkeys(KEYS))
    assert (request.look, request.fit) == (Look(), {"steps": 3})


def test_the_usual_look_is_made_of_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(f"LECTURES_{name.upper()}", raising=False)
    assert Look() == Look(**{name: default(name) for name in KEYS})


def test_the_environment_s_theme_is_that_of_the_command(lectures: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTURES_THEME", "light")
    assert requests(["linear"])[0].look.theme == "light"
    monkeypatch.setenv("LECTURES_THEME", "drak")
    code, out, err = lectures("stills", "linear")
    assert (code, out) == (2, "")
    assert err == "Error: LECTURES_THEME: unknown theme 'drak'; did you mean 'dark'? expected one of: 'dark', 'light'\n"
    with pytest.raises(InputError, match="pace must be from"):
        requests(["linear"], theme="dark", pace=7)
