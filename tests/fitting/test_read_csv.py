"""CSV files: what is read, and what each unusable file is told."""

import numpy as np
import pytest

from fitting import Dataset, InputError, read_csv


@pytest.fixture
def csv(tmp_path):
    def write(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with-mark"])
def test_delimiters_and_byte_order_mark(csv, delimiter, mark):
    data = read_csv(csv(mark + "area,price\r\n20,-1.5\r\n\r\n  \r\n300,7e5\r\n".replace(",", delimiter)))
    assert (data.x_name, data.y_name) == ("area", "price")
    assert (data.x.tolist(), data.y.tolist()) == ([20.0, 300.0], [-1.5, 700000.0])


def test_columns_by_name_and_the_other_of_two(csv):
    three = csv("a,b,c\n1,2,3\n4,5,6\n")
    assert read_csv(three, "c", "a").x.tolist() == [3.0, 6.0]
    two = csv("a,b\n1,2\n4,5\n", "two.csv")
    assert read_csv(two, y="a").x_name == "b"
    assert read_csv(two, x="b").y_name == "a"


def test_names_are_kept_as_they_are(csv):
    data = read_csv(csv('" surface habitée_m² #1 ","price, $"\n1,2\n2,3\n'))
    assert (data.x_name, data.y_name) == ("surface habitée_m² #1", "price, $")


def test_a_name_may_hold_the_other_delimiter(csv):
    data = read_csv(csv("price, EUR;area\n1;2\n3;4\n"))
    assert (data.x_name, data.y_name) == ("price, EUR", "area")


def test_columns_that_are_not_chosen_need_no_numbers(csv):
    assert read_csv(csv("town,x,y\nUlm,1,2\n,2,3\n"), "x", "y").y.tolist() == [2.0, 3.0]


FILES = {
    "empty": (b"", ["empty", "expected a CSV file"]),
    "blank lines": (b"\n \n", ["empty"]),
    "header alone": (b"x,y\n", ["header and no rows"]),
    "no header": (b"1,2\n3,4\n", ["row 1", "names of the columns"]),
    "one column": (b"x\n1\n2\n", ["one column", "separated by commas"]),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0", ["not text", "expected a CSV file"]),
    "spreadsheet": (b"PK\x03\x04xl", ["export a spreadsheet as CSV"]),
    "UTF-16": ("x,y\n1,2\n".encode("utf-16"), ["UTF-16", "UTF-8"]),
    "Latin-1": ("x,y\n1,2\né,3\n".encode("latin-1"), ["row 3", "not UTF-8"]),
    "duplicate name": (b"x,x\n1,2\n3,4\n", ["row 1", "'x'", "rename"]),
    "ragged": (b"x,y\n1,2\n3,4,5\n", ["row 3", "3 cells", "expected 2"]),
    "one row": (b"x,y\n1,2\n", ["1 row", "at least 2"]),
    "x all equal": (b"x,y\n3,2\n3,4\n", ["'x'", "are 3", "two different"]),
    "text": (b"x,y\n1,2\n3,four\n", ["row 3", "column 'y'", "'four'", "expected a number"]),
    "blank": (b"x,y\n1,2\n,4\n", ["row 3", "column 'x'", "blank"]),
    "nan": (b"x,y\n1,nan\n3,4\n", ["row 2", "column 'y'", "'nan'", "finite"]),
    "inf": (b"x,y\n-inf,1\n3,4\n", ["row 2", "column 'x'", "'-inf'", "finite"]),
    "too large": (b"x,y\n1,1e999\n3,4\n", ["row 2", "column 'y'", "'1e999' is too large"]),
    "thousands": (b'x,y\n1,"700,000"\n3,4\n', ["row 2", "column 'y'", "'700,000'", "thousands separators"]),
    "underscore": (b"x,y\n1,7_0\n3,4\n", ["row 2", "'7_0'"]),
    "rows after blanks": (b"x,y\n\n1,2\n\n\n3,?\n", ["row 6", "column 'y'"]),
    "rows after a tall cell": (b'n,x,y\n"two\nlines",1,2\nz,3,?\n', ["row 4", "column 'y'"]),
}


@pytest.mark.parametrize(("content", "parts"), FILES.values(), ids=list(FILES))
def test_unusable_files(csv, content, parts):
    path = csv(content)
    with pytest.raises(InputError) as caught:
        read_csv(path, *(("x", "y") if content.startswith(b"n,x,y") else ()))
    message = str(caught.value)
    assert "\n" not in message
    for part in (str(path), *parts):
        assert part in message


def test_a_file_that_is_missing_or_a_directory(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.csv: no such file"):
        read_csv(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="a directory"):
        read_csv(tmp_path)


def test_columns_that_cannot_be_used(csv):
    path = csv("area,price,year\n1,2,3\n2,3,4\n")
    with pytest.raises(
        InputError, match=r"no column 'Aera'; did you mean 'area'. expected one of: 'area', 'price', 'year'"
    ):
        read_csv(path, "Aera", "price")
    with pytest.raises(InputError, match=r"3 columns \(area, price, year\); name the columns"):
        read_csv(path)
    with pytest.raises(InputError, match="'area' for both x and y"):
        read_csv(path, "area", "area")


def test_data_are_read_only_copies():
    x = np.array([1.0, 2.0])
    data = Dataset(x, [3, 4])
    x[0] = 9.0
    assert data.x[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        data.y[0] = 0.0


@pytest.mark.parametrize(
    ("x", "y", "part"),
    [
        ([1, 2], [1, 2, 3], "2 and 3"),
        ([1], [1], "at least 2"),
        ([[1, 2]], [[1, 2]], "shape"),
        ([1, 2], [1, np.nan], "value 2 is nan"),
        ([5, 5], [1, 2], "are 5"),
        ([1, 2], ["a", "b"], "numbers alone"),
    ],
)
def test_unusable_arrays(x, y, part):
    with pytest.raises(InputError, match=part):
        Dataset(x, y)


def test_a_name_that_no_file_can_have_is_bad_input() -> None:
    with pytest.raises(InputError, match="no such file"):
        read_csv("a\0b.csv")
