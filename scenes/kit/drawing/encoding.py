"""How films are encoded: for each codec the options that it knows, wherever Manim was started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from manim import config
from manim._config.video_encoder import VideoEncoderSpec

ENCODERS = 2
"""Segments that are encoded at a time: the next one is drawn while the last one is still being encoded."""

OPTIONS: Mapping[str, Mapping[str, str]] = {
    # Chosen by `make benchmarks`: a picture no worse than Manim's default (by PSNR) in less than half its time.
    "libx264": {"crf": "23", "preset": "superfast", "tune": "animation"},
    "libvpx-vp9": {"crf": "30", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"},
    # A fixed quantizer, 4 in FFmpeg's units of 118, takes a sixth of the time that the search for a rate does, and two
    # thirds of its room, at no error that can be seen. Some editors refuse what does not say that Apple's encoder made
    # it.
    "prores_ks": {
        "profile": "4444",
        "alpha_bits": "8",
        "flags": "+qscale",
        "global_quality": "472",
        "vendor": "apl0",
    },
}
"""By the encoder's name; what a `manim.cfg` of the user sets goes before."""


def with_options(spec: VideoEncoderSpec) -> VideoEncoderSpec:
    """An encoder as Manim resolved it, with the options of its codec."""
    chosen = {**dict(spec.options), **OPTIONS.get(spec.codec, {}), **config.video_encoder_options}
    return replace(spec, options=tuple(sorted(chosen.items())))
