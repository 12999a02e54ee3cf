"""Films that can be seen through, as a browser lays them over a page."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
from manim._config.video_encoder import VideoEncoderSpec
from PIL import Image
from playwright.sync_api import Browser

from scenes.batch.making.joining import join
from scenes.kit.drawing.camera import SegmentEncoder
from scenes.kit.drawing.encoding import OPTIONS

PAGE = (255, 136, 0)
_SEEK = """
() => new Promise((done, failed) => {
    const video = document.querySelector("video");
    video.onerror = () => failed(video.error.message);
    video.onseeked = () => requestAnimationFrame(() => requestAnimationFrame(() => done()));
    video.currentTime = 0.5;
})
"""


def test_a_joined_film_lets_the_page_through(browser: Browser, tmp_path: Path) -> None:
    """Left nothing, in the middle white of half opacity as Cairo has it, on the right blue."""
    picture = np.zeros((90, 150, 4), np.uint8)
    picture[:, 50:100] = 128
    picture[:, 100:] = (0, 0, 255, 255)
    spec = VideoEncoderSpec(
        "webm", "libvpx-vp9", "yuva420p", 150, 90, Fraction(15), tuple(OPTIONS["libvpx-vp9"].items())
    )
    parts = [tmp_path / f"{k}.webm" for k in range(2)]
    for part in parts:
        encoder = SegmentEncoder(target=part, spec=spec)
        encoder.write_frame(picture, repeat=8)
        encoder.finish()
    join(parts, tmp_path / "film.webm", [], 15)
    html = tmp_path / "page.html"
    html.write_text(f'<body style="margin:0;background:rgb{PAGE}"><video muted src="film.webm"></video>')
    page = browser.new_page(viewport={"width": 150, "height": 90})
    page.goto(html.as_uri())
    page.evaluate(_SEEK)
    expected = [PAGE, [(255 + channel) / 2 for channel in PAGE], (0, 0, 255)]
    for _ in range(20):
        picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(float)
        shown = picture[45, [25, 75, 125]]
        # The frame may be on the screen somewhat later than the seek has ended.
        if np.abs(shown - expected).max() < 8:
            break
        page.wait_for_timeout(100)
    page.close()
    np.testing.assert_allclose(shown, expected, atol=8)
