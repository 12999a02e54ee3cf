"""Own words: a film in another language, and what is said to words that cannot stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from layout_checks import all_is_inside_the_frame, captions_can_be_read, nothing_is_too_small, nothing_overlaps
from lesson_files import GERMAN, SMALL, asked, lesson_file
from manim import tempconfig

from scenes.batch.asking.asked import requests
from scenes.batch.asking.catalogue import choose
from scenes.kit.story.rehearsal import Rehearsal, rehearse, text_boxes
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.own_words import LONGEST_NAME
from scenes.linear import LinearFit

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("lesson_folder")


@pytest.fixture(scope="module")
def german() -> tuple[Lesson, Rehearsal, list[float], list[list[Any]]]:
    (request,) = requests([str(GERMAN)])
    lesson = request.lesson()
    with tempconfig(SMALL):
        rehearsal = rehearse(LinearFit, lesson)
        times = sorted({0.5, *((start + end) / 2 for start, end, _ in rehearsal.captions)})
        return lesson, rehearsal, times, text_boxes(LinearFit, lesson, times)


def test_a_translated_film_speaks_its_language(german: tuple[Lesson, Rehearsal, list[float], list[list[Any]]]) -> None:
    _lesson, rehearsal, _, boxes = german
    assert [beat.name for beat in rehearsal.beats][:2] == ["Die Daten", "Das Modell"]
    texts = [text.replace("\n", " ") for _, _, text in rehearsal.captions]
    assert texts[0] == "Vier Häuser: ihre Etagen und ihre Preise."
    assert "Dann kriecht er am Boden: Krümmung 16.7 quer, 0.299 längs." in texts
    assert not [text for text in texts if re.search(r"\b(the|and|is|of|One)\b", text)], "all captions are translated"
    shown = {box.text.replace("\x00", "") for frame in boxes for box in frame}
    assert {"Eine Ausgleichsgerade", "Preis, 100.000 €", "Etagen"} <= shown
    assert {
        "1 von 8 Die Daten",
        "Schritt",
        "exaktes Optimum",
        r"$\textcolor{b}{b}$ verschiebt sie",
    } <= shown
    assert not [text for text in shown if re.search(r"\b(step|descent|exact|of|curvature|sum|moves)\b", text)]


def test_a_translated_film_is_laid_out_well(german: tuple[Lesson, Rehearsal, list[float], list[list[Any]]]) -> None:
    film = german[1:]
    nothing_overlaps(film)
    all_is_inside_the_frame(film)
    nothing_is_too_small(film)
    captions_can_be_read(film)


@pytest.mark.parametrize("title", ["W" * 60, "Was Wohnungen in der Innenstadt einer großen Stadt kosten"])
def test_long_titles_stay_in_the_frame(title: str) -> None:
    names = "".join(f'[wording."{beat}"]\nname = "{"m" * LONGEST_NAME}"\n' for beat in choose(["linear"])[0].beats)
    question = " ".join(["Wie findet der Gradientenabstieg"] * 3)[:90]
    lesson = asked(f'[film]\ntitle = "{title}"\nquestion = "{question}"\n{names}').lesson()
    times = [1.0, 9.0, 16.0]
    with tempconfig(SMALL):
        film = (rehearse(LinearFit, lesson), times, text_boxes(LinearFit, lesson, times))
    nothing_overlaps(film)
    all_is_inside_the_frame(film)
    nothing_is_too_small(film)


def test_too_long_a_caption_of_long_names_is_named_with_file_and_key(lectures: Run) -> None:
    text = (
        '[wording."The gradient"]\n"Now in numbers: one residual for each {item}." = "' + "{items} {x} {y} " * 3 + '"'
    )
    labels = "".join(f'{key} = "{"n" * 40}"\n' for key in ("x_name", "y_name", "items"))
    code, _, err = lectures("stills", lesson_file(f"[data]\n{labels}{text}"), "--quality", "l")
    assert code == 2
    assert err.startswith('Error: lessons/line.toml: [wording."The gradient"] "Now in numbers')
    assert "longer than 2 lines" in err
    assert len(err.splitlines()) == 1
