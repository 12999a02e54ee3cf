"""What each parameter of the tanh network does to its curve: where it is moved by hand, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from manim import Mobject

from scenes.kit.fit_panel import Probe
from scenes.kit.formula import Pen
from scenes.kit.painting import Group
from scenes.kit.style import Size
from scenes.parts.tanh_network.network_numbers import parameter

BY_HAND = (1.0, -2.5, 4.0, 5.0)
"""Parameters at which the curve is moved by hand: at the run's start it is too flat to show anything."""

_LEADING = 1.0


@dataclass(frozen=True)
class Role:
    """One parameter: how much more of it is shown, what it is, and what is said about it."""

    more: tuple[float, float, float, float]
    name: str
    said: str


ROLES = (
    Role((0.8, 0.0, 0.0, 0.0), "steepness", "$W_1$ squeezes the curve towards $x = 0$: it grows steeper."),
    Role(
        (0.0, -1.0, 0.0, 0.0),
        "position",
        r"$b_1$ slides it sideways: its middle stands where $W_1 \cdot x + b_1 = 0$.",
    ),
    Role((0.0, 0.0, -2.0, 0.0), "height", "$W_2$ is its height: from $b_2 - W_2$ up to $b_2 + W_2$."),
    Role((0.0, 0.0, 0.0, 1.0), "shift", "$b_2$ shifts the whole curve up or down."),
)


def role_rows(probe: Probe, left: float, top: float, pen: Pen) -> list[Mobject]:
    """A row for each parameter: its value as it is moved, and what it is."""
    rows: list[Mobject] = []
    for k, role in enumerate(ROLES):
        y = top - k * _LEADING
        live = parameter(k, lambda: probe.params, 2).at(left, y, pen, probe)
        rows.append(Group(live, pen.text(role.name, Size.FORMULA).at(left + 3.0, y)))
    return rows
