"""Progress: what is told adds up, whatever fails, and however late it is heard."""

from __future__ import annotations

import json
import random
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from rich.progress import TaskID
from shorts import Here, made, request

from scenes.batch.making import tasks
from scenes.batch.making.engine import Film
from scenes.batch.making.progress import LINES, Bars, Count, JsonLines, Lines, _Speed

pytestmark = pytest.mark.usefixtures("short_films")


def test_a_plan_is_told_before_frames_and_frames_add_up(out: Path) -> None:
    events: list[dict[str, Any]] = []
    films: list[Film] = made([request()], out, events=events)
    assert [event["event"] for event in events] == ["planned", "part", "part", "made"]
    assert films[0].outline is not None
    assert sum(event["frames"] for event in events if event["event"] == "part") == events[0]["frames"]
    assert events[0]["frames"] == films[0].outline.frames


class FailingFirst(Here):
    """Outlines are ready when chapters that were begun without them have failed."""

    def submit(self, task: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        made = super().submit(task, *args, **kwargs)
        if task.__name__ == "draw":
            return made
        late: Future[Any] = Future()
        late.set_running_or_notify_cancel()
        threading.Timer(0.2, lambda: late.set_result(made.result())).start()
        return late


def test_a_film_that_has_failed_is_drawn_no_further(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(job: tasks.Job, chapter: int, drawn_as: str) -> tasks.Part:
        raise ValueError("no")

    monkeypatch.setattr(tasks, "draw", draw)
    events: list[dict[str, Any]] = []
    executor = FailingFirst()
    (film,) = made([request()], out, executor=executor, size=2, events=events)
    assert film.failure == "ValueError: no"
    assert executor.chapters == [0]
    assert [event["event"] for event in events] == ["failed"]


@pytest.mark.parametrize("seed", range(20))
def test_never_more_frames_than_there_are_to_be(seed: int) -> None:
    """Whatever fails, and however late words of workers come."""
    rng = random.Random(seed)
    films = ["one", "two", "three"]
    count = Count(len(films))
    events = []
    for film in films:
        early = [frames(film, 0, n) for n in range(0, 60, 20)]
        planned = {"event": "planned", "film": film, "frames": 200, "frames_there": 0}
        later = [frames(film, chapter, n) for n in range(0, 101, 20) for chapter in (0, 1)]
        ending = {"event": rng.choice(["made", "failed"]), "film": film}
        place = len(later) if ending["event"] == "made" else rng.randrange(len(later))
        story = [*early, planned, *later[:place], ending, *later[place:], frames(film, 0, 60)]
        if ending["event"] == "failed" and rng.random() < 0.5:
            story.remove(planned)
        events.append(story)
    while any(events):
        story = rng.choice([story for story in events if story])
        count.take(story.pop(0))
        assert 0 <= count.all_done <= count.all_total or not count.is_planned
        assert (count.seconds_left or 0) >= 0
    assert count.all_done == count.all_total


def frames(film: str, chapter: int, done: int) -> dict[str, Any]:
    return {"event": "frames", "film": film, "kind": "mp4", "chapter": chapter, "frames": done}


def test_frames_of_a_gif_are_counted(out: Path) -> None:
    """It takes long: without them the last word is that nothing is left, and then it goes on for minutes."""
    events: list[dict[str, Any]] = []
    (film,) = made([request()], out, "gif", events=events)
    assert film.outline is not None
    count, left = Count(1), []
    for event in events:
        count.take(event)
        left.append(count.all_total - count.all_done)
    kinds = [event.get("kind") or event["event"] for event in events]
    assert kinds == ["planned", "mp4", "mp4", *["gif"] * kinds.count("gif"), "made"]
    assert left[2] == -(-film.outline.frames // 1)
    assert left[-1] == 0
    assert events[0]["frames"] == 2 * film.outline.frames


def test_nothing_is_left_only_when_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    count = Count(1)
    lines = Lines(count)
    lines({"event": "planned", "film": "one", "frames": 1_000, "frames_there": 0})
    for done in (980, 999):
        lines(frames("one", 0, done))
        column = _Speed(count, TaskID(0)).render(Bars(count)._progress.tasks[0])
        assert column.plain.endswith("0:01 left")
    lines(frames("one", 1, 1))
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(", ")[2] for line in told] == ["1 s left", "0 s left"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What `time.monotonic` says; a test puts it forward."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def planned(film: str, frames: int, there: int = 0) -> dict[str, Any]:
    return {"event": "planned", "film": film, "frames": frames, "frames_there": there}


def test_the_speed_is_that_of_what_is_drawn_and_tells_what_is_left(clock: list[float]) -> None:
    count = Count(2)
    count.take(planned("one", 500, there=100))
    clock[0] += 50
    count.take(frames("one", -1, 0))
    assert (count.speed, count.seconds_left, count.is_planned) == (0.0, None, False)
    count.take(frames("one", 0, 0))
    clock[0] += 10
    count.take(frames("one", 0, 80))
    # Not all films are planned: what is left cannot be said.
    assert (count.speed, count.seconds_left) == (8.0, None)
    count.take(planned("two", 60))
    assert count.is_planned
    assert (count.all_done, count.all_total) == (180, 560)
    assert count.seconds_left == (560 - 180) / 8


def test_in_the_first_second_the_speed_is_what_has_come(clock: list[float]) -> None:
    count = Count(1)
    count.take(planned("one", 100))
    count.take(frames("one", 0, 0))
    clock[0] += 0.01
    count.take(frames("one", 0, 10))
    assert count.speed == 10.0


def test_lines_are_told_a_twentieth_apart(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(Count(1))
    lines(planned("one", 1_000))
    for done in range(0, 1_001, 10):
        lines(frames("one", 0, done))
        clock[0] += 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == LINES == 20
    assert told[0] == "50 of 1,000 frames, 10 frames/s, 95 s left"
    assert told[-1] == "1,000 of 1,000 frames, 10 frames/s, 0 s left"


def test_lines_tell_what_happens_to_films(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(Count(3))
    lines({"event": "replaces", "film": "one", "differs_in": "another quality"})
    lines({"event": "worker lost"})
    lines({"event": "made", "film": "one"})
    lines({"event": "failed", "film": "two", "reason": "no"})
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("one: the film that is there, of another quality, is replaced when this one is made")
    assert told[1:] == ["a worker died; what it was at is drawn again", "one: made", "two: failed: no"]


def test_json_lines_add_the_time_and_of_frames_all_films(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = JsonLines(Count(1))
    lines(planned("größe", 40))
    clock[0] += 1.23456
    lines(frames("größe", 0, 10))
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first) == {**planned("größe", 40), "seconds_since_start": 0.0}
    more = {"seconds_since_start": 1.235, "all_frames_done": 10, "all_frames": 40}
    assert json.loads(second) == {**frames("größe", 0, 10), **more}
    assert "größe" in first


def test_bars_are_one_for_all_and_one_for_each_film_that_is_drawn(clock: list[float]) -> None:
    count = Count(2)
    bars = Bars(count)
    for event in (planned("one", 100), frames("one", 0, 20)):
        bars(event)
    whole, one = bars._progress.tasks
    assert (whole.total, whole.completed, one.total, one.completed) == (None, 20, 100, 20)
    speed = _Speed(count, whole.id)
    assert (speed.render(one).plain, speed.render(whole).plain) == ("", "20 frames/s")
    clock[0] += 2
    bars(planned("two", 700))
    bars(frames("two", 0, 0))
    assert (whole.total, whole.completed) == (800, 20)
    assert speed.render(whole).plain == "10 frames/s, 1:18 left"
    bars({"event": "made", "film": "one"})
    assert [task.description for task in bars._progress.tasks] == ["all", "two"]
    bars(frames("one", 0, 90))
    assert [task.description for task in bars._progress.tasks] == ["all", "two"]


def test_lines_wait_until_all_films_are_planned(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(Count(2))
    lines(planned("one", 100))
    lines(frames("one", 0, 90))
    assert capsys.readouterr().err == ""
    lines(planned("two", 0))
    assert capsys.readouterr().err.startswith("90 of 100 frames")
    Lines(Count(1))(planned("empty", 0))
    assert capsys.readouterr().err == ""


def test_names_of_films_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    bars = Bars(Count(1))
    bars({"event": "replaces", "film": "[bold]one", "differs_in": "another quality"})
    assert capsys.readouterr().err.startswith("[bold]one: the film that is there")
