"""What the process imports from which workers are forked, where there is such a process: on Linux."""

from __future__ import annotations

from scenes.batch.making.system import end_with_parent
from scenes.batch.making.tasks import get_ready

# Also in the middle of the imports that follow.
end_with_parent()
get_ready()
