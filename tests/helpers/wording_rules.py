"""What a fit's captions may say, each sentence with a check that asks the record of the run."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fitting import Constant, StopReason, Trajectory, descend, least_squares, mean_loss
from fitting.course import NEAR, Course, Kind
from scenes.kit.story import fit_wording, run_wording, wording
from scenes.kit.subject.lesson import Lesson
from scenes.kit.words.captions import plain, wrap
from scenes.kit.words.message import _NUMBERS, Message, Name
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
RULES: dict[str, Rule] = {}


def rule(pattern: str) -> Callable[[Rule], Rule]:
    """Make a function the check of the sentences that a pattern finds."""

    def register(check: Rule) -> Rule:
        RULES[pattern] = check
        return check

    return register


N = r"([\d \u2009]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
V = r"([−\d. \u2009·⁰¹²³⁴-⁹⁻]+)"


def steps_in(text: str) -> int:
    word = text.lower()
    return _NUMBERS.index(word) if word in _NUMBERS else int(value(text))


def _is_faster(told: Told) -> bool:
    """Whether the first third of what is left of a run, on a log scale, has more steps than 4 s had before."""
    return 8 * ((told.run.total_steps + 1) / 8) ** (1 / 3) - 8 > 4 / 0.6


def _falls(told: Told, steps: int) -> bool:
    """Over so many steps, give or take the rounding to tens, the way across shrinks to 3 %, and the loss falls."""
    across, taken = np.abs(told.ways[:, 0] / told.ways[0, 0]), told.run.steps
    slack = 6 if steps >= 20 else 0
    there = bool((across[taken >= steps + slack][:1] <= 0.031).all() and across[taken == steps - 1 - slack] > 0.029)
    return there and bool((np.diff(told.run.loss[taken <= steps]) <= 0).all())


@rule(rf"Faster now\. In (?:some )?{N} steps? the point (falls|came) down the wall of the valley\.")
def _(told: Told, found: re.Match[str]) -> bool:
    steps = steps_in(found[1])
    return (
        _falls(told, steps)
        and (steps > 7) == (found[2] == "falls")
        and (steps == 1 or bool((told.ways[:8, 0] * told.ways[0, 0] >= 0).all()))
    )


@rule(rf"Faster now: from wall to wall, lower each time, for (?:some )?{N} steps\.")
def _(told: Told, found: re.Match[str]) -> bool:
    steps = steps_in(found[1])
    return steps > 7 and _falls(told, steps) and bool((told.ways[1:7, 0] * told.ways[:6, 0] < 0).all())


@rule(r"Faster now\. (Two|Three|Four|Five|Six|Seven) steps led from wall to wall, lower each time\.")
def _(told: Told, found: re.Match[str]) -> bool:
    steps = steps_in(found[1])
    return steps <= 7 and _falls(told, steps) and bool(told.ways[1, 0] * told.ways[0, 0] < 0)


@rule(rf"Then the point crawls along the floor: curvatures? {V} (?:across,|and) {V}(?: along)?\.")
def _(told: Told, found: re.Match[str]) -> bool:
    rest = np.abs(told.ways[told.run.steps >= told.course.fall])
    rest = rest[rest[:, 1] > 1e-3 * np.linalg.norm(told.ways[0])]
    return (
        same(found[1], told.curvatures[0])
        and same(found[2], told.curvatures[1])
        and len(rest) > 0
        and bool((rest[:, 1] >= rest[:, 0]).all())
    )


@rule(rf"α goes down in stairs to {V}: long steps first, fine ones last\.")
def _(told: Told, found: re.Match[str]) -> bool:
    moved = np.linalg.norm(np.diff(told.run.params, axis=0), axis=1) / np.diff(told.run.steps)
    rates = told.run.learning_rate
    return (
        near(found[1], rates[-1], 1e-2)
        and bool((np.diff(rates) <= 0).all())
        and rates[0] > rates[-1]
        and moved[0] > moved[-1]
    )


@rule(rf"α goes up in stairs to {V}, as the slopes become smaller\.")
def _(told: Told, found: re.Match[str]) -> bool:
    rates, slopes = told.run.learning_rate, np.linalg.norm(told.run.gradient, axis=1)
    return (
        near(found[1], rates[-1], 1e-2)
        and bool((np.diff(rates) >= 0).all())
        and rates[0] < rates[-1]
        and slopes[0] > slopes[-1]
    )


@rule(rf"One α for both: a step takes {V} ?% of the way across, {V} ?% along the floor\.")
def _(told: Told, found: re.Match[str]) -> bool:
    taken = 1 - told.ways[1] / told.ways[0]
    return bool(np.ptp(told.run.learning_rate) == 0) and all(
        near(found[k], 100 * share) for k, share in enumerate(taken, start=1)
    )


@rule(r"(Faster now\. )?The slope shrinks towards the bottom, and so does every step\.")
def _(told: Told, found: re.Match[str]) -> bool:
    slopes = np.linalg.norm(told.run.gradient, axis=1)
    assert bool(found[1]) == _is_faster(told)
    large = slopes[1:] > 1e-9 * slopes[0]
    moved = np.linalg.norm(np.diff(told.run.params, axis=0), axis=1)
    return bool((np.diff(slopes)[large] < 0).all() and (np.diff(moved)[large[:-1]] < 0).all())


@rule(rf"Curvature {V} in every direction: the bowl is round\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return all(same(found[1], curvature) for curvature in told.curvatures)


@rule(rf"Curvature {V} (?:one way|across the valley), {V} (the other: .*|along its floor)\.")
def _(told: Told, found: re.Match[str]) -> bool:
    ratio = told.curvatures[0] / told.curvatures[1]
    shape = "nearly" if ratio <= 1.5 else "oval" if ratio <= 4 else "floor"
    return shape in found[3] and all(same(found[k + 1], told.curvatures[k]) for k in (0, 1))


def _left(told: Told) -> float:
    distance = np.linalg.norm(told.ways, axis=1)
    return float(distance[-1] / distance[0])


def _leaves(told: Told, steps: str, share: str) -> bool:
    count = 1 if steps == "One step leaves" else int(value(steps.removesuffix(" steps leave")))
    left = _left(told)
    return count == told.run.total_steps and (left == 0 if share == "none" else near(share, left))


@rule(rf"Each step takes {V} ?% of the way left\. (One step leaves|.* steps leave) (none|{V}) of it\.")
def _(told: Told, found: re.Match[str]) -> bool:
    first = np.linalg.norm(told.run.params[1] - told.run.params[0]) / np.linalg.norm(told.ways[0])
    return (
        near(found[1], 100 * first) and _leaves(told, found[2], found[3]) and bool(np.ptp(told.run.learning_rate) == 0)
    )


@rule(rf"(One step leaves|.* steps leave) (none|{V}) of the way to the bottom\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return _leaves(told, found[1], found[2])


@rule(rf"The whole run has {N} steps?: (?:this was|these were) all\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return steps_in(found[1]) == told.run.total_steps <= 7


@rule(rf"(Faster now\. )?The whole run has {N} steps\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return int(value(found[2])) == told.run.total_steps > 7 and bool(found[1]) == _is_faster(told)


def _after(told: Told, steps: str) -> bool:
    count = 1 if steps == "one step" else int(value(steps.removesuffix(" steps")))
    return count == told.run.total_steps


@rule(r"After (.*steps?) the bottom is (?:far )?ahead[:,] (.*)\.")
def _(told: Told, found: re.Match[str]) -> bool:
    run, rest = told.run, found[2]
    if not _after(told, found[1]) or told.arrived(run.final_loss, slack=0):
        return False
    if rest == "but no number changes any more":
        return bool((run.final_params - run.final_learning_rate * run.gradient[-1] == run.final_params).all())
    if rest == "out of reach at this rate":
        return not told.arrived(told.later(3000))
    slowest = min(told.curvatures) * run.final_learning_rate
    if rest == "more than ten million steps":
        return slowest < 1e-6
    count = (
        1
        if rest == "one more step, at this rate"
        else int(value(re.fullmatch("at most (.*) more, at this rate", rest)[1]))
    )  # type: ignore[index]
    return count > 20_000 or told.arrived(told.later(count))


@rule(r"Every step overshoots: the point lands farther up, on the other side\.")
def _(told: Told, found: re.Match[str]) -> bool:
    sides = told.ways[1:] * told.ways[:-1]
    return bool((np.diff(told.run.loss) > 0).all() and ((sides[:, 0] < 0) | (sides.sum(axis=1) < 0)).all())


@rule(rf"J falls until step {N}\. Later each step lands farther up, on the other side\.")
def _(told: Told, found: re.Match[str]) -> bool:
    late = told.run.steps >= int(value(found[1]))
    across = told.ways[late, 0]
    return bool(
        told.run.loss[0] - told.run.loss.min() > told.rounding
        and (np.diff(told.run.loss[~late]) <= told.rounding).all()
        and (np.diff(told.run.loss[late]) > 0).all()
        and (across[1:] * across[:-1] < 0).all()
    )


@rule(rf"Rate times curvature(?: is|:) α · ?{V} ?(≈|,? ?up to) {V}\. Above 2, the error grows\.")
def _(told: Told, found: re.Match[str]) -> bool:
    product = float(told.run.learning_rate.max()) * told.curvatures[0]
    return (
        product > 2
        and value(found[3]) > 2
        and near(found[3], product, 0.01)
        and near(found[1], told.curvatures[0], 0.01)
    )


@rule(rf"The run is stopped at step {N}: J has grown to {V}\.")
def _(told: Told, found: re.Match[str]) -> bool:
    run = told.run
    return (
        run.stop_reason is StopReason.DIVERGED
        and int(value(found[1])) == run.total_steps
        and near(found[2], run.final_loss, 0.06)
    )


@rule(rf"J was {V} at the start\. After (.*steps?) it is (the same|{V})\.")
def _(told: Told, found: re.Match[str]) -> bool:
    first, last = float(told.run.loss[0]), told.run.final_loss
    ends = abs(last - first) <= 1e-9 * first if found[3] == "the same" else near(found[3], last, 0.06)
    return _after(told, found[2]) and near(found[1], first, 0.06) and ends


@rule(r"Least squares has an exact answer(.*)\.")
def _(told: Told, found: re.Match[str]) -> bool:
    began = told.run.loss[0] - told.least <= told.rounding
    left = 0.0 if began else _left(told)
    match found[1]:
        case ". The run began there":
            return began
        case ". This run does not find it":
            return told.run.grows and not began
        case ". The run began there, and left it":
            return told.run.grows and began
        case ". The run has ended before it got there":
            return not told.arrived(told.run.final_loss, slack=0)
        case ", and the descent has reached it":
            return told.arrived(told.run.final_loss) and left <= 1e-6
        case ", and the descent has nearly reached it":
            return told.arrived(told.run.final_loss) and left <= 0.05
        case ". The descent’s J is close to it, W and b less":
            return told.arrived(told.run.final_loss) and left > 0.05
    return False


@rule(r"And again: a new place, a new gradient\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return told.run.total_steps >= 3


@rule(rf"The rate α = {V} is a tenth of 1 / {V}: one over the curvature\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return (
        value(found[1]) == told.run.learning_rate[0]
        and near(found[1], 0.1 / value(found[2]), 0.05)
        and same(found[2], told.curvatures[0])
    )


def _forecast(told: Told, params: np.ndarray) -> float:
    run = told.run
    return float(run.file_model.predict(run.params_in_file_units(params), np.array([told.lesson.forecast[0]]))[0])


@rule(rf"By this line, five floors cost {V} million EUR\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return same(found[1], _forecast(told, told.run.final_params) / 10) and told.arrived(told.run.final_loss)


@rule(rf"By this line, five floors cost {V} million EUR; by the best line, {V}\.")
def _(told: Told, found: re.Match[str]) -> bool:
    ends = told.run.final_params, told.optimum
    return all(same(text, _forecast(told, params) / 10) for text, params in zip(found.groups(), ends, strict=True))


@rule(rf"At x+ = {V} (?:the|this) line says (?:y+ = )?{V}(?:, (?:and )?the best(?: line)? {V})?\.")
def _(told: Told, found: re.Match[str]) -> bool:
    best = found[3] is None or near(found[3], _forecast(told, told.optimum))
    return (
        near(found[2], _forecast(told, told.run.final_params))
        and best
        and told.arrived(told.run.final_loss) == (found[3] is None)
    )


def _squares(told: Told) -> np.ndarray:
    """Squared residuals of the best line, (n,), as fitted to the file's numbers less their means."""
    x, y = (column - column.mean() for column in (told.run.file_data.x, told.run.file_data.y))
    return np.asarray((y - x * float(x @ y) / float(x @ x)) ** 2)


