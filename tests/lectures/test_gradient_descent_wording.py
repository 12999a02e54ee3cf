"""What the film on gradient descent says is so: its sentences beside its runs, its numbers beside its points."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from manim import Mobject, tempconfig
from sync_checks import source

from fitting import Trajectory, fit, hessian, mean_loss
from fitting.slices import Slice
from scenes import gradient_descent as lecture
from scenes.gradient_descent import GradientDescent
from scenes.kit.drawing.frame import LEFT, RIGHT
from scenes.kit.panels.curve_point import CurvePoint
from scenes.kit.panels.live import LiveNumber
from scenes.kit.story.rehearsal import Rehearsal, rehearse, text_boxes
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import message
from scenes.kit.words.numbers import fixed, shown
from scenes.parts.gradient_descent import chosen_numbers as chosen
from scenes.parts.gradient_descent.between_bounds import BetweenBounds
from scenes.parts.gradient_descent.contour_map import MapTrail
from scenes.parts.gradient_descent.parabola_panel import Walk
from scenes.parts.gradient_descent.rate_comparison import RateComparison
from scenes.parts.gradient_descent.update_order import BothDescents

PEN = Pen()
MOMENTS = np.linspace(0.0, 4.0, 33)
"""Whole steps, arrows on their way, and points on theirs."""


@pytest.fixture(scope="module")
def run() -> Trajectory:
    return fit(steps=2)


@pytest.fixture(scope="module")
def cut(run: Trajectory) -> Slice:
    return Slice(run, run.params[0], 0)


def _leaves(mobject: Mobject) -> Iterator[Mobject]:
    yield from mobject.get_family()


class Watched(GradientDescent):
    """Notes which descents that are seen run backwards, and under which captions a point stands on a curve."""

    backwards: list[str]
    pointed: dict[str, bool]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        Watched.backwards, Watched.pointed = [], {}
        self._steps: dict[int, float] = {}

    def _seen(self) -> dict[int, float]:
        """The step of every descent that is on the screen."""
        return {
            id(leaf): float((source(leaf, Walk).clock if isinstance(leaf, CurvePoint) else leaf._clock).step)
            for mobject in self.mobjects
            for leaf in _leaves(mobject)
            if (isinstance(leaf, MapTrail) or (isinstance(leaf, CurvePoint) and source(leaf, Walk)))
            and leaf.opacity > 0
        }

    def play(self, *animations: object, **kwargs: object) -> None:
        for after in (False, True):
            now = self._seen()
            if any(step < self._steps.get(leaf, 0.0) for leaf, step in now.items()):
                Watched.backwards.append(self._caption_text)
            self._steps = now
            if not after:
                super().play(*animations, **kwargs)

    def _end_caption(self) -> None:
        if self._caption_text:
            points = [leaf for mobject in self.mobjects for leaf in _leaves(mobject) if isinstance(leaf, CurvePoint)]
            Watched.pointed[self._caption_text.replace("\n", " ")] = any(point.opacity == 1 for point in points)
        super()._end_caption()


@pytest.fixture(scope="module")
def film() -> Rehearsal:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        return rehearse(Watched)


def test_no_descent_that_is_seen_runs_backwards(film: Rehearsal) -> None:
    assert Watched.backwards == []


def test_what_is_said_of_a_curve_has_a_point_on_it(film: Rehearsal) -> None:
    beats = {beat.name: beat for beat in film.beats}
    start, end = beats["The slope"].start, beats["The bound"].end
    spoken = [text.replace("\n", " ") for begin, _, text in film.captions if start <= begin < end - 1e-6]
    assert len(spoken) > 15
    # The first caption introduces the curve, before there is a point.
    assert [text for text in spoken if not Watched.pointed[text]] == spoken[:1]


def _caption(film: Rehearsal, part: str) -> str:
    (found,) = [text.replace("\n", " ") for _, _, text in film.captions if part in text.replace("\n", " ")]
    return found


def test_no_step_is_counted_where_none_is_taken(film: Rehearsal) -> None:
    (bound,) = [beat for beat in film.beats if beat.name == "The bound"]
    times = [end - 0.2 for begin, end, _ in film.captions if bound.start - 1e-6 <= begin < bound.end - 1e-6]
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        frames = text_boxes(GradientDescent, None, times)
    assert len(frames) == 4
    assert not [box.text for boxes in frames for box in boxes if r"\text{step}" in box.text]
    # What explains the factor stands beside it until its numbers have been spoken of.
    for boxes in frames[1:3]:
        texts = [box.text for box in boxes]
        for part in (r"}} = 15 \cdot (", r"= (1 - 15 \, ", r"1 - 15 \cdot \textcolor{rate}{0.14}"):
            assert any(part in text for text in texts), part


def test_the_numbers_of_four_descents_are_those_of_their_points(cut: Slice) -> None:
    descents = [cut.descend(0.2, rate, chosen.RATES_STEPS) for rate in chosen.RATES]
    rates = RateComparison(descents, chosen.RATES_SPAN, (LEFT, -1.05, RIGHT, 2.45), (message(""),) * 4, PEN)
    points = [leaf for leaf in _leaves(rates) if isinstance(leaf, CurvePoint)]
    *numbers, _ = (leaf for leaf in _leaves(rates.numbers) if isinstance(leaf, LiveNumber))
    assert len(points) == len(numbers) / 2 == 4
    for rates.clock.step in MOMENTS:
        for point, parameter, cost in zip(points, numbers[::2], numbers[1::2], strict=True):
            value, loss = point.position
            assert parameter.text == fixed(value, 4)
            # Five digits of numbers below 100.
            assert shown(cost.text) == pytest.approx(loss, abs=5e-4)
            # A point that is leaving is on a record, and so is where it lands.
            walk = source(point, Walk)
            assert value in walk.descent.values
            assert walk.landing[0] in walk.descent.values


def test_the_costs_of_both_descents_are_those_of_their_points(cut: Slice) -> None:
    diverging = fit(learning_rate=chosen.BETWEEN_BOUNDS)
    both = BetweenBounds(
        diverging, cut, chosen.SPAN, chosen.BETWEEN_STEPS, (LEFT, -0.3, RIGHT), chosen.BETWEEN_WINDOW, PEN
    )
    (trail,) = [leaf for leaf in _leaves(both.both) if isinstance(leaf, MapTrail)]
    (cost,) = [leaf for leaf in _leaves(both.both) if hasattr(leaf, "value") and leaf.concept == "loss"]
    for both.clock.step in MOMENTS:
        assert both.cost.value() == pytest.approx(both.point.position[1], rel=1e-12)
        place, opacity = trail.ends()[0]
        assert opacity > 0
        assert cost.value() == pytest.approx(float(_loss(diverging, place)), rel=1e-12)
        assert sum(share for _, share in trail.ends()) == pytest.approx(1.0)


def test_the_numbers_of_both_orders_are_those_of_their_points() -> None:
    runs = [fit(learning_rate=chosen.LARGE_RATE, steps=9, one_after_other=order) for order in (False, True)]
    both = BothDescents(*runs, lecture.PANEL, chosen.ARRIVED_WINDOW, lecture.COLUMN, PEN)
    values = [leaf for leaf in _leaves(both.numbers) if hasattr(leaf, "value")]
    for both.clock.step in MOMENTS:
        for path, numbers in zip(both.paths.submobjects, (values[:3], values[3:6]), strict=True):
            ((place, opacity),) = path.ends()
            assert opacity == 1
            expected = [*place, float(_loss(runs[0], place))]
            assert [number.value() for number in numbers] == pytest.approx(expected, rel=1e-12)


def _loss(run: Trajectory, params: np.ndarray) -> np.ndarray:
    return mean_loss(run.model, run.loss_function, params, run.data)


def test_every_jump_across_the_valley_is_longer(film: Rehearsal) -> None:
    assert _caption(film, "each jump across the valley is longer than the one before")
    run = fit(learning_rate=chosen.BETWEEN_BOUNDS)
    jumps = np.diff(run.params[: chosen.BETWEEN_STEPS + 1], axis=0)
    _, axes = np.linalg.eigh(hessian(run.model, run.loss_function, run.params[0], run.data))
    assert np.all(np.diff(np.abs(jumps @ axes[:, -1])) > 0)
    assert np.all(np.diff(np.linalg.norm(jumps, axis=1)) > 0)


def test_the_other_order_is_ahead_where_it_is_said(film: Rehearsal) -> None:
    said = re.search(r"After (\d+) steps the other order is even a little ahead", _caption(film, "ahead"))
    assert said
    step = int(said[1])
    at_once, in_turn = (
        fit(learning_rate=chosen.LARGE_RATE, steps=chosen.ARRIVED, one_after_other=order) for order in (False, True)
    )
    # As the digits beside it have it; and both are nearly at 1.103.
    first, second = (float(fixed(float(each.loss[step]), 4)) for each in (at_once, in_turn))
    assert 1.103 < second < first < 1.12
    assert fixed(float(at_once.final_loss), 4) == fixed(float(in_turn.final_loss), 4) == "1.1030"
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        (end,) = (end for _, end, text in film.captions if "ahead" in text)
        (boxes,) = text_boxes(GradientDescent, None, [end - 0.2])
    assert {fixed(first, 4), fixed(second, 4), said[1]} <= {box.text for box in boxes}


def test_how_far_b_moves_is_what_the_numbers_beside_it_give(film: Rehearsal) -> None:
    late, at_once = re.findall(r"\d\.\d+", _caption(film, "instead of"))
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        (end,) = (end for _, end, text in film.captions if "instead of" in text)
        (boxes,) = text_boxes(GradientDescent, None, [end - 0.2])
    moved = [
        float(found[2]) - float(found[1])
        for box in boxes
        if (found := re.search(r"b\} := \\textcolor\{b\}\{([\d.]+)\}.*\\textcolor\{b\}\{([\d.]+)\}", box.text))
    ]
    assert sorted(fixed(value, len(late) - 2) for value in moved) == sorted((late, at_once))


def test_sentences_with_numbers_of_the_runs(film: Rehearsal, run: Trajectory, cut: Slice) -> None:
    start = f"{float(run.params[0, 0]):g}"
    assert f"W = {start}" in _caption(film, "curve falls")
    assert f"W = {start}" in _caption(film, "The same start")
    steps = cut.descend(0.2, chosen.RATE, chosen.TABLE_STEPS).values
    shrink = np.diff(steps)[1:] / np.diff(steps)[:-1]
    assert _caption(film, "times the one before").startswith(f"Each step is {shrink[0]:.1f} times")
    assert np.ptp(shrink) < 1e-6
    assert "1 − 15 α" in _caption(film, "multiplies")
    assert cut.curvature == pytest.approx(15)
    largest = np.linalg.eigvalsh(hessian(run.model, run.loss_function, run.params[0], run.data))[-1]
    assert f"{largest:.2f}" in _caption(film, "curves most")
    assert f"2 / {largest:.2f}" in _caption(film, "sets the bound")
