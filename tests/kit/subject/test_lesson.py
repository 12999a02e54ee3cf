"""A lesson: what a film is about, its names, its question, and what it refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from fitting import Dataset, InputError, fit
from scenes.kit.subject.lesson import Lesson, forecast_x
from scenes.kit.subject.look import Look
from scenes.kit.words.message import Name, message

_X = np.arange(1.0, 11.0)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ([1, 2, 3, 4], 5.0),
        ([0, 10], 12.0),
        ([0.5, 9.5], 10.0),
        ([1990, 2020], 2030.0),
        ([-5, -1], 0.0),
        ([20, 300], 350.0),
        ([1e-6, 5e-6], 6e-6),
    ],
)
def test_the_forecast_is_one_step_of_the_axis_beyond_the_data(x: list[float], expected: float) -> None:
    assert forecast_x(np.array(x, dtype=float)) == pytest.approx(expected)


def test_the_forecast_is_the_models_answer_there_in_both_units() -> None:
    data = Dataset(20 * _X + 100, 5000 * _X + 1000 * np.sin(_X))
    lesson = Lesson(fit(data=data))
    ahead, answer = lesson.forecast
    w, b = lesson.file_params
    assert ahead > data.x.max()
    assert answer == pytest.approx(w * ahead + b)
    assert lesson.forecast_of(lesson.final_params) == answer
    assert float(lesson.trajectory.model.predict(lesson.final_params, np.array([lesson.forecast_place]))[0]) == (
        pytest.approx((answer - lesson.trajectory.units.y_mean) / lesson.trajectory.units.y_scale)
    )
    np.testing.assert_array_equal(lesson.file_data.x, data.x)
    assert abs(lesson.data.x).max() < 2.0, "the descent is in standard units"


def test_names_are_short_enough_for_captions() -> None:
    named = Dataset(_X, 2 * _X, x_name="x" * 15, y_name="y" * 14, item="i" * 13, items="j" * 12)
    lesson = Lesson(fit(data=named, steps=1))
    shortened = {"x": "x" * 13 + "…", "y": "y" * 14, "item": "i" * 11 + "…", "items": "j" * 12}
    assert lesson.words == {key: Name(name) for key, name in shortened.items()}


def test_without_arguments_a_lesson_is_the_notes() -> None:
    lesson = Lesson()
    assert lesson.tells_of_houses(message("houses"))
    assert not Lesson(fit(data=Dataset(_X, 2 * _X), steps=1)).tells_of_houses(message("houses"))
    assert (lesson.title, lesson.question, lesson.window) == ("", "", {})


def test_latex_needs_both_of_its_programs_and_typst_none(monkeypatch: pytest.MonkeyPatch) -> None:
    run, typst, latex = fit(steps=1), Look(typesetter="typst"), Look(typesetter="latex")
    for installed, refused in (({"latex", "dvisvgm"}, ""), ({"latex"}, "dvisvgm"), (set(), "latex")):
        monkeypatch.setattr(shutil, "which", lambda program, there=installed: program if program in there else None)
        assert Lesson(run, typst).look == typst
        if refused:
            with pytest.raises(InputError, match=f"{refused} not found"):
                Lesson(run, latex)
        else:
            assert Lesson(run, latex).look == latex


def test_a_run_without_steps_is_nothing_to_show() -> None:
    whole = fit(steps=1)
    run = replace(
        whole, **{name: getattr(whole, name)[:1] for name in ("steps", "params", "loss", "gradient", "learning_rate")}
    )
    assert run.total_steps == 0
    with pytest.raises(InputError, match="ends before its first step"):
        Lesson(run)
    assert Lesson(fit(steps=1)).trajectory.total_steps == 1


def test_several_descents_at_once_are_no_lesson() -> None:
    run = fit(steps=1)
    several = replace(run, params=np.stack([run.params, run.params], axis=1))
    with pytest.raises(InputError, match="choose one of them"):
        Lesson(several)
