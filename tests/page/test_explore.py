"""Exploring a run in a browser: one slider, which everything follows."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from page_bundles import HOSTILE, Open, bundle
from playwright.sync_api import Page, expect

from fitting import Dataset, fit
from scenes.page.gallery import write_gallery

LECTURE = "article:not([hidden])"


def explore(page: Page) -> None:
    page.get_by_role("button", name="Explore the run").filter(visible=True).click()
    page.wait_for_selector(f"{LECTURE} .explore[data-record] [data-plot=loss] .scatterlayer")


def slider(page: Page) -> Any:
    return page.get_by_role("slider", name="Step, on a log scale").filter(visible=True)


def run_of(site: Path, name: str) -> dict[str, Any]:
    run: dict[str, Any] = json.loads((site / "lectures" / name / "trajectory.json").read_text())
    return run


def traces(page: Page, plot: str) -> list[dict[str, Any]]:
    """What a plot shows now."""
    found: list[dict[str, Any]] = page.evaluate(
        f"document.querySelector('{LECTURE} [data-plot={plot}]').data"
        ".map(({ x, y, type }) => ({ x: Array.from(x), y: Array.from(y), type }))"
    )
    return found


def go_to(page: Page, record: int) -> None:
    slider(page).fill(str(record))
    page.wait_for_function(
        f"() => document.querySelector('{LECTURE} [data-plot=loss]').data[1].x.length === {record + 1}"
    )


@pytest.mark.parametrize("name", ["linear", "tanh-network", "diverging"])
def test_everything_follows_the_slider(opened: Open, site: Path, name: str) -> None:
    page, run = opened(name), run_of(site, name)
    explore(page)
    for record in (0, 57, len(run["steps"]) - 1):
        go_to(page, record)
        assert traces(page, "fit")[1]["y"] == run["curve"]["y"][record]
        assert traces(page, "loss")[2]["y"] == [run["loss"][record]]
        page.wait_for_function(
            f"() => document.querySelector('{LECTURE} [data-plot=path]').data[0].x.length === {record + 1}"
        )
        path = traces(page, "path")
        point = run["landscape"]["path"][record]
        assert ([path[3]["x"][0], path[3]["y"][0]]) == point
        arrow = run["landscape"]["arrow"][record]
        tip = [path[2]["x"][1] - point[0], path[2]["y"][1] - point[1]] if path[2]["x"] else None
        assert tip == (None if arrow is None else pytest.approx(arrow))
        step = f"{run['steps'][record]:,}".replace(",", "\u2009" if run["steps"][record] > 9999 else "")
        expect(page.locator(f"{LECTURE} .step")).to_contain_text(f"step {step} of")
        expect(slider(page)).to_have_attribute(
            "aria-valuetext", f"step {step} of " + shown_total(run) + shown_loss(run, record)
        )


def shown_total(run: dict[str, Any]) -> str:
    return f"{run['total_steps']:,}".replace(",", "\u2009" if run["total_steps"] > 9999 else "")


def shown_loss(run: dict[str, Any], record: int) -> Any:
    loss = run["loss"][record]
    if loss >= 1e6:
        mantissa, power = f"{loss:.3e}".split("e+")
        return f", loss {mantissa}·10{str(int(power)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
    places = max(0, 4 - math.floor(math.log10(loss)))
    return f", loss {loss:_.{places}f}".replace("_", "\u2009" if loss >= 1e4 else "")


def test_numbers_are_written_beside_their_names(opened: Open) -> None:
    page = opened("linear")
    explore(page)
    go_to(page, 0)
    readout = page.locator(f"{LECTURE} .readout div")
    expect(readout.nth(0)).to_have_text("W0.20000 ∂J/∂W −20.323".replace(" ∂", "∂"))
    expect(readout.nth(1)).to_contain_text("0.85536")
    expect(readout.nth(2)).to_contain_text("17.749")
    expect(readout.nth(3)).to_contain_text("0.005")


def test_contours_of_a_network_are_those_of_the_nearest_slice(opened: Open, site: Path) -> None:
    page, run = opened("tanh-network"), run_of(site, "tanh-network")
    explore(page)
    landscape = run["landscape"]
    exact = landscape["records"][9]
    floor = landscape["levels"][0]
    go_to(page, exact)
    expect(page.locator(f"{LECTURE} .slice")).to_contain_text("where the run is now")
    z = "document.querySelector('article:not([hidden]) [data-plot=landscape]').data[0].z[20][25]"
    page.wait_for_function(f"() => Math.abs({z} - {(landscape['losses'][9][20][25] - floor) ** 0.5}) < 1e-9")
    between = (landscape["records"][3] + landscape["records"][4]) // 2
    assert between not in landscape["records"]
    go_to(page, between)
    expect(page.locator(f"{LECTURE} .slice")).to_contain_text("the nearest slice")
    # Contours are drawn, and drawn again for another slice.
    go_to(page, landscape["records"][-1])
    expect(page.locator(f"{LECTURE} .slice")).to_contain_text("where the run is now")
    page.wait_for_function(f"() => Math.abs({z} - {max(0.0, landscape['losses'][-1][20][25] - floor) ** 0.5}) < 1e-9")
    assert page.locator(f"{LECTURE} [data-plot=landscape] .contourlayer path").count() > 3


def test_step_buttons_and_keys(opened: Open, site: Path) -> None:
    page, last = opened("linear"), len(run_of(site, "linear")["steps"]) - 1
    explore(page)
    section = page.locator(f"{LECTURE} .explore")
    for name, record in (
        ("One record forward", 1), ("One record forward", 2), ("One record back", 1), ("Last step", last),
        ("One record forward", last), ("First step", 0), ("One record back", 0),
    ):  # fmt: skip
        page.get_by_role("button", name=name).filter(visible=True).click()
        expect(section).to_have_attribute("data-record", str(record))
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(section).to_have_attribute("data-record", "2")
    page.keyboard.press("End")
    expect(section).to_have_attribute("data-record", str(last))


EARLY_FRAMES = "const asked = requestAnimationFrame; requestAnimationFrame = run => asked(time => run(time - 200));"
"""A busy browser: a frame's time lies before the moment in which it was asked for."""


