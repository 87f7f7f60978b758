"""The anchor file beside the key file, and its copy where the device secret lies.

SQLCipher accepts an old page, an old file and a WAL with a flipped bit (measured). So what the
vault must at least contain is kept outside it, under a key that the key file holds. Left to others:
comparing it with the vault at open (``store``). Format: docs/spec/keyfile.md.
"""

import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from schoolsafe.crypto import aead
from schoolsafe.errors import SchoolSafeError, Tampered, Unavailable
from schoolsafe.keys import files
from schoolsafe.keys.device import LIMIT_BYTES, DeviceStore
from schoolsafe.services.ports import Anchor

MAGIC: Final = b"SSAN"
VERSION: Final = 1
COPY: Final = "anchor"
COPY_ROWS: Final = 20
COPY_S: Final = 30.0
_FILE_LIMIT_BYTES: Final = 1024 * 1024
_HEAD: Final = struct.Struct(">4sBQ")


class AnchorChanged(Tampered):
    """What SchoolSafe keeps beside your records, to notice an old copy put back, was changed."""


class AnchorBehind(Unavailable):
    """What you saved is safe. Its guard against an old copy was not renewed: look at the disk."""


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    anchor: Anchor


class KeptAnchors:
    """The port ``Anchors``: a file written at each commit, a copy every 20 rows or 30 seconds.

    The file is replaced whole (0.5 ms here). Two fixed slots written in turn took 0.1 ms, but a
    torn slot cannot be told from a changed one: somebody's change could pass for a power cut.
    """

    def __init__(
        self,
        path: Path,
        *,
        seat: str,
        store: DeviceStore,
        key: bytes,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._seat = seat
        self._store = store
        self._key = key
        self._ticks = ticks
        self._number: int | None = None
        self._pending: _Kept | None = None
        self._copied_rows = 0
        self._copied_at = ticks()
        self.copy_failed = False
        """The last copy could not be made: amber on the health page, never a failed save."""

    def read(self) -> tuple[Anchor, ...]:
        """Every anchor that survives, the freshest first; empty for a new vault.

        Raises:
            AnchorChanged: the file or its copy does not authenticate.
            Unavailable: the disk or the keyring does not answer.
        """
        on_disk = self._opened(self._from_disk(), b"file")
        copied = self._opened(self._store.get(self._seat, COPY), b"copy")
        found = sorted((kept for kept in (on_disk, copied) if kept), key=lambda kept: -kept.number)
        self._number = max((kept.number for kept in found), default=0)
        self._copied_rows = copied.anchor.rows if copied else 0
        if on_disk and (copied is None or copied.number < on_disk.number):
            self._pending = (
                on_disk  # the program was ended before it could follow: the next settles
            )
        return tuple(kept.anchor for kept in found)

    def write(self, anchor: Anchor) -> None:
        """Durable before it returns. The copy follows every 20 rows or 30 seconds.

        Raises:
            AnchorChanged: on the first write, as ``read``.
            AnchorBehind: the file cannot be written; the commit is durable, its anchor is not.
        """
        if self._number is None:
            self.read()
        self._number = (self._number or 0) + 1
        kept = _Kept(number=self._number, anchor=anchor)
        try:
            files.replace_whole(self._path, self._sealed(kept, b"file"))
        except Unavailable as problem:
            raise AnchorBehind from problem
        self._pending = kept
        many = anchor.rows - self._copied_rows >= COPY_ROWS
        if many or self._ticks() - self._copied_at >= COPY_S:
            self.settle()

    def settle(self) -> None:
        """Brings the copy up to date. A keyring that does not answer is noted, not raised."""
        if self._pending is None:
            return
        self._copied_at = self._ticks()
        self._copied_rows = self._pending.anchor.rows
        try:
            self._store.put(self._seat, COPY, self._fitting(self._pending))
        except SchoolSafeError:
            self.copy_failed = True
            return
        self.copy_failed = False
        self._pending = None

    def _fitting(self, kept: _Kept) -> bytes:
        """The copy, with as many circles as the keyring takes: each still binds the vault."""
        anchor = kept.anchor
        while True:
            sealed = self._sealed(replace(kept, anchor=anchor), b"copy")
            if len(sealed) <= LIMIT_BYTES:
                return sealed
            if len(anchor.rosters) >= len(anchor.heads):
                anchor = replace(anchor, rosters=anchor.rosters[:-1])
            else:
                anchor = replace(anchor, heads=anchor.heads[:-1])

    def _from_disk(self) -> bytes | None:
        try:
            return files.read_whole(self._path, limit_bytes=_FILE_LIMIT_BYTES)
        except files.NotAPlainFile:
            raise AnchorChanged from None

    def _sealed(self, kept: _Kept, place: bytes) -> bytes:
        head = _HEAD.pack(MAGIC, VERSION, kept.number)
        inside = msgspec.msgpack.encode(kept.anchor)
        return head + aead.seal(self._key, inside, self._bound(head, place))

    def _opened(self, sealed: bytes | None, place: bytes) -> _Kept | None:
        if sealed is None:
            return None
        head = sealed[: _HEAD.size]
        try:
            magic, version, number = _HEAD.unpack(head)
            inside = aead.open_sealed(self._key, sealed[_HEAD.size :], self._bound(head, place))
            anchor = msgspec.msgpack.decode(inside, type=Anchor)
        except (struct.error, aead.SealBroken, msgspec.DecodeError):
            raise AnchorChanged from None
        if (magic, version) != (MAGIC, VERSION):
            raise AnchorChanged
        return _Kept(number=number, anchor=anchor)

    def _bound(self, head: bytes, place: bytes) -> bytes:
        return b"schoolsafe/anchor/1\0" + place + b"\0" + self._seat.encode() + b"\0" + head
