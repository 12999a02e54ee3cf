"""Parts and outlines that are kept: whole and known, or made again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenes.batch.making.store import Store, key
from scenes.batch.making.tasks import Outline, Part

MADE_FROM = {"code": "abc", "quality": "l"}
OUTLINE = Outline(
    title="T", question="Q?", frames=30, duration=2.0, chapters=(("One", 0.0, 1.5), ("Two", 1.5, 2.0)),
    captions=((0.0, 1.25, "said"),), prepared=b"pickled", run=b"run", run_json="{}", faults=("one",), seconds=0.5,
)  # fmt: skip
PART = Part(content=b"frames", frames=15, seconds=1.23456, processor=0.98765)


def test_a_key_is_that_of_the_content_and_not_of_its_order() -> None:
    assert key(MADE_FROM) == key(dict(reversed(MADE_FROM.items())))
    assert len({key(MADE_FROM), key({**MADE_FROM, "code": "abd"}), key({})}) == 3


def test_an_outline_comes_back_without_what_only_drawing_needs(out: Path) -> None:
    store = Store(out, "film", MADE_FROM)
    assert store.outline() is None
    store.keep_outline(OUTLINE)
    found = Store(out, "film", MADE_FROM).outline()
    assert found is not None
    assert found.prepared == ()
    assert {**found.__dict__, "prepared": b"pickled"} == OUTLINE.__dict__


@pytest.mark.parametrize("damage", ["run.npz", "outline.json"])
def test_a_damaged_outline_is_none(out: Path, damage: str) -> None:
    store = Store(out, "film", MADE_FROM)
    store.keep_outline(OUTLINE)
    (store.folder / damage).write_text("other")
    assert store.outline() is None


def test_a_part_is_there_once_it_is_kept_and_as_long_as_it_is_undamaged(out: Path) -> None:
    store = Store(out, "film", MADE_FROM)
    assert not store.has("mp4", 3)
    store.keep("mp4", 3, PART)
    for same in (store, Store(out, "film", MADE_FROM)):
        assert same.has("mp4", 3)
        assert not same.has("mp4", 2)
        assert not same.has("webm", 3)
        known = same.parts["mp4 3"]
        assert (known["bytes"], known["frames"], known["seconds"], known["processor_seconds"]) == (6, 15, 1.235, 0.988)
    assert store.path("mp4", 3).name == "003.mp4"
    store.path("mp4", 3).write_bytes(b"framez")
    assert not store.has("mp4", 3)
    store.path("mp4", 3).unlink()
    assert not store.has("mp4", 3)


def test_a_manifest_of_something_else_is_not_believed(out: Path) -> None:
    store = Store(out, "film", MADE_FROM)
    store.keep("mp4", 0, PART)
    manifest = store.folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "made_from": {}}))
    assert Store(out, "film", MADE_FROM).parts == {}


def test_what_is_forgotten_is_gone_and_the_rest_stays(out: Path) -> None:
    before, store, other = (Store(out, *of) for of in (("film", {}), ("film", MADE_FROM), ("other", MADE_FROM)))
    for each in (before, store, other):
        each.keep("mp4", 0, PART)
    store.forget_others()
    assert [each.has("mp4", 0) for each in (before, store, other)] == [False, True, True]
    store.forget()
    assert (store.parts, store.folder.exists(), other.has("mp4", 0)) == ({}, False, True)
