"""Small films: their length, captions and sections; and that chapters drawn alone have the frames of the whole."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from manim import tempconfig
from PIL import Image
from shorts import Short

from fitting import fit
from scenes.batch.asking.catalogue import catalogue
from scenes.batch.making.contact_sheet import WIDTH, contact_sheet
from scenes.batch.making.settings import QUALITIES, settings
from scenes.kit.drawing.camera import LectureFileWriter, LectureRenderer
from scenes.kit.story.rehearsal import Rehearsal, rehearse, stills
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.look import Look
from scenes.linear import LinearFit

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(QUALITIES, "l", (160, 90, 15))


def length(path: Path) -> tuple[float, int]:
    with av.open(str(path)) as container:
        frames = sum(1 for _ in container.decode(video=0))
        return frames / float(container.streams.video[0].average_rate or 1), frames


@dataclass(frozen=True)
class Stock:
    """What the stock command makes of a lecture, and what was known before."""

    folder: Path
    scene: str
    rehearsal: Rehearsal

    @property
    def film(self) -> Path:
        return self.folder / f"{self.scene}.mp4"


@pytest.fixture(scope="module", params=catalogue(), ids=lambda entry: entry.name)
def stock(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    entry = request.param
    source, out = entry.name.replace("-", "_"), tmp_path_factory.mktemp("stock")
    subprocess.run(
        [sys.executable, "-m", "manim", "render", "-r", "160,90", "--fps", "15", "--save_sections", "--media_dir", out,
         "--progress_bar", "none", "-v", "WARNING", f"scenes/{source}.py"],
        cwd=ROOT, check=True, timeout=300,
    )  # fmt: skip
    with tempconfig({"pixel_width": 160, "pixel_height": 90, "frame_rate": 15}):
        return Stock(out / "videos" / source / "90p15", entry.scene, rehearse(entry.load()))


def test_stock_manim_makes_a_film_as_long_as_it_was_rehearsed(stock: Stock) -> None:
    seconds, frames = length(stock.film)
    assert frames == stock.rehearsal.frames
    # The container's clock has ticks of its own: half a frame.
    assert seconds == pytest.approx(stock.rehearsal.duration, abs=1 / 30)
    assert 60 <= seconds <= (120 if stock.scene == "LinearFit" else 180)


def test_captions_lie_within_the_film_and_within_their_beats(stock: Stock) -> None:
    captions = list(srt.parse(stock.film.with_suffix(".srt").read_text(encoding="utf-8")))
    assert len(captions) == len(stock.rehearsal.captions) >= 12
    for caption, (start, end, text) in zip(captions, stock.rehearsal.captions, strict=True):
        assert caption.start.total_seconds() == pytest.approx(start, abs=2e-3)
        assert caption.end.total_seconds() == pytest.approx(end, abs=2e-3)
        assert caption.content == text
        assert any(beat.start - 1e-6 <= start < end <= beat.end + 1e-6 for beat in stock.rehearsal.beats), text


def test_every_beat_is_a_section(stock: Stock) -> None:
    sections = json.loads((stock.folder / "sections" / f"{stock.scene}.json").read_text())
    assert [section["name"] for section in sections] == [beat.name for beat in stock.rehearsal.beats]
    for section, its_beat in zip(sections, stock.rehearsal.beats, strict=True):
        assert float(section["duration"]) == pytest.approx(its_beat.end - its_beat.start, abs=1 / 30)


def test_stills_are_frames_of_the_film(stock: Stock) -> None:
    """What is judged is what is filmed: the picture of a time is the film's frame, but for compression."""
    times = [(beat.start + beat.end) / 2 for beat in stock.rehearsal.beats[2:5]]
    entry = next(entry for entry in catalogue() if entry.scene == stock.scene)
    with settings("l"):
        drawn = stills(entry.load(), None, times)
    with av.open(str(stock.film)) as container:
        filmed = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]
    for k, (time, picture) in enumerate(zip(times, drawn, strict=True)):
        seen = picture[..., :3].astype(int)
        # The first frame at or after the time; half a frame of rounding either way.
        near = min(abs(filmed[round(time * 15) + shift] - seen).mean() for shift in (-1, 0, 1))
        other = abs(filmed[round(times[k - 1] * 15)] - seen).mean()
        assert near < 6
        assert other > 1.5 * near


def test_captions_can_be_left_out_of_the_picture() -> None:
    with settings("l"):
        lesson = Lesson(fit(steps=5))
        start = rehearse(Short, lesson).captions[0][0] + 0.5
        (shown,), (bare,) = (
            stills(Short, lesson, [start]),
            stills(Short, Lesson(fit(steps=5), look=Look(captions=False)), [start]),
        )
    # Captions stand in the lowest eighth.
    assert (shown[80:] != bare[80:]).any()
    assert (shown[:75] == bare[:75]).all()


def test_contact_sheet_holds_every_frame() -> None:
    frames = [Image.new("RGB", (160, 90), (k * 30, 0, 0)) for k in range(4)]
    sheet = contact_sheet(frames, ["one", "two", "three", "four"], "dark")
    colors = {color for _, color in sheet.getcolors(1 << 24) or []}
    assert {(k * 30, 0, 0) for k in range(4)} <= colors
    assert sheet.width > 3 * WIDTH


def drawn(monkeypatch: pytest.MonkeyPatch, chapter: int | None, slowness: int) -> list[str]:
    """Hashes of the frames that a lecture, or one chapter of it, hands to an encoder that is so many frames behind."""
    found: list[str] = []
    behind: deque[np.ndarray] = deque(maxlen=slowness)

    def keep(self: LectureFileWriter, pixels: np.ndarray, *, repeat: int = 1) -> None:
        behind.append(pixels)
        found.extend([hashlib.blake2b(pixels.tobytes()).hexdigest()] * repeat)

    monkeypatch.setattr(LectureFileWriter, "write_frame", keep)
    with settings("l", "mp4"):
        LinearFit(Lesson(fit(steps=40), look=Look(pace=0.25)), renderer=LectureRenderer(chapter)).render()
    return found


def test_chapters_drawn_alone_have_the_frames_of_the_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whichever of the buffers a frame is drawn into, too: a slower encoder takes more of them."""
    monkeypatch.chdir(tmp_path)
    # Nothing is encoded here, so there are no segments to be joined.
    monkeypatch.setattr(LectureFileWriter, "finish", lambda self: None)
    monkeypatch.setattr(LectureFileWriter, "begin_animation", lambda self, *args, **kwargs: None)
    monkeypatch.setattr(LectureFileWriter, "end_animation", lambda self, *args, **kwargs: None)
    whole = drawn(monkeypatch, None, slowness=0)
    chapters = [drawn(monkeypatch, k, slowness=3 + k) for k in range(8)]
    assert [frame for chapter in chapters for frame in chapter] == whole
    assert all(chapters)
    assert len(set(whole)) > 100
