"""What a lecturer hands out: film, captions, poster, transcript and run in one folder, with a manifest of them all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from fitting.whole_file import replace, write
from scenes.batch.making.settings import FORMATS, QUALITIES
from scenes.batch.making.store import Store
from scenes.batch.making.subtitles import subrip, transcript, webvtt
from scenes.batch.making.tasks import Outline
from scenes.batch.making.workspace import naming

SCHEMA = 1
FOLDER = "lectures"
POSTER = "poster.png"
TEXTS = ("captions.srt", "captions.vtt", "transcript.txt", "trajectory.npz", "trajectory.json")


def bundle_folder(out: Path, film: str) -> Path:
    """Where a film's bundle is."""
    return out / FOLDER / film


def up_to_date(folder: Path, made_from: Mapping[str, Any], formats: Sequence[str]) -> bool:
    """Whether a bundle is made from this, has all these formats, and is undamaged, and the page can show it."""
    from scenes.page.bundles import read_bundle

    manifest = _manifest(folder)
    with suppress(OSError, KeyError, TypeError, AttributeError):
        return (
            manifest["made_from"] == made_from
            and set(formats) <= set(manifest["films"])
            and manifest["files"].keys() >= {*manifest["films"].values(), *TEXTS, POSTER}
            and all(_hash(folder / name) == known["sha256"] for name, known in manifest["files"].items())
            # What it says is to be rendered again is not kept.
            and not read_bundle(folder)[1]
        )
    return False


def other_film(folder: Path, made_from: Mapping[str, Any]) -> str:
    """In what a film that is there differs from one to be made; "" if there is none, or it is the same, made older."""
    before = _manifest(folder).get("made_from")
    if not isinstance(before, dict):
        return ""
    differing = {"request": "other data or options", "quality": "another quality"}
    return ", ".join(text for key, text in differing.items() if before.get(key) != made_from[key])


def formats_there(folder: Path, made_from: Mapping[str, Any]) -> tuple[str, ...]:
    """Formats that a bundle has of a film that is made from this: asked for once, they stay."""
    manifest = _manifest(folder)
    return (
        tuple(name for name in manifest["films"] if name in FORMATS) if manifest.get("made_from") == made_from else ()
    )


def _manifest(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if isinstance(manifest, dict) and isinstance(manifest.get("films"), dict):
            return manifest
    return {}


def publish(
    folder: Path,
    bench: Path,
    about: Mapping[str, Any],
    outline: Outline,
    store: Store,
    quality: str,
    formats: Sequence[str],
    on_frames: Callable[[int], None] = lambda count: None,
) -> list[Path]:
    """Make a bundle out of drawn parts; its manifest comes last, and until then the bundle counts as unmade.

    Films in other formats, which were made from something else, are removed.

    Args:
        folder: The bundle's, named as the film.
        bench: A folder on the same disk for what is not whole yet.
        about: Lecture, model, theme and `made_from`, for the manifest.
        outline: How the film goes.
        store: Its parts.
        quality: Letter of the quality.
        formats: Formats that are wanted.
        on_frames: Told now and then how many frames of a GIF there are: alone of all formats it takes time.

    Returns:
        The files.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    from scenes.batch.making.joining import join

    film = folder.name
    folder.mkdir(parents=True, exist_ok=True)
    width, height, rate = QUALITIES[quality]
    films: dict[str, str] = {}
    for name in formats:
        chosen = FORMATS[name]
        films[name] = f"{film}{chosen.ending}"
        parts = [store.path(chosen.drawn_as, k) for k in range(len(outline.chapters))]
        join(parts, bench / films[name], outline.chapters, rate, on_frames)
        replace(bench / films[name], folder / films[name])
    poster = bench / POSTER
    _poster(folder / films["mp4"], outline, poster)
    replace(poster, folder / poster.name)
    contents: tuple[bytes | str, ...] = (
        subrip(outline.captions),
        webvtt(outline.captions),
        transcript(outline.title, outline.question, outline.chapters, outline.captions),
        outline.run,
        outline.run_json,
    )
    made = [*films.values(), poster.name, *TEXTS]
    for name, content in zip(TEXTS, contents, strict=True):
        write(folder / name, content)
    manifest = {
        "schema": SCHEMA,
        "name": film,
        "title": outline.title,
        "question": outline.question,
        **about,
        "width": width,
        "height": height,
        "frame_rate": rate,
        "frames": outline.frames,
        "duration": outline.duration,
        "films": films,
        "poster": poster.name,
        "chapters": [{"name": name, "start": start, "end": end} for name, start, end in outline.chapters],
        "captions": [{"start": start, "end": end, "text": text} for start, end, text in outline.captions],
        "files": {name: _known(folder / name) for name in made},
        "outline_processor_seconds": round(outline.seconds, 3),
        "parts": store.parts,
    }
    for name in FORMATS.keys() - films.keys():
        (folder / f"{film}{FORMATS[name].ending}").unlink(missing_ok=True)
    write(folder / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    store.forget_others()
    return [folder / name for name in [*made, "manifest.json"]]


def _known(file: Path) -> dict[str, Any]:
    return {"bytes": file.stat().st_size, "sha256": _hash(file)}


def _hash(file: Path) -> str:
    """As `sha256`, of files that need not fit into memory."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _poster(film: Path, outline: Outline, output: Path) -> None:
    """The picture under the last caption of the longest chapter but the last: most has been built, nothing cleared."""
    import av

    chapters = outline.chapters[:-1] or outline.chapters
    _, _, end = max(chapters, key=lambda chapter: chapter[2] - chapter[1])
    said = [caption for caption in outline.captions if caption[1] <= end + 1e-6]
    moment = said[-1][0] + 0.7 * (said[-1][1] - said[-1][0]) if said else end / 2
    with av.open(str(film.absolute())) as container:
        stream = container.streams.video[0]
        container.seek(int(moment / (stream.time_base or 1)), stream=stream)
        picture = None
        for frame in container.decode(stream):
            if picture is not None and (frame.time or 0.0) > moment:
                break
            picture = frame
        assert picture is not None, "a film has a frame"
        with naming(output):
            picture.to_image().save(output)
