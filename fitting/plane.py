"""Two directions among a model's parameters: what a landscape is over, and how a path is drawn on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fitting.arrays import Array
from fitting.errors import InputError, suggestion


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through any point of parameter space.

    Attributes:
        names: What its two coordinates are called.
        directions: Orthonormal, (2, p): the coordinates of params are `directions @ params`.
    """

    names: tuple[str, str]
    directions: Array

    @classmethod
    def of(cls, parameters: Sequence[str], names: tuple[str, str]) -> Plane:
        """The plane of two parameters.

        Args:
            parameters: Names of all of them, p.
            names: Two of these.

        Raises:
            InputError: One of them is unknown, or both are the same.
        """
        for name in names:
            if name not in parameters:
                raise InputError(f"no parameter {name!r} to show; {suggestion(name, parameters)}")
        if names[0] == names[1]:
            raise InputError(f"a landscape is over two parameters; got {names[0]!r} twice")
        directions = np.zeros((2, len(parameters)))
        directions[[0, 1], [list(parameters).index(name) for name in names]] = 1.0
        return cls(names, directions)

    @classmethod
    def shown(cls, parameters: Sequence[str]) -> Plane:
        """The plane that films and page show of a model unless they say so: its last two parameters.

        They are all of most models, and the outer ones of a network, which its loss bends the least over.
        """
        return cls.of(parameters, (parameters[-2], parameters[-1]))

    @classmethod
    def of_path(cls, path: Array) -> Plane:
        """The plane that holds most of a path (s, p): its two principal directions.

        Each points from the path's start to its end. Of a path along one line the second direction is any across it.
        """
        _, _, directions = np.linalg.svd(path - path.mean(axis=0), full_matrices=True)
        ways = directions[:2] @ (path[-1] - path[0])
        return cls(("p1", "p2"), directions[:2] * np.where(ways < 0, -1.0, 1.0)[:, None])

    def on(self, params: Array) -> Array:
        """Coordinates (..., 2) of params (..., p), or of a gradient: where they are drawn."""
        return np.asarray(params @ self.directions.T)

    def through(self, at: Array, grid: Array) -> Array:
        """Params (..., p) at coordinates (..., 2) on the plane through `at` (p,)."""
        # In this order a parameter of the grid is the grid's number, to the last bit.
        return np.asarray((at - self.on(at) @ self.directions) + grid @ self.directions)

    def share(self, path: Array) -> float:
        """How much of a path's (s, p) way about its mean lies in the plane: 1 if it does not leave it.

        It is the share of the sum of squared distances from the mean.
        """
        moved = path - path.mean(axis=0)
        whole = float((moved**2).sum())
        return float((self.on(moved) ** 2).sum()) / whole if whole else 1.0
