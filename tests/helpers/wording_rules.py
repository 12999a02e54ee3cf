"""What a fit's captions may say of a run, each sentence with a check that asks its record."""

from __future__ import annotations

import re

import numpy as np
from told_runs import N, Rules, Told, V, near, same, value

from fitting import StopReason
from scenes.kit.words.message import _NUMBERS

RUN_RULES = Rules()


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


@RUN_RULES.of(rf"Faster now\. In (?:some )?{N} steps? the point (falls|came) down the wall of the valley\.")
def _(told: Told, found: re.Match[str]) -> bool:
    steps = steps_in(found[1])
    return (
        _falls(told, steps)
        and (steps > 7) == (found[2] == "falls")
        and (steps == 1 or bool((told.ways[:8, 0] * told.ways[0, 0] >= 0).all()))
    )


@RUN_RULES.of(rf"Faster now: from wall to wall, lower each time, for (?:some )?{N} steps\.")
def _(told: Told, found: re.Match[str]) -> bool:
    steps = steps_in(found[1])
    return steps > 7 and _falls(told, steps) and bool((told.ways[1:7, 0] * told.ways[:6, 0] < 0).all())


@RUN_RULES.of(r"Faster now\. (Two|Three|Four|Five|Six|Seven) steps led from wall to wall, lower each time\.")
def _(told: Told, found: re.Match[str]) -> bool:
    steps = steps_in(found[1])
    return steps <= 7 and _falls(told, steps) and bool(told.ways[1, 0] * told.ways[0, 0] < 0)


@RUN_RULES.of(rf"Then the point crawls along the floor: curvatures? {V} (?:across,|and) {V}(?: along)?\.")
def _(told: Told, found: re.Match[str]) -> bool:
    rest = np.abs(told.ways[told.run.steps >= told.course.fall])
    rest = rest[rest[:, 1] > 1e-3 * np.linalg.norm(told.ways[0])]
    return (
        same(found[1], told.curvatures[0])
        and same(found[2], told.curvatures[1])
        and len(rest) > 0
        and bool((rest[:, 1] >= rest[:, 0]).all())
    )


@RUN_RULES.of(rf"α goes down in stairs to {V}: long steps first, fine ones last\.")
def _(told: Told, found: re.Match[str]) -> bool:
    moved = np.linalg.norm(np.diff(told.run.params, axis=0), axis=1) / np.diff(told.run.steps)
    rates = told.run.learning_rate
    return (
        near(found[1], rates[-1], 1e-2)
        and bool((np.diff(rates) <= 0).all())
        and rates[0] > rates[-1]
        and moved[0] > moved[-1]
    )


@RUN_RULES.of(rf"α goes up in stairs to {V}, as the slopes become smaller\.")
def _(told: Told, found: re.Match[str]) -> bool:
    rates, slopes = told.run.learning_rate, np.linalg.norm(told.run.gradient, axis=1)
    return (
        near(found[1], rates[-1], 1e-2)
        and bool((np.diff(rates) >= 0).all())
        and rates[0] < rates[-1]
        and slopes[0] > slopes[-1]
    )


@RUN_RULES.of(rf"One α for both: a step takes {V} ?% of the way across, {V} ?% along the floor\.")
def _(told: Told, found: re.Match[str]) -> bool:
    taken = 1 - told.ways[1] / told.ways[0]
    return bool(np.ptp(told.run.learning_rate) == 0) and all(
        near(found[k], 100 * share) for k, share in enumerate(taken, start=1)
    )


@RUN_RULES.of(r"(Faster now\. )?The slope shrinks towards the bottom, and so does every step\.")
def _(told: Told, found: re.Match[str]) -> bool:
    slopes = np.linalg.norm(told.run.gradient, axis=1)
    assert bool(found[1]) == _is_faster(told)
    large = slopes[1:] > 1e-9 * slopes[0]
    moved = np.linalg.norm(np.diff(told.run.params, axis=0), axis=1)
    return bool((np.diff(slopes)[large] < 0).all() and (np.diff(moved)[large[:-1]] < 0).all())


