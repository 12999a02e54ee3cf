"""Lecture: a Scene told in beats, with captions, chapters, and one rhythm at every frame rate."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from manim import Animation, Mobject, Scene, VMobject, config, smooth
from manim.constants import RendererType
from manim.utils.exceptions import EndSceneEarlyException

from fitting import InputError, Trajectory, fit
from scenes.kit.drawing.camera import LectureRenderer
from scenes.kit.drawing.frame import CAPTION, CAPTION_LEADING
from scenes.kit.drawing.painting import Group, Painting, Tween, hide, show
from scenes.kit.drawing.style import THEMES, Size
from scenes.kit.story.title import Header, title_card
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.captions import literal, plain, reading_time, wrap
from scenes.kit.words.labels import Labels
from scenes.kit.words.message import Message, Value, said

TICKS_A_SECOND = 15
"""Durations are whole fifteenths of a second, so a film is equally long at 15, 30 and 60 frames a second."""


_Method = TypeVar("_Method", bound=Callable[..., None])


@dataclass(frozen=True)
class Beat:
    """A chapter of a film, in seconds from its start."""

    name: str
    start: float
    end: float

    def moments(self, frame_time: float) -> tuple[tuple[str, float], ...]:
        """Its first, middle and last frame: what each is called, and when it stands."""
        return ("first", self.start), ("middle", (self.start + self.end) / 2), ("last", self.end - frame_time)


def beat(name: str) -> Callable[[_Method], _Method]:
    """Make a method a beat: a chapter with a name, a place in the progress marks, and a section of the video."""

    def decorate(method: _Method) -> _Method:
        @functools.wraps(method)
        def told(self: Lecture) -> None:
            self.begin_beat(name)
            method(self)
            self.end_beat()

        told.beat_name = name  # type: ignore[attr-defined]
        return told  # type: ignore[return-value]

    return decorate


class Lecture(Scene):  # type: ignore[misc]
    """A film that answers one question.

    Subclasses have a `title`, a `question`, the name of a `model`, and a `construct` that calls their beats by name.
    One whose question allows no other data than its own says why in `own_data_refused`; one whose landscape cannot be
    another part of it, in `window_refused`; one whose steps all see all data and move all parameters at once, in
    `steps_refused`; one that is about one loss names it in `loss`; one that builds on another lecture names it in
    `after`, and is taught right after it.

    Attributes:
        lesson: What the film is about and how it looks, with its title and question, own ones or the lecture's.
        pen: Writes text in the lesson's colours.
        palette: Those colours.
        beats: The beats so far, with their times.
        said: For each beat, the captions of the lecture, also where the lesson has others.
        shown: What the next beat puts away; set at the end of a beat.
    """

    title: ClassVar[str] = ""
    question: ClassVar[str] = ""
    model: ClassVar[str] = ""
    loss: ClassVar[str] = ""
    own_data_refused: ClassVar[str] = ""
    window_refused: ClassVar[str] = ""
    steps_refused: ClassVar[str] = ""
    after: ClassVar[str] = ""

    def __init__(self, lesson: Lesson | None = None, renderer: LectureRenderer | None = None, **kwargs: Any) -> None:
        try:
            if config.renderer != RendererType.CAIRO:
                raise InputError("lectures are drawn by Cairo: leave out --renderer opengl")
            lesson = Lesson(self.run()) if lesson is None else lesson
        except InputError as error:
            # Not an Exception: of those Manim prints where in its own code they came from.
            raise SystemExit(f"Error: {error}") from None
        self.lesson = replace(lesson, title=lesson.title or self.title, question=lesson.question or self.question)
        self.palette = THEMES[self.lesson.look.theme]
        self.pen = Pen(self.palette, self.lesson.look.typesetter, Labels(self.lesson.own_words.labels))
        super().__init__(renderer=LectureRenderer(**kwargs) if renderer is None else renderer)
        self.camera.background_color = self.palette.background
        self.beats: list[Beat] = []
        self._beat_names = [
            str(member.beat_name)
            for cls in reversed(type(self).__mro__)
            for member in vars(cls).values()
            if hasattr(member, "beat_name")
        ]
        names = [self.lesson.own_words.name(name) for name in self._beat_names]
        self._header = Header(self.lesson.title, names, self.pen)
        self.said: dict[str, list[Message]] = {}
        self._worded_at: dict[str, str] = {}
        self.shown = Group()
        self._beat_start = 0.0
        self._caption: Formula | None = None
        self._caption_text = ""
        self._caption_start = 0.0

    @classmethod
    def run(cls) -> Trajectory:
        """The run that the film is about where nothing else is asked for: the notes' run of its model."""
        return fit(cls.model)

    def open(self) -> None:
        """Show title and question, alone, for as long as it takes to read them."""
        title, question = self.lesson.title, self.lesson.question
        card = title_card(title, question, self.pen)
        self.play(*show(card))
        self.rest(reading_time(title + question))
        self.play(*hide(card))

    # Beats and captions

    def begin_beat(self, name: str) -> None:
        """Start a chapter."""
        only = self.renderer.chapter
        if only is not None and len(self.beats) > only:
            raise EndSceneEarlyException
        shown = self.lesson.own_words.name(name)
        self.next_section(shown, skip_animations=only is not None and len(self.beats) < only)
        self._beat_start = self.time
        self._beat = name
        self.said[name] = []
        self._header.current = self._beat_names.index(name)
        self.add(self._header)
        self.beats.append(Beat(shown, self.time, self.time))

    def end_beat(self) -> None:
        """End the chapter, once its last caption has been read."""
        self._end_caption()
        self.beats[-1] = Beat(self.beats[-1].name, self._beat_start, self.time)

    def say(self, words: str | Message, **values: str | Value) -> None:
        """Show a caption. The one before it stands until it could be read.

        Args:
            words: At most two lines of 42 characters; `$...$` is LaTeX, `{name}` stands for a value in both. A template
                is a literal, so that it is found by those who translate it; the names of the data are known to it.
            **values: What is set into a template; a string is text of a user.
        """
        self._end_caption()
        source, caption = self._worded(said(words, values) if isinstance(words, str) else words)
        if caption is not None:
            self._caption = caption
            self.add(caption)
        self._caption_text, self._caption_start = plain(source), self.time

    def put_away(self, *mobjects: Mobject) -> None:
        """Hide what goes, once the caption could be read: so nothing of the next one appears where it still stands."""
        self._end_caption()
        if mobjects:
            self.play(*hide(*mobjects))

    def also(self, *animations: Animation) -> None:
        """Play what the caption is about, while it stands."""
        if animations:
            self.play(*animations)

    def then(self, *animations: Animation) -> None:
        """Play more under the same caption, once it could be read."""
        left = reading_time(self._caption_text) - (self.time - self._caption_start) / self.lesson.look.pace
        if left > 1 / TICKS_A_SECOND:
            self.rest(left)
        self.play(*animations)

    def take_steps(
        self, clock: Mobject, steps: Iterable[int], run_time: float, rate_func: Callable[[float], float] = smooth
    ) -> None:
        """Play steps of a descent one by one."""
        for step in steps:
            self.also(Tween(clock, run_time, rate_func, step=float(step)))

    def _worded(self, message: Message) -> tuple[str, Formula | None]:
        """A caption in the lesson's words, as text and, if captions are on the screen, as a formula.

        Raises:
            InputError: The lesson's words are too long, or cannot be typeset.
        """
        self.said[self._beat].append(message)
        message = message.with_values({**self.lesson.words, **message.values})
        own = self.lesson.own_words.caption(self._beat, message.keys())
        if own is None:
            source = wrap(message.source())
            # Nobody sees a caption of a chapter that is not drawn.
            return source, self._set_caption(source) if self.lesson.look.captions and self.renderer.is_drawing else None
        where, words = own
        try:
            source = wrap(message.source(words))
            self._worded_at[source] = where
            return source, self._set_caption(source) if self.lesson.look.captions else None
        except ValueError as error:
            raise InputError(f"{where}: {error}") from None

    def origin(self, text: str) -> str:
        """Which key of the lesson's file a text in the picture comes from; "" where its words are the lecture's."""
        lesson, words = self.lesson, self.lesson.own_words
        if text in self._worded_at:
            return self._worded_at[text]
        for label, keys in sorted(self.pen.labels.set_in.items(), key=lambda item: -len(item[0])):
            if label in text:
                return " or ".join(words.where("labels", key) for key in keys)
        source = f"{words.source}: " if words.source else ""
        for key, own, ours in (("title", lesson.title, self.title), ("question", lesson.question, self.question)):
            if own != ours and own and literal(own) in text:
                return f"{source}[film] {key}"
        for beat in self._beat_names:
            if words.name(beat) != beat and literal(words.name(beat)) in text:
                return words.where(beat, "name")
        named = (name for name, value in lesson.words.items() if value.prose() in text)
        return "".join(f"{source}[data] {name if 'item' in name else f'{name}_name'}" for name in list(named)[:1])

    def _set_caption(self, source: str) -> Formula:
        lines = source.count("\n")
        caption = Formula.of(source, self.pen, Size.CAPTION, align="center")
        return caption.at(0.0, CAPTION - CAPTION_LEADING * (1 + lines) / 2, "center")

    def _end_caption(self) -> None:
        """Let the caption stand until it could be read, then take it away."""
        if self._caption_text:
            left = reading_time(self._caption_text) - (self.time - self._caption_start) / self.lesson.look.pace
            if left > 1 / TICKS_A_SECOND:
                self.rest(left)
            duration = self.time - self._caption_start
            self.add_subcaption(self._caption_text, duration=duration, offset=-duration)
            self._caption_text = ""
        # At once: two captions in one place could not be read.
        if self._caption is not None:
            self.remove(self._caption)
            self._caption = None

    # Time

    def play(self, *animations: Animation, **kwargs: Any) -> None:
        """Play animations; their durations are at the default pace and become whole fifteenths of a second."""
        if not self._timed(animations):
            for animation in animations:
                animation.run_time = self._quantised(animation.run_time)
        super().play(*animations, **kwargs)

    def rest(self, seconds: float) -> None:
        """Let the picture stand."""
        self.wait(self._quantised(seconds))

    @staticmethod
    def _timed(animations: Sequence[Animation]) -> bool:
        # `wait` comes back here as an animation whose time is already right.
        return len(animations) == 1 and type(animations[0]).__name__ == "Wait"

    def _quantised(self, seconds: float) -> float:
        return max(1, round(seconds * self.lesson.look.pace * TICKS_A_SECOND)) / TICKS_A_SECOND

    def get_time_progression(self, run_time: float, *args: Any, **kwargs: Any) -> Any:
        """Times of the frames of a play: as many as `run_time` holds, however floating point rounds."""
        progression = super().get_time_progression(run_time, *args, **kwargs)
        progression.iterable = self.renderer.frame_times(run_time)
        progression.total = len(progression.iterable)
        return progression

    # What moves

    def get_moving_and_static_mobjects(self, animations: Iterable[Animation]) -> tuple[list[Mobject], list[Mobject]]:
        """Split what is on the scene into what changes during a play and what does not.

        Manim takes everything after the first moving mobject for moving. Here panels do not overlap, so each painting
        is asked alone: it moves if it, its panel, or what it reads its numbers from is animated.
        """
        animated: set[int] = set()
        for animation in animations:
            for mobject in animation.get_all_mobjects():
                animated.update(id(member) for member in mobject.get_family())
        moving: list[Mobject] = []
        static: list[Mobject] = []
        for leaf in (leaf for mobject in self.mobjects for leaf in _leaves(mobject)):
            members = {id(member) for member in leaf.get_family()}
            sources = {id(source) for source in getattr(leaf, "sources", ())}
            changes = bool(animated & (members | sources)) or bool(leaf.get_family_updaters())
            (moving if changes else static).append(leaf)
        return moving, static


def _leaves(mobject: Mobject) -> list[Mobject]:
    if isinstance(mobject, (Painting, VMobject)) or not mobject.submobjects:
        return [mobject]
    return [leaf for child in mobject.submobjects for leaf in _leaves(child)]
