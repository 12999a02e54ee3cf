"""Versions of Python and of the packages that draw and encode, without importing them."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version

_PACKAGES = ("manim", "numpy", "numba", "av", "pycairo", "typst", "tylax")


@cache
def versions() -> dict[str, str]:
    """By the package's name, and "python"."""
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}
