"""Values by name, as options take them."""

from __future__ import annotations

import click
import pytest

from fitting import InputError
from scenes.batch.verbs.options import Assignments

START = click.Option(["--start"], type=Assignments("W=0.2,b=0.8"))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("W=0.2,b=0.8", {"W": 0.2, "b": 0.8}),
        (" W = 1e3 , b = -0 ", {"W": 1000.0, "b": 0.0}),
        ("W=1", {"W": 1.0}),
        ({"W": 0.5}, {"W": 0.5}),
    ],
)
def test_names_and_numbers(given: object, found: dict[str, float]) -> None:
    assert Assignments("").convert(given, START, None) == found


@pytest.mark.parametrize(
    ("given", "got"),
    [
        ("W", "'W'"), ("W=", "'W='"), ("=2", "'=2'"), ("W=two", "'W=two'"), ("", "''"), ("W=1,,b=2", "''"),
        ("W=1,W=2", "'W' twice"), ("W=1,W=x", "'W=x'"), ("W=1,W", "'W'"),
    ],
)  # fmt: skip
def test_what_is_no_assignment_is_shown_with_an_example(given: str, got: str) -> None:
    with pytest.raises(InputError) as caught:
        Assignments("W=0.2,b=0.8").convert(given, START, None)
    assert str(caught.value) == f"start: got {got}; expected each name once, as in W=0.2,b=0.8"


def test_without_an_option_it_is_a_value() -> None:
    with pytest.raises(InputError, match=r"^value: got"):
        Assignments("a=1").convert("?", None, None)
