"""Films in a notebook: made where they are not there yet, and shown below the cell."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from fitting.errors import InputError
from scenes.batch.asking.asked import requests
from scenes.batch.making.films import render


@dataclass(frozen=True)
class Shown:
    """A film that a notebook displays, captions and chapters included. It is part of the notebook from then on.

    Attributes:
        folder: The film's bundle.
    """

    folder: Path

    def _repr_html_(self) -> str:
        about = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        film, captions = about["films"]["mp4"], "captions.vtt"
        chapters = " · ".join(
            f"{int(chapter['start']) // 60}:{int(chapter['start']) % 60:02} {escape(chapter['name'])}"
            for chapter in about["chapters"]
        )
        return (
            f'<figure style="margin:0"><video controls preload="metadata" '
            f'style="width:100%;max-width:{about["width"]}px" '
            f'aria-label="{escape(about["title"])}" poster="{self._data("poster.png", "image/png")}">'
            f'<source src="{self._data(film, "video/mp4")}" type="video/mp4">'
            f'<track kind="captions" label="Captions" src="{self._data(captions, "text/vtt")}">'
            f"</video><figcaption>{escape(about['question'])}<br><small>{chapters}</small></figcaption></figure>"
        )

    def _data(self, name: str, kind: str) -> str:
        return f"data:{kind};base64,{base64.b64encode((self.folder / name).read_bytes()).decode()}"


def show(
    lecture: str, *, quality: str = "m", out: str | Path = "media", jobs: int | None = None, **options: Any
) -> Shown:
    """Film a lecture or a lesson file, unless that film is there already, and show it.

    Args:
        lecture: Name of a lecture, or path of a lesson file.
        quality: "l", "m", "h", "p" or "k": 480p15, 720p30, 1080p60, 1440p60 or 2160p60.
        out: The directory of all films.
        jobs: Processes that draw; one a core if None.
        **options: Those of `lectures render`, with _ for -: data="houses.csv", x="area", theme="light", steps=500,
            start={"W": 0.2, "b": 0.8}, captions=False.

    Raises:
        InputError: What is asked for cannot be used.
    """
    directory = Path(out).expanduser()
    (film,) = render(requests([lecture], **options), directory, quality, jobs=jobs or os.cpu_count() or 1)
    if film.failure:
        raise film.error if isinstance(film.error, InputError) else InputError(film.failure)
    return Shown(film.bundle)
