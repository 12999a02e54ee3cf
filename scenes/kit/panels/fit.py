"""Data, model and residuals in a chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject

from fitting import Dataset, Model
from fitting.arrays import Array
from scenes.kit.drawing.painting import Canvas, Group, Painting
from scenes.kit.drawing.style import DOT_RADIUS, Size, Stroke
from scenes.kit.panels.chart import Chart, ChartAxes
from scenes.kit.panels.data_dots import FEW, DataDots
from scenes.kit.panels.rulers import rulers
from scenes.kit.subject.lesson import Lesson
from scenes.kit.text.formula import Pen
from scenes.kit.text.stamp import Stamp


class FitPanel(Group):
    """The fit: axes, data, and what moves in front of them.

    Attributes:
        chart: The plane; tween its `rect` to move the panel.
        rulers: Axes of the same plane in different units; all but the first are hidden. A panel with several is never
            faded as a whole.
        dots: The data.
        layer: The model's curve, residuals, their squares; each with an opacity of its own.
    """

    def __init__(
        self, chart: Chart, rulers: Sequence[ChartAxes], data: Dataset, model: Model, params: Mobject, pen: Pen
    ) -> None:
        super().__init__()
        self.chart = chart
        self.rulers = tuple(rulers)
        for ruler in self.rulers[1:]:
            ruler.opacity = 0.0
        self.dots = DataDots(chart, data, pen)
        self.layer = FitLayer(chart, data, model, params, pen)
        # Few points stand in front of the curve that ends up between them; many lie behind it.
        order = (self.layer, self.dots) if self.dots.few else (self.dots, self.layer)
        if self.dots is order[-1]:
            self.dots.in_front_of(self.layer)
        self.add(*self.rulers, *order)

    @classmethod
    def of(cls, lesson: Lesson, chart: Chart, params: Mobject, pen: Pen) -> FitPanel:
        """The fit of a lesson's data, in a plane of the descent's units."""
        run = lesson.trajectory
        panel = cls(chart, rulers(lesson, chart, pen), run.data, run.model, params, pen)
        panel.layer.forecast_x = lesson.forecast_place
        return panel

    def follow(self, params: Mobject) -> None:
        """Let the curve follow another source of parameters from now on."""
        self.layer.follow(params)

    def put_behind(self, *curves: Painting) -> None:
        """Draw other curves too, behind the model's and the data."""
        at = self.submobjects.index(self.layer)
        self.submobjects[at:at] = curves
        self.dots.in_front_of(*curves)


