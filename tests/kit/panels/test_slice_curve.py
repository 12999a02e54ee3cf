"""The loss over one parameter: its plane, the curve as far as it is drawn, and the point that a probe moves."""

from __future__ import annotations

import numpy as np
import pytest
from painted import painted

from fitting import fit
from fitting.slices import Slice
from scenes.kit.drawing.frame import LOWER
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.slice_curve import SliceCurve
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen

PEN = Pen()
RUN = fit(steps=5)


def sliced(parameter: int = 0) -> tuple[SliceCurve, Slice, Probe]:
    probe = Probe(RUN.params[0])
    cut = Slice(RUN, RUN.params[0], parameter)
    return SliceCurve(LOWER, cut, probe, (-1.0, 5.0), PEN), cut, probe


@pytest.mark.parametrize("parameter", [0, 1])
def test_a_slice_has_its_parameter_to_the_right_and_the_loss_upward(parameter: int) -> None:
    curve, cut, _ = sliced(parameter)
    assert curve.chart.x_range == (-1.0, 5.0)
    assert curve.chart.y_range == (0.0, pytest.approx(1.08 * cut.loss(np.linspace(-1, 5, 200)).max()))
    titles = [box.text for box in painted(curve.axes).texts if "displaystyle" in box.text]
    assert titles == [rf"$\displaystyle {name}$" for name in ("Wb"[parameter], "J")]


@pytest.mark.parametrize("parameter", [0, 1])
def test_the_point_follows_its_parameter_on_the_curve(parameter: int) -> None:
    curve, cut, probe = sliced(parameter)
    for value in (-0.5, 3.0):
        moved = probe.params.copy()
        moved[parameter] = value
        probe.params = moved
        assert curve.point.position == (value, cut.loss(value))
        assert curve.point.slope == cut.slope(value)
        (dot,) = painted(curve.point).of("disc")
        assert dot.points[0] == pytest.approx(curve.chart.to_screen(value, cut.loss(value)))
        assert (dot.color, dot.rim) == (PEN.palette["loss"], PEN.palette.outline)
        assert DOT_RADIUS < dot.width < 1.5 * DOT_RADIUS


def test_a_slice_is_drawn_between_its_start_and_its_reach() -> None:
    curve, cut, probe = sliced()
    trace = curve.trace
    assert not painted(trace).of("line")
    for reach in (3.0, -0.5):
        trace.reach = reach
        (line,) = painted(trace).of("line")
        low, high = sorted((float(probe.params[0]), reach))
        assert line.points[[0, -1]] == pytest.approx(curve.chart.to_screen([low, high], cut.loss([low, high])))
        assert len(line.points) > 15
        assert (line.color, line.width) == (PEN.palette["loss"], Stroke.CURVE)


def test_the_tangent_is_not_there_until_it_is_asked_for() -> None:
    curve, cut, probe = sliced()
    assert not painted(curve.point).of("line")
    curve.point.tangent = 0.5
    (line,) = painted(curve.point).of("line")
    place = float(probe.params[0])
    assert line.points == pytest.approx(
        curve.chart.tangent(place, float(cut.loss(place)), float(cut.slope(place)), 1.1)
    )
    assert (line.color, line.width, line.opacity) == (PEN.palette["gradient"], Stroke.NORMAL, 0.5)
