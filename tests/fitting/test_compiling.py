"""Where compiled code is kept, and what happens where nothing can be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LONG = "from fitting import fit; print(fit('tanh-network', steps=60_000).final_params.tolist())"


def run(source: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    return subprocess.run(
        [sys.executable, "-c", source], env={**environment, **variables}, capture_output=True, text=True, check=True
    )


def test_the_cache_has_its_place_and_the_next_process_takes_it(tmp_path: Path) -> None:
    first = run(LONG, LECTURES_CACHE=str(tmp_path / "cache"))
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nbc")}
    assert kept
    second = run(LONG, LECTURES_CACHE=str(tmp_path / "cache"))
    assert (first.stderr, second.stderr, first.stdout) == ("", "", second.stdout)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nbc")} == kept


@pytest.mark.parametrize("home", [False, True], ids=["LECTURES_CACHE", "the user's folder"])
def test_where_nothing_can_be_written_it_compiles_and_says_so_once(tmp_path: Path, home: bool) -> None:
    # A file where a folder should be: not even root can write there.
    blocked = tmp_path / "a file"
    blocked.write_text("")
    if home:
        there = {"HOME": str(blocked), "XDG_CACHE_HOME": str(blocked), "LECTURES_CACHE": ""}
    else:
        there = {"LECTURES_CACHE": str(blocked / "cache")}
    done = run(LONG + "; import scenes.kit.panels.landscape.raster", **there)
    assert done.stdout == run(LONG).stdout
    assert done.stderr.count("Note:") == 1
    assert "compiled anew each time. Set LECTURES_CACHE to a folder that can be written." in done.stderr
    # As it says: with such a folder there is nothing to say.
    assert run(LONG, **{**there, "LECTURES_CACHE": str(tmp_path / "other")}).stderr == ""
