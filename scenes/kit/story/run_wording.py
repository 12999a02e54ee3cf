"""What a fit's captions say of the run: how it goes, where the rate comes from, how far it got."""

from __future__ import annotations

import math

from fitting import StopReason
from fitting.course import Course, Kind
from scenes.kit.story.wording import fitting_one
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.message import Count, Exact, InWords, Message, Number, Shown, Value, message
from scenes.kit.words.numbers import number, shown

FIRST = 7
"""Steps that are shown one by one, each in 0.6 s at the end."""

FASTER = 18
"""Step up to which a caption of 4 s must reach for the steps to be faster."""

LONG = 49
"""Steps of a run from which a third of it, on a log scale, reaches so far."""

REACHED, NEARLY = 1e-6, 0.05
"""Share of the way from the start to the optimum that may be left when it has been reached, or nearly reached."""


def pace(lesson: Lesson, course: Course) -> Message:
    """What there is to say while the first steps repeat: where the rate comes from, if it was chosen here."""
    rate = float(lesson.trajectory.learning_rate[0])
    share = rate * course.steep
    if lesson.trajectory.units.is_identity or not 0.095 <= share <= 0.105:
        return message("And again: a new place, a new gradient.")
    return message(
        r"The rate $\alpha = {rate}$ is a tenth of $1 / {curvature}$: one over the curvature.",
        rate=Exact(rate),
        curvature=Number(course.steep),
    )


def descent(lesson: Lesson, course: Course) -> tuple[Message, Message, Message]:
    """Three captions of a whole run: how it goes on, the curvatures, and what comes of it."""
    match course.kind:
        case Kind.VALLEY if lesson.trajectory.total_steps >= FASTER:
            return _into_a_valley(lesson, course)
        case Kind.BOWL:
            return _into_a_bowl(lesson, course)
        case Kind.SHORT:
            return _steps(lesson), _curvatures(course), _still_ahead(lesson, course)
        case Kind.GROWS:
            return _upwards(lesson, course)
        case _:
            return _steps(lesson), _curvatures(course), _from_to(lesson)


def _into_a_valley(lesson: Lesson, course: Course) -> tuple[Message, Message, Message]:
    steep, flat = Number(course.steep), Number(course.flat)
    return (
        _down_the_wall(course),
        fitting_one(
            message(
                "Then the point crawls along the floor: curvature ${steep}$ across, ${flat}$ along.",
                steep=steep,
                flat=flat,
            ),
            message(
                "Then the point crawls along the floor: curvatures ${steep}$ and ${flat}$.", steep=steep, flat=flat
            ),
        ),
        _rates(lesson, course),
    )


def _down_the_wall(course: Course) -> Message:
    """How a valley's floor is reached: while the steps are counted, or when they have been."""
    steps, goes_on = InWords(course.fall), course.fall > FIRST
    if course.fall == 1:
        return message("Faster now. In one step the point came down the wall of the valley.")
    if course.overshoots and course.fall >= 20:
        return message(
            "Faster now: from wall to wall, lower each time, for some {steps} steps.", steps=_round(course.fall)
        )
    if course.overshoots and goes_on:
        return message("Faster now: from wall to wall, lower each time, for {steps} steps.", steps=steps)
    if course.overshoots:
        steps = InWords(course.fall, capital=True)
        return message("Faster now. {steps} steps led from wall to wall, lower each time.", steps=steps)
    if course.fall >= 20:
        return message(
            "Faster now. In some {steps} steps the point falls down the wall of the valley.",
            steps=_round(course.fall),
        )
    if goes_on:
        return message("Faster now. In {steps} steps the point falls down the wall of the valley.", steps=steps)
    return message("Faster now. In {steps} steps the point came down the wall of the valley.", steps=steps)


def _rates(lesson: Lesson, course: Course) -> Message:
    """What the rate does to the way across a valley and to that along it."""
    rates = lesson.trajectory.learning_rate
    first, last = float(rates[0]), float(rates[-1])
    if course.constant:
        return message(
            r"One $\alpha$ for both: a step takes ${across}$ % of the way across, ${along}$ % along the floor.",
            across=_percent(course.product),
            along=_percent(first * course.flat),
        )
    if last < first:
        return message(
            r"$\alpha$ goes down in stairs to ${last}$: long steps first, fine ones last.", last=Exact(last, 3)
        )
    return message(r"$\alpha$ goes up in stairs to ${last}$, as the slopes become smaller.", last=Exact(last, 3))


