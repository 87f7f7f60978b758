"""The few files a person names: read in with a limit, written whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from schoolsafe.errors import Unavailable

_PRIVATE = 0o600
_MOST_FILES = 300
_HIDDEN = 0x2
"""The attribute of Windows."""


def _is_shown(path: Path) -> bool:
    hidden = path.name.startswith(".") or path.name.casefold() in {"thumbs.db", "desktop.ini"}
    marked = getattr(path.lstat(), "st_file_attributes", 0) & _HIDDEN
    return not hidden and not marked and not path.is_symlink()


class FileNotThere(Unavailable):
    """This file is not there, or may not be read."""


class FileTooLarge(Unavailable):
    """This file is larger than SchoolSafe reads ({limit_mb} MB)."""


class EmptyFolder(Unavailable):
    """This folder holds no file that could be taken in."""


class FolderTooLarge(Unavailable):
    """This folder holds more than {limit} files. Choose a smaller one."""


class CannotWrite(Unavailable):
    """This file cannot be written. The folder may be read-only, or the disk full."""


class DiskFiles:
    """Files on this computer."""

    def read(self, path: Path, *, limit_bytes: int) -> bytes:
        """The bytes.

        Raises:
            FileNotThere: not there, a folder, or not allowed. FileTooLarge: over the limit.
        """
        try:
            with path.open("rb") as stream:
                data = stream.read(limit_bytes + 1)
        except OSError as error:
            raise FileNotThere from error
        if len(data) > limit_bytes:
            raise FileTooLarge(limit_mb=limit_bytes // (1024 * 1024))
        return data

    def inside(self, path: Path) -> tuple[Path, ...]:
        """The files of a folder and of the folders in it, by name, hidden ones left out; a file is itself.

        Links are not followed: a folder on a stick may point anywhere.

        Raises:
            EmptyFolder: no file is in it. FolderTooLarge: more than anybody means to take in.
        """
        if not path.is_dir():
            return (path,)
        try:
            shown = [each for each in sorted(path.iterdir()) if _is_shown(each)]
            found = [each for each in shown if each.is_file()]
            for folder in (each for each in shown if each.is_dir()):
                found += [
                    each for each in sorted(folder.iterdir()) if _is_shown(each) and each.is_file()
                ]
        except OSError as error:
            raise FileNotThere from error
        if not found:
            raise EmptyFolder
        if len(found) > _MOST_FILES:
            raise FolderTooLarge(limit=_MOST_FILES)
        return tuple(found)

    def write_new(self, path: Path, data: bytes) -> None:
        """Written beside under a random name, flushed, then renamed: never half a file.

        Raises:
            CannotWrite: read-only folder, full disk.
        """
        beside = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise CannotWrite from error
