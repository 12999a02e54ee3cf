"""What is written beside the fit of a line: the model, what its parameters do, the cost, and the bound of the rate."""

from __future__ import annotations

import numpy as np

from fitting import Trajectory
from scenes.kit.drawing.frame import COLUMN, LEFT, ROOM, UPPER
from scenes.kit.drawing.painting import Group
from scenes.kit.drawing.style import Size
from scenes.kit.panels.mean_squared_error import MEAN
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.words.letters import PREDICTION, PREDICTION_I, RATE, RESIDUAL_I, X_I, Y_I, B, J, W, X
from scenes.kit.words.numbers import agrees, column, latex_number, number, shown

APPROX = r"\approx"


def model_formula(pen: Pen) -> Formula:
    """The prediction is W x + b."""
    return pen.math(rf"{PREDICTION} = {W} \cdot {X} + {B}", Size.LARGE).at(COLUMN, 2.4)


def turning(pen: Pen) -> Group:
    """The slope by W, and what W does."""
    return _role(W, X, f"${W}$ turns the line", 0.15, pen)


def shifting(pen: Pen) -> Group:
    """The slope by b, and what b does."""
    return _role(B, "1", f"${B}$ shifts the line", -1.2, pen)


def residual_formula(pen: Pen) -> Formula:
    """A residual is prediction minus target."""
    return pen.math(f"{RESIDUAL_I} = {PREDICTION_I} - {Y_I}").at(COLUMN, 2.75)


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


def cost_formula(pen: Pen) -> Formula:
    """The cost is the mean of their squares."""
    return pen.math(rf"{J} = {MEAN} \textcolor{{residual}}{{r_i^2}}").at(COLUMN, 1.65)


def residual_of_the_line(pen: Pen) -> Formula:
    """A residual with the model in it."""
    return pen.math(f"{RESIDUAL_I} = {W} {X_I} + {B} - {Y_I}").at(COLUMN, 2.75)


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


def _role(symbol: str, slope: str, does: str, y: float, pen: Pen) -> Group:
    return Group(
        pen.math(rf"\frac{{\partial {PREDICTION}}}{{\partial {symbol}}} = {slope}").at(COLUMN, y),
        pen.text(does, Size.BODY).at(COLUMN + 2.4, y),
    )
