"""All that is shown of a run's point has one loss, at every moment."""

from __future__ import annotations

import numpy as np
import pytest
from manim import tempconfig
from replays import RUNS, moments
from sync_checks import CHECKS, Shown

from fitting import fit
from scenes.kit.drawing.frame import LOWER, RIGHT_HALF
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen


@pytest.mark.parametrize("name", [name for name in RUNS if name != "stochastic"])
def test_curve_point_and_numbers_have_one_loss_at_every_moment(name: str) -> None:
    run = fit(**RUNS[name])
    replay, pen = Replay(run), Pen()
    with tempconfig({"pixel_width": 320, "pixel_height": 180}):
        window = Window((-10.0, 10.0), (-20.0, 20.0), 4 * float(run.loss[0]))
        panels = (
            LossCurve(LOWER, replay, pen),
            Readout(replay, -6.0, 6.0, 2.8, pen),
            StepArithmetic(replay, -6.0, -1.0, pen),
            LandscapePanel(replay, window, RIGHT_HALF, [(-22.0, 30.0)], pen, resolution=4),
        )
    found = Shown((replay, *panels), run)
    for step in moments(replay).tolist():
        replay.step = step
        for panel in found.paintings:
            for kind, check in CHECKS:
                if isinstance(panel, kind):
                    check(panel, found)


@pytest.mark.parametrize(
    "options", [*RUNS.values(), {"learning_rate": 0.125, "steps": 9}, {"learning_rate": 0.13, "steps": 20}]
)
def test_the_curves_end_is_inside_its_chart(options: dict[str, object]) -> None:
    replay = Replay(fit(**options))  # type: ignore[arg-type]
    curve = LossCurve(LOWER, replay, Pen())
    low, high = curve.chart.y_range
    for step in moments(replay).tolist():
        replay.step = step
        height = curve.trace.end()[1]
        assert low <= (np.log10(height) if curve.logarithmic else height) <= high
