"""Why a run ended where it did, in a sentence: a minimum, a plateau, a unit that is dead, a rate too small to move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitting.arrays import Array
from fitting.losses import CrossEntropy
from fitting.objective import from_logits, hessian, mean_loss
from fitting.optimum import is_linear_in_parameters, least_squares
from fitting.trajectory import StopReason, Trajectory

IDLE = 1e-6
"""Share of the targets' range: a parameter is idle if a change of its usual size moves no prediction by more."""

EXACT = 1e-9
"""Share of the largest target: residuals that are not longer are none."""

GAIN = 1e-9
"""Share of the loss that a gradient at the end must promise for it to be more than rounding."""


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
    if idle and _fits(trajectory):
        return ""
    if len(idle) == len(names):
        return (
            "a plateau: no parameter moves any prediction by a millionth of the targets' range, so the gradient has a "
            f"norm of {_norm(trajectory.gradient[-1]):.1g}, however large the residuals are"
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
    spread = float(np.ptp(data.y)) or 1.0
    # Weights before an output that nothing scales are of the targets' size, once they have learned.
    usual = 1.0 if "scale" in model.constants else max(spread, 1.0)
    reach = np.abs(model.jacobian(params, data.x)) * np.maximum(np.abs(params), usual)
    return tuple(
        name for name, most in zip(trajectory.model.parameters, reach.max(axis=0), strict=True) if most <= IDLE * spread
    )


def _at_rest(trajectory: Trajectory) -> str:
    """Of a run that came to rest with parameters that all move something."""
    mae = trajectory.loss_function.name == "mae"
    if _fits(trajectory):
        return ""
    if trajectory.stop_reason is StopReason.PARAMETERS_FIXED and _leads_on(trajectory):
        lost = f"a step of {_step(trajectory):.2g} is lost in rounding beside the parameters, although the gradient is"
        if not mae and trajectory.final_learning_rate * _curvatures(trajectory)[-1] > 0.1:
            return f"{lost} not 0: the rate suits the steepest direction, and along the flattest it is too small"
        return f"{lost} not 0: a larger learning rate would go on"
    if mae:
        return "the signs of the residuals, weighted with the predictions' derivatives, cancel: the gradient is 0"
    if _is_saddle(trajectory):
        return "a saddle: the gradient is 0, but in one direction the loss falls away on both sides"
    return ""


def _fits(trajectory: Trajectory) -> bool:
    """Whether the predictions are the targets, but for rounding: nothing is left to learn."""
    if isinstance(trajectory.loss_function, CrossEntropy):
        return False
    left = np.abs(trajectory.model.predict(trajectory.final_params, trajectory.data.x) - trajectory.data.y)
    return float(left.max()) <= EXACT * (float(np.abs(trajectory.data.y).max()) or 1.0)


def _leads_on(trajectory: Trajectory) -> bool:
    """Whether the gradient at the end promises a lower loss: by the least one, or by the curvatures (Newton's step)."""
    model, loss, data = trajectory.model, trajectory.loss_function, trajectory.data
    params, gradient = trajectory.final_params, trajectory.gradient[-1]
    if loss.name == "mae":
        size = np.abs(model.jacobian(params, data.x)).mean(axis=0)
        return _norm(gradient) > 1e-9 * _norm(size)
    if loss.name == "mse" and is_linear_in_parameters(model, data):
        least = float(mean_loss(model, loss, least_squares(model, data), data))
        return trajectory.final_loss - least > GAIN * trajectory.final_loss
    curvatures, directions = np.linalg.eigh(hessian(model, loss, params, data))
    sizes = np.abs(curvatures)
    sizes = np.maximum(sizes, max(1e-9 * float(sizes.max()), 1e-300))
    return float(((gradient @ directions) ** 2 / sizes).sum() / 2) > GAIN * trajectory.final_loss


def _is_saddle(trajectory: Trajectory) -> bool:
    """Whether the loss falls on both sides of the end along its most negative curvature.

    Differences of gradients across a kink are no curvature: the losses themselves are asked.
    """
    model, loss, data = trajectory.model, trajectory.loss_function, trajectory.data
    curvatures, directions = np.linalg.eigh(hessian(model, loss, trajectory.final_params, data))
    if curvatures[0] >= -1e-6 * max(float(np.abs(curvatures).max()), 1e-300):
        return False
    reach = 1e-3 * max(1.0, float(np.abs(trajectory.final_params).max())) * directions[:, 0]
    sides = mean_loss(model, loss, trajectory.final_params + np.stack([reach, -reach]), data)
    return bool((sides < trajectory.final_loss * (1 - 1e-12)).all())


def _norm(gradient: Array) -> float:
    return float(np.linalg.norm(gradient))


def _step(trajectory: Trajectory) -> float:
    return float(np.abs(trajectory.gradient[-1] * trajectory.learning_rate[-1]).max())


def _curvatures(trajectory: Trajectory) -> Array:
    matrix = hessian(trajectory.model, trajectory.loss_function, trajectory.final_params, trajectory.data)
    return np.asarray(np.linalg.eigvalsh(matrix))


def _out_of_range(trajectory: Trajectory) -> str:
    """Of a run that ended before a step to where the loss is infinite: a cross-entropy of what is no share."""
    _, loss = from_logits(trajectory.model, trajectory.loss_function)
    # Within the range a logarithm is some hundreds at most: nothing else makes it diverge.
    if type(loss) is not CrossEntropy:
        return ""
    scale = loss.constants["scale"] * trajectory.units.y_scale
    return (
        f"the next step takes a prediction out of 0 to {scale:g}, where the cross-entropy is infinite: try a smaller "
        "learning rate, or the model sigmoid, whose predictions stay there"
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
