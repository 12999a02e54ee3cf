"""The numbers of a descent with many parameters: one row, set smaller than `Readout`, with names as in formulas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fitting.arrays import Array
from scenes.kit.drawing.frame import LEFT, READOUT, RIGHT
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.live import EQUALS_GAP, LiveNumber
from scenes.kit.panels.readout import rate_format
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Numerals
from scenes.kit.words.letters import symbol
from scenes.kit.words.numbers import count, fixed


def small_readout(replay: Replay, pen: Pen, decimals: int = 3, loss_decimals: int = 3) -> Group:
    """Parameters and loss of the point, learning rate if it changes, and steps taken, over the frame's width.

    Args:
        replay: What it follows.
        pen: Writes it.
        decimals: Of the parameters.
        loss_decimals: Of the loss.
    """
    trajectory, size = replay.trajectory, Size.BODY

    def plain(decimals: int) -> Callable[[float], str]:
        return lambda value: fixed(value, decimals)

    names = trajectory.model.parameters
    fields: list[tuple[str, str, Array, Callable[[float], str], Callable[[], float]]] = [
        (symbol(name), name, trajectory.params[:, k], plain(decimals), _parameter(replay, k))
        for k, name in enumerate(names)
    ]
    fields.append(("J", "loss", trajectory.loss, plain(loss_decimals), lambda: replay.moment.loss))
    rates = trajectory.learning_rate
    if np.ptp(rates) > 0:
        fields.append((r"\alpha", "rate", rates, rate_format(rates), lambda: float(rates[replay.moment.record])))
    steps = trajectory.steps.astype(np.float64)
    fields.append(
        (r"\text{step}", "muted", steps, lambda value: count(round(value)), lambda: steps[replay.moment.record])
    )

    numerals = Numerals(pen.engine, size, pen.palette.text)
    widths = []
    for latex, _, values, write, _ in fields:
        widest = max(numerals.width(write(value)) for value in (float(values.min()), float(values.max())))
        widths.append(float(pen.math(f"{latex} =", size).width) + EQUALS_GAP * size + widest)
    gap = (RIGHT - LEFT - sum(widths)) / (len(fields) - 1)
    places = [LEFT + sum(widths[:k]) + k * gap for k in range(len(fields))]

    return Group(
        *(
            LiveNumber(latex, concept, value, write, (x, READOUT), pen, replay, size=size)
            for x, (latex, concept, _, write, value) in zip(places, fields, strict=True)
        )
    )


def _parameter(replay: Replay, k: int) -> Callable[[], float]:
    return lambda: float(replay.params[k])
