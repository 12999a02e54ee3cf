"""The camera, renderer and file writer of lectures: stock Manim's, without what makes them slow.

* Paintings draw themselves; glyphs keep their Cairo path for as long as they stand still.
* Frames are drawn straight into the array that the encoder gets, and arrays are used again once it is done with them.
* A frame is converted to the encoder's pixel format once, however often it is repeated.
* Films appear under their final name only when they are whole.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import av
import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, Mobject, Scene, VMobject, config, logger
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.utils.color import color_to_int_rgba

from scenes.kit.drawing.encoding import ENCODERS, with_options
from scenes.kit.drawing.film_key import film_key, seen_so_far
from scenes.kit.drawing.gif import HEIGHT, RATE, write_gif
from scenes.kit.drawing.joining import join_parts
from scenes.kit.drawing.painting import Canvas, Painting, TextBox

type_pixels = npt.NDArray[np.uint8]


class LectureCamera(Camera):  # type: ignore[misc]
    """Draws paintings and VMobjects, in the order of their z index.

    Attributes:
        texts: Where texts of paintings are drawn is noted here, if it is a list.
    """

    texts: list[TextBox] | None = None

    def __init__(self, **kwargs: Any) -> None:
        self._paths: WeakKeyDictionary[VMobject, tuple[npt.NDArray[np.float64], cairo.Path]] = WeakKeyDictionary()
        super().__init__(**kwargs)

    def init_background(self) -> None:
        """Fill the background, a pixel at a time instead of Manim's four bytes; twice a film, 30 ms each."""
        if self.background_image is not None:
            super().init_background()
            return
        color = color_to_int_rgba(self.background_color, self.background_opacity)
        # As Cairo has it: otherwise a background that cannot be seen shines through every soft edge.
        color = np.rint(np.append(color[:3] * (color[3] / 255), color[3])).astype(np.uint8)
        pixels = np.full((self.pixel_height, self.pixel_width), color.view(np.uint32)[0], dtype=np.uint32)
        self.background = pixels.view(np.uint8).reshape(self.pixel_height, self.pixel_width, 4)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Draw mobjects onto the frame; what is neither painting nor VMobject goes Manim's way."""
        context = self.get_cairo_context(self.pixel_array)
        canvas = Canvas(context, self.pixel_array, self.pixel_height / self.frame_height)
        canvas.texts = self.texts
        for mobject in self.get_mobjects_to_display(mobjects, **kwargs):
            # Each begins with Cairo's defaults: buffers have contexts of their own, and what one mobject set in one of
            # them would make the next frame in it another than in a fresh one.
            context.save()
            if isinstance(mobject, Painting):
                if mobject.opacity > 0:
                    canvas.alpha = mobject.opacity
                    # Manim leaves its last path behind, and a fill would fill it again.
                    context.new_path()
                    mobject.paint(canvas)
            elif isinstance(mobject, VMobject) and mobject.get_background_image() is None:
                self.display_vectorized(mobject, context)
            else:
                super().capture_mobjects([mobject], include_submobjects=False)
            context.restore()

    def display_vectorized(self, vmobject: VMobject, ctx: Any) -> LectureCamera:
        """Draw a VMobject, leaving out fills and strokes that cannot be seen."""
        filled = vmobject.get_fill_opacity() > 0
        stroked = vmobject.get_stroke_width() > 0 and vmobject.get_stroke_opacity() > 0
        if filled or stroked:
            self.set_cairo_context_path(ctx, vmobject)
            if filled:
                self.apply_fill(ctx, vmobject)
            if stroked:
                self.apply_stroke(ctx, vmobject)
        return self

    def set_cairo_context_path(self, ctx: Any, vmobject: VMobject) -> LectureCamera:
        """Trace the outline, from the one kept if the points have not moved."""
        points = vmobject.points
        kept = self._paths.get(vmobject)
        if kept is not None and np.array_equal(kept[0], points):
            ctx.new_path()
            ctx.append_path(kept[1])
            return self
        super().set_cairo_context_path(ctx, vmobject)
        self._paths[vmobject] = (points.copy(), ctx.copy_path())
        return self


