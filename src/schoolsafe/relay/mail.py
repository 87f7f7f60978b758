"""One look into one mailbox of a relay folder: names first, then as many files as one look may open.

What synchronising programs leave behind is read like the file itself; what is no letter is counted.
Spec: docs/spec/relay-folder.md.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from schoolsafe.relay import disk
from schoolsafe.services.relay import Letter, Look

LIMIT_FILES: Final = 500
"""Opened in one look: a folder full of junk must not hold up the program."""
LIMIT_NAMES: Final = 100_000
LIMIT_BYTES: Final = 256 * 1024
_SLOT: Final = re.compile(r"[0-9a-f]{64}")
_UNFINISHED: Final = (".part", ".tmp", ".partial", ".crdownload", ".filepart", ".download", ".swp")


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    stamp: str
    changed_ns: int
    size: int


def look_into(folder: Path, known: Callable[[str, str], bool], *, limit: int) -> Look:
    """What waits in the folder; nothing where there is none.

    Raises:
        OSError: the disk does not answer.
    """
    seen, strangers, more_names = _names(folder, known)
    seen.sort(key=lambda one: (-one.changed_ns, one.name))
    letters = []
    for one in seen[:limit]:
        data = None if one.size > LIMIT_BYTES else _data(folder / one.name)
        if data is None:
            strangers += 1
        else:
            letters.append(Letter(one.name, one.stamp, data))
    return Look(tuple(letters), strangers=strangers, more=more_names or len(seen) > limit)


def _names(folder: Path, known: Callable[[str, str], bool]) -> tuple[list[_Seen], int, bool]:
    """Names that could be letters and are not known, how many could not, and whether some were not seen."""
    seen: list[_Seen] = []
    strangers = count = 0
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return seen, 0, False
    with entries:
        for entry in entries:
            count += 1
            if count > LIMIT_NAMES:
                return seen, strangers, True
            if entry.name.startswith(".") or entry.name.casefold().endswith(_UNFINISHED):
                continue  # somebody is writing it
            if not _SLOT.match(entry.name) or not entry.is_file(follow_symlinks=False):
                strangers += 1
                continue
            facts = entry.stat(follow_symlinks=False)
            stamp = f"{facts.st_size}-{facts.st_mtime_ns}"
            if not known(entry.name, stamp):
                seen.append(_Seen(entry.name, stamp, facts.st_mtime_ns, facts.st_size))
    return seen, strangers, False


def _data(path: Path) -> bytes | None:
    try:
        return disk.read_small(path, limit_bytes=LIMIT_BYTES)
    except OSError:
        return None  # one file that cannot be read must not hide the others
