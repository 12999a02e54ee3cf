"""The loss curve of a run of millions of steps: powers of ten under its axis, as far apart as they can be read."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.style import Size
from scenes.kit.panels.chart import ChartAxes, Ticks
from scenes.kit.panels.loss_curve import LossCurve
from scenes.kit.subject.replay import Replay
from scenes.kit.text.formula import Pen


class LongLossCurve(LossCurve):
    """`LossCurve` with ticks at step 0 and every other power of ten."""

    def __init__(self, rect: tuple[float, float, float, float], replay: Replay, pen: Pen) -> None:
        super().__init__(rect, replay, pen)
        powers = range(2, int(np.log10(max(replay.last_step, 1))) + 1, 2)
        ticks = Ticks(
            [0.0, *(float(np.log10(1 + 10**power)) for power in powers)], ["0", *(f"10^{power}" for power in powers)]
        )
        title = pen.text("step (log scale)", Size.LABEL, pen.palette.muted)
        name = pen.math("J", Size.FORMULA, pen.palette["loss"])
        self.remove(self.axes)
        self.axes = ChartAxes(self.chart, title, name, pen, x_ticks=ticks, most=4)
        self.submobjects.insert(0, self.axes)