class FramePool:
    """Frame buffers that are used again once nobody else holds them.

    Args:
        shape: Shape of a buffer.
        prepare: Called once with each new buffer; what it attaches stays attached.
    """

    def __init__(self, shape: tuple[int, ...], prepare: Callable[[type_pixels], object]) -> None:
        self._shape = shape
        self._prepare = prepare
        self._buffers: list[tuple[type_pixels, int]] = []

    def take(self) -> type_pixels:
        """A buffer that nobody but the pool holds."""
        for buffer, idle in self._buffers:
            if sys.getrefcount(buffer) <= idle:
                return buffer
        buffer = np.empty(self._shape, dtype=np.uint8)
        self._prepare(buffer)
        # The pool's tuple adds one reference to those counted here; an encoder that holds it adds more.
        idle = sys.getrefcount(buffer) + 1
        self._buffers.append((buffer, idle))
        return buffer


def straight(pixels: type_pixels) -> type_pixels:
    """Colours as films with alpha hold them, from Cairo's, which are multiplied by it.

    Args:
        pixels: RGBA, (height, width, 4), each colour at most its alpha.
    """
    alpha = pixels[..., 3]
    soft = (alpha > 0) & (alpha < 255)
    result = pixels.copy()
    result[soft, :3] = np.rint(np.minimum(pixels[soft, :3] * (255.0 / alpha[soft, None]), 255.0))
    return result


def unfinished(file: Path) -> Path:
    """What a film is called until it is whole: another name in each process."""
    return file.with_name(f".{os.getpid()}-{file.name}")


class SegmentEncoder(VideoSegmentEncoder):  # type: ignore[misc]
    """Encodes one segment, converting each frame's pixels once and without copying them first.

    It gets its name when it is whole: what a killed process left would be taken from the cache, and two calls at once
    would write into one file.
    """

    def __init__(self, *, target: Path, spec: Any) -> None:
        self._whole = target
        super().__init__(target=unfinished(target), spec=spec)

    def finish(self) -> None:
        """Close the segment, and give it its name."""
        if not self._closed:
            super().finish()
            os.replace(self.target, self._whole)

    def write_frame(self, pixels: type_pixels, *, repeat: int = 1) -> None:
        """Encode `pixels` at the next `repeat` places of the segment."""
        self._validate_frame(pixels, repeat)
        try:
            if any(component.is_alpha for component in av.VideoFormat(self.spec.pixel_format).components):
                pixels = straight(pixels)
            source = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
            frame = source.reformat(format=self.spec.pixel_format)
            frame.time_base = 1 / self.spec.frame_rate
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                for packet in self._stream.encode(frame):
                    self._container.mux(packet)
        except BaseException as error:
            raise self._operation_error("encode", error) from error


class LectureFileWriter(SceneFileWriter):  # type: ignore[misc]
    """Writes films whole or not at all, and reports each frame."""

    on_frames: Callable[[int], None] | None = None
    settings: Any

    def __init__(self, settings: Any) -> None:
        encoder = None if settings.video_encoder is None else with_options(settings.video_encoder)
        encoders = max(ENCODERS, settings.max_inflight_encoders)
        super().__init__(replace(settings, video_encoder=encoder, max_inflight_encoders=encoders))

    def finish(self) -> None:
        """Put the film together. Its own segments stay cached, however many they are."""
        most = self.settings.max_files_cached
        if most != -1:
            self.settings = replace(self.settings, max_files_cached=max(most, len(self.partial_movie_files)))
        super().finish()

    def write_frame(self, pixels: type_pixels, *, repeat: int = 1) -> None:
        """Hand a frame to the encoder."""
        super().write_frame(pixels, repeat=repeat)
        if self.on_frames is not None:
            self.on_frames(repeat)

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        if self.video_encoder is None:
            return super()._create_segment_encoder(target)
        return SegmentEncoder(target=target, spec=self.video_encoder)

    @staticmethod
    def _concat_manifest_bytes(input_files: list[str]) -> bytes:
        """The list of segments as FFmpeg reads it; within its quotes an apostrophe ends them."""
        paths = (Path(file).as_posix().replace("'", r"'\''") for file in input_files)
        return "".join(f"file 'file:{path}'\n" for path in paths).encode()

    def combine_files(
        self, input_files: list[str], output_file: Path, create_gif: bool = False, includes_sound: bool = False
    ) -> None:
        """Join segments under a temporary name, then give the film its own."""
        partial = unfinished(output_file)
        try:
            partial.parent.mkdir(parents=True, exist_ok=True)
            if create_gif:
                logger.info(f"GIFs have at most {HEIGHT} lines and {RATE} frames a second.")
            # Sound comes to a film later, from a file of its own.
            (write_gif if create_gif else join_parts)(input_files, partial, self.video_encoder.frame_rate)
            os.replace(partial, output_file)
        finally:
            partial.unlink(missing_ok=True)


