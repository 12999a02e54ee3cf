"""Names of films that every system can have."""

from __future__ import annotations

import re
from pathlib import PurePath

_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def name_problem(file: PurePath) -> str:
    """What makes the name of a lesson file unfit for its film's folder; "" if nothing does.

    A folder that is handed out must arrive on every system, so names that Windows cannot have are none anywhere.

    Args:
        file: The lesson file; its name without the ending is the film's.

    Source:
        Microsoft, "Naming Files, Paths, and Namespaces".
    """
    name = file.stem
    if _DEVICES.fullmatch(name.partition(".")[0].rstrip()):
        reason = f"Windows keeps the name {name!r} for itself"
    elif character := _FORBIDDEN.search(name):
        reason = f"Windows has no {character[0]!r} in names"
    elif name.endswith((".", " ")):
        reason = "on Windows no name ends in a dot or a space"
    else:
        return ""
    return f"{reason}, and the film's folder is handed out under this name"
