"""What a fit's captions say, by the data they talk about and by the course of the run."""

from __future__ import annotations

from fitting import StopReason
from fitting.arrays import Array
from fitting.course import Course, Kind
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import fill_in, fits
from scenes.kit.words.numbers import counted, fixed, latex_number, number, shown, significant

FIRST = 7
"""Steps that are shown one by one, each in 0.6 s at the end."""

FASTER = 18
"""Step up to which a caption of 4 s must reach for the steps to be faster."""

LONG = 49
"""Steps of a run from which a third of it, on a log scale, reaches so far."""

REACHED, NEARLY = 1e-6, 0.05
"""Share of the way from the start to the optimum that may be left when it has been reached, or nearly reached."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def opening(lesson: Lesson) -> str:
    """The film's first sentence."""
    rows = len(lesson.data.x)
    word = _NUMBERS[rows].capitalize() if rows < len(_NUMBERS) else counted(rows)
    if lesson.is_notes:
        return f"{word} houses: their floors and their prices."
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


def answer(lesson: Lesson, course: Course, optimum: Array) -> str:
    """What the fitted model answers; of a run that has not arrived, beside what the best line would."""
    ahead, value = lesson.forecast
    best = lesson.forecast_of(optimum)
    early = course.kind is Kind.SHORT
    if lesson.is_notes:
        floors = _NUMBERS[round(ahead)]
        if early:
            prices = fixed(value / 10, 2), fixed(best / 10, 2)
            return f"By this line, {floors} floors cost {prices[0]} million EUR; by the best line, {prices[1]}."
        return f"By this line, {floors} floors cost {fixed(value / 10, 2)} million EUR."
    at = latex_number(significant(ahead))
    if early:
        # As many digits as tell them apart, if there is room beside the longest name.
        pairs = [[_digits(price, digits) for price in (value, best)] for digits in range(4, 11)]
        pairs = [*(pair for pair in pairs if pair[0] != pair[1]), pairs[0]]
        said = [
            f"At {{x}} = ${at}$ this line says ${mine}${link} ${exact}$."
            for mine, exact in pairs
            for link in (", and the best line", ", the best")
        ]
        return next((caption for caption in said if fits(fill_in(caption, x=14 * "x"))), said[-1])
    return f"At {{x}} = ${at}$ the line says {{y}} = ${_digits(value, 4)}$."


def turn(more: float, lowest: float) -> str:
    """What a larger W does, where the data begin at x = `lowest`."""
    amount = _exact(more)
    if lowest < 0:
        if more == 1:
            return "One more in $W$ moves the line by $x$: down where $x < 0$. One less moves it back."
        return _fitting(
            rf"${amount}$ more in $W$ moves the line by ${amount} \cdot x$: down where $x < 0$. Less moves it back.",
            rf"${amount}$ more in $W$ moves the line by ${amount} \cdot x$: down where $x < 0$.",
        )
    if more == 1:
        return "One more in $W$ lifts the line by $x$; one less takes it back."
    return rf"${amount}$ more in $W$ lifts the line by ${amount} \cdot x$; less takes it back."


def shift(more: float) -> str:
    """What a larger b does."""
    if more == 1:
        return "One more in $b$ lifts all of it by 1; one less takes it back."
    return f"${_exact(more)}$ more in $b$ lifts all of it by ${_exact(more)}$; less takes it back."


def sweep(start: float, best: float, far: float) -> tuple[str, str]:
    """Two captions of the line being turned from a slope to one far off: what J does, and what its slope says."""
    between = min(start, far) < best < max(start, far)
    return (
        "Turn the line, and $J$ falls, then rises: over $W$ alone it is a parabola."
        if between
        else "Turn the line, and $J$ rises: over $W$ alone it is a parabola.",
        "Which way is down, and how steep? The slope at the point says it."
        if between
        else "Which way is down, and how steep? Where the slope is 0, no way is down.",
    )


