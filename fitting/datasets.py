"""What is fitted: pairs of an input x and a target y. The notes' houses; a user's CSV is in csv_file.py."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array, read_only
from fitting.errors import InputError


@dataclass(frozen=True, eq=False)
class Dataset:
    """Inputs and targets, one of each for every item.

    Attributes:
        x: Inputs, shape (n,), read-only float64.
        y: Targets, shape (n,), read-only float64.
        x_name: What the inputs are, as a user would write it.
        y_name: What the targets are.
        x_unit: Unit of the inputs; "" if there is none.
        y_unit: Unit of the targets; "" if there is none.
        item: What one pair belongs to.
        items: What several pairs belong to.
        source: Where the data come from, such as a file's path; "" if unknown.

    Raises:
        InputError: x and y are not equally many numbers in one dimension, fewer than two, not finite, or all x
            are equal.
    """

    x: Array
    y: Array
    x_name: str
    y_name: str
    x_unit: str = ""
    y_unit: str = ""
    item: str = "row"
    items: str = "rows"
    source: str = ""

    def __post_init__(self) -> None:
        for name in ("x", "y"):
            try:
                values = read_only(getattr(self, name))
            except (TypeError, ValueError):
                raise InputError(f"{name} of the data must hold numbers alone") from None
            if values.ndim != 1:
                raise InputError(f"{name} of the data must have shape (n,); got {values.shape}")
            object.__setattr__(self, name, values)
        where = f"{self.source}: " if self.source else ""
        if len(self.x) != len(self.y):
            raise InputError(f"{where}x and y must be equally many; got {len(self.x)} and {len(self.y)}")
        if len(self.x) < 2:
            raise InputError(
                f"{where}{len(self.x)} {self.item if len(self.x) == 1 else self.items} of data; "
                "a fit needs at least 2: add more"
            )
        for name, label in (("x", self.x_name), ("y", self.y_name)):
            wrong = np.flatnonzero(~np.isfinite(getattr(self, name)))
            if len(wrong):
                value = getattr(self, name)[wrong[0]]
                raise InputError(f"{where}'{label}' must be finite; value {wrong[0] + 1} is {value}")
        if (self.x == self.x[0]).all():
            raise InputError(
                f"{where}all values of '{self.x_name}' are {self.x[0]:g}; "
                "a fit needs at least two different ones: choose another x column or add data"
            )

    def __len__(self) -> int:
        return len(self.x)


def house_prices() -> Dataset:
    """The four houses of the notes: price by number of floors.

    Returns:
        x: floors 1 to 4; y: prices 0.7, 1.5, 4.5, 9.5 in units of 100,000 EUR.

    Source:
        House prices notes.
    """
    return Dataset(
        x=np.array([1.0, 2.0, 3.0, 4.0]),
        y=np.array([0.7, 1.5, 4.5, 9.5]),
        x_name="floors",
        y_name="price",
        y_unit="100,000 EUR",
        item="house",
        items="houses",
        source="house prices notes",
    )
