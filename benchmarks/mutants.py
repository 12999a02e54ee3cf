"""How many mistakes the tests of a room catch: mutants, drawn at random from the code of the rooms.

A mutant is the code with one thing changed by Cosmic Ray: an operator, a comparison, a number, a condition, a loop. It
is caught if a test of the same room fails, or hangs. What survives changes nothing, or wants a test of what it means:

    python benchmarks/mutants.py --sample 60 --seed 7
    python benchmarks/mutants.py --sample 20 --room fitting --room kit/words
    python benchmarks/mutants.py --at fitting/optimum.py:44
    python benchmarks/mutants.py --at fitting/course.py --tests tests/fitting/test_course.py

All of it happens in a copy of the checkout. Of each place in the code one mutant is drawn, so that a place where much
could be changed is no likelier than another.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

import click

ROOT = Path(__file__).resolve().parent.parent

ROOMS = {
    "fitting": ("fitting", "tests/fitting"),
    **{
        f"kit/{room}": (f"scenes/kit/{room}", f"tests/kit/{room}")
        for room in ("words", "drawing", "text", "subject", "panels", "story")
    },
    "batch": ("scenes/batch", "tests/batch"),
    "lectures": ("scenes", "tests/lectures"),
}
"""Code and tests by room. Code belongs to the first room that has it: to lectures, what is in no other."""

WITHOUT = "scenes/page"
"""A browser tests it, with its JavaScript."""

SWAPS = (
    "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul", "BitAnd_BitOr", "BitOr_BitAnd",
    "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Lt_Gt", "Gt_Lt", "LtE_GtE", "GtE_LtE",
    "Is_IsNot", "IsNot_Is", "Delete_USub", "Delete_Not", "Delete_Invert",
)  # fmt: skip
"""Operators that are taken for others. Cosmic Ray also has `-` for `<<`, which fails on any number with a point."""

CHANGES = (
    "AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "NumberReplacer",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop",
)  # fmt: skip
"""Other changes, likewise by Cosmic Ray's names."""

NO_DIFFERENCE = {"frozen", "slots", "eq", "strict"}
"""Keyword arguments that only guard against other mistakes."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file.

    Attributes:
        room: Whose code it is.
        path: File, from the root.
        line: Where in it.
        operator: Cosmic Ray's name for the change.
        occurrence: Which of the places in the file that the operator could change.
    """

    room: str
    path: str
    line: int
    operator: str
    occurrence: int

    def code(self, source: str) -> str:
        """The file's text after the change."""
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator

        return str(mutate_code(source, get_operator(self.operator)(), self.occurrence))


@click.command(help=__doc__)
@click.option("--sample", default=60, show_default=True, help="How many mutants to draw.")
@click.option("--seed", default=0, show_default=True, help="Of the draw.")
@click.option("--room", "rooms", multiple=True, type=click.Choice(list(ROOMS)), help="Draw from this one; all if none.")
@click.option("--at", multiple=True, metavar="FILE[:LINE]", help="Draw from this file, or this line, alone.")
@click.option("--tests", multiple=True, help="Run these instead of all of the room: what they catch, the room catches.")
@click.option("--only-list", is_flag=True, help="Show the mutants, run no tests.")
def main(
    sample: int, seed: int, rooms: tuple[str, ...], at: tuple[str, ...], tests: tuple[str, ...], only_list: bool
) -> None:
    """Draw, run, and say what survived."""
    places = list(_places(rooms or tuple(ROOMS)))
    if at:
        places = [place for place in places if {place[0].path, f"{place[0].path}:{place[0].line}"} & set(at)]
    draw = random.Random(seed)
    shuffled = (draw.choice(place) for place in draw.sample(places, len(places)))
    drawn = list(islice(filter(_compiles, shuffled), sample))
    drawn.sort(key=lambda mutant: (list(ROOMS).index(mutant.room), mutant.path, mutant.line))
    click.echo(f"{len(drawn)} mutants of {len(places)} places, seed {seed}")
    if only_list:
        for mutant in drawn:
            click.echo(_shown(mutant))
        return
    # However it is ended, the copy goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    caught, all_of = Counter[str](), Counter(mutant.room for mutant in drawn)
    with tempfile.TemporaryDirectory(prefix="mutants") as folder:
        checkout = Checkout(Path(folder), tests)
        for mutant in drawn:
            start = perf_counter()
            is_caught = checkout.catches(mutant)
            caught[mutant.room] += is_caught
            said = "caught" if is_caught else "SURVIVED"
            click.echo(f"{said:<9} {perf_counter() - start:5.0f} s  {_shown(mutant)}")
    for room, count in all_of.items():
        click.echo(f"{room:<14}{caught[room]:3d} of {count:3d} caught")
    click.echo(f"{'all':<14}{caught.total():3d} of {len(drawn):3d} caught, {caught.total() / max(len(drawn), 1):.0%}")


