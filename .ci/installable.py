"""Whether everything that is locked installs on each kind of machine: as a wheel, or from a source known to build.

Takes the lock in the form of pylock.toml, which names the files that there are; chooses among them as pip does.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.pylock import PackageSdist, Pylock, PylockSelectError
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms

PYTHONS = ("3.11", "3.12", "3.13")

GLIBC = 34
"""Minor version of the oldest glibc: that of 2021. No system with an older one brings Python 3.11 or newer along."""

_OLD_NAMES = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}


def _manylinux(processor: str) -> list[str]:
    return [
        f"{name}_{processor}"
        for minor in range(GLIBC, 4, -1)
        for name in (f"manylinux_2_{minor}", _OLD_NAMES.get(minor))
        if name
    ]


LINUX, ARM, MACOS, WINDOWS = "Linux x86-64", "Linux ARM", "macOS ARM", "Windows x86-64"

MACHINES = {
    LINUX: (("linux", "Linux", "posix", "x86_64"), _manylinux("x86_64")),
    ARM: (("linux", "Linux", "posix", "aarch64"), _manylinux("aarch64")),
    MACOS: (("darwin", "Darwin", "posix", "arm64"), list(mac_platforms((14, 0), "arm64"))),
    WINDOWS: (("win32", "Windows", "nt", "AMD64"), ["win_amd64"]),
}
"""sys_platform, platform_system, os_name and platform_machine, as markers ask; platforms of wheels, best first."""

FROM_SOURCE = {
    "pycairo": (LINUX, ARM, MACOS),  # in C; `make setup` installs the headers of cairo
    "manimpango": (LINUX, ARM),  # in C; `make setup` installs the headers of pango
    "glcontext": (ARM,),  # in C++; libx11-dev comes with the headers of cairo
    "moderngl": (ARM,),  # in C++ alone
    "srt": (LINUX, ARM, MACOS, WINDOWS),  # in Python alone
}
"""What has no wheel, where, and why that does no harm."""


def main(lock: Path) -> int:
    """Tell of each machine and version of Python; 1 if something cannot be installed there."""
    locked = Pylock.from_dict(tomllib.loads(lock.read_text(encoding="utf-8")))
    failed = False
    for machine in MACHINES:
        for python in PYTHONS:
            problem, built = judged(locked, machine, python)
            failed |= bool(problem)
            print(f"{machine}, Python {python}: {problem or 'installs'}; from source: {', '.join(built) or 'nothing'}")
    return 1 if failed else 0


def judged(locked: Pylock, machine: str, python: str) -> tuple[str, list[str]]:
    """What stands in the way, "" if nothing does; and names of what is built from source."""
    (sys_platform, platform_system, os_name, platform_machine), platforms = MACHINES[machine]
    environment = {
        "sys_platform": sys_platform,
        "platform_system": platform_system,
        "os_name": os_name,
        "platform_machine": platform_machine,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    try:
        chosen = list(locked.select(environment=environment, tags=_tags(python, platforms)))  # type: ignore[arg-type]
    except PylockSelectError as error:
        return str(error), []
    built = [str(package.name) for package, file in chosen if isinstance(file, PackageSdist)]
    unknown = [name for name in built if machine not in FROM_SOURCE.get(name, ())]
    return f"no wheel of {', '.join(unknown)}" if unknown else "", built


def _tags(python: str, platforms: list[str]) -> list[Tag]:
    version = tuple(map(int, python.split(".")))
    interpreter = f"cp{python.replace('.', '')}"
    return [*cpython_tags(version, [interpreter], platforms), *compatible_tags(version, interpreter, platforms)]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
