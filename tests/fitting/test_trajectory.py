"""A record on disk: the same bits back, whole or not at all."""

import json
from dataclasses import replace

import numpy as np
import pytest

from fitting import Dataset, InputError, Trajectory, fit


def own():
    return fit(data=Dataset([20, 90, 300], [7e5, 9e5, 8e5], "área m²", "price $", source="x.csv"), steps=30)


@pytest.mark.parametrize("make", [fit, own])
def test_round_trip_to_the_last_bit(tmp_path, make):
    saved = make()
    saved.save(tmp_path / "run.npz")
    loaded = Trajectory.load(tmp_path / "run.npz")
    for name in ("steps", "params", "loss", "gradient", "learning_rate", "loss_before_last_step"):
        before, after = getattr(saved, name), getattr(loaded, name)
        assert before.dtype == after.dtype
        np.testing.assert_array_equal(before, after)
    np.testing.assert_array_equal(saved.data.x, loaded.data.x)
    np.testing.assert_array_equal(saved.data.y, loaded.data.y)
    for name in ("model", "loss_function", "units", "stop_reasons", "made_from"):
        assert getattr(saved, name) == getattr(loaded, name)
    assert (saved.data.x_name, saved.data.source) == (loaded.data.x_name, loaded.data.source)


@pytest.mark.parametrize("make", [fit, own])
def test_loss_and_gradient_at_its_records_are_those_on_record(make):
    run = make()
    np.testing.assert_allclose(run.loss_at(run.params), run.loss, rtol=1e-12)
    # Of a sum whose terms cancel near the optimum, rounding leaves a share of the first gradient.
    np.testing.assert_allclose(run.gradient_at(run.params), run.gradient, atol=1e-12 * np.abs(run.gradient[0]).max())
    assert run.loss_at(run.params[0]).shape == ()


