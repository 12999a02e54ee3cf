"""Lesson files and their data, in a folder below the working directory, and what one asks for with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenes.batch.asking.asked import requests
from scenes.batch.asking.request import Request

GERMAN = Path(__file__).with_name("gerade.toml")
"""The lecture `linear` in German."""

FLATS = "area;price;age\n" + "\n".join(f"{30 + 5 * k};{80 + 13 * k + (k % 4) * 9};{k % 7}" for k in range(24)) + "\n"
HOUSES = "floors,price\n1,0.7\n2,1.5\n3,4.5\n4,9.5\n"
OWN = '[data]\nfile = "flats.csv"\nx = "area"\ny = "price"\n'
SMALL = {"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}


def write_data(folder: Path) -> None:
    """Put the data of lessons into a folder."""
    folder.mkdir()
    (folder / "flats.csv").write_text(FLATS)
    (folder / "houses.csv").write_text(HOUSES)


def lesson_file(text: str, name: str = "line") -> str:
    """Write a lesson of the lecture `linear`, or of the one that it names; returns its path."""
    path = Path("lessons", f"{name}.toml")
    path.write_text(text if "lecture" in text else f'lecture = "linear"\n{text}')
    return str(path)


def asked(text: str, **options: Any) -> Request:
    """What a lesson file of this text asks for."""
    (request,) = requests([lesson_file(text)], **options)
    return request
