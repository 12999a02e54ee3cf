"""The catalogue of what lectures say: it is current, and keys of lesson files are found in it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scenes.batch.asking.catalogue import catalogue, choose
from scenes.batch.asking.messages import CATALOGUE, Messages, messages_of

ROOT = Path(__file__).parents[3]
SAID = Messages(
    (
        "Its cost is ${least}$.",
        "{steps} steps leave none.",
        r"In $W$: $\frac{1}{N}$ of {x}.",
        "0 is the mean",
        "${W}$ turns",
    )
)


def test_the_catalogue_is_what_the_sources_say() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "messages.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert CATALOGUE.read_text(encoding="utf-8").startswith("#: scenes/")


@pytest.mark.parametrize(
    ("key", "template"),
    [
        ("Its cost is ${least}$.", SAID.templates[0]),
        ("Its cost is $#1$.", SAID.templates[0]),
        ("Its cost is  $2.50$.", SAID.templates[0]),
        ("Seven steps leave none.", SAID.templates[1]),
        ("#1 steps leave none.", SAID.templates[1]),
        (r"In $W$: $\frac{#1}{N}$ of {x}.", SAID.templates[2]),
        ("#1 is the mean", SAID.templates[3]),
        (r"$\textcolor{model}{\hat{y}}$ turns", SAID.templates[4]),
        (r"$\alpha$ turns", SAID.templates[4]),
        ("$W$ turns", SAID.templates[4]),
        ("Its cost is $x$", ""),
        ("In $W$: half of {x}.", ""),
        ("Two or three steps leave none.", ""),
    ],
)
def test_a_key_is_a_template_or_what_the_film_shows(key: str, template: str) -> None:
    assert SAID.find(key) == template


def test_what_may_be_meant_is_near() -> None:
    assert SAID.closest("Its costs are ${least}$.") == SAID.templates[0]
    assert SAID.closest("#1 steps leave nothing.") == SAID.templates[1], "whatever a value is called"
    assert SAID.closest("something else") == ""


def test_every_lecture_has_its_own_words_and_those_of_the_kit() -> None:
    for entry in catalogue():
        said = messages_of(entry).templates
        assert {"step", *entry.beats} <= set(said), entry.name
        assert len(said) > 40
    linear, cubic = (set(messages_of(choose([name])[0]).templates) for name in ("linear", "cubic"))
    assert any("steep valley" in text or "valley" in text for text in cubic - linear)


@pytest.mark.parametrize(
    ("key", "template"),
    [
        ("$#1$ steps leave none.", "{steps} steps leave none."),
        (r"error $\textcolor{loss}{J_{\text{CE}}}$", "error ${cost}$"),
        (r"at $\textcolor{b}{b = #1}$", r"at $\textcolor{b}{b = {b}}$"),
        ("#1 of #2 {name}", "{k} of {n} {name}"),
    ],
)
def test_keys_from_before_values_had_names_are_found(key: str, template: str) -> None:
    assert Messages((template,)).find(key) == template


def test_the_catalogue_is_part_of_the_package() -> None:
    """`.ci/wheel` checks a lesson file with an installed copy."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    assert CATALOGUE.parent == ROOT / "scenes"
    assert CATALOGUE.name in data["scenes"]
