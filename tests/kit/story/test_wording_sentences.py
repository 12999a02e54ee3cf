"""Which sentence is said of which course, word for word, at the edges between them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from fitting import Dataset, StopReason, fit, least_squares
from fitting.course import Course, Kind
from scenes.kit.story import fit_wording, run_wording
from scenes.kit.story import wording as data_wording
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import plain


class _Sources:
    """The sentences of both files, as they stand in a film."""

    def __getattr__(self, name: str) -> Any:
        speak = next(found for one in (run_wording, data_wording, fit_wording) if (found := getattr(one, name, None)))

        def source(*given: Any) -> Any:
            said = speak(*given)
            return tuple(one.source() for one in said) if isinstance(said, tuple) else said.source()

        return source


wording = _Sources()

VALLEY = Course(Kind.VALLEY, 16.7, 0.3, 30, 0.8, False, True, False, True, 500, 1e-9, 0.0)


@cache
def run_of(steps: int, **options: Any):  # type: ignore[no-untyped-def]
    return fit(steps=steps, **{"learning_rate": 0.01, **options})


def told(steps: int = 500, options: Any = (), **changes: Any) -> tuple[str, str, str]:
    return wording.descent(Lesson(run_of(steps, **dict(options))), replace(VALLEY, **changes))


@pytest.mark.parametrize(
    ("fall", "overshoots", "said"),
    [
        (1, False, "Faster now. In one step the point came down the wall of the valley."),
        (2, False, "Faster now. In two steps the point came down the wall of the valley."),
        (7, False, "Faster now. In seven steps the point came down the wall of the valley."),
        (8, False, "Faster now. In eight steps the point falls down the wall of the valley."),
        (19, False, "Faster now. In 19 steps the point falls down the wall of the valley."),
        (24, False, "Faster now. In some 20 steps the point falls down the wall of the valley."),
        (20, True, "Faster now: from wall to wall, lower each time, for some 20 steps."),
        (12, True, "Faster now: from wall to wall, lower each time, for twelve steps."),
        (7, True, "Faster now. Seven steps led from wall to wall, lower each time."),
    ],
)
def test_a_fall_into_a_valley(fall: int, overshoots: bool, said: str) -> None:
    assert told(fall=fall, overshoots=overshoots)[0] == said


def test_the_floor_of_a_valley() -> None:
    assert told()[1] == "Then the point crawls along the floor: curvature $16.7$ across, $0.300$ along."
    assert told()[2] == (r"One $\alpha$ for both: a step takes $80$ % of the way across, $0.3$ % along the floor.")
    stairs = (("final_learning_rate", 0.001), ("stairs", 5))
    down, up = run_of(500, **dict(stairs)), run_of(500, learning_rate=0.001, final_learning_rate=0.01, stairs=5)
    for run, said in ((down, "goes down in stairs to"), (up, "goes up in stairs to")):
        last = wording.descent(Lesson(run), replace(VALLEY, constant=False))[2]
        assert said in last
        assert f"${float(f'{run.final_learning_rate:.3g}'):g}$" in last


def test_a_short_run_into_a_valley_is_told_by_its_ends() -> None:
    assert told(18)[0].startswith("Faster now. In some 30 steps")
    assert told(17)[0] == "The whole run has 17 steps."
    assert told(17)[2].startswith("$J$ was $")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (1, "The whole run has one step: this was all."),
        (2, "The whole run has two steps: these were all."),
        (7, "The whole run has seven steps: these were all."),
        (8, "The whole run has 8 steps."),
        (48, "The whole run has 48 steps."),
        (49, "Faster now. The whole run has 49 steps."),
    ],
)
def test_how_long_a_run_is(steps: int, said: str) -> None:
    assert told(steps, kind=Kind.OTHER)[0] == said


@pytest.mark.parametrize(
    ("steep", "flat", "said"),
    [
        (2.0, 2.0, "Curvature $2.00$ in every direction: the bowl is round."),
        (3.0, 2.0, "Curvature $3.00$ one way, $2.00$ the other: a bowl, nearly round."),
        (3.1, 2.0, "Curvature $3.10$ one way, $2.00$ the other: an oval bowl."),
        (8.0, 2.0, "Curvature $8.00$ one way, $2.00$ the other: an oval bowl."),
        (8.1, 2.0, "Curvature $8.10$ across the valley, $2.00$ along its floor."),
    ],
)
def test_the_shape_of_the_ground(steep: float, flat: float, said: str) -> None:
    assert told(kind=Kind.OTHER, steep=steep, flat=flat)[1] == said


def test_into_a_bowl() -> None:
    shrinks = "The slope shrinks towards the bottom, and so does every step."
    bowl: dict[str, Any] = {"kind": Kind.BOWL, "steep": 3.0, "flat": 2.0, "left": 0.012}
    assert told(500, **bowl)[0] == f"Faster now. {shrinks}"
    assert told(49, **bowl)[0] == f"Faster now. {shrinks}"
    assert told(48, **bowl)[0] == told(8, **bowl)[0] == shrinks
    assert told(7, **bowl)[0] == "The whole run has seven steps: these were all."
    assert told(48, **bowl, product=1.9)[0] == shrinks
    assert told(48, **bowl, product=2.0)[0] == "The whole run has 48 steps."
    rising = (("learning_rate", 0.001), ("final_learning_rate", 0.01), ("stairs", 4))
    assert told(48, rising, **bowl)[0] == "The whole run has 48 steps."
    assert told(500, **bowl)[2] == "500 steps leave $0.012$ of the way to the bottom."
    assert told(1, **{**bowl, "left": 0.0})[2] == "One step leaves none of the way to the bottom."
    round_ = {**bowl, "flat": 3.0}
    assert told(500, **round_)[2] == "Each step takes $80$ % of the way left. 500 steps leave $0.012$ of it."
    assert told(500, **round_, constant=False)[2] == "500 steps leave $0.012$ of the way to the bottom."


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (1.0, "one more step, at this rate."),
        (2.0, "at most 2 more, at this rate."),
        (1e7, r"at most $10\,000\,000$ more, at this rate."),
        (1.1e7, "more than ten million steps."),
        (float("inf"), "out of reach at this rate."),
    ],
)
def test_how_far_the_bottom_is_ahead(ahead: float, said: str) -> None:
    last = told(500, kind=Kind.SHORT, ahead=ahead)[2]
    assert last.startswith("After 500 steps the bottom is ")
    assert last.endswith(said)
    assert told(1, kind=Kind.SHORT)[2].startswith("After one step the bottom")


def test_a_run_that_grows() -> None:
    grows: dict[str, Any] = {"kind": Kind.GROWS, "product": 2.0876, "steep": 16.7}
    options = (("learning_rate", 0.02),)
    assert told(60, options, **grows, lowest=12)[0] == (
        "$J$ falls until step 12. Later each step lands farther up, on the other side."
    )
    for changes in ({"lowest": 0}, {"lowest": 12, "began": True}):
        assert told(60, options, **grows, **changes)[0] == "Faster now. The whole run has 60 steps."
    assert told(60, options, **grows)[1] == (
        r"Rate times curvature is $\alpha \cdot 16.7$ $\approx 2.09$. Above 2, the error grows."
    )
    assert told(60, options, **grows, constant=False)[1] == (
        r"Rate times curvature: $\alpha \cdot 16.7$, up to $2.09$. Above 2, the error grows."
    )
    assert r"\approx 2.001$" in told(60, options, **{**grows, "product": 2.001})[1], "never as if it were 2"
    assert told(60, options, **grows)[2].startswith("$J$ was $")
    assert told(60, options, **{**grows, "product": 2.0})[1].startswith("Curvature $16.7$ across")
    whole = fit(learning_rate=0.125)
    assert whole.stop_reason is StopReason.DIVERGED
    assert wording.descent(Lesson(whole), replace(VALLEY, **grows))[2].startswith(
        f"The run is stopped at step {whole.total_steps}: $J$ has grown to $"
    )
    steep = fit(learning_rate=1.0, steps=5)
    assert (np.diff(steep.loss) > 0).all()
    assert wording.descent(Lesson(steep), replace(VALLEY, **grows))[0] == (
        "Every step overshoots: the point lands farther up, on the other side."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"left": 1e-6}, ", and the descent has reached it."),
        ({"left": 1.1e-6}, ", and the descent has nearly reached it."),
        ({"left": 0.05}, ", and the descent has nearly reached it."),
        ({"left": 0.051}, ". The descent's $J$ is close to it, $W$ and $b$ less."),
        ({"kind": Kind.THERE}, ". The run began there."),
        ({"kind": Kind.SHORT}, ". The run has ended before it got there."),
        ({"kind": Kind.GROWS}, ". This run does not find it."),
        ({"kind": Kind.GROWS, "began": True}, ". The run began there, and left it."),
    ],
)
def test_the_end_beside_the_optimum(changes: dict[str, Any], said: str) -> None:
    assert wording.ending(
        Lesson(run_of(5)), replace(VALLEY, **changes)
    ) == f"Least squares has an exact answer{said}".replace("'", "’")


def test_what_more_of_a_parameter_does() -> None:
    assert wording.turn(1.0, 0.0) == "One more in $W$ lifts the line by $x$; one less takes it back."
    assert wording.turn(1.0, -0.1).startswith("One more in $W$ moves the line by $x$: down where")
    assert wording.turn(0.1, 2.0) == r"$0.1$ more in $W$ lifts the line by $0.1 \cdot x$; less takes it back."
    assert wording.turn(0.1, -2.0).endswith("down where $x < 0$. Less moves it back.")
    assert wording.shift(1.0) == "One more in $b$ lifts all of it by 1; one less takes it back."
    assert wording.shift(10.0) == "$10$ more in $b$ lifts all of it by $10$; less takes it back."


def test_a_rate_that_was_chosen_is_a_tenth_of_one_over_the_curvature() -> None:
    own = Lesson(fit(data=Dataset(np.arange(1.0, 11.0), 2 * np.arange(10.0) + np.sin(np.arange(10.0))), steps=3))
    rate = float(own.trajectory.learning_rate[0])
    for share, chosen in ((0.1, True), (0.0951, True), (0.1049, True), (0.094, False), (0.106, False)):
        said = wording.pace(own, replace(VALLEY, steep=share / rate))
        assert ("one over the curvature" in said) == chosen
    rates = np.append(own.trajectory.learning_rate[:-1], 0.5 * rate)
    stairs = Lesson(replace(own.trajectory, learning_rate=rates))
    assert "one over the curvature" in wording.pace(stairs, replace(VALLEY, steep=0.1 / rate)), "the first one's"
    assert wording.pace(Lesson(run_of(5)), replace(VALLEY, steep=0.1 / 0.01)).startswith("And again")


def test_the_film_opens_with_its_data_and_asks_for_an_answer() -> None:
    assert wording.opening(Lesson(run_of(5))) == "Four houses: their floors and their prices."
    assert wording.question(Lesson(run_of(5))) == "What would a house with five floors cost?"
    for count, word in ((12, "Twelve"), (13, "13")):
        own = Lesson(fit(data=Dataset(np.arange(float(count)), np.arange(float(count)) ** 2), steps=3))
        assert plain(wording.opening(own)) == f"{word} rows, and of each of them x and y."
        assert plain(wording.question(own)).startswith("Which y should we expect at x = ")
    best = np.array([2.94, -3.3])
    early = wording.answer(Lesson(run_of(5)), replace(VALLEY, kind=Kind.SHORT), best)
    assert early.endswith("million EUR; by the best line, 1.14.")
    assert wording.answer(Lesson(run_of(5)), VALLEY, best).endswith("million EUR.")


@pytest.mark.parametrize(
    ("y", "said"),
    [
        ([5.0] * 6, "All values of m are equal: there is no spread to explain."),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "The best line runs through every point: it explains all of the spread."),
        ([1.0, 0.0, 2.0, 2.0, 0.0, 1.0], "The best line is level: it explains nothing of the spread of m."),
        ([0.0, 1.0, 0.0, 1.0, 2.0, 1.0], "The best line explains 41 % of the spread of m."),
        ([1.0, -1.0, 1.0, 1.0, -1.0, 0.7], "The best line explains hardly anything of the spread of m: 0.64 %."),
        ([1.0, 2.1, 3.0, 4.0, 5.0, 6.0], "The best line explains nearly all of the spread of m: 99.959 %."),
        ([1.0, 2.000001, 3.0, 4.0, 5.0, 6.0], "The best line explains nearly all of the spread of m."),
        ([1.0] * 7 + [50.0], "The best line explains 33 % of the spread. One row makes 58 % of its J."),
    ],
)
def test_how_well_the_best_line_fits(y: list[float], said: str) -> None:
    lesson = Lesson(fit(data=Dataset(np.arange(float(len(y))), y, y_name="m"), steps=2))
    best = least_squares(lesson.trajectory.model, lesson.data)
    assert plain(wording.quality(lesson, best)) == said


@pytest.mark.parametrize(("share", "said"), [(0.3333, "33"), (0.988, "98.8"), (0.9988, "99.88"), (0.07, "7.0")])
def test_a_share_has_two_digits_of_what_is_less(share: float, said: str) -> None:
    assert fit_wording.percent(share).text() == said


def test_rows_on_each_other_are_counted_as_rows_and_as_points() -> None:
    data = Dataset([1.0] * 19 + [2.0] * 18 + [3.0] * 19, [2.0] * 19 + [3.5] * 18 + [4.0] * 19)
    assert plain(wording.opening(Lesson(fit(data=data, steps=2)))) == "56 rows of x and y, at three different points."
