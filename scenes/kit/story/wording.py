"""What a fit's captions say, by the data they talk about and by the course of the run."""

from __future__ import annotations

import math

from fitting import StopReason
from fitting.arrays import Array
from fitting.course import Course, Kind
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import fits
from scenes.kit.words.message import Count, Exact, Fixed, InWords, Message, Name, Number, Shown, Value, message
from scenes.kit.words.numbers import number, shown

FIRST = 7
"""Steps that are shown one by one, each in 0.6 s at the end."""

FASTER = 18
"""Step up to which a caption of 4 s must reach for the steps to be faster."""

LONG = 49
"""Steps of a run from which a third of it, on a log scale, reaches so far."""

REACHED, NEARLY = 1e-6, 0.05
"""Share of the way from the start to the optimum that may be left when it has been reached, or nearly reached."""

_LONGEST_NAMES = {name: Name(letters * "m") for name, letters in (("x", 14), ("y", 14), ("item", 12), ("items", 12))}
"""Names of the data, as long as they can be."""


def opening(lesson: Lesson) -> Message:
    """The film's first sentence."""
    rows = InWords(len(lesson.data.x), capital=True)
    if lesson.is_notes:
        return message("{rows} houses: their floors and their prices.", rows=rows)
    return message("{rows} {items}, and of each of them {x} and {y}.", rows=rows, **lesson.words)


def rulers(lesson: Lesson) -> Message:
    """What standard units are; targets that are all equal have no deviation to be measured in."""
    if (lesson.data.y == lesson.data.y[0]).all():
        return message("The points stay, the rulers change: 0 is the mean.")
    return message("The points stay, the rulers change: 0 is the mean, 1 a standard deviation.")


def question(lesson: Lesson) -> Message:
    """What the film is after."""
    ahead, _ = lesson.forecast
    if lesson.is_notes:
        return message("What would a house with {ahead} floors cost?", ahead=InWords(round(ahead)))
    return message("Which {y} should we expect at {x} = ${ahead}$?", ahead=Exact(ahead), **lesson.words)


def answer(lesson: Lesson, course: Course, optimum: Array) -> Message:
    """What the fitted model answers; of a run that has not arrived, beside what the best line would."""
    ahead, value = lesson.forecast
    best = lesson.forecast_of(optimum)
    early = course.kind is Kind.SHORT
    if lesson.is_notes and early:
        return message(
            "By this line, {floors} floors cost {price} million EUR; by the best line, {best}.",
            floors=InWords(round(ahead)),
            price=Fixed(value / 10, 2),
            best=Fixed(best / 10, 2),
        )
    if lesson.is_notes:
        return message(
            "By this line, {floors} floors cost {price} million EUR.",
            floors=InWords(round(ahead)),
            price=Fixed(value / 10, 2),
        )
    if early:
        # As many digits as tell them apart, if there is room beside the longest name.
        digits = [digits for digits in range(4, 11) if number(value, digits) != number(best, digits)]
        said = [
            set_in.with_values({**lesson.words, "mine": Number(value, digits), "best": Number(best, digits)})
            for digits in [*digits, 4]
            for set_in in (
                message("At {x} = ${ahead}$ this line says ${mine}$, and the best line ${best}$.", ahead=Exact(ahead)),
                message("At {x} = ${ahead}$ this line says ${mine}$, the best ${best}$.", ahead=Exact(ahead)),
            )
        ]
        return _fitting(*said)
    return message(
        "At {x} = ${ahead}$ the line says {y} = ${answer}$.",
        **lesson.words,
        ahead=Exact(ahead),
        answer=Number(value, 4),
    )


def turn(more: float, lowest: float) -> Message:
    """What a larger W does, where the data begin at x = `lowest`."""
    size = Exact(more)
    if lowest < 0 and more == 1:
        return message("One more in $W$ moves the line by $x$: down where $x < 0$. One less moves it back.")
    if lowest < 0:
        return _fitting(
            message(
                r"${more}$ more in $W$ moves the line by ${more} \cdot x$: down where $x < 0$. Less moves it back.",
                more=size,
            ),
            message(r"${more}$ more in $W$ moves the line by ${more} \cdot x$: down where $x < 0$.", more=size),
        )
    if more == 1:
        return message("One more in $W$ lifts the line by $x$; one less takes it back.")
    return message(r"${more}$ more in $W$ lifts the line by ${more} \cdot x$; less takes it back.", more=size)


