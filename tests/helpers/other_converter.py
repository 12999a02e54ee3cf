"""Formulas as tex2typst, another converter, has them."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.text import typeset as typeset_module
from scenes.kit.text.outlines import Typeset
from scenes.kit.text.typeset import Known, typeset


def _in_tex2typst(latex: str) -> str:
    from tex2typst import tex2typst

    return str(tex2typst(latex))


def by_the_other_converter(known: Known, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Typeset, Typeset]]:
    """What was set, as it is and as tex2typst has it."""
    pytest.importorskip("tex2typst", reason="tex2typst has no wheel for this machine")
    monkeypatch.setattr(typeset_module, "_typst_math", _in_tex2typst)
    monkeypatch.setattr(typeset_module, "_known", {})
    return {source: (ours, typeset(source, engine, align)) for (source, engine, align), ours in known.items()}


def assert_same(both: dict[str, tuple[Typeset, Typeset]]) -> None:
    for source, (ours, theirs) in both.items():
        assert [outline.tag for outline in ours.outlines] == [outline.tag for outline in theirs.outlines], source
        for own, other in zip(ours.outlines, theirs.outlines, strict=True):
            np.testing.assert_array_equal(own.points, other.points, source)
