"""An OLE compound file as folders and streams, counted and capped; on `olefile`, whose own errors never leave.

Left to others: what the streams hold (outlook).
"""

import io
import struct
from dataclasses import dataclass, field
from typing import Final

import olefile

from schoolsafe.intake import errors
from schoolsafe.intake.limits import MB, OLE

_STORAGE, _STREAM = 1, 2
_DAMAGE: Final = (
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)
"""What `olefile` raises on damaged files; measured by the fuzz, none of it documented."""


@dataclass(slots=True)
class Folder:
    """One storage of the file: its streams and folders by lower-case name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; nothing where there is none."""
        return self.streams.get(name.lower(), b"")


def read(data: bytes) -> Folder:
    """The whole file as folders.

    Raises:
        DamagedOutlook: the file is broken. TooManyParts: more entries than any mail has.
        MailTooLarge: its streams say they are longer than the file may be.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _Walk(file).folder(file.root, 0)
    except _DAMAGE:
        raise errors.DamagedOutlook from None


class _Walk:
    def __init__(self, file: olefile.OleFileIO) -> None:
        self.file = file
        self.entries = 0
        self.left = OLE.stream_bytes

    def folder(self, entry: olefile.olefile.OleDirectoryEntry, depth: int) -> Folder:
        found = Folder()
        for kid in entry.kids:
            self.entries += 1
            if self.entries > OLE.entries:
                raise errors.TooManyParts(limit=OLE.entries)
            if kid.entry_type == _STORAGE:
                if depth >= OLE.depth:
                    raise errors.TooDeeplyNested(limit=OLE.depth)
                found.folders[kid.name.lower()] = self.folder(kid, depth + 1)
            elif kid.entry_type == _STREAM:
                found.streams[kid.name.lower()] = self._stream(kid)
        return found

    def _stream(self, entry: olefile.olefile.OleDirectoryEntry) -> bytes:
        if entry.size > self.left:
            raise errors.MailTooLarge(limit=OLE.stream_bytes // MB)
        self.left -= entry.size
        # why: by its place, not by its name: a file may hold two streams of one name
        data: bytes = self.file._open(entry.isectStart, entry.size).read()  # noqa: SLF001  # the only way by place
        return data
