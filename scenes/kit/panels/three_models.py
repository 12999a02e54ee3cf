"""Line, sigmoid (times 20) and cubic on the notes' houses: their runs, how they are drawn, what each is called."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fitting import Trajectory, fit
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Palette, Size, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.curves import CurveLine, KeyLine, Look
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.message import message

NAMES = (message("line"), message("sigmoid"), message("cubic"))


@cache
def three_runs() -> tuple[Trajectory, Trajectory, Trajectory]:
    """A real descent of each, all on the mean squared error; rates and steps differ."""
    return (
        fit("linear"),
        fit("sigmoid", "mse", start={"W": 0.2, "b": 0.28}, learning_rate=0.005),
        fit("cubic"),
    )


def looks(palette: Palette) -> tuple[Look, Look, Look]:
    """Dashed, dash-dotted and solid; each in a colour of its own too."""
    return (
        Look(palette.muted, (0.2, 0.12), Stroke.NORMAL * 1.1),
        Look(palette.text, (0.03, 0.09), Stroke.CURVE * 1.1),
        Look(palette["model"], (), Stroke.CURVE),
    )


def names(pen: Pen, size: float = Size.BODY) -> list[Formula]:
    """What each is called, in its colour."""
    return [pen.text(name, size, look.color) for name, look in zip(NAMES, looks(pen.palette), strict=True)]


def keys(pen: Pen, left: float, baselines: Iterable[float]) -> Group:
    """A key before each row of a table: how its curve is drawn, and what it is called."""
    members = []
    for look, name, y in zip(looks(pen.palette), names(pen), baselines, strict=True):
        members += [KeyLine(look, left, left + 0.7, y + 0.1), name.at(left + 0.9, y)]
    return Group(*members)


def fitted_curve(chart: Chart, run: Trajectory, which: int, palette: Palette) -> CurveLine:
    """The curve of one of them at the end of its run, not yet drawn."""
    curve = CurveLine(chart, lambda x: run.model.predict(run.final_params, x), looks(palette)[which])
    curve.drawn = 0.0
    return curve
