"""What is written beside the fit of a line: what its parameters do, and numbers of its run."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory
from scenes.kit.drawing.frame import COLUMN, LEFT, ROOM, UPPER
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import RATE, B, J, W
from scenes.kit.words.mean_squared_error import LINE
from scenes.kit.words.message import Math, message
from scenes.kit.words.numbers import agrees, column, latex_number, number, shown

APPROX = r"\approx"


def roles(pen: Pen) -> list[Group]:
    """The slope by W, and what W does; the slope by b, and what b does."""
    said = message("${W}$ turns the line", W=Math(W)), message("${b}$ shifts the line", b=Math(B))
    return [
        Group(
            pen.math(LINE.effect(k).row).at(COLUMN, y), pen.text(does, Size.BODY, room=ROOM - 2.4).at(COLUMN + 2.4, y)
        )
        for k, (does, y) in enumerate(zip(said, (0.15, -1.2), strict=True))
    ]


def longest_residual(trajectory: Trajectory, pen: Pen) -> Formula:
    """The longest residual at the start of a run, in symbols and in numbers."""
    run, data = trajectory, trajectory.data
    predictions = run.model.predict(run.params[0], data.x)
    row = int(np.argmax(np.abs(predictions - data.y)))
    write = column(np.array([predictions[row] - data.y[row], predictions[row], data.y[row]]), 4)
    residual, prediction, target = (
        write(float(value)) for value in (predictions[row] - data.y[row], predictions[row], data.y[row])
    )
    exact = agrees(shown(prediction) - shown(target), residual)
    subtrahend = f"({latex_number(target)})" if data.y[row] < 0 else latex_number(target)
    latex = (
        rf"\textcolor{{residual}}{{r_{{{row + 1}}}}} = \textcolor{{model}}{{{latex_number(prediction)}}} - "
        rf"\textcolor{{data}}{{{subtrahend}}} {'=' if exact else APPROX} "
        rf"\textcolor{{residual}}{{{latex_number(residual)}}}"
    )
    return pen.math(latex, room=ROOM).at(COLUMN, 1.65)


def downhill(trajectory: Trajectory, pen: Pen) -> Formula:
    """Minus the gradient at the start of a run, in symbols and in numbers."""
    slopes = trajectory.gradient[0]
    write = column(slopes)
    parts = ", \\; ".join(rf"-\frac{{\partial {J}}}{{\partial {name}}}" for name in (W, B))
    numbers = ", \\; ".join(
        rf"\textcolor{{{name}}}{{{latex_number(write(-float(slope)))}}}"
        for name, slope in zip("Wb", slopes, strict=True)
    )
    return pen.math(rf"-\nabla {J} = \left({parts}\right) = \left({numbers}\right)", room=UPPER[2] - LEFT - 0.1)


def rate_bound(steep: float, pen: Pen) -> Formula:
    """Up to which learning rate a descent on a bowl of this curvature does not diverge."""
    latex = rf"{RATE} < \frac{{2}}{{\text{{curvature}}}} \approx {latex_number(number(2 / steep, 4))}"
    return pen.math(latex).at(COLUMN, -1.6)
