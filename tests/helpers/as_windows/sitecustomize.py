"""Found on the path of a test's processes: what Windows lacks is not there, and workers are spawned.

What the interpreter and other packages need of this system stays: its `sys.platform`, users, files of descriptors.
"""

from __future__ import annotations

import importlib
import multiprocessing.context
import os
import signal
import socket
import sys
import warnings

# Needs fcntl here, and not there.
importlib.import_module("asyncio")

for module in ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"):
    sys.modules[module] = None

_SIGNALS = {"SIGABRT", "SIGBREAK", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN"}
for name in dir(signal):
    if name.startswith("SIG") and name not in _SIGNALS:
        delattr(signal, name)
for name in ("alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "sigpending", "sigwait"):
    delattr(signal, name)
del socket.AF_UNIX
for name in ("fork", "forkpty", "killpg", "mkfifo", "nice", "setsid", "wait"):
    delattr(os, name)
for name in ("ForkContext", "ForkProcess", "ForkServerContext", "ForkServerProcess"):
    delattr(multiprocessing.context, name)

# There, text without an encoding is read and written in the language's own. PYTHONWARNDEFAULTENCODING tells of it.
warnings.filterwarnings("error", category=EncodingWarning, module=r"(scenes|fitting)\b")

importlib.import_module("scenes.batch.making.system").FORKS = False
