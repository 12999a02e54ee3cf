"""What `lectures fit` prints: labels and numbers, whatever came out."""

from __future__ import annotations

import numpy as np
import pytest

from fitting import Dataset, explained, fit
from scenes.batch.verbs.fit import standard_units, summary, table

AREAS = Dataset([20.0, 90.0, 300.0], [7e5, 9e5, 8e5], "area", "price", y_unit="EUR", source="areas.csv")


def test_the_notes_run_as_a_table() -> None:
    run = fit()
    assert table(run) == [
        ("data", "house prices notes: price (100,000 EUR) by floors, 4 houses"),
        ("model", "linear, mse"),
        ("W", repr(float(run.final_params[0]))),
        ("b", repr(float(run.final_params[1]))),
        ("final loss", repr(run.final_loss)),
        ("explained", f"{explained(run, run.final_params)!r} of the variance of price (R^2)"),
        ("loss before last step", repr(float(run.loss_before_last_step))),
        ("steps", "10,000: steps used up"),
        ("learning rate", "0.005 to 0.000149"),
    ]


def test_constants_one_rate_and_a_target_without_a_unit() -> None:
    data = Dataset([1.0, 2.0, 3.0], [0.0, 1.0, 1.0], source="x.csv")
    rows = dict(table(fit("sigmoid", data=data, learning_rate=0.1, steps=7)))
    assert rows["data"] == "x.csv: y by x, 3 rows"
    assert rows["model"] == "sigmoid, cross-entropy, scale = 1"
    assert rows["learning rate"] == "0.1"


def test_own_units_are_told_and_losses_are_in_the_files() -> None:
    run = fit(data=AREAS)
    assert dict(table(run))["units"] == standard_units(run)
    assert standard_units(run).startswith("the descent ran on (area - 136.667) / 118.977")
    assert " and (price - 800000) / 81649.7; rate 0.05, a tenth" in standard_units(run)
    assert summary(run)["final_loss"] == run.final_loss * run.units.y_scale**2
    assert summary(run)["loss_before_last_step"] == float(run.loss_before_last_step) * run.units.y_scale**2


def test_what_is_explained_is_a_number_or_none() -> None:
    flat = fit(data=Dataset([1.0, 2.0, 3.0], [5.0, 5.0, 5.0], y_name="stock"), steps=3)
    assert summary(flat)["explained"] is None
    assert dict(table(flat))["explained"].startswith("nothing can be: stock has no spread")
    run = fit(data=AREAS)
    # The square of the correlation, that of the file's numbers.
    assert summary(run)["explained"] == pytest.approx(np.corrcoef(AREAS.x, AREAS.y)[0, 1] ** 2, rel=1e-6)


def test_what_is_only_scaled_is_not_told_as_moved() -> None:
    assert "the descent ran on area / " in standard_units(fit("cubic", data=AREAS, steps=5))


def test_in_the_notes_units_nothing_is_said_of_units() -> None:
    assert "units" not in dict(table(fit(steps=1)))


@pytest.mark.parametrize(
    ("options", "label", "text"),
    [
        ({"learning_rate": 0.125}, "diverged", "the loss grew without end: try a smaller learning rate"),
        ({"learning_rate": 0.125, "steps": 60}, "growing", "at its start, and ends higher"),
        (
            {"learning_rate": 0.13, "final_learning_rate": 0.11, "stairs": 50, "steps": 100},
            "growing",
            "at its start, and ends higher",
        ),
        (
            {"learning_rate": 0.01, "final_learning_rate": 0.2, "stairs": 50, "steps": 200},
            "growing",
            "on its way, and ends higher",
        ),
        ({"learning_rate": 1e-20}, "why", "lost in rounding"),
    ],
)
def test_one_row_more_says_what_is_to_be_known(options: dict[str, float], label: str, text: str) -> None:
    rows = dict(table(fit(**options)))  # type: ignore[arg-type]
    assert text in rows[label]
    assert rows.keys() & {"diverged", "growing", "why"} == {label}


def test_a_run_that_grows_names_its_least_loss() -> None:
    run = fit(learning_rate=0.01, final_learning_rate=0.2, stairs=50, steps=200)
    assert dict(table(run))["growing"].startswith(f"the loss was {run.loss.min():g} on its way")
    run = fit(learning_rate=0.125, steps=60)
    assert dict(table(run))["growing"].startswith(f"the loss was {run.loss[0]:g} at its start")
