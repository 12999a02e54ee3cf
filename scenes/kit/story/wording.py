"""What a fit's captions say of its data, of its model and of what it answers."""

from __future__ import annotations

from fitting.arrays import Array
from fitting.course import Course, Kind
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import fits
from scenes.kit.words.message import Exact, Fixed, InWords, Message, Name, Number, Shown, message
from scenes.kit.words.numbers import number

_LONGEST_NAMES = {name: Name(letters * "m") for name, letters in (("x", 14), ("y", 14), ("item", 12), ("items", 12))}
"""Names of the data, as long as they can be."""


SEEN = 0.04
"""Share of a chart's height from which on a fall can be seen."""

LEVEL = 1e-9
"""Share of a loss that rounding leaves of a fall."""


def opening(lesson: Lesson) -> Message:
    """The film's first sentence."""
    rows = InWords(len(lesson.data.x), capital=True)
    houses = message("{rows} houses: their floors and their prices.", rows=rows)
    if lesson.tells_of_houses(houses):
        return houses
    places = lesson.places
    if places < len(lesson.data.x):
        return message(
            "{rows} {items} of {x} and {y}, at {places} different points.",
            rows=rows,
            places=InWords(places),
            **lesson.words,
        )
    return message("{rows} {items}, and of each of them {x} and {y}.", rows=rows, **lesson.words)


def rulers(lesson: Lesson) -> Message:
    """What standard units are; targets that are all equal have no deviation to be measured in."""
    if (lesson.data.y == lesson.data.y[0]).all():
        return message("The points stay, the rulers change: 0 is the mean.")
    return message("The points stay, the rulers change: 0 is the mean, 1 a standard deviation.")


def question(lesson: Lesson) -> Message:
    """What the film is after."""
    ahead, _ = lesson.forecast
    house = message("What would a house with {ahead} floors cost?", ahead=InWords(round(ahead)))
    if lesson.tells_of_houses(house):
        return house
    return message("Which {y} should we expect at {x} = ${ahead}$?", ahead=Exact(ahead), **lesson.words)


def answer(lesson: Lesson, course: Course, optimum: Array) -> Message:
    """What the fitted model answers; of a run that has not arrived, beside what the best line would."""
    ahead, value = lesson.forecast
    best = lesson.forecast_of(optimum)
    early = course.kind is Kind.SHORT
    house = message(
        "By this line, {floors} floors cost {price} million EUR.",
        floors=InWords(round(ahead)),
        price=Fixed(value / 10, 2),
    )
    if early:
        house = message(
            "By this line, {floors} floors cost {price} million EUR; by the best line, {best}.",
            **house.values,
            best=Fixed(best / 10, 2),
        )
    if lesson.tells_of_houses(house):
        return house
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
        return fitting_one(*said)
    told = message("At {x} = ${ahead}$ the line says {y} = ${answer}$.", ahead=Exact(ahead), **lesson.words)
    return fitting_one(*(told.with_values({"answer": it}) for it in (Shown(lesson.forecast_text), Number(value, 4))))


def turn(more: float, lowest: float) -> Message:
    """What a larger W does, where the data begin at x = `lowest`."""
    size = Exact(more)
    if lowest < 0 and more == 1:
        return message("One more in $W$ moves the line by $x$: down where $x < 0$. One less moves it back.")
    if lowest < 0:
        return fitting_one(
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


def sweep(start: float, least: float, far: float) -> tuple[Message, Message]:
    """Two captions of the line being turned: what J does on its way, and what its slope at the start says.

    Args:
        start: J where the line starts.
        least: J at the lowest point on the way.
        far: J where it ends.
    """
    falls = start - least
    if falls >= SEEN * max(start, far):
        turned = message("Turn the line, and $J$ falls, then rises: over $W$ alone it is a parabola.")
    elif falls > LEVEL * start:
        turned = message("Turn the line: $J$ hardly falls, then rises. Over $W$ alone it is a parabola.")
    else:
        turned = message("Turn the line, and $J$ rises: over $W$ alone it is a parabola.")
    if falls > LEVEL * start:
        return turned, message("Which way is down, and how steep? The slope at the point says it.")
    return turned, message("Which way is down, and how steep? Where the slope is 0, no way is down.")


def fitting_one(*messages: Message) -> Message:
    """The first of some messages that is not too long even with the longest names, or the last one."""
    return next((one for one in messages[:-1] if fits(one.with_values(_LONGEST_NAMES).source())), messages[-1])
