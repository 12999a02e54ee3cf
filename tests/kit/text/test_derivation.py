"""Mathematics on the screen is checked: every line of every derivation, at points of the run."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from fitting import fit, gradient
from scenes.kit.panels.mean_squared_error import SLOPE_B, SLOPE_W
from scenes.kit.text.derivation import Derivation, Line, Point
from scenes.kit.text.formula import Pen


@pytest.mark.parametrize(("derivation", "parameter"), [(SLOPE_W, 0), (SLOPE_B, 1)])
@pytest.mark.parametrize("record", [0, 5, 500, -1])
def test_all_lines_are_equal_and_equal_to_the_gradient(derivation: Derivation, parameter: int, record: int) -> None:
    run = fit()
    at = Point(run.params[record], run.data.x, run.data.y)
    exact = float(gradient(run.model, run.loss_function, at.params, run.data)[parameter])
    assert len(derivation.lines) >= 3
    for line in derivation.lines:
        # Lines with a derivative left in them are central differences of step 1e-5: good to about 1e-9.
        assert line.value(at) == pytest.approx(exact, rel=1e-7, abs=1e-8), line.latex


def test_a_wrong_line_would_be_found() -> None:
    run = fit()
    at = Point(run.params[0], run.data.x, run.data.y)
    halved = float(np.mean(at.params[0] * at.x + at.params[1] - at.y))
    assert SLOPE_B.lines[-1].value(at) != pytest.approx(halved, rel=1e-7)


def test_lines_stand_below_each_other_with_their_equals_signs_in_one_column() -> None:
    lines = [Line("x", lambda at: 0.0), Line(r"\frac{1}{2}", lambda at: 0.0), Line("z", lambda at: 0.0)]
    written = Derivation("y", lines).write(Pen(), -3.0, 2.0, size=0.5, leading=0.8)
    assert (float(written.left.get_left()[0]), written.left.baseline) == pytest.approx((-3.0, 2.0))
    column = float(written.left.get_right()[0]) + 0.16
    for k, line in enumerate(written.lines):
        assert (float(line.get_left()[0]), line.baseline) == pytest.approx((column, 2.0 - 0.8 * k))
        assert line.size == 0.5
    standard = Derivation("y", lines).write(Pen(), 0.0, 0.0)
    assert standard.left.size == pytest.approx(0.38)
    for above, below in itertools.pairwise(standard.lines):
        assert above.get_bottom()[1] > below.get_top()[1] > above.get_bottom()[1] - 1.5
