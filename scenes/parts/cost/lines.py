"""Lines whose cost is looked at, chosen by the data: a round first one, two of residual sum 0, and the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from fitting import SquaredError, Trajectory, least_squares
from fitting.arrays import Array, read_only
from fitting.explained import rounding
from fitting.slices import Slice
from scenes.kit.panels.chart import Chart
from scenes.kit.subject.window import Window
from scenes.kit.words.numbers import widen

W, B = 0, 1
"""Indices of the slope and of the intercept."""

_AIR = 0.3
"""Room around the landscape's lowest point, in lengths of a range."""

_CEILING = 3.0
"""Of the landscape, in highest costs on its cuts: lower, a valley across both parameters would be a narrow trough."""

_ABOVE = (0.25, 0.5, 0.75, 1.0)
"""How far above the middle the first line may run, in standard deviations of y: no farther than the table needs."""

_VISIBLE = 0.08
"""Share of the targets' range from which on a residual can be seen, and its square."""

FEW_ROWS = 4
"""Up to so many rows stand in a table; of more, one less, and dots."""

_WEAK = 0.3
"""Below this share of y's standard deviation the best line hardly rises, and the first one rises more."""


@dataclass(frozen=True, eq=False)
class CostLines:
    """Lines over one data set, as parameters (W, b), each of shape (2,).

    Attributes:
        trajectory: The run's model and data, with the squared error whatever the run minimised.
        first: A line of round numbers that is not the best: residuals of both signs where the data allow it.
        flat: The level line through the mean of y: its residuals sum to 0.
        tilted: A line through both means that runs the other way than `first`: its residuals sum to 0 as well.
        best: The least squares line.
        row: Index of the residual that is doubled.
    """

    trajectory: Trajectory
    first: Array
    flat: Array
    tilted: Array
    best: Array
    row: int

    @classmethod
    def of(cls, run: Trajectory) -> CostLines:
        """The lines for a run's data, in its units."""
        # Squares are the lecture's matter, also where `--loss` asked the run for another mean.
        run = replace(run, loss_function=SquaredError())
        x, y, best = run.data.x, run.data.y, least_squares(run.model, run.data)
        spread = float(y.std()) or 1.0
        slope = 0.7 * float(best[W])
        if abs(best[W]) * x.std() < _WEAK * spread:
            slope = 0.5 * spread / float(x.std()) * (-1.0 if slope < 0 else 1.0)
        slope = _rounded(slope, 10.0 ** np.floor(np.log10(abs(slope))))
        seen = _VISIBLE * (float(np.ptp(y)) or spread)
        for share in _ABOVE:
            # Above the middle: the sum of the residuals is then not 0.
            above = y.mean() - slope * x.mean() + share * spread
            first = np.array([slope, _rounded(float(above), 10.0 ** np.floor(np.log10(0.5 * spread)))])
            sizes = np.abs(first[W] * x + first[B] - y)[: table_rows(len(x))]
            if sizes.max() >= seen:
                break
        flat = np.array([0.0, y.mean()])
        tilted = np.array([-slope, y.mean() + slope * x.mean()])
        # Neither too short to be seen nor so long that twice its length leaves the plane.
        wanted = max(float(np.sqrt(np.mean(sizes**2))), 1.5 * seen)
        with np.errstate(divide="ignore"):
            row = int(np.argmin(np.round(np.abs(np.log(sizes / wanted)), 9)))
        return cls(run, read_only(first), read_only(flat), read_only(tilted), read_only(best), row)

    def residuals(self, params: Array) -> Array:
        """Predictions minus targets, (n,); what rounding leaves of 0 is 0."""
        data = self.trajectory.data
        residuals = self.trajectory.model.predict(params, data.x) - data.y
        return np.where(np.abs(residuals) <= self._nothing, 0.0, residuals)

    def residual_sum(self, params: Array) -> float:
        """The residuals added up; what rounding leaves of 0 is 0."""
        residuals = self.residuals(params)
        total = float(residuals.sum())
        return 0.0 if abs(total) < 1e-12 * len(residuals) * float(np.abs(residuals).max(initial=1.0)) else total

    @property
    def least(self) -> float:
        """The cost of the best line; 0 where only rounding is left of it."""
        return self.cost(self.best)

    def cost(self, params: Array) -> float:
        """The mean square of a line's residuals; 0 where only rounding is left of it."""
        return float(np.mean(self.residuals(params) ** 2))

    @cached_property
    def _nothing(self) -> float:
        """What rounding leaves of a residual that is 0."""
        return rounding(self.trajectory, self.trajectory.model.predict(self.best, self.trajectory.data.x))

    @property
    def doubled(self) -> Array:
        """The first line shifted until the residual of `row` is twice what it was."""
        return self.first + np.array([0.0, self.residuals(self.first)[self.row]])

    def lowest_along(self, parameter: int) -> Array:
        """The line of least cost that is reached from the first one by changing one parameter alone."""
        data = self.trajectory.data
        slopes = self.trajectory.model.jacobian(self.first, data.x)[..., parameter]
        found = self.first.copy()
        found[parameter] -= float(slopes @ self.residuals(self.first) / (slopes @ slopes))
        return found

    def span(self, parameter: int) -> tuple[float, float]:
        """A range of one parameter, the other as in the first line, with the lowest cost in its middle.

        At its ends the cost is higher by the variance of y: as wrong as the flat line is, beyond what cannot be helped.
        """
        data = self.trajectory.data
        slopes = self.trajectory.model.jacobian(self.first, data.x)[..., parameter]
        middle = float(self.lowest_along(parameter)[parameter])
        reach = (float(data.y.std()) or 1.0) / float(np.sqrt(np.mean(slopes**2)))
        reach = max(reach, 1.25 * abs(float(self.first[parameter]) - middle))
        return middle - reach, middle + reach

    def window(self) -> Window:
        """A part of the landscape that holds both ranges and the best line."""
        ranges = []
        for k in (W, B):
            (low, high), best = self.span(k), float(self.best[k])
            air = _AIR * (high - low)
            ranges.append((min(low, best - air), max(high, best + air)))
        first, second = (widen(*span, 0.12) for span in ranges)
        ends = np.concatenate([self.cut(k).at(self.span(k)) for k in (W, B)])
        corners = np.stack(np.meshgrid(first, second), axis=-1)
        highest, edge = (float(self.trajectory.loss_at(params).max()) for params in (ends, corners))
        return Window(first, second, min(_CEILING * highest, edge))

    def seen_from(self, views: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Azimuths and elevations: as given if x is above 0 on average, else mirrored, as the valley is then."""
        side = -1.0 if self.trajectory.data.x.mean() < 0 else 1.0
        return [(side * azimuth, elevation) for azimuth, elevation in views]

    def cut(self, parameter: int) -> Slice:
        """The cost over one parameter, the other as in the first line."""
        return Slice(self.trajectory, self.first, parameter)

    def chart(self, rect: tuple[float, float, float, float]) -> Chart:
        """A plane with room for the data, and for the lines where the data are.

        The data keep half of the height: of lines that are farther away than half of their range, the rest is left out.
        Equal targets have no range: there all of the lines are held.
        """
        x, y = self.trajectory.data.x, self.trajectory.data.y
        ends = np.array([x.min(), x.max()])
        lines = np.stack([self.first, self.doubled, self.tilted, self.best])
        room = 0.5 * float(np.ptp(y)) or np.inf
        shown = np.clip(self.trajectory.model.predict(lines, ends), y.min() - room, y.max() + room)
        values = np.concatenate([y, shown.ravel()])
        return Chart(
            rect, widen(float(ends[0]), float(ends[1]), 0.2), widen(float(values.min()), float(values.max()), 0.08)
        )


def table_rows(count: int) -> int:
    """How many of so many rows a table shows."""
    return count if count <= FEW_ROWS else FEW_ROWS - 1


def _rounded(value: float, unit: float) -> float:
    # Division by a power of ten leaves the decimal that is meant, and 0.0 is added because of -0.0.
    return round(value / unit) * unit + 0.0 if unit >= 1 else round(value / unit) / round(1 / unit) + 0.0
