"""Every test that docs/notes-corrections.md names exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_tests_that_are_named_exist() -> None:
    text = (ROOT / "docs" / "notes-corrections.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests/fitting/)?test_\w+\.py)::(test_\w+)`", text)
    assert len(named) >= 12
    for file, test in named:
        path = ROOT / file if "/" in file else ROOT / "tests" / "lectures" / file
        assert f"def {test}(" in path.read_text(encoding="utf-8"), f"{file}::{test}"
