"""The example of docs/writing-a-lecture.md does what it says, in as few lines as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import tempconfig

import fitting.models
import scenes.linear
from fitting import Node, SquaredError, chain_rule, fit, gradient, mean_loss
from scenes.kit.story.rehearsal import rehearse, text_boxes
from scenes.kit.subject.lesson import Lesson

GUIDE = Path(__file__).parents[2] / "docs" / "writing-a-lecture.md"


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    """The two classes, made where the guide would have them: among the models, and in a file like `linear.py`."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    assert sum(len(block.splitlines()) for block in blocks) < 60
    names = {**vars(fitting.models), **vars(scenes.linear), "Node": Node, "math": __import__("math")}
    for block in blocks:
        exec(
            compile(
                block, str(GUIDE), "exec", dont_inherit=True, flags=__import__("__future__").annotations.compiler_flag
            ),
            names,
        )
    return names


def test_the_model_is_exact(example: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    model, loss = example["Root"](), SquaredError()
    monkeypatch.setitem(fitting.models.MODELS, "root", model)
    run = fit("root")
    params, h = np.array([0.7, -0.2]), 1e-5
    rises = [
        mean_loss(model, loss, params + shift, run.data) - mean_loss(model, loss, params - shift, run.data)
        for shift in h * np.eye(2)
    ]
    np.testing.assert_allclose(gradient(model, loss, params, run.data), np.array(rises) / (2 * h), rtol=1e-8)
    graph = chain_rule(model, loss, params, run.data.x[2], run.data.y[2])
    assert graph.prediction.value == pytest.approx(model.predict(params, run.data.x)[2])
    assert run.final_loss < run.loss[0]


def test_the_lecture_plays(example: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fitting.models.MODELS, "root", example["Root"]())
    lesson = Lesson(fit("root"))
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 15}):
        rehearsal = rehearse(example["RootFit"], lesson)
        (boxes,) = text_boxes(example["RootFit"], lesson, [rehearsal.duration - 1])
    assert [beat.name for beat in rehearsal.beats] == ["The data", "The descent"]
    assert any("step" in box.text for box in boxes)
