"""The linear lecture: what its tables and formulas show adds up, and what moves shows what the captions say."""

from __future__ import annotations

import numpy as np
import pytest
from lessons import LESSONS
from manim import tempconfig

from fitting import fit
from scenes.kit import wording
from scenes.kit.fit_panel import Probe
from scenes.kit.formula import Formula, Pen
from scenes.kit.rehearsal import rehearse
from scenes.kit.stage import nudges
from scenes.kit.summary import adds_up, residual_table
from scenes.kit.ticks import column, fixed, shown, significant
from scenes.kit.with_numbers import slope_with_numbers
from scenes.linear import LinearFit
from scenes.parts.linear.formulas import downhill, longest_residual
from scenes.parts.linear.residual_changes import ResidualChanges

PEN = Pen()


@pytest.mark.parametrize(("more", "changes"), [((0.0, 1.0), [1, 1, 1, 1]), ((1.0, 0.0), [1, 2, 3, 4])])
def test_residuals_change_by_the_second_factor_of_the_chain_rule(
    more: tuple[float, float], changes: list[float]
) -> None:
    run = fit("linear")
    probe = Probe(run.params[0] + np.array(more))
    rows = ResidualChanges(run, probe, 0.0, PEN).rows()
    assert [shown(text) for text in rows[2]] == changes
    exact = run.model.predict(probe.params, run.data.x) - run.data.y
    # Three decimals stand on the screen.
    assert [shown(text) for text in rows[1]] == pytest.approx(exact.tolist(), abs=5.01e-4)


def test_a_sum_that_its_rounded_terms_do_not_give_is_called_exact() -> None:
    texts = [text.source for text in residual_table(fit("linear"), 0.0, 2.0, PEN).get_family() if _is_text(text)]
    assert "exact sum" in texts
    assert not adds_up(["0.355", "−0.245", "−3.045", "−7.845"], "−10.779")
    assert adds_up(["0.355", "−0.245", "−3.045", "−7.845"], "−10.780")
    assert adds_up(["0.1", "⋮"], "7.0")


def test_a_slope_that_its_rounded_factor_does_not_give_is_about_equal() -> None:
    run = fit("linear")
    assert r"\approx" in slope_with_numbers(run, 1, PEN, 9.0).source
    assert r"\approx" not in slope_with_numbers(run, 0, PEN, 9.0).source


def test_the_arrow_is_minus_the_gradient() -> None:
    run = fit("linear")
    source = downhill(run, PEN).source
    for slope in run.gradient[0].tolist():
        assert column(run.gradient[0])(-slope) in source
    assert fixed(-float(run.gradient[0, 0]), 3) == "20.323"


def test_the_longest_residual_in_numbers() -> None:
    source = longest_residual(fit("linear"), PEN).source
    for part in ("r_{4}", "1.655", "9.500", "-7.845"):
        assert part in source
    assert r"\approx" not in source


def _is_text(mobject: object) -> bool:
    return isinstance(mobject, Formula)


def test_the_caption_says_by_how_much_b_grows() -> None:
    assert wording.growth(1.0).endswith("when $b$ grows by 1, so does $r_i$.")
    lesson = LESSONS["small, at its own rate"]()
    _, more_b = nudges(lesson.trajectory)
    assert more_b != 1
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        said = [text for _, _, text in rehearse(LinearFit, lesson).captions]
    assert any(f"grows by {significant(more_b)}, so" in text.replace("\n", " ") for text in said)
