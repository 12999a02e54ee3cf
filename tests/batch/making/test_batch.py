"""Many films: bundles, what is kept and what is made again, and what becomes of films when something fails."""

from __future__ import annotations

import dataclasses
import json
import tracemalloc
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import srt
from PIL import Image
from shorts import Here, each_key_changed, made, request

from fitting import Dataset, InputError, Trajectory, fit, whole_file
from scenes.batch.making import bundle, store, tasks
from scenes.batch.making.engine import is_made, planned
from scenes.batch.making.progress import Count
from scenes.batch.making.settings import QUALITIES
from scenes.batch.making.workspace import workspace
from scenes.kit.drawing.versions import versions
from scenes.kit.subject.look import Look
from scenes.kit.text import typeset as typeset_module

BUNDLE = {"captions.srt", "captions.vtt", "manifest.json", "poster.png", "trajectory.json", "trajectory.npz",
          "transcript.txt"}  # fmt: skip

pytestmark = pytest.mark.usefixtures("short_films")


def manifest(out: Path, film: str = "short") -> dict[str, Any]:
    content: dict[str, Any] = json.loads((out / "lectures" / film / "manifest.json").read_text(encoding="utf-8"))
    return content


def hidden(out: Path) -> list[str]:
    """What is not whole, or not meant for anybody, outside the store of parts."""
    return [str(path) for path in out.rglob(".*") if path.name != store.FOLDER]


def test_a_bundle_has_all_formats_and_says_so(out: Path) -> None:
    (film,) = made([request()], out, "webm", "gif", "transparent", "mov")
    assert film.failure == ""
    folder = out / "lectures" / "short"
    films = {
        "mp4": "short.mp4", "webm": "short.webm", "gif": "short.gif", "transparent": "short-transparent.webm",
        "mov": "short-transparent.mov",
    }  # fmt: skip
    assert (
        {path.name for path in folder.iterdir()} == {path.name for path in film.paths} == BUNDLE | set(films.values())
    )
    about = manifest(out)
    assert about["films"] == films
    assert set(about["files"]) == (BUNDLE | set(films.values())) - {"manifest.json"}
    assert film.outline is not None
    for name in set(films.values()) - {"short.gif"}:
        with av.open(str(folder / name)) as container:
            assert sum(1 for _ in container.decode(video=0)) == about["frames"] == film.outline.frames
            chapters = container.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["The data", "The best"]
    with Image.open(folder / "short.gif") as gif:
        assert gif.n_frames == about["frames"]
    with Image.open(folder / "poster.png") as poster:
        assert poster.size == (160, 90)
    assert Trajectory.load(folder / "trajectory.npz").total_steps == 5
    assert hidden(out) == []


def test_a_transparent_film_has_nothing_behind_what_is_drawn(out: Path) -> None:
    made([request()], out, "transparent")
    with av.open(str(out / "lectures/short/short-transparent.webm")) as container:
        stream = container.streams.video[0]
        # FFmpeg's own decoder leaves the alpha channel out.
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        alphas = []
        for packet in container.demux(stream):
            alphas += [frame.to_ndarray(format="rgba")[..., 3] for frame in decoder.decode(packet)]
    last = alphas[-1]
    assert last.min() < 8, "the background can be seen"
    assert last.max() > 247, "nothing can be seen"
    assert (last < 8).mean() > 0.7


def test_captions_chapters_and_film_are_equally_long(out: Path) -> None:
    made([request()], out)
    about, folder = manifest(out), out / "lectures" / "short"
    with av.open(str(folder / "short.mp4")) as container:
        seconds = sum(1 for _ in container.decode(video=0)) / 15
        chapters = container.chapters()
        # The container's clock has ticks of its own: half a frame.
        assert (container.duration or 0) / 1e6 == pytest.approx(seconds, abs=1 / 30)
    assert about["duration"] == pytest.approx(seconds, abs=1e-6)
    assert chapters[-1]["end"] == round(about["chapters"][-1]["end"] * 1000) == round(seconds * 1000)
    assert [chapter["start"] for chapter in chapters] == [round(known["start"] * 1000) for known in about["chapters"]]
    subtitles = list(srt.parse((folder / "captions.srt").read_text(encoding="utf-8")))
    assert [caption.content for caption in subtitles] == [caption["text"] for caption in about["captions"]]
    assert subtitles[-1].end.total_seconds() == pytest.approx(about["captions"][-1]["end"], abs=2e-3)
    assert all(caption["end"] <= seconds + 1e-6 for caption in about["captions"])
    vtt = (folder / "captions.vtt").read_text(encoding="utf-8")
    assert vtt.startswith("WEBVTT\n")
    assert vtt.count(" --> ") == len(subtitles)
    text = (folder / "transcript.txt").read_text(encoding="utf-8")
    for caption in about["captions"]:
        assert caption["text"].replace("\n", " ") in text


