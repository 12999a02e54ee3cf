"""Contestants take turns; the fastest turn of each counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def fastest(contestants: Mapping[Name, Callable[[], float]], repeats: int) -> dict[Name, float]:
    """The least of what each contestant returns, over some rounds in which all take a turn.

    Args:
        contestants: Name to a function that returns what its turn took.
        repeats: Number of rounds.
    """
    best: dict[Name, float] = {}
    for _ in range(repeats):
        for name, turn in contestants.items():
            taken = turn()
            best[name] = min(taken, best.get(name, taken))
    return best
