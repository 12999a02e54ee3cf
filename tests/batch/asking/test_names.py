"""Names of films: those that every system can have, and no others."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scenes.batch.asking.names import name_problem


@pytest.mark.parametrize(
    "name", ["line", "my lesson", "größe 2", "console", "com10", "com", "a.con", "lpt0x", ".hidden", "x.y"]
)
def test_names_that_every_system_has(name: str) -> None:
    assert name_problem(PurePosixPath(f"course/{name}.toml")) == ""


@pytest.mark.parametrize("name", ["con", "PRN", "aux", "nul", "Com1", "lpt9", "com¹", "CONIN$", "nul.a", "con .b"])
def test_names_that_windows_keeps(name: str) -> None:
    assert name_problem(PurePosixPath(f"{name}.toml")) == (
        f"Windows keeps the name {name!r} for itself, and the film's folder is handed out under this name"
    )


@pytest.mark.parametrize("character", '<>:"\\|?*\t')
def test_characters_that_windows_has_not(character: str) -> None:
    assert f"Windows has no {character!r} in names" in name_problem(PurePosixPath(f"a{character}b.toml"))


@pytest.mark.parametrize("name", ["a.", "a "])
def test_endings_that_windows_has_not(name: str) -> None:
    assert "no name ends in a dot or a space" in name_problem(PurePosixPath(f"{name}.toml"))
