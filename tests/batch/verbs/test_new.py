"""`lectures new`: what it writes is a lesson file, whole and in use."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lesson_files import SMALL, asked, lesson_file
from manim import tempconfig

from scenes.batch.asking.asked import requests
from scenes.batch.asking.catalogue import catalogue
from scenes.batch.asking.lesson_schema import Data, Fit
from scenes.batch.asking.request import OTHER_STEPS
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.lesson import Lesson
from scenes.linear import LinearFit

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("lesson_folder")


def _used(text: str) -> str:
    """A lesson file with every line in use that can be."""
    return "\n".join(line[1:] if re.match(r"#[^ ]", line) else line for line in text.splitlines())


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_what_new_writes_is_valid_as_it_is_and_with_every_line_in_use(entry: Any, lectures: Run) -> None:
    assert lectures("new", "lessons/new.toml", "--lecture", entry.name)[:2] == (0, "lessons/new.toml\n")
    text = Path("lessons/new.toml").read_text()
    (plain,) = requests(["lessons/new.toml"])
    (lecture,) = requests([entry.name])
    assert plain.digest() == lecture.digest()
    Path("lessons/new.toml").write_text(_used(text))
    (used,) = requests(["lessons/new.toml"])
    assert (used.title, used.question) == (entry.title, entry.question)
    assert tuple(used.wording) == (*entry.beats, "labels")
    assert {"{k} of {n} {name}", *(["step"] if entry.name == "linear" else [])} <= used.wording["labels"].keys()
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
    lectures("new", "lessons/new.toml", "--lecture", "linear")
    text = Path("lessons/new.toml").read_text()
    head, wording = text[: text.index("[film]")], text[text.index('[wording."') :]
    lesson = asked(head + _used(wording)).lesson()
    with tempconfig(SMALL):
        assert rehearse(LinearFit, lesson) == rehearse(LinearFit, Lesson())


def test_options_are_written_into_the_file(lectures: Run) -> None:
    options = ["--data", "lessons/flats.csv", "--x", "area", "--y", "price", "--theme", "light", "--steps", "50"]
    assert lectures("new", "lessons/new.toml", *options)[0] == 0
    (request,) = requests(["lessons/new.toml"])
    text = Path("lessons/new.toml").read_text()
    assert '\nfile = "flats.csv"\n' in text
    assert (request.look.theme, request.fit["steps"], len(request.lesson().data)) == ("light", 50, 24)
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
        (["new", "lessons/new.txt"], ".toml"),
        (["new", "nowhere/at all/new.toml"], "nowhere: no such directory"),
        (["new", "new.toml", "--lecture", "liner"], "did you mean 'linear'?"),
        (["new", "new.toml", "--lecture", "sigmoid", "--steps", "3"], "no --steps here"),
    ],
)
def test_new_says_what_is_wrong(lectures: Run, arguments: list[str], part: str) -> None:
    code, _, err = lectures(*arguments)
    assert code == 2
    assert part in err
    assert not Path("new.toml").exists()


def test_a_course_begins_with_its_first_lesson(lectures: Run) -> None:
    assert lectures("new", "my-lessons/first.toml", "--steps", "0")[0] == 2
    assert not Path("my-course").exists(), "what is refused leaves nothing"
    assert lectures("new", "my-lessons/first.toml")[:2] == (0, "my-lessons/first.toml\n")
    assert requests(["my-lessons/first.toml"])
    code, _, err = lectures("new", "my-lessons/first.toml/second.toml")
    assert code == 2
    assert "my-lessons/first.toml/second.toml: cannot be written: " in err


def test_help_names_lesson_files(lectures: Run) -> None:
    assert "LESSON.toml" in lectures("stills", "--help")[1]
    out = lectures("new", "--help")[1]
    assert "--lecture" in out
    assert "--force" in out


def test_a_lesson_file_needs_data_that_can_be_read_again(lectures: Run) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"x,y\n1,2\n2,3\n")
    os.close(writing)
    code, out, err = lectures("new", "lessons/piped.toml", "--data", f"/dev/fd/{reading}")
    os.close(reading)
    assert (code, out) == (2, "")
    assert f"/dev/fd/{reading}: can be read only once" in err
    assert not Path("lessons/piped.toml").exists()
