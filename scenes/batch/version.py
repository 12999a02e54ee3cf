"""The version of this project, as it is installed."""

from __future__ import annotations


def own_version() -> str:
    """The version of this package, "unknown" where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lectures")
    except PackageNotFoundError:
        return "unknown"
