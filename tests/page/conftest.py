"""A real browser: Debian's Chromium, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_bundles import HOSTILE, Open, bundle
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from fitting import Dataset, fit
from scenes.batch.asking.catalogue import catalogue
from scenes.page.gallery import write_gallery

ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]

PATIENCE = 20_000
"""Milliseconds after which a test has failed: many times what anything takes, for slow machines."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with a fresh profile. Without one these tests are skipped, but in CI they fail."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "no Chromium: install it (Debian: apt install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of six lectures: two that share a run, a network, own data with hostile names, one that diverges."""
    out = tmp_path_factory.mktemp("site")
    bundle(out, "cost", fit(), model="linear")
    bundle(out, "linear", fit(), captions_in_film=False)
    bundle(out, "tanh-network", fit("tanh-network", steps=20_000, learning_rate=5e-3), model="tanh-network")
    bundle(out, "diverging", fit(learning_rate=0.125))
    data = Dataset([20.0, 50, 90, 130], [90e3, 170e3, 260e3, 400e3], HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    name = HOSTILE.replace("/", "∕")
    bundle(out, name, fit(data=data), title=HOSTILE, question=HOSTILE, lecture="linear")
    bundle(out, "without-run")
    write_gallery(out, [entry.name for entry in catalogue()])
    return out


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Open]:
    """Opens the page from disk. At the end no script has failed, and nothing was asked of any network."""
    pages: list[Page] = []
    complaints: list[str] = []
    requests: list[str] = []

    def open_page(
        lecture: str = "",
        size: tuple[int, int] = (1280, 800),
        scheme: str = "dark",
        script: str = "",
        out: Path = site,
        motion: str = "no-preference",
    ) -> Page:
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion=motion)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", lambda request: requests.append(request.url))
        pages.append(page)
        page.goto((out / "index.html").as_uri() + (f"#{lecture}" if lecture else ""))
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert complaints == []
    assert requests
    assert [url for url in requests if not url.startswith(("file://", "data:", "blob:"))] == []
