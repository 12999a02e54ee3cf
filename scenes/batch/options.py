"""Options that verbs share: the data, the step rule, and how a film looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fitting.errors import InputError, InputErrors

if TYPE_CHECKING:
    from fitting import Trajectory
    from scenes.batch.request import Request

_Command = TypeVar("_Command", bound=Callable[..., Any])

LOOKS = {"theme": ("dark", "light"), "typesetter": ("typst", "latex")}
"""How a film can look; the first of each is the default."""


class Assignments(click.ParamType):  # type: ignore[type-arg]
    """Values by name, such as `W=0.2,b=0.8`."""

    name = "NAME=NUMBER,..."

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, float]:
        """Read them.

        Raises:
            InputError: A piece is not a name, an equals sign and a number, or a name comes twice.
        """
        if isinstance(value, dict):
            return value
        found: dict[str, float] = {}
        given = param.opts[0].lstrip("-") if param is not None else "value"
        for piece in str(value).split(","):
            name, equals, number = (part.strip() for part in piece.partition("="))
            try:
                read = float(number)
            except ValueError:
                equals = ""
                read = 0.0
            if not (equals and name) or name in found:
                what = f"{name!r} twice" if equals and name in found else f"{piece.strip()!r}"
                raise InputError(f"{given}: got {what}; expected each name once, as in {self.example}")
            found[name] = read
        return found


_RUN = (
    click.option(
        "--loss", metavar="NAME", help="What is minimised: mse, mae or cross-entropy.  [default: the model's own]"
    ),
    click.option(
        "--start", type=Assignments("W=0.2,b=0.8"), help="Where the descent starts, in the file's units: W=0.2,b=0.8."
    ),
    click.option(
        "--learning-rate",
        type=float,
        metavar="A",
        help="Used as it is, in the file's units, and constant. Without it the notes' rates are used, or, on "
        "own data, a rate chosen by the command, in standard units.",
    ),
    click.option("--final-learning-rate", type=float, metavar="B", help="Go down to this rate in stairs."),
    click.option("--stairs", type=int, metavar="N", help="How many stairs.  [default: 100]"),
    click.option(
        "--steps", type=int, metavar="N", help="Most steps to take.  [default: the model's own; 10000 on own data]"
    ),
    click.option(
        "--seed", type=int, metavar="S", help="Draw the start at random from [0, 1), the same for the same S."
    ),
    click.option(
        "--batch-size", type=int, metavar="N", help="Rows a step sees, drawn by the seed.  [default: all of them]"
    ),
    click.option(
        "--one-after-other",
        is_flag=True,
        default=None,
        help="Update parameters one after the other, not all from the same gradient.",
    ),
    click.option(
        "--set",
        "constants",
        type=Assignments("scale=20"),
        help="Constants of the model, in the file's units: scale=20 (sigmoid), slope=0.01 (tanh-network).",
    ),
    click.option("--data", metavar="FILE.csv", help="Your own data.  [default: the notes' four houses]"),
    click.option("--x", metavar="COLUMN", help="Column of the inputs; may be left out if there are two columns."),
    click.option("--y", metavar="COLUMN", help="Column of the targets."),
)

_LOOK = (
    click.option("--theme", type=click.Choice(LOOKS["theme"]), help="Colours.  [default: dark]"),
    click.option(
        "--typesetter",
        type=click.Choice(LOOKS["typesetter"]),
        help="What sets formulas; latex needs a TeX installation.  [default: typst]",
    ),
    click.option(
        "--captions/--no-captions",
        default=None,
        help="Show captions, or leave them to the .srt file.  [default: captions]",
    ),
)


def run_options(command: _Command) -> _Command:
    """Options that say what is fitted, and how."""
    for option in reversed(_RUN):
        command = option(command)
    return command


def look_options(command: _Command) -> _Command:
    """Options that say how a film looks."""
    for option in reversed(_LOOK):
        command = option(command)
    return command


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


def requests(
    names_or_files: Sequence[str],
    *,
    theme: str | None = None,
    typesetter: str | None = None,
    captions: bool | None = None,
    **options: Any,
) -> list[Request]:
    """What is asked for by names of lectures and lesson files, and by the options that were given.

    Options that were given go before what a lesson file says; what is None leaves it alone.

    Args:
        names_or_files: Each the name of a lecture, or a path that ends in .toml.
        theme: A theme.
        typesetter: A typesetter.
        captions: Whether captions stand on the screen.
        **options: The run's, as `run_options` names them.

    Raises:
        InputErrors: All that is wrong with all of them, before anything is imported that draws.
    """
    from scenes.batch.catalogue import choose
    from scenes.batch.request import Request

    looks = {"theme": theme, "typesetter": typesetter, "captions": captions}
    look: dict[str, Any] = {name: value for name, value in looks.items() if value is not None}
    given = {name: value for name, value in options.items() if value is not None}
    asked: list[tuple[str, Request]] = []
    problems: list[str] = []
    for name in names_or_files:
        try:
            if name.lower().endswith(".toml"):
                from scenes.batch.lesson_file import read_lesson

                asked.append((name, read_lesson(Path(name).expanduser(), look, given)))
            else:
                (entry,) = choose([name])
                asked.append((name, Request(name, entry, given, **look)))
        except InputErrors as error:
            problems.extend(error.problems)
        except InputError as error:
            problems.append(str(error))
    taken: dict[str, str] = {}
    for name, request in asked:
        # Some file systems do not tell capitals from small letters.
        key = request.name.casefold()
        if key in taken:
            problems.append(f"{taken[key]} and {name} would both be the film {request.name!r}: rename one of the files")
        taken.setdefault(key, name)
    if problems:
        raise InputErrors(*problems)
    return [request for _, request in asked]
