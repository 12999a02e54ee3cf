"""A point on a curve, and the tangent there."""

from __future__ import annotations

from collections.abc import Callable

from manim import Mobject

from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Stroke
from scenes.kit.panels.chart import Chart
from scenes.kit.text.formula import Pen


class CurvePoint(Painting):
    """A point on a function's curve, and its tangent.

    Args:
        chart: The plane.
        function: The height of the curve at an input.
        derivative: The slope of the curve at an input.
        at: Reads the input where the point is.
        concept: Whose colour the point has.
        pen: Gives the colours.
        *sources: What `at` reads.
        radius: That of the point, in those of a datum.
        half: Half the tangent's length, in Manim units.
        air: How far beyond the plane the tangent may go.
        tangent: Opacity of the tangent.
        leap: Reads where the point fades to, and how much of it is there already, in 0..1; None if it only moves.

    Attributes:
        function: As given.
        derivative: As given.
        tangent: As given; tween it.
    """

    def __init__(
        self,
        chart: Chart,
        function: Callable[[float], Array | float],
        derivative: Callable[[float], Array | float],
        at: Callable[[], float],
        concept: str,
        pen: Pen,
        *sources: Mobject,
        radius: float = 1.15,
        half: float = 1.25,
        air: float = 0.15,
        tangent: float = 0.0,
        leap: Callable[[], tuple[float, float]] | None = None,
    ) -> None:
        super().__init__(chart, *sources)
        self._chart, self._at, self._leap = chart, at, leap
        self.function, self.derivative = function, derivative
        self._colors = pen.palette[concept], pen.palette.outline, pen.palette["gradient"]
        self._radius, self._half, self._air = DOT_RADIUS * radius, half, air
        self.tangent = tangent

    @property
    def position(self) -> tuple[float, float]:
        """The point in the chart's coordinates."""
        at = self._at()
        return at, float(self.function(at))

    @property
    def slope(self) -> float:
        """Slope of the curve at the point."""
        return float(self.derivative(self._at()))

    def ends(self) -> Array:
        """Ends (2, 2) of the tangent on the screen."""
        return self._chart.tangent(*self.position, self.slope, self._half)

    def paint(self, canvas: Canvas) -> None:
        """Draw tangent and point."""
        color, rim, tangent = self._colors
        landing, share = self._leap() if self._leap else (0.0, 0.0)
        if self.tangent > 0:
            with self._chart.clipped(canvas, self._air):
                canvas.line(self.ends(), tangent, Stroke.NORMAL, self.tangent)
        for place, opacity in ((self.position, 1.0 - share), ((landing, float(self.function(landing))), share)):
            if opacity > 0:
                x, y = self._chart.to_screen(*place).tolist()
                canvas.disc(x, y, self._radius, color, rim, opacity)
