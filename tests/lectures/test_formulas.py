"""All formulas of a film are what two converters agree upon."""

from __future__ import annotations

import pytest
from other_converter import assert_same, by_the_other_converter

from scenes.batch.asking.catalogue import Entry, catalogue
from scenes.kit.story.rehearsal import rehearse
from scenes.kit.text.typeset import collected


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_formulas_of_a_film_are_those_of_another_converter(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    with collected() as known:
        rehearse(entry.load())
    formulas = {key: content for key, content in known.items() if "$" in key[0]}
    assert len(formulas) >= 10
    assert_same(by_the_other_converter(formulas, monkeypatch))
