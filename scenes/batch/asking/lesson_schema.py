"""What a lesson file can say: tables, keys, types, and what each key means. `lectures new` writes its example of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from fitting import LOSSES, MODELS, InputError
from fitting.errors import suggestion
from scenes.batch.asking.catalogue import catalogue
from scenes.batch.asking.looks import ABOUT, KEYS, default

LONGEST_TITLE, LONGEST_QUESTION = 60, 90
"""Characters that stay readable on the card that opens a film."""


def _one_of(kind: str, known: Callable[[], Any]) -> AfterValidator:
    def check(name: str) -> str:
        if name not in known():
            raise InputError(f"unknown {kind} {name!r}; {suggestion(name, known())}")
        return name

    return AfterValidator(check)


def _written(text: str) -> str:
    if not text.strip():
        raise InputError("empty; leave the line out to take the default")
    return " ".join(text.split())


_Text = Annotated[str, Field(max_length=200), AfterValidator(_written)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class _Titles(_Table):
    title: Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(_written)] | None = Field(
        default=None, description=f"Title, at most {LONGEST_TITLE} characters. Default: the lecture's."
    )
    question: Annotated[str, Field(max_length=LONGEST_QUESTION), AfterValidator(_written)] | None = Field(
        default=None,
        description=f"The question it answers, at most {LONGEST_QUESTION} characters. Default: the lecture's.",
    )


def _of_the_look(name: str) -> Any:
    """Type and field of a key of a Look."""
    metadata, usual = KEYS[name].metadata, default(name)
    told = [ABOUT[name]]
    if "known" in metadata:
        kind: Any = Annotated[str, _one_of(name, lambda: metadata["known"])]
        told.append(f"{' or '.join(map(json.dumps, metadata['known']))}.")
    elif "bounds" in metadata:
        low, high = metadata["bounds"]
        kind = Annotated[float, Field(ge=low, le=high)]
        told.append(f"{low:g} to {high:g}.")
    else:
        kind = type(usual)
    told.append(f"Default: {json.dumps(usual)}.")
    return kind | None, Field(default=None, description=" ".join(told))


_look: dict[str, Any] = {name: _of_the_look(name) for name in KEYS}
Film = create_model("Film", __base__=_Titles, __doc__="How the film is called and how it looks.", **_look)


class Data(_Table):
    """What is fitted: two columns of a CSV file, or the notes' four houses under other names."""

    file: _Text | None = Field(
        default=None,
        description="CSV file with a header, relative to this file. Default: the notes' four houses.",
        examples=["houses.csv"],
    )
    x: _Text | None = Field(
        default=None, description="Column of the inputs; can be left out if there are two columns.", examples=["floors"]
    )
    y: _Text | None = Field(default=None, description="Column of the targets; likewise.", examples=["price"])
    x_name: _Text | None = Field(
        default=None, description="What the film calls the inputs. Default: the column's name.", examples=["floors"]
    )
    y_name: _Text | None = Field(
        default=None, description="What the film calls the targets. Default: the column's name.", examples=["price"]
    )
    x_unit: _Text | None = Field(
        default=None, description="Unit of the inputs, on the axis. Default: none.", examples=["storeys"]
    )
    y_unit: _Text | None = Field(
        default=None, description="Unit of the targets, on the axis. Default: none.", examples=["100,000 EUR"]
    )
    item: _Text | None = Field(
        default=None, description="What one row is, in captions. Default: row.", examples=["house"]
    )
    items: _Text | None = Field(
        default=None, description="What several rows are, in captions. Default: rows.", examples=["houses"]
    )


class Fit(_Table):
    """The run. Rates, starts and constants are in the units of the data."""

    model: Annotated[str, _one_of("model", lambda: MODELS)] | None = Field(
        default=None, description="The lecture's model; no other can be given."
    )
    loss: Annotated[str, _one_of("loss", lambda: LOSSES)] | None = Field(
        default=None, description=f"What is minimised: {', '.join(LOSSES)}. Default: the model's own."
    )
    start: dict[str, float] | None = Field(
        default=None,
        description="Where the descent starts: every parameter. Default: the notes' or, on own data, the model's.",
    )
    seed: int | None = Field(
        default=None,
        description="In place of a start, a whole number from 0 on that draws it, and the batches: seed = 1",
    )
    learning_rate: float | None = Field(
        default=None,
        description="Above 0, used as it is. Default: the notes' or, on own data, chosen by curvature, in standard "
        "units.",
        examples=[0.01],
    )
    final_learning_rate: float | None = Field(
        default=None, description="Above 0: go down to this rate in stairs. Default: a constant rate.", examples=[0.001]
    )
    stairs: int | None = Field(
        default=None, description="How many, 1 to the number of steps. Default: 100.", examples=[50]
    )
    steps: int | None = Field(
        default=None, description="Most steps, from 1 on. Default: the notes', or 10000 on own data.", examples=[5000]
    )
    batch_size: int | None = Field(
        default=None, description="Rows that a step sees, 1 to all of them. Default: all of them.", examples=[2]
    )
    one_after_other: bool | None = Field(
        default=None,
        description="Whether each parameter already sees the new values of those before it. Default: false.",
        examples=[False],
    )
    set: dict[str, float] | None = Field(
        default=None, description="Constants of the model that are not fitted, as in { scale = 20 }."
    )


class LessonFile(_Table):
    """One film: a lecture, and what is the lecturer's own about it."""

    lecture: Annotated[str, _one_of("lecture", lambda: [entry.name for entry in catalogue()])] = Field(
        description="Which lecture this is: see `lectures list`."
    )
    film: Film = Film()  # type: ignore[valid-type]
    data: Data = Data()
    fit: Fit = Fit()
    window: dict[str, Annotated[list[float], Field(min_length=2, max_length=2)]] = {}
    wording: dict[str, dict[str, str]] = {}