def forbidden(*args: Any) -> Any:
    raise AssertionError("nothing may be drawn")


def test_what_has_not_changed_is_not_drawn_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made([request()], out)
    assert is_made(planned(request(), out, "l", ("mp4",)))
    assert not is_made(planned(request(), out, "l", ("mp4", "gif")))
    monkeypatch.setattr(tasks, "draw", forbidden)
    monkeypatch.setattr(tasks, "outline", forbidden)
    (film,) = made([request()], out, "gif")
    assert film.failure == "", "a GIF is made from the parts of the mp4"
    assert is_made(planned(request(), out, "l", ("mp4", "gif")))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("fit", {"steps": 6}), ("title", "T"), ("question", "Q"), ("window", {"W": (-1.0, 1.0)}),
        ("wording", {"The data": {"name": "Die Daten"}}),
        *(("look", look) for look in each_key_changed(request().look)),
    ],
)  # fmt: skip
def test_whatever_is_asked_otherwise_is_made_anew(out: Path, option: str, value: object) -> None:
    before = planned(request(), out, "l", ("mp4",))
    after = planned(request(**{option: value}), out, "l", ("mp4",))
    assert before.made_from != after.made_from
    assert before.store.folder != after.store.folder


def test_other_sources_and_packages_make_it_anew(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made([request()], out)
    for name, other in (("code_of", lambda entry: "other"), ("versions", lambda: {"manim": "0"})):
        with monkeypatch.context() as patch:
            patch.setattr(f"scenes.batch.making.engine.{name}", other)
            assert not is_made(planned(request(), out, "l", ("mp4",)))
    with monkeypatch.context() as patch:
        patch.setitem(QUALITIES, "l", (160, 90, 30))
        assert not is_made(planned(request(), out, "l", ("mp4",)))
    assert is_made(planned(request(), out, "l", ("mp4",)))


def test_a_damaged_film_is_joined_again_from_its_parts(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made([request()], out)
    path = out / "lectures/short/short.mp4"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    assert not is_made(planned(request(), out, "l", ("mp4",)))
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "draw", forbidden)
        made([request()], out)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["changed", "missing", "cut short"])
def test_a_damaged_part_alone_is_drawn_again(out: Path, damage: str) -> None:
    (film,) = made([request()], out)
    part, path = film.store.path("mp4", 1), out / "lectures/short/short.mp4"
    whole, content = path.read_bytes(), part.read_bytes()
    path.unlink()
    if damage == "missing":
        part.unlink()
    else:
        part.write_bytes(b"x" + content[1:] if damage == "changed" else content[:-10])
    executor = Here()
    made([request()], out, executor=executor)
    assert executor.chapters == [1]
    assert part.read_bytes() == content
    assert path.read_bytes() == whole


