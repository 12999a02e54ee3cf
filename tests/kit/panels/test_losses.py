"""Losses over steps: the axes that they need, and what is drawn so far."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from fitting import fit
from scenes.kit.drawing.frame import LOWER
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.curves import Look
from scenes.kit.panels.loss_curve import LossCurve, _decades, _step_ticks
from scenes.kit.panels.several_runs import SeveralLosses
from scenes.kit.subject.replay import Replay, Runs
from scenes.kit.text.formula import Pen

PEN = Pen()
LOOKS = Look("#aa0000", (0.1, 0.2), 0.05), Look("#00aa00")


def test_a_falling_loss_has_a_linear_axis_from_zero() -> None:
    replay = Replay(fit(steps=100))
    curve = LossCurve(LOWER, replay, PEN)
    assert not curve.logarithmic
    assert curve.chart.x_range == (0.0, pytest.approx(np.log10(101)))
    assert curve.chart.y_range == (0.0, pytest.approx(1.08 * replay.trajectory.loss.max()))
    record = painted(curve.axes)
    assert {"0", "10", "100"} <= {box.text for box in record.texts}
    assert any("step (log scale)" in box.text for box in record.texts)
    assert not any("J$ (log" in box.text for box in record.texts)


def test_a_loss_that_grows_by_powers_of_ten_has_a_logarithmic_one() -> None:
    replay = Replay(fit(learning_rate=0.125))
    curve = LossCurve(LOWER, replay, PEN)
    losses = replay.trajectory.loss
    assert curve.logarithmic
    low, high = curve.chart.y_range
    assert low == np.floor(np.log10(losses.min()))
    assert high == np.ceil(np.log10(1.08 * losses.max()))
    assert any("J$ (log scale)" in box.text for box in painted(curve.axes).texts)
    replay.step = 3.0
    (dot,) = painted(curve.trace).of("disc")
    assert dot.points[0] == pytest.approx(curve.chart.to_screen(np.log10(4), np.log10(losses[3])))


@pytest.mark.parametrize("step", [0.0, 0.5, 1.0, 40.0, 100.0])
def test_a_loss_curve_ends_at_the_point(step: float) -> None:
    replay = Replay(fit(steps=100))
    curve = LossCurve(LOWER, replay, PEN)
    replay.step = step
    record = painted(curve.trace)
    (line,), (dot,) = record.of("line"), record.of("disc")
    here = curve.chart.to_screen(np.log10(1 + step), replay.moment.loss)
    assert line.points[-1] == pytest.approx(here)
    assert dot.points[0] == pytest.approx(here)
    assert line.points[0] == pytest.approx(curve.chart.to_screen(0.0, replay.trajectory.loss[0]))
    assert (np.diff(line.points[:, 0]) >= 0).all()
    assert (np.diff(line.points[:, 1]) <= 1e-9).all()
    assert (line.color, line.width) == (PEN.palette["loss"], Stroke.CURVE)
    assert DOT_RADIUS < dot.width < 1.5 * DOT_RADIUS
    assert curve.trace.end() == (pytest.approx(np.log10(1 + step)), replay.moment.loss)


def test_what_is_far_above_the_axis_is_cut() -> None:
    trace = LossCurve(LOWER, Replay(fit(steps=10)), PEN).trace
    top = trace._chart.y_range[1]
    assert trace._height([0.5, 2.5 * top, 9 * top, np.nan]).tolist() == pytest.approx(
        [0.5, 2.5 * top, 3 * top, 3 * top]
    )


@pytest.mark.parametrize(
    ("last", "steps"),
    [(1, ["0", "1"]), (9, ["0", "1"]), (10, ["0", "1", "10"]), (1000, ["0", "1", "10", "100", "1000"]),
     (10_000, ["0", "10", "100", "1000", "10\u2009000"])],
)  # fmt: skip
def test_steps_are_marked_at_powers_of_ten(last: int, steps: list[str]) -> None:
    marks = _step_ticks(last)
    assert list(marks.texts) == steps
    assert list(marks.places) == pytest.approx([np.log10(1 + int(step.replace("\u2009", ""))) for step in steps])


@pytest.mark.parametrize(
    ("low", "high", "powers"),
    [(-2.0, 2.0, [-2, -1, 0, 1, 2]), (0.0, 1.0, [0, 1]), (0.0, 5.0, [0, 2, 4]), (-3.0, 9.0, [-3, 0, 3, 6, 9])],
)
def test_a_logarithmic_axis_has_few_powers(low: float, high: float, powers: list[int]) -> None:
    marks = _decades(low, high)
    assert list(marks.places) == powers
    assert list(marks.texts) == [f"10^{power}".replace("-", "−") for power in powers]


def test_several_losses_have_one_chart_and_fade_as_one() -> None:
    runs = Runs([fit(steps=30, learning_rate=0.01), fit(steps=90, learning_rate=0.02)])
    losses = SeveralLosses(LOWER, runs, LOOKS, PEN)
    every = np.concatenate([replay.trajectory.loss for replay in runs.replays])
    assert losses.chart.x_range == (0.0, pytest.approx(np.log10(91)))
    assert losses.chart.y_range == (np.floor(np.log10(every.min())), np.ceil(np.log10(every.max())))
    texts = {box.text for box in painted(losses.axes).texts}
    assert {"0", "10"} <= texts
    assert "1" not in texts
    assert any(text.startswith("10^") for text in texts)
    runs.step = 45.0
    for trace, look, replay in zip(losses.traces, LOOKS, runs.replays, strict=True):
        record = painted(trace)
        (line,), (dot,) = record.of("line"), record.of("disc")
        end = losses.chart.to_screen(np.log10(1 + min(45, replay.last_step)), np.log10(replay.moment.loss))
        assert line.points[-1] == pytest.approx(end)
        assert dot.points[0] == pytest.approx(end)
        assert line.points[0] == pytest.approx(losses.chart.to_screen(0.0, np.log10(replay.trajectory.loss[0])))
        assert (line.color, line.dash, dot.color) == (look.color, look.dash, look.color)
        assert 0.5 * look.width < line.width < look.width
        assert dot.width == DOT_RADIUS
    losses.opacity = 0.5
    assert losses.opacity == 0.5
    assert [part.opacity for part in losses.traces] == [0.5, 0.5]
