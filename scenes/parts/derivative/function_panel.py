"""A function of two inputs as a surface in space, with the slices, secants and tangents through one of its points."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import Mobject

from fitting import Landscape
from fitting.arrays import Array
from scenes.kit.drawing.frame import Rect
from scenes.kit.drawing.painting import Canvas, Painting, Tween
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.landscape.axes import BoxAxes
from scenes.kit.panels.landscape.panel import RESOLUTION
from scenes.kit.panels.landscape.point import SurfaceLabel, SurfacePoint
from scenes.kit.panels.landscape.projection import Box, View
from scenes.kit.panels.landscape.surface import Surface
from scenes.kit.subject.window import Window
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp
from scenes.parts.derivative.secant import Function, Secant

REMAINS = 0.16
"""Opacity of what a slice takes away: seen through, but still known to be there."""

_FACE, _ARROW = 0.24, 1.5
_REACH = 0.62
"""How far a tangent goes to each side, in the unit of the input.

On a surface that bends upwards its ends lie below, by little over so short a way. They are drawn all the same: half
hidden it would not be seen as one line.
"""


class FunctionPanel(Mobject):  # type: ignore[misc]
    """Surface, axes, and a slice for each input.

    A slice parts the surface in two; the part in front of it fades, so that the curve along the cut is seen. The views
    look from the corner where both inputs are smallest: what is in front of a slice are the inputs below its own.

    Args:
        function: The height, f(x, y).
        window: What part of it is shown.
        region: Left, bottom, right and top of the room for it, in Manim units.
        views: Azimuths between 0 and 90 and elevations between which it turns.
        secants: One along each input, through one point.
        names: LaTeX of the inputs and of the function.
        slopes: LaTeX of the partial derivatives.
        pen: Writes.

    Attributes:
        view: Where it is seen from; tween its angles.
        slices: What is drawn along each input.
        point: The point that all slices go through.
    """

    def __init__(
        self,
        function: Function,
        window: Window,
        region: Rect,
        views: Sequence[tuple[float, float]],
        secants: Sequence[Secant],
        names: tuple[str, str, str],
        slopes: tuple[str, str],
        pen: Pen,
    ) -> None:
        super().__init__()
        self.view = View(*views[0])
        grid = tabulate(function, window.first, window.second)
        params = np.stack(np.meshgrid(grid.first, grid.second), axis=-1)
        self.box = Box.within(window, region, views, (params, grid.loss))
        self.axes = BoxAxes((names[0], names[1]), self.box, self.view, pen, names[2], most=3, corner=False)
        self.whole = Surface(grid, self.box, self.view, pen, edges=True)
        self.parts = [self._parted(function, secant, pen) for secant in secants]
        self.slices = [
            SlicePicture(secant, self.box, self.view, slope, pen) for secant, slope in zip(secants, slopes, strict=True)
        ]
        point, height = secants[0].point, secants[0].height(secants[0].at)
        self.point = SurfacePoint(self.whole, lambda: (point, height), pen, color="model")
        self.point.point = 0.0
        for far, near in self.parts:
            far.opacity = near.opacity = 0.0
        backs, fronts = zip(*self.parts, strict=True)
        self.add(self.axes, self.whole, *backs, *fronts, *self.slices, self.point)

    @property
    def opacity(self) -> float:
        """Opacity of everything while nothing is cut."""
        return self.whole.opacity

    @opacity.setter
    def opacity(self, value: float) -> None:
        for part in (self.axes, self.whole, self.point, *self.slices):
            part.opacity = value
        if value == 0.0:
            for part in itertools.chain(*self.parts):
                part.opacity = 0.0

    def cut(self, axis: int, run_time: float = 1.5) -> list[Tween]:
        """Take away what is in front of the slice along an input."""
        far, near = self.parts[axis]
        # Together the parts look like the whole, whose place they take at once.
        self.whole.opacity, far.opacity, near.opacity = 0.0, 1.0, 1.0
        return [
            Tween(near, run_time, opacity=REMAINS),
            Tween(self.slices[axis], run_time, face=1.0, curve=1.0),
        ]

    def close(self, axis: int, run_time: float = 1.0) -> list[Tween]:
        """Bring back what a cut took away; `heal` when it is back."""
        return [Tween(self.parts[axis][1], run_time, opacity=1.0), Tween(self.slices[axis], run_time, face=0.0)]

    def heal(self, axis: int) -> None:
        """The whole surface again, in place of its parts."""
        far, near = self.parts[axis]
        self.whole.opacity, far.opacity, near.opacity = 1.0, 0.0, 0.0

    def arrow(self, gradient: Array, name: str, pen: Pen) -> tuple[SurfacePoint, SurfaceLabel]:
        """The arrow from the point along minus the gradient, (2,), still without length, and its name, still unseen."""
        arrow = SurfacePoint(self.whole, self.point.place, pen, gradient=lambda: gradient, length=_ARROW, color="model")
        arrow.arrow, arrow.grown = 1.0, 0.0
        text = pen.math(name, Size.FORMULA, pen.palette["gradient"])
        label = SurfaceLabel(self.whole, arrow.arrow_tip(), text, (-0.38, -0.72))
        label.opacity = 0.0
        return arrow, label

    def _parted(self, function: Function, secant: Secant, pen: Pen) -> tuple[Surface, Surface]:
        """What is behind a slice and what is in front of it."""
        window, axis = self.box.window, 1 - secant.axis
        cut = float(secant.point[axis])
        low, high = (window.first, window.second)[axis]
        surfaces = []
        for span in ((cut, high), (low, cut)):
            spans = [window.first, window.second]
            spans[axis] = span
            part = tabulate(function, spans[0], spans[1])
            surfaces.append(Surface(part, self.box, self.view, pen, edges=True))
        return surfaces[0], surfaces[1]


def tabulate(function: Function, first: tuple[float, float], second: tuple[float, float]) -> Landscape:
    """Heights of a function over a grid."""
    x, y = np.linspace(*first, RESOLUTION), np.linspace(*second, RESOLUTION)
    return Landscape(x, y, function(*np.meshgrid(x, y)))


class SlicePicture(Painting):
    """A slice in space: its face, the curve along the cut, secant and tangent.

    Attributes:
        face: Opacity of the face below the curve.
        curve: Opacity of the curve.
        secant: Opacity of the secant and its second point.
        tangent: Opacity of the tangent.
        label: Opacity of the tangent's name.
    """

    def __init__(self, secant: Secant, box: Box, view: View, slope: str, pen: Pen) -> None:
        super().__init__(view, secant)
        self._secant, self._box, self._view, self._palette = secant, box, view, pen.palette
        self._label = Stamp(pen.math(slope, Size.LARGE, pen.palette[secant.concept]))
        span = (box.window.first, box.window.second)[secant.axis]
        values = np.linspace(*span, 80)
        self._curve = box.place(secant.inputs(values), secant.heights(values))
        self.face = self.curve = self.secant = self.tangent = self.label = 0.0

    def paint(self, canvas: Canvas) -> None:
        """Draw face, curve, secant and tangent."""
        palette, secant = self._palette, self._secant
        curve, _ = self._box.project(self._curve, self._view)
        if self.face > 0:
            foot, _ = self._box.project(self._curve * np.array([1.0, 1.0, 0.0]), self._view)
            canvas.polygon(np.concatenate([curve, foot[::-1]]), palette["model"], _FACE * self.face)
            canvas.line(foot, palette[secant.concept], Stroke.THIN, self.face)
        if self.curve > 0:
            canvas.line(curve, palette.outline, 0.095, 0.6 * self.curve)
            canvas.line(curve, palette["model"], Stroke.CURVE, self.curve)
        if self.tangent > 0:
            self._straight(canvas, secant.slope, (-_REACH, _REACH), palette[secant.concept], self.tangent)
        if self.secant > 0:
            end = secant.at + secant.h
            self._straight(
                canvas, secant.quotient(secant.h), (-0.45, max(1.15 * secant.h, 0.6)), palette["gradient"], self.secant
            )
            ((x, y),), _ = self._box.project(self._place(np.array([end]), secant.height(end)), self._view)
            canvas.disc(float(x), float(y), DOT_RADIUS, palette["gradient"], palette.outline, self.secant)

    def tangent_ends(self) -> Array:
        """Ends of the tangent in the box, (2, 3)."""
        return self._ends(self._secant.slope, (-_REACH, _REACH))

    def _place(self, values: Array, heights: Array | float) -> Array:
        return self._box.place(self._secant.inputs(values), np.asarray(heights))

    def _ends(self, slope: float, reach: tuple[float, float]) -> Array:
        offsets = np.array(reach)
        # A line that would go below the floor ends there.
        lowest = -self._secant.height(self._secant.at) / slope if slope > 0 else -np.inf
        offsets = np.maximum(offsets, lowest)
        return self._place(self._secant.at + offsets, self._secant.height(self._secant.at) + slope * offsets)

    def _straight(self, canvas: Canvas, slope: float, reach: tuple[float, float], color: str, opacity: float) -> None:
        """A line through the point in the slice's plane."""
        ends, _ = self._box.project(self._ends(slope, reach), self._view)
        canvas.line(ends, self._palette.outline, 0.1, 0.7 * opacity)
        canvas.line(ends, color, Stroke.CURVE, opacity)
        if self.label > 0:
            x, y = ends[1].tolist()
            side = 1.0 if ends[1, 0] >= ends[0, 0] else -1.0
            anchor = "left" if side > 0 else "right"
            self._label.draw(canvas, x + 0.14 * side, y + 0.02, anchor, self.label, halo=self._palette.outline)
