"""Options that verbs share: the data, the step rule, and how a film looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from fitting.errors import InputError
from scenes.batch.asking.looks import ABOUT, KEYS, default

_Command = TypeVar("_Command", bound=Callable[..., Any])


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


def _of_the_look(name: str) -> Callable[[_Command], _Command]:
    """The option of a key of a Look."""
    metadata, usual = KEYS[name].metadata, default(name)
    if isinstance(usual, bool):
        shown = f"{ABOUT[name]}  [default: {'' if usual else 'no-'}{name}]"
        return click.option(f"--{name}/--no-{name}", default=None, help=shown)
    shown = f"{ABOUT[name]}  [default: {usual}]"
    if "known" in metadata:
        return click.option(f"--{name}", type=click.Choice(metadata["known"]), help=shown)
    return click.option(f"--{name}", type=click.FloatRange(*metadata["bounds"]), metavar="F", help=shown)


def run_options(command: _Command) -> _Command:
    """Options that say what is fitted, and how."""
    for option in reversed(_RUN):
        command = option(command)
    return command


def look_options(command: _Command) -> _Command:
    """Options that say how a film looks."""
    for name in reversed(KEYS):
        command = _of_the_look(name)(command)
    return command
