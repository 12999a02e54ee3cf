"""What the film on the cost says is so, whatever the data: sentences beside exact numbers, moves beside captions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from manim import tempconfig

from fitting import Dataset, fit
from scenes.cost import Cost
from scenes.kit.panels.data_dots import FEW
from scenes.kit.story import wording
from scenes.kit.story.rehearsal import rehearse, text_boxes
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.probe import Probe
from scenes.kit.text.formula import Pen
from scenes.kit.words.message import InWords, Message, Value
from scenes.kit.words.numbers import shown
from scenes.parts.cost.lines import B, CostLines, W
from scenes.parts.cost.residual_rows import ResidualRows
from scenes.parts.cost.wording import (
    first_words,
    flat_words,
    least_words,
    sign_words,
    sum_words,
    twice_with_numbers,
)

PEN = Pen()
ROUNDING = 1e-12
"""Of residuals in standard units."""

TABLES: dict[str, tuple[list[str], list[str]]] = {
    "decreasing": (["1", "2", "3", "4", "5"], ["9", "7.2", "5.1", "2.8", "1.1"]),
    "all equal": (["1", "2", "3"], ["5", "5", "5"]),
    "all equal, not a binary fraction": (["1", "2", "3", "4", "5", "6"], ["0.1"] * 6),
    "a level best line": (["-2", "-1", "0", "1", "2"], ["4", "1", "0", "1", "4"]),
    "two rows": (["1", "3"], ["2", "8"]),
    "three rows": (["1", "2", "3"], ["1", "2", "2"]),
    "repeated x": (["1", "1", "2", "2"], ["1", "2", "3", "5"]),
    "one x apart": (["0", "0", "0", "4"], ["1", "2", "3", "7"]),
    "a line": (["0.1", "0.2", "0.3", "0.4", "0.5"], ["0.3", "0.5", "0.7", "0.9", "1.1"]),
    "a falling line": (["1", "3", "7"], ["0.7", "0.1", "-1.1"]),
    "nearly a line": (["1", "2", "3", "4", "5"], ["1000001", "2000000", "3000000", "4000000", "5000001"]),
    "a line far off": ([f"{10**9 + k}" for k in range(6)], [f"{10**12 + 3 * k}" for k in range(6)]),
    "negative x": (["-8", "-5", "-4", "-1"], ["3", "1", "4", "2"]),
    "wide": (["1", "10", "100", "1000"], ["0.001", "5", "300", "1000000"]),
    "points below the line without an arrow": ([str(k) for k in range(100)], [str(k + 1) for k in range(100)]),
    "an outlier": (["1", "2", "3", "4", "5", "6", "7", "8"], ["1"] * 7 + ["50"]),
}


def _random(seed: int) -> tuple[list[str], list[str]]:
    random = np.random.default_rng(seed)
    rows = int(random.integers(2, 8))
    x = random.choice(np.arange(-20, 20), rows, replace=False)
    y = np.round(random.normal(scale=10.0 ** random.integers(-1, 4), size=rows), int(random.integers(0, 3)))
    return [str(value) for value in x], [f"{value:.2f}" for value in y]


CASES = TABLES | {f"random {seed}": _random(seed) for seed in range(40)}


def _lesson(table: tuple[list[str], list[str]]) -> Lesson:
    x, y = ([float(text) for text in column] for column in table)
    return Lesson(fit(data=Dataset(x, y)))


def _exact(table: tuple[list[str], list[str]]) -> tuple[Fraction, Fraction]:
    """Variance of y, and the least mean square of a line, of the numbers as they are written."""
    x, y = ([Fraction(text) for text in column] for column in table)
    rows = len(x)
    x_mean, y_mean = sum(x) / rows, sum(y) / rows
    across = sum(((value - x_mean) ** 2 for value in x), Fraction(0)) / rows
    up = sum(((value - y_mean) ** 2 for value in y), Fraction(0)) / rows
    both = sum(((a - x_mean) * (b - y_mean) for a, b in zip(x, y, strict=True)), Fraction(0)) / rows
    return up, up - both**2 / across


def _numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+\.?\d*", text.replace(r"\,", ""))]


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES)
def table(request: pytest.FixtureRequest) -> tuple[list[str], list[str]]:
    found: tuple[list[str], list[str]] = request.param
    return found


@pytest.fixture(scope="module")
def lines(table: tuple[list[str], list[str]]) -> CostLines:
    return CostLines.of(_lesson(table).trajectory)


def test_the_last_sentence_is_the_exact_least_cost(table: tuple[list[str], list[str]], lines: CostLines) -> None:
    spread, least = _exact(table)
    sentence = least_words(_lesson(table), lines).source()
    assert (sentence == "Its cost is 0: this line runs through every point.") == (least == 0)
    if least == 0:
        return
    # In standard units, where targets have the variance 1.
    share = float(least / spread)
    if "nearly" in sentence:
        assert share < 1e-5
        return
    said = re.search(r"is \$([\d.]+)\$, not 0: no line runs through all (.+) points", sentence)
    assert said
    assert abs(float(said[1]) - share) <= 0.5 * 10.0 ** -len(said[1].partition(".")[2]) * (1 + 1e-6)
    assert said[2] == InWords(len(table[0])).text()


def test_what_is_said_of_the_flat_line(table: tuple[list[str], list[str]], lines: CostLines) -> None:
    equal = len(set(table[1])) == 1
    assert ("cancel" in sum_words(lines).source()) == ("cancel" in flat_words(lines).source()) == (not equal)
    assert (
        ("every residual is 0" in sum_words(lines).source()) == ("squares are 0" in flat_words(lines).source()) == equal
    )
    assert ("standard deviation" in wording.rulers(_lesson(table)).source()) == (not equal)
    if not equal:
        assert _numbers(flat_words(lines).source()) == [1.0]
        signs = np.sign(lines.residuals(lines.flat))
        assert {-1.0, 1.0} <= set(signs.tolist())


def test_signs_that_are_spoken_of_are_there(lines: CostLines) -> None:
    data = lines.trajectory.data
    # Arrows stand at the first rows.
    residuals = (lines.first[W] * data.x + lines.first[B] - data.y)[:FEW]
    sentence = sign_words(lines).source()
    assert ("Plus" in sentence) == bool((residuals > ROUNDING).any())
    assert ("Minus" in sentence) == bool((residuals < -ROUNDING).any())


@pytest.mark.parametrize(("shift", "sign", "word"), [(5.0, "Plus", "above"), (-5.0, "Minus", "below")])
def test_one_sign_alone_is_spoken_of_alone(shift: float, sign: str, word: str) -> None:
    lines = CostLines.of(Lesson().trajectory)
    moved = CostLines(lines.trajectory, lines.first + np.array([0.0, shift]), lines.flat, lines.tilted, lines.best, 0)
    assert sign_words(moved).source() == f"{sign}: the line runs {word} the point, here at every arrow."


def test_the_first_line_is_introduced_with_its_numbers(lines: CostLines) -> None:
    assert _numbers(first_words(lines).source()) == pytest.approx(lines.first.tolist())


def test_twice_a_residual_as_it_is_written(lines: CostLines) -> None:
    rows = ResidualRows(lines, Probe(lines.first), 0.0, 0.0, PEN)
    source = twice_with_numbers(lines, rows.write, rows.write_square, PEN, 6.0).source
    plain = re.sub(r"\\textcolor\{residual\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", source).replace(r"\,", "")
    if "10^" in plain:
        return
    doubled, first, square, second, factor = re.split(r"(=|\\approx)", plain.strip("$ "))
    twice, total, once = _numbers(doubled)[0], float(square), _numbers(factor)[1]
    assert math.isclose(twice**2, total, rel_tol=1e-12) == (first == "=")
    assert (abs(4 * once - total) <= 1e-9) == (second == "=")


def test_a_table_whose_digits_do_not_fit_says_that_it_is_rounded(lines: CostLines) -> None:
    probe = Probe(lines.first)
    rows = ResidualRows(lines, probe, 0.0, 0.0, PEN)
    for params in (lines.first, lines.flat, lines.tilted, lines.best):
        probe.params, rows.write_square = params, rows.square_writer(params)
        for total, column in zip(rows.totals(), (3, 4), strict=True):
            terms = sum(shown(cells[column]) for cells in rows.cells())
            assert rows.rounded or not rows.whole or abs(terms - shown(total)) < 1e-9
        for _, prediction, target, residual, square in rows.cells():
            half = 0.5 * 10.0 ** -len(square.partition(".")[2])
            assert rows.rounded or abs(shown(prediction) - shown(target) - shown(residual)) < 1e-9
            assert rows.rounded or abs(shown(residual) ** 2 - shown(square)) <= half + 1e-9


def test_a_table_says_that_it_is_rounded() -> None:
    lesson = _lesson(TABLES["three rows"])
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        residuals, sums = (
            end - 0.2
            for text in ("Plus", "Flat")
            for start, end, caption in rehearse(Cost, lesson).captions
            if caption.startswith(text)
        )
        texts = [{box.text for box in boxes} for boxes in text_boxes(Cost, lesson, [residuals, sums])]
    assert "rounded" in texts[0]
    assert "sum, rounded" in texts[1]


def test_the_notes_table_adds_up_exactly() -> None:
    lines = CostLines.of(Lesson().trajectory)
    probe = Probe(lines.flat)
    rows = ResidualRows(lines, probe, 0.0, 0.0, PEN)
    rows.write_square = rows.square_writer(lines.flat)
    assert not rows.rounded
    assert [cells[4] for cells in rows.cells()] == ["11.2225", "6.5025", "0.2025", "29.7025"]
    assert rows.totals() == ("0.00", "47.6300")


Segment = tuple[str, np.ndarray, np.ndarray]


def _moves(lesson: Lesson | None) -> tuple[list[Segment], CostLines]:
    """Where the line went, and what the caption was: lines change along straight ways."""
    moves: list[Segment] = []
    found: list[CostLines] = []

    class Watched(Cost):
        def play(self, *animations: object, **kwargs: object) -> None:
            before = self.probe.params.copy() if hasattr(self, "probe") else None
            super().play(*animations, **kwargs)
            if before is not None and not np.array_equal(before, self.probe.params):
                moves.append((self._caption_text.replace("\n", " "), before, self.probe.params.copy()))
                found[:] = [self.lines]

    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearse(Watched, lesson)
    return moves, found[0]


def _way(moves: list[Segment]) -> np.ndarray:
    return np.concatenate([start + np.linspace(0, 1, 41)[:, None] * (end - start) for _, start, end in moves])


def _sums_stay(lines: CostLines, moves: list[Segment]) -> bool:
    return all(lines.residual_sum(params) == 0 for params in _way(moves))


def _falls_and_rises(lines: CostLines, moves: list[Segment]) -> bool:
    signs = np.sign(np.diff(lines.trajectory.loss_at(_way(moves))))
    return signs[0] < 0 < signs[-1] and np.count_nonzero(np.diff(signs)) == 1


def _back_then(parameter: int | None) -> Callable[[CostLines, list[Segment]], bool]:
    def holds(lines: CostLines, moves: list[Segment]) -> bool:
        rest = _way(moves[1:]) if moves[1:] else lines.first[None]
        still = [k for k in (W, B) if k != parameter]
        return np.array_equal(moves[0][2], lines.first) and bool((rest[:, still] == lines.first[still]).all())

    return holds


def _along(parameter: int) -> Callable[[CostLines, list[Segment]], bool]:
    return lambda lines, moves: bool((_way(moves)[:, 1 - parameter] == lines.first[1 - parameter]).all())


def _to(name: str) -> Callable[[CostLines, list[Segment]], bool]:
    return lambda lines, moves: np.array_equal(moves[-1][2], getattr(lines, name))


SAID: dict[str, Callable[[CostLines, list[Segment]], bool]] = {
    "Why not add them up? Try it with another line.": _to("flat"),
    "Tilt it about the mean of all x: residuals change, their sum stays 0.": _sums_stay,
    "Back to the first line. Now square each residual.": _back_then(None),
    "Shift the line until this residual is twice as long.": _to("doubled"),
    "Back to the first line. Add its squares, from the first to the last,": _back_then(None),
    "Back to the flat line, whose residuals add up to 0.": _to("flat"),
    "Back to the first line. Now only W changes: the line turns.": _back_then(W),
    "Sweep W from left to right: J falls, and rises again.": _falls_and_rises,
    "Over W alone, J is a parabola with one lowest point.": lambda lines, moves: np.array_equal(
        moves[-1][2], lines.lowest_along(W)
    ),
    "Back to the first line. Now only b changes: the line shifts.": _back_then(B),
    "Sweep b from left to right: again J falls, and rises.": _falls_and_rises,
    "Over b alone: another parabola, another lowest point.": lambda lines, moves: np.array_equal(
        moves[-1][2], lines.lowest_along(B)
    ),
    "Over both, J is a landscape. Every line is a point on it.": _to("first"),
    "Turn the line, and the point walks along W.": _along(W),
    "Shift it, and the point walks along b.": _along(B),
    "Now both at once, down to the lowest point of all.": lambda lines, moves: bool(
        (np.diff(lines.trajectory.loss_at(_way(moves))) <= 1e-12).all()
    ),
}
"""What holds while the line moves, by the caption under which it does."""


@pytest.mark.parametrize("name", ["notes", "decreasing", "all equal", "a level best line", "negative x"])
def test_the_line_does_what_the_caption_says(name: str) -> None:
    moves, lines = _moves(None if name == "notes" else _lesson(TABLES[name]))
    # Nothing moves without a caption, and every caption under which the line moves is one that is checked here.
    assert {caption for caption, _, _ in moves} == set(SAID)
    for caption, holds in SAID.items():
        assert holds(lines, [move for move in moves if move[0] == caption]), caption


def test_the_flat_line_is_flat_before_its_sentence_ends() -> None:
    said: list[tuple[str, list[float], float]] = []

    class Watched(Cost):
        def say(self, words: str | Message, **values: Value) -> None:
            if hasattr(self, "probe"):
                said.append(
                    (
                        words.source() if isinstance(words, Message) else words,
                        self.probe.params.tolist(),
                        self.lines.cost(self.probe.params),
                    )
                )
            super().say(words, **values)

    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearse(Watched)
    ((caption, params, cost),) = [entry for entry in said if entry[0].startswith("Its squares do not cancel")]
    assert params == [0.0, 4.05]
    assert _numbers(caption) == [pytest.approx(cost, abs=0.005)]
