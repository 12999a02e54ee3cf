"""The descent as the Manim documentation teaches to write it: what the film's own drawing is measured against.

A `ThreeDScene` with a `Surface`, a camera that turns by `move_camera`, panels fixed in the frame, and updaters on one
`ValueTracker`. Where Manim offers a choice, the cheaper one is taken: paths are thinned to 200 points, the point is
moved and not built anew, the arrow is flat, the camera turns in the second of three plays alone, so that Manim can
keep a picture of what stands still in the others. Typst sets the numbers: it needs no TeX.
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

PLAYS = ((4 / 20, 0.5), (6 / 20, 0.75), (5 / 20, 1.0))
"""Seconds of each play, and where in the run it ends: a twentieth of the film's beat."""

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
        self.marks = np.unique(np.round(np.expm1(np.linspace(0, np.log1p(self.last), CURVE_POINTS))))
        self.set_camera_orientation(theta=-60 * DEGREES, phi=60 * DEGREES, frame_center=self.beside(-60 * DEGREES))
        self.add_words()
        self.add_landscape()
        self.add_fit()
        self.add_loss_curve()
        self.add_readout()
        for k, (seconds, end) in enumerate(PLAYS):
            run = self.progress.animate(run_time=seconds, rate_func=linear).set_value(end)
            if k == 1:
                theta = -75 * DEGREES
                self.move_camera(
                    theta=theta, phi=53 * DEGREES, frame_center=self.beside(theta), added_anims=[run], run_time=seconds
                )
            else:
                self.play(run)

    @property
    def step(self) -> float:
        """Where the run is."""
        return float(np.expm1(self.progress.get_value() * np.log1p(self.last)))

    def params_at(self, step: float) -> Array:
        """Parameters at a step, between records too."""
        params = self.trajectory.params
        return np.array([np.interp(step, self.trajectory.steps, params[:, k]) for k in range(2)])

    def loss_at(self, params: Array) -> float:
        """The loss of parameters."""
        trajectory = self.trajectory
        return float(mean_loss(trajectory.model, trajectory.loss_function, params, trajectory.data))

    def steps_so_far(self) -> Array:
        """Steps at which curves have a corner, and the step now."""
        return np.append(self.marks[self.marks < self.step], self.step)

    @staticmethod
    def beside(theta: float) -> Array:
        """A centre of the frame that puts the landscape on the right, seen from an angle."""
        return 3.4 * np.array([np.sin(theta), -np.cos(theta), 0.0]) + np.array([0.0, 0.0, 1.2])

    def add_words(self) -> None:
        """Title and caption."""
        title = Typst("Linear fit", font_size=30).to_corner(UP + LEFT)
        caption = Typst("First the cost falls fast, then it crawls along the valley.", font_size=34).to_edge(DOWN)
        self.add_fixed_in_frame_mobjects(title, caption)

    def add_landscape(self) -> None:
        """Surface, axes, and path, point and arrow upon it."""
        params = self.trajectory.params
        low, high = params.min(axis=0), params.max(axis=0)
        middle, half = (low + high) / 2, np.maximum((high - low) * 0.7, 0.4 * np.ptp(params))
        low, high = middle - half, middle + half
        ceiling = 1.3 * float(self.trajectory.loss[0])
        axes = ThreeDAxes(
            x_range=[low[0], high[0], (high[0] - low[0]) / 4],
            y_range=[low[1], high[1], (high[1] - low[1]) / 4],
            z_range=[0, ceiling, ceiling / 4],
            x_length=5,
            y_length=5,
            z_length=3,
            axis_config=NUMBERS,
        )

        def place(point: Array) -> Array:
            return np.array(axes.c2p(point[0], point[1], min(self.loss_at(point), ceiling)))

        surface = Surface(
            lambda w, b: place(np.array([w, b])),
            u_range=[low[0], high[0]],
            v_range=[low[1], high[1]],
            resolution=(32, 32),
            fill_opacity=0.9,
        )

        def path() -> VMobject:
            corners = [place(self.params_at(step)) for step in self.steps_so_far()]
            return VMobject(color=ORANGE, stroke_width=4).set_points_as_corners(corners)

        def arrow() -> Arrow:
            start = self.params_at(self.step)
            gradient = self.trajectory.gradient[np.searchsorted(self.trajectory.steps, self.step, side="right") - 1]
            along = place(start - 1e-3 * gradient / np.linalg.norm(gradient)) - place(start)
            return Arrow(place(start), place(start) + 0.9 * along / np.linalg.norm(along), buff=0, color=WHITE)

        point = Dot3D(place(self.params_at(self.step)), radius=0.09, color=ORANGE)
        point.add_updater(lambda dot: dot.move_to(place(self.params_at(self.step))))
        self.add(axes, surface, always_redraw(path), always_redraw(arrow), point)

    def add_fit(self) -> None:
        """Data, line and residuals."""
        data = self.trajectory.data
        x_high, y_high = 1.2 * float(data.x.max()), 1.2 * float(data.y.max())
        axes = Axes([0, x_high, x_high / 4], [0, y_high, y_high / 4], x_length=5.4, y_length=2.6, axis_config=NUMBERS)
        axes.move_to([-3.9, 1.1, 0])
        dots = VGroup(*(Dot(axes.c2p(x, y), color=YELLOW) for x, y in zip(data.x, data.y, strict=True)))

        def line() -> Line:
            w, b = self.params_at(self.step)
            return Line(axes.c2p(0, b), axes.c2p(x_high, w * x_high + b), color=BLUE)

        def residuals() -> VGroup:
            w, b = self.params_at(self.step)
            pairs = zip(data.x, data.y, strict=True)
            return VGroup(*(Line(axes.c2p(x, y), axes.c2p(x, w * x + b), color=ORANGE) for x, y in pairs))

        self.add_fixed_in_frame_mobjects(axes, dots, always_redraw(residuals), always_redraw(line))

    def add_loss_curve(self) -> None:
        """Loss against log10(1 + step)."""
        top = 1.1 * float(self.trajectory.loss[0])
        width = float(np.log10(1 + self.last))
        axes = Axes([0, width, 1], [0, top, top / 4], x_length=5.4, y_length=1.8, axis_config=NUMBERS)
        axes.move_to([-3.9, -1.7, 0])

        def place(step: float) -> Array:
            return np.array(axes.c2p(np.log10(1 + step), self.loss_at(self.params_at(step))))

        def curve() -> VMobject:
            return VMobject(color=ORANGE).set_points_as_corners([place(step) for step in self.steps_so_far()])

        end = Dot(place(self.step), color=ORANGE)
        end.add_updater(lambda dot: dot.move_to(place(self.step)))
        self.add_fixed_in_frame_mobjects(axes, always_redraw(curve), end)

    def add_readout(self) -> None:
        """W, b, J, alpha and the step."""
        trajectory = self.trajectory

        def record() -> int:
            return int(np.searchsorted(trajectory.steps, self.step, side="right")) - 1

        fields = (
            ("W =", GREEN, lambda: trajectory.params[record(), 0], 4),
            ("b =", PINK, lambda: trajectory.params[record(), 1], 4),
            ("J =", ORANGE, lambda: trajectory.loss[record()], 4),
            ("alpha =", WHITE, lambda: trajectory.learning_rate[record()], 6),
            ('upright("step")', WHITE, lambda: trajectory.steps[record()], 0),
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
            self.add_fixed_in_frame_mobjects(label, number)
