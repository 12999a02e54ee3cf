"""`lectures render`: what it says, what it keeps, and where it can write."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from shorts import Here, made, request

from fitting import InputError
from scenes.batch.making import bundle, tasks
from scenes.batch.making import films as render_module
from scenes.batch.making.engine import is_made, planned
from scenes.batch.making.films import render
from scenes.batch.making.settings import FORMATS, settings
from scenes.batch.making.workers import Workers
from scenes.kit.subject.look import Look
from scenes.page.bundles import read_bundles

pytestmark = pytest.mark.usefixtures("short_films")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """`lectures render` draws in this process."""
    monkeypatch.setattr(render_module, "_workers", lambda *asked: contextlib.nullcontext(Workers(Here())))


def full(*arguments: Any, **options: Any) -> Any:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_with_a_name_wherever_it_fills_up(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(*arguments: Any, **options: Any) -> Any:
        try:
            full()
        except OSError as error:
            raise RuntimeError("Failed to encode") from error

    from scenes.kit.drawing.camera import SegmentEncoder

    for owner, name, stand_in in (
        (SegmentEncoder, "write_frame", encode),
        (Image.Image, "save", full),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, stand_in)
            with pytest.raises(OSError, match="No space left") as caught:
                made([request()], out)
            assert caught.value.filename


def refused(job: tasks.Job) -> tasks.Outline:
    raise ValueError("no")


@pytest.mark.usefixtures("here")
def test_the_film_that_goes_is_told_before_anything_is_drawn(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for asked in (request(), request(), request(look=Look(pace=0.3))):
        render([asked], out, "l")
        said.append(capsys.readouterr().err.splitlines())
    assert [line for lines in said[:2] for line in lines if "replaced" in line] == []
    assert said[2][0].startswith("short: the film that is there, of other data or options, is replaced")
    assert "--out DIR" in said[2][0]


def test_a_film_that_is_replaced_by_another_is_told_before(out: Path) -> None:
    assert planned(request(), out, "l", ("mp4",)).replaces == ""
    made([request()], out)
    for same in (planned(request(), out, "l", ("mp4", "gif")), planned(request("other"), out, "l", ("mp4",))):
        assert same.replaces == ""
    assert planned(request(look=Look(pace=0.3)), out, "l", ("mp4",)).replaces == "other data or options"
    assert planned(request(), out, "m", ("mp4",)).replaces == "another quality"


@pytest.mark.usefixtures("here")
def test_there_is_a_page_wherever_there_is_a_film(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "outline", refused)
        (film,) = render([request()], out, "l")
    assert film.failure
    assert not (out / "index.html").exists(), "no film, no page"
    render([request()], out, "l")
    (out / "index.html").unlink()
    (film,) = render([request()], out, "l")
    assert film.kept
    assert (out / "index.html").exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["two\nlines", "it's", "50% %03d", "C:here", "ü 中", "-f"])
def test_films_are_made_whatever_the_directory_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (film,) = render([request()], Path(name), "l", ("mp4", "gif"))
    assert film.failure == ""
    assert Path(name, "index.html").is_file()
    assert is_made(planned(request(), Path(name), "l", ("mp4", "gif")))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("error", "code"), [(InputError("bad"), 2), (OSError(5, "Input/output error", "disk"), 1), (ValueError("bug"), 1)]
)
def test_a_film_that_fails_alone_has_the_exit_code_of_its_reason(
    lectures: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    out: Path,
    error: Exception,
    code: int,
) -> None:
    def outline(job: tasks.Job) -> tasks.Outline:
        raise error

    monkeypatch.setattr(tasks, "outline", outline)
    ended, told, err = lectures("render", "linear", "--quality", "l", "--out", str(out))
    assert (ended, told) == (code, "")
    assert err.splitlines()[-1].startswith("Error: ")


def test_nothing_but_json_is_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    for name in FORMATS:
        with settings("l", name):
            pass
    assert capfd.readouterr() == ("", "")


def test_data_that_can_be_read_only_once_are_read_once(tmp_path: Path) -> None:
    """As `--data /dev/stdin` behind a pipe, for two films."""
    table = b"floors,price\n1,0.7\n2,1.5\n3,4.5\n"
    reading, writing = os.pipe()
    os.write(writing, table)
    os.close(writing)
    (tmp_path / "table.csv").write_bytes(table)
    from_file = request(fit={"data": str(tmp_path / "table.csv")})
    for name in ("one", "two"):
        piped = request(name, fit={"data": f"/dev/fd/{reading}"})
        assert piped.digest() == from_file.digest()
        trajectory = piped.trajectory()
        assert trajectory is not None
        assert len(trajectory.data) == 3
    os.close(reading)


@pytest.mark.parametrize(
    "what", ["schema", "theme", "poster", "captions", "duration", "films", "files", "run", "frames"]
)
def test_what_the_page_says_is_to_be_rendered_again_is_not_kept(out: Path, what: str) -> None:
    (film,) = made([request()], out)
    file = film.bundle / ("trajectory.json" if what == "run" else "manifest.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    if what == "run":
        content["schema"] = 99
        file.write_text(json.dumps(content))
        about = json.loads((film.bundle / "manifest.json").read_text(encoding="utf-8"))
        about["files"]["trajectory.json"] = bundle._known(file)
        (film.bundle / "manifest.json").write_text(json.dumps(about))
    elif what == "schema":
        file.write_text(json.dumps({**content, "schema": 2}))
    elif what == "films":
        file.write_text(json.dumps({**content, "films": {**content["films"], "avi": "short.mp4"}}))
    else:
        del content[what]
        file.write_text(json.dumps(content))
    wrong = read_bundles(out / "lectures")[1]
    if wrong:
        assert not is_made(planned(request(), out, "l", ("mp4",)))
    made([request()], out)
    assert is_made(planned(request(), out, "l", ("mp4",)))
    assert read_bundles(out / "lectures")[1] == []
    assert bool(wrong) == (what not in ("films", "files", "frames"))


def test_what_asks_for_films_imports_nothing_that_draws() -> None:
    code = "import sys, scenes.batch.making.films; print({'manim', 'cairo'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
