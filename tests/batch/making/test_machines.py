"""Other machines: what is locked installs there, and nothing needs what Windows lacks."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lesson_files import lesson_file

from fitting import InputError
from scenes.batch.asking.asked import requests
from scenes.batch.making import workers
from scenes.batch.making.channel import local_channel, speaker

ROOT = Path(__file__).parents[3]
HELPERS = ROOT / "tests" / "helpers"


def as_windows(code: str, *arguments: str) -> str:
    """What a program prints where everything is missing that Windows lacks."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HELPERS / "as_windows", ROOT, HELPERS))),
             "PYTHONWARNDEFAULTENCODING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


_IMPORT_ALL = """
import importlib, pkgutil, fitting, scenes
for package in (fitting, scenes):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name not in ("scenes.batch.making.fork_server", "scenes.batch.making.forking"):
            importlib.import_module(module.name)
            print(module.name)
"""


def test_everything_is_imported_without_what_windows_lacks() -> None:
    assert "scenes.batch.making.workers" in as_windows(_IMPORT_ALL).splitlines()


_FILM = """
import sys
from pathlib import Path
from shorts import request
from scenes.batch.making.films import render
(film,) = render([request(fit={"steps": 60})], Path(sys.argv[1]), "l", jobs=2, as_json=True)
assert not film.failure, film.failure
"""


def test_a_film_is_made_without_what_windows_lacks(tmp_path: Path) -> None:
    told = as_windows(_FILM, str(tmp_path))
    assert '"event": "frames"' in told, "workers are heard"
    assert (tmp_path / "lectures" / "short" / "short.mp4").stat().st_size > 10_000
    assert (tmp_path / "index.html").exists()
    assert not list(tmp_path.glob(".work-*"))


@pytest.mark.parametrize("verb", ["list", "doctor", "fit tanh-network --steps 500 --save run", "new line.toml"])
def test_the_command_works_without_what_windows_lacks(verb: str, tmp_path: Path) -> None:
    main = "import os, sys; os.chdir(sys.argv.pop(1)); from scenes.batch.command import main; main()"
    assert as_windows(main, str(tmp_path), *verb.split())


def test_workers_are_heard_where_sockets_have_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    heard: list[dict[str, Any]] = []
    with local_channel(heard.append) as channel, speaker(channel) as say:
        say({"frames": 1})
        for _ in range(50):
            if heard:
                break
            time.sleep(0.05)
    assert heard == [{"frames": 1}]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("con", "keeps the name 'con'"), ("NUL", "'NUL'"), ("com1", "'com1'"), ("Aux.week 2", "'Aux"),
        ("LPT² ", "'LPT²"),
        ("prn .x", "prn"), ("what?", "no '?' in names"), ("a:b", "no ':'"), ("<b>", "no '<'"), ("a|b", "no '|'"),
        ("50*2", "no '*'"), ('say "x"', "no '\"'"), ("a\\b", "no '\\\\'"), ("line\nbreak", "no '\\n'"),
        ("and so on...", "ends in a dot or a space"), ("blank ", "ends in a dot or a space"),
    ],
)  # fmt: skip
def test_a_name_that_windows_cannot_have_is_refused(name: str, problem: str, lesson_folder: None) -> None:
    path = lesson_file("", name)
    with pytest.raises(InputError, match=re.escape(problem)) as caught:
        requests([path])
    assert str(caught.value).endswith("; rename the file")


@pytest.mark.parametrize(
    "name", ["flats 2", "été", "con-voy", "com10", "v1.2", "it's", "100 %", ".hidden", "a,b;c#d&e", "数"]
)
def test_other_names_are_not(name: str, lesson_folder: None) -> None:
    (request,) = requests([lesson_file("", name)])
    assert request.name == name


def test_a_new_lesson_file_has_no_such_name_either(
    lesson_folder: None, lectures: Callable[..., tuple[int, str, str]]
) -> None:
    code, _, told = lectures("new", "lessons/aux.toml")
    assert code == 2
    assert told.startswith("Error: lessons/aux.toml: Windows keeps the name 'aux' for itself")
    assert not Path("lessons/aux.toml").exists()


def test_data_on_another_drive_are_named_in_full(
    lesson_folder: None, lectures: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: object, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", refused)
    assert lectures("new", "lessons/new.toml", "--data", "lessons/houses.csv")[0] == 0
    assert f'file = "{Path("lessons/houses.csv").resolve().as_posix()}"' in Path("lessons/new.toml").read_text("utf-8")


def test_output_that_the_terminal_cannot_show_is_no_error(tmp_path: Path) -> None:
    """As where it goes to a file on Windows, in the code page of the language."""
    data = tmp_path / "数.csv"
    data.write_text("x,y\n1,2\n2,3\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from scenes.batch.command import main; main()", "fit", "linear", "--data", str(data)],
        cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"\\u6570.csv" in done.stdout


def test_there_are_no_more_processes_than_a_system_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST_PROCESSES", 1)
    with workers.processes(3, print) as found:
        assert found.size == 1


def _lock(*wheels: str) -> dict[str, Any]:
    """A lock of one package that has these wheels."""
    files = {"wheels": [{"url": f"https://example.org/{name}", "hashes": {"sha256": "0"}} for name in wheels]}
    source = {"sdist": {"url": "https://example.org/young-1.0.tar.gz", "hashes": {"sha256": "0"}}}
    return {
        "lock-version": "1.0",
        "created-by": "a test",
        "packages": [{"name": "young", "version": "1.0", **files, **source}],
    }


@pytest.mark.parametrize(
    ("wheels", "problems"),
    [
        (["young-1.0-py3-none-any.whl"], set()),
        (["young-1.0-cp310-abi3-manylinux_2_34_x86_64.whl", "young-1.0-cp310-abi3-manylinux_2_17_aarch64.whl",
          "young-1.0-cp310-abi3-macosx_11_0_arm64.whl", "young-1.0-cp310-abi3-win_amd64.whl"], set()),
        (["young-1.0-cp312-cp312-manylinux2014_x86_64.whl", "young-1.0-cp312-cp312-musllinux_1_2_aarch64.whl"],
         {"Linux x86-64 3.11", "Linux ARM 3.11", "Linux ARM 3.12"}),
        (["young-1.0-cp310-abi3-manylinux_2_38_x86_64.whl", "young-1.0-cp310-abi3-manylinux_2_28_aarch64.whl"],
         {"Linux x86-64 3.11", "Linux x86-64 3.12"}),
    ],
)  # fmt: skip
def test_the_check_of_the_lock_names_what_has_no_wheel(wheels: list[str], problems: set[str]) -> None:
    check = runpy.run_path(str(ROOT / ".ci" / "installable.py"))
    locked = check["Pylock"].from_dict(_lock(*wheels))
    found = {
        f"{machine} {python}"
        for machine in ("Linux x86-64", "Linux ARM")
        for python in ("3.11", "3.12")
        if check["judged"](locked, machine, python)[0]
    }
    assert found == problems
