"""The descent as the Manim documentation teaches to write it: what the film's own drawing is measured against.

A `ThreeDScene` with a `Surface`, a camera that turns by `move_camera`, panels fixed in the frame, and updaters on one
`ValueTracker`. Where Manim offers a choice, the cheaper one is taken: paths are thinned to 200 points, the point is
moved and not built anew, the arrow is flat, axes are not cut into pieces for shading, and the camera turns in the
second of three plays alone, so that Manim can keep a picture of what stands still in the others. Typst sets the
numbers: it needs no TeX.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    LEFT,
    ORANGE,
    PINK,
    RIGHT,
    UP,
    WHITE,
    YELLOW,
    Arrow,
    Axes,
    DecimalNumber,
    Dot,
    Dot3D,
    Integer,
    Line,
    MathTypst,
    Surface,
    ThreeDAxes,
    ThreeDCamera,
    ThreeDScene,
    Typst,
    ValueTracker,
    VGroup,
    VMobject,
    always_redraw,
    linear,
)

from fitting import fit, mean_loss

Array = npt.NDArray[np.float64]

SHORTENED = 20
PLAYS = ((4 / SHORTENED, 0.5), (6 / SHORTENED, 0.75), (5 / SHORTENED, 1.0))
"""Seconds of each play, and where in the run it ends: the film's beat, in a twentieth of its time."""

LANDSCAPE_CENTER = 3.2 * np.array([np.sin(67.5 * DEGREES), np.cos(67.5 * DEGREES), 0.0])
"""Right of the middle as the camera sees it, half way through its turn."""

FIRST_STEP = 7
CURVE_POINTS = 200
NUMBERS = {"include_numbers": True, "include_tip": False, "label_constructor": MathTypst, "font_size": 20}


