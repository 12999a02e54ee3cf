"""Why a run ended where it did, in a sentence: a minimum, a plateau, a unit that is dead, a rate too small to move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitting.arrays import Array
from fitting.losses import CrossEntropy
from fitting.objective import from_logits, hessian, mean_loss
from fitting.optimum import is_linear_in_parameters
from fitting.trajectory import StopReason, Trajectory

IDLE = 1e-6
"""Share of the targets' range: a parameter is idle if a change of its size, or of 1, moves no prediction by more."""

STEEP = 1e-6
"""Share of the first gradient's norm above which a gradient at the end is one that could have led on."""


def why_it_ended(trajectory: Trajectory) -> str:
    """What is to be known of the end of a run beside its stop reason.

    A gradient is the mean of loss slopes times derivatives of the predictions. It vanishes at a minimum; but also where
    the predictions do not depend on the parameters: on a plateau, or behind a unit that is off for all data. Which of
    these it is, the derivatives of the predictions at the last parameters tell.

    Args:
        trajectory: A single descent.

    Returns:
        A sentence without its full stop, or "" where the stop reason says all there is to say.
    """
    if trajectory.stop_reason is StopReason.DIVERGED:
        return _out_of_range(trajectory)
    idle = idle_parameters(trajectory)
    names, items = trajectory.model.parameters, trajectory.data.items
    if len(idle) == len(names):
        return (
            "a plateau: no parameter moves any prediction here, so the gradient has a norm of "
            f"{_norm(trajectory.gradient[-1]):.1g}, however large the residuals are"
        )
    if idle:
        left = [name for name in names if name not in idle]
        verb = "moves" if len(idle) == 1 else "move"
        return (
            f"{_listed(idle)} {verb} no prediction of these {len(trajectory.data)} {items}: the unit is off, saturated "
            f"or not connected; only {_listed(left)} can learn"
        )
    if trajectory.stop_reason is StopReason.STEPS_USED_UP:
        return ""
    return _at_rest(trajectory)


def idle_parameters(trajectory: Trajectory) -> tuple[str, ...]:
    """Names of the parameters that move no prediction where the run has ended."""
    params, data = trajectory.final_params, trajectory.data
    model, _ = from_logits(trajectory.model, trajectory.loss_function)
    if is_linear_in_parameters(model, data):
        # Their derivatives are the same everywhere: what moves nothing here moves nothing anywhere.
        return ()
    reach = np.abs(model.jacobian(params, data.x)) * np.maximum(np.abs(params), 1.0)
    spread = float(np.ptp(data.y)) or 1.0
    return tuple(
        name for name, most in zip(trajectory.model.parameters, reach.max(axis=0), strict=True) if most <= IDLE * spread
    )


def _at_rest(trajectory: Trajectory) -> str:
    """Of a run that came to rest with parameters that all move something."""
    if _norm(trajectory.gradient[-1]) > STEEP * max(_norm(trajectory.gradient[0]), 1e-300):
        return (
            f"a step of {_step(trajectory):.2g} is lost in rounding beside the parameters, although the gradient is "
            "not 0: a larger learning rate would go on"
        )
    if trajectory.loss_function.name == "mae":
        return "the signs of the residuals, weighted with the predictions' derivatives, cancel: the gradient is 0"
    curvatures = _curvatures(trajectory)
    if curvatures[0] < -1e-6 * max(float(np.abs(curvatures).max()), 1e-300):
        return "a saddle: the gradient is 0, but in one direction the loss falls away on both sides"
    return ""


def _norm(gradient: Array) -> float:
    return float(np.linalg.norm(gradient))


def _step(trajectory: Trajectory) -> float:
    return float(np.abs(trajectory.gradient[-1] * trajectory.learning_rate[-1]).max())


def _curvatures(trajectory: Trajectory) -> Array:
    matrix = hessian(trajectory.model, trajectory.loss_function, trajectory.final_params, trajectory.data)
    return np.asarray(np.linalg.eigvalsh(matrix))


def _out_of_range(trajectory: Trajectory) -> str:
    """Of a run that ended before a step to where the loss is infinite: a cross-entropy of what is no share."""
    ahead = trajectory.final_params - trajectory.final_learning_rate * trajectory.gradient[-1]
    model, loss = from_logits(trajectory.model, trajectory.loss_function)
    if type(loss) is not CrossEntropy or np.isfinite(mean_loss(model, loss, ahead, trajectory.data)):
        return ""
    scale = loss.constants["scale"] * trajectory.units.y_scale
    return (
        f"the next step takes a prediction out of 0 to {scale:g}, where the cross-entropy is infinite: try a smaller "
        "learning rate, or the model sigmoid, whose predictions stay there"
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
