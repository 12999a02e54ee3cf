"""Runs of the sigmoid lecture, which more than one file looks at."""

from __future__ import annotations

import pytest

from fitting import Trajectory, fit
from scenes.parts.sigmoid.landscapes import FREE, STUCK, descent


@pytest.fixture(scope="session")
def notes_run() -> Trajectory:
    return fit("sigmoid")


@pytest.fixture(scope="session")
def stuck_run() -> Trajectory:
    return descent("mse", STUCK)


@pytest.fixture(scope="session")
def free_run() -> Trajectory:
    return descent("mse", FREE)
