"""Lesson: what a lecture is about. Without arguments it is the notes' run on the notes' houses."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fitting import Dataset, InputError, Trajectory, fit, house_prices, why_it_ended
from scenes.kit.subject.look import Look
from scenes.kit.words.captions import shorten
from scenes.kit.words.message import Message, Name, Value
from scenes.kit.words.numbers import LARGE, SMALL, decimals_in, fixed, number, ticks
from scenes.kit.words.own_words import OwnWords

_LONGEST_ANSWER = 1e9
"""Size from which an answer is written with a power of ten."""

_NAMES = ("x_name", "x_unit", "y_name", "y_unit", "item", "items")


@dataclass(frozen=True)
class Lesson:
    """What a lecture is about, and how it looks.

    Attributes:
        trajectory: The recorded run; everything on the screen comes from it.
        look: How it looks and how fast it goes.
        title: Title in place of the lecture's; "" for its own.
        question: Question in place of the lecture's; "" for its own.
        window: Range of a parameter that landscapes show, in the file's units; what is not there is chosen.
        own_words: Captions and names of beats in place of the lecture's.
    """

    trajectory: Trajectory = field(default_factory=fit)
    look: Look = field(default_factory=Look)
    title: str = ""
    question: str = ""
    window: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    own_words: OwnWords = field(default_factory=OwnWords)

    def __post_init__(self) -> None:
        missing = [program for program in ("latex", "dvisvgm") if shutil.which(program) is None]
        if self.look.typesetter == "latex" and missing:
            raise InputError(f"typesetter latex: {missing[0]} not found; install TeX, or use the typesetter typst")
        if self.trajectory.params.ndim != 2:
            raise InputError("a lecture shows one descent; this trajectory holds several: choose one of them")
        if self.trajectory.total_steps == 0:
            why = why_it_ended(self.trajectory)
            raise InputError(
                f"the run ends before its first step ({self.trajectory.stop_reason}"
                f"{': ' if why else ''}{why}): there is nothing to show; choose another start"
            )

    @property
    def x_name(self) -> str:
        """Name of the input, short enough for a caption."""
        return shorten(self.trajectory.data.x_name, 14)

    @property
    def y_name(self) -> str:
        """Name of the target, short enough for a caption."""
        return shorten(self.trajectory.data.y_name, 14)

    @property
    def words(self) -> dict[str, Value]:
        """Names of the data for captions: x, y, item, items."""
        names = {"x": self.x_name, "y": self.y_name, "item": self.item, "items": self.items}
        return {key: Name(name) for key, name in names.items()}

    @property
    def file_data(self) -> Dataset:
        """The data as its file has it."""
        return self.trajectory.file_data

    @property
    def data(self) -> Dataset:
        """The data of the descent."""
        return self.trajectory.data

    @property
    def item(self) -> str:
        """What one row of the data is."""
        return shorten(self.data.item, 12)

    @property
    def items(self) -> str:
        """What several rows of the data are."""
        return shorten(self.data.items, 12)

    @property
    def places(self) -> int:
        """At how many different points the rows lie."""
        return len(self.data.places()[0])

    @property
    def final_params(self) -> npt.NDArray[np.float64]:
        """The last parameters, in the units of the descent, (p,)."""
        return self.trajectory.final_params

    @property
    def file_params(self) -> npt.NDArray[np.float64]:
        """The last parameters in the file's units, (p,)."""
        return self.trajectory.params_in_file_units(self.trajectory.final_params)

    @property
    def forecast(self) -> tuple[float, float]:
        """A round input beyond the data and the model's answer, in the file's units."""
        return forecast_x(self.file_data.x), self.forecast_of(self.trajectory.final_params)

    def forecast_of(self, params: npt.NDArray[np.float64]) -> float:
        """The answer there of other parameters (p,) of the descent, in the file's units."""
        model, ahead = self.trajectory.file_model, forecast_x(self.file_data.x)
        return float(model.predict(self.trajectory.params_in_file_units(params), np.array([ahead]))[0])

    @property
    def forecast_text(self) -> str:
        """The answer as it is written: with four digits, or as many as give it the decimals of the targets, up to 8.

        A price of some millions is written out: a power of ten would leave two digits of it.
        """
        value = self.forecast[1]
        size = abs(value)
        if LARGE <= size < _LONGEST_ANSWER:
            return fixed(value, 0)
        if not SMALL <= size < LARGE:
            return number(value, 6)
        return number(value, int(np.clip(decimals_in(self.file_data.y) + 1 + np.floor(np.log10(size)), 4, 8)))

    @property
    def forecast_place(self) -> float:
        """That input in the units of the descent."""
        units = self.trajectory.units
        return (self.forecast[0] - units.x_mean) / units.x_scale

    @property
    def of_the_notes(self) -> bool:
        """Whether the data are those of the notes, whose films say what the notes say."""
        return self.data.source == house_prices().source

    def tells_of_houses(self, message: Message) -> bool:
        """Whether a sentence about the notes' houses is said: of their data under their names, or in own words."""
        if not self.of_the_notes:
            return False
        data, notes = self.trajectory.data, house_prices()
        named = all(getattr(data, name) == getattr(notes, name) for name in _NAMES)
        return named or self.own_words.caption("", message.keys()) is not None


def forecast_x(data_x: npt.NDArray[np.float64]) -> float:
    """A round input beyond the data, to ask the model about: one step of the axis after the largest."""
    low, high = float(data_x.min()), float(data_x.max())
    marks = ticks(low, high + (high - low) / 2, 8)
    beyond = marks[marks > high + 1e-9 * (high - low)]
    return float(beyond[0]) if len(beyond) else high + (high - low) / 4