def _into_a_bowl(lesson: Lesson, course: Course) -> tuple[Message, Message, Message]:
    steps, rates = lesson.trajectory.total_steps, lesson.trajectory.learning_rate
    first = _steps(lesson)
    if steps > FIRST and course.product < 2 and rates[-1] <= rates[0]:
        if steps >= LONG:
            first = message("Faster now. The slope shrinks towards the bottom, and so does every step.")
        else:
            first = message("The slope shrinks towards the bottom, and so does every step.")
    return first, _curvatures(course), _what_is_left(lesson, course)


def _what_is_left(lesson: Lesson, course: Course) -> Message:
    """How much of the way to the bottom is left: of each step alike, where all directions are alike."""
    share, left = _percent(course.product), Number(course.left, 2)
    alike = number(course.steep, 3) == number(course.flat, 3) and course.constant
    if alike and course.left == 0:
        return _after(
            lesson,
            message("Each step takes ${share}$ % of the way left. One step leaves none of it."),
            message("Each step takes ${share}$ % of the way left. {steps} steps leave none of it."),
            share=share,
        )
    if alike:
        return _after(
            lesson,
            message("Each step takes ${share}$ % of the way left. One step leaves ${left}$ of it."),
            message("Each step takes ${share}$ % of the way left. {steps} steps leave ${left}$ of it."),
            share=share,
            left=left,
        )
    if course.left == 0:
        return _after(
            lesson,
            message("One step leaves none of the way to the bottom."),
            message("{steps} steps leave none of the way to the bottom."),
        )
    return _after(
        lesson,
        message("One step leaves ${left}$ of the way to the bottom."),
        message("{steps} steps leave ${left}$ of the way to the bottom."),
        left=left,
    )


def _curvatures(course: Course) -> Message:
    steep, flat = Number(course.steep), Number(course.flat)
    if steep.text() == flat.text():
        return message("Curvature ${steep}$ in every direction: the bowl is round.", steep=steep)
    if course.steep <= 1.5 * course.flat:
        return message("Curvature ${steep}$ one way, ${flat}$ the other: a bowl, nearly round.", steep=steep, flat=flat)
    if course.steep <= 4 * course.flat:
        return message("Curvature ${steep}$ one way, ${flat}$ the other: an oval bowl.", steep=steep, flat=flat)
    return message("Curvature ${steep}$ across the valley, ${flat}$ along its floor.", steep=steep, flat=flat)


def _still_ahead(lesson: Lesson, course: Course) -> Message:
    if lesson.trajectory.stop_reason is StopReason.PARAMETERS_FIXED:
        return _after(
            lesson,
            message("After one step the bottom is ahead, but no number changes any more."),
            message("After {steps} steps the bottom is ahead, but no number changes any more."),
        )
    if math.isinf(course.ahead):
        return _after(
            lesson,
            message("After one step the bottom is ahead, out of reach at this rate."),
            message("After {steps} steps the bottom is ahead, out of reach at this rate."),
        )
    if course.ahead > 1e7:
        return _after(
            lesson,
            message("After one step the bottom is far ahead: more than ten million steps."),
            message("After {steps} steps the bottom is far ahead: more than ten million steps."),
        )
    if course.ahead == 1:
        return _after(
            lesson,
            message("After one step the bottom is ahead: one more step, at this rate."),
            message("After {steps} steps the bottom is ahead: one more step, at this rate."),
        )
    return _after(
        lesson,
        message("After one step the bottom is ahead: at most {more} more, at this rate."),
        message("After {steps} steps the bottom is ahead: at most {more} more, at this rate."),
        more=Count(round(course.ahead)),
    )


