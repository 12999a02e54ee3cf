"""Films in a notebook."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
from shorts import made, request

import scenes.batch
from fitting import InputError
from scenes.batch.asking.catalogue import Entry
from scenes.batch.making import notebook
from scenes.batch.making.settings import QUALITIES


def test_a_notebook_shows_the_film_with_captions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shorts import Short

    monkeypatch.setitem(QUALITIES, "l", (160, 90, 15))
    monkeypatch.setattr(Entry, "load", lambda self: Short)
    (film,) = made([request(title="<b>Title</b>", question="Is 1 < 2?")], tmp_path)
    monkeypatch.setattr(notebook, "render", lambda *arguments, **options: [film])
    shown = scenes.batch.show("linear", out=tmp_path)
    html = shown._repr_html_()
    (video,) = re.findall(r'src="data:video/mp4;base64,([^"]+)"', html)
    assert base64.b64decode(video) == (film.bundle / "short.mp4").read_bytes()
    (captions,) = re.findall(r'src="data:text/vtt;base64,([^"]+)"', html)
    assert base64.b64decode(captions) == (film.bundle / "captions.vtt").read_bytes()
    assert "The data" in html
    assert "Is 1 &lt; 2?" in html
    assert "<b>" not in html


def test_what_cannot_be_shown_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'linear'"):
        scenes.batch.show("lineal", out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_there_is_nothing_else_in_the_package() -> None:
    with pytest.raises(AttributeError, match="shwo"):
        _ = scenes.batch.shwo


def test_chapters_are_named_with_minutes_and_seconds(tmp_path: Path) -> None:
    chapters = [{"name": "First", "start": 0.0}, {"name": "a < b", "start": 59.9}, {"name": "Last", "start": 754.2}]
    about = {"films": {"mp4": "f.mp4"}, "chapters": chapters, "width": 640, "title": 'A "title"', "question": "Q?"}
    (tmp_path / "manifest.json").write_text(json.dumps(about))
    for name in ("f.mp4", "captions.vtt", "poster.png"):
        (tmp_path / name).write_bytes(name.encode())
    page = notebook.Shown(tmp_path)._repr_html_()
    assert "Q?<br><small>0:00 First · 0:59 a &lt; b · 12:34 Last</small>" in page
    assert 'aria-label="A &quot;title&quot;"' in page
    assert f'src="data:video/mp4;base64,{base64.b64encode(b"f.mp4").decode()}"' in page
