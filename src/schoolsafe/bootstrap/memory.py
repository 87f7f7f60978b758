"""What this process holds in memory stays there: no core file when it stops, no reading along by others (P05).

Light on purpose: the first thing of every run. Left to others: the parser child, which shuts itself in further.
"""

import contextlib
import ctypes
import sys
from typing import Final

_SET_DUMPABLE: Final = 4
"""prctl's PR_SET_DUMPABLE. Off, neither a core file nor a debugger of the same account gets at the memory."""


def keep_in() -> None:
    """No core file, whatever the shell allows. Where the system will not have it, the program goes on."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
