"""The linear lecture: what its tables and formulas show adds up, and what moves shows what the captions say."""

from __future__ import annotations

import re

import numpy as np
import pytest
from manim import tempconfig
from painted import painted_texts

from fitting import Dataset, Trajectory, fit, least_squares
from fitting.plane import Plane
from scenes.kit.drawing.frame import WIDE
from scenes.kit.panels.readout import Readout
from scenes.kit.panels.rulers import fit_chart
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.panels.step_arithmetic import adds_up as adds_up_as_shown
from scenes.kit.panels.summary import adds_up, residual_table, result_table
from scenes.kit.panels.with_numbers import file_line, forecast_formula, slope_with_numbers
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.probe import Probe
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import landscape_window
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import X_I, X
from scenes.kit.words.mean_squared_error import LINE
from scenes.kit.words.numbers import column, fixed, shown
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


def test_a_sum_that_its_rounded_terms_do_not_give_is_about_equal() -> None:
    texts = [text.source for text in residual_table(fit("linear"), 0.0, 2.0, PEN).get_family() if _is_text(text)]
    assert r"sum $\approx$" in texts
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


def _said(run: Trajectory) -> list[str]:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        return [text.replace("\n", " ") for _, _, text in rehearse(LinearFit, Lesson(run)).captions]


@pytest.mark.parametrize("steps", [1, 60, None])
def test_of_a_run_that_grows_nothing_is_forecast(steps: int | None) -> None:
    said = " ".join(_said(fit(learning_rate=0.125, steps=steps)))
    for promise in ("million EUR", "more steps", "ahead", "reached", "best line"):
        assert promise not in said
    for told in (
        "Every step overshoots",
        "Above 2, the error grows.",
        "This run does not find it.",
        "below 2 / curvature",
    ):
        assert told in said


def test_a_run_that_grows_is_drawn_as_a_diverging_one() -> None:
    grown, diverged = fit(learning_rate=0.125, steps=60), fit(learning_rate=0.125)
    optimum = least_squares(grown.model, grown.data)
    window = landscape_window(grown, Plane.shown("Wb"))
    assert window == landscape_window(diverged, Plane.shown("Wb"))
    assert window.ceiling > 4 * grown.loss[0]
    assert fit_chart(Lesson(grown), optimum, WIDE).y_range == fit_chart(Lesson(diverged), optimum, WIDE).y_range
    # Each number has digits of its own: the first ones would have none beside the last.
    readout = Readout(Replay(grown), -6.0, 6.0, 2.8, PEN)
    assert [number.text for number in readout.numbers] == ["0.20000", "0.85536", "17.749", "0.125"]
    assert (
        StepArithmetic(Replay(grown), 0.0, 0.0, PEN).cells() == StepArithmetic(Replay(diverged), 0.0, 0.0, PEN).cells()
    )
    assert any(
        "1.1030" in text.source for text in result_table(grown, optimum, 0.0, 0.0, PEN).get_family() if _is_text(text)
    )


@pytest.mark.parametrize(("steps", "again"), [(1, False), (2, False), (3, True)])
def test_what_is_said_of_the_first_steps_is_said_of_steps_that_there_are(steps: int, again: bool) -> None:
    said = _said(fit(steps=steps))
    assert ("And again: a new place, a new gradient." in said) == again
    number = {1: "one step: this was", 2: "two steps: these were", 3: "three steps: these were"}[steps]
    assert f"The whole run has {number} all." in said
    assert "valley and" not in " ".join(said)


def test_the_price_of_a_line_that_is_not_there_yet_stands_beside_the_best() -> None:
    said = _said(fit(steps=1, start={"W": -1.0, "b": 0.0}))[-1]
    assert said.startswith("By this line, five floors cost −0.")
    assert said.endswith("; by the best line, 1.14.")
    lesson = Lesson(fit(steps=1))
    chart = fit_chart(lesson, least_squares(lesson.trajectory.model, lesson.data), WIDE)
    assert chart.y_range[1] > 11.4, "the best line's price is in the picture"


def test_a_staircase_of_rates_is_told() -> None:
    assert "α goes down in stairs to 0.000149: long steps first, fine ones last." in _said(fit())
    (constant,) = (text for text in _said(fit(learning_rate=0.005)) if "One α" in text)
    assert constant == "One α for both: a step takes 8.4 % of the way across, 0.15 % along the floor."


def test_arithmetic_that_does_not_add_up_as_shown_is_about_equal() -> None:
    run = fit()
    replay = Replay(run)
    arithmetic, found = StepArithmetic(replay, 0.0, 0.0, PEN), set()
    for step in range(1, 8):
        replay.step = float(step)
        for cells in arithmetic.cells():
            new, old, rate, slope = (shown(cell.strip("()")) for cell in cells)
            found.add(adds_up_as_shown(cells))
            assert adds_up_as_shown(cells) == (abs(old - rate * slope - new) <= 0.5000001e-4)
        about = [text for text in painted_texts(arithmetic) if "approx" in text.text]
        assert len(about) == [adds_up_as_shown(cells) for cells in arithmetic.cells()].count(False)
    assert found == {True, False}
    formula = forecast_formula(Lesson(run), PEN, 9.0).source
    assert r"\approx" not in formula
    assert "11.40" in formula


def test_of_a_slope_that_is_rounding_zero_is_left() -> None:
    run = fit(data=Dataset(np.arange(1.0, 6.0), np.full(5, 5.0)))
    assert r"\textcolor{W}{0} \cdot" in file_line(Lesson(run), PEN, 9.0).source


def test_inputs_have_the_colour_of_data_in_formulas() -> None:
    for source in (LINE.prediction.row, LINE.residual.lines[1].latex, LINE.slope(0).lines[2].latex):
        assert X in source or X_I in source
        assert "x" not in re.sub(r"\\(textcolor\{data\}\{x(_i)?\}|textcolor)", "", source)


@pytest.mark.parametrize("rate", [None, 0.05, 0.5])
def test_the_first_line_is_in_the_chart_also_where_all_targets_are_equal(rate: float | None) -> None:
    data = Dataset([1.0, 2.0, 3.0, 4.0, 5.0], [5.0] * 5)
    lesson = Lesson(fit(data=data, learning_rate=rate, steps=40))
    chart = fit_chart(lesson, least_squares(lesson.trajectory.model, lesson.data), WIDE)
    first = lesson.trajectory.model.predict(lesson.trajectory.params[0], lesson.data.x)
    assert chart.y_range[0] < first.min()
    assert first.max() < chart.y_range[1]
