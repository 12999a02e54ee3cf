"""What a film is made from: the sources of its lecture and of what draws it."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from scenes.batch.asking.catalogue import SOURCES

ROOT = SOURCES.parent

# A pattern, since parsing some hundred files would take most of a second.
_IMPORT = re.compile(r"^\s*from\s+((?:scenes|fitting)[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)", re.MULTILINE)
_NAME = re.compile(r"\w+")


@cache
def code_digest(*modules: str) -> str:
    """A hash of the sources of modules, and of all that they import of this project.

    Args:
        *modules: Their names.
    """
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting.extend(_imports(module))
    for module in list(found):
        # With a module come the packages that it is in, but not what these offer besides.
        while module := module.rpartition(".")[0]:
            found.add(module)
    digest = hashlib.sha256()
    for source in sorted(_source(module) for module in found):
        digest.update(f"{source.relative_to(ROOT).as_posix()}\0".encode() + source.read_bytes())
    return digest.hexdigest()


@cache
def _imports(module: str) -> tuple[str, ...]:
    """Modules of this project that a module imports, wherever in its text."""
    names = set()
    for package, imported in _IMPORT.findall(_source(module).read_text(encoding="utf-8")):
        names |= {package, *(f"{package}.{name}" for name in _NAME.findall(imported))}
    return tuple(name for name in names if _is_module(name))


@cache
def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@cache
def _source(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