def test_records_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        fit(steps=1).params[0] = 0.0


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    fit(steps=5).save(path)
    before = path.read_bytes()

    def fail(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(InputError, match="No space left"):
        fit(steps=9).save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["run.npz"]


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        fit(steps=1).save(tmp_path / "nowhere" / "run.npz")


def test_files_that_are_no_trajectory(tmp_path):
    with pytest.raises(InputError, match=r"none\.npz: no such file"):
        Trajectory.load(tmp_path / "none.npz")
    text = tmp_path / "text.npz"
    text.write_text("x,y\n1,2\n")
    with pytest.raises(InputError, match=r"text\.npz: not"):
        Trajectory.load(text)
    other = tmp_path / "other.npz"
    np.savez(other, steps=np.arange(3))
    with pytest.raises(InputError, match=r"other\.npz.*about"):
        Trajectory.load(other)


@pytest.mark.parametrize(
    ("change", "part"), [({"schema": 99}, "schema 99"), ({"model": "liner"}, "did you mean 'linear'")]
)
def test_files_of_another_program(tmp_path, change, part):
    path = tmp_path / "run.npz"
    fit(steps=3).save(path)
    with np.load(path) as content:
        arrays = dict(content)
    arrays["about"] = np.array(json.dumps(json.loads(str(arrays["about"])) | change))
    np.savez(path, **arrays)
    with pytest.raises(InputError, match=part):
        Trajectory.load(path)


CURVATURE = 16.7008
"""Of the notes' loss: a rate above 2 / CURVATURE makes a step across the valley longer than the way it came."""

ON_THE_FLOOR = {"W": 2.94 - 0.95, "b": -3.3 + 2.79}
"""A start from which nearly all of the way is along the valley's floor."""

GROWING = {
    "until its steps are used up": {"learning_rate": 0.125, "steps": 60},
    "until it diverges": {"learning_rate": 0.125},
    "in one step": {"learning_rate": 1e9},
    "across, while it falls along the floor": {"learning_rate": 2.1 / CURVATURE, "steps": 58, "start": ON_THE_FLOOR},
    "as its rate does": {"learning_rate": 0.01, "final_learning_rate": 0.2, "stairs": 50, "steps": 200},
    "and ends above its start, though it falls": {
        "learning_rate": 0.13, "final_learning_rate": 0.11, "stairs": 50, "steps": 100,
    },
    "with the absolute error": {"loss": "mae", "learning_rate": 8.0, "steps": 51},
}  # fmt: skip

NOT_GROWING = {
    "notes": {},
    "one step": {"steps": 1},
    "from side to side for ever": {"learning_rate": 2 / CURVATURE, "steps": 400},
    "from its optimum": {"start": {"W": 2.94, "b": -3.3}, "steps": 50},
    "stochastic": {"learning_rate": 0.02, "batch_size": 1, "steps": 300, "seed": 3},
    "stochastic and short": {"learning_rate": 0.02, "batch_size": 1, "steps": 12, "seed": 1},
    "up and down": {"learning_rate": 0.125, "final_learning_rate": 0.001, "stairs": 100, "steps": 100},
    "with the absolute error": {"loss": "mae", "learning_rate": 0.05, "steps": 500},
}


@pytest.mark.parametrize("how", GROWING)
def test_a_run_that_grows_is_known_by_its_losses(how: str) -> None:
    run = fit(**GROWING[how])
    assert run.grows
    if "across" in how:
        assert run.final_loss < run.loss[0]


@pytest.mark.parametrize("how", NOT_GROWING)
def test_a_run_that_does_not_grow(how: str) -> None:
    assert not fit(**NOT_GROWING[how]).grows


def test_rounding_is_no_growth() -> None:
    x = np.arange(1.0, 9.0)
    run = fit(data=Dataset(x, 3 * x + 1e6), learning_rate=0.01, steps=50, start={"W": 3.0 + 1e-13, "b": 1e6})
    assert not run.grows


@pytest.mark.parametrize(
    ("falls", "rises", "grows"), [(90, 10, True), (91, 9, False), (10, 5, True), (10, 4, False), (40, 5, True)]
)
def test_a_run_that_has_risen_for_its_last_tenth_grows(falls: int, rises: int, grows: bool) -> None:
    losses = np.concatenate([2.0 + np.arange(falls, 0, -1), 3.0 + 0.1 * np.arange(1, rises + 1)])
    assert replace(fit(steps=5), loss=losses).grows is grows


@pytest.mark.parametrize(("share", "grows"), [(0.5e-9, False), (2e-9, True)])
def test_a_billionth_of_the_first_loss_is_rounding(share: float, grows: bool) -> None:
    assert replace(fit(steps=1), loss=np.array([30.0, 30.0 * (1 + share)])).grows is grows


@pytest.mark.parametrize("model", ["linear", "sigmoid"])
@pytest.mark.parametrize("loss", ["mse", "mae"])
def test_a_loss_in_the_files_units_is_that_of_the_residuals_there(model: str, loss: str) -> None:
    run = fit(model, loss, Dataset([20.0, 90.0, 300.0], [7e5, 9e5, 8e5]), steps=30)
    residuals = run.file_model.predict(run.params_in_file_units(run.final_params), run.file_data.x) - run.file_data.y
    expected = np.mean(residuals**2 if loss == "mse" else np.abs(residuals))
    assert run.loss_in_file_units(run.final_loss) == pytest.approx(expected, rel=1e-9)


def test_a_name_without_its_ending_gets_it_and_one_that_has_it_keeps_it(tmp_path) -> None:
    run = fit(steps=1)
    assert run.save(tmp_path / "a.run") == tmp_path / "a.run.npz"
    assert run.save(tmp_path / "b.npz") == tmp_path / "b.npz"
    # Like any other file, and not for its owner alone.
    beside = tmp_path / "beside"
    beside.touch()
    assert (tmp_path / "b.npz").stat().st_mode == beside.stat().st_mode


def test_the_final_rate_is_that_of_the_last_step() -> None:
    run = fit(learning_rate=0.01, final_learning_rate=0.002, stairs=4, steps=40)
    assert run.final_learning_rate == pytest.approx(0.004)
