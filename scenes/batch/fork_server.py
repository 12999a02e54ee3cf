"""What the process imports from which workers are forked, where there is such a process: on Linux."""

from __future__ import annotations

import ctypes
import signal

from scenes.batch.tasks import get_ready

PR_SET_PDEATHSIG = 1

# It ends with the process that started it, also in the middle of the imports that follow.
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
get_ready()
