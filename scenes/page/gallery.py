"""Writes the page: `index.html` and, in `page/`, what it needs."""

from __future__ import annotations

import filecmp
import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from jinja2 import Environment, PackageLoader, StrictUndefined

from fitting.errors import InputError
from fitting.whole_file import write
from scenes.kit.drawing.style import THEMES
from scenes.page.bundles import Bundle, explored_with, in_teaching_order, read_bundles

ASSETS = Path(__file__).parent / "assets"

DOWNLOADS = {
    "captions.vtt": "captions (WebVTT)",
    "captions.srt": "captions (SubRip)",
    "transcript.txt": "transcript",
    "trajectory.npz": "run, all digits (NumPy)",
    "trajectory.json": "run, as shown here (JSON)",
}
"""Files of a bundle beside its films, and what they are."""


def write_gallery(out: Path, taught: Sequence[str] = ()) -> Path:
    """Write the page of the lectures in `out/lectures`. Every file appears whole or not at all, the page last.

    What is wrong with a bundle is told on stderr, a line each.

    Args:
        out: The directory of all films.
        taught: Names of lectures in the order in which they are taught; the others stand behind them, by name.

    Returns:
        The page.

    Raises:
        InputError: The directory cannot be written.
    """
    bundles, wrong = read_bundles(out / "lectures")
    for line in wrong:
        click.echo(f"Warning: {line}", err=True)
    bundles = in_teaching_order(bundles, taught)
    hosts = explored_with(bundles)
    templates = Environment(
        loader=PackageLoader("scenes.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"url": url, "clock": clock, "spoken": spoken_length, "size": size}
    shown = [lecture(bundle, hosts.get(bundle.name)) for bundle in bundles]
    page = templates.get_template("index.html").render(
        lectures=shown,
        total=sum(bundle.manifest.duration for bundle in bundles),
        data=page_data(bundles),
        scripts=[script.name for script in scripts()],
    )
    try:
        runs = out / "page" / "runs"
        runs.mkdir(parents=True, exist_ok=True)
        copy_whole(plotly(), out / "page" / "plotly.min.js")
        write(out / "page" / "LICENSES.txt", licenses())
        for asset in [ASSETS / "style.css", *scripts()]:
            copy_whole(asset, out / "page" / asset.name)
        write(out / "page" / "colors.css", templates.get_template("colors.css").render(themes=THEMES))
        explored = {host.name: host for host in hosts.values()}
        for host in explored.values():
            write(runs / run_file(host.name), run_script(host))
        write(out / "index.html", page)
        for old in {file.name for file in runs.glob("*.js")} - {run_file(name) for name in explored}:
            (runs / old).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{out}: cannot be written: {error.strerror}; choose another directory with --out DIR"
        ) from None
    return out / "index.html"


def lecture(bundle: Bundle, host: Bundle | None) -> dict[str, Any]:
    """What the templates show of a bundle."""
    manifest = bundle.manifest
    beside = [(name, what) for name, what in DOWNLOADS.items() if (bundle.folder / name).is_file()]
    films = [(name, f"film ({kind.upper()})") for kind, name in manifest.films.items()]
    return {
        "id": quote(bundle.name, safe=""),
        "folder": f"lectures/{url(bundle.name)}",
        "manifest": manifest,
        "film": bundle.film,
        "transcript": [
            (chapter, [caption for caption in manifest.captions if chapter.start <= caption.start < chapter.end])
            for chapter in manifest.chapters
        ],
        "downloads": [(name, what, (bundle.folder / name).stat().st_size) for name, what in films + beside],
        "explored_here": host is bundle,
        "explored_with": None if host is None or host is bundle else host,
    }


def page_data(bundles: Sequence[Bundle]) -> dict[str, Any]:
    """What the page's scripts know from the start; runs are loaded when they are asked for."""
    return {
        "palettes": {
            name: {
                "background": palette.background,
                "text": palette.text,
                "muted": palette.muted,
                "grid": palette.grid,
                "surface": palette.surface,
                "contour": palette.contour,
                "outline": palette.outline,
                **palette.concepts,
            }
            for name, palette in THEMES.items()
        },
        "lectures": {
            quote(bundle.name, safe=""): {
                "title": bundle.manifest.title,
                "film": f"lectures/{url(bundle.name)}/{url(bundle.film)}",
                "run": f"page/runs/{run_file(bundle.name)}",
                "frameRate": bundle.manifest.frame_rate,
                "width": bundle.manifest.width,
                "height": bundle.manifest.height,
                "captionsInFilm": bundle.manifest.captions_in_film,
                "chapters": [chapter.model_dump() for chapter in bundle.manifest.chapters],
                "captions": [caption.model_dump() for caption in bundle.manifest.captions],
            }
            for bundle in bundles
        },
    }


def run_file(name: str) -> str:
    """Name of the script with a lecture's run: short and plain, however long and strange the lecture's own is."""
    return f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.js"


def run_script(bundle: Bundle) -> str:
    """A script that hands over a run: pages opened from disk may load scripts, and nothing else."""
    name, run = (json.dumps(value, allow_nan=False) for value in (quote(bundle.name, safe=""), bundle.run))
    return f"runs.set({name}, {run});\n"


def scripts() -> list[Path]:
    """The page's own scripts, in the order in which they build on each other."""
    return [
        ASSETS / f"{name}.js"
        for name in ("theme", "player", "present", "numbers", "contours", "plots", "explore", "page")
    ]


def plotly() -> Path:
    """Plotly's JavaScript, as its Python package ships it; the package itself is not imported."""
    found = find_spec("plotly")
    folders = list(found.submodule_search_locations or ()) if found is not None else []
    file = Path(folders[0], "package_data", "plotly.min.js") if folders else None
    if file is None or not file.is_file():
        raise InputError(
            "plotly is not installed, or without its plotly.min.js; run make setup (without make, see README)"
        )
    return file


def licenses() -> str:
    """The licences of what is shipped with the page and seen in its films."""
    terms = distribution("plotly").read_text("licenses/LICENSE.txt") or ""
    return (
        "plotly.min.js is Plotly.js, under the MIT licence below. Formulas and text of the films are set in New "
        f"Computer Modern, under the GUST Font License, by Typst, under the Apache License 2.0.\n\nPlotly.js\n\n{terms}"
    )


def copy_whole(source: Path, final: Path) -> None:
    """Copy a file unless it is there already; it appears whole or not at all."""
    if not (final.is_file() and filecmp.cmp(source, final, shallow=False)):
        write(final, source.read_bytes())


def url(name: str) -> str:
    """A file's name as part of a URL."""
    return quote(name, safe="")


def clock(seconds: float) -> str:
    """A length as players show it, such as 1:58."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def spoken_length(seconds: float) -> str:
    """The same in words, such as 1 minute 58 seconds."""
    minutes, rest = divmod(round(seconds), 60)
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((minutes, "minute"), (rest, "second")) if n]
    return " ".join(parts) or "0 seconds"


def size(count: float) -> str:
    """A file's size, such as 3.33 MB."""
    for unit in ("bytes", "kB", "MB"):
        # From 999.5 on three digits would be four.
        if count < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"
