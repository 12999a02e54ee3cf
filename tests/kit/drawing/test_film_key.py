"""A film's key: another one whenever its frames may be others."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from manim import tempconfig

from scenes.kit.drawing.film_key import film_key, seen_so_far

FILM = "class Film:\n    def __init__(self, lesson):\n        self.lesson = lesson\n"


def imported(path: Path, text: str) -> ModuleType:
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    with tempconfig({"media_dir": str(tmp_path / "media")}):
        yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("my_"):
            del sys.modules[name]


def film(folder: Path) -> Any:
    return imported(folder / "my_film.py", FILM).Film


def test_the_same_film_has_one_key_and_another_lesson_camera_or_class_another(folder: Path) -> None:
    scene = film(folder)
    key = film_key(scene("a"), 1080, 30)
    assert len(key) == 64
    assert film_key(scene("a"), 1080, 30) == key
    other = type("Other", (scene,), {"__module__": scene.__module__})
    keys = [film_key(scene("b"), 1080, 30), film_key(scene("a"), 1080, 15), film_key(other("a"), 1080, 30)]
    assert len({key, *keys}) == 4


def test_a_film_of_a_notebook_and_one_about_nothing_have_no_key(folder: Path) -> None:
    assert film_key(film(folder)(None)) == ""
    assert film_key(type("Film", (SimpleNamespace,), {"__module__": "nowhere"})(lesson="a")) == ""


def test_a_changed_source_or_helper_changes_the_key(folder: Path) -> None:
    scene = film(folder)
    keys = [film_key(scene("a"))]
    (folder / "my_film.py").write_text(FILM + "\n")
    keys.append(film_key(scene("a")))
    imported(folder / "my_helper.py", "SIZE = 1")
    keys.append(film_key(scene("a")))
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("name", "counts"),
    [("data.csv", True), ("sub/data.csv", True), (".hidden/data.csv", False), ("media/data.csv", False),
     ("site-packages/data.csv", False), ("table.py", False)],
)  # fmt: skip
def test_files_that_it_has_read_count_and_what_manim_or_tools_made_does_not(
    folder: Path, name: str, counts: bool
) -> None:
    scene, read = film(folder), folder / name
    read.parent.mkdir(exist_ok=True)
    read.write_text("1")
    unread = film_key(scene("a"))
    before = seen_so_far()
    assert read.read_text() == "1"
    assert seen_so_far() != before
    assert (film_key(scene("a")) != unread) == counts
    read.write_text("2")
    assert len({unread, film_key(scene("a"))}) == 1 + counts


def test_files_elsewhere_and_files_that_are_written_do_not_count(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scene = film(folder)
    key = film_key(scene("a"))
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "data.csv"
    elsewhere.write_text("1")
    assert elsewhere.read_text() == "1"
    with (folder / "written.csv").open("w") as file:
        file.write("1")
    assert film_key(scene("a")) == key
