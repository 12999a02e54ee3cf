"""The page as a file: order, escaping, broken bundles, and that it appears whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from page_bundles import HOSTILE, bundle, manifest

import scenes.page.gallery
from fitting import InputError, fit
from scenes.batch.asking.catalogue import Entry, catalogue, in_teaching_order
from scenes.batch.command import main
from scenes.kit.drawing.style import THEMES
from scenes.page.gallery import clock, size, spoken_length, write_gallery

ROOT = Path(__file__).parents[2]


class Parsed(HTMLParser):
    """Elements with their attributes, links, and all text outside of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text, self._in_script = "", False
        self.data = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.data += data
        else:
            self.text += data

    def links(self) -> list[str]:
        """Every address in the page."""
        return [
            value
            for _, attributes in self.elements
            for name, value in attributes.items()
            if name in ("src", "href", "poster") and value is not None
        ]

    def lectures(self) -> list[str]:
        """Names of the lectures, in the page's order."""
        return [
            unquote(str(attributes["id"]))
            for tag, attributes in self.elements
            if tag == "article" and "lecture" in str(attributes.get("class"))
        ]


def parsed(out: Path) -> Parsed:
    return Parsed((out / "index.html").read_text(encoding="utf-8"))


def broken(folder: Path, **changes: Any) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest(folder.name, **changes)))


def test_lectures_stand_in_the_order_of_teaching_then_own_lessons(tmp_path: Path) -> None:
    for name in ("tanh-network", "an own one", "linear", "derivative", "zoo", "cost"):
        bundle(tmp_path, name)
    write_gallery(tmp_path, [entry.name for entry in catalogue()])
    assert parsed(tmp_path).lectures() == ["derivative", "cost", "linear", "tanh-network", "an own one", "zoo"]


def test_the_order_of_teaching_is_read_from_the_lectures() -> None:
    assert [entry.name for entry in catalogue()] == [
        "derivative", "cost", "gradient-descent", "linear", "sigmoid", "cubic", "model-comparison", "backpropagation",
        "tanh-network",
    ]  # fmt: skip
    assert all(entry.load().after == entry.after for entry in catalogue())


def test_a_lecture_finds_its_place_by_itself() -> None:
    def entry(name: str, after: str) -> Entry:
        return dataclasses.replace(catalogue()[0], name=name, after=after)

    given = [
        entry("a", "z"),
        entry("b", ""),
        entry("c", "b"),
        entry("d", "c"),
        entry("new", "b"),
        entry("o", "o"),
        entry("p", ""),
    ]
    assert [e.name for e in in_teaching_order(given)] == ["b", "c", "d", "new", "a", "p", "o"]


def test_every_link_leads_to_a_file_or_a_lecture(tmp_path: Path) -> None:
    bundle(tmp_path, "linear", fit(steps=20))
    bundle(tmp_path, "50% # of what?", lecture="linear")
    write_gallery(tmp_path)
    page = parsed(tmp_path)
    ids = {attributes.get("id") for _, attributes in page.elements}
    for link in page.links():
        if link.startswith("#"):
            assert link == "#" or link[1:] in ids
        elif link != "data:,":
            assert "?" not in link
            assert (tmp_path / unquote(link)).is_file(), link
    downloads = [link for link in page.links() if link.startswith("lectures/linear/")]
    for name in ("linear.mp4", "captions.srt", "captions.vtt", "transcript.txt", "trajectory.npz", "trajectory.json"):
        assert f"lectures/linear/{name}" in downloads


def test_text_of_users_is_text(tmp_path: Path) -> None:
    name = HOSTILE.replace("/", "∕")
    captions = [{"start": 0.1, "end": 1.0, "text": HOSTILE}]
    chapters = [{"name": HOSTILE, "start": 0.0, "end": 6.0}]
    bundle(tmp_path, name, title=HOSTILE, question=HOSTILE, lecture="linear", captions=captions, chapters=chapters)
    write_gallery(tmp_path)
    source = (tmp_path / "index.html").read_text(encoding="utf-8")
    page = Parsed(source)
    assert source.count("</script>") == source.count("<script")
    assert not [attributes for _, attributes in page.elements if "onerror" in attributes]
    assert "b" not in [tag for tag, _ in page.elements]
    # Title and question on the card and above the film, the chapter in its list and in the transcript.
    assert page.text.count(HOSTILE) >= 6
    (lecture,) = json.loads(page.data)["lectures"].values()
    assert lecture["title"] == HOSTILE
    assert unquote(lecture["film"]) == f"lectures/{name}/{name}.mp4"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "manifest.json").write_text("{"),
        lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"),
        lambda folder: broken(folder, schema=2),
        lambda folder: broken(folder, title=7),
        lambda folder: broken(folder, chapters=[]),
        lambda folder: broken(folder, duration=float("nan")),
        lambda folder: broken(folder, poster="../linear/poster.png"),
        lambda folder: broken(folder, films={"mp4": ".."}),
        lambda folder: broken(folder, films={"gif": "poster.png"}),
        lambda folder: (folder / "broken.mp4").unlink(),
    ],
)
def test_a_broken_bundle_is_left_out_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], object]
) -> None:
    bundle(tmp_path, "linear")
    change(bundle(tmp_path, "broken"))
    write_gallery(tmp_path)
    assert parsed(tmp_path).lectures() == ["linear"]
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Warning: {tmp_path / 'lectures' / 'broken' / 'manifest.json'}: ")
    assert "render it again" in line


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lectures" / "notes").mkdir(parents=True)
    bundle(tmp_path, ".hidden")
    write_gallery(tmp_path)
    assert parsed(tmp_path).lectures() == []
    assert capsys.readouterr().err == ""


