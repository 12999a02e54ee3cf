"""Captions as files: SubRip, WebVTT, and a transcript to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import srt

from scenes.kit.drawing.joining import Chapter
from scenes.kit.words.captions import isolated

Caption = tuple[float, float, str]
"""Start and end in seconds, and text."""


def subrip(captions: Sequence[Caption]) -> str:
    """Captions as an `.srt` file has them."""
    lines = [
        srt.Subtitle(k, timedelta(seconds=start), timedelta(seconds=end), text)
        for k, (start, end, text) in enumerate(captions, start=1)
    ]
    return str(srt.compose(lines))


def webvtt(captions: Sequence[Caption]) -> str:
    """Captions as a `.vtt` file has them.

    Source:
        WebVTT, W3C Candidate Recommendation 2019, 4.1: & and < in a cue's text are escaped, and so is >, lest a line
        read as an arrow.
    """
    cues = ["WEBVTT"]
    for start, end, text in captions:
        for character, escape in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(character, escape)
        cues.append(f"{_clock(start)} --> {_clock(end)}\n{text}")
    return "\n\n".join(cues) + "\n"


def transcript(title: str, question: str, chapters: Sequence[Chapter], captions: Sequence[Caption]) -> str:
    """All that a film says, by chapters, each with the time at which it begins."""
    lines = [title, question]
    for name, start, end in chapters:
        lines += ["", f"{int(start) // 60}:{int(start) % 60:02}  {isolated(name)}"]
        lines += [text.replace("\n", " ") for begin, _, text in captions if start - 1e-6 <= begin < end - 1e-6]
    return "\n".join(lines) + "\n"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
