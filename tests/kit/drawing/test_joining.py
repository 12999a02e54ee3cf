"""Parts of a film joined as they are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.kit.drawing.joining import join_parts


def part(path: Path, shades: range, options: dict[str, str]) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = 32, 24, "yuv420p"
        for shade in shades:
            picture = np.full((24, 32, 3), 20 * shade, np.uint8)
            picture[:, : 2 * shade] = 255
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path


@pytest.mark.parametrize("options", [{"crf": "20"}, {"crf": "20", "bf": "2", "b_strategy": "0"}], ids=["plain", "b"])
@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_frames_of_all_parts_come_one_by_one_and_equally_long(
    tmp_path: Path, options: dict[str, str], ending: str
) -> None:
    parts = [part(tmp_path / f"{k}{ending}", shades, options) for k, shades in enumerate((range(5), range(5, 11)))]
    whole = tmp_path / f"film{ending}"
    join_parts(parts, whole, Fraction(30), [("One", 0.0, 5 / 30), ("Two", 5 / 30, 11 / 30)])
    alone = []
    for one in parts:
        with av.open(str(one)) as container:
            alone.extend(frame.to_ndarray(format="gray") for frame in container.decode(video=0))
    with av.open(str(whole)) as container:
        chapters = container.chapters()
        frames = list(container.decode(video=0))
    np.testing.assert_array_equal([frame.to_ndarray(format="gray") for frame in frames], alone)
    # Containers of milliseconds round.
    times = np.array([float(frame.time) for frame in frames])
    assert times - times[0] == pytest.approx(np.arange(11) / 30, abs=1e-3)
    assert [chapter["metadata"]["title"] for chapter in chapters] == ["One", "Two"]
    spans = [(float(c["start"] * c["time_base"]), float(c["end"] * c["time_base"])) for c in chapters]
    assert spans == [pytest.approx((0.0, 0.167)), pytest.approx((0.167, 0.367))]


def test_a_film_can_be_played_before_all_of_it_is_there(tmp_path: Path) -> None:
    join_parts([part(tmp_path / "0.mp4", range(3), {})], tmp_path / "film.mp4", Fraction(30))
    written = (tmp_path / "film.mp4").read_bytes()
    assert written.index(b"moov") < written.index(b"mdat")
