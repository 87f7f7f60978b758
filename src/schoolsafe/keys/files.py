"""Small files written whole: beside the old one, flushed, renamed over it, the folder flushed.

After a kill or a power cut there is the old file or the new one, never half of either and never
none. Left to others: what is in the files, and which folder is safe to put them in (``safety``).
"""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from schoolsafe.errors import Tampered, Unavailable

PRIVATE_FOLDER: Final = 0o700
PRIVATE_FILE: Final = 0o600
_NOFOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0)
"""A pipe in the place of a file is opened at once and refused; without it the program would wait."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class DiskFull(Unavailable):
    """The disk is full. Nothing was changed. Free some space, then try again."""


class FolderReadOnly(Unavailable):
    """SchoolSafe may not write in the folder {folder}. Nothing was changed."""


class FileNotReached(Unavailable):
    """The file {file} cannot be reached: {reason}. Nothing was changed."""


class NotAPlainFile(Tampered):
    """The file {file} is a link or much larger than it ever is. SchoolSafe does not open it."""


def read_whole(path: Path, *, limit_bytes: int) -> bytes | None:
    """The file's bytes, or None where there is no such file.

    Raises:
        NotAPlainFile: it is a link, a device, or longer than ``limit_bytes``.
        FileNotReached: the disk or its permissions say no.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _NOFOLLOW | _AT_ONCE)
    except FileNotFoundError:
        return None
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            raise NotAPlainFile(file=path.name) from None
        raise FileNotReached(file=str(path), reason=_reason(problem)) from None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > limit_bytes:
            raise NotAPlainFile(file=path.name)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(limit_bytes)
    except OSError as problem:
        raise FileNotReached(file=str(path), reason=_reason(problem)) from None
    finally:
        os.close(handle)


def names_in(folder: Path) -> tuple[str, ...]:
    """What lies in a folder, by name; nothing where there is no such folder.

    Raises:
        FileNotReached: the disk or its permissions say no.
    """
    try:
        return tuple(sorted(os.listdir(folder)))  # noqa: PTH208  # as in replace_whole
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as problem:
        raise FileNotReached(file=str(folder), reason=_reason(problem)) from None


def replace_whole(path: Path, data: bytes) -> None:
    """Puts ``data`` in the place of the file, durable before it returns.

    Raises:
        DiskFull: there is no room.
        FolderReadOnly: this account may not write there.
        FileNotReached: anything else the disk says.
    """
    beside = path.with_name(path.name + ".new")
    try:
        _write_flushed(beside, data)
        # Not pathlib's replace: the test that kills at every call counts those of ``os``.
        os.replace(beside, path)  # noqa: PTH105
        flush_folder(path.parent)
    except OSError as problem:
        raise _told(problem, path) from None


def remove(path: Path) -> None:
    """Takes the file away; no file is no error.

    Raises:
        FolderReadOnly: this account may not write there.
        FileNotReached: anything else the disk says.
    """
    try:
        os.unlink(path)  # noqa: PTH108  # as in replace_whole
        flush_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise _told(problem, path) from None


def private_folder(path: Path) -> None:
    """Makes the folder and those above it, each for this account only.

    Raises:
        DiskFull: there is no room.
        FolderReadOnly: this account may not write there.
        FileNotReached: anything else the disk says.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(mode=PRIVATE_FOLDER)
            flush_folder(folder.parent)
    except OSError as problem:
        raise _told(problem, path) from None


def flush_folder(folder: Path) -> None:
    """Makes names in a folder durable. Windows has no such call; NTFS journals names."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_flushed(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NOFOLLOW
    handle = os.open(path, flags, PRIVATE_FILE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(problem: OSError, path: Path) -> Unavailable:
    if problem.errno in _FULL:
        return DiskFull()
    if problem.errno in _FORBIDDEN:
        return FolderReadOnly(folder=str(path.parent))
    return FileNotReached(file=str(path), reason=_reason(problem))


def _reason(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__
