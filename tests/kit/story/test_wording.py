"""What a fit's captions say of a run, compared with its record: on many data, starts, rates and lengths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from fit_rules import FIT_RULES
from told_runs import Told, near, said_of, value
from wording_rules import RUN_RULES

from fitting import Dataset, Trajectory, fit, least_squares
from fitting.course import Kind
from scenes.kit.story import run_wording, wording
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import wrap
from scenes.kit.words.message import Message
from scenes.kit.words.own_words import OwnWords

RULES = RUN_RULES | FIT_RULES

_RANDOM = np.random.default_rng(5)
_TEN = np.arange(1.0, 11.0)

DATA: dict[str, Dataset | None] = {
    "notes": None,
    "two rows": Dataset([1.0, 3.0], [2.0, -1.0]),
    "constant targets": Dataset(_TEN[:5], np.full(5, 5.0)),
    "decreasing": Dataset(_TEN[:6], [20.0, 17.0, 15.0, 11.0, 10.0, 6.0]),
    "perfect line": Dataset(_TEN, 2 * _TEN + 3),
    "noise": Dataset(_RANDOM.uniform(-2, 2, 40), _RANDOM.normal(size=40)),
    "oval": Dataset(_TEN[:6] - 2.0, 3 * _TEN[:6] + _RANDOM.normal(size=6)),
    "offset": Dataset(1e6 + _TEN, 1e9 + 3 * _TEN + _RANDOM.normal(size=10)),
    "standard": Dataset([-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, -1.0, 1.0]),
    "negative": Dataset([-0.2656, -0.165, -1.7962, -0.5283], [-0.00921, -0.00288, -0.04802, -0.0162]),
    "equal": Dataset(_RANDOM.normal(size=60), np.full(60, -4.176787083093727)),
    "years": Dataset(1e9 + _TEN, -1.7e17 - 1.8e9 * _TEN),
    "tiny": Dataset(np.linspace(1e-6, 5e-6, 9), 1e-7 * _RANDOM.normal(size=9)),
}

SHAPES: dict[str, Dataset] = {
    "outlier": Dataset(_TEN[:8], [1.0] * 7 + [50.0]),
    "U": Dataset(_TEN[:9] - 5, (_TEN[:9] - 5) ** 2),
    "weak": Dataset(_TEN, _TEN + 5 * np.cos(9 * _TEN)),
    "repeated": Dataset([1.0] * 19 + [2.0] * 18 + [3.0] * 19, [2.0] * 19 + [3.5] * 18 + [4.0] * 19),
    "two equal rows": Dataset([1.0, 1.0, 3.0], [2.0, 2.0, 5.0]),
    "nearly a line": Dataset(_TEN[:5], [1000001.0, 2e6, 3e6, 4e6, 5000001.0]),
}
"""Data that a line fits well, or hardly."""

RATES = (1e-18, 1e-3, 0.1, 0.3, 0.9, 1.0, 1.3, 1.9, 2.0, 2.004, 2.5, 1e3, 1e80)
"""Times 1 / curvature: from what moves nothing to what ends in a step."""

STAIRS = ((0.9, 0.1), (1.5, 0.1), (0.1, 1.5), (2.5, 0.1), (0.1, 2.5))


def runs(data: Dataset | None) -> Iterator[Trajectory]:
    """Runs on some data, with all kinds of rates, lengths and starts."""
    rows = fit(steps=1).data if data is None else data
    columns = np.stack([rows.x, np.ones(len(rows))])
    curvature = float(np.linalg.eigvalsh(2 / len(rows) * columns @ columns.T)[-1])
    best = least_squares(fit(steps=1).model, rows)
    for steps in (1, 2, 6, 300):
        yield fit(data=data, steps=steps)
        for share in RATES:
            yield fit(data=data, learning_rate=share / curvature, steps=steps)
    for start in ((1e4, -1e5), best, best + np.array([1.0, 0.0]), best + np.array([1.0, -float(rows.x.mean())])):
        for share in (0.5, 1.6, 2.1):
            at = dict(zip("Wb", map(float, start), strict=True))
            yield fit(data=data, learning_rate=share / curvature, steps=60, start=at)
    for first, last in STAIRS:
        rates = {"learning_rate": first / curvature, "final_learning_rate": last / curvature}
        yield fit(data=data, stairs=20, steps=200, **rates)
    random = np.random.default_rng(len(rows))
    for _ in range(20):
        share, steps = float(10 ** random.uniform(-3, 0.35)), int(10 ** random.uniform(0, 3))
        yield fit(data=data, learning_rate=share / curvature, steps=steps)


@cache
def told(name: str) -> list[Told]:
    found = []
    for run in [fit(data=SHAPES[name])] if name in SHAPES else runs(DATA[name]):
        if run.total_steps > 0:
            found.append(Told.of(run))
    return found


@pytest.mark.parametrize("name", [*DATA, *SHAPES])
def test_what_is_said_of_a_run_is_so(name: str) -> None:
    for one in told(name):
        for caption in one.captions:
            checks = [(check, found) for pattern, check in RULES.items() if (found := re.fullmatch(pattern, caption))]
            assert len(checks) == 1, f"no check, or several, of {caption!r}"
            check, found = checks[0]
            made = f"{one.run.made_from}, {one.run.total_steps} steps, {one.run.stop_reason}"
            assert check(one, found), f"{caption!r} of a run with {made}"


def test_every_sentence_is_said_of_some_run() -> None:
    said: Counter[str] = Counter()
    for name in [*DATA, *SHAPES]:
        for one in told(name):
            said.update(p for caption in one.captions for p in RULES if re.fullmatch(p, caption))
    assert set(said) == set(RULES)


def test_there_is_room_for_the_numbers_of_long_runs() -> None:
    for name in ("notes", "oval", "offset"):
        for one in told(name)[::3]:
            longer = replace(one.run, steps=one.run.steps * 30_000)
            assert Told.of(longer).captions


@pytest.mark.parametrize("more", [10.0**power for power in range(-12, 13)])
def test_what_more_of_a_parameter_does_has_room(more: float) -> None:
    for lowest in (-2.0, 0.5):
        said = said_of(wording.turn(more, lowest))
        # Where x is negative, more in W lowers the line.
        assert ("down where x < 0" in said) == (lowest < 0)
        assert ("lifts" in said) == (lowest > 0)
    assert "takes it back" in said_of(wording.shift(more))


def test_the_parabola_is_said_to_be_gone_through_as_it_is() -> None:
    assert "J$ falls, then rises" in wording.sweep(2.0, 1.0, 2.1)[0].template
    assert "hardly falls, then rises" in wording.sweep(2.0, 1.98, 2.9)[0].template, "as far as can be seen"
    for least in (2.0, 2.0 - 1e-15):
        turned, slope = wording.sweep(2.0, least, 2.9)
        assert "falls" not in turned.template
        assert "no way is down" in slope.template
    assert "slope at the point" in wording.sweep(2.0, 1.98, 2.9)[1].template


def test_no_forecast_is_made_as_if_a_run_from_far_off_had_arrived() -> None:
    one = Told.of(fit(start={"W": 1e6, "b": -1e7}))
    assert one.course.kind is Kind.SHORT
    assert "by the best line, 1.14." in one.captions[-1]


def test_long_answers_have_room_and_differ_where_they_can() -> None:
    x = 1771.05 + 0.001 * _TEN
    for steps in (1, 2, 5):
        named = Dataset(x, -1425671.0e3 * x + 1e6 * np.sin(_TEN), x_name="x" * 14)
        one = Told.of(fit(data=named, steps=steps))
        assert one.course.kind is Kind.SHORT
        assert wrap(wording.answer(one.lesson, one.course, one.optimum).source())
    one = Told.of(fit(data=Dataset(_TEN, 2 * _TEN + np.sin(_TEN)), steps=3))
    values = re.findall(
        r"\$([^$]+)\$", wording.answer(one.lesson, one.course, one.run.final_params * (1 + 1e-6)).source()
    )[1:]
    assert one.course.kind is Kind.SHORT
    assert len(set(values)) == 2


def test_what_begins_at_the_bottom_and_grows_is_told_so() -> None:
    data = DATA["decreasing"]
    best = least_squares(fit(steps=1).model, data)
    run = fit(data=data, start=dict(zip("Wb", map(float, best), strict=True)), learning_rate=0.09, steps=1000)
    assert run.grows
    said = Told.of(run).captions
    assert not any(caption.startswith("J falls") for caption in said)
    assert "Least squares has an exact answer. The run began there, and left it." in said
    assert "lower" not in run_wording.bound(Told.of(run).course).template


def test_rate_and_curvature_give_the_product_shown() -> None:
    data = Dataset(750 + 0.1 * _TEN, _TEN)
    for rate in (1.79e-6, 2.81e-6, 1.97e-5):
        one = Told.of(fit(data=data, learning_rate=rate, steps=9))
        found = re.match(r"Rate times curvature is α · (.*) ≈ (.*)\. Above", one.captions[1])
        assert found is not None
        assert near(found[2], rate * value(found[1]), 0.006)


def test_a_curvature_is_written_in_three_digits() -> None:
    for name in ("notes", "decreasing", "offset"):
        for one in told(name):
            for found in filter(None, (re.match(r"Rate times curvature.* · ([\d.]+)", said) for said in one.captions)):
                assert len(found[1].replace(".", "").lstrip("0")) <= 3


def test_equal_targets_have_no_spread_to_arrive_in() -> None:
    run = fit(data=DATA["equal"], learning_rate=0.3, steps=200)
    assert Told.of(run).course.kind is not Kind.SHORT
    assert "deviation" not in wording.rulers(Told.of(run).lesson).template


def test_sentences_about_houses_are_said_of_houses_alone() -> None:
    run = fit()
    renamed = replace(run, data=replace(run.data, x_name="rooms", y_name="rent", item="flat", items="flats"))
    own = OwnWords({"The data": {"What would a house with five floors cost?": "Was kostet ein {item}?"}})
    asked = [
        wording.question(Lesson(one, own_words=words)).template
        for one, words in (
            (run, OwnWords()),
            (renamed, OwnWords()),
            (renamed, own),
        )
    ]
    assert ["house" in question for question in asked] == [True, False, True]
    for sentence in (wording.opening(Lesson(renamed)), Told.of(renamed)):
        said = [sentence.template] if isinstance(sentence, Message) else sentence.captions
        assert not [text for text in said if re.search(r"house|floors|EUR", text)]


def test_a_rate_at_the_bound_stops_nobody_who_has_no_way_in_that_direction() -> None:
    x = np.arange(1.0, 10.0) - 5
    # At the start W has its best value, and the curvature by b, 2, allows the rate; that by W, 13.3, does not.
    run = fit(data=Dataset(x, x**2), start={"W": 0.0, "b": 1.0}, learning_rate=0.15, steps=1)
    course = Told.of(run).course
    assert course.kind is Kind.SHORT
    assert 1 < course.ahead < 1000
    later = fit(data=Dataset(x, x**2), start={"W": 0.0, "b": 1.0}, learning_rate=0.15, steps=1 + round(course.ahead))
    assert Told.of(later).course.kind is not Kind.SHORT


@pytest.mark.parametrize(
    ("scale", "said"), [(1.0, "50.00"), (1e5, "5\N{THIN SPACE}000\N{THIN SPACE}000"), (1e12, "5.000·10^13")]
)
def test_the_answer_has_the_digits_of_the_targets(scale: float, said: str) -> None:
    lesson = Lesson(fit(data=Dataset(_TEN[:9], 5 * scale * _TEN[:9])))
    assert lesson.forecast[0] == 10
    assert lesson.forecast_text == said
