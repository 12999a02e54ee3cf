"""Tables that several lectures show: the data, residuals, the result beside the optimum."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from manim import Mobject

from fitting import Dataset, Trajectory, explained
from fitting.arrays import Array
from scenes.kit.drawing.painting import Group, array
from scenes.kit.drawing.style import Size
from scenes.kit.subject.lesson import Lesson
from scenes.kit.subject.rounding import nothing
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.table import Column, Table
from scenes.kit.words.letters import RESIDUAL_I, X_I
from scenes.kit.words.message import Math, message
from scenes.kit.words.numbers import agrees, as_given, column, shown

_HEADING = 2.7
"""How wide the heading of a column may be."""

_RESULT = 2.25
"""How wide a number of the result may be: beside a letter, and beside another number."""


def data_table(lesson: Lesson, left: float, top: float, pen: Pen) -> Table:
    """The first rows of the data as its file has them; all of them if they are few."""
    headings = [
        pen.fitted(
            message("${letter}$: {name}", letter=Math(letter)),
            _HEADING,
            (Size.BODY, Size.LABEL),
            pen.palette["data"],
            name=name,
        )
        for letter, name in (("x", lesson.data.x_name), ("y", lesson.data.y_name))
    ]
    return _data(lesson.file_data, headings, as_given, left, top, pen)


def standard_table(lesson: Lesson, left: float, top: float, pen: Pen) -> Table:
    """The same rows in standard units."""
    headings = [pen.math(letter, Size.BODY, pen.palette["data"]) for letter in ("x", "y")]
    return _data(lesson.data, headings, partial(column, digits=4), left, top, pen)


def _data(
    data: Dataset,
    headings: Sequence[Formula],
    written: Callable[[Array], Callable[[float], str]],
    left: float,
    top: float,
    pen: Pen,
) -> Table:
    columns = [
        Column(heading, _cells(values, 6, written(values)), pen.palette["data"], right)
        for values, heading, right in zip((data.x, data.y), headings, (2.7, 5.7), strict=True)
    ]
    return Table(columns, left, top, pen, 0.6)


def residual_table(trajectory: Trajectory, left: float, top: float, pen: Pen) -> Group:
    """Inputs, residuals, their products and sums, at the start of a run: what its first gradient is made of."""
    data, palette = trajectory.data, pen.palette
    residual, products = residuals(trajectory)
    write = column(np.concatenate([products, residual]))
    cells = [_cells(data.x, 4, as_given(data.x)), _cells(residual, 4, write), _cells(products, 4, write)]
    rows_shown = (row for row in zip(*cells, strict=True) if "⋮" not in row)
    about = "" if all(agrees(shown(x) * shown(r), product) for x, r, product in rows_shown) else r"\approx"
    columns = [
        Column(pen.math(heading, Size.BODY, color), texts, color, right, total)
        for texts, heading, color, right, total in zip(
            cells,
            ("x_i", RESIDUAL_I, rf"{RESIDUAL_I} \cdot {X_I} {about}"),
            (palette["data"], palette["residual"], palette["W"]),
            # In standard units all three are negative numbers with four decimals.
            (1.2, 3.1, 5.2),
            ("", write(float(residual.sum())), write(float(products.sum()))),
            strict=True,
        )
    ]
    whole = all(adds_up(column.cells, column.total) for column in columns[1:])
    table = Table(columns, left, top, pen, 0.52)
    return Group(table, table.totals(message("sum") if whole else message(r"sum $\approx$")))


def result_table(
    trajectory: Trajectory,
    optimum: Array,
    left: float,
    top: float,
    pen: Pen,
    leading: float = 0.75,
    size: float = Size.LARGE,
    write: Callable[[float], str] | None = None,
    share: bool = False,
) -> Group:
    """Parameters and loss at the end of a run beside those of the exact optimum.

    Args:
        trajectory: The run.
        optimum: Its exact optimum, (p,).
        left: Left edge.
        top: Baseline of the headings.
        pen: Writes it.
        leading: Distance of baselines.
        size: Of the numbers.
        write: How they are written; each row with its own decimals if None.
        share: Whether a last row has R^2, the share of the targets' variance that is explained, if there is one: of
            equal targets, and of a run that is worse than the best constant, there is not.
    """
    palette = pen.palette
    least = float(trajectory.loss_at(optimum))
    zero = nothing(trajectory)
    rows = [
        (name, name, np.append(trajectory.params[:, k], optimum[k]), float(zero.params[k]))
        for k, name in enumerate(trajectory.model.parameters)
    ]
    rows.append(("J", "loss", np.append(trajectory.loss, least), zero.loss))
    reached, most = (explained(trajectory, params) for params in (trajectory.final_params, optimum))
    if share and reached is not None and most is not None and reached >= 0:
        # With as many decimals as a share of 1 has.
        rows.append(("R^2", "share", array(1.0, reached, most), 0.0))
    # As many decimals as the run's numbers have.
    writers = [write or column(values, ranging=trajectory.grows, nothing=none) for *_, values, none in rows]
    written = [
        [text(float(value)) for value in values[-2:]] for text, (*_, values, _) in zip(writers, rows, strict=True)
    ]
    while size > Size.LABEL and max(pen.number(text, size).width for pair in written for text in pair) > _RESULT:
        size -= 0.02
    members: list[Mobject] = [
        pen.text("descent", Size.BODY, palette.muted, room=_HEADING).at(left + 2.9, top, "right"),
        pen.text("exact optimum", Size.BODY, palette.muted, room=_HEADING).at(left + 5.7, top, "right"),
    ]
    for k, ((latex, concept, *_), (ends, exact)) in enumerate(zip(rows, written, strict=True)):
        y, color = top - leading * (k + 1), palette[concept]
        members.append(pen.math(latex, Size.LARGE, color).at(left, y))
        members.append(pen.number(ends, size, color).at(left + 2.9, y, "right"))
        members.append(pen.number(exact, size).at(left + 5.7, y, "right"))
    return Group(*members)


def residuals(trajectory: Trajectory) -> tuple[Array, Array]:
    """Residuals (n,) at a run's start, and each times the prediction's slope by the first parameter, a line's x."""
    data, model, start = trajectory.data, trajectory.model, trajectory.params[0]
    residual = model.predict(start, data.x) - data.y
    return residual, residual * model.jacobian(start, data.x)[:, 0]


def adds_up(cells: Sequence[str], total: str) -> bool:
    """Whether rounded terms give the total as it is shown; with terms left out, nobody can tell."""
    if "⋮" in cells:
        return True
    terms = [shown(cell) for cell in cells]
    return math.isclose(sum(terms), shown(total), rel_tol=1e-9, abs_tol=1e-9 * max(map(abs, terms)))


def _cells(values: Array, most: int, write: Callable[[float], str]) -> list[str]:
    if len(values) <= most:
        return [write(value) for value in values.tolist()]
    return [*(write(value) for value in values[: most - 1].tolist()), "⋮"]