def test_it_plays_to_the_end_and_can_be_stopped(opened: Open, site: Path) -> None:
    page, last = opened("linear", script=EARLY_FRAMES), len(run_of(site, "linear")["steps"]) - 1
    explore(page)
    section, play = (
        page.locator(f"{LECTURE} .explore"),
        page.get_by_role("button", name="Play the run").filter(visible=True),
    )
    play.click()
    page.wait_for_function(f"() => Number(document.querySelector('{LECTURE} .explore').dataset.record) > 3")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    stopped = section.get_attribute("data-record")
    page.wait_for_timeout(400)
    assert section.get_attribute("data-record") == stopped
    go_to(page, last - 3)
    play.click()
    expect(section).to_have_attribute("data-record", str(last))
    expect(play).to_have_attribute("aria-pressed", "false")


def test_values_are_read_by_pointing(opened: Open) -> None:
    page = opened("linear")
    explore(page)
    plot = page.locator(f"{LECTURE} [data-plot=landscape]")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    for share in (0.4, 0.45):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + share * box["height"])
    expect(plot.locator(".hoverlayer")).to_contain_text("J =")


def test_a_minus_sign_is_no_hyphen(opened: Open, tmp_path: Path) -> None:
    """Whatever is pointed at, and where all numbers are negative."""
    bundle(tmp_path, "negative", fit(data=Dataset([-4.0, -3, -2, -1.125], [-90.0, -75, -50, -30.5]), steps=300))
    write_gallery(tmp_path)
    page = opened("negative", out=tmp_path)
    explore(page)
    said = ""
    for name in ("landscape", "fit"):
        plot = page.locator(f"{LECTURE} [data-plot={name}]")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box is not None
        places = [(across / 20, down / 4) for across in range(3, 18) for down in (1, 2, 3)]
        if name == "fit":
            places = plot.evaluate(_POINTS)
        # A busy machine may not have answered before the mouse goes on: then once more.
        wanted = ["J = "] if name == "landscape" else ["−1.125: −30.5", "the model says −"]
        for _ in range(20):
            for across, down in places:
                page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
                page.wait_for_timeout(30)
                said += " ".join(plot.locator(".hoverlayer").all_text_contents()) + " "
            if all(words in said for words in wanted):
                break
    assert "W = −" in said or "b = −" in said
    assert "−1.125: −30.5" in said
    assert "the model says −" in said
    assert "-" not in said


