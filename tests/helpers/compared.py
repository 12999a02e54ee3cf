"""What is on a scene, what its panels read, and how what they show is compared with that: tools of the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from manim import Mobject

from fitting import Trajectory, gradient, mean_loss
from scenes.kit.drawing.painting import Painting
from scenes.kit.panels.landscape.projection import Box
from scenes.kit.subject.replay import Replay
from scenes.kit.words.numbers import MINUS, THIN_SPACE

_Source = TypeVar("_Source")

ROUNDING = 1e-9
"""Of sums taken in another order, relative to their size."""


class Shown:
    """What is on a scene.

    Attributes:
        run: The run that the lecture is about.
    """

    def __init__(self, mobjects: Iterable[Mobject], run: Trajectory) -> None:
        self.run = run
        self._kinds: dict[type, list[Any]] = {}
        self.paintings = [member for mobject in mobjects for member in mobject.get_family()]

    def of(self, kind: type[_Source]) -> Iterator[_Source]:
        """What is of a type and not hidden."""
        if kind not in self._kinds:
            self._kinds[kind] = [one for one in self.paintings if isinstance(one, kind)]
        return (one for one in self._kinds[kind] if getattr(one, "opacity", 1.0) > 0)


def source(panel: Painting, kind: type[_Source]) -> _Source | None:
    """What a panel reads, of a type."""
    return next((one for one in panel.sources if isinstance(one, kind)), None)


def replay_of(panel: Painting) -> Replay:
    """The replay that a panel follows."""
    found = source(panel, Replay)
    assert found is not None, f"{type(panel).__name__} is not redrawn when its replay moves"
    return found


def now(replay: Replay) -> tuple[np.ndarray, float, int]:
    """Parameters, loss and last record of a run where the replay's point is, from the records alone."""
    run, step = replay.trajectory, min(max(replay.step, 0.0), float(replay.trajectory.steps[-1]))
    found = _at(run, replay.moment.step)
    # The point glides, or it stands at the nearest record.
    nearest = np.abs(run.steps - step).min()
    assert replay.moment.step == step or abs(replay.moment.step - step) == nearest
    return found


@lru_cache(maxsize=256)
def _at(run: Trajectory, step: float) -> tuple[np.ndarray, float, int]:
    record = int((run.steps <= step).sum()) - 1
    rows = slice(record, record + 2)
    params = np.array([np.interp(step, run.steps[rows], column[rows]) for column in run.params.T])
    return params, loss_at(run, params), record


def loss_at(run: Trajectory, params: np.ndarray) -> float:
    """The mean loss of a run's model at any parameters."""
    return float(mean_loss(run.model, run.loss_function, params, run.data))


def recorded_gradient(run: Trajectory, record: int) -> np.ndarray:
    """The gradient of a record, which is that of its parameters but for rounding: on flat ground that is all of it."""
    recorded, again = run.gradient[record], gradient(run.model, run.loss_function, run.params[record], run.data)
    same(recorded, again, absolute=1e-12 * float(np.linalg.norm(run.gradient[0])))
    return np.asarray(recorded)


def same(found: npt.ArrayLike, expected: npt.ArrayLike, relative: float = ROUNDING, absolute: float = 1e-9) -> None:
    """Equal but for rounding. `numpy.testing` says the same and takes ten times as long: frames are many."""
    found, expected = np.asarray(found, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    assert found.shape == expected.shape
    close = np.abs(found - expected) <= absolute + relative * np.abs(expected)
    assert close.all(), f"{found.tolist()} is not {expected.tolist()}"


def on_surface(box: Box, position: np.ndarray, params: np.ndarray, loss: float) -> None:
    """The point stands over its parameters, at the height of its loss: on the surface."""
    spans = np.array([box.window.first, box.window.second])
    across = (np.asarray(position[:2]) / box.sides[:2] + 0.5) * (spans[:, 1] - spans[:, 0]) + spans[:, 0]
    same(across, params, absolute=1e-9 * np.abs(spans).max())
    same(position[2] / box.sides[2] * box.window.ceiling, loss)


def downhill(box: Box, start: np.ndarray, tip: np.ndarray, slope: np.ndarray) -> None:
    """The arrow's shadow is along minus the gradient, and its tip is lower than its start."""
    spans = np.array([box.window.first, box.window.second])
    shadow = (tip - start)[:2] / box.sides[:2] * (spans[:, 1] - spans[:, 0])
    cosine = shadow @ -slope / (np.linalg.norm(shadow) * np.linalg.norm(slope))
    same(cosine, 1.0)
    assert tip[2] < start[2]


def says(text: str, value: float) -> None:
    """A number on the screen is a value, rounded to the digits that are shown."""
    plain = text.strip("()").replace(MINUS, "-").replace(THIN_SPACE, "")
    if plain in ("∞", "-∞", "?"):
        assert not np.isfinite(value)
        return
    mantissa, _, power = plain.partition("·10^")
    unit = 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))
    same(float(mantissa) * 10.0 ** int(power or 0), value, absolute=0.501 * unit)
