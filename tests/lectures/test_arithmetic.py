"""Arithmetic adds up as it is shown, or says that it is rounded: computed again from what is written."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from painted import painted_texts
from sums import equations, wrong_sums

from fitting import Dataset, fit
from scenes.batch.asking.catalogue import Entry, catalogue
from scenes.cost import Cost
from scenes.kit.panels.step_arithmetic import StepArithmetic
from scenes.kit.story.lecture import Lecture
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.text.typeset import collected
from scenes.linear import LinearFit

_T = np.arange(1.0, 11.0)
_NOISE = np.random.default_rng(21).normal(size=(2, 10))

TABLES: dict[str, Callable[[], Dataset]] = {
    "constant": lambda: Dataset(_T[:5], np.full(5, 5.0)),
    "two rows": lambda: Dataset([1, 3], [2, -1]),
    "U": lambda: Dataset(np.linspace(-3, 3, 15), np.linspace(-3, 3, 15) ** 2),
    "outlier": lambda: Dataset(_T[:8], [1.0] * 7 + [50]),
    "offset 1e5": lambda: Dataset(1e5 + _NOISE[0], 3e5 + 2 * _NOISE[1]),
    "narrow": lambda: Dataset(100 + 0.001 * _NOISE[0], _NOISE[1]),
    "tiny": lambda: Dataset(1e-12 * _T, 1e-15 * (_T + 0.2 * _NOISE[1])),
    "huge": lambda: Dataset(1e9 * _NOISE[0], 1e12 * _NOISE[1]),
    "skewed": lambda: Dataset(np.exp(_T), np.exp(0.5 * _T)),
    "small slope": lambda: Dataset(_T, 5 + 3e-5 * _T),
}


def wrong(lecture: type[Lecture], lesson: Lesson | None) -> tuple[list[str], int]:
    """Equations of a film that are not so, and how many there are."""
    with collected() as known:
        rehearse(lecture, lesson)
    sources = {key[0] for key in known}
    return [line for source in sources for line in wrong_sums(source)], sum(map(equations, sources))


def test_sums_are_computed_as_they_are_written() -> None:
    assert not list(wrong_sums(r"$\frac{2}{4} \cdot (-3.000) = -1.500$"))
    assert not list(wrong_sums(r"$\hat{y} = 2.5 \cdot 4 + 1 = \textcolor{model}{11}$"))
    assert list(wrong_sums(r"$1040.0 \cdot 100.005 - 104000 = 5.150$"))
    assert not list(wrong_sums(r"$1040.0 \cdot 100.005 - 104000 \approx 5.150$"))
    assert list(wrong_sums(r"$1.459^2 = 2.130$"))
    assert list(wrong_sums(r"$2 + 2 \approx 5$"))
    assert not list(wrong_sums(r"$3.00 \cdot 10^{-5} \cdot 1 + 5.0001 = 5.0001$"))


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_the_notes_arithmetic_adds_up(entry: Entry) -> None:
    found, _ = wrong(entry.load(), None)
    assert not found


@pytest.mark.parametrize("lecture", [LinearFit, Cost], ids=lambda lecture: lecture.__name__)
@pytest.mark.parametrize("name", TABLES)
def test_arithmetic_of_strange_tables_adds_up(name: str, lecture: type[Lecture]) -> None:
    found, count = wrong(lecture, Lesson(fit(data=TABLES[name]())))
    assert not found
    assert count >= 2


@pytest.mark.parametrize("name", TABLES)
def test_steps_of_strange_tables_add_up(name: str) -> None:
    replay = Replay(fit(data=TABLES[name]()))
    arithmetic = StepArithmetic(replay, -6.5, 0.0, Pen())
    for step in range(min(4, replay.last_step)):
        replay.step = float(step)
        words = [box.text.replace(r"\displaystyle ", "").strip("$") for box in painted_texts(arithmetic)]
        for row in " ".join(words).split(":=")[1:]:
            # The next row's name stands at its end.
            source = row if row.rstrip()[-1].isdigit() else row.rstrip()[:-1]
            assert not list(wrong_sums(f"${source}$")), source
            assert equations(f"${source}$") == 1, source
