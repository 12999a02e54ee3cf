from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lesson_files import write_data

from scenes.batch.asking.catalogue import Entry
from scenes.batch.command import main
from scenes.batch.making.settings import QUALITIES


@pytest.fixture
def lectures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command; gives its exit code, what it printed, and what it said on stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lectures", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def lesson_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A working directory with a folder `lessons`."""
    write_data(tmp_path / "lessons")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def short_films(monkeypatch: pytest.MonkeyPatch) -> None:
    """All films are `Short`, and small at quality l."""
    from shorts import Short

    monkeypatch.setitem(QUALITIES, "l", (160, 90, 15))
    monkeypatch.setattr(Entry, "load", lambda self: Short)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The directory of all films."""
    return tmp_path / "out"
