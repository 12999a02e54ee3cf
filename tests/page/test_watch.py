"""Watching lectures in a browser: overview, player, captions, chapters, transcript; by mouse and by keyboard."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import quote

import pytest
from page_bundles import CHAPTER, HOSTILE, Open
from playwright.sync_api import Page, expect

VIDEO = "article:not([hidden]) video"


def time(page: Page) -> float:
    return float(page.locator(VIDEO).evaluate("video => video.currentTime"))


def wait_until(page: Page, condition: str) -> None:
    page.wait_for_function(f"() => {{ const video = document.querySelector('{VIDEO}'); return {condition}; }}")


def test_the_overview_leads_to_a_lecture_and_back(opened: Open) -> None:
    page = opened()
    expect(page.locator(".card")).to_have_count(6)
    expect(page.locator("article").filter(visible=True)).to_have_count(0)
    loaded = "image => { image.scrollIntoView(); return image.decode().then(() => image.naturalWidth); }"
    assert [image.evaluate(loaded) for image in page.locator(".card img").all()] == [160] * 6
    page.get_by_role("link", name="Linear").first.click()
    expect(page.get_by_role("heading", name="Linear", level=1)).to_be_focused()
    expect(page).to_have_title("Linear · Lectures on gradient descent")
    page.get_by_role("link", name="All lectures").filter(visible=True).click()
    expect(page.locator(".card", has_text="What is linear?")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="Linear", level=1)).to_be_visible()


def test_the_film_plays(opened: Open) -> None:
    page = opened("linear")
    page.locator(VIDEO).evaluate("video => video.play()")
    wait_until(page, "video.currentTime > 0.5 && video.videoWidth === 160")


def test_captions_show_what_is_said_and_can_be_hidden(opened: Open) -> None:
    page = opened("linear")
    line = page.locator(".caption").filter(visible=True)
    page.locator(VIDEO).evaluate("video => { video.currentTime = 1.0; }")
    expect(line).to_have_text("It is red, and <b>not</b> bold.")
    page.locator(VIDEO).evaluate("video => { video.currentTime = 2.0; }")
    expect(line).to_have_text("")
    page.locator(VIDEO).evaluate("video => { video.currentTime = 3.0; }")
    expect(line).to_have_text("It is green.")
    button = page.get_by_role("button", name="Captions").filter(visible=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(line).to_have_count(0)


def test_captions_are_off_where_the_picture_has_them(opened: Open) -> None:
    page = opened("cost")
    button = page.get_by_role("button", name="Captions").filter(visible=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    page.locator(VIDEO).evaluate("video => { video.currentTime = 5.0; }")
    expect(page.locator(".caption").filter(visible=True)).to_have_text("It is blue.")


def test_full_screen_the_browser_shows_the_captions(opened: Open) -> None:
    page = opened("linear")
    modes = "video => [...video.textTracks].map(track => `${track.kind} ${track.mode} ${track.cues.length}`)"
    assert page.locator(VIDEO).evaluate(modes) == ["captions hidden 3"]
    page.get_by_role("button", name="Captions").filter(visible=True).focus()
    page.locator(VIDEO).evaluate("video => video.requestFullscreen()")
    wait_until(page, "video.textTracks[0].mode === 'showing'")
    page.evaluate("document.exitFullscreen()")
    wait_until(page, "video.textTracks[0].mode === 'hidden'")


def test_chapters_jump_and_the_current_one_is_marked(opened: Open) -> None:
    page = opened("linear")
    chapters = page.locator("article:not([hidden]) .chapters button")
    chapters.nth(1).click()
    wait_until(page, f"video.currentTime >= {CHAPTER} && video.currentTime < {2 * CHAPTER} && !video.paused")
    expect(chapters.nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator("article:not([hidden]) .chapter-status")).to_have_text("Chapter 2 of 3: Green")
    # It plays on into the next one.
    expect(chapters.nth(2)).to_have_attribute("aria-current", "true")
    expect(chapters.nth(1)).not_to_have_attribute("aria-current", "true")


def test_the_transcript_jumps(opened: Open) -> None:
    page = opened("linear")
    page.locator("article:not([hidden]) summary").click()
    page.get_by_role("button", name="It is blue.").filter(visible=True).click()
    wait_until(page, "video.currentTime >= 4.2")


def test_speed(opened: Open) -> None:
    page = opened("linear")
    page.get_by_label("Speed").filter(visible=True).select_option("2")
    assert page.locator(VIDEO).evaluate("video => video.playbackRate") == 2


def test_leaving_a_lecture_stops_its_film(opened: Open) -> None:
    page = opened("linear")
    page.locator(VIDEO).evaluate("video => video.play()")
    page.get_by_role("link", name="All lectures").filter(visible=True).click()
    expect(page.get_by_role("heading", level=1).filter(visible=True)).to_have_text(
        "How gradient descent fits a\u00a0model"
    )
    assert page.locator("#linear video").evaluate("video => video.paused")


def test_by_keyboard_alone(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Lectures on gradient descent")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    expect(page.locator(".card").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Linear", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(VIDEO)).to_be_focused()
    page.keyboard.press("Space")
    wait_until(page, "!video.paused")
    page.locator("article:not([hidden]) .chapters button").nth(2).focus()
    page.keyboard.press("Enter")
    wait_until(page, "video.currentTime >= 4")


def test_the_theme_follows_the_system_until_it_is_chosen(opened: Open) -> None:
    background = "getComputedStyle(document.documentElement).backgroundColor"
    page = opened(scheme="light")
    assert page.evaluate(background) == "rgb(251, 251, 248)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) == "rgb(17, 20, 28)"
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate(background) == "rgb(251, 251, 248)"
    page.reload()
    assert page.evaluate(background) == "rgb(251, 251, 248)"
    expect(page.get_by_role("button", name="Dark colours")).to_be_visible()


@pytest.mark.parametrize("lecture", ["", "linear", quote(HOSTILE.replace("/", "∕"), safe="")])
def test_nothing_is_wider_than_a_phone(opened: Open, lecture: str) -> None:
    page = opened(lecture, size=(360, 740))
    for summary in page.locator("summary").filter(visible=True).all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_names_are_shown_as_they_are(opened: Open) -> None:
    page = opened()
    page.locator(".card", has_text="onerror").click()
    expect(page.get_by_role("heading", level=1).filter(visible=True)).to_have_text(HOSTILE)
    page.locator(VIDEO).evaluate("video => video.play()")
    wait_until(page, "video.currentTime > 0.2")
    assert page.evaluate("document.querySelectorAll('article b, article img').length") == 0


UNNAMED = """() => [...document.querySelectorAll('button, a[href], input, select, video, canvas, [role=img], dialog')]
  .filter(element => !element.closest('[aria-hidden=true]'))
  .filter(element => {
    const name = element.getAttribute('aria-label') || element.textContent.trim()
      || [...(element.labels ?? [])].map(label => label.textContent.trim()).join('');
    return !name;
  }).map(element => element.outerHTML.slice(0, 120))"""


def test_every_control_has_a_name_and_every_part_a_place(opened: Open) -> None:
    page = opened("linear")
    page.get_by_role("button", name="Explore the run").filter(visible=True).click()
    expect(page.locator(".explorer").filter(visible=True)).to_be_visible()
    page.get_by_role("button", name="Present").filter(visible=True).click()
    unnamed = page.evaluate(UNNAMED)
    assert unnamed == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    assert page.evaluate("document.documentElement.lang") == "en"
    # One heading of the first level is seen at a time, and no level is left out.
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-controls"):
        for target in page.evaluate(
            f"[...document.querySelectorAll('[{attribute}]')].map(e => e.getAttribute('{attribute}'))"
        ):
            assert target in ids


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const pixel = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = share => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const color = pixel(getComputedStyle(one).backgroundColor);
      if (color[3] > 200) return color;
    }
    return [0, 0, 0];
  };
  const written = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll('main *, .site *')]
    .filter(element => element.checkVisibility() && !element.closest('svg, .unseen, .length') && written(element))
    .map(element => {
      const lights = [light(pixel(getComputedStyle(element).color)), light(behind(element))];
      return [(Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05), element.textContent.trim().slice(0, 30)];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""
"""Texts whose contrast is below 4.5:1 (WCAG 2.2, success criterion 1.4.3)."""


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_text_can_be_read(opened: Open, scheme: str) -> None:
    page = opened("linear", scheme=scheme)
    page.locator("article:not([hidden]) summary").click()
    page.get_by_role("button", name="Explore the run").filter(visible=True).click()
    expect(page.locator(".readout dd").filter(visible=True).first).to_be_visible()
    page.locator("article:not([hidden]) .chapters button").first.click()
    page.wait_for_timeout(300)  # Colours change over a sixth of a second.
    assert page.evaluate(CONTRAST) == []


def test_nothing_moves_for_those_who_want_it_still(opened: Open) -> None:
    duration = "getComputedStyle(document.querySelector('[data-do=present]')).transitionDuration"
    assert opened("linear", motion="reduce").evaluate(duration) == "0s"
    assert opened("linear").evaluate(duration) != "0s"
