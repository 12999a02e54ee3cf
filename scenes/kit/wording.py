"""What a fit's captions say, by the data they talk about and by the course of the run."""

from __future__ import annotations

import numpy as np

from fitting.arrays import Array
from scenes.kit.course import Course, Kind
from scenes.kit.lesson import Lesson
from scenes.kit.ticks import count, latex_number, number, significant

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def opening(lesson: Lesson) -> str:
    """The film's first sentence."""
    rows = len(lesson.data.x)
    word = _NUMBERS[rows].capitalize() if rows < len(_NUMBERS) else count(rows)
    if lesson.is_notes:
        return f"{word} houses: how many floors they have, and what they cost."
    return f"{word} {{items}}, and of each of them {{x}} and {{y}}."


def rulers(lesson: Lesson) -> str:
    """What standard units are; targets that are all equal have no deviation to be measured in."""
    if (lesson.data.y == lesson.data.y[0]).all():
        return "The points stay, the rulers change: 0 is the mean."
    return "The points stay, the rulers change: 0 is the mean, 1 a standard deviation."


def question(lesson: Lesson) -> str:
    """What the film is after."""
    ahead, _ = lesson.forecast
    if lesson.is_notes:
        return f"What would a house with {_NUMBERS[round(ahead)]} floors cost?"
    return f"Which {{y}} should we expect at {{x}} = ${latex_number(significant(ahead))}$?"


def answer(lesson: Lesson) -> str:
    """What the fitted model answers."""
    ahead, value = lesson.forecast
    if lesson.is_notes:
        return f"{_NUMBERS[round(ahead)].capitalize()} floors would cost {value / 10:.2f} million EUR."
    return f"At {{x}} = ${latex_number(significant(ahead))}$ the line says {{y}} = ${latex_number(number(value, 4))}$."


def turn(more: float) -> str:
    """What a larger W does."""
    if more == 1:
        return "One more in $W$ lifts the line by $x$: the farther right, the more."
    amount = latex_number(significant(more))
    return f"${amount}$ more in $W$ lifts the line by ${amount} \\cdot x$: the farther right, the more."


def shift(more: float) -> str:
    """What a larger b does."""
    if more == 1:
        return "One more in $b$ lifts it by 1, everywhere."
    amount = latex_number(significant(more))
    return f"${amount}$ more in $b$ lifts it by ${amount}$, everywhere."


def growth(more: float) -> str:
    """Both factors of the slope by b: of the second one, the picture shows a larger b."""
    amount = "1" if more == 1 else f"${latex_number(significant(more))}$"
    return f"The square gives $2 r_i$. And when $b$ grows by {amount}, so does $r_i$."


def pace(lesson: Lesson, course: Course) -> str:
    """What there is to say while the first steps repeat: where the rate comes from, if it was chosen here."""
    if lesson.trajectory.units.is_identity:
        return "And again: a new place, a new gradient."
    rate = latex_number(significant(float(lesson.trajectory.learning_rate[0])))
    return rf"The rate $\alpha = {rate}$ is a tenth of $1 / {_latex(course.steep)}$: one over the curvature."


def descent(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    """Three captions of a whole run: the fall, what follows, and why."""
    match course.kind:
        case Kind.VALLEY:
            return _into_a_valley(course)
        case Kind.BOWL:
            return _into_a_bowl(lesson, course)
        case Kind.SHORT:
            return _not_far(lesson, course)
        case Kind.DIVERGED:
            return _out_of_sight(lesson, course)


def _into_a_valley(course: Course) -> tuple[str, str, str]:
    steep, flat, fall = _latex(course.steep), _latex(course.flat), _some(course.fall)
    return (
        f"Faster now. It jumps from wall to wall, lower each time, for some {fall} steps."
        if course.overshoots
        else f"Faster now. In some {fall} steps it falls down the wall of the valley.",
        f"Then it crawls along the floor: curvature ${steep}$ across it, ${flat}$ along it.",
        r"One $\alpha$ serves both: small enough for the wall, it is too small for the floor.",
    )


def _into_a_bowl(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    steep, flat, steps = _latex(course.steep), _latex(course.flat), count(lesson.trajectory.total_steps)
    share = 100 * float(lesson.trajectory.learning_rate[0]) * course.steep
    first = "Faster now. The slope shrinks towards the bottom, and so does every step."
    if steep != flat:
        return (
            first,
            f"Curvature ${steep}$ one way, ${flat}$ the other: a bowl, nearly round.",
            f"The flatter the floor, the shorter the steps: after {steps} of them the run ends.",
        )
    return (
        first,
        f"Curvature ${steep}$ in every direction: the bowl is round, the path straight.",
        f"Each step takes {share:.0f} % of the way that is left. After {steps} there is none.",
    )


def _not_far(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    steps = lesson.trajectory.total_steps
    return (
        f"The whole run has {count(steps)} {'step' if steps == 1 else 'steps'}.",
        f"Curvature is ${_latex(course.steep)}$ across the valley and ${_latex(course.flat)}$ along it.",
        "Here it ends, and the bottom is still ahead: more steps would get there.",
    )


def _out_of_sight(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    product = float(lesson.trajectory.learning_rate[0]) * course.steep
    return (
        "Every step overshoots: it lands farther up, on the other wall.",
        # In two pieces of mathematics, so that it can be broken where the numbers are long.
        rf"Rate times curvature is $\alpha \cdot {_latex(course.steep)}$ $= {_latex(product)}$. "
        "Above 2, the error grows.",
        f"The run is stopped at step {count(lesson.trajectory.total_steps)}: its cost would grow without end.",
    )


def ending(lesson: Lesson, course: Course, optimum: Array) -> str:
    """How far the run got, beside the exact optimum."""
    if course.kind is Kind.DIVERGED:
        return "Least squares has an exact answer. This run has gone the other way."
    if course.kind is Kind.SHORT:
        return "Least squares has an exact answer. The run has stopped on its way there."
    if np.allclose(lesson.final_params, optimum, rtol=1e-6, atol=1e-6):
        return "Least squares has an exact answer, and the descent has reached it."
    return "Least squares has an exact answer, and the descent has nearly reached it."


def _some(steps: int) -> str:
    """A number of steps as one says it: to the nearest ten."""
    return _NUMBERS[steps] if steps < len(_NUMBERS) else count(round(steps, -1))


def _latex(value: float) -> str:
    return latex_number(number(value, 3))
