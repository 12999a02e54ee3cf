"""`manim render`, as those use it who know Manim: its options, from any directory, with its cache."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest
from manim import tempconfig
from manim.renderer import cairo_renderer
from shorts import each_key_changed

from fitting import Trajectory, fit
from scenes.batch.making.settings import settings
from scenes.kit.drawing.encoding import OPTIONS
from scenes.kit.drawing.film_key import film_key
from scenes.kit.story.lecture import Lecture, beat
from scenes.kit.subject.lesson import Lesson

FILM = '''
"""Two beats."""

from manim import smooth
from fitting import fit
from scenes.kit.subject.probe import Probe
from scenes.kit.story.lecture import Lecture, beat; from scenes.kit.drawing.painting import array
from scenes.kit.drawing.painting import Tween


class Short(Lecture):
    """A probe that moves."""

    title = "Short"
    question = "?"

    @classmethod
    def run(cls):
        return fit(steps=5)

    def construct(self):
        self.first()
        self.second()

    @beat("First")
    def first(self):
        probe = Probe(array(0.0, 0.0))
        self.add(probe)
        self.play(Tween(probe, 0.4, smooth, params=array(1.0, 1.0)))

    @beat("Second")
    def second(self):
        self.say("So.")
'''

DIRECTORIES = ("plain", "ein Kurs é", "it's 100% %d")


@pytest.fixture
def manim(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `manim render` on a short film that stands elsewhere; small and slow frames, if nothing else is said."""
    film = tmp_path / "the films" / "short.py"
    film.parent.mkdir()
    film.write_text(FILM)

    def run(*arguments: str, directory: str = "plain") -> subprocess.CompletedProcess[str]:
        where = tmp_path / directory
        where.mkdir(exist_ok=True)
        sized = [] if "-r" in arguments else ["-r", "160,90"]
        rated = [] if "--fps" in arguments else ["--fps", "15"]
        return subprocess.run(
            [sys.executable, "-m", "manim", "render", *sized, *rated, *arguments, str(film)],
            cwd=where,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONWARNINGS": "default"},
            capture_output=True,
            text=True,
        )

    return run


def frames(path: Path) -> tuple[int, int, float]:
    """Width, height and length in seconds."""
    with av.open(str(path)) as container:
        pictures = list(container.decode(video=0))
        stream = container.streams.video[0]
        return stream.width, stream.height, len(pictures) / float(stream.average_rate or 1)


@pytest.mark.parametrize(
    ("options", "made"),
    [
        (("-s",), ["images/short/*.png"]),
        (("-n", "0,1"), ["videos/short/90p15/Short.mp4"]),
        (("--format", "gif"), ["videos/short/90p15/*.gif"]),
        (("--format", "webm"), ["videos/short/90p15/Short.webm"]),
        (("--format", "mov"), ["videos/short/90p15/Short.mov"]),
        (("--format", "png"), ["images/short/*.png"]),
        (("-t",), ["videos/short/90p15/Short.mov"]),
        (("-t", "--format", "webm"), ["videos/short/90p15/Short.webm"]),
        (("--save_sections",), ["videos/short/90p15/sections/*First.mp4", "videos/short/90p15/sections/*Second.mp4"]),
        (("-r", "800,450"), ["videos/short/450p15/Short.mp4"]),
        (("-r", "90,160"), ["videos/short/160p15/Short.mp4"]),
        (("--fps", "24"), ["videos/short/90p24/Short.mp4"]),
        (("-a",), ["videos/short/90p15/Short.mp4"]),
        (("-o", "my film"), ["videos/short/90p15/my film.mp4"]),
        (("--dry_run",), []),
        (("--disable_caching",), ["videos/short/90p15/Short.mp4"]),
    ],
    ids=" ".join,
)
def test_stock_options(
    manim: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, options: tuple[str, ...], made: list[str]
) -> None:
    done = manim(*options)
    assert done.returncode == 0, done.stdout + done.stderr
    media = tmp_path / "plain" / "media"
    for pattern in made:
        (path,) = media.glob(pattern)
        if path.suffix in (".mp4", ".webm", ".mov"):
            assert frames(path)[2] > 0.3
    if not made:
        assert not list(media.rglob("*.mp4"))
    if "-t" in options and "webm" not in options:
        with av.open(str(path)) as container:
            picture = list(container.decode(video=0))[-1].to_ndarray(format="rgba")
        assert picture[..., 3].min() == 0 < 100 < picture[..., 3].max(), (
            "what is drawn hides what is behind, the rest does not"
        )


