"""Request: what one film is asked to be, in plain values. Known before Manim is imported or anything is fitted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitting.errors import InputError, InputErrors
from scenes.batch.asking.catalogue import Entry
from scenes.kit.subject.look import Look
from scenes.kit.words.own_words import NAME

if TYPE_CHECKING:
    from fitting import Trajectory
    from scenes.kit.subject.lesson import Lesson

OTHER_STEPS = ("batch_size", "one_after_other")
"""Options of steps that do not see all data, or do not move all parameters at once."""

_UNSEEN = ("name", "entry", "source")
"""Of a request: what no frame and no number shows."""


def run(
    model: str,
    *,
    data: str | None = None,
    x: str | None = None,
    y: str | None = None,
    labels: Mapping[str, Any] | None = None,
    **options: Any,
) -> Trajectory:
    """The run that the options ask for; what is None takes its default.

    Args:
        model: Name of the model.
        data: A CSV file.
        x: Its column of inputs.
        y: Its column of targets.
        labels: Names and units of the data, by the attributes of `Dataset`.
        **options: What `fitting.fit` takes.

    Raises:
        InputError: They cannot be used.
    """
    from fitting import fit, read_csv

    if data is None and (x is not None or y is not None):
        raise InputError("--x and --y name columns of a file: give it with --data FILE.csv")
    dataset = None if data is None else read_csv(Path(data).expanduser(), x, y)
    given = {name: value for name, value in options.items() if value is not None}
    trajectory = fit(model, data=dataset, **given)
    return replace(trajectory, data=replace(trajectory.data, **labels)) if labels else trajectory


@dataclass(frozen=True)
class Request:
    """What one film is asked to be.

    Attributes:
        name: Name of the bundle: the lecture's, or that of its lesson file.
        entry: The lecture.
        fit: Options of the run, by name: what `fitting.fit` takes; and `data`, the path of a CSV file, with `x` and
            `y`, its columns. What is not there takes its default.
        look: How it looks and how fast it goes.
        title: Title in place of the lecture's; "" for its own.
        question: Question in place of the lecture's; "" for its own.
        labels: Names and units of the data in place of the file's, by the attributes of `Dataset`.
        window: Range of a parameter that the landscape shows, in the file's units; what is not there is chosen.
        wording: For each beat, captions in place of the lecture's, by what these say; and its "name". Under "labels",
            labels likewise.
        source: The lesson file, for messages; "" if there is none.
    """

    name: str
    entry: Entry
    fit: Mapping[str, Any] = field(default_factory=dict)
    look: Look = field(default_factory=Look)
    title: str = ""
    question: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    window: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    source: str = ""

    def __hash__(self) -> int:
        return hash((self.name, self.entry.name, self._content()))

    def digest(self) -> str:
        """A hash of all that changes a frame or a number: what is asked for, and the bytes of the data.

        Not of the names of files: a lesson that is moved, or called something else, is the same film.

        Raises:
            InputError: The data cannot be read.
        """
        digest = hashlib.sha256(self._content().encode())
        if "data" in self.fit:
            from fitting.datasets import read_bytes

            digest.update(read_bytes(Path(self.fit["data"]).expanduser()))
        return digest.hexdigest()

    @property
    def brings_words(self) -> bool:
        """Whether the film has words, numbers or a view that are not the lecture's own, which was looked at."""
        return bool(self.fit or self.labels or self.window or self.wording or self.title or self.question)

    def _content(self) -> str:
        asked = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in _UNSEEN}
        # What is said as it is anyway is nothing of its own.
        asked |= {name: "" for name in ("title", "question") if asked[name] == getattr(self.entry, name)}
        changed = {
            beat: {key: own for key, own in words.items() if own != (beat if key == NAME else key)}
            for beat, words in self.wording.items()
        }
        asked["wording"] = {beat: words for beat, words in changed.items() if words}
        asked["look"] = asdict(self.look)
        asked["fit"] = {name: value for name, value in self.fit.items() if name != "data"}
        return json.dumps({**asked, "lecture": self.entry.name}, sort_keys=True, default=dict)

    def trajectory(self) -> Trajectory | None:
        """The run that is asked for, without importing what draws; None where the lecture's own run is.

        Raises:
            InputError: What is asked for cannot be used, or not with this lecture.
        """
        entry = self.entry
        if self.fit and entry.own_data_refused:
            raise InputError(f"{entry.name}: no {_option(next(iter(self.fit)))} here: {entry.own_data_refused}")
        if entry.loss and self.fit.get("loss", entry.loss) != entry.loss:
            # An unknown name is told as such.
            run(entry.model, loss=self.fit["loss"], steps=1)
            raise InputError(f"{entry.name}: no --loss {self.fit['loss']} here: it is about the loss {entry.loss}")
        for option in OTHER_STEPS:
            if self.fit.get(option) and entry.steps_refused:
                raise InputError(f"{entry.name}: no {_option(option)} here: {entry.steps_refused}")
        if not (self.fit or self.labels or self.window):
            return None
        trajectory = run(entry.model, labels=self.labels, **self.fit)
        if self.window:
            from scenes.kit.subject.ranges import left_out

            problems = [f"{self.source}: [window] {problem}" for problem in left_out(trajectory, self.window)]
            if problems:
                raise InputErrors(*problems)
        return trajectory

    def lesson(self, trajectory: Trajectory | None = None) -> Lesson:
        """The lesson. It is fitted here unless its run is given.

        Args:
            trajectory: What `trajectory()` has returned, perhaps elsewhere: then the data's file is not read.

        Raises:
            InputError: What is asked for cannot be used, or not with this lecture.
        """
        if trajectory is None:
            trajectory = self.trajectory()
        from scenes.kit.subject.lesson import Lesson
        from scenes.kit.words.own_words import OwnWords

        return Lesson(
            self.entry.load().run() if trajectory is None else trajectory,
            look=self.look,
            title=self.title,
            question=self.question,
            window=self.window,
            own_words=OwnWords.of(self.wording, self.source),
        )


def _option(name: str) -> str:
    return "--set" if name == "constants" else f"--{name.replace('_', '-')}"