def test_one_that_fails_does_not_stop_the_others(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = tasks.draw

    def draw_some(job: tasks.Job, chapter: int, drawn_as: str) -> tasks.Part:
        if job.film == "bad" and chapter == 1:
            raise ValueError("a caption\nis too long")
        return draw(job, chapter, drawn_as)

    monkeypatch.setattr(tasks, "draw", draw_some)
    events: list[dict[str, Any]] = []
    bad, good = made([request("bad"), request("good")], out, events=events)
    assert bad.failure == "ValueError: a caption is too long"
    assert not (out / "lectures" / "bad").exists()
    assert good.failure == ""
    assert manifest(out, "good")["name"] == "good"
    assert [event["film"] for event in events if event["event"] == "failed"] == ["bad"]
    executor = Here()
    monkeypatch.setattr(tasks, "draw", draw)
    made([request("bad")], out, executor=executor)
    assert executor.chapters == [1], "what was drawn before it failed is kept"


def test_bad_input_of_a_lesson_is_told_in_its_own_words(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(job: tasks.Job) -> tasks.Outline:
        raise InputError("the run ends before its first step")

    monkeypatch.setattr(tasks, "outline", refused)
    (film,) = made([request()], out)
    assert film.failure == "the run ends before its first step"
    assert isinstance(film.error, InputError)


def test_a_worker_of_another_version_is_refused(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "versions", lambda: {**versions(), "manim": "0.19"})
    (film,) = made([request()], out)
    assert film.failure.startswith("a worker has manim 0.19, not 0.22")


@pytest.mark.parametrize("moment", ["parts", "bundle"])
def test_a_full_disk_loses_nothing(out: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Whenever it fills up: what stands under a final name is whole, and the next call goes on."""
    made([request(look=Look(pace=0.3))], out)
    old = (out / "lectures/short/short.mp4").read_bytes()
    module = store if moment == "parts" else bundle
    write, written = module.write, 0

    def write_some(final: Path, content: bytes | str) -> Path:
        nonlocal written
        written += 1
        if written > 4:
            raise OSError(28, "No space left on device", str(final))
        return write(final, content)

    with monkeypatch.context() as patch:
        patch.setattr(module, "write", write_some)
        with pytest.raises(OSError, match="No space left"):
            made([request()], out)
    if moment == "parts":
        assert (out / "lectures/short/short.mp4").read_bytes() == old
    assert not is_made(planned(request(), out, "l", ("mp4",)))
    assert hidden(out) == []
    executor = Here()
    made([request()], out, executor=executor)
    assert len(executor.chapters) == (1 if moment == "parts" else 0)
    assert is_made(planned(request(), out, "l", ("mp4",)))


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    final = whole_file.write(tmp_path / "file", "old")

    def full(descriptor: int) -> None:
        raise error

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(type(error)) as caught:
        whole_file.write(final, "new")
    assert getattr(caught.value, "filename", str(final)) == str(final)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_parts_of_what_is_no_longer_asked_go(out: Path) -> None:
    (first,) = made([request(look=Look(pace=0.3))], out)
    (second,) = made([request()], out)
    assert not first.store.folder.exists()
    assert second.store.folder.exists()


def test_a_format_that_was_asked_for_once_stays_until_the_film_changes(out: Path) -> None:
    webm, gif = (out / "lectures/short" / name for name in ("short.webm", "short.gif"))
    made([request()], out, "webm")
    made([request()], out, "gif")
    assert manifest(out)["films"] == {"mp4": "short.mp4", "gif": "short.gif", "webm": "short.webm"}
    assert webm.is_file()
    made([request(look=Look(pace=0.3))], out)
    assert manifest(out)["films"] == {"mp4": "short.mp4"}
    assert not webm.exists()
    assert not gif.exists()


def test_workers_without_an_outline_to_make_begin_with_chapters(out: Path) -> None:
    events: list[dict[str, Any]] = []
    executor, count = Here(), Count(1)
    (film,) = made([request()], out, executor=executor, size=2, events=events)
    assert [name for name, _ in executor.done] == ["outline", "draw", "draw"]
    assert executor.chapters == [0, 1], "each is drawn once"
    drawn = {event["event"]: k for k, event in reversed(list(enumerate(events)))}
    assert events[drawn["planned"]]["frames_there"] == 0, "what this call has drawn was not there before"
    for event in events:
        count.take(event)
    assert film.outline is not None
    assert count.all_done == count.all_total == film.outline.frames
    assert is_made(planned(request(), out, "l", ("mp4",)))


def test_a_chapter_drawn_without_the_outlines_help_is_the_same(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = planned(request(), out, "l", ("mp4",))
    job = tasks.Job("short", request(), "l", film.made_from["code"], film.made_from["versions"])
    alone = tasks.draw(job, 1, "mp4")
    prepared = tasks.outline(job).prepared
    compiled: list[str] = []
    compile_svg = typeset_module._typst_svg

    def noted(source: str, *rest: Any) -> bytes:
        compiled.append(source)
        return compile_svg(source, *rest)

    monkeypatch.setattr(typeset_module, "_known", {})
    monkeypatch.setattr(typeset_module, "_typst_svg", noted)
    assert tasks.draw(dataclasses.replace(job, prepared=prepared), 1, "mp4").content == alone.content
    assert compiled == ["That was all."], "captions are set where they are drawn, all else by the outline"


def test_who_draws_a_chapter_is_sent_the_run_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tasks.Job] = []
    draw = tasks.draw

    def noted(job: tasks.Job, *chapter: Any) -> tasks.Part:
        sent.append(job)
        return draw(job, *chapter)

    monkeypatch.setattr(tasks, "draw", noted)
    (film,) = made([request(fit={"steps": 6})], out)
    assert film.failure == ""
    assert [(job.trajectory, bool(job.prepared)) for job in sent] == [(None, True)] * 2
    assert tasks._lesson(sent[0]).trajectory.total_steps == 6


def test_a_run_that_was_sent_is_in_memory_once() -> None:
    x = np.linspace(0.0, 1.0, 60_000)
    run = fit(data=Dataset(x, x + 1), steps=2)
    pieces = tasks.packed((run, {"short": np.zeros(9)}))
    assert sum(map(len, pieces)) < 1.1 * 2 * x.nbytes
    tracemalloc.start()
    again, others = tasks.unpacked(pieces)
    assert tracemalloc.get_traced_memory()[0] < 0.1 * x.nbytes, "its arrays are the bytes that came"
    tracemalloc.stop()
    assert np.array_equal(again.data.x, run.data.x)
    assert again.final_params.tolist() == run.final_params.tolist()
    assert not again.data.x.flags.writeable
    assert others["short"].flags.writeable


def test_two_calls_do_not_work_in_one_directory(out: Path) -> None:
    with workspace(out), pytest.raises(InputError, match="another call is at work"), workspace(out):
        pass
    with workspace(out) as bench:
        assert bench.parent == out
    assert list(out.iterdir()) == []
