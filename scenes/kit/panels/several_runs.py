"""Several descents on one clock: their losses in one chart, their numbers in rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fitting import Model, Trajectory
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.panels.curves import Look
from scenes.kit.subject.probe import HasParams
from scenes.kit.subject.replay import Replay, Runs
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Numerals, Stamp
from scenes.kit.words.message import Exact, Message, message
from scenes.kit.words.numbers import MINUS, count, number

_GAP = 0.14


class SeveralLosses(Group):
    """Losses of several runs over their steps, both axes logarithmic: x = log10(1 + step), y = log10(J).

    Args:
        rect: Left, bottom, right and top of everything.
        replays: The runs.
        looks: How each curve is drawn.
        pen: Writes the ticks.

    Attributes:
        chart: The plane.
        traces: The curves so far.
    """

    def __init__(
        self, rect: tuple[float, float, float, float], replays: Sequence[Replay], looks: Sequence[Look], pen: Pen
    ) -> None:
        super().__init__()
        losses = np.concatenate([replay.trajectory.loss for replay in replays])
        last_step = max(replay.last_step for replay in replays)
        low, high = float(np.floor(np.log10(losses.min()))), float(np.ceil(np.log10(losses.max())))
        self.chart = Chart(rect, (0.0, float(np.log10(1 + last_step))), (low, high))
        steps = [0, *(10**k for k in range(1, 12) if 10**k <= last_step)]
        powers = range(int(low), int(high) + 1)
        self.axes = ChartAxes(
            self.chart,
            pen.text("step (log scale)", Size.LABEL, pen.palette.muted),
            pen.text("$J$ (log scale)", Size.LABEL, pen.palette["loss"]),
            pen,
            x_ticks=Ticks([float(np.log10(1 + step)) for step in steps], [count(step) for step in steps]),
            y_ticks=Ticks([float(k) for k in powers], [f"10^{k}".replace("-", MINUS) for k in powers]),
        )
        self.traces = [RunTrace(self.chart, replay, look, pen) for replay, look in zip(replays, looks, strict=True)]
        self.add(self.axes, *self.traces)


class RunTrace(Painting):
    """One run's loss up to where its replay is, and the point at its end."""

    def __init__(self, chart: Chart, replay: Replay, look: Look, pen: Pen) -> None:
        super().__init__(chart, replay)
        self._chart, self._replay, self._look, self._rim = chart, replay, look, pen.palette.outline
        # Two records closer than a thousandth of the axis look like one.
        self._steps, losses = replay.played(chart.x_range[1] / 1000)
        self._places, self._heights = np.log10(1.0 + self._steps), np.log10(losses)

    def end(self) -> tuple[float, float]:
        """Where it ends, in chart coordinates: log10(1 + step) and log10(J)."""
        moment = self._replay.moment
        return float(np.log10(1.0 + moment.step)), float(np.log10(moment.loss))

    def paint(self, canvas: Canvas) -> None:
        """Draw what is done so far."""
        reached = int(np.searchsorted(self._steps, self._replay.moment.step, side="right"))
        place, height = self.end()
        done = self._chart.to_screen(
            np.append(self._places[:reached], place), np.append(self._heights[:reached], height)
        )
        canvas.line(done, self._look.color, self._look.width * 0.85, dash=self._look.dash)
        x, y = done[-1].tolist()
        canvas.disc(x, y, DOT_RADIUS, self._look.color, self._rim)


class RunTable(Painting):
    """A row a run: its line's look, its name, learning rate, step and loss.

    Args:
        runs: The clock.
        looks: How each run's curves are drawn.
        names: What each run is called.
        rates: What is said of each run's learning rate.
        place: Left edge and baseline of the headings.
        rights: Right edges of the columns rate, step and loss, from the left edge.
        pen: Writes it.
    """

    LEADING = 0.56
    KEY = 0.48

    def __init__(
        self,
        runs: Runs,
        looks: Sequence[Look],
        names: Sequence[Formula],
        rates: Sequence[Formula],
        place: tuple[float, float],
        rights: tuple[float, float, float],
        pen: Pen,
    ) -> None:
        super().__init__(*runs.replays)
        self._runs, self._looks, self._place, self._rights = runs, list(looks), place, rights
        palette = pen.palette
        self._names, self._rates = [Stamp(name) for name in names], [Stamp(rate) for rate in rates]
        self._headings = [
            Stamp(pen.math(r"\alpha", Size.BODY, palette["rate"])),
            Stamp(pen.text("step", Size.BODY, palette.muted)),
            Stamp(pen.math("J", Size.BODY, palette["loss"])),
        ]
        self._step = Numerals(pen.engine, Size.BODY, palette.muted)
        self._loss = Numerals(pen.engine, Size.BODY, palette["loss"])
        self._rule = palette.muted

    def texts(self) -> list[tuple[str, str]]:
        """Step and loss of each run as they are shown."""
        return [
            (
                count(int(replay.trajectory.steps[replay.moment.record])),
                number(replay.moment.loss, 4),
            )
            for replay in self._runs.replays
        ]

    def paint(self, canvas: Canvas) -> None:
        """Set headings and rows."""
        left, top = self._place
        rights = [left + right for right in self._rights]
        for heading, right in zip(self._headings, rights, strict=True):
            heading.draw(canvas, right, top, "right")
        canvas.line([(left, top - 0.16), (rights[-1], top - 0.16)], self._rule, Stroke.GRID)
        for k, (look, name, rate, (step, loss)) in enumerate(
            zip(self._looks, self._names, self._rates, self.texts(), strict=True)
        ):
            y = top - 0.12 - (k + 1) * self.LEADING
            canvas.line([(left, y + 0.1), (left + self.KEY, y + 0.1)], look.color, look.width, dash=look.dash)
            name.draw(canvas, left + self.KEY + _GAP, y)
            rate.draw(canvas, rights[0], y, "right")
            self._step.draw(canvas, step, rights[1], y, "right")
            self._loss.draw(canvas, loss, rights[2], y, "right")


def rate_text(trajectory: Trajectory) -> Message:
    """Learning rate of a run in words: one number, or first and last of its staircase."""
    first, last = float(trajectory.learning_rate[0]), trajectory.final_learning_rate
    if first == last:
        return message("{rate}", rate=Exact(first))
    return message("{first} to {last}", first=Exact(first), last=Exact(last, 2))


def prediction(model: Model, source: HasParams) -> Callable[[Array], Array]:
    """The curve of a model with the parameters that a source has now."""
    return lambda x: model.predict(source.params, x)
