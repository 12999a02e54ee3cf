"""Presenting in a browser: a chapter at a time, by what a clicker sends."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from page_bundles import CHAPTER_FRAMES, COLORS, RATE, Open
from PIL import Image
from playwright.sync_api import Page, expect

WATCHED = """
  window.painted = [];
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (film, ...rest) {
    if (film instanceof HTMLVideoElement) window.painted.push(film.currentTime);
    return draw.call(this, film, ...rest);
  };
"""
"""Keeps the film's time at every frame that is painted."""

NO_FULL_SCREEN = "Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not here'));"

RED, GREEN, BLUE = range(3)


def present(page: Page) -> None:
    page.get_by_role("button", name="Present", exact=True).filter(visible=True).click()
    expect(page.get_by_role("dialog", name="Presentation: Linear")).to_be_visible()


def wait_for(page: Page, chapter: int, state: str) -> None:
    expect(page.locator(f'.stage[data-chapter="{chapter}"][data-state="{state}"]')).to_have_count(1)


def color(page: Page) -> int | None:
    """Which chapter's colour is seen in the middle of the stage, if any."""
    picture = np.array(Image.open(BytesIO(page.screenshot())).convert("RGB"), dtype=float)
    middle = picture[picture.shape[0] // 2, picture.shape[1] // 2]
    distances = [np.linalg.norm(middle - np.array(one)) for one in COLORS]
    # The encoder changes colours by a few units; black, before the first frame, is 200 away.
    return int(np.argmin(distances)) if min(distances) < 40 else None


def test_a_chapter_plays_and_stops_on_its_last_frame(opened: Open) -> None:
    page = opened("linear", script=WATCHED)
    present(page)
    assert page.evaluate("document.fullscreenElement.className") == "stage"
    seen = []
    while page.locator('.stage[data-state="done"]').count() == 0:
        seen.append(color(page))
    page.wait_for_timeout(500)
    assert set(seen) | {color(page)} <= {RED, None}
    assert color(page) == RED
    painted = page.evaluate("painted")
    assert len(painted) > 5
    last = CHAPTER_FRAMES - 1
    assert int(painted[-1] * RATE) == last
    assert max(painted) * RATE < CHAPTER_FRAMES
    assert page.evaluate("document.querySelector('dialog video').paused")


def test_even_a_browser_that_is_late_shows_nothing_of_the_next_chapter(opened: Open) -> None:
    page = opened("linear", script=WATCHED)
    present(page)
    page.wait_for_function("() => painted.length > 3")
    # Nothing runs while the chapter ends and the next one is under way.
    page.evaluate("const until = performance.now() + 2600; while (performance.now() < until);")
    wait_for(page, RED, "done")
    assert color(page) == RED
    assert max(page.evaluate("painted")) * RATE < CHAPTER_FRAMES


def test_a_clicker_goes_on_and_back(opened: Open) -> None:
    page = opened("linear")
    present(page)
    place = page.locator(".place")
    expect(place).to_contain_text("1 / 3")
    for key, chapter in (
        ("Space", GREEN), ("ArrowRight", BLUE), ("PageDown", BLUE), ("ArrowLeft", GREEN), ("PageUp", RED),
        ("ArrowLeft", RED), ("End", BLUE), ("Home", RED), ("PageDown", GREEN),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(place).to_contain_text(f"{chapter + 1} / 3")
    expect(place).to_contain_text("Chapter 2 of 3: Green")
    assert place.get_attribute("aria-live") == "polite"
    wait_for(page, GREEN, "done")
    assert color(page) == GREEN


def test_captions_are_shown_where_the_picture_has_none(opened: Open) -> None:
    page = opened("linear")
    present(page)
    caption = page.locator(".stage-caption")
    expect(caption).to_have_text("It is red, and <b>not</b> bold.")
    page.keyboard.press("Space")
    expect(caption).to_have_text("It is green.")
    page.keyboard.press("b")
    expect(caption).to_be_hidden()
    expect(page.locator(".stage canvas")).to_be_hidden()


def test_the_last_chapter_ends_on_the_films_last_frame(opened: Open) -> None:
    page = opened("linear", script=WATCHED)
    present(page)
    page.keyboard.press("End")
    wait_for(page, BLUE, "done")
    assert color(page) == BLUE
    assert int(page.evaluate("painted.at(-1)") * RATE) == 3 * CHAPTER_FRAMES - 1


def test_escape_leaves_and_the_focus_comes_back(opened: Open) -> None:
    page = opened("linear")
    present(page)
    page.keyboard.press("ArrowRight")
    wait_for(page, GREEN, "done")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Present", exact=True).filter(visible=True)).to_be_focused()
    assert page.evaluate("document.fullscreenElement") is None
    # The player stands where the presentation was.
    assert page.locator("article:not([hidden]) video").evaluate("video => video.currentTime") == pytest.approx(
        3.97, abs=0.1
    )
    present(page)
    wait_for(page, GREEN, "playing")


def test_leaving_full_screen_leaves_the_presentation(opened: Open) -> None:
    page = opened("linear")
    present(page)
    page.wait_for_function("() => document.fullscreenElement")
    page.evaluate("document.exitFullscreen()")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_it_works_where_full_screen_is_refused(opened: Open) -> None:
    page = opened("linear", script=NO_FULL_SCREEN)
    present(page)
    size = page.locator(".stage").bounding_box()
    assert size is not None
    assert (size["width"], size["height"]) == (1280, 800)
    page.keyboard.press("Space")
    wait_for(page, GREEN, "done")
    assert color(page) == GREEN
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Present", exact=True).filter(visible=True)).to_be_focused()


def test_buttons_do_the_same_and_keep_space_going_on(opened: Open) -> None:
    page = opened("linear", size=(360, 740))
    present(page)
    page.get_by_role("button", name="On to the next chapter").click()
    expect(page.locator(".place")).to_contain_text("2 / 3")
    page.get_by_role("button", name="Back a chapter").click()
    expect(page.locator(".place")).to_contain_text("1 / 3")
    page.keyboard.press("Space")
    expect(page.locator(".place")).to_contain_text("2 / 3")
    page.get_by_role("button", name="Leave the presentation").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_focus_stays_in_the_presentation(opened: Open) -> None:
    page = opened("linear", script=NO_FULL_SCREEN)
    present(page)
    for _ in range(8):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert page.evaluate(inside)
