"""The numbers of a descent with many parameters: one row, set smaller than `Readout`, with names as in formulas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fitting.arrays import Array
from scenes.kit.formula import Pen
from scenes.kit.graph_layout import symbol
from scenes.kit.lecture import LEFT, READOUT, RIGHT
from scenes.kit.live import LiveNumber
from scenes.kit.painting import Group
from scenes.kit.readout import rate_format
from scenes.kit.replay import Replay
from scenes.kit.stamp import Numerals
from scenes.kit.style import Size
from scenes.kit.ticks import count, fixed

LABEL_GAP = 0.14
"""Between an equals sign and the number of a `LiveNumber`."""


def small_readout(replay: Replay, pen: Pen, decimals: int = 3) -> Group:
    """Parameters, loss, learning rate and step of the last record reached, spread over the frame's width.

    Args:
        replay: What it follows.
        pen: Writes it.
        decimals: Of parameters and loss.
    """
    trajectory, size = replay.trajectory, Size.BODY

    def plain(value: float) -> str:
        return fixed(value, decimals)

    fields: list[tuple[str, str, Array, Callable[[float], str]]] = [
        (symbol(name), name, trajectory.params[:, k], plain) for k, name in enumerate(trajectory.model.parameters)
    ]
    fields.append(("J", "loss", trajectory.loss, plain))
    fields.append((r"\alpha", "rate", trajectory.learning_rate, rate_format(trajectory.learning_rate)))
    steps = trajectory.steps.astype(np.float64)
    fields.append((r"\text{step}", "muted", steps, lambda value: count(round(value))))

    numerals = Numerals(pen.engine, size, pen.palette.text)
    widths = []
    for latex, _, values, write in fields:
        widest = max(numerals.width(write(value)) for value in (float(values.min()), float(values.max())))
        widths.append(float(pen.math(f"{latex} =", size).width) + LABEL_GAP + widest)
    gap = (RIGHT - LEFT - sum(widths)) / (len(fields) - 1)
    places = [LEFT + sum(widths[:k]) + k * gap for k in range(len(fields))]

    def live(values: Array) -> Callable[[], float]:
        return lambda: float(values[replay.moment.record])

    return Group(
        *(
            LiveNumber(latex, concept, live(values), write, (x, READOUT), pen, replay, size=size)
            for x, (latex, concept, values, write) in zip(places, fields, strict=True)
        )
    )
