"""Processes that draw, on this machine and on a cluster: killed at any moment, the film is complete and the same."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shorts import made, request

from fitting import InputError
from scenes.batch.asking.request import Request
from scenes.batch.making import workers as workers_module
from scenes.batch.making.engine import Film, is_made, make, planned
from scenes.batch.making.workers import Workers, cluster, processes
from scenes.batch.making.workspace import workspace
from scenes.kit.subject.look import Look

ROOT = Path(__file__).parents[3]
PATH = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "helpers", Path(__file__).parent)))
"""Where processes of these tests find what they import."""


def quick() -> Request:
    """A lecture of eight chapters that takes seconds."""
    return request(look=Look(pace=0.2), fit={"steps": 60})


def make_with(workers: Workers, out: Path, events: list[dict[str, Any]]) -> Film:
    film = planned(quick(), out, "l", ("mp4",))
    with workspace(out) as bench:
        make([film], bench, workers, lambda event: events.append(dict(event)))
    return film


def hashes(film: Film) -> dict[str, str]:
    """Of the encoded frames of each chapter."""
    return {name: known["sha256"] for name, known in film.store.parts.items()}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The parts as this process draws them, one after the other."""
    (film,) = made([quick()], tmp_path_factory.mktemp("alone"))
    assert film.failure == ""
    return hashes(film)


class Killer:
    """Kills the first worker that is in the middle of a chapter."""

    def __init__(self, delay_events: int = 2) -> None:
        self.killed: int | None = None
        self._left = delay_events

    def __call__(self, word: dict[str, Any]) -> None:
        if word["chapter"] >= 0 and word["frames"] > 0:
            self._left -= 1
            if self._left <= 0 and self.killed is None:
                self.killed = word["worker"]
                os.kill(word["worker"], signal.SIGKILL)


def test_frames_are_the_same_when_a_process_is_killed(tmp_path: Path, alone: dict[str, str]) -> None:
    killer, events = Killer(), list[dict[str, Any]]()
    with processes(2, killer) as workers:
        film = make_with(workers, tmp_path, events)
    assert killer.killed is not None
    assert "worker lost" in [event["event"] for event in events]
    assert film.failure == ""
    assert hashes(film) == alone
    assert is_made(planned(quick(), tmp_path, "l", ("mp4",)))


def test_a_task_that_kills_every_worker_fails_alone(tmp_path: Path) -> None:
    def kill(word: dict[str, Any]) -> None:
        if word["chapter"] == 3:
            with contextlib.suppress(ProcessLookupError):
                os.kill(word["worker"], signal.SIGKILL)

    with processes(1, kill) as workers:
        film = make_with(workers, tmp_path, [])
    assert film.failure == "RuntimeError: its worker died 3 times; is there enough memory?"


INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
"""
"""What is started in the background may have been told to ignore signals, and so have its children."""

_RENDER = """
import sys
from pathlib import Path
from test_workers import make_with
from scenes.batch.making.workers import processes
print("ready", flush=True)
with processes(2, lambda word: print(word["chapter"], word["frames"], word["worker"], flush=True)) as workers:
    make_with(workers, Path(sys.argv[1]), [])
"""


@contextlib.contextmanager
def rendering(out: Path) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """A process that renders, once it has drawn a chapter and is in the middle of others; and its workers."""
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE + _RENDER, str(out)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": PATH},
    )  # fmt: skip
    found: set[int] = set()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if len(words := line.split()) == 3:
                found.add(int(words[2]))
                if int(words[1]) > 0 and list(out.glob(".parts/*/*/*.mp4")):
                    break
        yield process, found
    finally:
        process.kill()
        process.communicate()


def gone(pids: set[int]) -> bool:
    """Whether processes end, given a few seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids) if Path("/proc").exists() else not _alive(pids):
            return True
        time.sleep(0.1)
    return False


def _alive(pids: set[int]) -> bool:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
    return False


