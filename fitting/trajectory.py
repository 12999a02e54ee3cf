"""Trajectory: what a descent leaves behind. Films, tables and pages are all made from it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fitting.arrays import Array
from fitting.datasets import Dataset
from fitting.errors import InputError, suggestion
from fitting.losses import LOSSES, Loss
from fitting.models import MODELS, Model
from fitting.objective import gradient, mean_loss
from fitting.standardization import Standardization
from fitting.whole_file import write

SCHEMA = 2
"""Number of the file format; raised whenever an older program could not read a newer file."""

_RISES = 5
"""How often in a row a loss must have risen at the end of a run that grows."""

_ARRAYS = ("steps", "params", "loss", "gradient", "learning_rate", "loss_before_last_step", "x", "y")


class StopReason(StrEnum):
    """Why a descent ended."""

    STEPS_USED_UP = "steps used up"
    GRADIENT_SMALL = "gradient below tolerance"
    PARAMETERS_FIXED = "parameters no longer change"
    DIVERGED = "diverged"


@dataclass(frozen=True, eq=False)
class Trajectory:
    """An immutable record of a descent, in the units it was descended in.

    Of m descents at once the arrays have an axis (m,) after that of the records.

    Attributes:
        steps: Steps taken before each record, (s,), int64; first 0, last the number of steps in all.
        params: Parameters there, (s, p) or (s, m, p).
        loss: Mean loss at these parameters, (s,) or (s, m).
        gradient: Its gradient there, shaped as `params`.
        learning_rate: Rate of the step that leaves each record, (s,); for the last one that of the last step taken.
        model: The model.
        loss_function: The loss.
        data: The data of the descent, in its units.
        units: The units of the descent; identity if they are the file's.
        stop_reasons: Why each of the descents ended.
        loss_before_last_step: Mean loss before the last step taken, () or (m,): what the notes print as "loss".
        made_from: What the run was made from, for a reader: schedule and start.
        rate_origin: Where the learning rate comes from, for a reader, if it was chosen here.
    """

    steps: npt.NDArray[np.int64]
    params: Array
    loss: Array
    gradient: Array
    learning_rate: Array
    model: Model
    loss_function: Loss
    data: Dataset
    units: Standardization
    stop_reasons: tuple[StopReason, ...]
    loss_before_last_step: Array
    made_from: str = ""
    rate_origin: str = ""

    def __post_init__(self) -> None:
        for name in ("steps", "params", "loss", "gradient", "learning_rate", "loss_before_last_step"):
            values = np.array(getattr(self, name))
            values.flags.writeable = False
            object.__setattr__(self, name, values)

    @property
    def stop_reason(self) -> StopReason:
        """Why the descent ended; of several, why the first one did."""
        return self.stop_reasons[0]

    @property
    def grows(self) -> bool:
        """Whether the loss of a single descent grows, whatever ended it: nothing can be forecast from such a run.

        It does if the run has diverged, if it ends above its first loss, or if it has risen from record to record in
        the last tenth of the run. One record above another is not enough: steps that see a part of the data go up, too.
        """
        # Below it a loss is rounding: errors in the twelfth digit of the targets, squared.
        rounding = 1e-9 * float(self.loss[0]) + 1e-24 * float(np.mean(self.data.y**2))
        rises = np.diff(self.loss[-max(len(self.loss) // 10, _RISES) - 1 :]) > 0
        risen = len(rises) >= _RISES and bool(rises.all()) and self.final_loss > float(self.loss.min()) + rounding
        return self.stop_reason is StopReason.DIVERGED or self.final_loss > float(self.loss[0]) + rounding or risen

    @property
    def total_steps(self) -> int:
        """Number of steps taken."""
        return int(self.steps[-1])

    @property
    def final_params(self) -> Array:
        """Parameters at the end, (p,) or (m, p)."""
        return self.params[-1]

    @property
    def final_loss(self) -> float:
        """Mean loss at the end of a single descent."""
        return float(self.loss[-1])

    @property
    def final_learning_rate(self) -> float:
        """Rate of the last step."""
        return float(self.learning_rate[-1])

    def loss_at(self, params: Array) -> Array:
        """The mean loss (...) over the run's data at any parameters (..., p) of its model."""
        return mean_loss(self.model, self.loss_function, params, self.data)

    def gradient_at(self, params: Array) -> Array:
        """Its gradient there, (..., p)."""
        return gradient(self.model, self.loss_function, params, self.data)

    @property
    def file_data(self) -> Dataset:
        """The data in the file's units."""
        return self.units.restore(self.data)

    def params_in_file_units(self, params: Array) -> Array:
        """Parameters (..., p) of the descent as parameters for the file's units."""
        return params if self.units.is_identity else self.model.to_file_units(params, self.units)

    @property
    def file_model(self) -> Model:
        """The model with its constants for the file's units."""
        return self.model if self.units.is_identity else self.model.in_file_units(self.units)

    def loss_in_file_units(self, loss: float) -> float:
        """A mean loss of the descent in the file's units: the target's unit to the loss' power."""
        return float(loss) * self.units.y_scale**self.loss_function.power

    def save(self, path: str | Path) -> Path:
        """Write it as `.npz`. The file appears whole or not at all; an older one stays until then.

        Raises:
            InputError: The file cannot be written.
        """
        file = Path(path)
        if file.suffix != ".npz":
            file = file.with_name(file.name + ".npz")
        try:
            return write(file, self.npz())
        except OSError as error:
            raise InputError(f"{file}: cannot be written: {error.strerror}; choose another place") from None

    def npz(self) -> bytes:
        """It as the content of an `.npz` file, without pickle."""
        about = {
            "schema": SCHEMA,
            "model": self.model.name,
            "loss_function": self.loss_function.name,
            "constants": {"model": self.model.constants, "loss_function": self.loss_function.constants},
            "units": asdict(self.units),
            "stop_reasons": [str(reason) for reason in self.stop_reasons],
            "made_from": self.made_from,
            "rate_origin": self.rate_origin,
            "data": {
                name: getattr(self.data, name)
                for name in ("x_name", "y_name", "x_unit", "y_unit", "item", "items", "source")
            },
        }
        arrays = {name: getattr(self, name) for name in _ARRAYS if hasattr(self, name)}
        arrays |= {"x": self.data.x, "y": self.data.y}
        content = io.BytesIO()
        np.savez_compressed(content, allow_pickle=False, about=np.array(json.dumps(about)), **arrays)
        return content.getvalue()

    @classmethod
    def load(cls, path: str | Path) -> Trajectory:
        """Read what `save` wrote.

        Raises:
            InputError: Not such a file, of another schema, or incomplete.
        """
        file = Path(path)
        expected = "expected a trajectory saved by this project; make it again with: lectures fit MODEL --save FILE.npz"
        try:
            with np.load(file, allow_pickle=False) as content:
                about = json.loads(str(content["about"]))
                if about.get("schema") != SCHEMA:
                    raise InputError(f"{file}: schema {about.get('schema')}, not {SCHEMA}; {expected}")
                arrays = {name: content[name] for name in _ARRAYS}
        except FileNotFoundError:
            raise InputError(f"{file}: no such file; {expected}") from None
        except KeyError as error:
            raise InputError(f"{file}: {error.args[0]}; {expected}") from None
        except (OSError, zipfile.BadZipFile, json.JSONDecodeError, EOFError) as error:
            raise InputError(f"{file}: not readable: {error}; {expected}") from None
        except ValueError as error:
            raise (
                error if isinstance(error, InputError) else InputError(f"{file}: not a .npz file; {expected}")
            ) from None
        for name, known in (("model", MODELS), ("loss_function", LOSSES)):
            if about[name] not in known:
                raise InputError(f"{file}: unknown {name} {about[name]!r}; {suggestion(about[name], known)}")
        return cls(
            steps=arrays["steps"],
            params=arrays["params"],
            loss=arrays["loss"],
            gradient=arrays["gradient"],
            learning_rate=arrays["learning_rate"],
            model=type(MODELS[about["model"]])(**about["constants"]["model"]),
            loss_function=type(LOSSES[about["loss_function"]])(**about["constants"]["loss_function"]),
            data=Dataset(arrays["x"], arrays["y"], **about["data"]),
            units=Standardization(**about["units"]),
            stop_reasons=tuple(StopReason(reason) for reason in about["stop_reasons"]),
            loss_before_last_step=arrays["loss_before_last_step"],
            made_from=about["made_from"],
            rate_origin=about["rate_origin"],
        )
