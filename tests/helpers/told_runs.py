"""A run as it is told, what is known of it by other means, and numbers of sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fitting import Constant, Trajectory, descend, least_squares, mean_loss
from fitting.course import NEAR, Course, Kind
from scenes.kit.story import fit_wording, run_wording, wording
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import plain, wrap
from scenes.kit.words.message import Message, Name
from scenes.kit.words.numbers import agrees

WORDS = {"x": Name("x" * 14), "y": Name("y" * 14), "item": Name("i" * 12), "items": Name("i" * 12)}
"""Names as long as they can be."""


@dataclass(frozen=True)
class Told:
    """A run and what is known of it without `Course`."""

    lesson: Lesson
    run: Trajectory
    optimum: np.ndarray

    @classmethod
    def of(cls, run: Trajectory) -> Told:
        return cls(Lesson(run), run, least_squares(run.model, run.data))

    @cached_property
    def course(self) -> Course:
        return Course.of(self.run, self.optimum)

    @cached_property
    def curvatures(self) -> tuple[float, float]:
        # Their product is 4 Var(x), their sum 2 (mean of x^2 + 1).
        x = self.run.data.x
        half = float(np.mean(x**2)) + 1
        high = half + float(np.sqrt(max(half**2 - 4 * float(np.var(x)), 0.0)))
        return high, 4 * float(np.var(x)) / high

    @cached_property
    def ways(self) -> np.ndarray:
        """Distances from the optimum across the valley and along its floor, (s, 2), with their signs."""
        columns = np.stack([self.run.data.x, np.ones(len(self.run.data))])
        _, directions = np.linalg.eigh(columns @ columns.T)
        return np.asarray((self.run.params - self.optimum) @ directions[:, ::-1])

    @cached_property
    def least(self) -> float:
        return float(mean_loss(self.run.model, self.run.loss_function, self.optimum, self.run.data))

    @property
    def rounding(self) -> float:
        return self.rounding_of(float(self.run.loss[0]))

    def rounding_of(self, loss: float) -> float:
        return 1e-9 * loss + 1e-24 * float(np.mean(self.run.data.y**2))

    def arrived(self, loss: float, slack: float = 2) -> bool:
        """Whether so little is left, give or take some rounding."""
        y = self.run.data.y
        spread = float(np.var(y)) if np.ptp(y) > 1e-12 * np.abs(y).max() else np.inf
        return loss - self.least <= NEAR * min(self.run.loss[0] - self.least, spread) + slack * self.rounding_of(loss)

    def later(self, steps: int) -> float:
        """The loss after so many more steps at the last rate."""
        run = self.run
        more = descend(
            run.model, run.loss_function, run.data, run.final_params, Constant(run.final_learning_rate), steps
        )
        return more.final_loss

    @cached_property
    def captions(self) -> list[str]:
        """All that is said of the run, as it stands on the screen."""
        said = [*run_wording.descent(self.lesson, self.course), run_wording.ending(self.lesson, self.course)]
        if self.run.total_steps >= 3:
            said.append(run_wording.pace(self.lesson, self.course))
        if self.course.kind is not Kind.GROWS:
            said.append(wording.answer(self.lesson, self.course, self.optimum))
        if not self.lesson.of_the_notes:
            said.append(fit_wording.quality(self.lesson, self.optimum))
        return [said_of(message) for message in said]


def said_of(message: Message) -> str:
    """A caption as it stands on the screen, with long names, in one line."""
    return plain(wrap(message.with_values(WORDS).source())).replace("\n", " ").replace("\x00", "")


def value(text: str) -> float:
    """A number of a caption."""
    power = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return float(re.sub("10([⁻⁰-⁹¹²³]+)$", lambda found: f"e{found[1].translate(power)}", _bare(text)).replace("·", ""))


def _bare(text: str) -> str:
    return text.replace("−", "-").replace("\u2009", "").replace(" ", "").replace("%", "")


def near(text: str, expected: float, share: float = 0.06) -> bool:
    """Whether a number of two or three digits is a value."""
    return bool(abs(value(text) - expected) <= share * abs(expected))


def same(text: str, expected: float) -> bool:
    """Whether a number of a caption is a value, rounded as it is shown."""
    power = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
    text = text.strip().replace("· 10", "·10")
    found = re.fullmatch("(.*)·10([⁻⁰-⁹¹²³]+)", text)
    return agrees(expected, f"{found[1]}·10^{found[2].translate(power)}" if found else text)


Rule = Callable[[Told, re.Match[str]], bool]


class Rules(dict[str, Rule]):
    """Checks of sentences, by the pattern that finds them."""

    def of(self, pattern: str) -> Callable[[Rule], Rule]:
        """Make a function the check of the sentences that a pattern finds."""

        def register(check: Rule) -> Rule:
            self[pattern] = check
            return check

        return register


N = r"([\d \u2009]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
V = r"([−\d. \u2009·⁰¹²³⁴-⁹⁻]+)"
