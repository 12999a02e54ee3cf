"""What each parameter of the tanh network does to its curve: where it is moved by hand, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from manim import Mobject

from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.live import parameter_numbers
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.kit.words.letters import B2, W2
from scenes.kit.words.message import Message, message
from scenes.kit.words.numbers import fixed

BY_HAND = (1.0, -2.5, 4.0, 5.0)
"""Parameters at which the curve is moved by hand: at the run's start it is too flat to show anything."""

_LEADING = 1.0


@dataclass(frozen=True)
class Role:
    """One parameter: how much more of it is shown, what it is, and what is said about it."""

    more: tuple[float, float, float, float]
    label: Message
    said: Message


HALF_HEIGHT = Role(
    (0.0, 0.0, -2.0, 0.0),
    message("half the height"),
    message("$W_2$ is half the height: from $b_2 - W_2$ up to $b_2 + W_2$."),
)

ROLES = (
    Role(
        (0.8, 0.0, 0.0, 0.0),
        message("squeeze"),
        message("$W_1$ squeezes the curve towards $x = 0$, or stretches it."),
    ),
    Role(
        (0.0, -1.0, 0.0, 0.0),
        message("position"),
        message(r"$b_1$ slides the curve: its middle is where $W_1 \cdot x + b_1 = 0$."),
    ),
    HALF_HEIGHT,
    Role((0.0, 0.0, 0.0, 1.0), message("shift"), message("$b_2$ shifts the whole curve up or down.")),
)


def role_rows(probe: Probe, left: float, top: float, pen: Pen) -> tuple[Group, list[Mobject]]:
    """The four values as they are moved, and beside each what it is."""
    tops = [top - k * _LEADING for k in range(len(ROLES))]
    places = [(left, y) for y in tops]
    values = parameter_numbers(probe, partial(fixed, decimals=2), places, pen, names=("W1", "b1", "W2", "b2"))
    names = [pen.text(role.label, Size.FORMULA).at(left + 3.0, y) for role, y in zip(ROLES, tops, strict=True)]
    return Group(*values), names


class Reach(Painting):
    """Between which heights the curve runs: b2 - W2 and b2 + W2, as dashed lines with their names.

    Attributes:
        opacity: Of both.
    """

    def __init__(self, chart: Chart, probe: Probe, pen: Pen) -> None:
        super().__init__(chart, probe)
        self._chart, self._probe, self._palette = chart, probe, pen.palette
        self._names = [Stamp(pen.math(f"{B2} {sign} {W2}", Size.BODY)) for sign in "-+"]
        self.opacity = 0.0

    @property
    def heights(self) -> tuple[float, float]:
        """The lower and the upper one."""
        w2, b2 = (float(value) for value in self._probe.params[2:])
        return b2 - w2, b2 + w2

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines; each has its name where the curve is at the other one."""
        left, _, right, _ = self._chart.plane.tolist()
        places = (right - 0.2, "right"), (left + 0.2, "left")
        for height, name, (x, align) in zip(self.heights, self._names, places, strict=True):
            y = float(self._chart.to_screen(0.0, height)[1])
            canvas.line([(left, y), (right, y)], self._palette.text, Stroke.THIN, self.opacity, dash=(0.12, 0.09))
            name.draw(canvas, x, y + 0.14, align, self.opacity, self._palette.background)
