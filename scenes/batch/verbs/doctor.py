"""`lectures doctor`: what is installed, what is missing, how to get it."""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import click

from scenes.batch.asking.catalogue import SOURCES
from scenes.batch.version import own_version

_PACKAGES = {
    "numpy": ("numpy", "the fits"),
    "manim": ("manim", "the films"),
    "pycairo": ("cairo", "drawing"),
    "manimpango": ("manimpango", "text; built from source: it needs the headers of cairo and pango"),
    "av": ("av", "the encoder"),
    "typst": ("typst", "formulas without TeX"),
    "tylax": ("tylax", "formulas without TeX"),
    "numba": ("numba", "surfaces and long runs"),
    "pillow": ("PIL", "stills"),
    "click": ("click", "this command"),
    "rich": ("rich", "progress"),
}

_PROGRAMS = {"latex": "a TeX installation", "dvisvgm": "dvisvgm, part of most TeX installations"}


@click.command("doctor")
def command() -> int:
    """What is installed, what is missing, and how to get it. Exit code 1 if a film cannot be made."""
    click.echo(f"lectures {own_version()}, {SOURCES.parent}")
    good = sys.version_info >= (3, 11)
    _line(good, f"Python {'.'.join(map(str, sys.version_info[:3]))}", "" if good else "3.11 or newer is needed")
    broken = []
    for package, (module, purpose) in _PACKAGES.items():
        problem = _problem(package, module)
        if problem:
            broken.append(package)
        _line(not problem, f"{package} {'' if problem else version(package)}".strip(), problem or purpose)
    _cache()
    for program, whence in _PROGRAMS.items():
        path = shutil.which(program)
        _line(None if path is None else True, program, path or f"only for --typesetter latex: install {whence}")
    if broken or not good:
        what = ", ".join(broken) or "Python"
        click.echo(f"Missing or broken: {what}. In the project's folder run: make setup (without make, see README)")
        return 1
    click.echo("Everything that films need is here.")
    return 0


def _cache() -> None:
    """Where compiled code is kept, or what stands in the way."""
    from fitting.compiling import REMEDY, not_writable, wanted_folder

    folder = wanted_folder()
    problem = not_writable(folder)
    _line(
        None if problem else True,
        "cache",
        f"{folder}: {problem}; code is compiled anew each time. {REMEDY}" if problem else str(folder),
    )


def _problem(package: str, module: str) -> str:
    try:
        version(package)
        import_module(module)
    except PackageNotFoundError:
        return "not installed"
    except Exception as error:
        return f"installed, but does not load: {error}"
    return ""


def _line(good: bool | None, what: str, about: str) -> None:
    click.echo(f"{'-' if good is None else 'ok' if good else 'MISSING':<8}{what:<22}{about}".rstrip())
