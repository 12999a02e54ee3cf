"""The loss over the steps, growing as the descent goes on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes, Ticks
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import loss_axis
from scenes.kit.text.formula import Pen
from scenes.kit.words.numbers import MINUS, count


class LossCurve(Group):
    """Loss against steps on a logarithmic axis, from step 0 on: x = log10(1 + step).

    Args:
        rect: Left, bottom, right and top of everything.
        replay: The descent.
        pen: Writes the ticks.
        step_ticks: Marks of the steps; 0 and the powers of ten if None.

    Attributes:
        chart: The plane.
        trace: The curve so far; it ends at the point's loss.
    """

    def __init__(
        self, rect: tuple[float, float, float, float], replay: Replay, pen: Pen, step_ticks: Ticks | None = None
    ) -> None:
        super().__init__()
        self.logarithmic, span = loss_axis(replay.trajectory.loss)
        self.chart = Chart(rect, (0.0, float(np.log10(1 + replay.last_step))), span)
        muted = pen.palette.muted
        x_title = pen.text("step (log scale)", Size.LABEL, muted)
        y_title = pen.text("$J$ (log scale)", Size.LABEL, pen.palette["loss"]) if self.logarithmic else None
        self.axes = ChartAxes(
            self.chart,
            x_title,
            y_title or pen.math("J", Size.FORMULA, pen.palette["loss"]),
            pen,
            x_ticks=step_ticks or _step_ticks(replay.last_step),
            y_ticks=_decades(*self.chart.y_range) if self.logarithmic else None,
            most=4,
        )
        self.trace = LossTrace(self.chart, replay, self.logarithmic, pen)
        self.add(self.axes, self.trace)


class LossTrace(Painting):
    """The curve up to the replay's step, what is to come in grey, and the point at its end."""

    def __init__(self, chart: Chart, replay: Replay, logarithmic: bool, pen: Pen) -> None:
        super().__init__(chart, replay)
        self._chart, self._replay, self._palette = chart, replay, pen.palette
        self._logarithmic = logarithmic
        # Two records closer than a five-hundredth of the axis look like one: a frame costs the same after 10^7 steps.
        self._steps, losses = replay.played(max(chart.x_range[1], 1e-9) / 500)
        self._places, self._heights = np.log10(1.0 + self._steps), self._height(losses)

    def _height(self, loss: npt.ArrayLike) -> Array:
        """Where losses stand on the vertical axis; far above its end they are cut."""
        low, top = self._chart.y_range
        losses = np.nan_to_num(np.asarray(loss, dtype=np.float64), nan=np.inf)
        if self._logarithmic:
            losses = np.log10(np.maximum(losses, 10.0 ** (low - 1)))
        return np.minimum(losses, top + 2 * (top - low))

    def end(self) -> tuple[float, float]:
        """Where the curve ends, in chart coordinates: log10(1 + step) and the loss of the point."""
        moment = self._replay.moment
        return float(np.log10(1.0 + moment.step)), moment.loss

    def paint(self, canvas: Canvas) -> None:
        """Draw the whole run faintly, the part that is done in colour, and the point."""
        palette = self._palette
        place, loss = self.end()
        reached = int(np.searchsorted(self._steps, self._replay.moment.step, side="right"))
        with self._chart.clipped(canvas, air=DOT_RADIUS * 1.4):
            done = self._chart.to_screen(
                np.append(self._places[:reached], place),
                np.append(self._heights[:reached], self._height(loss)),
            )
            canvas.line(done, palette["loss"], Stroke.CURVE)
            x, y = done[-1].tolist()
            canvas.disc(x, y, DOT_RADIUS * 1.1, palette["loss"], palette.outline)


def _step_ticks(last: int) -> Ticks:
    """Step 0 and the powers of ten, where log10(1 + step) puts them."""
    steps = [0, *(10**k for k in range(12) if 10**k <= last)]
    # The first ticks would touch: of 0 and 1 only 0 is written where the axis is long.
    if len(steps) > 5:
        del steps[1]
    return Ticks([float(np.log10(1 + step)) for step in steps], [count(step) for step in steps])


def _decades(low: float, high: float) -> Ticks:
    """Powers of ten on a logarithmic axis, at most four."""
    stride = max(1, int(np.ceil((high - low) / 4)))
    powers = range(int(low), int(high) + 1, stride)
    return Ticks([float(power) for power in powers], [f"10^{power}".replace("-", MINUS) for power in powers])
