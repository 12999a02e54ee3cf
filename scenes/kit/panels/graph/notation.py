"""How a graph's nodes are written: names in colour, numbers short."""

from __future__ import annotations

from scenes.kit.drawing.style import Palette
from scenes.kit.words.letters import CONCEPTS, symbol
from scenes.kit.words.message import Shown
from scenes.kit.words.numbers import MINUS, significant


def concept(name: str, palette: Palette) -> str:
    """The palette's name for what a node is: its own, or that of its kind, or "" for ordinary text."""
    own = CONCEPTS.get(name, name)
    return next((known for known in (own, own[:1]) if known in palette.concepts), "")


def colored(name: str, palette: Palette) -> str:
    """LaTeX of a node's name in its colour."""
    kind = concept(name, palette)
    return rf"\textcolor{{{kind}}}{{{symbol(name)}}}" if kind else symbol(name)


def short(value: float) -> str:
    """A number of the graph: at most four digits, and none that rounding made."""
    return significant(float(f"{value:.4g}") + 0.0)


def signed(value: float) -> str:
    """A change: with its sign."""
    text = short(float(f"{value:.4g}"))
    return text if value <= 0 else f"+{text}"


def as_shown(value: float) -> Shown:
    """A number of the graph for a message."""
    return Shown(short(value))


def tex(value: float) -> str:
    """The same for a formula."""
    return as_shown(value).latex()


def bracketed(value: float) -> str:
    """A number of the graph as a factor: in brackets if it is negative."""
    return f"({tex(value)})" if short(value).startswith(MINUS) else tex(value)
