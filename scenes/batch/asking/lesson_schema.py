"""What a lesson file can say: tables, keys, types, and what each key means. `lectures new` writes its example of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from fitting import LOSSES, MODELS, InputError
from fitting.errors import suggestion
from scenes.batch.asking.catalogue import catalogue
from scenes.batch.asking.request import LOOKS

LONGEST_TITLE, LONGEST_QUESTION = 60, 90
"""Characters that stay readable on the card that opens a film."""

PACES = (0.2, 5.0)


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


class Film(_Table):
    """How the film is called and how it looks."""

    title: Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(_written)] | None = Field(
        default=None, description=f"Title, at most {LONGEST_TITLE} characters. Default: the lecture's."
    )
    question: Annotated[str, Field(max_length=LONGEST_QUESTION), AfterValidator(_written)] | None = Field(
        default=None,
        description=f"The question it answers, at most {LONGEST_QUESTION} characters. Default: the lecture's.",
    )
    theme: Annotated[str, _one_of("theme", lambda: LOOKS["theme"])] | None = Field(
        default=None, description='Colours: "dark" or "light". Default: dark.', examples=["light"]
    )
    typesetter: Annotated[str, _one_of("typesetter", lambda: LOOKS["typesetter"])] | None = Field(
        default=None,
        description='What sets formulas: "typst", or "latex", which needs a TeX installation. Default: typst.',
        examples=["typst"],
    )
    captions: bool | None = Field(
        default=None,
        description="Whether captions stand on the screen; the .srt file has them anyway. Default: true.",
        examples=[True],
    )
    pace: Annotated[float, Field(ge=PACES[0], le=PACES[1])] | None = Field(
        default=None,
        description=f"Factor on all durations, {PACES[0]:g} to {PACES[1]:g}: at 1.5 the film takes half as long "
        "again. Default: 1.",
        examples=[1.5],
    )


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
    film: Film = Film()
    data: Data = Data()
    fit: Fit = Fit()
    window: dict[str, Annotated[list[float], Field(min_length=2, max_length=2)]] = {}
    wording: dict[str, dict[str, str]] = {}