@pytest.mark.parametrize("directory", DIRECTORIES)
@pytest.mark.parametrize("elsewhere", [True, False], ids=["media elsewhere", "media here"])
def test_from_any_directory_into_any_directory(
    manim: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, directory: str, elsewhere: bool
) -> None:
    media = tmp_path / "Film's %s é" if elsewhere else tmp_path / directory / "media"
    options = ("--media_dir", str(media)) if elsewhere else ()
    done = manim(*options, directory=directory)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (media / "videos/short/90p15/Short.srt").exists()
    assert frames(media / "videos/short/90p15/Short.mp4")[:2] == (160, 90)


def test_a_second_call_takes_what_the_first_one_made(
    manim: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    film = tmp_path / "plain/media/videos/short/90p15/Short.mp4"

    def segments() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in film.parent.glob("partial_movie_files/Short/*.mp4")}

    manim()
    first, drawn = film.read_bytes(), segments()
    manim()
    assert segments() == drawn
    assert film.read_bytes() == first
    manim("--disable_caching")
    assert film.read_bytes() == first, "drawn anew, it is the same film"
    source = tmp_path / "the films/short.py"
    source.write_text(FILM.replace('"So."', '"Now."'))
    manim()
    assert film.read_bytes() != first
    assert len(segments()) >= 2 * len(drawn), "a changed film shares no segment with the former one"


@pytest.mark.parametrize(
    "changed", ["a module elsewhere", "a module that a beat imports", "a file that it reads", "seed", "frame"]
)
def test_no_stale_segment(tmp_path: Path, changed: str) -> None:
    """What a film's frames depend on has changed between two calls: the second draws what it would without a cache."""
    course, library = tmp_path / "course", tmp_path / "library"
    course.mkdir()
    library.mkdir()
    told = """
        import late, random
        from pathlib import Path
        for word in (far.WORD, late.WORD, Path(__file__).with_name("words.txt").read_text(), str(random.random())[:5]):
            self.say("{w}", w=word)
"""
    film = course / "short.py"
    film.write_text("import far\n" + FILM.replace('        self.say("So.")\n', told))
    (library / "far.py").write_text('WORD = "far"')
    (course / "late.py").write_text('WORD = "late"')
    (course / "words.txt").write_text("read")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(library)])}

    def film_of(*arguments: str) -> bytes:
        small = ("-r", "160,90", "--fps", "15", "--seed", "1")
        subprocess.run(
            [sys.executable, "-m", "manim", "render", *small, *arguments, str(film)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=True,
        )
        return (tmp_path / "media/videos/short/90p15/Short.mp4").read_bytes()

    first, more = film_of(), ()
    match changed:
        case "a module elsewhere":
            (library / "far.py").write_text('WORD = "as far as that"')
        case "a module that a beat imports":
            (course / "late.py").write_text('WORD = "later than that"')
        case "a file that it reads":
            (course / "words.txt").write_text("as one reads")
        case "seed":
            more = ("--seed", "2")
        case "frame":
            (tmp_path / "manim.cfg").write_text("[CLI]\nframe_height = 4\nframe_width = 7.1\n")
    second = film_of(*more)
    assert second != first
    assert second == film_of(*more, "--disable_caching")


def test_films_of_the_command_do_not_depend_on_a_file_of_manim_s_in_the_working_directory() -> None:
    with settings("l", "mp4"):
        spec, width = Still().renderer.file_writer.video_encoder, Still().camera.frame_width
    with (
        tempconfig({"frame_height": 4.0, "frame_width": 7.1, "video_encoder_options": {"crf": "40"}}),
        settings("l", "mp4"),
    ):
        assert Still().renderer.file_writer.video_encoder == spec
        assert Still().camera.frame_width == width


def test_a_file_of_manim_s_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "manim.cfg").write_text("no section")
    start = "import sys; from scenes.batch.command import main; sys.argv[1:] = ['stills', 'cost']; main()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", start], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: a manim.cfg cannot be read: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_segment_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    """A killed process, or another one at work on the same film, leaves nothing that the cache would take."""
    with settings("l", "mp4", pixel_width=160, pixel_height=90):
        writer = Still().renderer.file_writer
    segment = tmp_path / "segment.mp4"
    encoder = writer._create_segment_encoder(segment)
    encoder.write_frame(np.zeros((90, 160, 4), dtype=np.uint8))
    assert not segment.exists()
    encoder.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["segment.mp4"]
    assert frames(segment)[:2] == (160, 90)
    encoder = writer._create_segment_encoder(segment)
    encoder.write_frame(np.zeros((90, 160, 4), dtype=np.uint8))
    encoder.abort()
    assert [path.name for path in tmp_path.iterdir()] == ["segment.mp4"], "what was whole stays"


