"""A point of a surface, with the arrow straight downhill from it, and a text beside a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size
from scenes.kit.panels.landscape.projection import Box
from scenes.kit.panels.landscape.surface import Surface
from scenes.kit.text.formula import Formula, Pen
from scenes.kit.text.stamp import Stamp

SHORTEST = 0.55
"""Of an arrow that gets shorter where the slope is less, in Manim units."""


def downhill(box: Box, gradient: Array, length: float) -> Array:
    """The arrow of a length along minus the gradient, as it lies on the surface, (3,), in the box; 0 on level ground.

    Walking along (-gW, -gb) in the parameters lowers the loss by |g|^2 for each unit of length squared.
    """
    # Not as a difference of two places: on flat ground only their rounding would be left.
    (w0, w1), (b0, b1) = box.window.first, box.window.second
    per_unit = np.array(box.sides) / np.array([w1 - w0, b1 - b0, box.window.ceiling])
    direction = -per_unit * np.array([*gradient, gradient @ gradient])
    size = float(np.linalg.norm(direction))
    return direction if size == 0.0 else np.asarray(direction * (length / size))


class SurfacePoint(Painting):
    """A point of a surface, and the arrow straight downhill from it, in the plane that touches the surface there.

    Where its box does not hold the point, nothing is drawn.

    Args:
        surface: What it lies on.
        place: Reads its parameters, (2,), and its height.
        pen: Gives the colours, and writes the arrow's name.
        *sources: What is read.
        gradient: Reads the slopes of the surface there, (2,), if it has an arrow.
        steepest: Size of the gradient whose arrow has the full length. Where the slope is less the arrow is shorter,
            and it goes where only rounding is left of it; if None, all arrows have the full length.
        length: The full length, in Manim units.
        name: LaTeX of the arrow, to stand beside its tip.
        color: Concept whose colour the point has.
        radius: Of the point, in those of dots.

    Attributes:
        surface: As given.
        point: Opacity of the point.
        arrow: Opacity of the arrow.
        grown: Share of the arrow that is drawn.
        label: Opacity of the arrow's name.
    """

    def __init__(
        self,
        surface: Surface,
        place: Callable[[], tuple[Array, float]],
        pen: Pen,
        *sources: Mobject,
        gradient: Callable[[], Array] | None = None,
        steepest: float | None = None,
        length: float = 0.95,
        name: str = "",
        color: str = "loss",
        radius: float = 1.15,
    ) -> None:
        super().__init__(*sources, surface.view)
        self.surface, self.place, self._gradient = surface, place, gradient
        self._steepest, self._length = steepest, length
        self._color, self._gradient_color, self._rim = pen.palette[color], pen.palette["gradient"], pen.palette.outline
        self._radius = radius * DOT_RADIUS
        self._label = Stamp(pen.math(name, Size.BODY, self._gradient_color)) if name else None
        self.point = self.grown = 1.0
        self.arrow = self.label = 0.0

    @property
    def position(self) -> Array:
        """The point in the box, (3,)."""
        params, height = self.place()
        return self.surface.box.place(params, np.asarray(height))

    def arrow_tip(self) -> Array:
        """End of the whole arrow in the box, (3,)."""
        if self._gradient is None:
            return self.position
        length = max(self._length * min(self._share(), 1.0), SHORTEST)
        return np.asarray(self.position + downhill(self.surface.box, self._gradient(), length))

    def paint(self, canvas: Canvas) -> None:
        """Draw arrow, name and point."""
        box, (params, height) = self.surface.box, self.place()
        if not box.window.contains(params) or height > box.window.ceiling * (1 + 1e-9):
            return
        screen, _ = box.project(np.stack([self.position, self.arrow_tip()]), self.surface.view)
        (x, y), tip = screen.tolist()
        # It fades where the gradient no longer says where down is.
        arrow = self.arrow * float(np.clip((np.log10(max(self._share(), 1e-300)) + 7) / 2, 0.0, 1.0))
        if arrow > 0:
            end = (screen[0] + self.grown * (screen[1] - screen[0])).tolist()
            canvas.arrow((x, y), end, self._gradient_color, 0.075, arrow, self._rim)
            if self._label is not None:
                self._draw_label(canvas, self._label, tip, 1.0 if tip[0] >= x else -1.0)
        if self.point > 0:
            canvas.disc(x, y, self._radius, self._color, self._rim, self.point)

    def _share(self) -> float:
        """Size of the gradient as a share of the steepest."""
        if self._gradient is None or self._steepest is None:
            return 1.0
        return float(np.linalg.norm(self._gradient())) / max(self._steepest, 1e-300)

    def _draw_label(self, canvas: Canvas, label: Stamp, tip: Sequence[float], side: float) -> None:
        """Beside the arrow's tip; where it would reach over the axis on the right, above the arrow."""
        beyond = max(0.0, tip[0] + 0.16 + label.width + 0.1 - self._right_edge(tip[1])) if side > 0 else 0.0
        label.draw(
            canvas,
            tip[0] + 0.16 * side - beyond,
            tip[1] - 0.12 + min(beyond, 0.45),
            "left" if side > 0 else "right",
            self.label,
            halo=self._rim,
        )

    def _right_edge(self, height: float) -> float:
        """Where the line through the floor's near edge on the right is at a height of the frame."""
        x, y = (side / 2 for side in self.surface.box.sides[:2])
        corners, depth = self.surface.box.project(
            np.array([[-x, -y, 0], [x, -y, 0], [x, y, 0], [-x, y, 0]]), self.surface.view
        )
        near, right = corners[int(np.argmax(depth))], corners[int(np.argmax(corners[:, 0]))]
        rise = float(right[1] - near[1])
        return float(near[0] + (height - near[1]) * (right[0] - near[0]) / rise) if rise > 1e-9 else float(right[0])


class SurfaceLabel(Painting):
    """A text beside a place of a surface.

    Args:
        surface: What the place is on.
        place: The place in the box, (3,).
        text: What is said.
        offset: From the place to the text's baseline: its left edge if positive, else its right one.
        halo: Colour around the letters, if any.
    """

    def __init__(
        self, surface: Surface, place: Array, text: Formula, offset: tuple[float, float], halo: str | None = None
    ) -> None:
        super().__init__(surface.view)
        self._surface, self._place, self._text, self._offset, self._halo = surface, place, Stamp(text), offset, halo

    def paint(self, canvas: Canvas) -> None:
        """Set the text."""
        screen, _ = self._surface.box.project(self._place, self._surface.view)
        x, y = (screen + np.array(self._offset)).tolist()
        self._text.draw(canvas, x, y, "left" if self._offset[0] > 0 else "right", halo=self._halo)
