"""Standard units: columns moved to mean 0 and scaled to standard deviation 1.

In them the loss of a line is equally curved in both parameters, however the file's columns are scaled, so that one
learning rate serves both (LeCun et al., Efficient BackProp, 1998, section 4.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fitting.datasets import Dataset


@dataclass(frozen=True)
class Standardization:
    """The change of units x~ = (x - x_mean) / x_scale, and likewise for y.

    Attributes:
        x_mean: Mean of x in the file's units.
        x_scale: Standard deviation of x.
        y_mean: Mean of y.
        y_scale: Standard deviation of y; 1 if all y are equal.
    """

    x_mean: float = 0.0
    x_scale: float = 1.0
    y_mean: float = 0.0
    y_scale: float = 1.0

    @classmethod
    def identity(cls) -> Standardization:
        """The file's own units."""
        return cls()

    @classmethod
    def of(cls, data: Dataset, moves_x: bool = True, moves_y: bool = True) -> Standardization:
        """The change that gives the columns of `data` mean 0 and standard deviation 1.

        Args:
            data: The data.
            moves_x: Whether x may be moved; otherwise it is only scaled.
            moves_y: Whether y may be moved.
        """
        (x_mean, x_scale), (y_mean, y_scale) = (_mean_and_scale(column) for column in (data.x, data.y))
        return cls(x_mean if moves_x else 0.0, x_scale, y_mean if moves_y else 0.0, y_scale)

    @property
    def is_identity(self) -> bool:
        """Whether the units are the file's own."""
        return self == Standardization()

    def apply(self, data: Dataset) -> Dataset:
        """The data in standard units."""
        if self.is_identity:
            return data
        x, y = (data.x - self.x_mean) / self.x_scale, (data.y - self.y_mean) / self.y_scale
        return replace(data, x=x, y=y)

    def restore(self, data: Dataset) -> Dataset:
        """The data in the file's units, from those in standard units."""
        if self.is_identity:
            return data
        return replace(data, x=self.x_mean + data.x * self.x_scale, y=self.y_mean + data.y * self.y_scale)


def _mean_and_scale(column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    # Scaled by the largest value first, so that squares neither overflow nor vanish.
    size = float(np.abs(column).max()) or 1.0
    mean, scale = float((column / size).mean() * size), float((column / size).std() * size)
    # Equal values have no spread but rounding.
    return mean, scale if scale > 1e-14 * size else 1.0
