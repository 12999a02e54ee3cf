"""A Look: its defaults, the environment's, and what is said to a wrong one."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from fitting import InputError
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.look import Look


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("THEME", "TYPESETTER"):
        monkeypatch.delenv(f"LECTURES_{name}", raising=False)


def test_without_arguments_it_is_the_usual_one() -> None:
    assert Look() == Look(theme="dark", typesetter="typst", captions=True, pace=1.0) == Lesson().look
    assert pickle.loads(pickle.dumps(Look(pace=2.0))) == Look(pace=2.0)


def test_the_environment_says_what_a_caller_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTURES_THEME", "light")
    monkeypatch.setenv("LECTURES_TYPESETTER", "latex")
    assert (Look().theme, Look().typesetter) == ("light", "latex")
    assert Look(theme="dark").theme == "dark"
    monkeypatch.setenv("LECTURES_THEME", "")
    assert Look().theme == "dark"


def test_a_wrong_one_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"^unknown theme 'drak'; did you mean 'dark'\?"):
        Look(theme="drak")
    with pytest.raises(InputError, match=r"^unknown typesetter 'word'; expected one of: 'typst', 'latex'"):
        Look(typesetter="word")
    for pace in (0.1, 5.1, float("nan")):
        with pytest.raises(InputError, match=rf"^pace must be from 0\.2 to 5; got {pace:g}"):
            Look(pace=pace)
    monkeypatch.setenv("LECTURES_THEME", "lihgt")
    with pytest.raises(InputError, match=r"^LECTURES_THEME: unknown theme 'lihgt'; did you mean 'light'\?"):
        Lesson()


def test_it_is_known_without_manim() -> None:
    code = "import sys, scenes.kit.subject.look; print({'manim', 'cairo'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
