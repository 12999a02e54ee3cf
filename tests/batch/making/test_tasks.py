"""What a worker tells of its frames, and when it ends."""

from __future__ import annotations

import time
from typing import Any

import pytest

from scenes.batch.making import tasks
from scenes.batch.making.tasks import REPORT_EVERY, Stopped, _Reported


def test_words_are_told_at_the_start_and_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now, told = [50.0], list[dict[str, Any]]()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    reported = _Reported(told.append, {"film": "one"})
    reported.count(3)
    now[0] += REPORT_EVERY / 2
    reported.count(4)
    assert told == [{"film": "one", "frames": 0}]
    now[0] += REPORT_EVERY / 2 + 1e-6
    reported.count(5)
    reported.count(6)
    assert [word["frames"] for word in told] == [0, 12]
    assert reported.frames == 18
    reported.tell()
    assert told[-1] == {"film": "one", "frames": 18}


def test_a_film_that_is_no_longer_wanted_ends_at_its_next_frame() -> None:
    reported = _Reported(lambda word: None, {})
    tasks.stop()
    try:
        with pytest.raises(Stopped):
            reported.count(1)
    finally:
        tasks._stopped.clear()
    reported.count(1)
    assert reported.frames == 1