class LectureRenderer(CairoRenderer):  # type: ignore[misc]
    """Draws what moves over a picture of what stands still.

    Args:
        chapter: Number of the only beat that is drawn, from 0; None for all. Those before are played without being
            drawn, which takes next to no time; those after are not played.
    """

    def __init__(self, chapter: int | None = None, **kwargs: Any) -> None:
        super().__init__(file_writer_class=LectureFileWriter, camera_class=LectureCamera, **kwargs)
        self.chapter = chapter
        self._film_key = ""
        self._keyed: tuple[int, int] | None = None
        self._pool = FramePool(self.camera.pixel_array.shape, self.camera.get_cairo_context)

    def play(self, scene: Scene, *animations: Any, **kwargs: Any) -> None:
        """Play, or take the segment of an earlier call from the cache, where caching is on.

        Manim's own cache looks through all attributes of all mobjects while animations change them; here a segment is
        that of the same film and number.
        """
        self.skip_animations = self._original_skipping_status
        self.update_skipping_status()
        scene.compile_animation_data(*animations, **kwargs)
        segment = None if self.skip_animations else self._segment(scene)
        if segment is not None and not config.disable_caching and self.file_writer.is_already_cached(segment):
            self.skip_animations = True
        if self.skip_animations:
            self.time += scene.duration
        self.file_writer.add_partial_movie_file(segment)
        self.animations_hashes.append(segment)
        self.file_writer.begin_animation(not self.skip_animations, animation_index=self.num_plays)
        scene.begin_animations()
        self.save_static_frame_data(scene, scene.static_mobjects)
        if scene.is_current_animation_frozen_frame():
            if not self.skip_animations:
                self.update_frame(scene, mobjects=scene.moving_mobjects)
            self.freeze_current_frame(scene.duration)
        else:
            scene.play_internal()
        self.file_writer.end_animation(not self.skip_animations)
        self.num_plays += 1

    def _segment(self, scene: Scene) -> str:
        """Name of the segment of this play."""
        # A beat may import a module, or read a file, that those before it did without.
        if not config.disable_caching and self._keyed != seen_so_far():
            camera = self.camera
            self._film_key = film_key(
                scene,
                (camera.pixel_width, camera.pixel_height, camera.frame_width, camera.frame_height),
                (str(camera.background_color), camera.background_opacity, camera.background_image),
                scene.random_seed,
                self.file_writer.video_encoder,
                self.chapter,
            )
            self._keyed = seen_so_far()
        if config.disable_caching or not self._film_key:
            return f"uncached_{self.num_plays:05}"
        return hashlib.sha256(f"{self._film_key} {self.num_plays}".encode()).hexdigest()

    @property
    def is_drawing(self) -> bool:
        """Whether the section that is on is drawn: what only stands in pictures need not be made where it is not."""
        return not (self._original_skipping_status or self.file_writer.sections[-1].skip_animations)

    def update_frame(self, scene: Scene, mobjects: Iterable[Mobject] | None = None, **kwargs: Any) -> None:
        """Draw a frame: all mobjects, or the given ones over the still picture."""
        if self.skip_animations and not kwargs.get("ignore_skipping", True):
            return
        ground = self.camera.background if self.static_image is None else self.static_image
        # A fresh buffer: the last one belongs to the encoder.
        self.camera.pixel_array = None
        self.camera.pixel_array = self._pool.take()
        np.copyto(self.camera.pixel_array, ground)
        self.camera.capture_mobjects(scene.mobjects if mobjects is None else mobjects)

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> type_pixels | None:
        """Draw what does not move during this play, once; nothing where the play is skipped."""
        self.static_image = None
        if self.skip_animations:
            return None
        self.update_frame(scene, mobjects=list(static_mobjects))
        self.static_image = self.camera.pixel_array.copy()
        return self.static_image

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw a frame and hand it to the encoder, which owns it from then on."""
        if self.skip_animations:
            return
        self.update_frame(scene, moving_mobjects)
        self.add_frame(self.camera.pixel_array)

    def frame_times(self, run_time: float) -> list[float]:
        """Times within a play at which a frame is drawn; a skipped play only sees its end."""
        if self.skip_animations:
            return [run_time]
        rate = float(self.camera.frame_rate)
        return [k / rate for k in range(max(1, round(run_time * rate)))]

    def freeze_current_frame(self, duration: float) -> None:
        """Repeat the frame; the number is rounded, so that no frame is lost to floating point."""
        self.add_frame(self.get_frame(), num_frames=max(1, round(duration * self.camera.frame_rate)))