class StockDescent(ThreeDScene):  # type: ignore[misc]
    """Fit, landscape, loss curve and numbers of the notes' run, in stock Manim."""

    camera_class = ThreeDCamera

    def construct(self) -> None:
        """Set up, and play the run."""
        self.trajectory = fit()
        self.last = int(self.trajectory.steps[-1])
        self.progress = ValueTracker(float(np.log1p(FIRST_STEP) / np.log1p(self.last)))
        # Some records, evenly spread over the loss curve's logarithmic axis.
        evenly = np.expm1(np.linspace(0, np.log1p(self.last), CURVE_POINTS))
        self.mark_records = np.unique(np.searchsorted(self.trajectory.steps, evenly, side="right") - 1)
        self.marks = self.trajectory.steps[self.mark_records]
        self.set_camera_orientation(theta=-60 * DEGREES, phi=65 * DEGREES)
        self.moving_in_frame: list[VMobject] = []
        self.add_words()
        self.add_landscape()
        self.add_fit()
        self.add_loss_curve()
        self.add_readout()
        # What moves comes last: Manim redraws everything from the first moving mobject on.
        self.add(*self.moving_in_space)
        self.add_fixed_in_frame_mobjects(*self.moving_in_frame)
        for k, (seconds, end) in enumerate(PLAYS):
            run = self.progress.animate(run_time=seconds, rate_func=linear).set_value(end)
            if k == 1:
                self.move_camera(theta=-75 * DEGREES, phi=58 * DEGREES, added_anims=[run], run_time=seconds)
                # Left on the scene, they would make Manim redraw everything in the next play too.
                self.remove(*self.camera.get_value_trackers())
            else:
                self.play(run)

    @property
    def step(self) -> float:
        """Where the run is."""
        return float(np.expm1(self.progress.get_value() * np.log1p(self.last)))

    def moment(self) -> tuple[Array, float]:
        """Parameters and loss now, between records too."""
        trajectory = self.trajectory
        params = np.array([np.interp(self.step, trajectory.steps, column) for column in trajectory.params.T])
        return params, self.loss_at(params)

    def record(self) -> int:
        """Index of the last record reached."""
        return int(np.searchsorted(self.trajectory.steps, self.step, side="right")) - 1

    def loss_at(self, params: Array) -> float:
        """The loss of parameters."""
        trajectory = self.trajectory
        return float(mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data))

    def reached(self, points: Array, end: Array) -> Array:
        """The corners of a curve through the run's marks so far, and where it ends."""
        return np.vstack([points[: np.searchsorted(self.marks, self.step, side="right")], end])

    def add_words(self) -> None:
        """Title and caption."""
        title = Typst("Linear fit", font_size=30).to_corner(UP + LEFT)
        caption = Typst("First the cost falls fast, then it crawls along the valley.", font_size=34).to_edge(DOWN)
        self.add_fixed_in_frame_mobjects(title, caption)

    def add_landscape(self) -> None:
        """Surface, axes, and path, point and arrow upon it."""
        trajectory = self.trajectory
        low, high = np.floor(trajectory.params.min(axis=0)) - 1, np.ceil(trajectory.params.max(axis=0)) + 1
        ceiling = float(np.ceil(trajectory.loss[0] / 10)) * 10
        axes = ThreeDAxes(
            [low[0], high[0]],
            [low[1], high[1]],
            [0, ceiling, 5],
            x_length=4,
            y_length=4,
            z_length=3,
            num_axis_pieces=1,
            axis_config=NUMBERS,
        ).move_to(LANDSCAPE_CENTER)
        surface = Surface(
            lambda w, b: axes.c2p(w, b, min(self.loss_at(np.array([w, b])), ceiling)),
            u_range=[low[0], high[0]],
            v_range=[low[1], high[1]],
            resolution=(32, 32),
            fill_opacity=0.9,
        )
        corners = axes.c2p(*trajectory.params[self.mark_records].T, trajectory.loss[self.mark_records]).T

        def place() -> Array:
            params, loss = self.moment()
            return np.array(axes.c2p(*params, loss))

        def path() -> VMobject:
            points = self.reached(corners, point.get_center())
            return VMobject(color=ORANGE, stroke_width=4).set_points_as_corners(points)

        def arrow() -> Arrow:
            gradient = trajectory.gradient[self.record()]
            direction = np.array([*-gradient, -(gradient @ gradient)]) * scale
            start = point.get_center()
            return Arrow(start, start + 0.9 * direction / np.linalg.norm(direction), buff=0, color=WHITE)

        scale = axes.c2p(1, 1, 1) - axes.c2p(0, 0, 0)
        point = Dot3D(place(), radius=0.09, color=ORANGE)
        point.add_updater(lambda dot: dot.move_to(place()))
        self.add(axes, surface)
        self.moving_in_space = [point, always_redraw(path), always_redraw(arrow)]

    def add_fit(self) -> None:
        """Data, line and residuals."""
        data = self.trajectory.data
        axes = Axes([0, 5], [0, 12, 4], x_length=5.4, y_length=2.6, axis_config=NUMBERS).move_to([-3.9, 1.0, 0])
        points = axes.c2p(data.x, data.y).T
        dots = VGroup(*(Dot(point, color=YELLOW) for point in points))

        def line() -> Line:
            (w, b), _ = self.moment()
            return Line(*axes.c2p(np.array([0, 5]), np.array([b, 5 * w + b])).T, color=BLUE)

        def residuals() -> VGroup:
            (w, b), _ = self.moment()
            feet = axes.c2p(data.x, w * data.x + b).T
            return VGroup(*(Line(point, foot, color=ORANGE) for point, foot in zip(points, feet, strict=True)))

        self.add_fixed_in_frame_mobjects(axes, dots)
        self.moving_in_frame += [always_redraw(residuals), always_redraw(line)]

    def add_loss_curve(self) -> None:
        """Loss against log10(1 + step)."""
        trajectory = self.trajectory
        axes = Axes([0, 4], [0, 20, 10], x_length=5.4, y_length=1.8, axis_config=NUMBERS).move_to([-3.9, -1.7, 0])
        corners = axes.c2p(np.log10(1 + self.marks), trajectory.loss[self.mark_records]).T

        def place() -> Array:
            _, loss = self.moment()
            return np.array(axes.c2p(np.log10(1 + self.step), loss))

        def curve() -> VMobject:
            return VMobject(color=ORANGE).set_points_as_corners(self.reached(corners, end.get_center()))

        end = Dot(place(), color=ORANGE)
        end.add_updater(lambda dot: dot.move_to(place()))
        self.add_fixed_in_frame_mobjects(axes)
        self.moving_in_frame += [end, always_redraw(curve)]

    def add_readout(self) -> None:
        """W, b, J, alpha and the step."""
        trajectory = self.trajectory

        fields = (
            ("W =", GREEN, lambda: trajectory.params[self.record(), 0], 4),
            ("b =", PINK, lambda: trajectory.params[self.record(), 1], 4),
            ("J =", ORANGE, lambda: trajectory.loss[self.record()], 4),
            ("alpha =", WHITE, lambda: trajectory.learning_rate[self.record()], 6),
            ('upright("step")', WHITE, lambda: trajectory.steps[self.record()], 0),
        )
        for k, (name, color, value, decimals) in enumerate(fields):
            label = MathTypst(name, font_size=32, color=color).move_to([-6.0 + 2.7 * k, 2.9, 0])
            kind = DecimalNumber if decimals else Integer
            options = {"num_decimal_places": decimals} if decimals else {}
            number = kind(float(value()), mob_class=MathTypst, font_size=32, color=color, **options)
            number.next_to(label, RIGHT, buff=0.15)

            def follow(number: DecimalNumber, value: object = value) -> None:
                number.set_value(float(value()))  # type: ignore[operator]
                # A new value makes new digits, and those are not fixed in the frame yet.
                self.camera.add_fixed_in_frame_mobjects(number)

            number.add_updater(follow)
            self.add_fixed_in_frame_mobjects(label)
            self.moving_in_frame.append(number)
