"""What a fit's captions say of how well its best line fits, as far as any line can."""

from __future__ import annotations

import math

import numpy as np

from fitting import explained
from fitting.arrays import Array
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.message import Exact, Fixed, Message, message

HARDLY, NEARLY = 0.05, 0.95
"""Share of the spread up to which a line explains hardly any of it, and from which on nearly all."""

ALONE = 0.5
"""Share of the least cost from which on one row is spoken of."""

_DECIMALS = 4
"""Most decimals of a share in percent."""


def quality(lesson: Lesson, optimum: Array) -> Message:
    """How much of the targets' spread the best line explains, in words that are true of these data.

    Args:
        lesson: Gives the data.
        optimum: The best line's parameters, (2,).
    """
    run, data = lesson.trajectory, lesson.data
    share = explained(run, optimum)
    if share is None:
        return message("All values of {y} are equal: there is no spread to explain.").with_values(lesson.words)
    if lesson.places == 2:
        return message("Through two points there is always a line: so good a fit proves nothing.")
    if share == 1:
        return message("The best line runs through every point: it explains all of the spread.")
    if share == 0:
        return message("The best line is level: it explains nothing of the spread of {y}.").with_values(lesson.words)
    said = {**lesson.words, "share": percent(share)}
    squares = (run.model.predict(optimum, data.x) - data.y) ** 2
    most = float(squares.max() / squares.sum())
    if most > ALONE and share <= NEARLY and len(data) > 3:
        return message(
            "The best line explains {share} % of the spread. One {item} makes {most} % of its $J$.", most=percent(most)
        ).with_values(said)
    if share <= HARDLY:
        return message(
            "The best line explains hardly anything of the spread of {y}: {share} %.", share=Exact(100 * share, 2)
        ).with_values(lesson.words)
    if share >= NEARLY and share > 1 - 10.0**-_DECIMALS / 100:
        return message("The best line explains nearly all of the spread of {y}.").with_values(lesson.words)
    if share >= NEARLY:
        return message("The best line explains nearly all of the spread of {y}: {share} %.").with_values(said)
    return message("The best line explains {share} % of the spread of {y}.").with_values(said)


def percent(share: float) -> Fixed:
    """A share between 0 and 1 in percent, with two digits of it or of what it leaves, whichever is less."""
    less = 100 * min(share, 1 - share)
    return Fixed(100 * share, int(np.clip(1 - math.floor(math.log10(less)), 0, _DECIMALS)) if less > 0 else 0)