def test_two_calls_at_once_in_one_directory(
    manim: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda _: manim(), range(2)))
    assert [done.returncode for done in both] == [0, 0], both[0].stderr + both[1].stderr
    film = tmp_path / "plain/media/videos/short/90p15/Short.mp4"
    first = film.read_bytes()
    manim("--disable_caching")
    assert film.read_bytes() == first


def test_another_renderer_is_refused_in_one_line(manim: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = manim("--renderer", "opengl")
    assert done.returncode == 1
    assert "Error: lectures are drawn by Cairo: leave out --renderer opengl" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_wrong_theme_of_the_environment_is_told_in_one_line(
    manim: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LECTURES_THEME", "drak")
    done = manim()
    assert done.returncode == 1
    assert "Error: LECTURES_THEME: unknown theme 'drak'; did you mean 'dark'?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


class Still(Lecture):
    title, question = "Still", "?"

    @classmethod
    def run(cls) -> Trajectory:
        return fit(steps=3)

    def construct(self) -> None:
        self.only()

    @beat("Only")
    def only(self) -> None:
        self.say("So.")


def test_the_key_of_a_film_depends_on_its_lesson_and_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenes.kit.subject.lesson.shutil.which", lambda program: program)
    lesson = Lesson(fit(steps=3))
    looks = [Lesson(fit(steps=3), look=look) for look in each_key_changed(lesson.look)]
    others = [Lesson(fit(steps=4)), Lesson(fit(steps=3), title="Other"), *looks]
    with settings("l"):
        assert film_key(Still(lesson), 854) == film_key(Still(Lesson(fit(steps=3))), 854)
        still, keys = Still(lesson), set()
        for still.lesson in (lesson, *others):
            keys.add(film_key(still, 854))
        assert len(keys) == 1 + len(others)
        assert film_key(Still(lesson), 854) != film_key(Still(lesson), 1280)


def test_the_cache_looks_into_no_mobject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*arguments: object, **named: object) -> str:
        raise AssertionError("hashed every attribute of every mobject")

    monkeypatch.setattr(cairo_renderer, "get_hash_from_play_call", forbidden)
    small = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 15, "media_dir": str(tmp_path)}
    with settings("l", "mp4", **small, disable_caching=False):
        Still().render()
    assert len(list(tmp_path.rglob("Still.mp4"))) == 1


@pytest.mark.parametrize(("drawn_as", "codec"), [("mp4", "libx264"), ("webm", "libvpx-vp9")])
def test_each_codec_gets_the_options_that_it_knows_and_a_user_s_go_before(drawn_as: str, codec: str) -> None:
    with settings("l", drawn_as):
        options = dict(Still().renderer.file_writer.video_encoder.options)
        assert options.items() >= OPTIONS[codec].items()
        with tempconfig({"video_encoder_options": {"crf": "12"}}):
            assert dict(Still().renderer.file_writer.video_encoder.options)["crf"] == "12"
