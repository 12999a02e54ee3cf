"""What is fitted: pairs of an input x and a target y. The notes' houses, or two columns of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from fitting.arrays import Array, Integers, read_only
from fitting.errors import InputError, suggestion

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_DELIMITERS = (",", ";", "\t")
_EXPECTED = "expected a CSV file: text with a header and columns separated by commas"

_Row = tuple[int, list[str]]
"""Number of the row's first line, as a text editor counts, and its cells."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Inputs and targets, one of each for every item.

    Attributes:
        x: Inputs, shape (n,), read-only float64.
        y: Targets, shape (n,), read-only float64.
        x_name: What the inputs are, as a user would write it.
        y_name: What the targets are.
        x_unit: Unit of the inputs; "" if there is none.
        y_unit: Unit of the targets; "" if there is none.
        item: What one pair belongs to.
        items: What several pairs belong to.
        source: Where the data come from, such as a file's path; "" if unknown.

    Raises:
        InputError: x and y are not equally many numbers in one dimension, fewer than two, not finite, or all x
            are equal.
    """

    x: Array
    y: Array
    x_name: str = "x"
    y_name: str = "y"
    x_unit: str = ""
    y_unit: str = ""
    item: str = "row"
    items: str = "rows"
    source: str = ""

    def __post_init__(self) -> None:
        for name in ("x", "y"):
            try:
                values = read_only(getattr(self, name))
            except (TypeError, ValueError):
                raise InputError(f"{name} of the data must hold numbers alone") from None
            if values.ndim != 1:
                raise InputError(f"{name} of the data must have shape (n,); got {values.shape}")
            object.__setattr__(self, name, values)
        where = f"{self.source}: " if self.source else ""
        if len(self.x) != len(self.y):
            raise InputError(f"{where}x and y must be equally many; got {len(self.x)} and {len(self.y)}")
        if len(self.x) < 2:
            raise InputError(
                f"{where}{len(self.x)} {self.item if len(self.x) == 1 else self.items} of data; "
                "a fit needs at least 2: add more"
            )
        for name, label in (("x", self.x_name), ("y", self.y_name)):
            wrong = np.flatnonzero(~np.isfinite(getattr(self, name)))
            if len(wrong):
                value = getattr(self, name)[wrong[0]]
                raise InputError(f"{where}'{label}' must be finite; value {wrong[0] + 1} is {value}")
        if (self.x == self.x[0]).all():
            raise InputError(
                f"{where}all values of '{self.x_name}' are {self.x[0]:g}; "
                "a fit needs at least two different ones: choose another x column or add data"
            )

    def __len__(self) -> int:
        return len(self.x)

    def places(self) -> tuple[Integers, Integers]:
        """At which different points the pairs lie.

        Returns:
            For each point, in the order of the data, the first pair that lies there, shape (m,); and for each pair
            which of the points it lies at, shape (n,).
        """
        pairs = np.stack([self.x, self.y])
        _, first, place = np.unique(pairs, axis=1, return_index=True, return_inverse=True)
        order = np.argsort(first)
        return first[order], np.argsort(order)[place.reshape(-1)]


@cache
def house_prices() -> Dataset:
    """The four houses of the notes: price by number of floors. One dataset, however often it is asked for.

    Returns:
        x: floors 1 to 4; y: prices 0.7, 1.5, 4.5, 9.5 in units of 100,000 EUR.

    Source:
        House prices notes.
    """
    return Dataset(
        x=np.array([1.0, 2.0, 3.0, 4.0]),
        y=np.array([0.7, 1.5, 4.5, 9.5]),
        x_name="floors",
        y_name="price",
        y_unit="100,000 EUR",
        item="house",
        items="houses",
        source="house prices notes",
    )


def read_csv(path: str | Path, x: str | None = None, y: str | None = None) -> Dataset:
    """Two columns of a CSV file: UTF-8, a header, cells separated by commas, semicolons or tabs.

    Empty lines are skipped. Only the two columns are read as numbers; names are kept as they are written.

    Args:
        path: The file.
        x: Name of the column of inputs. May be left out if the file has two columns.
        y: Name of the column of targets. Likewise.

    Returns:
        The data, in the file's units and order.

    Raises:
        InputError: The file cannot be read, a column is missing, or a cell is not a finite number. The message
            names the file, the row as a text editor counts lines, and the column.
    """
    file = Path(path)
    header, rows = _table(file)
    x_column, y_column = _columns(file, header[1], x, y)
    if not rows:
        raise InputError(f"{file}: a header and no rows; expected at least 2 rows of data below it")
    values = [
        tuple(_cell(file, line, header[1][column], cells[column]) for column in (x_column, y_column))
        for line, cells in rows
    ]
    columns = np.array(values)
    return Dataset(columns[:, 0], columns[:, 1], header[1][x_column], header[1][y_column], source=str(file))


def _table(file: Path) -> tuple[_Row, list[_Row]]:
    text = _text(file)
    # The first delimiter under which the header and the row below agree on more than one column.
    tables = [_rows(file, text, delimiter) for delimiter in _DELIMITERS]
    agreeing = [t for t in tables if len(t[0][1]) > 1 and len({len(cells) for _, cells in t[:2]}) == 1]
    table = agreeing[0] if agreeing else max(tables, key=lambda t: len(t[0][1]))
    header, *rows = table
    if len(header[1]) < 2:
        raise InputError(f"{file}: one column; expected a CSV file with two or more, separated by commas")
    if all(_NUMBER.fullmatch(name) for name in header[1]):
        raise InputError(f"{file}, row {header[0]}: numbers; expected the names of the columns: add a header")
    for line, cells in rows:
        if len(cells) != len(header[1]):
            raise InputError(
                f"{file}, row {line}: {len(cells)} cells; expected {len(header[1])} as in the header: "
                "add or remove cells, and quote those that hold the delimiter"
            )
    named = [name for name in header[1] if name]
    for name in named:
        if named.count(name) > 1:
            raise InputError(f"{file}, row {header[0]}: two columns are named '{name}'; rename one of them")
    return header, rows


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file of data. What gives them only once, a pipe for one, is read once and remembered.

    Raises:
        InputError: It cannot be read.
    """
    file = Path(path)
    if file.is_dir():
        raise InputError(f"{file}: a directory; {_EXPECTED}")
    try:
        return file.read_bytes() if file.is_file() else _read_once(file)
    except FileNotFoundError:
        raise InputError(f"{file}: no such file; check the path") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}; check its permissions") from None
    except ValueError:
        # Of a name that no file can have.
        raise InputError(f"{str(file)!r}: no such file; check the path") from None


