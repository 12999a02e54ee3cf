"""Characters of users: each has a glyph or is told, and keeps its direction to itself."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.text import typeset as typeset_module
from scenes.kit.text.formula import Pen
from scenes.kit.text.outlines import TypesettingError
from scenes.kit.text.typeset import typeset
from scenes.kit.words.captions import literal


def _without_a_font() -> str:
    """A character that no font of this machine has."""
    return next(c for c in "城ท🙂あ\U00012000\U00016800\U0001b170" if not typeset_module._has_glyph(c))


def test_what_no_font_has_is_told_and_not_drawn_as_a_box() -> None:
    missing = _without_a_font()
    with pytest.raises(TypesettingError, match="no font here has") as told:
        Pen().text("{name} of them", name=f"ab {missing}")
    assert missing in str(told.value)
    assert "apt install" in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_other_scripts_that_the_fonts_have_are_drawn() -> None:
    for text in ("жизнь", "ώρα", "שלום", "½ ≤ ℃ →"):
        assert typeset(literal(text)).outlines


def test_a_name_does_not_turn_what_follows_it() -> None:
    turned = typeset(literal("ab\N{RIGHT-TO-LEFT OVERRIDE}cd") + " efg")
    plain = typeset(literal("abdc") + " efg")
    ends = [[float(outline.points[:, 0].min()) for outline in one.outlines[-3:]] for one in (turned, plain)]
    # What follows stands in its own order, each letter right of the one before.
    assert ends[0] == sorted(ends[0])
    assert np.diff(ends[0]) == pytest.approx(np.diff(ends[1]), abs=1e-6)
