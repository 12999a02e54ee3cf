"""The command `lectures`: what it prints, and what it says to bad input."""

from __future__ import annotations

import json
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import scenes
from fitting import Trajectory, fit, house_prices, least_squares, mean_loss
from scenes.batch import verbs as package
from scenes.batch.asking.catalogue import catalogue
from scenes.batch.command import verbs

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]

HOUSES = "floors;price\n1;0.7\n2;1.5\n3;4.5\n4;9.5\n"
AREAS = "area,price\n" + "\n".join(f"{20 + 7 * k},{700_000 + 2_300 * 7 * k + (k % 5) * 9_000}" for k in range(40))


@pytest.fixture(autouse=True)
def _empty_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_list(lectures: Run) -> None:
    code, out, _ = lectures("list", "--json")
    assert code == 0
    assert [entry["name"] for entry in json.loads(out)] == [entry.name for entry in catalogue()]
    assert "linear" in lectures("list")[1]


def test_every_lecture_is_found_and_is_what_its_source_says() -> None:
    for entry in catalogue():
        scene = entry.load()
        assert (scene.title, scene.question, scene.model) == (entry.title, entry.question, entry.model)
        assert scene.own_data_refused == entry.own_data_refused


def test_json_is_one_object_with_the_notes_digits(lectures: Run) -> None:
    code, out, err = lectures("fit", "linear", "--start", "W=0.2,b=0.855361907974722", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == [
        "model", "loss", "n", "params", "final_loss", "explained", "loss_before_last_step", "final_learning_rate",
        "steps", "stop_reason", "why", "grows",
    ]  # fmt: skip
    assert found["params"] == pytest.approx({"W": 2.939305864784624, "b": -3.2979591578193053}, rel=1e-12)
    assert found["loss_before_last_step"] == pytest.approx(1.103000695674468, rel=1e-12)
    assert found["final_learning_rate"] == pytest.approx(0.000149, rel=1e-12)
    assert (found["model"], found["loss"], found["n"], found["steps"]) == ("linear", "mse", 4, 10_000)
    assert (found["stop_reason"], found["grows"]) == ("steps used up", False)


def test_why_a_run_ended_is_told_where_its_stop_reason_does_not_say_it(lectures: Run) -> None:
    dead = ("fit", "relu-network", "--start", "W1=-1,b1=-0.5,W2=0.7,b2=0.2")
    assert "why                    W1, b1 and W2 move no prediction" in lectures(*dead)[1]
    assert json.loads(lectures(*dead, "--json")[1])["why"].endswith("only b2 can learn")
    assert "\nwhy " not in lectures("fit", "linear")[1]


def test_own_data_are_fitted_in_standard_units_and_reported_in_the_files(lectures: Run) -> None:
    Path("own.csv").write_text(AREAS)
    code, out, err = lectures("fit", "linear", "--data", "own.csv", "--json")
    assert code == 0
    assert len(out.splitlines()) == 1
    assert "standard" not in out
    assert "rate 0.05" in err
    found = json.loads(out)
    from fitting import read_csv

    data = read_csv("own.csv")
    run = fit(steps=1)
    best = least_squares(run.model, data)
    optimum = float(mean_loss(run.model, run.loss_function, best, data))
    assert found["final_loss"] == pytest.approx(optimum, rel=1e-3)
    assert list(found["params"].values()) == pytest.approx(best.tolist(), rel=1e-6)
    assert "a tenth of 1 / the largest curvature" in lectures("fit", "linear", "--data", "own.csv")[1]


def test_a_given_rate_is_used_as_it_is(lectures: Run) -> None:
    Path("own.csv").write_text(HOUSES)
    _, out, err = lectures("fit", "linear", "--data", "own.csv", "--learning-rate", "0.01", "--steps", "7", "--json")
    run = fit("linear", data=house_prices(), learning_rate=0.01, steps=7)
    assert json.loads(out)["params"] == dict(zip("Wb", run.final_params.tolist(), strict=True))
    assert err == ""


def test_a_diverging_run_is_no_error(lectures: Run) -> None:
    code, out, _ = lectures("fit", "linear", "--learning-rate", "0.125", "--json")
    assert code == 0
    assert json.loads(out)["stop_reason"] == "diverged"
    assert "smaller learning rate" in lectures("fit", "linear", "--learning-rate", "0.125")[1]


def test_a_run_that_grows_until_its_steps_are_used_up_is_told_as_growing(lectures: Run) -> None:
    asked = "fit", "linear", "--learning-rate", "0.125", "--steps", "60"
    found = json.loads(lectures(*asked, "--json")[1])
    assert (found["stop_reason"], found["grows"]) == ("steps used up", True)
    (row,) = (line for line in lectures(*asked)[1].splitlines() if line.startswith("growing"))
    assert "17.7" in row
    assert "smaller learning rate" in row
    assert "growing" not in lectures("fit", "linear", "--steps", "60")[1]


def test_a_run_can_be_kept(lectures: Run) -> None:
    code, out, _ = lectures("fit", "linear", "--steps", "30", "--save", "run.npz")
    assert code == 0
    assert "run.npz" in out
    assert Trajectory.load("run.npz").total_steps == 30


def test_version(lectures: Run) -> None:
    code, out, err = lectures("--version")
    assert (code, err) == (0, "")
    assert out == f"lectures {version('lectures')}\n"


@pytest.fixture
def signals() -> Iterator[None]:
    """Signals as a process has them that was started on a terminal, and afterwards as they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("verb", verbs())
@pytest.mark.parametrize(
    ("number", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
@pytest.mark.usefixtures("signals")
def test_a_signal_ends_every_verb_with_its_own_exit_code(
    lectures: Run, monkeypatch: pytest.MonkeyPatch, verb: str, number: signal.Signals, code: int, word: str
) -> None:
    command = import_module(f"scenes.batch.verbs.{verb}").command
    monkeypatch.setattr(command, "callback", lambda **options: signal.raise_signal(number))
    arguments = {"check": ["linear"], "fit": ["linear"], "stills": ["linear"], "new": ["a.toml"]}.get(verb, [])
    ended, out, err = lectures(verb, *arguments)
    assert (ended, out, err.strip()) == (code, "", f"Error: {word}; nothing half-made was left")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("signals")
def test_a_run_that_is_being_kept_leaves_nothing_half_made(
    lectures: Run, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr("fitting.whole_file.os.replace", lambda *names: signal.raise_signal(number))
    assert lectures("fit", "linear", "--steps", "3", "--save", "run.npz")[0] == 128 + number
    assert list(Path().iterdir()) == []


def test_doctor(lectures: Run) -> None:
    code, out, _ = lectures("doctor")
    assert code == 0
    assert out.startswith(f"lectures {version('lectures')}, {Path(scenes.__file__).parents[1]}\n")
    assert "latex" in out
    assert "manim 0.22" in out


@pytest.mark.parametrize("arguments", [(), *((verb,) for verb in verbs())], ids=lambda verb: " ".join(verb) or "none")
def test_help_of_every_command(lectures: Run, arguments: tuple[str, ...]) -> None:
    code, out, _ = lectures(*arguments, "--help")
    assert code == 0
    assert out.startswith("Usage: lectures")


def test_help_imports_no_manim() -> None:
    code = (
        "import sys; sys.argv = ['lectures', 'render', '--help']\n"
        "from scenes.batch.command import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "LESSON.toml" in done.stdout
    assert not {"manim", "numba", "av", "cairo"} & set(json.loads(done.stderr.replace("'", '"')))


FILES = {
    "empty.csv": b"",
    "header.csv": b"a,b\n",
    "one.csv": b"a,b\n1,2\n",
    "equal.csv": b"a,b\n3,1\n3,2\n3,4\n",
    "text.csv": b"a,b\n1,2\n2,many\n",
    "blank.csv": b"a,b\n1,2\n,3\n",
    "nan.csv": b"a,b\n1,2\n2,nan\n",
    "inf.csv": b"a,b\n1,2\n2,inf\n",
    "three.csv": b"area,price,age\n1,2,3\n2,3,4\n",
    "binary.csv": bytes(range(256)),
    "good.csv": b"a,b\n1,2\n2,3\n3,5\n",
}

BAD: dict[str, tuple[list[str], list[str]]] = {
    "missing file": (["--data", "nowhere.csv"], ["nowhere.csv", "no such file"]),
    "not a CSV": (["--data", "binary.csv"], ["binary.csv", "expected a CSV file"]),
    "empty file": (["--data", "empty.csv"], ["empty.csv", "empty"]),
    "header alone": (["--data", "header.csv"], ["header.csv", "at least 2 rows"]),
    "missing column": (["--data", "three.csv", "--x", "aera", "--y", "price"], ["'aera'", "did you mean 'area'?"]),
    "columns not named": (["--data", "three.csv"], ["three.csv", "--x"]),
    "text in a cell": (["--data", "text.csv"], ["text.csv", "row 3", "'b'", "many"]),
    "blank cell": (["--data", "blank.csv"], ["blank.csv", "row 3", "'a'"]),
    "nan": (["--data", "nan.csv"], ["nan.csv", "row 3", "'b'", "nan"]),
    "inf": (["--data", "inf.csv"], ["inf.csv", "row 3", "'b'", "inf"]),
    "one row": (["--data", "one.csv"], ["one.csv", "at least 2"]),
    "all x equal": (["--data", "equal.csv"], ["equal.csv", "'a'", "3"]),
    "column without file": (["--x", "a"], ["--data"]),
    "negative rate": (["--learning-rate", "-0.1"], ["learning rate", "positive", "-0.1"]),
    "zero rate": (["--learning-rate", "0"], ["learning rate", "positive"]),
    "rate is text": (["--learning-rate", "fast"], ["--learning-rate", "'fast'"]),
    "zero steps": (["--steps", "0"], ["steps", "got 0"]),
    "unknown loss": (["--loss", "msee"], ["'msee'", "did you mean 'mse'?"]),
    "unknown parameter": (["--start", "w=1,b=2"], ["'w'", "did you mean 'W'?"]),
    "start is not a number": (["--start", "W=one,b=2"], ["'W=one'", "W=0.2,b=0.8"]),
    "start twice": (["--start", "W=1,W=2"], ["'W' twice"]),
    "missing parameter": (["--start", "W=1"], ["start lacks b"]),
    "unknown option": (["--stepps", "3"], ["--stepps", "--steps"]),
}


@pytest.mark.parametrize("verb", ["fit", "render", "stills"])
@pytest.mark.parametrize(("arguments", "parts"), BAD.values(), ids=list(BAD))
def test_bad_input_is_one_line(lectures: Run, verb: str, arguments: list[str], parts: list[str]) -> None:
    for name, content in FILES.items():
        Path(name).write_bytes(content)
    code, out, err = lectures(verb, "linear", *arguments)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("Error: ")
    for part in parts:
        assert part in err
    assert {path.name for path in Path().iterdir()} == set(FILES), "nothing may be written"


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["render", "linear", "--one-after-other"], ["linear", "--one-after-other", "at once"]),
        (["stills", "linear", "--batch-size", "2"], ["linear", "--batch-size", "all data"]),
        (["fit", "liner"], ["unknown model 'liner'", "did you mean 'linear'?"]),
        (["render", "liner"], ["unknown lecture 'liner'", "did you mean 'linear'?"]),
        (["stills", "linear", "lineal"], ["unknown lecture 'lineal'", "did you mean 'linear'?"]),
        (["rendre", "linear"], ["unknown command 'rendre'", "did you mean 'render'?"]),
        (["render"], ["LECTURE", "--all"]),
        (["render", "--all", "linear"], ["--all", "'linear'"]),
        (["render", "linear", "--format", "avi"], ["--format", "'avi'"]),
        (["render", "linear", "--jobs", "0"], ["--jobs", "0"]),
        (["render", "linear", "--scheduler", "localhost"], ["--scheduler", "'localhost'", "tcp://HOST:PORT"]),
        (["render", "linear", "--quality", "x"], ["--quality", "'x'"]),
        (["render", "linear", "--out", "taken"], ["taken", "cannot be written", "--out"]),
        (["stills", "linear", "--out", "taken"], ["taken", "cannot be written", "--out"]),
        (["fit", "linear", "--save", "nowhere/run.npz"], ["nowhere/run.npz", "cannot be written"]),
    ],
)
def test_bad_names_and_places(lectures: Run, arguments: list[str], parts: list[str]) -> None:
    Path("taken").write_text("a file where a directory is asked for")
    code, out, err = lectures(*arguments)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    for part in parts:
        assert part in err
    assert [path.name for path in Path().iterdir()] == ["taken"]


@pytest.mark.parametrize("name", ["contact-sheet.png", "first.png"])
def test_stills_on_a_full_disk_name_the_picture(lectures: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from PIL import Image

    save = Image.Image.save

    def full(self: Image.Image, file: Path) -> None:
        if file.name.endswith(name):
            raise OSError(28, "No space left on device")
        save(self, file)

    monkeypatch.setattr(Image.Image, "save", full)
    code, out, err = lectures("stills", "derivative", "--quality", "l", "--out", "stills")
    assert (code, out) == (1, "")
    assert err.startswith("Error: stills/derivative/")
    assert err.endswith(f"{name}: No space left on device\n")


def test_stills_are_those_of_one_film(lectures: Run) -> None:
    folder = Path("stills/derivative")
    folder.mkdir(parents=True)
    for name in ("9-an-old-beat-first.png", "12-own.png", "notes.txt"):
        (folder / name).touch()
    assert lectures("stills", "derivative", "--quality", "l", "--out", "stills")[0] == 0
    there = {path.name for path in folder.iterdir()}
    assert "9-an-old-beat-first.png" not in there
    assert there >= {"12-own.png", "notes.txt", "contact-sheet.png"}


def test_a_verb_is_a_module_that_begins_with_what_it_does() -> None:
    modules = {
        module.name: import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    }
    assert [name for name, module in modules.items() if hasattr(module, "command")] == list(verbs())
    for name, does in verbs().items():
        assert modules[name].__doc__ == f"`lectures {name}`: {does[0].lower()}{does[1:]}"
        assert modules[name].command.name == name
