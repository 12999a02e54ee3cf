"""The window of a lesson: which part of a landscape its film shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lesson_files import OWN, SMALL, asked, lesson_file
from manim import tempconfig

from fitting import fit, read_csv
from fitting.plane import Plane
from scenes.kit.subject.ranges import in_descent_units
from scenes.kit.subject.window import landscape_window
from scenes.linear import LinearFit

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("lesson_folder")


def test_the_window_is_the_landscapes() -> None:
    run = asked("[window]\nW = [-2, 4]\n").lesson().trajectory
    plane = Plane.shown(run.model.parameters)
    window = landscape_window(run, plane, {"W": (-2.0, 4.0)})
    assert window.first == (-2.0, 4.0)
    assert window.second == landscape_window(run, plane).second
    assert window.second != landscape_window(run, plane, {"b": (-7.0, 7.0)}).second == (-7.0, 7.0)


def test_the_film_shows_the_window() -> None:
    lesson = asked("[window]\nW = [-2, 4]\nb = [-6, 5]\n").lesson()
    with tempconfig(SMALL):
        scene = LinearFit(lesson)
        scene.prepare()
        with tempconfig({"dry_run": True}):
            scene.begin_beat("The first steps")
    plane = Plane.shown(scene.trajectory.model.parameters)
    assert landscape_window(scene.trajectory, plane, scene.lesson.window).first == (-2.0, 4.0)


def test_in_standard_units_the_window_is_the_files() -> None:
    run = fit(data=read_csv("lessons/flats.csv", "area", "price"))
    assert not run.units.is_identity
    w, b = run.params_in_file_units(run.final_params)
    found = in_descent_units(run, {"W": (w - 1, w + 2), "b": (b - 30, b + 10)})
    for k, name in enumerate("Wb"):
        for end, place in zip(found[name], ((-1, 2), (-30, 10))[k], strict=True):
            params = run.final_params.copy()
            params[k] = end
            assert run.params_in_file_units(params)[k] == pytest.approx((w, b)[k] + place, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[window]\nW = [2, 3]", ["[window] W from 2 to 3 leaves out the start", "0.2 to 2.9393"]),
        ("[window]\nb = [0, 3]", ["[window] b from 0 to 3 leaves out the end", "-3.29796 to 0.855362"]),
        ("[window]\nW = [5, 6]\nb = [9, 10]", ["W from 5 to 6", "start and the end", "b from 9 to 10"]),
        (OWN + "[window]\nW = [100, 101]", ["W from 100 to 101"]),
    ],
)
def test_a_window_without_the_descent_is_refused(lectures: Run, text: str, parts: list[str]) -> None:
    code, _, err = lectures("stills", lesson_file(text))
    assert code == 2
    assert err.startswith("Error: lessons/line.toml: [window] ")
    for part in parts:
        assert part.replace("-", "−") in err.replace("-", "−")


def test_a_diverging_run_needs_its_start_alone() -> None:
    assert asked("[fit]\nlearning_rate = 0.125\n[window]\nW = [-2, 4]\nb = [-4, 4]").trajectory() is not None
