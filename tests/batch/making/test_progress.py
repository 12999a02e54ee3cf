"""Progress: what is told adds up, whatever fails, and however late it is heard."""

from __future__ import annotations

import random
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from rich.progress import TaskID
from shorts import Here, made, request

from scenes.batch.making import tasks
from scenes.batch.making.engine import Film
from scenes.batch.making.progress import Bars, Count, Lines, _Speed

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
