"""A chart: what stands in its plane stands where its axes say."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.chart import Chart


@pytest.mark.parametrize("slope", [-3.0, 0.0, 0.5, 40.0])
def test_a_tangent_has_its_slope_in_the_charts_coordinates_and_its_length_on_the_screen(slope: float) -> None:
    chart = Chart((-6.0, -2.0, 0.0, 2.0), (-2.0, 4.0), (0.0, 10.0))
    start, end = chart.tangent(1.0, 3.0, slope, 0.9)
    assert (start + end) / 2 == pytest.approx(chart.to_screen(1.0, 3.0))
    assert np.linalg.norm(end - start) == pytest.approx(1.8)
    (left, bottom), (right, top) = chart.to_screen([0.0, 1.0], [0.0, 1.0])
    across, up = (end - start) / (right - left, top - bottom)
    assert across > 0
    assert up / across == pytest.approx(slope)
