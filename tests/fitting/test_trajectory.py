"""A record on disk: the same bits back, whole or not at all."""

import json

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
