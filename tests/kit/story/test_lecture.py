"""The rhythm of a film: how long captions stand, when beats begin and end, and what moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import Mobject, Square, VGroup, Wait, config, tempconfig
from manim.constants import RendererType
from told import LONG, RUN, SMALL, Spot, film

from fitting import InputError
from scenes.kit.drawing.painting import Painting, Tween, show
from scenes.kit.story.lecture import Beat, Lecture
from scenes.kit.story.rehearsal import rehearse, words
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.look import Look
from scenes.kit.words.captions import reading_time
from scenes.kit.words.message import Count
from scenes.kit.words.own_words import OwnWords


@pytest.fixture(autouse=True)
def small():  # type: ignore[no-untyped-def]
    with tempconfig(SMALL):
        yield


def whole(seconds: float) -> float:
    """In fifteenths of a second, to the nearest."""
    return round(seconds * 15) / 15


def captions(tell: Callable[[Any], None], **options: Any) -> list[tuple[float, float, str]]:
    return list(rehearse(film(tell), Lesson(RUN, **options)).captions)


def test_a_caption_stands_until_it_could_be_read() -> None:
    (start, end, text), last = captions(lambda self: self.say(LONG))
    assert (start, text.replace("\n", " ")) == (0.0, LONG)
    assert end == pytest.approx(whole(reading_time(LONG)), abs=1e-3)
    assert last[0] == pytest.approx(end, abs=1e-3)
    assert last[1] - last[0] == pytest.approx(whole(reading_time("The end.")), abs=1e-3)


def test_what_plays_meanwhile_counts_as_time_to_read() -> None:
    def tell(self: Any) -> None:
        self.say(LONG)
        self.also(Tween(Spot(), 2.0, value=1.0))
        self.say("Short.")
        self.also(Tween(Spot(), 3.0, value=1.0))
        self.marks["after"] = self.time

    (_, end, _), (_, later, _), _ = captions(tell)
    assert end == pytest.approx(whole(reading_time(LONG) - 2.0) + 2.0, abs=1e-3)
    assert later - end == pytest.approx(3.0, abs=1e-3), "it stands as long as its play"


def test_more_under_the_same_caption_waits_until_it_could_be_read() -> None:
    times: list[float] = []

    def tell(self: Any) -> None:
        self.say(LONG)
        self.then(Tween(Spot(), 1.0, value=1.0))
        times.append(self.time)
        self.then(Tween(Spot(), 1.0, value=1.0))
        times.append(self.time)

    (_, end, _), _ = captions(tell)
    assert times == pytest.approx([whole(reading_time(LONG)) + 1.0, whole(reading_time(LONG)) + 2.0])
    assert end == pytest.approx(times[1], abs=1e-3), "one caption under both"


def test_what_goes_is_hidden_after_the_caption_could_be_read() -> None:
    gone = Spot()

    def tell(self: Any) -> None:
        self.add(gone)
        self.say(LONG)
        self.put_away(gone)
        assert gone not in self.mobjects
        assert self._caption is None
        self.put_away()

    (_, end, _), (start, _, _) = captions(tell)
    assert end == pytest.approx(whole(reading_time(LONG)), abs=1e-3)
    assert start - end == pytest.approx(4 / 15, abs=1e-3), "without a caption while it goes"


@pytest.mark.parametrize("pace", [0.5, 1.5])
def test_a_pace_is_a_factor_on_every_duration(pace: float) -> None:
    def tell(self: Any) -> None:
        self.say(LONG)
        self.also(Tween(Spot(), 2.0, value=1.0))

    (_, end, _), _ = captions(tell, look=Look(pace=pace))
    played = whole(2.0 * pace)
    assert end == pytest.approx(played + whole((reading_time(LONG) - played / pace) * pace), abs=1e-3)


def test_nothing_is_shorter_than_a_fifteenth_of_a_second() -> None:
    def tell(self: Any) -> None:
        for seconds in (0.0, 0.04, 0.2):
            self.play(Tween(Spot(), seconds or 1e-6, value=1.0))
            times.append(self.time)
        self.rest(0.01)
        times.append(self.time)

    times: list[float] = []
    captions(tell)
    assert times == pytest.approx([1 / 15, 2 / 15, 5 / 15, 6 / 15])


def test_beats_are_chapters_from_their_first_to_their_last_frame() -> None:
    rehearsal = rehearse(film(lambda self: self.say(LONG)), Lesson(RUN))
    first, second = rehearsal.beats
    assert (first.name, first.start, second.name) == ("First", 0.0, "Second")
    assert first.end == second.start == pytest.approx(whole(reading_time(LONG)))
    assert rehearsal.duration == second.end
    assert rehearsal.frames == round(15 * rehearsal.duration)
    assert rehearsal.frame_time == 1 / 15
    assert Beat("A", 2.0, 5.0).moments(0.25) == (("first", 2.0), ("middle", 3.5), ("last", 4.75))


def test_the_card_stands_until_title_and_question_could_be_read() -> None:
    times: list[float] = []

    def tell(self: Any) -> None:
        self.open()
        times.append(self.time)

    captions(tell, title="Own title")
    assert times == pytest.approx([10 / 15 + whole(reading_time("Own titleWhat is it?")) + 4 / 15])


def test_own_words_take_the_place_of_captions_names_and_labels() -> None:
    own = OwnWords(
        {"First": {"name": "Erstens", "In #1 steps, {x}.": "Nach #1 Schritten: {x}, {y}."}},
        {"label": "Schild"}, "film.toml",
    )  # fmt: skip

    def tell(self: Any) -> None:
        self.say("In {steps} steps, {x}.", steps=Count(7))
        self.say("Stays.")
        assert self.pen.text("label").source == "Schild"

    kind = film(tell)
    rehearsal = rehearse(kind, Lesson(RUN, own_words=own))
    assert [one.name for one in rehearsal.beats] == ["Erstens", "Second"]
    assert [text for *_, text in rehearsal.captions][:2] == ["Nach 7 Schritten: floors, price.", "Stays."]
    said = words(kind, Lesson(RUN, own_words=own))
    assert said.captions == {"First": ["In {steps} steps, {x}.", "Stays."], "Second": ["The end."]}
    assert "label" in said.labels


def test_own_words_without_room_are_refused_with_their_place() -> None:
    own = OwnWords({"First": {"Short.": "word " * 30}}, {}, "film.toml")
    with pytest.raises(InputError, match=r"film.toml: \[wording.\"First\"\] \"Short.\": caption longer"):
        rehearse(film(lambda self: self.say("Short.")), Lesson(RUN, own_words=own))


def test_only_what_reads_what_is_animated_moves() -> None:
    class Reader(Spot):
        def __init__(self, *sources: Mobject) -> None:
            Painting.__init__(self, *sources)

    source, other = Mobject(), Mobject()
    still, reader, updated, panel = Reader(other), Reader(source), Reader(), Mobject()
    inside = Reader(source)
    panel.add(inside, still)
    updated.add_updater(lambda mobject: None)
    scene = film(lambda self: None)(Lesson(RUN))
    scene.add(panel, reader, updated, VGroup(Square(), Square()))
    moving, static = scene.get_moving_and_static_mobjects([Tween(source, 1.0, value=1.0)])
    assert moving == [inside, reader, updated]
    assert len(static) == 2
    moving, _ = scene.get_moving_and_static_mobjects(show(still))
    assert moving == [still, updated]


def test_the_lessons_run_is_the_lectures_where_none_is_asked_for() -> None:
    scene = film(lambda self: None)()
    assert scene.lesson.trajectory is RUN
    assert Lecture.model == ""
    assert scene._beat_names == ["First", "Second"]
    assert isinstance(scene._header, Mobject)
    assert not scene._timed([Tween(Spot(), 1.0, value=1.0)])
    assert scene._timed([Wait(1.0)])
    assert not scene._timed([Wait(1.0), Wait(1.0)])


def test_another_renderer_is_refused() -> None:
    with tempconfig({}):
        before = config.renderer
        try:
            config._d["renderer"] = RendererType.OPENGL
            with pytest.raises(SystemExit, match="leave out --renderer opengl"):
                film(lambda self: None)(Lesson(RUN))
        finally:
            config._d["renderer"] = before


def test_what_is_left_of_a_caption_below_a_fifteenth_of_a_second_is_not_waited_for() -> None:
    """A rest is at least that long: it would make up for nothing."""
    plays = int(15 * reading_time(LONG)) / 15
    assert 0.01 < reading_time(LONG) - plays < 1 / 15

    def tell(self: Any) -> None:
        self.say(LONG)
        self.also(Tween(Spot(), plays, value=1.0))
        self.then(Tween(Spot(), 1.0, value=1.0))
        times.append(self.time)

    times: list[float] = []
    captions(tell)
    assert times == pytest.approx([plays + 1.0])
