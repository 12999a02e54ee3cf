"""What a film is made from: which sources count, and that those that are named in text exist."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from scenes.batch.asking.catalogue import catalogue
from scenes.batch.making import forking, provenance, tasks
from scenes.batch.making.provenance import ROOT


@pytest.fixture
def fresh_digests() -> Iterator[Callable[[], None]]:
    """Forgets what is known of sources: before, after, and when called."""

    def forget() -> None:
        for function in (provenance.code_digest, provenance._imports, provenance._is_module, provenance._source):
            function.cache_clear()

    forget()
    yield forget
    forget()


def test_a_digest_covers_what_a_lecture_imports_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_digests: Callable[[], None]
) -> None:
    files = {
        "scenes/__init__.py": "",
        "scenes/one.py": "from scenes.kit.panel import Panel\n",
        "scenes/other.py": "",
        "scenes/kit/__init__.py": "if False:\n    from scenes.other import offered\n",
        "scenes/kit/panel.py": "if True:\n    from fitting import (\n        fit,\n    )\n",
        "fitting/__init__.py": "from fitting.fit import fit\n",
        "fitting/fit.py": "rate = 1\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(provenance, "ROOT", tmp_path)

    def digest() -> str:
        fresh_digests()
        return provenance.code_digest("scenes.one")

    before = digest()
    for name, changes in {name: name != "scenes/other.py" for name in files}.items():
        (tmp_path / name).write_text(files[name] + "# changed\n")
        assert (digest() != before) == changes, name
        (tmp_path / name).write_text(files[name])
    assert digest() == before


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this project's sources, of which digests are taken."""
    for package in ("fitting", "scenes"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    return tmp_path


FOR_ALL = (
    "scenes/kit/drawing/style.py", "scenes/kit/drawing/camera.py", "scenes/kit/subject/look.py",
    "scenes/kit/story/lecture.py", "scenes/kit/story/rehearsal.py", "scenes/page/contours.py",
    "scenes/batch/asking/request.py", "scenes/batch/making/settings.py", "scenes/batch/making/tasks.py",
    "fitting/descent.py",
)  # fmt: skip
FOR_NONE = (
    "scenes/batch/command.py", "scenes/batch/asking/looks.py", "scenes/batch/asking/lesson_schema.py",
    *(source.relative_to(ROOT).as_posix() for source in sorted((ROOT / "scenes/batch/verbs").glob("*.py"))),
)  # fmt: skip


def test_a_colour_changes_all_films_and_a_help_text_none(copied: Path, fresh_digests: Callable[[], None]) -> None:
    def digests() -> dict[str, str]:
        fresh_digests()
        return {entry.name: tasks.code_of(entry) for entry in catalogue()}

    before = digests()
    assert len(set(before.values())) == len(before) >= 9
    assert before == digests()
    for names, changes in ((FOR_ALL, True), (FOR_NONE, False)):
        for name in names:
            source = (copied / name).read_text(encoding="utf-8")
            (copied / name).write_text(source + "# changed\n", encoding="utf-8")
            changed = {film for film, digest in digests().items() if digest != before[film]}
            assert changed == (set(before) if changes else set()), name
            (copied / name).write_text(source, encoding="utf-8")
    (copied / "scenes/linear.py").write_text("# other\n")
    assert [film for film, digest in digests().items() if digest != before[film]] == ["linear"]


def test_modules_that_are_named_in_text_exist() -> None:
    """No linter sees such a name: what it stands for would be missed in silence once it has moved."""
    named = set()
    for source in (path for package in ("fitting", "scenes") for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named |= set(re.findall(r"(?<![\w./])(?:scenes|fitting)(?:\.[a-z_]+)+(?![\w/])", node.value))
    assert forking._PRELOAD in named
    assert [name for name in sorted(named) if not _exists(name)] == []


def _exists(name: str) -> bool:
    """Whether a dotted name is a module's, or that of something in one. What is a module is not imported."""
    package, _, last = name.rpartition(".")
    return find_spec(name) is not None or hasattr(import_module(package), last)
