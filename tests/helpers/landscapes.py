"""A landscape with a descent on it, for tests of what is drawn there."""

from __future__ import annotations

import numpy as np

from fitting import Dataset, fit
from scenes.kit.drawing.frame import RIGHT_HALF
from scenes.kit.panels.landscape.panel import LandscapePanel
from scenes.kit.subject.replay import Replay
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen

_X = np.arange(1.0, 11.0)


def landscape_panel() -> LandscapePanel:
    """Nine steps down a valley that is steeper in W than in b; seen from (-22, 30) degrees, with few vertices."""
    run = fit(data=Dataset(_X, 2 * _X + 3), start={"W": 0.0, "b": 1.0}, learning_rate=0.01, steps=9)
    window = Window((-0.4, 2.8), (0.5, 4.0), 260.0)
    return LandscapePanel(Replay(run), window, RIGHT_HALF, [(-22.0, 30.0)], Pen(), 16)
