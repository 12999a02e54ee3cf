"""What a fit's captions may say of how good it is, each sentence with a check that asks the data."""

from __future__ import annotations

import re

import numpy as np
from told_runs import Rules, Told, V, near, value

FIT_RULES = Rules()


def _squares(told: Told) -> np.ndarray:
    """Squared residuals of the best line, (n,), as fitted to the file's numbers less their means."""
    x, y = (column - column.mean() for column in (told.run.file_data.x, told.run.file_data.y))
    return np.asarray((y - x * float(x @ y) / float(x @ x)) ** 2)


def _explained(told: Told) -> float:
    """The square of the correlation of the file's columns."""
    y = told.run.file_data.y
    return 1 - float(_squares(told).mean()) / float(np.var(y))


@FIT_RULES.of(r"All values of y+ are equal: there is no spread to explain\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return len(set(told.run.file_data.y.tolist())) == 1


@FIT_RULES.of(r"Through two points there is always a line: so good a fit proves nothing\.")
def _(told: Told, found: re.Match[str]) -> bool:
    data = told.run.file_data
    return len(set(zip(data.x.tolist(), data.y.tolist(), strict=True))) == 2


@FIT_RULES.of(r"The best line runs through every point: it explains all of the spread\.")
def _(told: Told, found: re.Match[str]) -> bool:
    data = told.run.file_data
    # As exact as the file's numbers are.
    size = np.abs(data.y).max() + np.abs(data.x).max() * np.ptp(data.y) / np.ptp(data.x)
    return len(data) > 2 and bool((np.sqrt(_squares(told)) <= 1e-14 * size).all())


@FIT_RULES.of(r"The best line is level: it explains nothing of the spread of y+\.")
def _(told: Told, found: re.Match[str]) -> bool:
    x, y = told.run.file_data.x, told.run.file_data.y
    return abs(float((x - x.mean()) @ y)) <= 1e-12 * len(x) * float(np.std(x) * np.std(y)) and np.ptp(y) > 0


@FIT_RULES.of(rf"The best line explains hardly anything of the spread of y+: {V} ?%\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return near(found[1], 100 * _explained(told)) and 0 < _explained(told) <= 0.05


@FIT_RULES.of(rf"The best line explains nearly all of the spread of y+(?:: {V} ?%)?\.")
def _(told: Told, found: re.Match[str]) -> bool:
    left = 1 - _explained(told)
    return 0 < left <= 0.05 and (left < 1e-6 if found[1] is None else near(str(100 - value(found[1])), 100 * left))


@FIT_RULES.of(rf"The best line explains {V} ?% of the spread of y+\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return near(found[1], 100 * _explained(told)) and 0.05 < _explained(told) < 0.95


@FIT_RULES.of(rf"The best line explains {V} ?% of the spread\. One i+ makes {V} ?% of its J\.")
def _(told: Told, found: re.Match[str]) -> bool:
    squares = _squares(told)
    most = float(squares.max() / squares.sum())
    return near(found[1], 100 * _explained(told)) and near(found[2], 100 * most) and most > 0.5
