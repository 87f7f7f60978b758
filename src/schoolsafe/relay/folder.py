"""A relay that is a folder: a stick, a network share, this computer. Layout: docs/spec/relay-folder.md.

Left to others: what is in a file (wire), whose mailbox it is (services).
"""

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from schoolsafe.crypto import fresh
from schoolsafe.errors import Refused, Unavailable
from schoolsafe.relay import disk
from schoolsafe.relay.mail import LIMIT_FILES, look_into
from schoolsafe.services.relay import Look

FORMAT: Final = "schoolsafe relay 1"
_MARK: Final = "relay.json"
_MARK_LIMIT_BYTES: Final = 4096
_ID_BYTES: Final = 16
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class RelayNotReached(Unavailable):
    """The folder for sealed notices cannot be reached: {reason}."""


class NoSuchRelayFolder(Unavailable):
    """The folder for sealed notices is not there. Is the stick in, or the network up?"""


class NotARelayYet(Unavailable):
    """Nobody has set this folder up for sealed notices yet, or its mark was taken out."""


class RelayReadOnly(Unavailable):
    """SchoolSafe may not write in the folder for sealed notices."""


class RelayFull(Unavailable):
    """There is no room left in the folder for sealed notices."""


class NotARelayFolder(Refused):
    """A newer SchoolSafe set this folder up, or its mark is damaged. Choose another one."""


class FolderRelay:
    """One relay folder."""

    def __init__(self, root: Path, *, id_: str) -> None:
        """Use ``open_relay``."""
        self._root = root
        self.id = id_

    def put(self, mailbox: bytes, slot: bytes, data: bytes) -> bool:
        """Leaves sealed bytes there, durable before it returns. False where that slot is taken already.

        Raises:
            RelayNotReached, RelayReadOnly, RelayFull: nothing was left.
        """
        try:
            return disk.put_once(self._mailbox(mailbox) / slot.hex(), data)
        except OSError as problem:
            raise told(problem) from None

    def holds(self, mailbox: bytes, slot: bytes) -> bool:
        """Whether that slot is taken.

        Raises:
            RelayNotReached: the folder does not answer.
        """
        try:
            return (self._mailbox(mailbox) / slot.hex()).is_file()
        except OSError as problem:
            raise told(problem) from None

    def look(
        self,
        mailbox: bytes,
        known: Callable[[str, str], bool],
        *,
        limit: int = LIMIT_FILES,
    ) -> Look:
        """What waits there, the newest first; ``known`` says by name and stamp what was looked at before.

        Raises:
            NoSuchRelayFolder, RelayNotReached: the folder does not answer. A mailbox nobody wrote
                to yet is empty.
        """
        try:
            if not self._root.is_dir():
                raise NoSuchRelayFolder
            return look_into(self._mailbox(mailbox), known, limit=limit)
        except OSError as problem:
            raise told(problem) from None

    def _mailbox(self, mailbox: bytes) -> Path:
        return self._root / "mail" / mailbox.hex()


def open_relay(root: Path, *, make: bool = False) -> FolderRelay:
    """The relay in a folder; ``make`` marks one that is none yet.

    Raises:
        NoSuchRelayFolder, NotARelayYet: no such folder, or no relay in it.
        RelayNotReached: the disk does not answer.
        RelayReadOnly, RelayFull: it cannot be marked.
        NotARelayFolder: another format.
    """
    try:
        found = disk.read_small(root / _MARK, limit_bytes=_MARK_LIMIT_BYTES)
        if found is None and not root.is_dir():
            raise NoSuchRelayFolder
        if found is None and not make:
            raise NotARelayYet
        if found is None:
            mark = {"format": FORMAT, "id": fresh.random_bytes(_ID_BYTES).hex()}
            disk.put_once(root / _MARK, json.dumps(mark).encode() + b"\n")
            found = disk.read_small(root / _MARK, limit_bytes=_MARK_LIMIT_BYTES)
    except OSError as problem:
        raise told(problem) from None
    return FolderRelay(root, id_=_id(found or b""))


def told(problem: OSError) -> Unavailable:
    """What the disk said, as one of our own."""
    if problem.errno in _FULL:
        return RelayFull()
    if problem.errno in _FORBIDDEN:
        return RelayReadOnly()
    return RelayNotReached(reason=problem.strerror or type(problem).__name__)


def _id(mark: bytes) -> str:
    try:
        found = json.loads(mark)
        if found["format"] != FORMAT:
            raise NotARelayFolder
        return str(found["id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotARelayFolder from None