class Checkout:
    """A copy of the checkout, with what is not committed, to make mistakes in.

    Args:
        folder: An empty one, for the copy and all that its tests write.
        tests: What is run; a room's if empty.
    """

    def __init__(self, folder: Path, tests: Sequence[str] = ()) -> None:
        self._root, self._folder, self._chosen = folder / "copy", folder, tests
        self._tests: dict[str, dict[str, float]] = {}
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (self._root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self._root / name)
        (folder / "tmp").mkdir()

    def catches(self, mutant: Mutant) -> bool:
        """Whether a test of the mutant's room fails."""
        seconds = self._seconds(mutant.room)
        words = Path(mutant.path).with_suffix("").parts[1:]
        # Tests named as the code fail first, and then quick ones.
        tests = sorted(seconds, key=lambda name: (-sum(word in name for word in words), seconds[name]))
        file = self._root / mutant.path
        source, times = file.read_text(encoding="utf-8"), file.stat()
        try:
            file.write_text(mutant.code(source), encoding="utf-8")
            return not self._pass(tests, 30 + 3 * sum(seconds.values()))
        finally:
            file.write_text(source, encoding="utf-8")
            # What Python has compiled of it holds again.
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    def _seconds(self, room: str) -> dict[str, float]:
        """How long the room's files of tests take when nothing is wrong."""
        if room not in self._tests:
            click.echo(f"{room}: its tests on the code as it is", err=True)
            tests, report = self._chosen or [ROOMS[room][1]], self._folder / "report.xml"
            if not self._pass(tests, None, f"--junitxml={report}", output=None):
                raise click.ClickException(f"{', '.join(tests)} must pass before there are mutants")
            seconds: dict[str, float] = defaultdict(float)
            for case in ElementTree.parse(report).iter("testcase"):
                name = Path(*case.attrib["classname"].split(".")).with_suffix(".py").as_posix()
                seconds[name] += float(case.attrib["time"])
            self._tests[room] = dict(seconds)
        return self._tests[room]

    def _pass(
        self, tests: Sequence[str], timeout: float | None, *options: str, output: int | None = subprocess.DEVNULL
    ) -> bool:
        """Whether tests pass within a time, in seconds."""
        # Compiled code is kept by what it was compiled from: mutants find none of each other's.
        environment = {
            **os.environ,
            "PYTHONPATH": str(self._root),
            "LECTURES_CACHE": str(self._folder / "cache"),
            "TMPDIR": str(self._folder / "tmp"),
        }
        if timeout is not None:
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *options, *tests],
            cwd=self._root, env=environment, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
        try:
            return process.wait(timeout) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            # Whatever the tests started ends with them.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _places(rooms: Sequence[str]) -> Iterator[list[Mutant]]:
    """The mutants of each place in the code of rooms."""
    for path in sorted([*ROOT.glob("fitting/**/*.py"), *ROOT.glob("scenes/**/*.py")]):
        name = path.relative_to(ROOT).as_posix()
        room = next(room for room, (folder, _) in ROOMS.items() if name.startswith(folder + "/"))
        if room in rooms and not name.startswith(WITHOUT + "/"):
            yield from _places_of(room, name, path.read_text(encoding="utf-8"))


def _places_of(room: str, path: str, source: str) -> Iterator[list[Mutant]]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    nodes, left_out = list(ast_nodes(get_ast(source))), list(_left_out(ast.parse(source)))
    places: dict[object, list[Mutant]] = defaultdict(list)
    for name in operator_names():
        short = name.split("/")[1]
        if short not in CHANGES and short.partition("_")[2] not in SWAPS:
            continue
        operator = get_operator(name)()
        positions = [position for node in nodes for position in operator.mutation_positions(node)]
        for occurrence, (start, end) in enumerate(positions):
            mutant = Mutant(room, path, start[0], name, occurrence)
            if not any(first <= start and end <= last for first, last in left_out):
                places[start, end].append(mutant)
    for place in sorted(places, key=repr):
        yield places[place]


def _left_out(tree: ast.Module) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where nothing that runs is said, or nothing that shows: annotations, decorators, guards."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            parts += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            parts.append(node.returns)
        if isinstance(node, ast.arg | ast.AnnAssign):
            parts.append(node.annotation)
        if isinstance(node, ast.keyword) and node.arg in NO_DIFFERENCE:
            parts.append(node)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'"):
            parts.append(node)
        for part in filter(None, parts):
            yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)  # type: ignore[attr-defined]


def _compiles(mutant: Mutant) -> bool:
    try:
        compile(mutant.code((ROOT / mutant.path).read_text(encoding="utf-8")), mutant.path, "exec")
    except SyntaxError:
        return False
    return True


def _shown(mutant: Mutant) -> str:
    """Where it is, and the line before and after."""
    source = (ROOT / mutant.path).read_text(encoding="utf-8")
    before, after = source.splitlines(), mutant.code(source).splitlines()
    # A number that begins a line is moved to the end of the line before it.
    first = next(k for k, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    taken = 1 + len(before) - len(after)
    old = " ".join(line.strip() for line in before[first : first + taken])
    return f"{mutant.path}:{mutant.line}\n    - {old}\n    + {after[first].strip()}"


if __name__ == "__main__":
    main()