@RUN_RULES.of(rf"Curvature {V} in every direction: the bowl is round\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return all(same(found[1], curvature) for curvature in told.curvatures)


@RUN_RULES.of(rf"Curvature {V} (?:one way|across the valley), {V} (the other: .*|along its floor)\.")
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


@RUN_RULES.of(rf"Each step takes {V} ?% of the way left\. (One step leaves|.* steps leave) (none|{V}) of it\.")
def _(told: Told, found: re.Match[str]) -> bool:
    first = np.linalg.norm(told.run.params[1] - told.run.params[0]) / np.linalg.norm(told.ways[0])
    return (
        near(found[1], 100 * first) and _leaves(told, found[2], found[3]) and bool(np.ptp(told.run.learning_rate) == 0)
    )


@RUN_RULES.of(rf"(One step leaves|.* steps leave) (none|{V}) of the way to the bottom\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return _leaves(told, found[1], found[2])


@RUN_RULES.of(rf"The whole run has {N} steps?: (?:this was|these were) all\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return steps_in(found[1]) == told.run.total_steps <= 7


@RUN_RULES.of(rf"(Faster now\. )?The whole run has {N} steps\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return int(value(found[2])) == told.run.total_steps > 7 and bool(found[1]) == _is_faster(told)


def _after(told: Told, steps: str) -> bool:
    count = 1 if steps == "one step" else int(value(steps.removesuffix(" steps")))
    return count == told.run.total_steps


@RUN_RULES.of(r"After (.*steps?) the bottom is (?:far )?ahead[:,] (.*)\.")
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


@RUN_RULES.of(r"Every step overshoots: the point lands farther up, on the other side\.")
def _(told: Told, found: re.Match[str]) -> bool:
    sides = told.ways[1:] * told.ways[:-1]
    return bool((np.diff(told.run.loss) > 0).all() and ((sides[:, 0] < 0) | (sides.sum(axis=1) < 0)).all())


@RUN_RULES.of(rf"J falls until step {N}\. Later each step lands farther up, on the other side\.")
def _(told: Told, found: re.Match[str]) -> bool:
    late = told.run.steps >= int(value(found[1]))
    across = told.ways[late, 0]
    return bool(
        told.run.loss[0] - told.run.loss.min() > told.rounding
        and (np.diff(told.run.loss[~late]) <= told.rounding).all()
        and (np.diff(told.run.loss[late]) > 0).all()
        and (across[1:] * across[:-1] < 0).all()
    )


@RUN_RULES.of(rf"Rate times curvature(?: is|:) α · ?{V} ?(≈|,? ?up to) {V}\. Above 2, the error grows\.")
def _(told: Told, found: re.Match[str]) -> bool:
    product = float(told.run.learning_rate.max()) * told.curvatures[0]
    return (
        product > 2
        and value(found[3]) > 2
        and near(found[3], product, 0.01)
        and near(found[1], told.curvatures[0], 0.01)
    )


@RUN_RULES.of(rf"The run is stopped at step {N}: J has grown to {V}\.")
def _(told: Told, found: re.Match[str]) -> bool:
    run = told.run
    return (
        run.stop_reason is StopReason.DIVERGED
        and int(value(found[1])) == run.total_steps
        and near(found[2], run.final_loss, 0.06)
    )


@RUN_RULES.of(rf"J was {V} at the start\. After (.*steps?) it is (the same|{V})\.")
def _(told: Told, found: re.Match[str]) -> bool:
    first, last = float(told.run.loss[0]), told.run.final_loss
    ends = abs(last - first) <= 1e-9 * first if found[3] == "the same" else near(found[3], last, 0.06)
    return _after(told, found[2]) and near(found[1], first, 0.06) and ends


@RUN_RULES.of(r"Least squares has an exact answer(.*)\.")
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


@RUN_RULES.of(r"And again: a new place, a new gradient\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return told.run.total_steps >= 3


@RUN_RULES.of(rf"The rate α = {V} is a tenth of 1 / {V}: one over the curvature\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return (
        value(found[1]) == told.run.learning_rate[0]
        and near(found[1], 0.1 / value(found[2]), 0.05)
        and same(found[2], told.curvatures[0])
    )


def _forecast(told: Told, params: np.ndarray) -> float:
    run = told.run
    return float(run.file_model.predict(run.params_in_file_units(params), np.array([told.lesson.forecast[0]]))[0])


@RUN_RULES.of(rf"By this line, five floors cost {V} million EUR\.")
def _(told: Told, found: re.Match[str]) -> bool:
    return same(found[1], _forecast(told, told.run.final_params) / 10) and told.arrived(told.run.final_loss)


@RUN_RULES.of(rf"By this line, five floors cost {V} million EUR; by the best line, {V}\.")
def _(told: Told, found: re.Match[str]) -> bool:
    ends = told.run.final_params, told.optimum
    return all(same(text, _forecast(told, params) / 10) for text, params in zip(found.groups(), ends, strict=True))


@RUN_RULES.of(rf"At x+ = {V} (?:the|this) line says (?:y+ = )?{V}(?:, (?:and )?the best(?: line)? {V})?\.")
def _(told: Told, found: re.Match[str]) -> bool:
    best = found[3] is None or near(found[3], _forecast(told, told.optimum))
    return (
        near(found[2], _forecast(told, told.run.final_params))
        and best
        and told.arrived(told.run.final_loss) == (found[3] is None)
    )
