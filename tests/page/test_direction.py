"""Names that are written from right to left, or turn what follows them, on the page: only they are turned."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from page_bundles import Open, bundle
from playwright.sync_api import Locator, expect

from fitting import Dataset, fit
from scenes.kit.words.captions import literal, plain
from scenes.page.gallery import write_gallery

TURNED = "rent \N{RIGHT-TO-LEFT OVERRIDE}and more"
"""It would turn all that stands behind it on its line."""

HEBREW = "שכר דירה"

LEFTS = """
(element, word) => {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const start = node.data.indexOf(word);
    if (start < 0) continue;
    return [...word].map((_, at) => {
      const range = document.createRange();
      range.setStart(node, start + at);
      range.setEnd(node, start + at + 1);
      return range.getBoundingClientRect().left;
    });
  }
  return [];
}
"""
"""Where the letters of a word begin in an element."""


def runs_on(element: Locator, word: str) -> None:
    """A word of ours is written from left to right."""
    lefts = element.evaluate(LEFTS, word)
    assert len(lefts) == len(word)
    assert all(one < other for one, other in pairwise(lefts)), (word, lefts)


@pytest.fixture(params=[TURNED, HEBREW], ids=["turned", "hebrew"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A name of a user, and a page on which everything that a user can name is called so."""
    name: str = request.param
    caption = plain(f"Of {literal(name)} and area.")
    data = Dataset([20.0, 50, 90, 130], [90e3, 170e3, 260e3, 400e3], name, name, "sqm", "EUR", name, name)
    bundle(
        tmp_path,
        name,
        fit(data=data),
        title=name,
        question=f"{name}?",
        lecture="linear",
        chapters=[{"name": name, "start": 0.0, "end": 6.0}],
        captions=[{"start": 0.0, "end": 6.0, "text": caption}],
    )
    bundle(tmp_path, "other", fit(data=data), lecture="cost")
    write_gallery(tmp_path)
    return name, tmp_path


def test_only_the_name_is_turned(opened: Open, own: tuple[str, Path]) -> None:
    name, out = own
    page = opened(out=out)
    title = page.locator(".card h2").filter(has_text=name)
    number, words = (title.locator(part).bounding_box() for part in (".number", "bdi"))
    assert number is not None
    assert words is not None
    assert number["x"] + number["width"] <= words["x"]
    page = opened(quote(name, safe=""), out=out)
    shown = page.locator("article:not([hidden])")
    expect(shown.get_by_role("heading", level=1)).to_have_text(name)
    expect(page).to_have_title(f"\u2068{name}\u2069 · Lectures on gradient descent")
    runs_on(shown.locator(".eyebrow"), "All lectures")
    runs_on(shown.locator(".chapters button"), "0:00")
    shown.get_by_role("heading", name="Transcript").click()
    spoken = shown.locator(".transcript li button")
    for word in ("Of", "and area", "0:00"):
        runs_on(spoken, word)


def test_plots_and_notes_keep_their_direction(opened: Open, own: tuple[str, Path]) -> None:
    name, out = own
    page = opened(quote(name, safe=""), out=out)
    page.get_by_role("button", name="Explore the run").filter(visible=True).click()
    page.wait_for_selector("article:not([hidden]) .explore[data-record] [data-plot=fit] .ytitle")
    plot = page.locator("article:not([hidden]) [data-plot=fit]")
    runs_on(plot.locator(".xtitle"), "sqm")
    assert f"Plot of \u2068{name}\u2069 by \u2068{name}\u2069, with" in (plot.get_attribute("aria-label") or "")
    note = page.locator("article:not([hidden]) .notes li").first
    runs_on(note, "and")
    runs_on(note, "The descent ran in standard units")


def test_of_a_film_that_is_named_so_a_link_keeps_its_direction(opened: Open, own: tuple[str, Path]) -> None:
    _, out = own
    runs_on(opened("other", out=out).locator("article:not([hidden])"), "Its run is explored with")
