"""What is asked for by names of lectures, lesson files and options: requests, or all that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitting.errors import InputError, InputErrors

if TYPE_CHECKING:
    from scenes.batch.asking.request import Request


def requests(names_or_files: Sequence[str], **options: Any) -> list[Request]:
    """What is asked for by names of lectures and lesson files, and by the options that were given.

    Options that were given go before what a lesson file says; what is None leaves it alone.

    Args:
        names_or_files: Each the name of a lecture, or a path that ends in .toml.
        **options: Keys of a `Look`, and the run's as `run_options` names them.

    Raises:
        InputErrors: All that is wrong with all of them, before anything is imported that draws.
    """
    from scenes.batch.asking.catalogue import choose
    from scenes.batch.asking.looks import KEYS
    from scenes.batch.asking.request import Request
    from scenes.kit.subject.look import Look

    given = {name: value for name, value in options.items() if value is not None}
    look = {name: given.pop(name) for name in KEYS if name in given}
    asked: list[tuple[str, Request]] = []
    problems: list[str] = []
    for name in names_or_files:
        try:
            if name.lower().endswith(".toml"):
                from scenes.batch.asking.lesson_file import read_lesson

                asked.append((name, read_lesson(Path(name).expanduser(), look, given)))
            else:
                (entry,) = choose([name])
                asked.append((name, Request(name, entry, given, Look(**look))))
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