def shift(more: float) -> Message:
    """What a larger b does."""
    if more == 1:
        return message("One more in $b$ lifts all of it by 1; one less takes it back.")
    return message("${more}$ more in $b$ lifts all of it by ${more}$; less takes it back.", more=Exact(more))


def sweep(start: float, best: float, far: float) -> tuple[Message, Message]:
    """Two captions of the line being turned from a slope to one far off: what J does, and what its slope says."""
    if min(start, far) < best < max(start, far):
        return (
            message("Turn the line, and $J$ falls, then rises: over $W$ alone it is a parabola."),
            message("Which way is down, and how steep? The slope at the point says it."),
        )
    return (
        message("Turn the line, and $J$ rises: over $W$ alone it is a parabola."),
        message("Which way is down, and how steep? Where the slope is 0, no way is down."),
    )


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
        _fitting(
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
            "Each step takes ${share}$ % of the way left. One step leaves none of it.",
            "Each step takes ${share}$ % of the way left. {steps} steps leave none of it.",
            share=share,
        )
    if alike:
        return _after(
            lesson,
            "Each step takes ${share}$ % of the way left. One step leaves ${left}$ of it.",
            "Each step takes ${share}$ % of the way left. {steps} steps leave ${left}$ of it.",
            share=share,
            left=left,
        )
    if course.left == 0:
        return _after(
            lesson,
            "One step leaves none of the way to the bottom.",
            "{steps} steps leave none of the way to the bottom.",
        )
    return _after(
        lesson,
        "One step leaves ${left}$ of the way to the bottom.",
        "{steps} steps leave ${left}$ of the way to the bottom.",
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
            "After one step the bottom is ahead, but no number changes any more.",
            "After {steps} steps the bottom is ahead, but no number changes any more.",
        )
    if math.isinf(course.ahead):
        return _after(
            lesson,
            "After one step the bottom is ahead, out of reach at this rate.",
            "After {steps} steps the bottom is ahead, out of reach at this rate.",
        )
    if course.ahead > 1e7:
        return _after(
            lesson,
            "After one step the bottom is far ahead: more than ten million steps.",
            "After {steps} steps the bottom is far ahead: more than ten million steps.",
        )
    if course.ahead == 1:
        return _after(
            lesson,
            "After one step the bottom is ahead: one more step, at this rate.",
            "After {steps} steps the bottom is ahead: one more step, at this rate.",
        )
    return _after(
        lesson,
        "After one step the bottom is ahead: at most {more} more, at this rate.",
        "After {steps} steps the bottom is ahead: at most {more} more, at this rate.",
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
            "$J$ was ${start}$ at the start. After one step it is the same.",
            "$J$ was ${start}$ at the start. After {steps} steps it is the same.",
            start=Number(start, 4),
        )
    return _after(
        lesson,
        "$J$ was ${start}$ at the start. After one step it is ${end}$.",
        "$J$ was ${start}$ at the start. After {steps} steps it is ${end}$.",
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


def _after(lesson: Lesson, one: str, several: str, **values: Value) -> Message:
    """What is said after one step, or after several."""
    steps = lesson.trajectory.total_steps
    return message(one, **values) if steps == 1 else message(several, steps=Count(steps), **values)


def _fitting(*messages: Message) -> Message:
    """The first of some messages that is not too long even with the longest names, or the last one."""
    return next((one for one in messages[:-1] if fits(one.with_values(_LONGEST_NAMES).source())), messages[-1])


def _round(steps: int) -> Count:
    """A number of steps to the nearest ten."""
    return Count(round(steps, -1))


def _percent(value: float) -> Exact:
    """A share of a way in percent, with two digits."""
    return Exact(100 * value, 2)
