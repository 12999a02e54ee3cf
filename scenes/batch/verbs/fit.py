"""`lectures fit`: fit a model and print what came out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from scenes.batch.asking.request import run
from scenes.batch.verbs.options import run_options

if TYPE_CHECKING:
    from fitting import Trajectory


@click.command("fit")
@click.argument("model")
@run_options
@click.option("--save", metavar="FILE.npz", help="Keep the whole recorded run.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(model: str, save: str | None, as_json: bool, **options: Any) -> None:
    """Fit MODEL by gradient descent and print what came out.

    Without options it is the notes' run on the notes' houses. Parameters and losses are in the file's units.

    \b
    lectures fit linear
    lectures fit linear --start W=0,b=0 --learning-rate 0.01 --steps 500
    lectures fit sigmoid --loss mse --set scale=30
    lectures fit linear --data houses.csv --x area --y price --json
    """
    trajectory = run(model, **options)
    if save is not None:
        trajectory.save(save)
    if as_json:
        click.echo(json.dumps(summary(trajectory), ensure_ascii=False))
        if not trajectory.units.is_identity:
            click.echo(f"Note: {standard_units(trajectory)}", err=True)
        return
    rows = table(trajectory)
    if save is not None:
        rows.append(("saved", save))
    width = max(len(label) for label, _ in rows)
    for label, text in rows:
        click.echo(f"{label:<{width}}  {text}")


def summary(trajectory: Trajectory) -> dict[str, Any]:
    """What came out, in the file's units."""
    from fitting import explained, why_it_ended

    model = trajectory.model
    params = trajectory.params_in_file_units(trajectory.final_params).tolist()
    return {
        "model": model.name,
        "loss": trajectory.loss_function.name,
        "n": len(trajectory.data),
        "params": dict(zip(model.parameters, params, strict=True)),
        "final_loss": trajectory.loss_in_file_units(trajectory.final_loss),
        "explained": explained(trajectory, trajectory.final_params),
        "loss_before_last_step": trajectory.loss_in_file_units(float(trajectory.loss_before_last_step)),
        "final_learning_rate": trajectory.final_learning_rate,
        "steps": trajectory.total_steps,
        "stop_reason": str(trajectory.stop_reason),
        "why": why_it_ended(trajectory),
        "grows": trajectory.grows,
    }


def table(trajectory: Trajectory) -> list[tuple[str, str]]:
    """The same for people, and what it was made from."""
    found, data = summary(trajectory), trajectory.data
    rates = trajectory.learning_rate
    constants = trajectory.file_model.constants
    y = f"{data.y_name} ({data.y_unit})" if data.y_unit else data.y_name
    rows = [
        ("data", f"{data.source}: {y} by {data.x_name}, {len(data)} {data.items}"),
        ("model", ", ".join([found["model"], found["loss"], *(f"{k} = {v:g}" for k, v in constants.items())])),
        *((name, repr(value)) for name, value in found["params"].items()),
        ("final loss", repr(found["final_loss"])),
        ("explained", share_of(found["explained"], data.y_name)),
        ("loss before last step", repr(found["loss_before_last_step"])),
        ("steps", f"{found['steps']:,}: {found['stop_reason']}"),
        ("learning rate", f"{rates[0]:g}" if rates[0] == rates[-1] else f"{rates[0]:g} to {rates[-1]:g}"),
    ]
    if not trajectory.units.is_identity:
        rows.append(("units", standard_units(trajectory)))
    if found["why"]:
        rows.append(("why", found["why"]))
    elif found["stop_reason"] == "diverged":
        rows.append(("diverged", "the loss grew without end: try a smaller learning rate"))
    elif found["grows"]:
        first, least = (
            trajectory.loss_in_file_units(float(loss)) for loss in (trajectory.loss[0], trajectory.loss.min())
        )
        lowest = f"{least:g} on its way" if least < first else f"{first:g} at its start"
        rows.append(("growing", f"the loss was {lowest}, and ends higher: try a smaller learning rate"))
    return rows


def share_of(explained: float | None, y_name: str) -> str:
    """R^2 in words."""
    if explained is None:
        return f"nothing can be: {y_name} has no spread, or the predictions have no end"
    return f"{explained!r} of the variance of {y_name} (R^2)"


def standard_units(trajectory: Trajectory) -> str:
    """How the descent's coordinates were scaled, and where its rate comes from."""
    units, data = trajectory.units, trajectory.data
    return (
        f"the descent ran on {_scaled(data.x_name, units.x_mean, units.x_scale)} and "
        f"{_scaled(data.y_name, units.y_mean, units.y_scale)}; {trajectory.rate_origin}"
    )


def _scaled(name: str, mean: float, scale: float) -> str:
    return f"({name} - {mean:g}) / {scale:g}" if mean else f"{name} / {scale:g}"