def test_the_main_process_killed_leaves_no_workers_and_the_next_call_goes_on(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    with rendering(tmp_path) as (process, found):
        process.kill()
        assert gone(found)
    there = len(list(tmp_path.glob(".parts/*/*/*.mp4")))
    assert 1 <= there < len(alone)
    assert not (tmp_path / "lectures").exists(), "nothing is under its final name"
    assert list(tmp_path.glob(".work-*")), "a killed process cannot clean up"
    (film,) = made([quick()], tmp_path)
    assert hashes(film) == alone
    assert not list(tmp_path.glob(".work-*")), "so the next one does"


def test_interrupted_workers_end(tmp_path: Path) -> None:
    with rendering(tmp_path) as (process, found):
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=10)
        assert gone(found)
    assert "leaked" not in told
    assert not list(tmp_path.glob(".work-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked from a process of their own on Linux only")
@pytest.mark.parametrize(
    ("number", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_ended_while_workers_start_it_says_so_and_nothing_else(
    tmp_path: Path, number: signal.Signals, code: int, word: str
) -> None:
    run = f"{INTERRUPTIBLE}from scenes.batch.command import main; main()"
    command = [sys.executable, "-c", run, "render", "linear"]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    started: set[int] = set()
    try:
        while not any("forkserver" in Path(f"/proc/{pid}/cmdline").read_text() for pid in started):
            assert process.poll() is None, "it has ended"
            started = {int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()}
        if number == signal.SIGINT:
            # As a terminal does: all processes get it.
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        _, told = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == code
    assert told.strip() == f"Error: {word}; nothing half-made was left"
    assert gone(started)


def run_script(folder: Path, script: str, *arguments: str, paths: tuple[Path, ...] = ()) -> tuple[int, str, str]:
    """Run a plain script, in a file and without `if __name__ == "__main__"`; what it prints, and says on stderr."""
    file = folder / "script.py"
    file.write_text(script)
    path = os.pathsep.join([*map(str, paths), PATH])
    done = subprocess.run(
        [sys.executable, str(file), *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": path},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


_SHOW = """
print("begun", flush=True)
from dataclasses import replace
from scenes.batch.making import notebook; from scenes.batch import show
from test_workers import quick
notebook.requests = lambda names, **options: [quick()]
print(show("linear", quality="l", out="films", jobs=2).folder)
"""


def test_films_are_shown_from_a_plain_script(tmp_path: Path) -> None:
    """Workers do not import it: they would show films, too."""
    code, out, err = run_script(tmp_path, _SHOW)
    assert code == 0, err
    assert out.splitlines() == ["begun", str(Path("films/lectures/short"))]
    assert "short: made" in err


_PROCESS = """
import os, sys
from concurrent.futures import ProcessPoolExecutor
from scenes.batch.making.starting import last_words; from scenes.batch.making.workers import context
from test_workers import talk
print("begun", flush=True)
with ProcessPoolExecutor(1, mp_context=context(sys.argv[1])) as pool:
    assert pool.submit(talk).result() != os.getpid()
print(last_words())
"""


def talk() -> int:
    """What a worker may do by accident: print, on either stream."""
    print("to stdout", flush=True)
    print("to stderr", file=sys.stderr, flush=True)
    return os.getpid()


@pytest.mark.parametrize("method", ["forkserver", "spawn"] if sys.platform == "linux" else ["spawn"])
def test_workers_import_no_script_and_print_where_nobody_reads_json(tmp_path: Path, method: str) -> None:
    code, out, err = run_script(tmp_path, _PROCESS, method)
    assert (code, out, err) == (0, "begun\nto stderr\n", "")


_COMMAND = """
import sys
from scenes.batch.command import main
sys.argv = ["lectures", "render", "linear", "--quality", "l", "--jobs", "2"]
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers import what they need one by one")
def test_what_keeps_workers_from_starting_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "cairo.py").write_text('raise OSError("libcairo.so.2: no such file\\nor directory")')
    code, out, err = run_script(tmp_path, _COMMAND, paths=(tmp_path / "broken",))
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("Error: workers end before they have begun; the last one said: ")
    assert err.endswith("or directory\n")


def die() -> None:
    """What a worker may do at its start."""
    print("a warning\n\nMemoryError: \n", file=sys.stderr, flush=True)
    os._exit(1)


def test_workers_that_die_at_their_start_are_not_renewed_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "_depend_on_the_main_process", die)
    events: list[dict[str, Any]] = []
    with (
        pytest.raises(ChildProcessError, match=r"^workers end before .* said: MemoryError:$"),
        processes(2, print) as workers,
    ):
        make_with(workers, tmp_path, events)
    assert [event["event"] for event in events] == ["worker lost"] * 2
    assert not list(tmp_path.glob(".work-*"))


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler on loopback with two workers, each with a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    running: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, log: str) -> Path:
        path = folder / log
        with path.open("wb") as file:
            running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], "--no-dashboard"],
                    stdout=file, stderr=file, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                )
            )  # fmt: skip
        return path

    log = start("scheduler", "--host", "127.0.0.1", "--port", "0", log="scheduler")
    try:
        address = awaited(log, r"Scheduler at: +(tcp://127.0.0.1:\d+)")
        for name in ("one", "other"):
            start("worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder), log=name)
        for name in ("one", "other"):
            awaited(folder / name, r"(Registered to)")
        yield address
    finally:
        # Workers first: without a scheduler they would look for it.
        for process in reversed(running):
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def awaited(log: Path, pattern: str) -> str:
    for _ in range(300):
        if found := re.search(pattern, log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"{pattern} is not in {log.read_text()}")


def test_workers_of_another_version_are_named(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = workers_module.identity()
    monkeypatch.setattr(workers_module, "identity", lambda: own)
    monkeypatch.setattr(workers_module, "_own_identity", lambda: {**own, "manim": "0.19.0"})
    named = r"tcp://.*: this worker has manim 0\.22.*, not 0\.19\.0; install the same"
    with pytest.raises(InputError, match=named), cluster(scheduler, print):
        pass


def test_frames_of_a_cluster_are_the_same_when_a_worker_is_killed(
    scheduler: str, tmp_path: Path, alone: dict[str, str]
) -> None:
    killer, events = Killer(), list[dict[str, Any]]()
    with cluster(scheduler, killer) as workers:
        film = make_with(workers, tmp_path, events)
        assert workers.alive()
    assert killer.killed is not None
    assert film.failure == ""
    assert hashes(film) == alone


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("tcp://127.0.0.1:1", "no scheduler answers"),
        ("tls://127.0.0.1:8786", "no certificates are configured"),
        ("10.0.0.1", "expected tcp://HOST:PORT"),
        ("http://127.0.0.1:8786", "expected tcp://HOST:PORT"),
    ],
)
def test_no_scheduler_is_one_line(address: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "PATIENCE", 0.5)
    with pytest.raises(InputError, match=problem) as caught, cluster(address, print):
        pass
    assert "\n" not in str(caught.value)