def _upwards(lesson: Lesson, course: Course) -> tuple[Message, Message, Message]:
    run = lesson.trajectory
    if course.product <= 2:
        return _steps(lesson), _curvatures(course), _from_to(lesson)
    if bool((run.loss[1:] > run.loss[:-1]).all()):
        first = message("Every step overshoots: the point lands farther up, on the other side.")
    elif course.lowest == 0 or course.began:
        # What a loss falls where it is least is rounding.
        first = _steps(lesson)
    else:
        first = message(
            "$J$ falls until step {lowest}. Later each step lands farther up, on the other side.",
            lowest=Count(course.lowest),
        )
    second = _beyond_two(course)
    if run.stop_reason is StopReason.DIVERGED:
        return (
            first,
            second,
            message(
                "The run is stopped at step {steps}: $J$ has grown to ${loss}$.",
                steps=Count(run.total_steps),
                loss=Number(run.final_loss),
            ),
        )
    return first, second, _from_to(lesson)


def _beyond_two(course: Course) -> Message:
    """Rate times curvature, with digits enough to be seen above 2."""
    digits = next((digits for digits in range(3, 12) if shown(number(course.product, digits)) > 2), None)
    product: Value = Shown("2") if digits is None else Number(course.product, digits)
    # A power of ten has two digits less: they would not give the product.
    curvature = Number(course.steep, 5 if "^" in number(course.steep, 3) else 3)
    # In two pieces of mathematics, so that it can be broken where the numbers are long.
    if course.constant:
        return message(
            r"Rate times curvature is $\alpha \cdot {curvature}$ $\approx {product}$. Above 2, the error grows.",
            curvature=curvature,
            product=product,
        )
    return message(
        r"Rate times curvature: $\alpha \cdot {curvature}$, up to ${product}$. Above 2, the error grows.",
        curvature=curvature,
        product=product,
    )


def _steps(lesson: Lesson) -> Message:
    steps = lesson.trajectory.total_steps
    if steps == 1:
        return message("The whole run has one step: this was all.")
    if steps <= FIRST:
        return message("The whole run has {steps} steps: these were all.", steps=InWords(steps))
    if steps >= LONG:
        return message("Faster now. The whole run has {steps} steps.", steps=Count(steps))
    return message("The whole run has {steps} steps.", steps=Count(steps))


def _from_to(lesson: Lesson) -> Message:
    start, end = float(lesson.trajectory.loss[0]), lesson.trajectory.final_loss
    # As many digits as tell them apart.
    digits = next((d for d in range(4, 13) if number(start, d) != number(end, d)), None)
    if digits is None:
        return _after(
            lesson,
            message("$J$ was ${start}$ at the start. After one step it is the same."),
            message("$J$ was ${start}$ at the start. After {steps} steps it is the same."),
            start=Number(start, 4),
        )
    return _after(
        lesson,
        message("$J$ was ${start}$ at the start. After one step it is ${end}$."),
        message("$J$ was ${start}$ at the start. After {steps} steps it is ${end}$."),
        start=Number(start, digits),
        end=Number(end, digits),
    )


def ending(lesson: Lesson, course: Course) -> Message:
    """How far the run got, beside the exact optimum."""
    if course.kind is Kind.GROWS and course.began:
        return message("Least squares has an exact answer. The run began there, and left it.")
    if course.kind is Kind.GROWS:
        return message("Least squares has an exact answer. This run does not find it.")
    if course.kind is Kind.SHORT:
        return message("Least squares has an exact answer. The run has ended before it got there.")
    if course.kind is Kind.THERE:
        return message("Least squares has an exact answer. The run began there.")
    if course.left <= REACHED:
        return message("Least squares has an exact answer, and the descent has reached it.")
    if course.left <= NEARLY:
        return message("Least squares has an exact answer, and the descent has nearly reached it.")
    return message("Least squares has an exact answer. The descent's $J$ is close to it, $W$ and $b$ less.")


def bound(course: Course) -> Message:
    """What a smaller rate would have done for a run that grows."""
    if course.began:
        return message("With a rate below 2 / curvature, no step would raise $J$.")
    return message("With a rate below 2 / curvature, every step would lower $J$.")


def _after(lesson: Lesson, one: Message, several: Message, **values: Value) -> Message:
    """What is said after one step, or after several."""
    steps = lesson.trajectory.total_steps
    return (one if steps == 1 else several).with_values({"steps": Count(steps), **values})


def _round(steps: int) -> Count:
    """A number of steps to the nearest ten."""
    return Count(round(steps, -1))


def _percent(value: float) -> Exact:
    """A share of a way in percent, with two digits."""
    return Exact(100 * value, 2)
