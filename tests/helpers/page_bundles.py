"""Small bundles as rendering leaves them behind: films of a few seconds, and real runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image
from playwright.sync_api import Page

from fitting import Trajectory
from scenes.page.run_data import run_data

Open = Callable[..., Page]
"""Opens the page, at a lecture, in a size, a theme."""

WIDTH, HEIGHT, RATE = 160, 90, 15
COLORS = ((200, 40, 40), (40, 170, 60), (50, 70, 210))
CHAPTER_FRAMES = 30
CHAPTER = CHAPTER_FRAMES / RATE

HOSTILE = "<img src=x onerror=alert(1)> \"quoted\" 'single' </script><b>%{x} & 50% #1?"
"""Markup, quotes, the end of a script, Plotly's templates, and what URLs give a meaning to."""


@cache
def film() -> bytes:
    """A chapter in red, one in green, one in blue."""
    content = BytesIO()
    with av.open(content, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "18"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for color in COLORS:
            picture = np.broadcast_to(np.array(color, dtype=np.uint8), (HEIGHT, WIDTH, 3)).copy()
            for _ in range(CHAPTER_FRAMES):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return content.getvalue()


def manifest(name: str, **changes: Any) -> dict[str, Any]:
    """A manifest; `changes` replace what it says."""
    chapters = [
        {"name": chapter, "start": k * CHAPTER, "end": (k + 1) * CHAPTER}
        for k, chapter in enumerate(("Red", "Green", "Blue"))
    ]
    return {
        "schema": 1,
        "name": name,
        "lecture": name,
        "title": name.title(),
        "question": f"What is {name}?",
        "model": "linear",
        "theme": "dark",
        "width": WIDTH,
        "height": HEIGHT,
        "frame_rate": RATE,
        "frames": 3 * CHAPTER_FRAMES,
        "duration": 3 * CHAPTER,
        "films": {"mp4": f"{name}.mp4"},
        "poster": "poster.png",
        "chapters": chapters,
        "captions": [
            {"start": 0.2, "end": 1.8, "text": "It is red,\nand <b>not</b> bold."},
            {"start": 2.2, "end": 3.8, "text": "It is green."},
            {"start": 4.2, "end": 5.8, "text": "It is blue."},
        ],
        "files": {},
        **changes,
    }


def bundle(out: Path, name: str, trajectory: Trajectory | None = None, **changes: Any) -> Path:
    """A whole bundle, with a film."""
    folder = out / "lectures" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.mp4").write_bytes(film())
    Image.new("RGB", (WIDTH, HEIGHT), COLORS[0]).save(folder / "poster.png")
    (folder / "captions.vtt").write_text("WEBVTT\n")
    (folder / "captions.srt").write_text("1\n")
    (folder / "transcript.txt").write_text("It is red.\n")
    if trajectory is not None:
        trajectory.save(folder / "trajectory.npz")
        (folder / "trajectory.json").write_text(json.dumps(run_data(trajectory), allow_nan=False))
    (folder / "manifest.json").write_text(json.dumps(manifest(name, **changes)))
    return folder
