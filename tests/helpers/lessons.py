"""Lessons on the kinds of data that lecturers bring: films must stand up to all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fitting import Dataset, fit
from scenes.kit.subject.lesson import Lesson


def _own(x: np.ndarray, y: np.ndarray, x_name: str = "x", y_name: str = "y") -> Lesson:
    return Lesson(fit(data=Dataset(x, y, x_name=x_name, y_name=y_name)))


def _line(x: np.ndarray, slope: float, offset: float, noise: float) -> np.ndarray:
    return slope * x + offset + noise * np.random.default_rng(7).normal(size=len(x))


_FLOORS = np.linspace(20, 300, 40)
_MANY = np.random.default_rng(3).uniform(0, 10, 5000)
_TO_TEN = np.arange(1.0, 11.0)
_YEARS = np.arange(1990.0, 2021.0)

LESSONS: dict[str, Callable[[], Lesson]] = {
    "notes": Lesson,
    "three rows": lambda: _own(np.array([1.0, 2.0, 4.0]), np.array([3.0, 1.0, 2.0])),
    "large prices": lambda: _own(_FLOORS, _line(_FLOORS, 2500, 150_000, 40_000), "floor area in m²", "price_#1 $"),
    "5,000 rows": lambda: _own(_MANY, _line(_MANY, -0.7, 2, 1), "température à l'ombre", "a_very_long_column_name_{x}"),
    "years": lambda: _own(_YEARS, _line(_YEARS, 0.02, -30, 0.1), "year", "anomaly"),
    "tiny": lambda: _own(np.linspace(1e-6, 5e-6, 9), _line(np.linspace(1e-6, 5e-6, 9), -3, 0, 1e-7)),
    "long names": lambda: _own(
        4.2e7 + _line(_FLOORS, 400, 0, 30_000), _line(_FLOORS, -0.002, 6, 0.2), "temperature outside in °C", "y" * 40
    ),
    "small, at its own rate": lambda: Lesson(
        fit(
            data=Dataset([-0.2656, -0.165, -1.7962, -0.5283], [-0.00921, -0.00288, -0.04802, -0.0162]),
            learning_rate=0.0134,
        )
    ),
    "far beyond the bound": lambda: Lesson(
        fit(data=Dataset(100 * _FLOORS, _line(_FLOORS, 2500, 150_000, 40_000)), learning_rate=0.1)
    ),
    "near the edge": lambda: Lesson(fit(data=Dataset(_TO_TEN, 2 * _TO_TEN + 3), learning_rate=0.01)),
    "exact": lambda: _own(np.arange(6.0), 2 * np.arange(6.0) - 3),
    "diverging": lambda: Lesson(fit(learning_rate=0.125)),
    "growing": lambda: Lesson(fit(learning_rate=0.125, steps=60)),
    "four steps": lambda: Lesson(fit(learning_rate=0.01, steps=4)),
}
