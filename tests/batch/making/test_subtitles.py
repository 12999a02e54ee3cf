"""Captions as files: each says when, and what."""

from __future__ import annotations

import pytest

from scenes.batch.making.subtitles import subrip, transcript, webvtt
from scenes.kit.words.captions import literal, plain

CAPTIONS = [(0.0, 1.5, "A line\nof two"), (61.25, 3_725.5, "W < b & x --> y")]


def test_subrip_counts_from_1_and_has_hours_minutes_seconds_and_a_comma() -> None:
    assert subrip(CAPTIONS) == (
        "1\n00:00:00,000 --> 00:00:01,500\nA line\nof two\n\n"
        "2\n00:01:01,250 --> 01:02:05,500\nW < b & x --> y\n\n"
    )  # fmt: skip


def test_webvtt_escapes_what_would_be_read_as_an_arrow() -> None:
    assert webvtt(CAPTIONS) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nA line\nof two\n\n"
        "00:01:01.250 --> 01:02:05.500\nW &lt; b &amp; x --&gt; y\n"
    )


@pytest.mark.parametrize("name", ["שכר דירה", "rent \N{RIGHT-TO-LEFT OVERRIDE}and more"])
def test_a_name_keeps_its_direction_to_itself(name: str) -> None:
    said = plain(f"Of {literal(name)} and area.")
    assert said == f"Of \N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE} and area."
    captions = [(0.0, 2.0, said)]
    assert said in subrip(captions)
    assert said in webvtt(captions)
    written = transcript("T", "Q?", [(name, 0.0, 2.0)], captions)
    assert f"0:00  \N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}\n{said}\n" in written


def test_times_are_rounded_to_milliseconds() -> None:
    assert "00:01:00.000 --> 00:01:00.001" in webvtt([(59.9996, 60.0014, "")])


def test_a_transcript_has_its_captions_below_their_chapters() -> None:
    chapters = [("First", 0.0, 59.5), ("Second", 59.5, 130.0)]
    # The first caption of a chapter begins with it, but for rounding, whichever way that goes.
    captions = [(0.0, 2.0, "one\nline"), (58.0, 59.5, "two"), (59.5 - 1e-9, 62.0, "three"), (129.0, 130.0, "four")]
    expected = ["T", "Q?", "", "0:00  First", "one line", "two", "", "0:59  Second", "three", "four", ""]
    assert transcript("T", "Q?", chapters, captions).split("\n") == expected


@pytest.mark.parametrize(("start", "clock"), [(5.0, "0:05"), (60.0, "1:00"), (754.9, "12:34")])
def test_chapters_say_minutes_and_seconds(start: float, clock: str) -> None:
    assert f"\n{clock}  Only\n" in transcript("", "", [("Only", start, start + 1)], [])