class FitLayer(Painting):
    """What moves in front of the data.

    Attributes:
        curve: Opacity of the model's curve.
        residuals: Opacity of the lines from each point to the curve.
        squares: Opacity of the residuals' squares.
        lift: Opacity of the arrows from `ghost`'s curve to the present one.
        ghost: Parameters of the curve the arrows start from.
        reference: Opacity of a dashed curve to compare with, that of `reference_params`.
        forecast: Opacity of the prediction at `forecast_x`.
        question: Opacity of the question mark that stands there before.
        drawn: How much of the curve is drawn, from its left end.
    """

    def __init__(self, chart: Chart, data: Dataset, model: Model, params: Mobject, pen: Pen) -> None:
        super().__init__(chart, params)
        self._chart, self._data, self._model, self._palette = chart, data, model, pen.palette
        self._params = params
        self.reference = 0.0
        self.reference_params = np.array(params.params)
        self.curve = self.residuals = self.squares = self.lift = self.forecast = self.question = 0.0
        self.drawn = 0.0
        self._question = Stamp(pen.text("?", Size.TITLE, pen.palette["model"]))
        self.ghost = np.array(params.params)
        self.forecast_x = float(data.x.max())
        self._x = np.linspace(*chart.x_range, 2 if model.name == "linear" else 160)

    def follow(self, params: Mobject) -> None:
        """Read parameters from another source."""
        self._params = params
        self.reads = (self._chart, params)

    def sample(self, x: Array) -> None:
        """Draw the curve through other inputs than equally spaced ones, (k,) ascending: more where it bends."""
        self._x = np.array(x, dtype=np.float64)

    @property
    def corners(self) -> Array:
        """Inputs that the curve is drawn through, (k,)."""
        return self._x

    @property
    def params(self) -> Array:
        """Parameters of the curve that is drawn."""
        params: Array = self._params.params
        return params

    def predict(self, x: Array, params: Array | None = None) -> Array:
        """The model's curve, in the data's units."""
        return self._model.predict(self.params if params is None else params, x)

    def paint(self, canvas: Canvas) -> None:
        """Draw squares, residuals, curve and arrows, clipped to the plane."""
        with self._chart.clipped(canvas, air=0.02):
            palette = self._palette
            if self.squares > 0:
                self._draw_squares(canvas)
            if self.residuals > 0 and len(self._data.x) <= FEW:
                starts = self._chart.to_screen(self._data.x, self._data.y)
                ends = self._chart.to_screen(self._data.x, self.predict(self._data.x))
                canvas.segments(starts, ends, palette["residual"], Stroke.NORMAL * 1.2, self.residuals)
            if self.curve > 0:
                x = self._x[: max(2, int(len(self._x) * self.drawn))]
                if len(self._x) == 2:
                    x = np.array([x[0], x[0] + (x[1] - x[0]) * self.drawn])
                y = np.clip(self.predict(x), -1e12, 1e12)
                canvas.line(self._clamped(x, y), palette["model"], Stroke.CURVE, self.curve)
            if self.reference > 0:
                self._draw_dashed(canvas, self.reference_params, self.reference)
            if self.lift > 0:
                self._draw_lift(canvas)
            if self.forecast > 0:
                self._draw_forecast(canvas)
            if self.question > 0:
                self._draw_question(canvas)

    def _clamped(self, x: Array, y: Array) -> Array:
        # Cairo's coordinates are 24.8 fixed point: keep a wild curve within what they hold, on its own line.
        points = self._chart.to_screen(x, y)
        if len(points) == 2 and np.abs(points).max() > 1e3:
            _, bottom, _, top = self._chart.plane
            (x0, y0), (x1, y1) = points
            if y1 != y0:
                span = np.array([(bottom - 1 - y0) / (y1 - y0), (top + 1 - y0) / (y1 - y0)])
                low, high = np.clip(np.sort(span), 0.0, 1.0)
                points = np.array([[x0 + (x1 - x0) * t, y0 + (y1 - y0) * t] for t in (low, high)])
        return np.clip(points, -1e4, 1e4)

    def _draw_squares(self, canvas: Canvas) -> None:
        corners = self._chart.to_screen(self._data.x, self._data.y)
        feet = self._chart.to_screen(self._data.x, self.predict(self._data.x))
        middle = float(self._chart.plane[[0, 2]].mean())
        # Many squares on top of each other would be one solid patch.
        count = min(len(corners), FEW)
        fill, rim = 0.22 * min(1.0, 6 / count), 0.8 * min(1.0, 10 / count)
        for (x, y), (_, foot) in list(zip(corners.tolist(), feet.tolist(), strict=True))[:FEW]:
            side = foot - y
            # Towards the side with more room; a square on the screen is a square of the residual.
            away = abs(side) if x < middle else -abs(side)
            square = [(x, y), (x + away, y), (x + away, foot), (x, foot)]
            canvas.polygon(square, self._palette["residual"], fill * self.squares)
            canvas.line([*square, square[0]], self._palette["residual"], Stroke.GRID, rim * self.squares)

    def _draw_lift(self, canvas: Canvas) -> None:
        x = np.unique(self._data.x)
        if len(x) > 8:
            x = np.linspace(x[0], x[-1], 6)
        starts = self._chart.to_screen(x, self.predict(x, self.ghost))
        ends = self._chart.to_screen(x, self.predict(x))
        self._draw_dashed(canvas, self.ghost, 0.55 * self.lift)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            canvas.arrow(start, end, self._palette.text, 0.05, self.lift)

    def _draw_dashed(self, canvas: Canvas, params: Array, opacity: float) -> None:
        curve = self._chart.to_screen(self._x, self.predict(self._x, params))
        canvas.line(curve, self._palette["model"], Stroke.THIN, opacity, dash=(0.12, 0.09))

    def _draw_question(self, canvas: Canvas) -> None:
        _, bottom, _, top = self._chart.plane.tolist()
        x = float(self._chart.to_screen(self.forecast_x, 0.0)[0])
        middle = bottom + 0.62 * (top - bottom)
        color = self._palette["model"]
        canvas.line([(x, bottom), (x, middle - 0.2)], color, Stroke.THIN, self.question, dash=(0.1, 0.08))
        self._question.draw(canvas, x, middle, "center", self.question)

    def _draw_forecast(self, canvas: Canvas) -> None:
        x = np.array([self.forecast_x])
        ((px, py),) = self._chart.to_screen(x, self.predict(x)).tolist()
        left, bottom, _, _ = self._chart.plane.tolist()
        color = self._palette["model"]
        canvas.line([(px, bottom), (px, py), (left, py)], color, Stroke.THIN, self.forecast, dash=(0.1, 0.08))
        canvas.disc(px, py, DOT_RADIUS * 1.1, color, self._palette.outline, self.forecast)
