"""Logs: JSON lines, rotating 5 x 1 MB, ids and event names only; and a file for what stops Python itself.

A record's message is its literal; arguments pass only where they are numbers or ids of ours. Anything else is left
out, whoever logged it: an allow-list, because a deny-list forgets (house style, habit 42).
"""

import faulthandler
import logging
import os
import re
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

from typing_extensions import override

LOG: Final = "schoolsafe.log"
FAULTS: Final = "faults.log"
"""Where a crash of the interpreter is written: files, functions and line numbers, no values."""
_BYTES: Final = 1_000_000
_FILES: Final = 5
_PRIVATE: Final = 0o600
_HOW: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_ID = re.compile(r"[a-z_]{2,20}:[0-9a-f]{16}|[0-9a-f]{16,64}")


class IdsOnly(logging.Formatter):
    """One JSON object a line: time, level, where, what happened, and ids."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        import json  # noqa: PLC0415  # 6 ms that a start without events saves

        arguments = record.args if isinstance(record.args, tuple) else ()
        kept = [
            a for a in arguments if isinstance(a, int) or (isinstance(a, str) and _ID.fullmatch(a))
        ]
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "where": record.name if record.name.startswith("schoolsafe") else "library",
            "what": record.msg if record.name.startswith("schoolsafe") else "",
            "ids": kept,
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


class Rotating(logging.StreamHandler[IO[str]]):
    """Five files of a megabyte.

    Why not the standard library's: it costs 16 ms at every start, for sockets and pickles that nobody uses here.
    """

    def __init__(self, path: Path, *, limit_bytes: int = _BYTES, keep: int = _FILES) -> None:
        """Opens the newest file.

        Raises:
            OSError: the folder cannot be written.
        """
        self._path, self._limit, self._keep = path, limit_bytes, keep
        super().__init__(_opened(path))

    @override
    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if self.stream.tell() >= self._limit:
            self._rotate()

    @override
    def close(self) -> None:
        self.stream.close()
        super().close()

    def _rotate(self) -> None:
        """A folder that refuses keeps the one file growing, or loses lines: logging never stops the program."""
        name = self._path.name
        names = [self._path, *(self._path.with_name(f"{name}.{n}") for n in range(1, self._keep))]
        self.stream.close()  # Windows renames no open file
        with suppress(OSError):
            for newer, older in reversed(tuple(pairwise(names))):
                if newer.exists():
                    newer.replace(older)
        try:
            self.stream = _opened(self._path)
        except OSError:
            self.stream = _opened(Path(os.devnull))


def start(folder: Path) -> None:
    """Logs go to this folder from now on; one that cannot be written gets none."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = Rotating(folder / LOG)
    except OSError:
        return
    handler.setFormatter(IdsOnly())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)


def watch_faults(folder: Path) -> None:
    """What stops Python itself is written there; a folder that cannot be written gets nothing.

    The file stays open for the life of the process: a dying interpreter opens none.
    """
    path = folder / FAULTS
    try:
        too_long = path.exists() and path.stat().st_size > _BYTES
        handle = os.open(path, _HOW | (os.O_TRUNC if too_long else 0), _PRIVATE)
    except OSError:
        return
    faulthandler.enable(handle)


def _opened(path: Path) -> IO[str]:
    """For this account only."""
    return os.fdopen(os.open(path, _HOW, _PRIVATE), "a", encoding="utf-8")