def explorable(out: Path) -> list[str]:
    return [
        unquote(str(attributes["aria-controls"])).removesuffix(":explore")
        for _, attributes in parsed(out).elements
        if attributes.get("data-do") == "explore"
    ]


@pytest.mark.parametrize("run", ["{", '{"schema": 99}', '{"schema": 1, "loss": [NaN]}', "[]"])
def test_a_broken_run_is_not_explored_but_its_film_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], run: str
) -> None:
    (bundle(tmp_path, "linear", fit(steps=9)) / "trajectory.json").write_text(run)
    write_gallery(tmp_path)
    assert (parsed(tmp_path).lectures(), explorable(tmp_path)) == (["linear"], [])
    assert "trajectory.json" in capsys.readouterr().err


def test_a_run_of_several_films_is_explored_with_the_one_named_after_its_model(tmp_path: Path) -> None:
    run = fit(steps=30)
    for name in ("derivative", "cost", "linear"):
        bundle(tmp_path, name, run, model="linear")
    bundle(tmp_path, "sigmoid", fit("sigmoid", steps=30), model="sigmoid")
    bundle(tmp_path, "cubic")
    write_gallery(tmp_path)
    assert explorable(tmp_path) == ["linear", "sigmoid"]
    assert parsed(tmp_path).text.count("Its run is explored with Linear") == 2


def test_of_films_that_share_a_run_the_last_taught_has_it_where_none_is_named_after_the_model(tmp_path: Path) -> None:
    for name in ("gradient-descent", "derivative"):
        bundle(tmp_path, name, fit(steps=30), model="linear")
    write_gallery(tmp_path)
    assert explorable(tmp_path) == ["gradient-descent"]


def test_scripts_of_runs_that_are_gone_go_too(tmp_path: Path) -> None:
    folder = bundle(tmp_path, "linear", fit(steps=9))
    write_gallery(tmp_path)
    assert len(list((tmp_path / "page" / "runs").glob("*.js"))) == 1
    (folder / "manifest.json").unlink()
    write_gallery(tmp_path)
    assert list((tmp_path / "page" / "runs").iterdir()) == []


def test_without_lectures_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert "lectures render linear" in parsed_after(tmp_path / "new").text


def parsed_after(out: Path) -> Parsed:
    write_gallery(out)
    return parsed(out)


def test_files_appear_whole_and_the_page_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle(tmp_path, "linear", fit(steps=9))
    placed: list[str] = []
    real = os.replace

    def replaced(made: str, final: Path) -> None:
        assert not final.exists()
        assert Path(made).parent == final.parent
        placed.append(final.relative_to(tmp_path).as_posix())
        real(made, final)

    monkeypatch.setattr(os, "replace", replaced)
    write_gallery(tmp_path)
    assert placed[-1] == "index.html"
    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert {name for name in made if not name.startswith("lectures/")} == set(placed)


def test_when_the_disk_is_full_the_old_page_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle(tmp_path, "linear")
    write_gallery(tmp_path)
    before = (tmp_path / "index.html").read_bytes()
    files = sorted(tmp_path.rglob("*"))
    bundle(tmp_path, "cost")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_gallery(tmp_path)
    assert (tmp_path / "index.html").read_bytes() == before
    assert [file for file in sorted(tmp_path.rglob("*")) if "cost" not in file.parts] == files


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["lectures", "gallery", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    bundle(tmp_path, "linear")
    assert run("--out", str(tmp_path)) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "index.html")
    (tmp_path / "file").touch()
    for wrong in ("file", "no-such-folder", "page", "lectures"):
        before = sorted(tmp_path.rglob("*"))
        assert run("--out", str(tmp_path / wrong)) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"{tmp_path / wrong}: no films are there" in line
        assert "--out DIR" in line
        assert sorted(tmp_path.rglob("*")) == before, "nothing is written"
    # The page of films that have been taken away by hand goes too.
    shutil.rmtree(tmp_path / "lectures")
    assert run("--out", str(tmp_path)) == 0
    assert parsed(tmp_path).lectures() == []


def test_it_is_made_without_manim_and_without_importing_plotly(tmp_path: Path) -> None:
    bundle(tmp_path, "linear", fit(steps=9))
    code = (
        "import sys; from pathlib import Path; import scenes.page.run_data; import scenes.page.gallery as gallery;"
        f"gallery.write_gallery(Path({str(tmp_path)!r})); print(sorted({{'manim', 'plotly'}} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_colours_are_those_of_the_films(tmp_path: Path) -> None:
    write_gallery(tmp_path)
    colors = (tmp_path / "page" / "colors.css").read_text()
    for palette in THEMES.values():
        for color in (palette.background, palette.text, *palette.concepts.values()):
            assert color in colors
    style = (scenes.page.gallery.ASSETS / "style.css").read_text()
    assert not {color for palette in THEMES.values() for color in palette.concepts.values() if color in style}


def test_everything_that_the_page_needs_is_package_data() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    patterns = project["tool"]["setuptools"]["package-data"]["scenes.page"]
    package = ROOT / "scenes" / "page"
    shipped = {file for pattern in patterns for file in package.glob(pattern)}
    needed = {file for file in package.rglob("*") if file.is_file() and file.suffix in (".html", ".css", ".js")}
    assert needed <= shipped
    assert {script.name for script in scenes.page.gallery.scripts()} == {f.name for f in needed if f.suffix == ".js"}


def test_lengths_and_sizes() -> None:
    assert [clock(seconds) for seconds in (0.0, 59.6, 118.3)] == ["0:00", "1:00", "1:58"]
    assert spoken_length(118.3) == "1 minute 58 seconds"
    assert spoken_length(0.2) == "0 seconds"
    assert [size(count) for count in (7, 2450, 999_700, 5_000_000_000)] == ["7 bytes", "2.45 kB", "1 MB", "5 GB"]
