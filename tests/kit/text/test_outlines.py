"""Outlines of what is set: curves, bars, and where the typesetter's transforms put them."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.text.outlines import TypesettingError, _bar, _curves, read_svg


def test_a_line_that_is_stroked_is_a_rectangle_around_it_whichever_way_it_goes() -> None:
    along, across = np.array([0.6, 0.8]), np.array([-0.8, 0.6])
    curves = np.stack([np.array([1.0, 2.0]) + length * along for length in (0.0, 1.0, 2.0, 3.0)])
    corners = _bar(curves, 0.4).reshape(4, 4, 2)[:, 0] - [1.0, 2.0]
    assert corners @ along == pytest.approx([0.0, 3.0, 3.0, 0.0])
    assert corners @ across == pytest.approx([-0.2, -0.2, 0.2, 0.2])


def test_paths_are_cubic_curves_with_the_same_shape() -> None:
    def at(path: str, share: float) -> list[float]:
        curves = _curves(path)
        assert len(curves) == 4
        weights = [(1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3]
        return (np.array(weights) @ curves).tolist()

    for share in (0.0, 0.25, 0.5, 1.0):
        bent = [2 * share * (1 - share) * 3.0 + share**2 * 4.0, 2 * share * (1 - share) * 6.0 + share**2 * 2.0]
        assert at("M0 0Q3 6 4 2", share) == pytest.approx(bent)
        assert at("M1 2L4 8", share) == pytest.approx([1 + 3 * share, 2 + 6 * share])
        assert at("M0 0C0 1 2 1 2 0", share)[1] == pytest.approx(3 * share * (1 - share))
    assert len(_curves("M0 0L1 0L1 1Z")) == 12, "closed by a line of its own"
    assert len(_curves("M0 0L1 0L0 0Z")) == 8, "but not by one of no length"
    assert _curves("").shape == (0, 2)


def test_shapes_stand_where_their_transforms_and_uses_put_them() -> None:
    svg = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
      <defs><symbol id="g"><path d="M0 0L10 0L10 10Z"/></symbol><path id="p" d="M0 0L20 0L20 10Z"/></defs>
      <g transform="translate(100 50)"><use xlink:href="#g" x="10" y="-5"/>
      <g fill="#ABCDEF" transform="scale(2 1)"><use href="#p" x="30"/><rect x="60" y="-20" width="5" height="10"/></g>
      <path stroke="#ABCDEF" fill="none" stroke-width="4" d="M140 0L160 0"/>
      <rect x="0" y="-1" width="1" height="1" fill="#010000"/></g></svg>"""
    content = read_svg(svg.encode(), {"#abcdef": "W"})
    boxes = [
        [*outline.points[:, :2].min(axis=0).tolist(), *np.ptp(outline.points[:, :2], axis=0).tolist()]
        for outline in content.outlines
    ]
    # Left, bottom, width and height in em of ten points, from the left edge and the baseline, y upwards.
    assert np.array(boxes) == pytest.approx(
        np.array([[0.0, -0.5, 1.0, 1.0], [5.0, -1.0, 4.0, 1.0], [11.0, 1.0, 1.0, 1.0], [13.0, -0.2, 2.0, 0.4]])
    )
    assert [outline.tag for outline in content.outlines] == ["", "W", "W", "W"]
    assert content.width == pytest.approx(15.0)
    with pytest.raises(TypesettingError, match="baseline mark is missing"):
        read_svg(b"<svg/>", {})