@cache
def _read_once(file: Path) -> bytes:
    return file.read_bytes()


def _text(file: Path) -> str:
    content = read_bytes(file)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{file}: UTF-16 text; expected UTF-8: save it as 'CSV UTF-8'")
    if b"\0" in content or content.startswith(b"PK\x03\x04"):
        raise InputError(f"{file}: not text; {_EXPECTED}; export a spreadsheet as CSV")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{file}, row {line}: not UTF-8 text; save it as 'CSV UTF-8'") from None
    if not text.strip():
        raise InputError(f"{file}: empty; {_EXPECTED}")
    return text


def _rows(file: Path, text: str, delimiter: str) -> list[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows, line = [], 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if len(stripped) > 1 or any(stripped):
                rows.append((line, stripped))
            # A quoted cell may hold line breaks: the next row begins after the last line read.
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{file}, row {line}: not CSV: {error}; check the quotation marks") from None
    return rows


def _columns(file: Path, names: list[str], x: str | None, y: str | None) -> tuple[int, int]:
    given = [None if name is None else name.strip() for name in (x, y)]
    for name in given:
        if name is not None and name not in names:
            raise InputError(f"{file}: no column '{name}'; {suggestion(name, [n for n in names if n])}")
    if None in given:
        named = [name for name in names if name]
        if len(named) != 2:
            raise InputError(
                f"{file}: {len(named)} columns ({', '.join(named)}); name the columns of x and y (--x, --y)"
            )
        rest = [name for name in named if name not in given]
        given = [rest.pop(0) if name is None else name for name in given]
    if given[0] == given[1]:
        raise InputError(f"{file}: column '{given[0]}' for both x and y; choose two different columns")
    return names.index(str(given[0])), names.index(str(given[1]))


def _cell(file: Path, line: int, column: str, cell: str) -> float:
    where = f"{file}, row {line}, column '{column}'"
    if not cell:
        raise InputError(f"{where}: blank; expected a number: fill it in or remove the row")
    if not _NUMBER.fullmatch(cell):
        if _NOT_FINITE.fullmatch(cell):
            raise InputError(f"{where}: '{cell}'; expected a finite number: fill it in or remove the row")
        raise InputError(f"{where}: '{cell}'; expected a number such as 700000 or 0.5, without thousands separators")
    value = float(cell)
    if not np.isfinite(value):
        raise InputError(f"{where}: '{cell}' is too large; expected a finite number below 1.8e308")
    return value
