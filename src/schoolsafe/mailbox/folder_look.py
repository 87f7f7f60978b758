"""One look at one watched folder: what is there, and the files that stood still since the last look.

Runs in the fetching child, because a share that hangs hangs whoever reads it. Nothing is moved, renamed or deleted.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from schoolsafe.domain.mail_source import Stamp
from schoolsafe.mailbox.limits import MB, LookLimits
from schoolsafe.mailbox.wire_child import Note, Reply
from schoolsafe.services.mail_fetching import Errand

MESSAGES: Final = frozenset({".eml", ".msg", ".pdf", ".docx", ".txt", ".rtf", ".htm", ".html"})
_UNFINISHED: Final = (".tmp", ".part", ".partial", ".crdownload", ".filepart", ".download", ".swp")
_NOT_MEANT: Final = frozenset({"thumbs.db", "desktop.ini"})
_READ_ONLY: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    path: str
    stamp: Stamp


class _Moving(Exception):
    """Somebody is still writing it: it waits for another look."""


def look(errand: Errand, folder: str, limits: LookLimits) -> Iterator[Reply]:
    """The files that may be taken, then everything that was seen."""
    try:
        files = _files(folder)
    except OSError:
        yield Reply(ended=True, problem=Note("FolderNotReached"))
        return
    listed = files[-limits.files :]  # older ones were taken long ago
    taken, spent, more = 0, 0, False
    for file in listed:
        if errand.settled.get(file.name) == file.stamp or errand.ready.get(file.name) != file.stamp:
            continue
        if taken >= limits.batch or (taken and spent + file.stamp.size > limits.batch_bytes):
            more = True
            break
        try:
            yield _taken(file, limits)
        except _Moving:
            continue
        taken, spent = taken + 1, spent + file.stamp.size
    over = len(files) > limits.files
    yield Reply(
        ended=True,
        more=more,
        seen={file.name: (file.stamp.size, file.stamp.changed_ns) for file in listed},
        problem=Note("TooManyFiles", {"limit": limits.files}) if over else None,
    )


def _files(folder: str) -> list[_File]:
    """Plain files, the oldest first; no links, nothing hidden, nothing that another program has not finished."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if _passed_over(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            facts = entry.stat(follow_symlinks=False)
            # A name in no encoding is told apart all the same; it is opened by its path.
            name = os.fsencode(entry.name).decode("utf-8", "backslashreplace")
            found.append(_File(name, entry.path, Stamp(facts.st_size, facts.st_mtime_ns)))
    return sorted(found, key=lambda file: (file.stamp.changed_ns, file.name))


def _passed_over(name: str) -> bool:
    plain = name.casefold()
    return plain.startswith((".", "~")) or plain.endswith(_UNFINISHED) or plain in _NOT_MEANT


def _taken(file: _File, limits: LookLimits) -> Reply:
    stamp = (file.stamp.size, file.stamp.changed_ns)
    if Path(file.name).suffix.casefold() not in MESSAGES:
        return Reply(name=file.name, stamp=stamp, left=Note("NotAMessageFile"))
    if file.stamp.size > limits.message_bytes:
        size = -(-file.stamp.size // MB)
        note = Note("FileTooLarge", {"size": size, "limit": limits.message_bytes // MB})
        return Reply(name=file.name, stamp=stamp, left=note)
    try:
        data = _read(file)
    except FileNotFoundError:
        raise _Moving from None
    except OSError:
        if os.name == "nt":  # there a file that is being written may not be opened
            raise _Moving from None
        return Reply(name=file.name, stamp=stamp, left=Note("FileNotReadable"))
    return Reply(name=file.name, stamp=stamp, data=data)


def _read(file: _File) -> bytes:
    """The whole of it, if it is the same before and after.

    Raises:
        _Moving: it changed meanwhile, or is no plain file any more.
        OSError: it may not be opened.
    """
    handle = os.open(file.path, _READ_ONLY)
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(file.stamp.size + 1)
        facts = os.fstat(handle)
    now = Stamp(facts.st_size, facts.st_mtime_ns)
    if not stat.S_ISREG(facts.st_mode) or now != file.stamp or len(data) != file.stamp.size:
        raise _Moving
    return data
