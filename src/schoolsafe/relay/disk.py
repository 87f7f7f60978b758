"""Files of a relay: written whole and once, read only where they are plain and small."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_SHARED_FILE: Final = 0o644
"""Sealed bytes: whoever shares the folder may fetch them."""


def put_once(path: Path, data: bytes) -> bool:
    """Writes the file whole, or not at all. False where the name stands already.

    Raises:
        OSError: what the disk said; nothing stands under the name.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write_flushed(beside, data)
        new = _named(beside, path)
        if new:
            _flush_folder(path.parent)
        return new
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def read_small(path: Path, *, limit_bytes: int) -> bytes | None:
    """The bytes of a plain file; None where there is none, or it is a link, a device or too long.

    Raises:
        OSError: the disk does not answer.
    """
    try:
        handle = os.open(path, _READ)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        data = stream.read(limit_bytes + 1)
    return data if len(data) <= limit_bytes else None


def _named(beside: Path, path: Path) -> bool:
    """Gives the finished file its name, unless that stands already."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        return False
    except OSError:
        # A stick in FAT has no links. Two writers of one slot write the same thing: the later stands.
        if path.exists():
            return False
        beside.replace(path)
    return True


def _write_flushed(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, _SHARED_FILE), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Makes the name durable where the file system can: some network shares cannot."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
