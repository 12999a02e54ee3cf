"""Runs of all kinds to be played, and steps of them to look at."""

from __future__ import annotations

import numpy as np

from scenes.kit.subject.replay import Replay

RUNS = {
    "notes": {},
    "growing": {"learning_rate": 0.125, "steps": 60},
    "diverging": {"learning_rate": 0.125},
    "from wall to wall": {"learning_rate": 0.1, "steps": 300},
    "a little beyond the floor": {"learning_rate": 1.1 / 16.7, "steps": 300},
    "for ever from side to side": {"learning_rate": 2 / 16.7008, "steps": 40},
    "one step": {"steps": 1},
    "stochastic": {"learning_rate": 0.05, "batch_size": 1, "steps": 50, "seed": 2},
    "sigmoid": {"model": "sigmoid", "loss": "mse", "learning_rate": 0.01, "start": {"W": 3.0, "b": 5.0}, "steps": 200},
}


def moments(replay: Replay) -> np.ndarray:
    """Steps at which to look: ends and middles of the first steps, and of a film's descent."""
    replay_steps = np.expm1(np.linspace(0, np.log1p(replay.last_step), 150))
    early = np.arange(0, min(12, replay.last_step), 0.125)
    return np.unique(np.concatenate([early, replay_steps]).clip(0, replay.last_step))