def pace(lesson: Lesson, course: Course) -> str:
    """What there is to say while the first steps repeat: where the rate comes from, if it was chosen here."""
    rate = float(lesson.trajectory.learning_rate[0])
    share = rate * course.steep
    if lesson.trajectory.units.is_identity or not 0.095 <= share <= 0.105:
        return "And again: a new place, a new gradient."
    return rf"The rate $\alpha = {_exact(rate)}$ is a tenth of $1 / {_digits(course.steep)}$: one over the curvature."


def descent(lesson: Lesson, course: Course) -> tuple[str, str, str]:
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


def _into_a_valley(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    fall, goes_on = _some(course.fall), course.fall > FIRST
    if course.fall == 1:
        first = "Faster now. In one step the point came down the wall of the valley."
    elif course.overshoots:
        first = (
            f"Faster now: from wall to wall, lower each time, for {fall} steps."
            if goes_on
            else f"Faster now. {fall.capitalize()} steps led from wall to wall, lower each time."
        )
    else:
        first = (
            f"Faster now. In {fall} steps the point falls down the wall of the valley."
            if goes_on
            else f"Faster now. In {fall} steps the point came down the wall of the valley."
        )
    steep, flat = _digits(course.steep), _digits(course.flat)
    second = _fitting(
        f"Then the point crawls along the floor: curvature ${steep}$ across, ${flat}$ along.",
        f"Then the point crawls along the floor: curvatures ${steep}$ and ${flat}$.",
    )
    rates = lesson.trajectory.learning_rate
    if not course.constant:
        last = _exact(float(f"{rates[-1]:.3g}"))
        if rates[-1] < rates[0]:
            return first, second, rf"$\alpha$ goes down in stairs to ${last}$: long steps first, fine ones last."
        return first, second, rf"$\alpha$ goes up in stairs to ${last}$, as the slopes become smaller."
    across, along = _share(course.product), _share(float(rates[0]) * course.flat)
    return first, second, rf"One $\alpha$ for both: a step takes {across} of the way across, {along} along the floor."


def _into_a_bowl(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    steps, rates = lesson.trajectory.total_steps, lesson.trajectory.learning_rate
    left = "none" if course.left == 0 else f"${_digits(course.left, 2)}$"
    leave = "One step leaves" if steps == 1 else f"{counted(steps)} steps leave"
    first = _steps(lesson)
    if steps > FIRST and course.product < 2 and rates[-1] <= rates[0]:
        first = (
            "Faster now. The slope shrinks towards the bottom, and so does every step."
            if steps >= LONG
            else "The slope shrinks towards the bottom, and so does every step."
        )
    if _digits(course.steep) == _digits(course.flat) and course.constant:
        return (
            first,
            _curvatures(course),
            f"Each step takes {_share(course.product)} of the way left. {leave} {left} of it.",
        )
    return first, _curvatures(course), f"{leave} {left} of the way to the bottom."


def _curvatures(course: Course) -> str:
    steep, flat = _digits(course.steep), _digits(course.flat)
    if steep == flat:
        return f"Curvature ${steep}$ in every direction: the bowl is round."
    if course.steep <= 1.5 * course.flat:
        return f"Curvature ${steep}$ one way, ${flat}$ the other: a bowl, nearly round."
    if course.steep <= 4 * course.flat:
        return f"Curvature ${steep}$ one way, ${flat}$ the other: an oval bowl."
    return f"Curvature ${steep}$ across the valley, ${flat}$ along its floor."


def _still_ahead(lesson: Lesson, course: Course) -> str:
    steps = _steps_taken(lesson)
    if lesson.trajectory.stop_reason is StopReason.PARAMETERS_FIXED:
        return f"After {steps} the bottom is ahead, but no number changes any more."
    if course.ahead == float("inf"):
        return f"After {steps} the bottom is ahead, out of reach at this rate."
    if course.ahead > 1e7:
        return f"After {steps} the bottom is far ahead: more than ten million steps."
    more = "one more step" if course.ahead == 1 else f"at most {counted(round(course.ahead))} more"
    return f"After {steps} the bottom is ahead: {more}, at this rate."


def _upwards(lesson: Lesson, course: Course) -> tuple[str, str, str]:
    run = lesson.trajectory
    rising = bool((run.loss[1:] > run.loss[:-1]).all())
    if course.product <= 2:
        return _steps(lesson), _curvatures(course), _from_to(lesson)
    if rising:
        first = "Every step overshoots: the point lands farther up, on the other side."
    elif course.lowest == 0 or course.began:
        # What a loss falls where it is least is rounding.
        first = _steps(lesson)
    else:
        first = f"$J$ falls until step {counted(course.lowest)}. Later each step lands farther up, on the other side."
    above = next((text for digits in range(3, 12) if shown(text := number(course.product, digits)) > 2), "2")
    # A power of ten has two digits less: they would not give the product.
    curvature = number(course.steep, 3)
    curvature, product = latex_number(number(course.steep, 5) if "^" in curvature else curvature), latex_number(above)
    # In two pieces of mathematics, so that it can be broken where the numbers are long.
    if course.constant:
        second = rf"Rate times curvature is $\alpha \cdot {curvature}$ $\approx {product}$. Above 2, the error grows."
    else:
        second = rf"Rate times curvature: $\alpha \cdot {curvature}$, up to ${product}$. Above 2, the error grows."
    if run.stop_reason is StopReason.DIVERGED:
        last = f"The run is stopped at step {counted(run.total_steps)}: $J$ has grown to ${_digits(run.final_loss)}$."
        return first, second, last
    return first, second, _from_to(lesson)


def _steps(lesson: Lesson) -> str:
    steps = lesson.trajectory.total_steps
    if steps == 1:
        return "The whole run has one step: this was all."
    if steps <= FIRST:
        return f"The whole run has {_some(steps)} steps: these were all."
    return (
        f"Faster now. The whole run has {counted(steps)} steps."
        if steps >= LONG
        else f"The whole run has {steps} steps."
    )


def _from_to(lesson: Lesson) -> str:
    losses = float(lesson.trajectory.loss[0]), lesson.trajectory.final_loss
    # As many digits as tell them apart.
    pairs = [[_digits(loss, digits) for loss in losses] for digits in range(4, 13)]
    first, last = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
    if first == last:
        return f"$J$ was ${first}$ at the start. After {_steps_taken(lesson)} it is the same."
    return f"$J$ was ${first}$ at the start. After {_steps_taken(lesson)} it is ${last}$."


def ending(lesson: Lesson, course: Course) -> str:
    """How far the run got, beside the exact optimum."""
    if course.kind is Kind.GROWS and course.began:
        return "Least squares has an exact answer. The run began there, and left it."
    if course.kind is Kind.GROWS:
        return "Least squares has an exact answer. This run does not find it."
    if course.kind is Kind.SHORT:
        return "Least squares has an exact answer. The run has ended before it got there."
    if course.kind is Kind.THERE:
        return "Least squares has an exact answer. The run began there."
    if course.left <= REACHED:
        return "Least squares has an exact answer, and the descent has reached it."
    if course.left <= NEARLY:
        return "Least squares has an exact answer, and the descent has nearly reached it."
    return "Least squares has an exact answer. The descent's $J$ is close to it, $W$ and $b$ less."


def bound(course: Course) -> str:
    """What a smaller rate would have done for a run that grows."""
    if course.began:
        return "With a rate below 2 / curvature, no step would raise $J$."
    return "With a rate below 2 / curvature, every step would lower $J$."


def _steps_taken(lesson: Lesson) -> str:
    steps = lesson.trajectory.total_steps
    return "one step" if steps == 1 else f"{counted(steps)} steps"


def _some(steps: int) -> str:
    """A number of steps as one says it: in words, in digits, or from 20 on to the nearest ten."""
    if steps < 20:
        return _NUMBERS[steps] if steps < len(_NUMBERS) else str(steps)
    return f"some {counted(round(steps, -1))}"


def _fitting(*captions: str) -> str:
    """The first of some captions that is not too long, or the last one."""
    return next((caption for caption in captions[:-1] if fits(caption)), captions[-1])


def _share(value: float) -> str:
    """A share of a way as a percentage with two digits."""
    return f"${_exact(float(f'{100 * value:.2g}'))}$ %"


def _exact(value: float) -> str:
    return latex_number(significant(value))


def _digits(value: float, digits: int = 3) -> str:
    return latex_number(number(value, digits))