_POINTS = """
plot => {
    const { xaxis, yaxis, width, height } = plot._fullLayout;
    const place = (x, y) => [(xaxis._offset + xaxis.l2p(x)) / width, (yaxis._offset + yaxis.l2p(y)) / height];
    const [, curve, data] = plot.data;
    return [curve, data].flatMap(({ x, y }) => Array.from(x).map((value, at) => place(value, y[at])));
}
"""


def test_a_click_on_the_loss_goes_to_its_step(opened: Open) -> None:
    page = opened("linear")
    explore(page)
    plot = page.locator(f"{LECTURE} [data-plot=loss]")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    for share in (0.55, 0.6):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
    expect(plot.locator(".hoverlayer")).to_contain_text("step")
    page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])
    page.wait_for_function(f"() => Number(document.querySelector('{LECTURE} .explore').dataset.record) > 20")


def test_plots_take_the_other_colours_with_the_page(opened: Open) -> None:
    page = opened("linear")
    explore(page)
    line = f"document.querySelector('{LECTURE} [data-plot=fit]').data[1].line.color"
    assert page.evaluate(line) == "#5AB4F0"
    page.get_by_role("button", name="Light colours").click()
    page.wait_for_function(f"() => {line} === '#0067A8'")


def test_names_of_users_are_not_markup_in_plots(opened: Open) -> None:
    page = opened(quote(HOSTILE.replace("/", "∕"), safe=""))
    explore(page)
    title = page.locator(f"{LECTURE} [data-plot=fit] .xtitle")
    shown = title.evaluate("element => element.textContent")
    assert shown.startswith("<img src=x onerror=alert(1)>")
    assert page.locator(f"{LECTURE} [data-plot=fit] a").count() == 0
    expect(page.locator(f"{LECTURE} .notes")).to_contain_text("onerror=alert(1)")
    expect(page.locator(f"{LECTURE} .readout")).to_contain_text("in standard units")


def test_a_film_without_a_run_of_its_own_leads_to_the_one_that_has_it(opened: Open) -> None:
    page = opened("cost")
    expect(page.get_by_role("button", name="Explore the run").filter(visible=True)).to_have_count(0)
    page.get_by_role("link", name="Its run is explored with Linear").click()
    expect(page.get_by_role("heading", name="Linear", level=1)).to_be_focused()
    page.goto(page.url.split("#")[0] + "#without-run")
    expect(page.get_by_text("run is explored").filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("name", ["linear", "tanh-network", "diverging"])
def test_it_fits_on_a_phone(opened: Open, name: str) -> None:
    page = opened(name, size=(360, 740))
    explore(page)
    # As long as it gets: the notes' network takes two million steps.
    page.locator(f"{LECTURE} .step").evaluate(
        "element => { element.textContent = 'step 1\u2009999\u2009999 of 2\u2009000\u2009000'; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for plot in page.locator(f"{LECTURE} .plot").all():
        box = plot.bounding_box()
        assert box is not None
        assert box["width"] <= 330


def test_it_comes_into_view_whole_and_with_the_focus(opened: Open) -> None:
    page = opened("linear", size=(1280, 860))
    explore(page)
    expect(page.get_by_role("heading", name="The run, step by step")).to_be_focused()
    for part in (".explore h2", ".steps", "[data-plot=landscape]", "[data-plot=loss]"):
        expect(page.locator(f"{LECTURE} {part}")).to_be_in_viewport(ratio=0.99)
    button = page.get_by_role("button", name="Explore the run").filter(visible=True)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.locator(f"{LECTURE} .explore")).to_be_hidden()
