"""The command `lectures`. Errors are one line each.

Exit codes are 2 for bad input, 1 for what failed on the way, and 128 and the number of a signal that ended it: 130 for
Ctrl-C, 143 for a plain `kill`.
"""

from __future__ import annotations

import configparser
import re
import signal
import sys
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from fitting.errors import InputError, InputErrors, suggestion
from scenes.batch import verbs as package
from scenes.batch.version import own_version

_VERB = re.compile(r'"""`lectures [a-z]+`: (.)(.+)"""')
"""How the module of a verb begins."""


@cache
def verbs() -> dict[str, str]:
    """What each verb does, by name, as the first line of its module says. None is imported."""
    found = {}
    for source in sorted(Path(package.__path__[0]).glob("*.py")):
        with source.open(encoding="utf-8") as file:
            if says := _VERB.match(file.readline()):
                found[source.stem] = says[1].upper() + says[2]
    return found


class Terminated(KeyboardInterrupt):
    """Somebody asked this process to end, politely. It ends as after Ctrl-C: no half film and no workers are left."""


class Verbs(click.Group):
    """Subcommands by name; each is imported when it is called, so that help costs nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        return list(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb: what its module calls `command`."""
        if cmd_name not in verbs():
            return None
        command: click.Command = import_module(f"{package.__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click's, with a suggestion."""
        if args and not args[0].startswith("-") and args[0] not in verbs():
            raise click.UsageError(f"unknown command {args[0]!r}; {suggestion(args[0], verbs())}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs and what they do, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(verbs().items()))


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"lectures {own_version()}")
        ctx.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def group() -> None:
    """Films that show how gradient descent fits a model to data.

    \b
    lectures render linear                       the notes' houses, as a film
    lectures render linear --data my.csv         your own two columns
    lectures stills linear --data my.csv         the same in pictures, in seconds
    lectures fit linear --data my.csv --json     the numbers alone
    """


def main() -> NoReturn:
    """Run the command; whatever goes wrong is told in one line, and each of several things in its own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What goes to a file on Windows is in the language's code page, which lacks most characters.
            stream.reconfigure(errors="backslashreplace")
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminate)
    try:
        status = group.main(prog_name="lectures", standalone_mode=False)
    except InputErrors as error:
        _fail("\n".join(error.problems), 2)
    except InputError as error:
        _fail(str(error), 2)
    except click.UsageError as error:
        _fail(f"{error.format_message()} See: {error.ctx.command_path if error.ctx else 'lectures'} --help", 2)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        ended = isinstance(error, Terminated) or isinstance(error.__cause__, Terminated)
        what, number = ("terminated", signal.SIGTERM) if ended else ("interrupted", signal.SIGINT)
        _fail(f"{what}; nothing half-made was left", 128 + number)
    except configparser.Error as error:
        # Manim reads its files when it is imported, and there is no other reader of such files here.
        _fail(f"a manim.cfg cannot be read: {' '.join(str(error).split())}", 2)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}", 1)
    sys.exit(status if isinstance(status, int) else 0)


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated


def _fail(message: str, code: int) -> NoReturn:
    for line in message.splitlines():
        click.echo(f"Error: {' '.join(line.split())}", err=True)
    sys.exit(code)
