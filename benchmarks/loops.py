"""The step loop against the plain NumPy loop that one writes after the notes, and fits from a cold start.

The network is the notes' last one, LeakyReLU(W2 tanh(W1 x + b1) + b2) with the mean absolute error on four houses.
"""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import numpy as np
from table import print_table

from fitting import MODELS, AbsoluteError, Constant, TanhNetwork, descend, house_prices

STEPS = 2_000_000
PLAIN_STEPS = 100_000
RATE, SLOPE, START = 5e-5, 1e-6, (0.3, 0.5, 0.7, 0.2)


def plain(steps: int) -> tuple[float, ...]:
    """The notes' network, step by step in NumPy: forward, backward, update."""
    data = house_prices()
    x, y = data.x, data.y
    w1, b1, w2, b2 = START
    for _ in range(steps):
        hidden = np.tanh(w1 * x + b1)
        outer = w2 * hidden + b2
        by_outer = np.sign(np.where(outer > 0, outer, SLOPE * outer) - y) * np.where(outer > 0, 1.0, SLOPE)
        by_inner = by_outer * w2 * (1 - hidden**2)
        steps_down = np.mean(by_inner * x), np.mean(by_inner), np.mean(by_outer * hidden), np.mean(by_outer)
        w1, b1, w2, b2 = (value - RATE * slope for value, slope in zip((w1, b1, w2, b2), steps_down, strict=True))
    return w1, b1, w2, b2


def report(repeats: int) -> None:
    """Print microseconds a step of both, and seconds of the command from a cold start."""
    model, loss, data = TanhNetwork(), AbsoluteError(), house_prices()
    # Compiled, or read from the cache, before the clock runs.
    descend(model, loss, data, START, Constant(RATE), 10, compiled=True)
    ours, theirs = [], []
    for _ in range(repeats):
        start = perf_counter()
        found = descend(model, loss, data, START, Constant(RATE), STEPS)
        ours.append((perf_counter() - start) / STEPS)
        start = perf_counter()
        expected = plain(PLAIN_STEPS)
        theirs.append((perf_counter() - start) / PLAIN_STEPS)
    same = descend(model, loss, data, START, Constant(RATE), PLAIN_STEPS).final_params
    np.testing.assert_allclose(same, expected, rtol=1e-9)
    rows = [
        ("descend, recorded", f"{1e6 * min(ours):.2f}", f"{min(ours) * STEPS:.1f}", "1.0"),
        (
            "plain NumPy loop",
            f"{1e6 * min(theirs):.2f}",
            f"{min(theirs) * STEPS:.1f}",
            f"{min(theirs) / min(ours):.1f}",
        ),
    ]
    title = f"{STEPS:,} steps of the tanh network, {len(found.steps):,} records (target: at most 3 s)"
    print_table(title, ("", "µs a step", "seconds for all", "ratio"), rows)
    rows = [(name, f"{min(cold(name) for _ in range(repeats)):.2f}") for name in MODELS]
    print_table("`lectures fit MODEL --steps 10000` from a cold start", ("model", "seconds"), rows)


def cold(model: str) -> float:
    """Seconds of the whole command, the interpreter's start included."""
    code = "import sys; from scenes.batch.command import main; sys.argv = ['lectures', *sys.argv[1:]]; main()"
    start = perf_counter()
    command = [sys.executable, "-c", code, "fit", model, "--steps", "10000", "--json"]
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start
