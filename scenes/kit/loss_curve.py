"""The loss over the steps, growing as the descent goes on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import Mobject

from scenes.kit.chart import Chart, ChartAxes
from scenes.kit.formula import Pen
from scenes.kit.painting import Canvas, Painting
from scenes.kit.replay import Replay
from scenes.kit.style import DOT_RADIUS, Size, Stroke

type_array = npt.NDArray[np.float64]


class LossCurve(Mobject):  # type: ignore[misc]
    """Loss against steps on a logarithmic axis, from step 0 on: x = log10(1 + step).

    Attributes:
        chart: The plane.
        trace: The curve so far; it ends at the point's loss.
    """

    def __init__(self, rect: tuple[float, float, float, float], replay: Replay, ceiling: float, pen: Pen) -> None:
        super().__init__()
        last = replay.last_step
        self.chart = Chart(rect, (0.0, float(np.log10(1 + last))), (0.0, ceiling))
        decades = [0, *(10**k for k in range(0, 12) if 10**k <= last)]
        places = [float(np.log10(1 + step)) for step in decades]
        texts = [f"{step:,}".replace(",", " ") for step in decades]
        # The first ticks would touch: of 0 and 1 only 0 is written where the axis is long.
        if len(decades) > 5:
            del places[1], texts[1]
        x_title = pen.text("step (log scale)", Size.LABEL, pen.palette.muted)
        y_title = pen.math("J", Size.FORMULA, pen.palette["loss"])
        self.axes = ChartAxes(self.chart, x_title, y_title, pen, x_ticks=(places, texts), most=4)
        self.trace = LossTrace(self.chart, replay, pen)
        self.add(self.axes, self.trace)

    @property
    def opacity(self) -> float:
        """Opacity of the whole panel."""
        return self.axes.opacity

    @opacity.setter
    def opacity(self, value: float) -> None:
        self.axes.opacity = self.trace.opacity = value


class LossTrace(Painting):
    """The curve up to the replay's step, what is to come in grey, and the point at its end."""

    def __init__(self, chart: Chart, replay: Replay, pen: Pen) -> None:
        super().__init__(chart, replay)
        self._chart, self._replay, self._palette = chart, replay, pen.palette
        trajectory = replay.trajectory
        place = np.log10(1.0 + trajectory.steps)
        # Two records closer than a thousandth of the axis look like one: a frame costs the same after 10^7 steps.
        bins = np.floor(place / max(chart.x_range[1], 1e-9) * 1000)
        keep = np.unique(np.concatenate([np.unique(bins, return_index=True)[1], [len(place) - 1]]))
        self._steps = trajectory.steps[keep]
        loss = np.nan_to_num(trajectory.loss[keep], nan=np.inf)
        self._places, self._losses = place[keep], np.minimum(loss, 3 * chart.y_range[1])

    def end(self) -> tuple[float, float]:
        """Where the curve ends, in chart coordinates: log10(1 + step) and the loss of the point."""
        moment = self._replay.moment
        return float(np.log10(1.0 + moment.step)), moment.loss

    def paint(self, canvas: Canvas) -> None:
        """Draw the whole run faintly, the part that is done in colour, and the point."""
        palette = self._palette
        reached = int(np.searchsorted(self._steps, self._replay.step, side="right"))
        place, loss = self.end()
        canvas.context.save()
        self._chart.clip(canvas, air=DOT_RADIUS * 1.4)
        done = self._chart.to_screen(
            np.append(self._places[:reached], place),
            np.append(self._losses[:reached], min(loss, 3 * self._chart.y_range[1])),
        )
        canvas.line(done, palette["loss"], Stroke.CURVE)
        x, y = done[-1].tolist()
        canvas.disc(x, y, DOT_RADIUS * 1.1, palette["loss"], palette.outline)
        canvas.context.restore()
