"""Forward and back as a program for all houses at once, with what each line says; a test runs the lines."""

from __future__ import annotations

from manim import linear

from scenes.kit.drawing.painting import Group, Tween, show
from scenes.kit.drawing.style import Size
from scenes.kit.text.formula import Pen
from scenes.kit.text.table import Rule
from scenes.kit.words.letters import B1, B2, PREDICTION_I, RESIDUAL_I, W1, W2, X_I, Y_I, J
from scenes.kit.words.message import Math, Message, message
from scenes.parts.backpropagation.code_listing import CodeListing
from scenes.parts.backpropagation.relu_network import A1_I

FORWARD = 3
"""How many of the lines run forward."""

CODE: tuple[tuple[str, str | Message], ...] = (
    ("a1 = W1 * x + b1", rf"${A1_I} = {W1} {X_I} + {B1}$"),
    ("z = np.maximum(a1, 0)", rf"$z_i = \operatorname{{ReLU}}({A1_I})$"),
    ("r = W2 * z + b2 - y", rf"${RESIDUAL_I} = {PREDICTION_I} - {Y_I}$"),
    ("dr = np.sign(r) / len(x)", rf"$\partial {J} / \partial {RESIDUAL_I} = \operatorname{{sign}}({RESIDUAL_I}) / N$"),
    (
        "dW2, db2 = dr @ z, dr.sum()",
        message("${W2}$: times $z_i$,  ${b2}$: times 1,  summed", W2=Math(W2), b2=Math(B2)),
    ),
    ("dz = dr * W2", message("times ${W2}$", W2=Math(W2))),
    ("da1 = dz * (a1 >= 0)", message(r"times $\operatorname{ReLU}'(a_{1,i})$: 1 or 0")),
    (
        "dW1, db1 = da1 @ x, da1.sum()",
        message("${W1}$: times ${input}$,  ${b1}$: times 1,  summed", W1=Math(W1), input=Math(X_I), b1=Math(B1)),
    ),
)
"""Lines of Python, and what they say."""


class BackwardCode(Group):
    """The program, line by line, a rule where it turns back.

    Args:
        left: Left edge of the program.
        right: Right edge of the rule.
        top: Baseline of the first line.
        pen: Writes it.

    Attributes:
        turn: The rule.
    """

    def __init__(self, left: float, right: float, top: float, pen: Pen) -> None:
        self._listing = CodeListing([line for line, _ in CODE], left, top, pen, leading=0.57)
        self._meaning = [
            pen.text(says, Size.BODY).at(left + 6.25, self._listing.baseline(k)) for k, (_, says) in enumerate(CODE)
        ]
        self.turn = Rule(left, right, self._listing.baseline(FORWARD) + 0.36, pen.palette.grid)
        super().__init__(self._listing, self.turn, *self._meaning)

    def write(self, first: int, end: int, run_time: float) -> list[Tween]:
        """Let lines appear, with what they say."""
        said = show(*self._meaning[first:end], run_time=run_time)
        return [Tween(self._listing, run_time, linear, lines=float(end)), *said]
