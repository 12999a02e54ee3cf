"""What an encoder is told: Manim's options, then those of its codec, then the user's."""

from __future__ import annotations

from fractions import Fraction

from manim import tempconfig
from manim._config.video_encoder import VideoEncoderSpec

from scenes.kit.drawing.encoding import ENCODERS, OPTIONS, with_options


def spec(codec: str) -> VideoEncoderSpec:
    return VideoEncoderSpec("mp4", codec, "yuv420p", 96, 64, Fraction(30), (("crf", "1"), ("threads", "2")))


def test_options_of_the_codec_go_before_manims_and_the_users_before_both() -> None:
    with tempconfig({"video_encoder_options": {"preset": "slow"}}):
        chosen = dict(with_options(spec("libx264")).options)
    assert chosen == {**OPTIONS["libx264"], "threads": "2", "preset": "slow"}


def test_an_unknown_codec_keeps_what_manim_says() -> None:
    with tempconfig({"video_encoder_options": {}}):
        assert with_options(spec("other")) == spec("other")


def test_one_segment_is_encoded_while_the_next_is_drawn() -> None:
    assert ENCODERS == 2
