"""Windows: the parser child goes into a job object (memory, processor time, no second process).

The child waits for its job on standard input, so it is confined before it sees a foreign byte. Not
run by us on Windows yet: a missing piece of the system leaves the child with the parent's clock only.
"""

import subprocess
import sys
from typing import Final

from schoolsafe.intake.limits import CHILD

CREATION_FLAGS: Final = 0x08000000 if sys.platform == "win32" else 0
"""No console window."""

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _FLAGS = 0x8 | 0x2 | 0x100 | 0x2000 | 0x400
    """One process, its time, its memory, end with the job's handle, no crash dialog."""

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("smallest_set", ctypes.c_size_t),
            ("largest_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    def confine(process: subprocess.Popen[bytes]) -> None:
        """Puts the child into a job that ends with this program."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.basic.flags = _FLAGS
        limits.basic.processes = 1
        limits.basic.process_time = CHILD.cpu_seconds * 10_000_000
        limits.process_memory = CHILD.memory_bytes
        kernel.SetInformationJobObject(
            wintypes.HANDLE(job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        handle = wintypes.HANDLE(int(process._handle))  # type: ignore[attr-defined]  # noqa: SLF001  # the only way to it
        kernel.AssignProcessToJobObject(wintypes.HANDLE(job), handle)
        process.job = job  # type: ignore[attr-defined]  # the handle lives as long as the child
else:

    def confine(process: subprocess.Popen[bytes]) -> None:
        """Nothing to do: elsewhere the child limits itself before it reads its job."""
        del process
