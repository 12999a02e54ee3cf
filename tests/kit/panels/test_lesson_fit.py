"""The fit of a lesson."""

from __future__ import annotations

import pytest

from fitting import Dataset, fit
from scenes.kit.panels.chart import Chart
from scenes.kit.panels.fit import FitPanel
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen


@pytest.mark.parametrize(
    ("lesson", "rulers"),
    [(Lesson(fit(steps=5)), 1), (Lesson(fit(data=Dataset([10.0, 30.0, 50.0], [1.0, 4.0, 5.0]))), 2)],
)
def test_a_lessons_fit_has_its_data_its_model_and_its_forecast(lesson: Lesson, rulers: int) -> None:
    run, probe = lesson.trajectory, Probe(lesson.trajectory.params[0])
    panel = FitPanel.of(lesson, Chart((-5.0, -2.0, 0.0, 2.0), (0.0, 10.0), (0.0, 20.0)), probe, Pen())
    assert panel.dots.data is run.data
    assert panel.layer.forecast_x == lesson.forecast_place
    assert panel.layer.predict(run.data.x) == pytest.approx(run.model.predict(run.params[0], run.data.x))
    # Standard units come with a second pair of axes, which is unseen at first.
    assert [ruler.opacity for ruler in panel.rulers] == [1.0, 0.0][:rulers]
