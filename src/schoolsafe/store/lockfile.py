"""One process per vault: a lock the system lets go of when the process ends, however it ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from schoolsafe.store.errors import AlreadyOpen, FolderReadOnly

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockFile:
    """Held from opening to closing. The file stays; only the lock goes."""

    def __init__(self, path: Path) -> None:
        """Takes the lock.

        Raises:
            AlreadyOpen: another process, or another vault of this one, holds it.
            FolderReadOnly: the folder may not be written.
        """
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise FolderReadOnly from None
        try:
            _lock(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            raise AlreadyOpen from None

    def release(self) -> None:
        """Lets the next one in. Twice does no harm."""
        with suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1
