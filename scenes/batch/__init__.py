"""Many lectures: the command `lectures`, one verb a file. In a notebook: `from scenes.batch import show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.batch.making.notebook import show

__all__ = ["show"]


def __getattr__(name: str) -> Any:
    # Only who shows a film needs what shows it: the command's help imports this package too.
    if name == "show":
        from scenes.batch.making.notebook import show

        return show
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