def _explained(told: Told) -> float:
    """The square of the correlation of the file's columns."""
    y = told.run.file_data.y
    return 1 - float(_squares(told).mean()) / float(np.var(y))


@rule(r"All values of y+ are equal: there is no spread to explain\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return len(set(told.run.file_data.y.tolist())) == 1


@rule(r"Through two points there is always a line: so good a fit proves nothing\.")
def _(told: Told, found: re.Match[str]) -> bool:
    data = told.run.file_data
    return len(set(zip(data.x.tolist(), data.y.tolist(), strict=True))) == 2


@rule(r"The best line runs through every point: it explains all of the spread\.")
def _(told: Told, found: re.Match[str]) -> bool:
    data = told.run.file_data
    # As exact as the file's numbers are.
    size = np.abs(data.y).max() + np.abs(data.x).max() * np.ptp(data.y) / np.ptp(data.x)
    return len(data) > 2 and bool((np.sqrt(_squares(told)) <= 1e-14 * size).all())


@rule(r"The best line is level: it explains nothing of the spread of y+\.")
def _(told: Told, found: re.Match[str]) -> bool:
    x, y = told.run.file_data.x, told.run.file_data.y
    return abs(float((x - x.mean()) @ y)) <= 1e-12 * len(x) * float(np.std(x) * np.std(y)) and np.ptp(y) > 0


@rule(rf"The best line explains hardly anything of the spread of y+: {V} ?%\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return near(found[1], 100 * _explained(told)) and 0 < _explained(told) <= 0.05


@rule(rf"The best line explains nearly all of the spread of y+(?:: {V} ?%)?\.")
def _(told: Told, found: re.Match[str]) -> bool:
    left = 1 - _explained(told)
    return 0 < left <= 0.05 and (left < 1e-6 if found[1] is None else near(str(100 - value(found[1])), 100 * left))


@rule(rf"The best line explains {V} ?% of the spread of y+\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return near(found[1], 100 * _explained(told)) and 0.05 < _explained(told) < 0.95


@rule(rf"The best line explains {V} ?% of the spread\. One i+ makes {V} ?% of its J\.")
def _(told: Told, found: re.Match[str]) -> bool:
    squares = _squares(told)
    most = float(squares.max() / squares.sum())
    return near(found[1], 100 * _explained(told)) and near(found[2], 100 * most) and most > 0.5
