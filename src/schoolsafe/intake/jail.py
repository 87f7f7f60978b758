"""Locks the parser child in before it reads a foreign byte: no files, no network, no new process.

Everywhere on POSIX: resource limits, among them zero new file descriptors, which alone refuses files
and sockets. On Linux a seccomp filter besides. On Windows the parent puts the child into a job object.
"""

import contextlib
import ctypes
import os
import platform
import sys
from typing import Final

from schoolsafe.intake.limits import CHILD

_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_NOT_DUMPABLE: Final = 4
_FILTER_MODE: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050001
"""Fail with "operation not permitted" instead of ending the child: a codec it tries to load is then
only unknown."""
_LOAD, _JUMP_EQUAL, _JUMP_FROM, _RETURN = 0x20, 0x15, 0x35, 0x06
_OTHER_ABI: Final = 0x40000000
_DENIED: Final = {
    # open, socket…listen, clone, fork, exec, kill, rename…, ptrace, mount, process memory, io_uring
    "x86_64": (
        0xC000003E,
        (2, 257, 437, 85, 41, 42, 49, 50, 53, 56, 57, 58, 59, 62, 76, 82, 83, 86, 87, 88, 89, 90, 101,
         165, 240, 258, 263, 264, 265, 266, 267, 268, 310, 311, 316, 322, 425, 435),
    ),
    "aarch64": (
        0xC00000B7,
        (56, 437, 198, 199, 200, 201, 203, 220, 435, 221, 281, 117, 129, 34, 35, 36, 37, 38, 40, 45, 48,
         53, 78, 180, 270, 271, 276, 425),
    ),
}  # fmt: skip


def limit_resources() -> None:
    """Memory, file size, processes, no core; called early in the child."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    os.umask(0o077)
    for what, most in (
        (resource.RLIMIT_AS, CHILD.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        # why: macOS has no limit on address space; what the system lacks, the parent's clock makes up for
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def limit_time(files: int) -> None:
    """Processor time for a job of so many files."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    seconds = CHILD.cpu_seconds * max(1, files)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def close_doors() -> None:
    """No file, socket or process from here on. Everything needed must be loaded before."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if sys.platform == "linux":
        _filter_calls()


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def _filter_calls() -> None:
    """A seccomp filter that refuses the calls above; where the kernel has none, the limits stand alone."""
    known = _DENIED.get(platform.machine())
    if known is None:
        return
    architecture, calls = known
    size = len(calls)
    # each jump counts the steps it leaps over; the last step but one allows, the last refuses
    steps = [
        (_LOAD, 0, 0, 4),
        (_JUMP_EQUAL, 0, size + 3, architecture),
        (_LOAD, 0, 0, 0),
        (_JUMP_FROM, size + 1, 0, _OTHER_ABI),
        *((_JUMP_EQUAL, size - place, 0, call) for place, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    array = (_Step * len(steps))(*(_Step(*step) for step in steps))
    program = _Program(len(steps), ctypes.cast(array, ctypes.POINTER(_Step)))
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        library.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)
